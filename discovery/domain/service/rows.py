"""The rows of a served demand: one for each request in its frozen text (law 1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from discovery.domain.composing.printed import Marks
from discovery.models import Demand, Request, RequestRow


def open_rows(demand: Demand) -> None:
    """Give a demand that is being served its rows; part of the verbs that serve. Served again, it keeps those it has."""
    assert demand.approved_version is not None, "What is served is frozen."
    frozen = {entry["number"] for entry in demand.approved_version.part("requests")}
    requests = Request.objects.filter(request_set=demand.request_set_id, number__in=frozen).order_by("number")
    rows = [RequestRow(case_id=demand.case_id, demand=demand, request=one, number=one.number) for one in requests]
    RequestRow.objects.bulk_create(rows, ignore_conflicts=True)


def served_texts(demand: Demand) -> dict[int, dict[str, Any]]:
    """Return, by number, each request as it was served on this responding party: "heading", "label", "text".

    Papers quote from here and from nowhere else: it is the frozen version, with the names filled in as that paper printed them.
    Empty for a demand that was never frozen.
    """
    version = demand.approved_version
    if version is None:
        return {}
    fill = Marks(demand.responding_party.person.name, demand.request_set.propounded_by.name)
    heading = version.content["request_heading"]
    return {
        entry["number"]: {
            "heading": heading.replace("{number}", str(entry["number"])),
            "label": entry["label"],
            "text": fill(entry["text"]),
        }
        for entry in version.part("requests")
    }


def served_text(row: RequestRow) -> str:
    """Return the text of one row as it was served."""
    text: str = served_texts(row.demand)[row.number]["text"]
    return text


def with_texts(rows: Iterable[RequestRow]) -> list[tuple[RequestRow, dict[str, Any]]]:
    """Return rows with what was served, reading each demand's frozen version once.

    Rows come with `demand__approved_version`, `demand__responding_party__person`, `demand__request_set__propounded_by`.
    """
    texts: dict[int, dict[int, dict[str, Any]]] = {}
    found = []
    for row in rows:
        if row.demand_id not in texts:
            texts[row.demand_id] = served_texts(row.demand)
        found.append((row, texts[row.demand_id][row.number]))
    return found


WITH_TEXTS = ("demand__approved_version", "demand__responding_party__person", "demand__request_set__propounded_by")
"""What `with_texts` reads, to be fetched with the rows in one query."""
