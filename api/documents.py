"""`POST /v1/documents` and `/v1/documents/file`: texts, addresses and files into the graph, from this machine.

/v1/documents         a text or an address as JSON; or files as a form (multipart/form-data), with what is known of them
/v1/documents/file    one file, as the body
"""

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import FormData, UploadFile
from starlette.routing import Match
from starlette.types import Scope

from api.intake import Intake, Job
from graph.errors import WrongParameter
from graph.settings import Settings
from ingest.text import Overrides

FILE_BYTES = 100_000_000
FILES = 100  # of one form
TEXT_CHARACTERS = 10_000_000


class Given(BaseModel):
    """A text to take in, or the address where one is; and what is known about it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "A battery maker in Zhejiang hired ten engineers from Sweden.", "date": "2026-03-02"}]
        },
    )

    text: str | None = Field(default=None, min_length=1, description="The text; without it, `url` is fetched.")
    url: str | None = Field(default=None, description="Where it was read, or is to be read.")
    title: str | None = Field(default=None, description="Its title.")
    publisher: str | None = Field(default=None, description="Who published it.")
    date: str | None = Field(default=None, description="The day of publication, such as 2026-03-02.")
    lang: str | None = Field(default=None, description="Language code; detected where absent.")


class Accepted(BaseModel):
    """The run that takes it in."""

    run: str = Field(description="The run's id.")
    address: str = Field(description="Where to see how far it is.")


def accepted(run: str) -> Accepted:
    """Return the answer that names a run."""
    return Accepted(run=run, address=f"/v1/runs/{run}")


def routes(intake: Intake, settings: Settings) -> APIRouter:
    """Return the routes by which documents come in."""
    router = APIRouter(tags=["documents"])

    async def form(request: Request) -> Accepted:
        async with request.form(max_files=FILES, max_fields=len(_KNOWN)) as sent:
            files, given = _sorted_out(sent)
            Overrides(**given)
            folder = _folder(settings.home)
            try:
                paths = [folder / str(number) / _name(file.filename or "") for number, file in enumerate(files)]
                for path, file in zip(paths, files, strict=True):
                    path.parent.mkdir()  # of its own: two files may have one name
                    await _save(file, path)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        told = f"POST /v1/documents {', '.join(path.name for path in paths)}"
        return accepted(intake.submit(Job(told, paths=tuple(map(str, paths)), folder=folder, given=given)))

    router.add_api_route(
        "/documents",
        form,
        methods=["POST"],
        status_code=202,
        include_in_schema=False,  # the route below tells of both
        route_class_override=_OfForms,
    )

    @router.post(
        "/documents",
        status_code=202,
        summary="Take in a text, what is at an address, or files",
        openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": _FORM}}}},
    )
    def documents(body: Given) -> Accepted:
        given = body.model_dump(exclude={"text"}, exclude_none=True)
        Overrides(**given)  # a date or address that cannot be one is told at once
        if body.text is not None and len(body.text) > TEXT_CHARACTERS:
            raise HTTPException(413, f"`text` has more than {TEXT_CHARACTERS:,} characters.")
        if body.text is not None:
            return accepted(intake.submit(Job("POST /v1/documents", text=body.text, given=given)))
        if body.url is None:
            raise WrongParameter("text", "There is neither `text` nor `url`: send one of them.")
        given.pop("url")
        return accepted(intake.submit(Job(f"POST /v1/documents {body.url}", paths=(body.url,), given=given)))

    @router.post(
        "/documents/file",
        status_code=202,
        summary="Take in a file, sent as the body as it is",
        openapi_extra={
            "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
        },
    )
    async def file(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=200, description="Its name; the suffix says what it is.")],
    ) -> Accepted:
        folder = _folder(settings.home)
        path = folder / _name(name)
        try:
            await _receive(request, path)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return accepted(intake.submit(Job(f"POST /v1/documents/file {path.name}", paths=(str(path),), folder=folder)))

    return router


_KNOWN = ("url", "title", "publisher", "date", "lang")
_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "description": "One file, or several.",
        },
        **{name: {"type": "string"} for name in _KNOWN},
    },
}


class _OfForms(APIRoute):
    """A route for forms alone: what comes in another type goes on to the next route of its path."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        kind = dict(scope.get("headers", ())).get(b"content-type", b"")
        return super().matches(scope) if kind.startswith(b"multipart/form-data") else (Match.NONE, {})


def _sorted_out(sent: FormData) -> tuple[list[UploadFile], dict[str, str]]:
    """Return the files of a form and what is said about them; WrongParameter for anything else."""
    files: list[UploadFile] = []
    given: dict[str, str] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            if name not in _KNOWN:
                raise WrongParameter(name, f"A form has the fields `file`, {', '.join(_KNOWN)}, not {name!r}.")
            given[name] = value
        elif name == "file":
            files.append(value)
        else:
            raise WrongParameter(name, f"Send files as `file`, not as {name!r}.")
    if not files:
        raise WrongParameter("file", "The form holds no file: send one as `file`.")
    return files, given


def _name(sent: str) -> str:
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


def _folder(home: Path) -> Path:
    uploads = home / "uploads"
    uploads.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=uploads))


async def _receive(request: Request, path: Path) -> None:
    """Write the body to a file; HTTPException 413 where it is too large, 422 where there is none."""
    size = 0
    with path.open("wb") as stream:
        async for part in request.stream():
            size += len(part)
            if size > FILE_BYTES:
                raise HTTPException(413, f"The file has more than {FILE_BYTES:,} bytes.")
            stream.write(part)
    if not size:
        raise HTTPException(422, "The body is empty: send the file as it is.")
