"""Whether the data files hold together: `manage.py lawpack validate`. What the reader of a single file cannot see is checked here.

Schema slips are found by `packs.read`; this module looks for missing citations, rows that overlap in time, names that lead nowhere,
holidays that differ from what courts published, and reviews that are due.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import PurePath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from discovery.enums import TESTIMONY, DeadlineKind, DemandKind, ScheduleKind
from discovery.law import formats, motions, packs, paper_styles
from discovery.law.calendars import CalendarFile
from discovery.law.rulesets import Dated, RuleSet, RuleSetFile, merged
from discovery.law.toml_lines import Path, line_of
from discovery.law.witness_fees import FOLDER as FEES
from discovery.law.witness_fees import TABLES as FEE_TABLES
from discovery.law.witness_fees import FeeFile, slips

TASKS = ("", *(kind.value for kind in DeadlineKind))
"""What an event may become in a calendar of tasks; "" for one that is only asked for from the shell."""

SAID = {
    "service": ("label", "rule"),
    "event": ("label", "rule", "summary", "trigger", "trigger_label", "source"),
    "limit": ("label", "rule", "counted", "source"),
    "closing": ("rule",),
}
"""What each row of a rule set must say, by its table."""
COUNT_SAYS = ("rule", "roll_rule", "order_rule")
"""What [count] must cite; where a rule set says nothing of counts backward, the engine refuses to move them."""
CALENDAR_KEYS = {"covers", "rule", "day", "published", "observed"}
FEE_KEYS = set(FEE_TABLES)
OTHERS = (formats.FOLDER, FEES, paper_styles.FOLDER, motions.FOLDER)
"""The folders beside those of rule sets and calendars."""


class Source(NamedTuple):
    """A data file: its folder ("rulesets", "calendars", "formats", "fees", "paper_styles", "motions"), its id there, the name to
    show, its text."""

    folder: str
    name: str
    file: str
    text: str


class Problem(NamedTuple):
    """What is wrong, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


@dataclass(slots=True)
class Report:
    """What a validation found: how much it read, what is wrong, what a person should look at again."""

    files: int = 0
    rules: int = 0
    problems: list[Problem] = field(default_factory=list)
    overdue: list[Problem] = field(default_factory=list)


Found = Iterator[tuple[Path, str]]
"""Problems of one file: the path within it, and what is wrong there."""
Federal = Callable[[int], Collection[date]]
"""Another source of the federal holidays of a year."""


def packaged() -> list[Source]:
    """Return every data file that ships with this package."""
    return [
        Source(folder, name, f"{folder}/{name}.toml", packs.text_of(folder, name))
        for folder in (*packs.FOLDERS, *OTHERS)
        for name in packs.names(folder)
    ]


def source_of(file: str, text: str) -> Source:
    """Return a file from elsewhere as a source: what its folder says, else what its keys say, else a rule set."""
    path = PurePath(file)
    try:
        keys = tomllib.loads(text).keys()
    except tomllib.TOMLDecodeError:
        keys = {}.keys()  # no TOML: what it was meant to be matters little
    named = path.parent.name
    elsewhere = named not in {*packs.FOLDERS, *OTHERS}
    if named == formats.FOLDER or (elsewhere and "salutation" in keys):
        return Source(formats.FOLDER, path.stem, file, text)
    if named == FEES or (elsewhere and keys & FEE_KEYS):
        return Source(FEES, path.stem, file, text)
    if named == paper_styles.FOLDER or (elsewhere and "counsel_first" in keys):
        return Source(paper_styles.FOLDER, path.stem, file, text)
    if named == motions.FOLDER or (elsewhere and "rule_sets" in keys):
        return Source(motions.FOLDER, path.stem, file, text)
    calendar = named == "calendars" or (named != "rulesets" and bool(keys & CALENDAR_KEYS))
    return Source("calendars" if calendar else "rulesets", path.stem, file, text)


