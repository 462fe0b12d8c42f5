"""`POST /v1/extract`: a text in, its claims out; nothing is stored."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.reader import LONGEST, Reader
from graph.errors import WrongParameter
from ingest.text import Overrides


class Text(BaseModel):
    """The text to read and what is known about it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "A battery maker in Zhejiang hired ten engineers from Sweden.", "date": "2026-03-02"}]
        },
    )

    text: str = Field(
        min_length=1,
        description=f"The text, at most {LONGEST:,} characters; the command `talentgraph extract` reads longer ones.",
        json_schema_extra={"maxLength": LONGEST},
    )
    url: str | None = Field(default=None, description="Where it was read.")
    title: str | None = Field(default=None, description="Its title.")
    publisher: str | None = Field(default=None, description="Who published it.")
    date: str | None = Field(default=None, description="The day of publication, such as 2026-03-02.")
    lang: str | None = Field(default=None, description="Language code; detected where absent.")


def routes(reader: Reader) -> APIRouter:
    """Return the extraction route; texts that come at the same time are read one after the other."""
    router = APIRouter(tags=["extract"])

    @router.post("/extract", summary="Read a text and return its entities and claims; nothing is stored")
    async def extract(body: Text) -> dict[str, Any]:
        if len(body.text) > LONGEST:
            raise WrongParameter(
                "text",
                f"`text` has {len(body.text):,} characters; at most {LONGEST:,} are read here. Send it in pieces, or "
                "use `talentgraph extract`, which reads longer ones.",
            )
        return await reader.read(body.text, Overrides(**body.model_dump(exclude={"text"})).given())

    return router
