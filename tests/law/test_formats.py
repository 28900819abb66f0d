"""Formats of joint letters: what ships, whose is proposed, and how each slip is named."""

from __future__ import annotations

from datetime import date

import pytest

from discovery.law import packs
from discovery.law.formats import PLAIN, format_for, letter_format, letter_formats
from discovery.law.validation import Report, source_of, validate

TODAY = date(2026, 8, 1)
HIXSON = packs.text_of("formats", "cand-hixson")


def found(text: str, file: str = "formats/cand-hixson.toml") -> list[str]:
    return [str(one) for one in validate([source_of(file, text)], today=TODAY).problems]


def test_judge_hixsons_letter_has_five_pages_of_argument_split_between_the_parties() -> None:
    one = letter_format("cand-hixson")

    assert (one.pages, one.counts, one.equal_statements) == (5, "argument", True)
    assert one.parts == ("caption", "signatures", "argument", "attestation")
    assert "302-1" in one.source


def test_the_plain_format_limits_nothing() -> None:
    one = letter_format(PLAIN)

    assert (one.pages, one.judge, "attestation" in one.parts) == (0, "", False)
    assert [known.id for known in letter_formats()] == ["cand-hixson", "plain"]


def test_the_judge_of_the_case_decides_and_only_in_his_court() -> None:
    hixson = "Hon. Thomas S. Hixson"

    assert format_for("N.D. Cal.", ("", hixson)).id == "cand-hixson"
    assert format_for("N.D. Cal.", (hixson, "Hon. Yvonne Gonzalez Rogers")).id == "cand-hixson"
    assert format_for("S.D.N.Y.", (hixson,)).id == PLAIN
    assert format_for("N.D. Cal.", ("Hon. Sallie Kim", "")).id == PLAIN


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(LookupError, match="“moon”; there are cand-hixson, plain"):
        letter_format("moon")


def test_a_format_in_order() -> None:
    report = validate([source_of("formats/cand-hixson.toml", HIXSON)], today=TODAY)

    assert report == Report(files=1, rules=1)
    assert validate([source_of("anywhere/cand-hixson.toml", HIXSON)], today=TODAY) == report


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('id = "cand-hixson"', 'id = "other"', "the file is called “cand-hixson”, so its id is “cand-hixson”."),
        (
            '"signatures", ',
            '"signature", ',
            "the part “signature” is not known; known are caption, signatures, argument, attestation.",
        ),
        ('"signatures", ', '"argument", ', "a part stands here twice."),
        ('"argument", ', "", "a letter has at least its caption and its argument."),
        ('counts = "argument"', 'counts = "some"', "a limit counts one of argument, all."),
        ("pages = 5", "pages = -5", "a limit is a number of pages, or 0 for none."),
        (', "attestation"]', "]", "the text of the attestation and the part “attestation” go together."),
        ('court = "N.D. Cal."', 'court = ""', "a judge’s format names the court."),
        ("{conferences}", "{dates}", "{dates} is not known here; known: {conferences}."),
        ("{movant} and", "{movant and", "the braces do not match"),
        ('heading = "JOINT LETTER BRIEF"', 'heading = " "', "“heading” is empty."),
        ("pages = 5", "pages = true", "a whole number is expected here, not True."),
        ("pages = 5", "sides = 5", "the key “sides” is not known here"),
    ],
)
def test_each_slip_is_named_with_its_line(was: str, becomes: str, says: str) -> None:
    assert was in HIXSON
    (told,) = found(HIXSON.replace(was, becomes, 1))

    line = HIXSON[: HIXSON.index(was)].count("\n") + 1
    assert told.startswith(f"formats/cand-hixson.toml, line {line}: ")
    assert says in told
