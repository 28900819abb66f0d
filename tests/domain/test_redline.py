"""Which text of an earlier version became which: `domain.redline.compare`."""

from __future__ import annotations

from typing import Any

import pytest

from discovery.domain.redline import compare


def rows(*texts: str) -> list[dict[str, Any]]:
    """Return texts as the rows of a set's content, numbered from 1."""
    return [{"number": number, "label": "", "text": text} for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (("Good text 3.",), ("Better text 3, since January 1, 2024.",), [("changed", 1, 1)]),
        (("All Minutes of the board.",), ("Every invoice, 2024.",), [("added", 1, 0), ("removed", 0, 1)]),
        (("One thing.", "Another.", "A third."), ("Another.", "A third."), [("removed", 0, 1), ("moved", 1, 2), ("moved", 2, 3)]),
        (
            ("All Minutes of the board.", "Good text 2."),
            ("Good text 2.", "Better text 2, since January 1, 2024."),
            [("removed", 0, 1), ("moved", 1, 2), ("added", 2, 0)],
        ),
    ],
)
def test_a_text_is_told_as_what_became_of_it(before: tuple[str, ...], after: tuple[str, ...], told: list[Any]) -> None:
    assert [(line.how, line.number, line.was) for line in compare(rows(*before), rows(*after))] == told
