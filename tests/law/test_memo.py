"""A derivation on paper: every day a line, nothing wider than the terminal, nothing that a browser would run."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from discovery.law.closed_days import Closure
from discovery.law.days import day_words
from discovery.law.derivations import Derivation
from discovery.law.engine import compute, counted, fixed
from discovery.law.memo import WIDTH, Row, as_text, hour_words, rows, tally_line
from discovery.law.packs import release
from discovery.law.rulesets import all_rule_sets, rule_set

FRCP, CAND = rule_set("FRCP"), rule_set("FRCP-CAND")
PACIFIC = ZoneInfo("America/Los_Angeles")
COUNTING = "Fed. R. Civ. P. 6(a)(1)(A)-(B)"

SHORT = f"""\
Opposition to an administrative motion
======================================

Rule set        FRCP-CAND
Rule            Civ. L.R. 7-11(b)
In words        Any opposition to a motion for administrative relief is filed no later than 4 days
                after the motion was filed.
Counted from    Tuesday, October 7, 2025: filing of the administrative motion
Period          4 days after
Closed days     Saturdays and Sundays; federal legal holidays; closings ordered by the President;
                California judicial holidays

day                                 why                                  rule
Wed 2025-10-08  counted 1 of 4                                           Fed. R. Civ. P.
                                                                         6(a)(1)(A)-(B)
Thu 2025-10-09  counted 2 of 4
Fri 2025-10-10  counted 3 of 4
Sat 2025-10-11  counted 4 of 4      Saturday: the period does not end
                                    here
Sun 2025-10-12  skipped             Sunday                               Fed. R. Civ. P. 6(a)(1)(C)
Mon 2025-10-13  skipped             Columbus Day                         Fed. R. Civ. P. 6(a)(6)(A)
Tue 2025-10-14  added               the period runs to the next day      Fed. R. Civ. P. 6(a)(1)(C),
                                    that is not closed                   (5)

4 counted + 2 skipped + 1 added = 7 days
Due Tuesday, October 14, 2025, by the end of the day, 11:59 PM PDT (America/Los_Angeles)

Source          Civ. L.R. 7-11(b); Musk v. Altman, docket text 279, 296; law release {release()}
"""


def meta() -> Derivation:
    stated = datetime(2025, 7, 2, 17, tzinfo=PACIFIC)
    return compute(CAND, "subpoena-objections", date(2025, 6, 18), method="personal", stated=stated)


def test_the_text_of_a_count() -> None:
    assert as_text(compute(CAND, "administrative-opposition", date(2025, 10, 7))) == SHORT


def test_the_rows_of_a_count() -> None:
    found = rows(compute(CAND, "administrative-opposition", date(2025, 10, 7)))
    assert found[0] == Row(date(2025, 10, 8), "Wednesday", "counted", "counted 1 of 4", "", COUNTING, COUNTING)
    assert found[1] == Row(date(2025, 10, 9), "Thursday", "counted", "counted 2 of 4", "", COUNTING, "")
    assert [row.what for row in found[3:]] == ["counted 4 of 4", "skipped", "skipped", "added"]


def test_every_day_has_its_line() -> None:
    text = as_text(meta()).splitlines()
    table = [line[:32].rstrip() for line in text if line[4:8] == "2025"]
    assert table[:3] == ["Thu 2025-06-19  counted 1 of 14", "Fri 2025-06-20  counted 2 of 14", "Sat 2025-06-21  counted 3 of 14"]
    assert table[-2:] == ["Wed 2025-07-02  counted 14 of 14", "Wed 2025-07-02  noted"]
    assert len(table) == 15
    assert "14 counted + 0 skipped + 0 added = 14 days" in text
    assert "Due Wednesday, July 2, 2025, by 5:00 PM PDT (America/Los_Angeles)" in text


def test_a_count_cut_short_still_names_its_whole_period() -> None:
    found = compute(FRCP, "subpoena-objections", date(2026, 4, 1), method="personal", stated=date(2026, 4, 10))
    assert [row.what for row in rows(found)][-2:] == ["counted 9 of 14", "noted"]
    assert tally_line(found) == "9 counted + 0 skipped + 0 added = 9 days"


def test_what_service_adds_is_numbered() -> None:
    what = [row.what for row in rows(compute(FRCP, "rfp-response", date(2026, 4, 22), method="mail"))]
    assert what[-5:] == ["counted 30 of 30", "added 1 of 3", "added 2 of 3", "added 3 of 3", "added"]


@pytest.mark.parametrize(
    ("found", "tally"),
    [
        (compute(FRCP, counted(1, "days"), date(2026, 3, 3)), "1 counted + 0 skipped + 0 added = 1 day"),
        (compute(FRCP, counted(72, "hours"), datetime(2026, 3, 6, 10, tzinfo=PACIFIC)), ""),
        (compute(FRCP, counted(24, "hours"), datetime(2026, 3, 6, 10, tzinfo=PACIFIC)), ""),
        (fixed(FRCP, date(2026, 3, 3), label="Statement", source="Dkt. 1"), ""),
    ],
)
def test_the_tally(found: Derivation, tally: str) -> None:
    assert tally_line(found) == tally


@pytest.mark.parametrize(
    ("moment", "zone", "words"),
    [
        (datetime(2025, 7, 2, 17, tzinfo=PACIFIC), "America/Los_Angeles", "by 5:00 PM PDT (America/Los_Angeles)"),
        (datetime(2025, 1, 2, 0, 5, tzinfo=PACIFIC), "America/Los_Angeles", "by 12:05 AM PST (America/Los_Angeles)"),
        (datetime(2025, 1, 2, 12, tzinfo=PACIFIC), "", "by 12:00 PM PST"),
        (
            datetime(2025, 1, 2, 23, 59, 59, tzinfo=PACIFIC),
            "America/Los_Angeles",
            "by the end of the day, 11:59 PM PST (America/Los_Angeles)",
        ),
        (None, "", "by the end of the day; the time zone is not known"),
    ],
)
def test_the_hour_in_words(moment: datetime | None, zone: str, words: str) -> None:
    assert hour_words(moment, zone) == words


def test_the_day_in_words() -> None:
    assert day_words(date(2028, 2, 29)) == "Tuesday, February 29, 2028"


def test_it_prints_what_was_kept_as_data() -> None:
    kept = Derivation.from_data(meta().to_data())
    assert as_text(kept) == as_text(meta())


def every_event() -> list[Derivation]:
    """Every event of every rule set, from a day in 2026, with a closure that lies on its way."""
    found = []
    shut = (Closure(date(2026, 3, 9), "closed for a very long storm " * 8, "General Order " * 8),)
    for rules in all_rule_sets():
        for event in rules.events:
            if rules.closings and event.since <= date(2026, 2, 6) <= event.until:
                day = date(2026, 2, 6)
                trigger = datetime(2026, 2, 6, 10, tzinfo=PACIFIC) if event.unit == "hours" else day
                stated = date(2026, 3, 20) if event.stated else None
                found.append(compute(rules, event, trigger, stated=stated, closures=shut))
    return found


def test_no_line_is_wider_than_the_terminal() -> None:
    texts = [as_text(found) for found in every_event()]
    assert len(texts) > 20
    assert [line for text in texts for line in text.splitlines() if len(line) > WIDTH] == []
    assert [text for text in texts if text[-1] != "\n" or text[-2] == "\n"] == []
