"""Whether the data files hold together, and how each slip is named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import holidays
import pytest

from discovery.law import packs
from discovery.law.validation import Report, Source, packaged, source_of, validate
from tests.law.test_data_files import RULES

TODAY = date(2026, 6, 1)
LAND = '[[closing]]\ncalendar = "us-federal"\nrule = "Lunar R. 6"\npolicy = "eclipse"\n\n[[service]]'
MOON = RULES.replace("[[service]]", LAND, 1)
CALENDAR = """\
id = "moon"
name = "days of the Moon"
source = "Lunar R. 1"
review_by = 2027-01-01
covers = [[2020, 2030]]
observed = "nearest"
observed_source = "Lunar R. 1"

[[rule]]
name = "Landing"
month = 7
day = 20
source = "Lunar R. 1"

[[published]]
year = 2025
days = [2025-07-20, 2025-07-21]
source = "list of the court"
"""


EXTRA = "[[day]]\ndate = 2025-07-22\nname = 'x'\n"


def library(year: int) -> Collection[date]:
    return holidays.country_holidays("US", years=year).keys()


def found(text: str, file: str = "rulesets/moon.toml") -> list[str]:
    return [str(one) for one in validate([source_of(file, text)], today=TODAY, federal=library).problems]


def test_what_ships_holds_together() -> None:
    report = validate(packaged(), today=TODAY, federal=library)
    assert (report.problems, report.overdue) == ([], [])
    assert report.files == len(packaged())
    assert report.rules > 80


def test_a_rule_set_in_order() -> None:
    assert validate([source_of("rulesets/moon.toml", MOON)], today=TODAY) == Report(files=1, rules=3)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('id = "MOON"', 'id = "MARS"', "line 2: the file is called “moon”, so its id is “MOON”."),
        ('source = "Lunar R. 1"', 'source = ""', "line 4: “source” is empty."),
        ('roll_rule = "Lunar R. 6"', 'roll_rule = " "', "line 12: “roll_rule” is empty."),
        ('calendar = "us-federal"', 'calendar = "us-moon"', "line 18: there is no calendar “us-moon”."),
        ('rule = "Lunar R. 5"', 'rule = ""', "line 25: “rule” is empty."),
        ('summary = "An answer is due within 14 days."', 'summary = ""', "line 32: “summary” is empty."),
        ('why = "a day is short there"', 'why = ""', "line 42: “why” is empty."),
        (
            'trigger = "service"',
            'trigger = "schedule:landing"',
            "line 33: a schedule knows depositions_end, discovery_opens, dispositive_motions, expert_cutoff, fact_cutoff, other, "
            "pretrial, privilege_logs, rule_26f, trial, written_cutoff.",
        ),
        (
            'unit = "days"',
            'unit = "days"\ntask = "moonwalk"',
            "line 36: the task “moonwalk” is not known; known are response, objections, compliance, verification, "
            "privilege_log, last_day_to_serve, motion_cutoff, motion, disclosures, supplementation, order_objections, "
            "order_compliance, court_date, commitment, clawback, other.",
        ),
        (
            'unit = "days"',
            'unit = "days"\ndemands = ["rfp", "rocks"]',
            "line 36: a kind of demand is one of deposition, rfa, rfp, rog, subpoena_deposition, subpoena_documents, "
            "subpoena_trial.",
        ),
        (
            'unit = "days"',
            'unit = "days"\ndemands = ["rfp"]\nwith_documents = ["rfp"]',
            "line 37: a demand for testimony is one of deposition, subpoena_deposition, subpoena_trial.",
        ),
        (
            'unit = "days"',
            'unit = "days"\nwith_documents = ["deposition"]',
            "line 28: “with_documents” adds to “demands”; without these the event follows from every demand.",
        ),
        ('unit = "days"', 'unit = "serve_by"\nbase = "question"', "line 36: “question” is no event counted in days here."),
        ('unit = "days"', 'unit = "serve_by"\nbase = "answer"', "line 36: “answer” is no event counted in days here."),
        ('unit = "days"', 'unit = "toward_trial"', "line 35: [count] has no “toward_trial_rule”."),
        ('unit = "days"', 'unit = "hours"', "line 35: [count] has no “hours_rule”."),
        (
            'unit = "days"',
            'unit = "days"\nfiling = true',
            "line 36: [count] has no “filing_rule” for an event that is met by filing.",
        ),
        ('eclipse = "off"', 'eclipse = "off"\ntides = "on"', "line 9: no calendar depends on the switch “tides”."),
        ('policy = "eclipse"', 'policy = "eclipses"', "line 20: [policies] has no switch “eclipses”."),
        ('name = "Moon"', 'name = "Moon"\nzone = "Moon/Tycho"', "line 4: there is no time zone “Moon/Tycho”."),
        ('name = "Moon"', 'name = "Moon"\nextends = "MARS"', "line 4: there is no rule set “MARS” to extend."),
        ('name = "Moon"', 'name = "Moon"\nextends = "MOON"', "line 4: “MOON” extends itself: MOON → MOON."),
        ('order = "add-roll"', 'order = "add-roll"\nday_ends = "late"', "line 15: “day_ends” is an hour such as 23:59:59."),
        ('order = "add-roll"', 'order = "add-roll"\nshort_below = 6', "line 15: “short_rule” is empty."),
        ("period = 14", "period = 14\nsince = 2026-01-01\nuntil = 2025-12-31", "line 38: “answer” ends before it begins."),
        ("perod = 14", "perod = 14", ""),
    ],
)
def test_a_slip_in_a_rule_set_is_named(was: str, becomes: str, says: str) -> None:
    said = [one.removeprefix("rulesets/moon.toml, ") for one in found(MOON.replace(was, becomes, 1))]
    assert said[:1] == ([says] if says else [])


def test_a_rule_set_that_rests_on_nothing_must_say_how_to_count() -> None:
    start, end = MOON.index("[count]"), MOON.index("[[closing]]")
    assert found(MOON[:start] + MOON[end:]) == [
        "rulesets/moon.toml, line 1: a rule set that extends nothing says how to count: [count]."
    ]


def test_a_schema_slip_is_found_too() -> None:
    assert found(MOON.replace("add = 3", "adds = 3"))[0].startswith(
        "rulesets/moon.toml, line 26: the key “adds” is not known here;"
    )
    assert validate([source_of("moon.toml", "nonsense")], today=TODAY).files == 1


def twice(first: str, second: str) -> list[str]:
    row = '[[service]]\nid = "fax"\nlabel = "Fax"\nrule = "Lunar R. 5"\n'
    return found(MOON.replace("[[event]]", f"{row}{first}\n{row}{second}\n[[event]]", 1))


def test_rows_of_one_id_must_not_overlap() -> None:
    assert twice("until = 2020-12-31", "since = 2021-01-01") == []
    assert twice("since = 2021-01-01", "until = 2020-12-31") == []
    line = "rulesets/moon.toml, line 34: “fax” stands here twice for"
    assert twice("until = 2020-12-31", "since = 2020-12-31") == [f"{line} 2020-12-31: let the earlier one end with “until”."]
    assert twice("", "") == [f"{line} 1900-01-01: let the earlier one end with “until”."]


def test_a_review_that_is_due_is_told_and_is_no_slip() -> None:
    report = validate([source_of("rulesets/moon.toml", MOON)], today=date(2027, 1, 2))
    assert report.problems == []
    assert [str(one) for one in report.overdue] == [
        "rulesets/moon.toml, line 5: a person should have looked at this again by 2027-01-01."
    ]
    assert validate([source_of("rulesets/moon.toml", MOON)], today=date(2027, 1, 1)).overdue == []


def test_a_calendar_in_order() -> None:
    assert validate([source_of("calendars/moon.toml", CALENDAR)], today=TODAY) == Report(files=1, rules=1)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('id = "moon"', 'id = "sun"', ["line 1: the file is called “moon”, so its id is the same."]),
        ('source = "Lunar R. 1"', 'source = ""', ["line 3: “source” is empty."]),
        ('observed_source = "Lunar R. 1"', "", ["line 6: “observed_source” is empty: which rule moves a holiday off a weekend?"]),
        ('day = 20\nsource = "Lunar R. 1"', "day = 20", ["line 9: “source” is empty."]),
        ("day = 20", "day = 32", ["line 9: 2020 has no such day as “Landing” names."]),
        ("month = 7\nday = 20", "month = 2\nday = 29", ["line 9: 2021 has no such day as “Landing” names."]),
        ("day = 20", "day = 20\nsince = 2025\nuntil = 2024", ["line 14: “Landing” ends before it begins."]),
        (
            "2025-07-20, 2025-07-21",
            "2025-07-18",
            [
                "line 15: 2025-07-21 is closed by these rules, but not in the published list of 2025.",
                "line 15: 2025-07-18 is closed in the published list of 2025, but not by these rules.",
            ],
        ),
        ("year = 2025", "year = 2031", ["line 16: “covers” leaves 2031 out."]),
        (
            "[[published]]",
            f"{EXTRA}source = 'y'\n{EXTRA}source = ''\n[[published]]",
            [
                "line 22: “source” is empty.",
                "line 20: 2025-07-22 stands here twice.",
                "line 23: 2025-07-22 is closed by these rules, but not in the published list of 2025.",
            ],
        ),
    ],
)
def test_a_slip_in_a_calendar_is_named(was: str, becomes: str, says: list[str]) -> None:
    assert was in CALENDAR
    said = found(CALENDAR.replace(was, becomes, 1), "calendars/moon.toml")
    assert [one.removeprefix("calendars/moon.toml, ") for one in said][: len(says)] == says


def test_the_federal_days_are_held_against_the_library() -> None:
    federal = next(one for one in packaged() if one.name == "us-federal")
    changed = federal._replace(
        text=federal.text.replace("covers = [[1986, 2060]]", "covers = [[2025, 2025]]").replace("nth = 3", "nth = 2", 1)
    )
    assert [one.message for one in validate([changed], today=TODAY, federal=library).problems] == [
        "2025-01-13 is closed by these rules, but not in the holidays library of 2025.",
        "2025-01-20 is closed in the holidays library of 2025, but not by these rules.",
    ]


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("moon.toml", MOON, Source("rulesets", "moon", "moon.toml", MOON)),
        ("moon.toml", CALENDAR, Source("calendars", "moon", "moon.toml", CALENDAR)),
        ("calendars/moon.toml", "", Source("calendars", "moon", "calendars/moon.toml", "")),
        ("rulesets/moon.toml", CALENDAR, Source("rulesets", "moon", "rulesets/moon.toml", CALENDAR)),
    ],
)
def test_a_file_is_taken_for_what_it_is(file: str, text: str, expected: Source) -> None:
    assert source_of(file, text) == expected


def test_files_that_come_together_know_each_other() -> None:
    own = MOON.replace("us-federal", "moon")
    sources = [source_of("rulesets/moon.toml", own), source_of("calendars/moon.toml", CALENDAR)]
    assert validate(sources, today=TODAY) == Report(files=2, rules=4)
    assert found(own) == ["rulesets/moon.toml, line 18: there is no calendar “moon”."]


def test_a_slip_in_a_paper_style_is_named() -> None:
    shipped = packs.text_of("paper_styles", "cand-28")
    text = shipped.replace('caption = "ruled"', 'caption = "round"').replace("bottom = 60", "bottom = 72")
    assert source_of("elsewhere/cand-28.toml", text).folder == "paper_styles"
    report = validate([source_of("paper_styles/cand-28.toml", text)], today=TODAY)
    assert (report.files, report.rules) == (1, 1)
    assert [one.message for one in report.problems] == [
        "a caption is one of ruled, parens, section, new-york.",
        "the numbered lines run into the bottom margin.",
    ]