def validate(sources: Sequence[Source], *, today: date, federal: Federal | None = None) -> Report:
    """Check files, each in the company of the packaged ones (which it replaces if it bears the name of one).

    `today` decides which reviews are due; `federal` gives the federal holidays of a year from elsewhere.
    """
    report = Report()
    given, shipped = _Company(sources), _shipped()
    company = _Company(())
    company.rule_sets = shipped.rule_sets | given.rule_sets
    company.calendars = shipped.calendars | given.calendars
    report.problems += given.unread
    for source in sources:
        report.files += 1
        own, found, rules = _checked(source, given, company, federal)
        report.rules += rules
        report.problems += [Problem(source.file, line_of(source.text, path), message) for path, message in found]
        if own is not None and own.review_by < today:
            message = f"a person should have looked at this again by {own.review_by.isoformat()}."
            report.overdue.append(Problem(source.file, line_of(source.text, ("review_by",)), message))
    return report


Own = RuleSetFile | CalendarFile | formats.LetterFormat | FeeFile | paper_styles.PaperStyle | motions.MotionRules


def _checked(source: Source, given: _Company, company: _Company, federal: Federal | None) -> tuple[Own | None, Found, int]:
    """Return a file as it was read, None for one that could not be; what is wrong in it; and how many rules it has."""
    if source.folder == formats.FOLDER:
        letters = given.formats.get(source.name)
        return letters, _by_key(formats.slips(letters, source.name)) if letters else iter(()), 1 if letters else 0
    if source.folder == paper_styles.FOLDER:
        style = given.paper_styles.get(source.name)
        return style, _by_key(paper_styles.slips(style, source.name)) if style else iter(()), 1 if style else 0
    if source.folder == motions.FOLDER:
        asked = given.motions.get(source.name)
        return asked, _by_key(motions.slips(asked, source.name)) if asked else iter(()), 1 if asked else 0
    if source.folder == FEES:
        fees = given.fees.get(source.name)
        return fees, slips(fees, source.name) if fees else iter(()), _rows(fees, FEE_TABLES)
    if source.folder == "calendars":
        days = given.calendars.get(source.name)
        return days, _calendar(days, source.name, federal) if days else iter(()), _rows(days, ("rule", "day"))
    rule_set = given.rule_sets.get(source.name.upper())
    return rule_set, _rule_set(rule_set, source.name, company) if rule_set else iter(()), _rows(rule_set, SAID)


def _by_key(found: Iterable[tuple[str, str]]) -> Found:
    return (((key,), message) for key, message in found)


def _rows(own: Own | None, tables: Iterable[str]) -> int:
    return sum(len(getattr(own, table)) for table in tables) if own else 0


