"""A second way to count legal time: one day after another over written lists of closed days.

The product's engine adds days and derives holidays by rule; this one does neither, so that an error would have to be made twice
to go unseen. It answers rows of `deadline_vectors.csv` and any other row of the same columns. What the rules do not define (bare
"mail" in a California court, whose extension depends on the place) raises `NotDefined` instead of an invented date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from tests.law.closed_days import (
    CALIFORNIA_IN_FEDERAL_COUNTS,
    CALIFORNIA_JUDICIAL,
    DELAWARE,
    FEDERAL,
    MASSACHUSETTS,
    NEW_YORK,
    NINTH_CIRCUIT,
    PRESIDENTIAL_CLOSINGS,
    TEXAS,
    WASHINGTON,
    CourtCalendar,
)

Kind = Literal["calendar", "court"]
Way = Literal[1, -1]

ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)
ZONE = ZoneInfo("America/Los_Angeles")


class NotDefined(LookupError):
    """The rules do not say how to count this row."""


@dataclass(frozen=True)
class Extension:
    """What a method of service adds: a number of calendar days or of court days."""

    count: int
    kind: Kind = "calendar"


@dataclass(frozen=True)
class Rules:
    """A rule set: its closed days for counts after and before an event, and what each method of service adds."""

    family: Literal["federal", "california", "new york", "old style"]
    after: CourtCalendar
    before: CourtCalendar
    extensions: Mapping[str, Extension]
    skip_up_to: int = 0
    """Periods of this many days or fewer skip Saturdays, Sundays and holidays (Texas Rule 4, Delaware Rule 6(a))."""


NOTHING = Extension(0)
_AT_ONCE = {"none": NOTHING, "personal": NOTHING}
_BY_WIRE = {"email": NOTHING, "ecf": NOTHING, "electronic": NOTHING}
_MAIL_THREE = dict.fromkeys(("mail", "mail_in_state", "mail_out_state", "mail_out_country"), Extension(3))

# FRCP 6(d): mail, leaving with the clerk, other means consented to; nothing for electronic service since 2016-12-01. Courier and
# fax are not defined: they are 5(b)(2)(F) or (E) service by consent, and the row must say which.
_FRCP_6D = _AT_ONCE | _BY_WIRE | _MAIL_THREE | {"clerk": Extension(3), "other_consented": Extension(3)}
_FRAP_26C = _AT_ONCE | _BY_WIRE | _MAIL_THREE
# CCP 1013, 1010.6(a)(3)(B). Bare "mail" is not defined: five, ten or twenty days.
_CCP_MAIL = {"mail_in_state": Extension(5), "mail_out_state": Extension(10), "mail_out_country": Extension(20)}
_TWO_COURT_DAYS = Extension(2, "court")
_CCP_1013 = _AT_ONCE | _CCP_MAIL | dict.fromkeys(("email", "ecf", "electronic", "overnight", "fax"), _TWO_COURT_DAYS)
# CCP 1005(b), for notice of a motion: as 1013, except that overnight delivery and fax add calendar days.
CCP_1005B: Mapping[str, Extension] = _CCP_1013 | {"overnight": Extension(2), "fax": Extension(2)}
# CPLR 2103(b). Mail from abroad is not defined: 2103(f)(1) knows only post offices within the United States.
_CPLR_MAIL = {"mail": Extension(5), "mail_in_state": Extension(5), "mail_out_state": Extension(6)}
_CPLR_2103 = _AT_ONCE | _BY_WIRE | _CPLR_MAIL | {"fax": NOTHING, "overnight": Extension(1, "court")}
# Tex. R. Civ. P. 21a(c) and Del. Super. Ct. Civ. R. 6(e): mail alone.
_TEXAS_21A = _AT_ONCE | _BY_WIRE | _MAIL_THREE | {"fax": NOTHING, "overnight": NOTHING}
_DELAWARE_6E = _AT_ONCE | _BY_WIRE | _MAIL_THREE

_FEDERAL = CourtCalendar(FEDERAL, 2000)
_NINTH = CourtCalendar(FEDERAL | NINTH_CIRCUIT, 2000)
_IN_CALIFORNIA = CourtCalendar(FEDERAL | NINTH_CIRCUIT | CALIFORNIA_IN_FEDERAL_COUNTS, 2002)
_IN_MASSACHUSETTS = CourtCalendar(FEDERAL | MASSACHUSETTS, 2000)
_WITH_CLOSINGS = CourtCalendar(FEDERAL | frozenset(PRESIDENTIAL_CLOSINGS), 2000)
_CALIFORNIA = CourtCalendar(CALIFORNIA_JUDICIAL, 2021)
_NEW_YORK = CourtCalendar(NEW_YORK, 2021)
_IN_NEW_YORK = CourtCalendar(FEDERAL | NEW_YORK, 2021)
_IN_WASHINGTON = CourtCalendar(FEDERAL | WASHINGTON, 2007)
_TEXAS = CourtCalendar(TEXAS, 2021)
_DELAWARE = CourtCalendar(DELAWARE, 2022)

RULE_SETS: Mapping[str, Rules] = {
    "FRCP": Rules("federal", _FEDERAL, _FEDERAL, _FRCP_6D),
    "FRCP-CAND": Rules("federal", _IN_CALIFORNIA, _NINTH, _FRCP_6D),
    "FRCP-CACD": Rules("federal", _IN_CALIFORNIA, _NINTH, _FRCP_6D),
    "FRCP-MAD": Rules("federal", _IN_MASSACHUSETTS, _FEDERAL, _FRCP_6D),
    "FRCP-DDC": Rules("federal", _IN_WASHINGTON, _FEDERAL, _FRCP_6D),
    "FRCP-SDNY": Rules("federal", _IN_NEW_YORK, _FEDERAL, _FRCP_6D),
    "FRCP-PRES": Rules("federal", _WITH_CLOSINGS, _WITH_CLOSINGS, _FRCP_6D),
    "FRAP": Rules("federal", _FEDERAL, _FEDERAL, _FRAP_26C),
    "CA-CCP": Rules("california", _CALIFORNIA, _CALIFORNIA, _CCP_1013),
    "NY-CPLR": Rules("new york", _NEW_YORK, _NEW_YORK, _CPLR_2103),
    # The switches of Texas (partial staffing) and Washington (Emancipation Day) are off here.
    "TX-TRCP": Rules("old style", _TEXAS, _TEXAS, _TEXAS_21A, skip_up_to=5),
    "DE-SUPER": Rules("old style", _DELAWARE, _DELAWARE, _DELAWARE_6E, skip_up_to=10),
}


@dataclass(frozen=True)
class Question:
    """One row, read: `way` is 1 for a count after the trigger and -1 for one before it."""

    rules: Rules
    trigger: str
    method: str
    period: str
    way: Way

    @property
    def day(self) -> date:
        """The trigger as a date."""
        return date.fromisoformat(self.trigger)

    @property
    def count(self) -> int:
        """The period as a number."""
        count = int(self.period)
        if count < 0:
            raise ValueError(f"A period has no sign: {self.period}")
        return count

    @property
    def calendar(self) -> CourtCalendar:
        """The closed days that count in this direction: state holidays never help a federal count backward."""
        return self.rules.after if self.way == 1 else self.rules.before

    def extension(self, table: Mapping[str, Extension] | None = None) -> Extension:
        """What the method of service adds, by the rule set's own table or by another."""
        table = self.rules.extensions if table is None else table
        if self.method not in table:
            raise NotDefined(f"No rule says what service by {self.method!r} adds")
        return table[self.method]

    def only(self, *families: str) -> None:
        """Refuse a row of a rule set that does not know this way of counting."""
        if self.rules.family not in families:
            raise NotDefined(f"Not a way of counting of the {self.rules.family} rules")

    def without_extension(self) -> None:
        """Refuse a method that would add days to a period for which no rule says how."""
        if self.extension() != NOTHING:
            raise NotDefined(f"No rule says how service by {self.method!r} extends this period")


