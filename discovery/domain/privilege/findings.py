"""Check 20: what the entries of a privilege log leave out, and what in it cannot be read (law/rules.md section 4).

Rule 26(b)(5)(A)(ii), and 45(e)(2)(A)(ii) for non-parties, ask for a description that lets others assess the claim without revealing
what is protected. Each check is a condition of the database, so that a chip, its count and the mark on a line cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import Lag
from django.utils.translation import gettext_lazy as _

from discovery.enums import LogKind, PrivilegeBasis
from discovery.intake.moments import READABLE_TIME
from discovery.models import PrivilegeLog, PrivilegeLogEntry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    Label = str | StrPromise

REPEATED = 5
"""So often must the same words stand in a log, at least, to count as boilerplate."""
REPEATED_SHARE = 0.1
"""And in so large a part of its entries."""
STOCK = (
    r"^(confidential |privileged |attorney[- ]client |legal |e-?mail |internal )*"
    r"(communications?|e-?mails?|documents?|correspondence|memo(randum)?|letters?|legal advice|attorney[- ]client( privileged?)?|"
    r"work product|privileged?)"
    r"( (re|regarding|concerning|reflecting|containing|providing|seeking|requesting|with|from|to|of))?"
    r"( (legal advice|counsel|attorneys?|legal matters?|confidential information|privileged information))?\.?$"
)
"""Descriptions that would fit any document, in the words of Python's and both databases' regular expressions."""


@dataclass(frozen=True, slots=True)
class LogCheck:
    """One thing that an entry may lack: its word in addresses, its label, what it says, and the condition that finds it."""

    key: str
    label: Label
    says: Label
    found: Callable[[PrivilegeLog], Q]
    of_categories: bool = False
    """Whether an entry by category is held to it, too."""


def _jumps(log: PrivilegeLog) -> Q:
    """Entries whose number does not follow from the one before: 12 after 7 (they follow the Bates numbers, Dkt. 210-1)."""
    before = Window(Lag("number", default=0), order_by=F("number").asc())
    ordered = PrivilegeLogEntry.objects.filter(log=log).order_by().annotate(before=before)
    return Q(pk__in=ordered.filter(before__lt=F("number") - 1).values("pk"))


def _boilerplate(log: PrivilegeLog) -> Q:
    """Entries whose description fits anything, or stands word for word in many entries."""
    texts = PrivilegeLogEntry.objects.filter(log=log).exclude(description="").order_by().values_list("description")
    total = PrivilegeLogEntry.objects.filter(log=log).count()
    often = texts.annotate(times=Count("pk")).filter(times__gte=max(REPEATED, int(total * REPEATED_SHARE)))
    return Q(description__iregex=STOCK) | Q(description__in=[text for text, _times in often[:100]])


def _unmarked(_log: PrivilegeLog) -> Q:
    marked = Q()
    for name in ("author", "sender", "recipients", "cc", "bcc"):
        marked |= Q(**{f"{name}__contains": "*"})
    claimed = Q(basis=PrivilegeBasis.ATTORNEY_CLIENT.value) | Q(basis_text__iregex=r"attorney[ /-]*client")
    return claimed & ~marked


CHECKS: dict[str, LogCheck] = {
    check.key: check
    for check in (
        LogCheck("date", _("no date"), _("The entry gives no date."), lambda _log: Q(sent="")),
        LogCheck(
            "date-unread",
            _("date unreadable"),
            _("The date cannot be read as a day; it stands as it was typed."),
            lambda _log: ~Q(sent="") & Q(sent_on__isnull=True),
        ),
        LogCheck(
            "time-unread",
            _("time unreadable"),
            _("The time cannot be read as a time of day; it stands as it was typed."),
            lambda _log: ~Q(sent_time="") & ~Q(sent_time__regex=READABLE_TIME),
        ),
        LogCheck("author", _("no author"), _("The entry names neither author nor sender."), lambda _log: Q(author="", sender="")),
        LogCheck(
            "recipient",
            _("no recipient"),
            _("The entry names nobody who received it (to, cc, bcc)."),
            lambda _log: Q(recipients="", cc="", bcc=""),
        ),
        LogCheck("basis", _("no basis"), _("The entry claims no privilege by name."), lambda _log: Q(basis=""), of_categories=True),
        LogCheck(
            "description",
            _("no description"),
            _("The entry does not describe what is withheld."),
            lambda _log: Q(description=""),
            of_categories=True,
        ),
        LogCheck(
            "boilerplate",
            _("boilerplate"),
            _("The description would fit any document, or stands word for word in many entries."),
            _boilerplate,
            of_categories=True,
        ),
        LogCheck(
            "attorney",
            _("no attorney marked"),
            _("Attorney-client privilege is claimed, and nobody is marked as an attorney (*)."),
            _unmarked,
        ),
        LogCheck(
            "jump",
            _("number jumps"),
            _("The entry number does not follow from the one before: ask whether entries were left out."),
            _jumps,
            of_categories=True,
        ),
    )
}


def checks_of(log: PrivilegeLog) -> dict[str, Q]:
    """Return the condition of each check that this kind of log is held to (two queries)."""
    return {key: one.found(log) for key, one in CHECKS.items() if one.of_categories or log.kind != LogKind.CATEGORY}


def counts_of(log: PrivilegeLog, conditions: dict[str, Q]) -> dict[str, int]:
    """Return how many entries each check finds; "any" is how many have something (one query)."""
    anything = Q(pk__in=[])
    for condition in conditions.values():
        anything |= condition
    named = {_name(key): Count("pk", filter=condition) for key, condition in {"any": anything, **conditions}.items()}
    counted = PrivilegeLogEntry.objects.filter(log=log).aggregate(**named)
    return {key: counted[_name(key)] for key in ("any", *conditions)}


def _name(key: str) -> str:
    """Return what a check is called inside a query, where a field may have its word already."""
    return f"finds_{key.replace('-', '_')}"


def marked(rows: QuerySet[PrivilegeLogEntry], conditions: dict[str, Q]) -> QuerySet[PrivilegeLogEntry]:
    """Return entries that carry, for each check, whether it finds them: read with `found_in`."""
    marks = {
        _name(key): Case(When(one, then=Value(True)), default=Value(False), output_field=BooleanField())
        for key, one in conditions.items()
    }
    return rows.annotate(**marks)


def found_in(entry: PrivilegeLogEntry, conditions: dict[str, Q]) -> list[LogCheck]:
    """Return what the checks find in an entry that `marked` gave."""
    return [CHECKS[key] for key in conditions if getattr(entry, _name(key))]
