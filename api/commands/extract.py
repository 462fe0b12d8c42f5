"""`talentgraph extract PATH…`: claims as JSON Lines, without a store."""

from typing import Annotated

import typer

from graph.errors import UnreadableDocument


def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, glob patterns, or - for standard input.")
    ],
) -> None:
    """Print claims as JSON Lines, storing nothing.

    One line a document: its entities and claims, with their places in the text.

    \b
    Examples:
      talentgraph extract report.txt
      talentgraph extract reports/ > claims.jsonl
      echo "A chip maker in Zhejiang hired ten engineers from Sweden." | talentgraph extract - | jq .claims
    """
    import orjson

    from api import opening, progress
    from api.commands.ingest import count
    from graph.frame import Document
    from ingest.extraction import Extractor, as_json
    from ingest.sources import files
    from ingest.text import documents

    settings = opening.settings()
    extractor = Extractor(settings.model)
    failed = False
    with progress.bar("Reading", count(paths)) as bar:
        for item in documents(files.read(paths, max_bytes=settings.max_document_bytes)):
            if isinstance(item, Document):
                typer.echo(orjson.dumps(as_json(extractor.extract(item))))
            else:
                failed = True
                bar.say(f"{item.path}: {item.reason}")
            bar.advance()
    if failed:
        raise typer.Exit(UnreadableDocument.exit_code)
