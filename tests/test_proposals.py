"""Claims proposed by a chat endpoint, against a stub on loopback: what is checked, added, counted, and survived."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from graph import ids
from graph.errors import InputError
from graph.frame import Claim, Document, Extraction
from ingest import chat, proposals
from ingest.chat import Chat, NoAnswer
from ingest.extraction import Extractor
from ingest.proposals import Proposer

FIRST = "O fabricante Polder contratou dez engenheiros de software da Siemens em Hangzhou, disse Eva Brandt."
SECOND = "Ofereceu-lhes habitação."
TEXT = f"Talentos\n{FIRST} {SECOND}\n"
WHOLE: dict[str, Any] = {
    "quote": FIRST,
    "recruiter": {"text": "fabricante Polder", "type": "company"},
    "origin_employers": [{"text": "Siemens"}],
    "destinations": [{"text": "Hangzhou", "code": "CN-ZJ-hangzhou"}],
    "origins": [{"text": "Lisboa", "code": "PT"}],
    "fields": [{"text": "engenheiros de software", "code": "software_it"}, {"text": "dez", "code": "knitting"}],
    "incentives": [{"text": "habitação", "code": "housing"}],
    "claimant": {"text": "Eva Brandt"},
    "modality": "asserted",
    "stage": "hired",
}


class Stub:
    """A chat endpoint that answers what it is told and keeps what it was asked."""

    def __init__(self) -> None:
        self.status, self.headers = 200, {"Content-Type": "application/json"}
        self.body: bytes | Callable[[], bytes] = b""
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stub.asked.append((self.path, dict(self.headers), given))
                self.send_response(stub.status)
                for name, value in stub.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(stub.body() if callable(stub.body) else stub.body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def says(self, content: object, **more: object) -> None:
        text = content if isinstance(content, str) else json.dumps(content)
        usage = {"prompt_tokens": 700, "completion_tokens": 30}
        self.body = json.dumps({"choices": [{"message": {"content": text}}], "usage": usage, **more}).encode()


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    stub = Stub()
    thread = threading.Thread(target=stub.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield stub
    stub.server.shutdown()
    stub.server.server_close()
    thread.join()


def read(stub: Stub, text: str = TEXT, key: str = "", lang: str = "pt") -> tuple[Extraction, Proposer, list[str]]:
    said: list[str] = []
    proposer = Proposer(Chat(stub.url, "small", key, seconds=5), said.append)
    document = Document(ids.document_id(None, text), text, ids.revision(text), lang=lang, source="a.txt")
    return Extractor("none", proposer).extract(document), proposer, said


def only(extraction: Extraction) -> Claim:
    (claim,) = extraction.claims
    return claim


def test_a_proposal_becomes_a_claim_of_checked_slots(stub: Stub) -> None:
    stub.says({"claims": [WHOLE]})
    extraction, proposer, said = read(stub, key="secret")
    claim = only(extraction)
    assert TEXT[claim.start : claim.end] == FIRST
    assert claim.recruiter is not None
    assert (claim.recruiter.text, claim.recruiter.entity.described) == ("fabricante Polder", True)
    assert (claim.recruiter_type, claim.modality, claim.stage) == ("company", "asserted", "hired")
    assert [slot.entity.id for slot in claim.destinations] == ["CN-ZJ-hangzhou"]
    assert claim.origins == ()  # its words are not in the text
    assert [slot.entity.id for slot in claim.fields] == ["software_it"]  # the other code does not exist
    assert [slot.entity.id for slot in claim.origin_employers] == ["company-siemens"]
    assert [(o.slot.entity.id, o.slot.inferred) for o in claim.offers] == [("housing", True)]
    assert [(c.role, c.slot.entity.label) for c in claim.claimants] == [("Eva Brandt", "Voice")]
    for slot in (*claim.destinations, *claim.fields, *claim.origin_employers, claim.recruiter):
        assert TEXT[slot.start : slot.end] == slot.text
    assert 0 < claim.confidence < 1
    assert extraction.extractor == "talentgraph-rules/1 none proposals-small"
    assert said == []
    assert proposer.cost.line() == (
        "Proposals: 1 request, 700 tokens sent, 30 received; 1 claim added, 0 proposed in vain."
    )
    path, headers, body = stub.asked[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert body["messages"][1]["content"] == TEXT
    assert body["model"] == "small"
    assert "software_it" in body["messages"][0]["content"]


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": FIRST.upper()},
        {"quote": " "},
        {"quote": ""},
        {"modality": "certain"},
        {"stage": "eaten"},
        {"recruiter": {"text": "Polder", "type": "shop"}},
        {"fields": "ai"},
    ],
)
def test_a_proposal_that_does_not_hold_is_dropped(stub: Stub, changed: dict[str, Any]) -> None:
    stub.says({"claims": [WHOLE | changed, "nonsense", None]})
    extraction, proposer, said = read(stub)
    assert (extraction.claims, said) == ((), [])
    assert (proposer.cost.added, proposer.cost.dropped) == (0, 3)


def test_an_answer_in_a_fence_is_read(stub: Stub) -> None:
    stub.says(
        "```json\n" + json.dumps({"claims": [{"quote": SECOND, "incentives": [{"text": "habitação"}]}]}) + "\n```"
    )
    assert only(read(stub)[0]).recruiter_type == "unspecified"


def test_the_rules_claims_stand_and_order_is_the_texts(stub: Stub) -> None:
    rules = (Claim(70, 80), Claim(90, 95, continues=0))
    new = [Claim(0, 10)]
    ordered = proposals._ordered(rules, new)
    assert [claim.start for claim in ordered] == [0, 70, 90]
    assert ordered[2].continues == 1
    text = "浙江一家机器人公司从西班牙招募了十名工程师。天气很好。"
    without = Extractor("none").extract(Document("d", text, "r", lang="zh")).claims
    assert without
    stub.says({"claims": [{"quote": "招募了十名工程师"}, {"quote": "天气很好。"}]})
    extraction, proposer, _ = read(stub, text, lang="zh")
    assert [c.modality for c in extraction.claims][: len(without)] == [c.modality for c in without]
    assert [text[c.start : c.end] for c in extraction.claims[len(without) :]] == ["天气很好。"]
    assert proposer.cost.added == 1


@pytest.mark.parametrize(
    ("status", "headers", "body", "told"),
    [
        (500, {}, b"", "answers 500"),
        (401, {}, b"", "answers 401"),
        (302, {"Location": "http://127.0.0.1:1/elsewhere"}, b"", "answers 302"),
        (200, {}, b"<html>", "not the form of a chat completion"),
        (200, {}, b'{"choices": []}', "not the form of a chat completion"),
        (200, {}, b'{"choices": [{"message": {"content": null}}]}', "no text"),
        (200, {}, b'{"choices": [{"message": {"content": "Sure!"}}]}', "not the JSON"),
        (200, {}, b'{"choices": [{"message": {"content": "[]"}}]}', "not the JSON"),
        (200, {}, b" " * (chat.MOST_BYTES + 1), "more than 2,000,000 bytes"),
        (200, {"Content-Length": "99"}, b"{}", "not the form of a chat completion"),
    ],
)
def test_a_failing_endpoint_leaves_the_rules_claims_and_is_named(
    stub: Stub, status: int, headers: dict[str, str], body: bytes, told: str
) -> None:
    stub.status, stub.headers, stub.body = status, headers, body
    extraction, _, said = read(stub)
    assert extraction.claims == ()
    assert extraction.extractor == "talentgraph-rules/1 none"
    assert len(said) == 1
    assert told in said[0]
    assert said[0].startswith("a.txt: http://127.0.0.1:")
    assert "The rules' claims stand." in said[0]


def test_nobody_there_is_asked_three_times_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    said: list[str] = []
    proposer = Proposer(Chat("http://127.0.0.1:1/v1", "small", seconds=5), said.append)
    extractor = Extractor("none", proposer)
    for _ in range(5):
        extractor.extract(Document("d", TEXT, "r", lang="pt"))
    assert proposer.cost.requests == len(said) == 3
    assert said[-1].endswith("It is asked no more in this run.")


def test_a_slow_endpoint_is_given_up(stub: Stub) -> None:
    hold = threading.Event()

    def late() -> bytes:
        hold.wait(5)
        return b""

    stub.body = late
    try:
        with pytest.raises(NoAnswer, match="timed out"):
            Chat(stub.url, "small", seconds=0.2).ask("", TEXT)
    finally:
        hold.set()


def test_a_long_text_goes_in_pieces_that_make_it_up() -> None:
    text = ("A paragraph of some words.\n" * 50 + "x" * 30_000 + "\n") * 2
    spans = list(proposals._pieces(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert max(end - start for start, end in spans) <= proposals.PIECE
    assert len(list(proposals._pieces("x" * 10_000_000))) == proposals.MOST_PIECES


@pytest.mark.parametrize("url", ["localhost:11434", "file:///etc/passwd", "ftp://x/y", ""])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="TALENTGRAPH_LLM_URL"):
        Chat(url, "small")
