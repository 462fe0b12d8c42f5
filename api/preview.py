"""`POST /v1/documents/preview`: what is at an address or in files, and the claims in it; nothing is stored."""

import shutil
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from api.about import About
from api.reader import MOST_PREVIEWED, Reader
from api.uploads import FORM, OfForms, saved
from graph.settings import Settings
from ingest.text import Overrides


class Address(About):
    """Where the text is, and what is known about it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"url": "https://example.org/article"}]})

    url: str = Field(min_length=1, description="What is to be read.")


class Unread(BaseModel):
    """Something that gives no document."""

    path: str = Field(description="What it is.")
    reason: str = Field(description="Why, and what to do.")


class Previewed(BaseModel):
    """What would be taken in."""

    documents: list[dict[str, Any]] = Field(description="Each as `/v1/extract` answers, with its `path` and `text`.")
    unread: list[Unread] = Field(description="What cannot be read.")
    more: bool = Field(description=f"Whether there are more documents than the first {MOST_PREVIEWED}.")


def routes(reader: Reader, settings: Settings) -> APIRouter:
    """Return the route; what comes at the same time is read one after the other."""
    router = APIRouter(tags=["extract"])

    async def form(request: Request) -> Previewed:
        async with saved(request, settings.home) as sent:
            found = await reader.preview(sent.paths, sent.given)
        shutil.rmtree(sent.folder, ignore_errors=True)
        for one in (*found["documents"], *found["unread"]):
            one["path"] = one["path"].removeprefix(f"{sent.folder}/").partition("/")[2]  # as it was called
        return Previewed(**found)

    router.add_api_route(
        "/documents/preview",
        form,
        methods=["POST"],
        include_in_schema=False,  # the route below tells of both
        route_class_override=OfForms,
    )

    @router.post(
        "/documents/preview",
        summary="Read what is at an address, or files, and return the texts with their claims; nothing is stored",
        openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": FORM}}}},
    )
    async def preview(body: Address) -> Previewed:
        given = body.model_dump(exclude_none=True)
        Overrides(**given)  # a date or address that cannot be one is told at once
        url = given.pop("url")
        return Previewed(**await reader.preview((url,), given))

    return router
