"""Which regions look for the same fields."""

import math
from collections import defaultdict

from graph.frame import Row

SHOWN = 5  # shared fields named in a row


def similar_regions(rows: list[Row], *, region: str) -> list[Row]:
    """Return the other regions, the most similar to `region` first.

    A row given has a region, a field and the number of stories in which the region recruits it. Similarity is the
    cosine of the two regions' vectors of these numbers: 1 for the same mixture of fields, 0 for no field in common.
    """
    vectors: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for row in rows:
        vectors[row["region_id"], row["region"]][row["field"], row["field_id"]] = row["stories"]
    own = next((vector for (id, _), vector in vectors.items() if id == region), {})
    found = []
    for (id, name), vector in vectors.items():
        shared = {field: own[field] * vector[field] for field in own.keys() & vector.keys()}
        if id == region or not shared:
            continue
        cosine = sum(shared.values()) / (math.hypot(*own.values()) * math.hypot(*vector.values()))
        strongest = sorted(shared, key=lambda field: (-shared[field], field))[:SHOWN]
        found.append(
            {
                "region_id": id,
                "region": name,
                "similarity": round(min(cosine, 1.0), 4),
                "shared_field_ids": [field_id for _, field_id in strongest],
                "shared_fields": [field for field, _ in strongest],
                "fields_in_common": len(shared),
                "fields_of_region": len(own),
                "fields_of_other": len(vector),
            }
        )
    return sorted(found, key=lambda row: (-row["similarity"], -row["fields_in_common"], row["region"]))