def step(day: date, count: int, way: Way) -> date:
    """Walk a number of calendar days, one at a time."""
    for _ in range(count):
        day += ONE_DAY * way
    return day


def step_open(day: date, count: int, way: Way, calendar: CourtCalendar) -> date:
    """Walk until a number of open days has been met, one day at a time."""
    met = 0
    while met < count:
        day += ONE_DAY * way
        met += calendar.is_open(day)
    return day


def roll(day: date, way: Way, calendar: CourtCalendar) -> date:
    """Walk on while the day is closed; an open day stays."""
    while not calendar.is_open(day):
        day += ONE_DAY * way
    return day


def extend(day: date, extension: Extension, way: Way, calendar: CourtCalendar) -> date:
    """Walk the days that the method of service adds, calendar or court days, without a roll."""
    if extension.kind == "court":
        return step_open(day, extension.count, way, calendar)
    return step(day, extension.count, way)


def due_after(asked: Question, served: date) -> date:
    """Count a period of days after an event.

    Federal: expire under 6(a), then add three days, then roll again (6(d)). Everywhere else the days for service are added to
    the raw last day, which may be a Saturday or a holiday, and one roll follows. Example: 30 days from mail of 2026-01-15 is
    Saturday 02-14; federal Tuesday 02-17 and three days, Friday 02-20; Texas Tuesday 02-17.
    """
    calendar = asked.rules.after
    skips = asked.count <= asked.rules.skip_up_to
    day = step_open(served, asked.count, 1, calendar) if skips else step(served, asked.count, 1)
    if asked.rules.family == "federal":
        day = roll(day, 1, calendar)
    return roll(extend(day, asked.extension(), 1, calendar), 1, calendar)


