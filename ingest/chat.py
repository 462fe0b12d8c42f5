"""One question to a chat endpoint in the form that OpenAI's has and many servers speak: POST …/chat/completions.

No redirect is followed, so that the key goes nowhere else; an answer may take `SECONDS` and have `MOST_BYTES`.
"""

import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from graph.errors import InputError

SECONDS = 120.0
MOST_BYTES = 2_000_000
_CHUNK = 65_536


class NoAnswer(Exception):
    """The endpoint gave no answer that can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote, and the tokens that the endpoint says it cost (0 where it says nothing)."""

    text: str
    prompt_tokens: int
    completion_tokens: int


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


class Chat:
    """An endpoint with its model; `url` is its base, such as http://localhost:11434/v1."""

    def __init__(self, url: str, model: str, key: str = "", *, seconds: float = SECONDS) -> None:
        """Raise InputError where the address cannot be one."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise InputError(
                f"TALENTGRAPH_LLM_URL is {url!r}, which is no http address. Give the endpoint's base, such as"
                " http://localhost:11434/v1."
            )
        self.url = url.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
        self.model = model
        self._key = key
        self._seconds = seconds
        self._opener = urllib.request.build_opener(_NoRedirect)

    def ask(self, instructions: str, text: str) -> Answer:
        """Return the model's answer to a text. Raises NoAnswer."""
        body = {
            "model": self.model,
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            "temperature": 0,
            "response_format": {"type": "json_object"},
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(self.url, json.dumps(body).encode(), headers)
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                content = self._read(response)
        except urllib.error.HTTPError as error:
            error.close()
            raise NoAnswer(f"it answers {error.code} {error.reason}") from error
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(str(getattr(error, "reason", None) or error or type(error).__name__)) from error
        return _answer(content)

    def _read(self, response: Any) -> bytes:
        """Return the body, within the limits of size and of time."""
        until = time.monotonic() + self._seconds
        content = b""
        while chunk := response.read1(_CHUNK):
            content += chunk
            if len(content) > MOST_BYTES:
                raise NoAnswer(f"its answer has more than {MOST_BYTES:,} bytes")
            if time.monotonic() > until:
                raise NoAnswer(f"its answer takes more than {self._seconds:g} seconds")
        return content


def _answer(content: bytes) -> Answer:
    try:
        body = json.loads(content)
        text = body["choices"][0]["message"]["content"]
        usage = body.get("usage") or {}
        tokens = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NoAnswer("its answer has not the form of a chat completion") from error
    if not isinstance(text, str):
        raise NoAnswer("its answer has no text")
    return Answer(text, *(count if isinstance(count, int) else 0 for count in tokens))
