"""`POST /v1/extract`: a text in, its claims out; nothing is stored."""

from typing import Any

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from api import declared
from api.about import EXAMPLE, About
from api.reader import LONGEST, Reader
from graph.errors import WrongParameter
from ingest.text import Overrides


class Text(About):
    """The text to read and what is known about it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    text: str = Field(
        min_length=1,
        description=f"The text, at most {LONGEST:,} characters; the command `talentgraph extract` reads longer ones.",
        json_schema_extra={"maxLength": LONGEST},
    )


def routes(reader: Reader) -> APIRouter:
    """Return the extraction route; texts that come at the same time are read one after the other."""
    router = APIRouter(tags=["extract"])

    @router.post(
        "/extract",
        summary="Read a text and return its entities and claims; nothing is stored",
        **declared.answer("What was read.", declared.EXTRACTION),
    )
    async def extract(body: Text) -> dict[str, Any]:
        if len(body.text) > LONGEST:
            raise WrongParameter(
                "text",
                f"`text` has {len(body.text):,} characters; at most {LONGEST:,} are read here. Send it in pieces, or "
                "use `talentgraph extract`, which reads longer ones.",
            )
        return await reader.read(body.text, Overrides(**body.model_dump(exclude={"text"})).given())

    return router
