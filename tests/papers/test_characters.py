"""Which characters can be printed, and how a person is told."""

from __future__ import annotations

import pytest

from discovery.papers.characters import Unprintable, describe, unprintable


def test_ordinary_text_is_printable() -> None:
    western = "“Quotes” – § 45(a)(4)’s café\n\ttab\r\n☐☑ €½ Ωμέγα Привет e\u0301 \u200f\u00ad\u00a0"
    assert unprintable(western) == []
    assert unprintable("שלום مرحبا 漢字 한글") == []


def test_it_names_the_character() -> None:
    found = unprintable("All emojis 😀")
    assert found == [Unprintable("😀", "U+1F600", "GRINNING FACE", 12, "pictograph")]
    assert describe(found[0]) == "The character U+1F600 GRINNING FACE at position 12 cannot be printed; remove or replace it."


def test_far_into_a_text_it_quotes_the_words_before() -> None:
    """An invisible character in a long paragraph is found by its words, not by counting."""
    [found] = unprintable("All Documents that concern the\nmerger with\u00ad the other\u202e company.")
    assert found.before == "concern the merger with the other"
    assert describe(found).endswith(
        "at position 54 cannot be printed; remove or replace it. It stands after “" + found.before + "”."
    )
    assert [one.before for one in unprintable("x" * 10_000 + "\x07")] == ["x" * 40]


@pytest.mark.parametrize(
    ("character", "why"),
    [
        ("\x00", "control character"),
        ("\x0b", "control character"),
        ("\x1b", "control character"),
        ("\x85", "control character"),
        ("\ud800", "half of a surrogate pair"),
        ("\ue000", "private use: no meaning that everybody shares"),
        ("\ufffe", "noncharacter"),
        ("\ufdd0", "noncharacter"),
        ("\U0001ffff", "noncharacter"),
        ("\u0378", "not assigned"),
        ("\u202e", "changes the order in which other characters are shown"),
        ("\u2066", "changes the order in which other characters are shown"),
        ("ก", "in none of the fonts that papers are set in"),
        ("🀄", "pictograph"),
    ],
)
def test_each_kind_has_its_reason(character: str, why: str) -> None:
    assert [found.why for found in unprintable(f"a{character}b")] == [why]


def test_every_one_is_found_in_order() -> None:
    assert [(found.code_point, found.position) for found in unprintable("\x01a😀\x02")] == [
        ("U+0001", 1),
        ("U+1F600", 3),
        ("U+0002", 4),
    ]
