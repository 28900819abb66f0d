"""The texts of a set as a paper prints them: the names filled in, the period as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from discovery.domain.composing.printed import Marks, printed_date
from discovery.papers import snapshots


def items(rows: Sequence[dict[str, Any]], fill: Marks) -> tuple[snapshots.NumberedItem, ...]:
    """Return definitions or instructions."""
    return tuple(snapshots.NumberedItem(row["number"], fill(row["label"]), fill(row["text"])) for row in rows)


def requests(content: dict[str, Any], fill: Marks) -> tuple[snapshots.PrintedRequest, ...]:
    """Return the requests, each under its heading."""
    heading = content["request_heading"]
    return tuple(
        snapshots.PrintedRequest(
            number=row["number"],
            heading=heading.replace("{number}", str(row["number"])),
            text=fill(row["text"]),
            custodians=tuple(row["custodians"]),
        )
        for row in content["requests"]
    )


def exhibits(content: dict[str, Any], fill: Marks) -> tuple[snapshots.PrintedExhibit, ...]:
    """Return the exhibits that are lists."""
    return tuple(
        snapshots.PrintedExhibit(
            letter=row["letter"],
            title=row["title"],
            introduction=fill(row["introduction"]),
            items=tuple(snapshots.NumberedItem(place, "", line) for place, line in enumerate(row["lines"], start=1)),
        )
        for row in content["exhibits"]
    )


def period(content: dict[str, Any], one: str = "Request") -> str:
    """Return the sentence on the relevant period, unless an instruction of that name says it in the drafter's own words.

    `one` is what the set calls one of its texts: "Request", "Topic".
    """
    if any(row["label"].strip().lower() == "relevant period" for row in content["instructions"]):
        return ""
    start = printed_date(date.fromisoformat(content["period_from"])) if content["period_from"] else ""
    end = "the date of production" if content["period_open"] else ""
    if content["period_to"]:
        end = printed_date(date.fromisoformat(content["period_to"]))
    if start and end:
        return f"Unless a {one} states otherwise, the relevant period is from {start} to {end}."
    if start:
        return f"Unless a {one} states otherwise, the relevant period begins on {start}."
    return f"Unless a {one} states otherwise, the relevant period ends on {end}." if end else ""
