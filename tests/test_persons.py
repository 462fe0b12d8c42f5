"""People deserve care: by default an answer shows what a person is, not who."""

import json
from dataclasses import replace

from graph.frame import Claimant, Entity
from graph.store import Store
from queries import records
from queries.catalogue import ask
from tests.whole_claim import NOW, claim, extraction, slot

ANA = Entity("Person", "person-ana", "Ana Ribeiro")
BO = Entity("Person", "person-bo", "Bo Lind")


def test_persons_are_shown_by_what_they_are_unless_names_are_asked_for(store: Store) -> None:
    said_by = (Claimant(slot(ANA, "firm"), "a former engineer", True), Claimant(slot(BO, "It"), "Bo Lind", True, 2))
    whole = claim(claimants=said_by, targets=(replace(slot(BO, "engineers"), text="engineers"),))
    read = extraction(whole)
    store.write([replace(read, document=replace(read.document, author="Ida Falk; Bo Lind"))], known_at=NOW)
    listed = ask(store, "claims", {})
    id = listed.rows[0]["claim_id"]
    assert listed.rows[0]["said_by"] == "a former engineer; a named person"
    shown = ask(store, "evidence", {"claim": id})
    assert shown.rows[0]["said_by"] == "a former engineer; a named person"
    assert "targets a named person: words at" in shown.rows[0]["slots"]
    for answer in (listed, shown):
        assert not [name for name in ("Ribeiro", "Lind", "Falk") if name in json.dumps(answer.rows, default=str)]
    assert shown.rows[0]["author"] == "a named person"
    record = records.claim(store, id)
    assert not [name for name in ("Ribeiro", "Lind", "Falk") if name in json.dumps(record)]
    written_by = [records.document(store, read.document.id, names=names) for names in (False, True)]
    assert [one and one["author"] for one in written_by] == ["a named person", "Ida Falk; Bo Lind"]
    named = records.claim(store, id, names=True)
    assert named is not None
    assert {slot["name"] for slot in named["slots"] if slot["label"] == "Person"} == {"Ana Ribeiro", "Bo Lind"}
    assert named["document"]["author"] == "Ida Falk; Bo Lind"
    assert ask(store, "evidence", {"claim": id, "names": True}).rows[0]["author"] == "Ida Falk; Bo Lind"
    assert ask(store, "claims", {"names": True}).rows[0]["said_by"] == "Ana Ribeiro; Bo Lind"
    assert "targets Bo Lind: “engineers” at" in ask(store, "evidence", {"claim": id, "names": True}).rows[0]["slots"]
