"""The reference pages, generated from what they describe: `make docs`. A test keeps them from drifting.

docs/reference/questions.md   from the headers of the question files
docs/reference/settings.md    from graph.settings
docs/reference/schema.md      from graph.schema
docs/reference/commands.md    from the command line itself
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import typer.main
from pydantic_core import PydanticUndefined
from typer.cli import get_docs_for_click

from api.cli import app
from graph import schema
from graph.settings import Settings
from queries import catalogue

FOLDER = Path(__file__).parent / "reference"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """Return the page of settings: environment variable, default, meaning."""
    rows = []
    for field in Settings.model_fields.values():
        if field.default is not PydanticUndefined:
            default = "" if field.default is None else f"`{field.default}`"
        else:
            default = "the platform's user data folder"
        rows.append((f"`{field.validation_alias}`", "" if default == "``" else default, field.description or ""))
    intro = "Settings are read from the environment, or from a file `.env` where the command runs.\n\n"
    return "# Settings\n\n" + intro + _table(("variable", "default", "meaning"), rows)


def schema_page() -> str:
    """Return the data dictionary: every label, relationship and property, and the Mermaid diagram."""
    parts = ["# The graph's model\n"]
    for node in schema.NODES:
        parts.append(f"## {node.label}\n\n{node.doc}\n")
        parts.append(_table(("property", "kind", "meaning"), ((f"`{p.name}`", p.kind, p.doc) for p in node.properties)))
    parts.append("## Relationships\n")
    parts.append(
        _table(
            ("type", "from", "to", "reads", "properties"),
            (
                (
                    f"`{r.type}`",
                    ", ".join(r.starts),
                    ", ".join(r.ends),
                    r.phrase,
                    ", ".join(f"`{p.name}`" for p in r.properties),
                )
                for r in schema.RELATIONSHIPS
            ),
        )
    )
    properties = {p.name: p for r in schema.RELATIONSHIPS for p in r.properties}
    parts.append("### Properties of relationships\n")
    parts.append(_table(("property", "kind", "meaning"), ((f"`{p.name}`", p.kind, p.doc) for p in properties.values())))
    parts.append("## Diagram\n\n```mermaid\n" + schema.mermaid() + "```\n")
    return "\n".join(parts)


def questions_page() -> str:
    """Return the catalogue: every question with its parameters and columns."""
    parts = [
        "# Questions\n",
        "Each is one file under `queries/`; the command is `talentgraph ask NAME`, the address `/v1/questions/NAME`.\n",
    ]
    for question in catalogue.questions().values():
        parts.append(f"## {question.name}\n\n{question.title}\n\n{question.doc}\n")
        parts.append(
            _table(
                ("parameter", "type", "default", "meaning"),
                (
                    (
                        f"`{p.name}`",
                        ", ".join(p.choices) if p.choices else p.type,
                        "required" if p.required else "" if p.default is None else f"`{str(p.default).lower()}`",
                        p.doc,
                    )
                    for p in question.params
                ),
            )
        )
        parts.append(_table(("column", "type", "meaning"), ((f"`{c.name}`", c.type, c.doc) for c in question.columns)))
    return "\n".join(parts)


def commands_page() -> str:
    """Return the help of every command."""
    command = typer.main.get_command(app)
    context = command.make_context("talentgraph", [], resilient_parsing=True)
    text = get_docs_for_click(obj=command, ctx=context, name="talentgraph", title="Commands")
    fenced = re.sub(
        r"^Examples?:\n((?:  \S.*\n?)+)", _fenced, "\n".join(map(str.rstrip, text.splitlines())), flags=re.M
    )
    return fenced.rstrip() + "\n"


def _fenced(examples: re.Match[str]) -> str:
    return "```console\n" + "".join(f"$ {line.strip()}\n" for line in examples[1].splitlines()) + "```\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "questions.md": questions_page,
    "schema.md": schema_page,
    "settings.md": settings_page,
}


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
