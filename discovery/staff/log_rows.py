"""What the page of a privilege log shows: its chips, its filter, an entry as a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discovery.domain.number_ranges import ranges
from discovery.domain.privilege.findings import CHECKS, LogCheck, checks_of, counts_of, found_in, marked
from discovery.domain.privilege.versions import CONTENT
from discovery.enums import Act, ChallengeOutcome, Withheld
from discovery.intake.privilege_logs import COLUMN_NAMES
from discovery.models import Event, PrivilegeLog, PrivilegeLogEntry
from discovery.staff.ids import is_id

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from discovery.staff.forms.base import Label

ANY = "any"
CHALLENGED = "challenged"
CHALLENGES: dict[str, Label] = {
    CHALLENGED: gettext_lazy("Ever challenged"),
    **{word.value: gettext_lazy(word.label) for word in ChallengeOutcome},
}
SEARCHED = ("bates_first", "bates_last", "author", "sender", "recipients", "cc", "bcc", "subject", "description", "custodian")
EXPORTED = ("number", *(name for name in CONTENT if name != "basis"))
"""What an export says of an entry: its privilege in its own words, which an import reads again."""
TONES = {
    ChallengeOutcome.OPEN.value: "warn",
    ChallengeOutcome.PRODUCED.value: "served",
    ChallengeOutcome.UPHELD.value: "withdrawn",
    ChallengeOutcome.OVERRULED.value: "ready",
    ChallengeOutcome.WITHDRAWN.value: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter to click: its value in the address, its words, how many entries it shows, what it means."""

    value: str
    label: Label
    total: int
    says: Label = ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as the list shows it."""

    entry: PrivilegeLogEntry
    found: list[LogCheck]
    tone: str

    @property
    def facts(self) -> str:
        """What else is logged about the document, on one line."""
        entry, by_category = self.entry, self.entry.documents != 1
        told = [entry.document_type, entry.custodian]
        if entry.attachments:
            told.append(ngettext("%(n)d attachment", "%(n)d attachments", entry.attachments) % {"n": entry.attachments})
        if by_category:
            told.append(ngettext("%(n)d document", "%(n)d documents", entry.documents) % {"n": entry.documents})
        if entry.requests:
            told.append(_("requests %(numbers)s") % {"numbers": entry.requests})
        return " · ".join(one for one in told if one)


class LogFilter:
    """What the address of a log's page asks for: ?finding=, ?challenge=, ?text=; nonsense is no filter."""

    def __init__(self, log: PrivilegeLog, asked: Mapping[str, Any]) -> None:
        self.log = log
        self.conditions = checks_of(log)
        finding, challenge = str(asked.get("finding", "")), str(asked.get("challenge", ""))
        self.finding = finding if finding == ANY or finding in self.conditions else ""
        self.challenge = challenge if challenge in CHALLENGES else ""
        self.text = str(asked.get("text", "")).replace("\x00", "").strip()[:200]

    def rows(self) -> QuerySet[PrivilegeLogEntry]:
        """Return the entries that are asked for, in the order of their numbers."""
        rows = PrivilegeLogEntry.objects.filter(log=self.log).order_by("number")
        if self.finding == ANY:
            anything = Q(pk__in=[])
            for condition in self.conditions.values():
                anything |= condition
            rows = rows.filter(anything)
        elif self.finding:
            rows = rows.filter(self.conditions[self.finding])
        if self.challenge == CHALLENGED:
            rows = rows.exclude(challenge="")
        elif self.challenge:
            rows = rows.filter(challenge=self.challenge)
        if self.text:
            wanted = Q()
            for name in SEARCHED:
                wanted |= Q(**{f"{name}__icontains": self.text})
            if is_id(self.text):
                wanted |= Q(number=int(self.text))
            rows = rows.filter(wanted)
        return rows

    def chips(self) -> list[Chip]:
        """Return the chips of the findings, those that find something (one query beside the conditions')."""
        counts = counts_of(self.log, self.conditions)
        chips = [Chip(ANY, gettext_lazy("Any finding"), counts[ANY])] if counts[ANY] else []
        found = [CHECKS[key] for key in self.conditions if counts[key]]
        return chips + [Chip(check.key, check.label, counts[check.key], check.says) for check in found]

    def lines(self, entries: Iterable[PrivilegeLogEntry]) -> list[EntryLine]:
        """Return a page of entries, fetched anew with what the checks find in each (one query)."""
        keys = [entry.pk for entry in entries]
        rows = marked(PrivilegeLogEntry.objects.filter(pk__in=keys), self.conditions).order_by("number")
        return [EntryLine(entry, found_in(entry, self.conditions), TONES.get(entry.challenge, "")) for entry in rows]


def export_head() -> list[str]:
    """Return the headings of an export: those that an import reads, then what became of the entries."""
    return [*(COLUMN_NAMES[name][0] for name in EXPORTED), "Challenge", "Challenged On", "Challenge Note", "Closed On"]


def export_rows(rows: QuerySet[PrivilegeLogEntry]) -> Iterator[list[object]]:
    """Yield the cells of each entry, as it is logged."""
    for entry in rows.iterator(chunk_size=2000):
        cells: list[object] = [getattr(entry, name) for name in EXPORTED]
        cells[EXPORTED.index("withheld")] = Withheld(entry.withheld).label
        outcome = ChallengeOutcome(entry.challenge).label if entry.challenge else ""
        yield [*cells, outcome, entry.challenged_on, entry.challenge_note, entry.closed_on]


def version_story(log: PrivilegeLog) -> dict[str, Any]:
    """Return what the record says of how a version came: entries that are new, changed, vanished; {} for the first one."""
    event = (
        Event.objects.filter(case=log.case_id, subject=f"privilegelog:{log.pk}", act=Act.LOG_RECORDED.value)
        .order_by("number")
        .first()
    )
    return dict(event.details) if event is not None and log.number > 1 else {}


def grouped(numbers: Iterable[int]) -> str:
    """Return numbers as people list them: "3, 7-9", or that there is none."""
    return ranges(numbers) or _("none")
