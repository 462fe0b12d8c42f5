"""`POST /v1/documents` and `/v1/documents/file`: texts, addresses and files into the graph, from this machine.

/v1/documents         a text or an address as JSON; or files as a form (multipart/form-data), with what is known of them
/v1/documents/file    one file, as the body
"""

import shutil
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.about import EXAMPLE, About
from api.intake import Intake, Job
from api.uploads import FILE_BYTES, FORM, OfForms, folder, name_of, saved
from graph.errors import WrongParameter
from graph.settings import Settings
from ingest.text import Overrides
from ingest.web import ADDRESS

TEXT_CHARACTERS = 10_000_000


class Given(About):
    """A text to take in, or the address where one is; and what is known about it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    text: str | None = Field(default=None, min_length=1, description="The text; without it, `url` is fetched.")
    url: str | None = Field(
        default=None,
        description="Where it was read, or is to be read: a page, `feed:https://…` or `sitemap:https://…`.",
    )


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
        async with saved(request, settings.home) as sent:
            job = Job(f"POST /v1/documents {sent.names}", paths=sent.paths, sent=True, given=sent.given)
            return accepted(intake.submit(job))

    router.add_api_route(
        "/documents",
        form,
        methods=["POST"],
        status_code=202,
        include_in_schema=False,  # the route below tells of both
        route_class_override=OfForms,
    )

    @router.post(
        "/documents",
        status_code=202,
        summary="Take in a text, what is at an address, or files",
        openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": FORM}}}},
    )
    def documents(body: Given) -> Accepted:
        given = body.model_dump(exclude={"text"}, exclude_none=True)
        if body.text is None and body.url is not None and (address := ADDRESS.fullmatch(body.url)):
            given["url"] = address[2]
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
        place = folder(settings.home)
        path = place / "0" / name_of(name)  # as the files of a form lie
        try:
            path.parent.mkdir()
            await _receive(request, path)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return accepted(intake.submit(Job(f"POST /v1/documents/file {path.name}", paths=(str(path),), sent=True)))

    return router


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
