"""The footer's title: the paper can be told apart, and no name is cut while anything else can go."""

from __future__ import annotations

import pytest

from discovery.papers.short_titles import short_title

LONG = "THE HONORABLE SOCIETY OF PERSONS WITH A VERY LONG CORPORATE NAME, L.L.C."


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("NOTICE OF DEPOSITION OF JANE ROE", "NOTICE OF DEPOSITION OF JANE ROE"),
        (
            "OPENAI, INC.’S RESPONSES AND OBJECTIONS TO PLAINTIFF ELON MUSK (DEMONSTRATION)’S FIRST SET OF INTERROGATORIES",
            "OPENAI, INC.’S RESPONSES TO FIRST SET OF INTERROGATORIES",
        ),
        (
            "VERIFICATION OF JOHN DOE’S RESPONSES AND OBJECTIONS TO PLAINTIFF JANE ROE’S SPECIAL INTERROGATORIES, SET TWO",
            "VERIFICATION OF JOHN DOE’S RESPONSES TO SPECIAL INTERROGATORIES, SET TWO",
        ),
        (
            "META PLATFORMS, INC.’S RESPONSES AND OBJECTIONS TO OPENAI DEFENDANTS’ SUBPOENA TO PRODUCE DOCUMENTS",
            "META PLATFORMS, INC.’S RESPONSES TO SUBPOENA TO PRODUCE DOCUMENTS",
        ),
        (
            "NOTICE OF SUBPOENA TO APPEAR AND TESTIFY AT A HEARING OR TRIAL TO NON-PARTY JARED BIRCHALL",
            "NOTICE OF SUBPOENA TO NON-PARTY JARED BIRCHALL",
        ),
        (
            f"{LONG}’S SECOND SET OF REQUESTS FOR PRODUCTION TO PLAINTIFF JANE ROE",
            "SECOND SET OF REQUESTS FOR PRODUCTION TO PLAINTIFF JANE ROE",
        ),
        (
            f"{LONG}’S FIRST SET OF REQUESTS FOR PRODUCTION TO {LONG}",
            "FIRST SET OF REQUESTS FOR PRODUCTION TO THE HONORABLE SOCIETY OF PERSONS",
        ),
    ],
)
def test_a_title_that_is_too_long_keeps_what_tells_it_apart(title: str, printed: str) -> None:
    assert short_title(title, 460, 10, 1) == printed


def test_two_lines_have_room_for_the_whole() -> None:
    title = "OPENAI, INC.’S RESPONSES AND OBJECTIONS TO PLAINTIFF ELON MUSK’S FIRST SET OF INTERROGATORIES"

    assert short_title(title, 460, 10, 2) == title