class _Company:
    """The files that know of each other, by id; those that could not be read are problems."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.rule_sets: dict[str, RuleSetFile] = {}
        self.calendars: dict[str, CalendarFile] = {}
        self.formats: dict[str, formats.LetterFormat] = {}
        self.fees: dict[str, FeeFile] = {}
        self.paper_styles: dict[str, paper_styles.PaperStyle] = {}
        self.motions: dict[str, motions.MotionRules] = {}
        self.unread: list[Problem] = []
        for source in sources:
            try:
                if source.folder == formats.FOLDER:
                    self.formats[source.name] = packs.read(formats.LetterFormat, source.text, source.file)
                elif source.folder == FEES:
                    self.fees[source.name] = packs.read(FeeFile, source.text, source.file)
                elif source.folder == paper_styles.FOLDER:
                    self.paper_styles[source.name] = packs.read(paper_styles.PaperStyle, source.text, source.file)
                elif source.folder == motions.FOLDER:
                    self.motions[source.name] = packs.read(motions.MotionRules, source.text, source.file)
                elif source.folder == "calendars":
                    self.calendars[source.name] = packs.read(CalendarFile, source.text, source.file)
                else:
                    self.rule_sets[source.name.upper()] = packs.read(RuleSetFile, source.text, source.file)
            except packs.PackError as error:
                self.unread.append(Problem(error.file, error.line, str(error).partition(f"line {error.line}: ")[2]))

    def whole(self, name: str, above: tuple[str, ...] = ()) -> RuleSet | str:
        """Return a rule set with all it extends, or a sentence saying why that cannot be."""
        own = self.rule_sets.get(name)
        if own is None:
            return f"there is no rule set “{name}” to extend."
        if name in above:
            return f"“{name}” extends itself: {' → '.join((*above, name))}."
        below = self.whole(own.extends, (*above, name)) if own.extends else None
        if isinstance(below, str):
            return below
        if own.count is None and below is None:
            return "a rule set that extends nothing says how to count: [count]."
        return merged(own, below)


@cache
def _shipped() -> _Company:
    return _Company(packaged())


# Rule sets -----------------------------------------------------------------------------------------------------------------


def _rule_set(own: RuleSetFile, name: str, company: _Company) -> Found:
    if own.id != name.upper():
        yield ("id",), f"the file is called “{name}”, so its id is “{name.upper()}”."
    yield from _citations(own)
    for table in ("service", "event", "limit"):
        yield from _in_time(getattr(own, table), table)
    yield from (
        (("closing", place, "calendar"), f"there is no calendar “{one.calendar}”.")
        for place, one in enumerate(own.closing)
        if one.calendar not in company.calendars
    )
    whole = company.whole(name.upper())
    if isinstance(whole, str):
        yield ("extends",), whole
    else:
        yield from _names(own, whole)
        yield from _rules_used(own, whole)


def _citations(own: RuleSetFile) -> Found:
    """Find rows that do not say what they must: rule, source, label."""
    if not own.source:
        yield ("source",), "“source” is empty."
    for table, keys in SAID.items():
        for place, row in enumerate(getattr(own, table)):
            yield from (((table, place, key), f"“{key}” is empty.") for key in keys if not getattr(row, key).strip())
    for place, event in enumerate(own.event):
        for number, reading in enumerate(event.reading):
            path = ("event", place, "reading", number)
            yield from (
                ((*path, key), f"“{key}” is empty.") for key in ("label", "why", "rule") if not getattr(reading, key).strip()
            )
    if own.count is not None:
        yield from ((("count", key), f"“{key}” is empty.") for key in COUNT_SAYS if not getattr(own.count, key).strip())


def _in_time(rows: Sequence[Dated], table: str) -> Found:
    """Find rows that end before they begin, and rows of one id that are in force on the same day."""
    for place, row in enumerate(rows):
        if row.until < row.since:
            yield (table, place, "until"), f"“{row.id}” ends before it begins."
        twin = next((one for one in rows[:place] if one.id == row.id and one.since <= row.until and row.since <= one.until), None)
        if twin is not None:
            day = max(twin.since, row.since).isoformat()
            yield (table, place, "id"), f"“{row.id}” stands here twice for {day}: let the earlier one end with “until”."


def _names(own: RuleSetFile, whole: RuleSet) -> Found:
    """Find names that lead nowhere: bases, tasks, kinds of demand, switches, a time zone."""
    bases = {event.id: event for event in whole.events}
    kinds, dates = {kind.value for kind in DemandKind}, {kind.value for kind in ScheduleKind}
    testimony = {kind.value for kind in TESTIMONY}
    for place, event in enumerate(own.event):
        if event.unit == "serve_by" and (event.base not in bases or bases[event.base].unit != "days"):
            yield ("event", place, "base"), f"“{event.base}” is no event counted in days here."
        if event.task not in TASKS:
            yield ("event", place, "task"), f"the task “{event.task}” is not known; known are {', '.join(filter(None, TASKS))}."
        if event.trigger.startswith("schedule:") and event.trigger.removeprefix("schedule:") not in dates:
            yield ("event", place, "trigger"), f"a schedule knows {', '.join(sorted(dates))}."
        if not set(event.demands) <= kinds:
            yield ("event", place, "demands"), f"a kind of demand is one of {', '.join(sorted(kinds))}."
        if not set(event.with_documents) <= testimony:
            yield ("event", place, "with_documents"), f"a demand for testimony is one of {', '.join(sorted(testimony))}."
    for place, closing in enumerate(own.closing):
        if closing.policy and closing.policy not in whole.policies:
            yield ("closing", place, "policy"), f"[policies] has no switch “{closing.policy}”."
    used = {closing.policy for closing in whole.closings}
    yield from ((("policies", name), f"no calendar depends on the switch “{name}”.") for name in own.policies if name not in used)
    if own.zone and not is_zone(own.zone):
        yield ("zone",), f"there is no time zone “{own.zone}”."


def is_zone(name: str) -> bool:
    """Tell whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _rules_used(own: RuleSetFile, whole: RuleSet) -> Found:
    """Find events whose way of counting has no rule to cite, and an end of day that is no hour."""
    count = whole.count
    for place, event in enumerate(own.event):
        if event.filing and not count.filing_rule:
            yield ("event", place, "filing"), "[count] has no “filing_rule” for an event that is met by filing."
        if event.unit == "toward_trial" and not count.toward_trial_rule:
            yield ("event", place, "unit"), "[count] has no “toward_trial_rule”."
        if event.unit == "hours" and not count.hours_rule:
            yield ("event", place, "unit"), "[count] has no “hours_rule”."
    if own.count is not None:
        if own.count.short_below and not own.count.short_rule:
            yield ("count", "short_below"), "“short_rule” is empty."
        try:
            time.fromisoformat(own.count.day_ends)
        except ValueError:
            yield ("count", "day_ends"), "“day_ends” is an hour such as 23:59:59."


