"""`POST /v1/documents` and `/v1/documents/file`: texts, addresses and files into the graph, from this machine."""

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.console import require_local
from api.intake import Intake, Job
from graph.errors import WrongParameter
from graph.settings import Settings
from ingest.text import Overrides

FILE_BYTES = 100_000_000
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
    router = APIRouter(tags=["documents"], dependencies=[Depends(require_local)])

    @router.post("/documents", status_code=202, summary="Take in a text, or what is at an address (loopback only)")
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
        return accepted(intake.submit(Job(f"POST /v1/documents {body.url}", path=body.url, given=given)))

    @router.post(
        "/documents/file",
        status_code=202,
        summary="Take in a file, sent as the body as it is (loopback only)",
        openapi_extra={
            "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
        },
    )
    async def file(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=200, description="Its name; the suffix says what it is.")],
    ) -> Accepted:
        folder = _folder(settings.home)
        path = folder / (Path(name).name.lstrip(".") or "file")
        try:
            await _receive(request, path)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return accepted(intake.submit(Job(f"POST /v1/documents/file {path.name}", path=str(path), folder=folder)))

    return router


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
