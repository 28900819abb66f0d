"""What papers say of service, oaths and depositions, court by court."""

from __future__ import annotations

import pytest

from discovery.law.court_words import Piece, all_court_words, filled, pieces, slips, words_of_rules, words_of_title


def test_the_data_of_every_court_has_no_slip() -> None:
    assert [slip for name, words in all_court_words().items() for slip in slips(words, name)] == []


@pytest.mark.parametrize(
    ("title", "district", "rules", "found"),
    [
        ("United States District Court", "Northern District of California", "FRCP-CAND", "frcp"),
        ("United States District Court", "Southern District of New York", "FRCP-SDNY", "frcp"),
        ("Superior Court of the State of California", "County of Alameda", "CA-CCP", "ca-ccp"),
        ("Supreme Court of the State of New York", "County of New York", "NY-CPLR", "ny-cplr"),
        ("In the District Court", "Travis County, Texas", "TX-TRCP", "tx-trcp"),
        ("Superior Court of the State of Delaware", "New Castle County", "DE-SUPER", "other"),
    ],
)
def test_a_court_has_the_same_words_by_its_title_and_by_its_rules(title: str, district: str, rules: str, found: str) -> None:
    federal = title.startswith("United States")

    assert (words_of_title(title, district).id, words_of_rules(rules, federal=federal).id) == (found, found)


@pytest.mark.parametrize(("federal", "found"), [(True, "frcp"), (False, "other")])
def test_without_a_rule_set_no_state_is_guessed(federal: bool, found: str) -> None:
    assert words_of_rules("", federal=federal).id == found


def test_no_state_cites_a_federal_rule() -> None:
    state = [words for name, words in all_court_words().items() if name != "frcp"]

    assert [words.id for words in state if "Fed. R." in str(words) or "United States of America" in str(words)] == []


def test_what_nobody_recorded_is_a_line_to_write_on() -> None:
    assert pieces("On {date}, at {place}.", {"date": "June 18, 2025"}) == (
        Piece("On "),
        Piece("June 18, 2025"),
        Piece(", at "),
        Piece("_" * 30, blank=True),
        Piece("."),
    )
    assert filled("{a}{b}", {"a": "One", "b": ""}) == "One" + "_" * 30
