"""What a row counted from columns holds besides its keys, by the names of columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph import reference
from graph.columns import Numbers
from queries.chosen import having, places_of
from queries.part import Part
from queries.table import Groups
from queries.told_apart import ACTORS, RECRUITS, parts_of

Make = Callable[[int], Any]
Taken = Sequence[tuple[Sequence[Part], Numbers]]
SLOTS = ("recruiters", "private_stories", "lowest")  # columns for which other slots are read


def maker(name: str, groups: Groups, taken: Taken) -> Make:
    """Return what gives a row, by the number of its group, its value of a column."""
    if name in groups.counts.by_name:
        return groups.counts.by_name[name].__getitem__
    return MEASURES[name](groups, taken)


def _above(groups: Groups, taken: Taken) -> Make:
    above = [[part.above for part in of] for of, _ in taken]
    return lambda number: any(of[item[number]] for of, (_, item) in zip(above, taken, strict=True))


def _day(name: str) -> Callable[[Groups, Taken], Make]:
    def make(groups: Groups, taken: Taken) -> Make:
        days = groups.counts.first if name == "first" else groups.counts.last
        return lambda number: day.isoformat() if (day := days[number]) else None

    return make


def _stated(column: str, label: str, item: int) -> Callable[[Groups, Taken], Make]:
    """Return a maker of the places or fields that claims state: of their names (0), or of their ids (1)."""

    def make(groups: Groups, taken: Taken) -> Make:
        def listed(number: int) -> list[str]:
            values = groups.values_in(number, column)
            ids = {id for v in values for id in (places_of(v, groups.values) if label == "Region" else v)}
            return [pair[item] for pair in sorted((reference.by_id(label)[id].name, id) for id in ids)]

        return listed

    return make


def _recruiters(item: int) -> Callable[[Groups, Taken], Make]:
    """Return a maker of who recruits: of their names (0), or of their ids (1)."""

    def make(groups: Groups, taken: Taken) -> Make:
        regions = reference.by_id("Region")

        def listed(number: int) -> list[str]:
            found = {e for parts in groups.values_in(number, "parts") for e in parts_of(parts, RECRUITS, ACTORS)}
            named = {
                (regions[id].name if label == "Region" else str(groups.entities[label, id]["name"]), id)
                for label, id in found
            }
            return [pair[item] for pair in sorted(named)]

        return listed

    return make


def _extreme(place: int, choose: Callable[[list[float]], float]) -> Callable[[Groups, Taken], Make]:
    """Return a maker of the smallest or largest amount of a row's incentive, currency and what it is for."""

    def make(groups: Groups, taken: Taken) -> Make:
        def amount(number: int) -> float | None:
            offers = {offer for value in groups.values_in(number, "offers") for offer in value}
            found = [o[place] for o in offers if o[:3] == groups.key(number) and o[place] is not None]
            return choose(found) if found else None

        return amount

    return make


def _of_kind(groups: Groups, kinds: Sequence[str]) -> Numbers:
    """Return how many stories have a claim that names a channel of one of these kinds, and does not exclude it."""
    channels = {id for id, term in reference.by_id("Channel").items() if term.kind in kinds}
    named = having(groups.claims, "channels", lambda ways: any(not no and id in channels for id, no in ways))
    return groups.distinct("story", named[groups.claim])


def _stories(*kinds: str) -> Callable[[Groups, Taken], Make]:
    return lambda groups, taken: _of_kind(groups, kinds).tolist().__getitem__


def _share(groups: Groups, taken: Taken) -> Make:
    private, either = _of_kind(groups, ("private",)).tolist(), _of_kind(groups, ("private", "public")).tolist()
    return lambda number: round(private[number] / either[number], 4) if either[number] else None


_COUNTED = {
    "claims": "claim", "approaches": "approach", "documents": "document", "stories": "story", "claimants": "claimant"
}  # fmt: skip


def _moved(count: str, to: bool) -> Callable[[Groups, Taken], Make]:
    """Return a maker of a count of the claims by which a region gains, or by which it loses."""
    return lambda groups, taken: (
        groups.distinct(_COUNTED[count], groups.gaining if to else groups.losing).tolist().__getitem__
    )


def _net(groups: Groups, taken: Taken) -> Make:
    to, by = (_moved(groups.values["net_of"], gains)(groups, taken) for gains in (True, False))
    return lambda number: to(number) - by(number)


MEASURES: Mapping[str, Callable[[Groups, Taken], Make]] = {
    "stated_above": _above,
    "first_reported": _day("first"),
    "last_reported": _day("last"),
    "destinations": _stated("destinations", "Region", 0),
    "destination_ids": _stated("destinations", "Region", 1),
    "fields": _stated("fields", "Field", 0),
    "field_ids": _stated("fields", "Field", 1),
    "recruiters": _recruiters(0),
    "recruiter_ids": _recruiters(1),
    "lowest": _extreme(3, min),
    "highest": _extreme(4, max),
    "private_stories": _stories("private"),
    "public_stories": _stories("public"),
    "either_stories": _stories("private", "public"),
    "private_share": _share,
    "net": _net,
    **{f"to_{count}": _moved(count, True) for count in _COUNTED},
    **{f"from_{count}": _moved(count, False) for count in _COUNTED},
}
