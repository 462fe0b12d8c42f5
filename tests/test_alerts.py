"""Alerts over a store: what counts as news, what a message opens, and what becomes of one that does not arrive."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.alerts import alert as alerts
from api.alerts.alert import Alert, alert
from api.alerts.changes import changes, key_columns, news
from api.alerts.condition import Condition, condition
from api.alerts.evaluation import evaluate, send_test
from api.alerts.sentences import sentences
from graph import runs
from graph.errors import DeliveryFailed, UnknownEntity, UnknownQuestion, WrongParameter
from graph.store import Store
from queries import catalogue
from tests.hand_written import HandWritten
from tests.test_alert_delivery import hooked
from tests.web_server import DEFAULTS, in_turn, page, site

MATRIX = catalogue.find("regions-recruiting-fields")


def tell(store: Store, name: str, *claims: tuple[str, str]) -> str:
    """Write a document whose claims recruit a field to a region; return its id."""
    written = HandWritten(name, "2026-03-02", "Test Wire")
    for region, field in claims:
        written.sentence(f"They of {name} recruit.")
        written.claim(destinations=(written.slot("Region", region),), fields=(written.slot("Field", field),))
    store.write([written.extraction()], known_at=runs.now())
    return written.document.id


def evaluated(store: Store, **given: Any) -> list[str]:
    """Evaluate all alerts; return what was said."""
    said: list[str] = []
    evaluate(store, given.pop("settings", DEFAULTS), said.append, first_wait=0.01)
    return said


def added(store: Store, question: str, to: Path | str, *given: str, when: str = "changed") -> Alert:
    made = alert(question, given, when, str(to))
    assert alerts.add(store, made)
    return made


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line)["data"] for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_what_is_new_changed_and_gone_is_told_once(embedded_store: Store, tmp_path: Path) -> None:
    store, path = embedded_store, tmp_path / "told.ndjson"
    first = tell(store, "one", ("CN-ZJ", "ai"), ("DE", "robotics"))
    made = added(store, "regions-recruiting-fields", path)
    assert not alerts.add(store, made)
    assert evaluated(store) == []
    assert lines(path) == []

    tell(store, "two", ("CN-ZJ", "ai"), ("US", "quantum"))
    assert evaluated(store) == []
    (told,) = lines(path)
    assert told["rows"] == {"new": 1, "changed": 1, "gone": 0}
    (changed,) = told["changed"]
    assert (changed["row"]["region_id"], changed["row"]["claims"], changed["row"]["documents"]) == ("CN", 2, 2)
    assert (changed["before"]["claims"], changed["before"]["documents"]) == (1, 1)
    (new,) = told["new"]
    assert (new["row"]["region_id"], new["row"]["field_id"]) == ("US", "quantum")
    (id,) = new["sentences"]["claim_ids"]
    found = catalogue.ask(store, "evidence", {"claim": id}).rows
    assert found[0]["quote"] == "They of two recruit."
    assert new["sentences"]["command"] == (
        f"talentgraph ask claims --modality positive --region US --field quantum --known-after {told['from']}"
    )

    evaluated(store)
    assert len(lines(path)) == 1
    store.remove([first], [], now=runs.now())
    evaluated(store)
    later = lines(path)[1]
    assert later["from"] == told["to"]
    assert later["rows"] == {"new": 0, "changed": 1, "gone": 1}
    assert [(gone["row"]["region_id"], gone["sentences"]["total"]) for gone in later["gone"]] == [("DE", 1)]
    assert f"--known-at {later['from']}" in later["gone"][0]["sentences"]["command"]
    assert later["changed"][0]["before"]["claims"] == 2


def test_what_a_path_opens_is_what_the_command_opens(embedded_store: Store, tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    from api.app import create_app

    added(embedded_store, "fields-of-region", tmp_path / "told.ndjson", "region=China", "field-level=group")
    tell(embedded_store, "one", ("CN-ZJ", "ai"), ("DE", "ai"))
    evaluated(embedded_store)
    (told,) = lines(tmp_path / "told.ndjson")
    (new,) = told["new"]
    here = {"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 50_000)}
    with TestClient(create_app(embedded_store, DEFAULTS), **here) as client:  # type: ignore[arg-type]
        opened = client.get(new["sentences"]["path"]).json()
        assert [item["claim_id"] for item in opened["items"]] == new["sentences"]["claim_ids"]
        assert client.get(told["path"]).json()["items"] == [new["row"]]


def test_a_failed_delivery_comes_after_the_next_run_with_what_came_meanwhile(embedded_store: Store) -> None:
    with site({"/hook": in_turn(page(status=404), page(status=204))}) as hook:
        chosen = hooked(hook.port)
        made = added(embedded_store, "claims", hook.url("/hook"))
        tell(embedded_store, "one", ("DE", "ai"))
        (said,) = evaluated(embedded_store, settings=chosen)
        assert said.startswith(f"{made.id} to http://127.0.0.1:{hook.port}/…: it answers 404")
        (kept,) = alerts.listed(embedded_store)
        assert "it answers 404" in kept.record["note"]
        tell(embedded_store, "two", ("US", "ai"))
        assert evaluated(embedded_store, settings=chosen) == []
        assert [json.loads(body)["data"]["rows"]["new"] for body in hook.bodies] == [1, 2]
        (kept,) = alerts.listed(embedded_store)
        assert "note" not in kept.record
        assert evaluated(embedded_store, settings=chosen) == []
        assert len(hook.bodies) == 2


def test_above_is_told_when_a_row_rises(embedded_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "told.ndjson"
    tell(embedded_store, "one", ("DE", "ai"))
    added(embedded_store, "regions-of-field", path, "field=ai", when="above 1 documents")
    for name, times in (("two", 1), ("three", 1), ("four", 1)):
        tell(embedded_store, name, ("DE", "ai"))
        evaluated(embedded_store)
        assert len(lines(path)) == times, name
    assert lines(path)[0]["changed"][0]["before"]["documents"] == 1


def test_a_question_that_fails_stops_no_other(embedded_store: Store, tmp_path: Path) -> None:
    made = [added(embedded_store, "claims", tmp_path / f"{name}.ndjson") for name in ("a", "b")]
    embedded_store.keep("Alert", [{"id": made[0].id, "question": "no-such-question"}])
    tell(embedded_store, "one", ("DE", "ai"))
    (said,) = evaluated(embedded_store)
    assert "no question 'no-such-question'" in said
    assert (tmp_path / "b.ndjson").exists()
    assert not (tmp_path / "a.ndjson").exists()


def test_while_another_run_is_at_work_only_what_came_before_it_is_told(embedded_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "told.ndjson"
    added(embedded_store, "claims", path)
    tell(embedded_store, "one", ("DE", "ai"))
    with runs.turn(embedded_store, "another"):
        tell(embedded_store, "two", ("US", "ai"))
        evaluated(embedded_store)
        assert [told["rows"]["new"] for told in lines(path)] == [1]
    evaluated(embedded_store)
    assert [told["rows"]["new"] for told in lines(path)] == [1, 1]


def test_a_test_sends_the_present_answer_and_is_forgotten(embedded_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "told.ndjson"
    tell(embedded_store, "one", ("DE", "ai"))
    made = added(embedded_store, "claims", path)
    (kept,) = alerts.chosen(embedded_store, [made.id[:9]])
    send_test(embedded_store, kept, DEFAULTS)
    assert [(told["test"], told["rows"]["new"]) for told in lines(path)] == [(True, 1)]
    evaluated(embedded_store)
    assert len(lines(path)) == 1
    with pytest.raises(DeliveryFailed):
        send_test(
            embedded_store,
            Alert("claims", {}, Condition(), alert("claims", [], "changed", str(tmp_path)).to, kept.record),
            DEFAULTS,
        )
    with pytest.raises(UnknownEntity):
        alerts.chosen(embedded_store, ["alert-zzz"])


def test_what_cannot_be_an_alert_is_refused() -> None:
    for question, given, when, error in (
        ("no-such", [], "changed", UnknownQuestion),
        ("claims", ["region"], "changed", WrongParameter),
        ("claims", ["limit=3"], "changed", WrongParameter),
        ("claims", [], "often", WrongParameter),
        ("claims", [], "above 3 stories", WrongParameter),
    ):
        with pytest.raises(error):
            alert(question, given, when, "-")
    assert str(condition("Above  10", MATRIX)) == "above 10 claims"
    assert str(condition("above 0.5 belief", catalogue.find("belief"))) == "above 0.5 belief"
    assert str(condition("above 3", catalogue.find("claims"))) == "above 3 rows"


def test_rows_with_equal_keys_are_paired_one_by_one() -> None:
    question = catalogue.find("programme-figures")
    empty = {column.name: None for column in question.columns}
    one, two, three = ({**empty, "claim_id": "c", "lowest": float(number)} for number in (1, 2, 3))
    found = changes(question, [one, two], [two, three])
    assert (found.new, found.gone, found.changed) == ([], [], [(one, three)])
    found = changes(question, [one], [one, two])
    assert (found.new, found.gone, found.changed) == ([two], [], [])
    assert not news(question, Condition(2.0, "rows"), [one], [one, two])
    assert news(question, Condition(1.0, "rows"), [one], [one, two])


def test_rows_of_every_question_can_be_told_apart() -> None:
    for question in catalogue.questions().values():
        assert key_columns(question) or question.name == "coverage"  # which has one row


def test_a_row_opens_the_side_it_stands_for_and_what_it_leaves_open(embedded_store: Store) -> None:
    tell(embedded_store, "one", ("CN-ZJ", "ai"))
    added(embedded_store, "contradictions", "-")
    (made,) = alerts.listed(embedded_store)
    row = {"recruiter_id": "DE", "region_id": "CN", "field_id": "unstated"}
    for stands, modality in (("affirmed", "positive"), ("denied", "negative")):
        opened = sentences(embedded_store, made, row | {"stands": stands}, at=runs.now())
        assert opened.command.startswith(
            f"talentgraph ask claims --modality {modality} --region CN --without field --recruiter DE --known-at "
        )
