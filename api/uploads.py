"""Files that come in as a form (multipart/form-data), with what is known of them.

One field `file` for each, and any of `url`, `title`, `publisher`, `date`, `lang`, `author`.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from starlette.datastructures import FormData, UploadFile
from starlette.routing import Match
from starlette.types import Scope

from api import uploaded
from api.about import About
from graph.errors import WrongParameter
from ingest.text import Overrides

FILE_BYTES = 100_000_000
FILES = 100  # of one form
KNOWN = tuple(About.model_fields)
FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "description": "One file, or several.",
        },
        **{name: {"type": "string"} for name in KNOWN},
    },
}


class OfForms(APIRoute):
    """A route for forms alone: what comes in another type goes on to the next route of its path."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        kind = dict(scope.get("headers", ())).get(b"content-type", b"")
        return super().matches(scope) if kind.startswith(b"multipart/form-data") else (Match.NONE, {})


@dataclass(frozen=True, slots=True)
class Sent:
    """The files of a form, in a folder of their own, and what is known of them."""

    folder: Path
    paths: tuple[str, ...]
    given: dict[str, str]

    @property
    def names(self) -> str:
        """The names of the files, for people."""
        return ", ".join(Path(path).name for path in self.paths)


@asynccontextmanager
async def saved(request: Request, home: Path) -> AsyncIterator[Sent]:
    """Yield what a form holds, its files saved; where anything goes wrong, also afterwards, they are deleted.

    Raises WrongParameter for fields that cannot be, HTTPException 413 and 422 for files too large and empty ones.
    """
    async with request.form(max_files=FILES, max_fields=len(KNOWN)) as sent:
        files, given = _sorted_out(sent)
        Overrides(**given)
        place = folder(home)
        try:
            paths = [place / str(number) / name_of(file.filename or "") for number, file in enumerate(files)]
            for path, file in zip(paths, files, strict=True):
                path.parent.mkdir()  # of its own: two files may have one name
                await _save(file, path)
            yield Sent(place, tuple(map(str, paths)), given)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise


def _sorted_out(sent: FormData) -> tuple[list[UploadFile], dict[str, str]]:
    """Return the files of a form and what is said about them; WrongParameter for anything else."""
    files: list[UploadFile] = []
    given: dict[str, str] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            if name not in KNOWN:
                raise WrongParameter(name, f"A form has the fields `file`, {', '.join(KNOWN)}, not {name!r}.")
            given[name] = value
        elif name == "file":
            files.append(value)
        else:
            raise WrongParameter(name, f"Send files as `file`, not as {name!r}.")
    if not files:
        raise WrongParameter("file", "The form holds no file: send one as `file`.")
    return files, given


def name_of(sent: str) -> str:
    """Return the name under which a file is kept: its last part, visible."""
    return Path(sent).name.lstrip(".")[:200] or "file"


async def _save(file: UploadFile, path: Path) -> None:
    """Write a file of a form; HTTPException as `_receive`."""
    size = 0
    with path.open("wb") as stream:
        while part := await file.read(1_000_000):
            size += len(part)
            if size > FILE_BYTES:
                raise HTTPException(413, f"{path.name} has more than {FILE_BYTES:,} bytes.")
            stream.write(part)
    if not size:
        raise HTTPException(422, f"{path.name} is empty.")


def folder(home: Path) -> Path:
    """Return a new folder for files that were sent."""
    uploads = uploaded.folder(home)
    uploads.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=uploads))
