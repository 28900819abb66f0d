"""The grammar of names that papers print."""

from __future__ import annotations

import pytest

from discovery.domain.composing.printed import in_a_sentence, verb_after


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("OpenAI Defendants", "move"),
        ("Plaintiffs Elon Musk and X.AI Corp.", "move"),
        ("Counterclaim-Defendants Jane Roe and Poe Inc.", "move"),
        ("Meta Platforms, Inc.", "moves"),
        ("Plaintiff Elon Musk", "moves"),
        ("Ross", "moves"),
    ],
)
def test_the_verb_follows_the_name(name: str, verb: str) -> None:
    assert verb_after(name, "move", "moves") == verb


def test_three_names_are_listed_with_commas() -> None:
    assert [in_a_sentence(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B, and C"]
