"""Which column of an answer names what another one has the id of."""

from collections.abc import Collection


def label_of(name: str, names: Collection[str]) -> str | None:
    """Return the column among `names` that says in words what the ids in column `name` are; None where there is none.

    region_id: region        id: name        other_id: other_name, or other
    field_ids: fields        run_by_ids: run_by
    """
    if name == "id":
        candidates = ["name"]
    elif name.endswith("_ids"):
        candidates = [name.removesuffix("_ids") + "s", name.removesuffix("_ids")]
    elif name.endswith("_id"):
        candidates = [name.removesuffix("_id"), name.removesuffix("_id") + "_name"]
    else:
        candidates = []
    return next((candidate for candidate in candidates if candidate in names), None)
