"""What a client may say of a document that it sends."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

EXAMPLE: JsonDict = {"text": "A battery maker in Zhejiang hired ten engineers from Sweden.", "date": "2026-03-02"}


class About(BaseModel):
    """What is known about a document, as far as it is; nothing else may be said."""

    model_config = ConfigDict(extra="forbid")

    url: str | None = Field(default=None, description="Where it was read.")
    title: str | None = Field(default=None, description="Its title.")
    publisher: str | None = Field(default=None, description="Who published it.")
    date: str | None = Field(default=None, description="The day of publication, such as 2026-03-02.")
    lang: str | None = Field(default=None, description="Language code; detected where absent.")
    author: str | None = Field(default=None, description="Who wrote it, by full name; withheld where names are.")