def _days(asked: Question) -> str:
    """Calendar days with a roll; only the federal rules say how such a count runs backward (6(a)(5))."""
    if asked.way == 1:
        return due_after(asked, asked.day).isoformat()
    asked.only("federal")
    return roll(step(asked.day, asked.count, -1), -1, asked.calendar).isoformat()


def _hours(asked: Question) -> str:
    """Elapsed hours; from a closed day on to the same time by the clock on an open one (6(a)(2))."""
    asked.only("federal")
    asked.without_extension()
    moment = datetime.fromisoformat(asked.trigger).replace(tzinfo=ZONE).astimezone(UTC)
    for _ in range(asked.count):
        moment += ONE_HOUR * asked.way
    local = moment.astimezone(ZONE).replace(tzinfo=None)
    day = roll(local.date(), asked.way, asked.calendar)
    return datetime.combine(day, local.time()).isoformat(timespec="minutes")


def _court_days(asked: Question) -> str:
    """Court days; back from a hearing the days for service go further back and nothing rolls (CCP 12c, 1005(b))."""
    asked.only("california")
    day = step_open(asked.day, asked.count, asked.way, asked.calendar)
    if asked.way == -1:
        return extend(day, asked.extension(CCP_1005B), -1, asked.calendar).isoformat()
    return roll(extend(day, asked.extension(), 1, asked.calendar), 1, asked.calendar).isoformat()


def _calendar_no_roll(asked: Question) -> str:
    """A minimum gap: the bare day."""
    asked.without_extension()
    return step(asked.day, asked.count, asked.way).isoformat()


def _days_toward_trial(asked: Question) -> str:
    """Count back from trial, then on to the court day closer to trial (CCP 2016.060); service plays no part."""
    asked.only("california")
    return roll(step(asked.day, asked.count, -1), 1, asked.rules.after).isoformat()


def _days_or_date(asked: Question) -> str:
    """The earlier of a count and a stated date (Rule 45(d)(2)(B)); 6(d) adds nothing to a subpoena."""
    asked.only("federal")
    count, stated = asked.period.split("|")
    counted = roll(step(asked.day, int(count), 1), 1, asked.rules.after)
    return min(counted, date.fromisoformat(stated)).isoformat()


def _latest_service(asked: Question) -> str:
    """The last day of service that still falls due by the cut-off: try each day from the cut-off back."""
    served = asked.day
    while due_after(asked, served) > asked.day:
        served -= ONE_DAY
    return served.isoformat()


def _inaccessible(asked: Question) -> str:
    """The clerk's office was inaccessible on this last day: the next open day, forward even for a count backward (6(a)(3))."""
    asked.only("federal")
    if asked.count:
        raise NotDefined("The trigger is the last day itself: the period is 0")
    return step_open(asked.day, 1, 1, asked.calendar).isoformat()


def _fixed(asked: Question) -> str:
    """A date that a judge wrote is never touched."""
    return asked.period


UNITS: Mapping[str, Callable[[Question], str]] = {
    "days": _days,
    "hours": _hours,
    "court_days": _court_days,
    "calendar_no_roll": _calendar_no_roll,
    "days_toward_trial": _days_toward_trial,
    "days_or_date": _days_or_date,
    "latest_service": _latest_service,
    "inaccessible": _inaccessible,
    "fixed": _fixed,
}


def second_answer(row: Mapping[str, str]) -> str:
    """Answer a row of the vectors: an ISO date, or an ISO local time to the minute for hours.

    Raises NotDefined when the rules do not say how to count the row, LookupError when the lists of closed days do not reach.
    """
    if row["ruleset"] not in RULE_SETS or row["unit"] not in UNITS or row["direction"] not in ("after", "before"):
        raise NotDefined(f"Unknown rule set, unit or direction: {row['ruleset']}, {row['unit']}, {row['direction']}")
    asked = Question(
        rules=RULE_SETS[row["ruleset"]],
        trigger=row["trigger_date"],
        method=row["service_method"],
        period=row["period"],
        way=1 if row["direction"] == "after" else -1,
    )
    return UNITS[row["unit"]](asked)
