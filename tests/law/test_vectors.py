"""The engine agrees with every worked example of the file, and says so from the shell in the same words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from discovery.law.vectors import BadVectors, answer, read_vectors

FILE = Path(__file__).parent / "deadline_vectors.csv"

with FILE.open(encoding="utf-8", newline="") as _file:
    VECTORS = list(read_vectors(_file))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_it_agrees_with_the_vector(vector: Mapping[str, str]) -> None:
    found = answer(vector)
    assert (found.found, found.refused) == (vector["expected_date"], "")


def test_the_whole_file_is_as_expected() -> None:
    answers = [answer(vector) for vector in VECTORS]
    assert (len(answers), [one.id for one in answers if not one.agrees]) == (74, [])


HEADER = "id,ruleset,trigger_event,trigger_date,service_method,period,unit,direction,expected_date,why,source"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["id,ruleset"], f"The first line must name the columns {HEADER.replace(',', ', ')}."),
        ([HEADER, "D01,FRCP,served"], "Line 2 does not have 11 columns."),
        ([HEADER, "D01,FRCP,served,2026-01-15,email,30,days,after,2026-02-17,,source,more"], "Line 2 does not have 11 columns."),
        (
            [HEADER, "D01,FRCP,served,2026-01-15,email,30,weeks,after,2026-02-17,,source"],
            "Line 2: the unit “weeks” is not one of days, hours, court_days, calendar_no_roll, days_toward_trial, days_or_date, "
            "latest_service, inaccessible, fixed.",
        ),
    ],
)
def test_a_file_that_is_no_list_of_examples_is_refused(lines: list[str], says: str) -> None:
    with pytest.raises(BadVectors) as refused:
        list(read_vectors(lines))
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"trigger_date": "2026-13-01"}, "D01: month must be in 1..12"),
        ({"period": "thirty"}, "D01: invalid literal for int() with base 10: 'thirty'"),
        ({"period": "-1"}, "D01: “period” runs from 0 to 36525."),
        ({"period": "1000000000000"}, "D01: “period” runs from 0 to 36525."),
        ({"direction": "sideways"}, "D01: “direction” is one of after, before."),
    ],
)
def test_a_row_that_cannot_be_read_is_named(changes: dict[str, str], says: str) -> None:
    vector = next(vector for vector in VECTORS if vector["id"] == "D01")
    with pytest.raises(BadVectors) as refused:
        answer({**vector, **changes})
    assert str(refused.value) == says


def test_a_refusal_is_an_answer_that_does_not_agree() -> None:
    vector = next(vector for vector in VECTORS if vector["id"] == "D01")
    found = answer({**vector, "service_method": "pigeon"})
    assert (found.agrees, found.found, found.derivation) == (False, "", None)
    assert found.refused.startswith("FRCP knows no service by “pigeon” on 2026-01-15.")


def test_the_file_stands_as_it_was_given() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [vector["id"] for vector in VECTORS]
