"""`POST /v1/extract`: a text in, its claims out; nothing is stored."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest import run
from ingest.extraction import Extractor, as_json
from ingest.sources import Failure, Page
from ingest.text import Overrides, document


class Text(BaseModel):
    """The text to read and what is known about it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "A battery maker in Zhejiang hired ten engineers from Sweden.", "date": "2026-03-02"}]
        },
    )

    text: str = Field(min_length=1, max_length=1_000_000, description="The text, at most a million characters.")
    url: str | None = Field(default=None, description="Where it was read.")
    title: str | None = Field(default=None, description="Its title.")
    publisher: str | None = Field(default=None, description="Who published it.")
    date: str | None = Field(default=None, description="The day of publication, such as 2026-03-02.")
    lang: str | None = Field(default=None, description="Language code; detected where absent.")


def routes(settings: Settings) -> APIRouter:
    """Return the extraction route; the language model is loaded with the first text."""
    router = APIRouter(tags=["extract"])
    extractor = Extractor(settings.model)

    @router.post("/extract", summary="Read a text and return its entities and claims; nothing is stored")
    def extract(body: Text) -> dict[str, Any]:
        given = Overrides(**body.model_dump(exclude={"text"})).given()
        found = run.extract(extractor, document(Page("POST /v1/extract", "text", body.text, given)))
        if isinstance(found, Failure):
            raise UnreadableDocument(found.reason)
        return as_json(found)

    return router
