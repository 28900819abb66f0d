"""The second counter agrees with the published and derived vectors, and with counts made by hand."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.law import closed_days
from tests.law.closed_days import CALIFORNIA_JUDICIAL, FEDERAL
from tests.law.second_counter import NotDefined, second_answer

with (Path(__file__).parent / "deadline_vectors.csv").open(encoding="utf-8", newline="") as _file:
    VECTORS = list(csv.DictReader(_file))


def row(ruleset: str, trigger: str, method: str, period: str, how: str = "days after") -> Mapping[str, str]:
    unit, direction = how.split()
    return {
        "ruleset": ruleset,
        "trigger_date": trigger,
        "service_method": method,
        "period": period,
        "unit": unit,
        "direction": direction,
    }


def test_every_vector_is_read() -> None:
    assert len(VECTORS) == 74
    assert len({vector["id"] for vector in VECTORS}) == 74


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_it_agrees_with_the_vector(vector: Mapping[str, str]) -> None:
    assert second_answer(vector) == vector["expected_date"]


@pytest.mark.parametrize(
    ("ruleset", "trigger", "method", "period", "how", "expected"),
    [
        # 30th day Thu 11-27 Thanksgiving; Fri 11-28 is a California holiday; Mon 12-01, then 3 days: Thu 12-04.
        ("FRCP-CAND", "2025-10-28", "clerk", "30", "days after", "2025-12-04"),
        # The same without a state: Fri 11-28, then 3 days: Mon 12-01.
        ("FRCP", "2025-10-28", "clerk", "30", "days after", "2025-12-01"),
        # 14 days back from Mon 2008-05-05 is Patriots' Day 04-21: a state holiday does not help a backward count.
        ("FRCP-MAD", "2008-05-05", "none", "14", "days before", "2008-04-21"),
        # 14 days back is Wed 2018-12-05: closed for the Ninth Circuit and under the switch, so Tue; elsewhere it stands.
        ("FRCP-CACD", "2018-12-19", "none", "14", "days before", "2018-12-04"),
        ("FRCP-PRES", "2018-12-19", "none", "14", "days before", "2018-12-04"),
        ("FRCP-MAD", "2018-12-19", "none", "14", "days before", "2018-12-05"),
        # 30th day Tue 2024-12-24: a presidential closing only under the switch, then Christmas, so Thu 12-26.
        ("FRCP-CAND", "2024-11-24", "ecf", "30", "days after", "2024-12-24"),
        ("FRCP-PRES", "2024-11-24", "ecf", "30", "days after", "2024-12-26"),
        # 7 days back from Wed 2026-02-18 is Wed 02-11; mail adds nothing to a count backward.
        ("FRAP", "2026-02-18", "mail", "7", "days before", "2026-02-11"),
        # 30th day Sat 02-14, Mon 02-16 a holiday: Tue 02-17, then 3 days: Fri 02-20.
        ("FRAP", "2026-01-15", "mail", "30", "days after", "2026-02-20"),
        # 48 hours from Tue is Thu 02-12, Lincoln Day in California: Fri at the same time; not a federal holiday.
        ("FRCP-CAND", "2026-02-10T09:15", "none", "48", "hours after", "2026-02-13T09:15"),
        ("FRCP", "2026-02-10T09:15", "none", "48", "hours after", "2026-02-12T09:15"),
        # 24 hours from Fri 16:30 is Sat 16:30; the clocks change on Sunday; Mon at the same time by the clock.
        ("FRCP", "2026-03-06T16:30", "none", "24", "hours after", "2026-03-09T16:30"),
        # 14th day Wed 04-15: no three days for a mailed subpoena, and the stated date is later.
        ("FRCP", "2026-04-01", "mail", "14|2026-06-15", "days_or_date after", "2026-04-15"),
        # Wed 11-26 inaccessible: Thanksgiving, then Fri, which California closes: Mon 12-01.
        ("FRCP", "2025-11-26", "none", "0", "inaccessible after", "2025-11-28"),
        ("FRCP-CAND", "2025-11-26", "none", "0", "inaccessible after", "2025-12-01"),
        # 30th day Thu 02-12, then 10 days: Sun 02-22: Mon.
        ("CA-CCP", "2026-01-13", "mail_out_state", "30", "days after", "2026-02-23"),
        # 30th day Mon 2022-06-20: Juneteenth is a judicial holiday of California only from 2023, a federal one before.
        ("CA-CCP", "2022-05-21", "personal", "30", "days after", "2022-06-20"),
        ("FRCP-CAND", "2022-05-21", "personal", "30", "days after", "2022-06-21"),
        # 16 court days back from Tue 03-17 is Mon 02-23 (C17); fax 2 calendar days further: Sat 02-21, no roll.
        ("CA-CCP", "2026-03-17", "fax", "16", "court_days before", "2026-02-21"),
        # From Mon 02-23 two court days further back: Fri 02-20, Thu 02-19.
        ("CA-CCP", "2026-03-17", "electronic", "16", "court_days before", "2026-02-19"),
        # From Mon 02-23 twenty calendar days further back: 02-03.
        ("CA-CCP", "2026-03-17", "mail_out_country", "16", "court_days before", "2026-02-03"),
        # 10th court day: 02-03 to 02-06 (4), 02-09 to 02-11 (7), not 02-12, 02-13 (8), not 02-16, 02-17 (9), 02-18 (10).
        ("CA-CCP", "2026-02-02", "personal", "10", "court_days after", "2026-02-18"),
        # 30 days back from Mon 2026-03-30 is Sat 02-28: toward trial, Mon 03-02.
        ("CA-CCP", "2026-03-30", "none", "30", "days_toward_trial before", "2026-03-02"),
        # Served 01-13: 02-12, court days 02-13 and 02-17. Served 01-14: 02-13, court days 02-17 and 02-18, too late.
        ("CA-CCP", "2026-02-17", "electronic", "30", "latest_service before", "2026-01-13"),
        # 20th day Sat 02-28, then one business day: Mon 03-02.
        ("NY-CPLR", "2026-02-08", "overnight", "20", "days after", "2026-03-02"),
        # 20th day Tue 11-03 is Election Day: Wed.
        ("NY-CPLR", "2026-10-14", "electronic", "20", "days after", "2026-11-04"),
        # 20th day Fri 2026-07-03: Gen. Constr. Law 24 moves no Saturday holiday to the Friday. Federal: Mon 07-06.
        ("NY-CPLR", "2026-06-13", "personal", "20", "days after", "2026-07-03"),
        ("FRCP", "2026-06-13", "personal", "20", "days after", "2026-07-06"),
        # 20 days and 5: Tue 2026-02-17 from 01-23; 24th day would be the holiday Mon 02-16.
        ("NY-CPLR", "2026-01-23", "mail", "20", "days after", "2026-02-17"),
        # 5 days of Texas: Thu 12, Fri 13, not Mon 16, Tue 17, Wed 18, Thu 19. With mail 3 calendar days: Sun 22: Mon 23.
        ("TX-TRCP", "2026-02-11", "fax", "5", "days after", "2026-02-19"),
        ("TX-TRCP", "2026-02-11", "mail", "5", "days after", "2026-02-23"),
        # 6 days count every day: Tue 02-17.
        ("TX-TRCP", "2026-02-11", "fax", "6", "days after", "2026-02-17"),
        # 30 days and 3 from 01-15: Tue 02-17, where the federal count is Fri 02-20 (P09).
        ("TX-TRCP", "2026-01-15", "mail", "30", "days after", "2026-02-17"),
        # 30th day Mon 2026-10-12: Columbus Day is no holiday of Texas; nor is Fri 2026-07-03, July 4 being a Saturday.
        ("TX-TRCP", "2026-09-12", "electronic", "30", "days after", "2026-10-12"),
        ("TX-TRCP", "2026-06-03", "electronic", "30", "days after", "2026-07-03"),
        # 10 days of Delaware: 02-04 to 02-06 (3), 02-09 to 02-13 (8), 02-16 (9), which is no holiday there, 02-17 (10).
        ("DE-SUPER", "2026-02-03", "electronic", "10", "days after", "2026-02-17"),
        # 11 days count every day: Sat 02-14: Mon 02-16.
        ("DE-SUPER", "2026-02-03", "electronic", "11", "days after", "2026-02-16"),
        # 30th day Fri 2026-04-03, Good Friday: Mon; and Tue 2026-11-03, the general election: Wed.
        ("DE-SUPER", "2026-03-04", "electronic", "30", "days after", "2026-04-06"),
        ("DE-SUPER", "2026-10-04", "electronic", "30", "days after", "2026-11-04"),
        # 14th day Tue 2026-11-03, Election Day in New York: Wed; backward it stands.
        ("FRCP-SDNY", "2026-10-20", "ecf", "14", "days after", "2026-11-04"),
        ("FRCP-SDNY", "2026-11-17", "none", "14", "days before", "2026-11-03"),
        # 14th day Thu 2033-01-20, Inauguration Day: Fri; elsewhere it stands.
        ("FRCP-DDC", "2033-01-06", "ecf", "14", "days after", "2033-01-21"),
        ("FRCP", "2033-01-06", "ecf", "14", "days after", "2033-01-20"),
        # 30 days and 3: 03-08 is a Sunday: Mon.
        ("DE-SUPER", "2026-02-03", "mail", "30", "days after", "2026-03-09"),
    ],
)
def test_it_agrees_with_a_count_by_hand(ruleset: str, trigger: str, method: str, period: str, how: str, expected: str) -> None:
    assert second_answer(row(ruleset, trigger, method, period, how)) == expected


@pytest.mark.parametrize(
    ("ruleset", "method", "how", "reason"),
    [
        ("CA-CCP", "mail", "days after", "No rule says what service by 'mail' adds"),
        ("FRCP", "overnight", "days after", "No rule says what service by 'overnight' adds"),
        ("NY-CPLR", "mail_out_country", "days after", "No rule says what service by 'mail_out_country' adds"),
        ("CA-CCP", "personal", "days before", "Not a way of counting of the california rules"),
        ("FRCP", "none", "court_days before", "Not a way of counting of the federal rules"),
        ("CA-CCP", "mail_in_state", "calendar_no_roll after", "No rule says how service by 'mail_in_state' extends this period"),
        ("FRCP", "none", "weeks after", "Unknown rule set, unit or direction: FRCP, weeks, after"),
    ],
)
def test_it_invents_no_date_where_the_rules_are_silent(ruleset: str, method: str, how: str, reason: str) -> None:
    with pytest.raises(NotDefined) as refused:
        second_answer(row(ruleset, "2026-03-02", method, "10", how))
    assert str(refused.value) == reason


def test_it_does_not_count_past_the_lists() -> None:
    with pytest.raises(LookupError) as refused:
        second_answer(row("FRCP", "2036-12-20", "none", "30"))
    assert str(refused.value) == "No list of closed days reaches 2037-01-19: 2000 to 2036"


def in_year(days: frozenset[date], year: int) -> str:
    return " ".join(f"{day:%m-%d}" for day in sorted(days) if day.year == year)


def test_the_california_lists_are_the_published_ones() -> None:
    assert in_year(CALIFORNIA_JUDICIAL, 2025) == (
        "01-01 01-20 02-12 02-17 03-31 05-26 06-19 07-04 09-01 09-26 11-11 11-27 11-28 12-25"
    )
    assert in_year(CALIFORNIA_JUDICIAL, 2026) == (
        "01-01 01-19 02-12 02-16 03-31 05-25 06-19 07-03 09-07 09-25 11-11 11-26 11-27 12-25"
    )


def test_each_list_holds_weekdays_and_as_many_as_the_law_has() -> None:
    lists = {
        "FEDERAL": 37 * 10 + 16 - 1,  # ten a year, Juneteenth from 2021, less New Year's Day 2000, observed in 1999
        "CALIFORNIA_IN_FEDERAL_COUNTS": 35 * 3 + 15,  # three a year from 2002, Native American Day from 2022
        "CALIFORNIA_JUDICIAL": 16 * 13 + 14,  # from 2021 thirteen a year with Columbus or Native American Day, Juneteenth from 2023
        "MASSACHUSETTS": 37,
        # From 2021 thirteen a year, less those on a Saturday: New Year's Day 2022, 2028, 2033; Lincoln 2022, 2028, 2033;
        # Juneteenth 2021, 2027, 2032; July 4 2026; Veterans 2023, 2028, 2034; Christmas 2021, 2027, 2032.
        "NEW_YORK": 16 * 13 - 16,
        # From 2021 nine a year, less those on a weekend: New Year's Day 2022, 2023, 2028, 2033, 2034; July 4 2021, 2026, 2027,
        # 2032; Veterans Day 2023, 2028, 2029, 2034, 2035; Christmas 2021, 2022, 2027, 2032, 2033.
        "TEXAS": 16 * 9 - 19,
        "TEXAS_PARTIAL": 16 * 8 - 32,
        # From 2022 eleven a year and eight general elections; New Year's Day 2022 was kept in 2021, and 2022-12-23 was ordered.
        "DELAWARE": 15 * 11 + 8 - 1 + 1,
        "WASHINGTON": 6,
        "WASHINGTON_EMANCIPATION": 16,
    }
    found: dict[str, frozenset[date]] = {name: getattr(closed_days, name) for name in lists}
    assert {name: len(days) for name, days in found.items()} == lists
    assert [day for days in found.values() for day in days if day.isoweekday() > 5] == []
    # Holidays on a Saturday and on a Sunday, as deadlines.md names them.
    assert {date(2022, 6, 20), date(2026, 7, 3), date(2027, 12, 24), date(2027, 12, 31), date(2028, 11, 10)} <= FEDERAL