# Calendars -----------------------------------------------------------------------------------------------------------------


def _calendar(own: CalendarFile, name: str, federal: Federal | None) -> Found:
    if own.id != name:
        yield ("id",), f"the file is called “{name}”, so its id is the same."
    yield from _calendar_rows(own)
    broken = list(_impossible(own))
    yield from broken
    if not broken:
        yield from _published(own)
        if federal is not None and own.id == "us-federal":
            yield from _federal(own, federal)


def _calendar_rows(own: CalendarFile) -> Found:
    """Find rows without a source, and single days that stand twice."""
    if not own.source:
        yield ("source",), "“source” is empty."
    if own.rule and own.observed != "none" and not own.observed_source:
        yield ("observed",), "“observed_source” is empty: which rule moves a holiday off a weekend?"
    for table in ("rule", "day", "published"):
        for place, row in enumerate(getattr(own, table)):
            if not row.source:
                yield (table, place, "source"), "“source” is empty."
    seen: set[date] = set()
    for place, single in enumerate(own.day):
        if single.date in seen:
            yield ("day", place, "date"), f"{single.date.isoformat()} stands here twice."
        seen.add(single.date)


def _impossible(own: CalendarFile) -> Found:
    """Find yearly rules that name a day which some covered year does not have."""
    for place, rule in enumerate(own.rule):
        if rule.until < rule.since:
            yield ("rule", place, "until"), f"“{rule.name}” ends before it begins."
        for year in sorted(own.years()):
            try:
                rule.in_year(year)
            except ValueError:
                yield ("rule", place), f"{year} has no such day as “{rule.name}” names."
                break


def _published(own: CalendarFile) -> Found:
    """Hold the generated days of a year against those that a court published; Saturdays and Sundays are closed anyway."""
    made = own.closed_days().keys() | {one.date for one in own.day}
    for place, listed in enumerate(own.published):
        if listed.year not in own.years():
            yield ("published", place, "year"), f"“covers” leaves {listed.year} out."
            continue
        yield from ((("published", place), what) for what in _differences(made, listed.days, listed.year, "the published list"))


def _federal(own: CalendarFile, federal: Federal) -> Found:
    made = own.closed_days()
    for year in sorted(own.years()):
        yield from ((("covers",), what) for what in _differences(made, federal(year), year, "the holidays library"))


def _differences(made: Collection[date], listed: Collection[date], year: int, where: str) -> Iterator[str]:
    """Say which weekdays of a year stand in one list of closed days and not in the other."""
    ours = {day for day in made if day.year == year and day.weekday() < 5}
    theirs = {day for day in listed if day.year == year and day.weekday() < 5}
    yield from (f"{day.isoformat()} is closed by these rules, but not in {where} of {year}." for day in sorted(ours - theirs))
    yield from (f"{day.isoformat()} is closed in {where} of {year}, but not by these rules." for day in sorted(theirs - ours))
