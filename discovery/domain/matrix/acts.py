"""What is done to many rows of the matrix at once: who looks after them, what is wrong with them, what comes next; and undoing it.

Each act is one event that names its rows and keeps what stood there before, so that it can be undone as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.errors import Conflict, Refused
from discovery.domain.events import record, verb
from discovery.domain.number_ranges import ranges
from discovery.domain.printing import printable
from discovery.enums import Act, Deficiency
from discovery.models import Case, CaseMembership, Event, RequestRow

if TYPE_CHECKING:
    Chosen = Mapping[int, int | None]
    Value = int | str | None

FIELDS: Mapping[str, tuple[str, ...]] = {
    Act.ROWS_ASSIGNED.value: ("owner_id",),
    Act.DEFICIENCY_SET.value: ("deficiency", "deficiency_note"),
    Act.NEXT_STEP_SET.value: ("next_step", "next_step_on"),
}
"""The acts of this module, each with what it writes."""


class RowsChanged(Conflict):
    """Somebody else changed some of the rows since they were looked at; `rows` are these, as they are stored now."""

    def __init__(self, message: str, rows: list[RequestRow]) -> None:
        super().__init__(message, theirs={}, revision=0)
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Done:
    """An act on rows: its event, by which it can be undone, and how many rows it changed."""

    event: Event
    rows: int


@verb
def assign_rows(case: Case, chosen: Chosen, owner: User | None, *, by: User) -> Done:
    """Name who looks after rows; None for nobody. `chosen` gives by id the revision at which each row was looked at.

    Raises Refused for somebody who is no member of the case or for rows that are not there; RowsChanged.
    """
    _must_belong(case, owner)
    value = {"owner_id": owner.pk if owner is not None else None}
    return _change(case, chosen, Act.ROWS_ASSIGNED, lambda _row: value, by=by)


@verb
def set_deficiency(case: Case, chosen: Chosen, deficiency: str, note: str = "", *, by: User) -> Done:
    """Note what is wrong with the answers to rows, "" for nothing; the note may be quoted in letters. Raises as `assign_rows`."""
    if deficiency and deficiency not in set(Deficiency):
        raise Refused(_("Choose one of the deficiencies."), field="deficiency")
    if note and not deficiency:
        raise Refused(_("Choose which deficiency the note is about, or take the note away."), field="deficiency")
    printable(note, "deficiency_note")
    value = {"deficiency": deficiency, "deficiency_note": note}
    return _change(case, chosen, Act.DEFICIENCY_SET, lambda _row: value, by=by)


@verb
def set_next_step(case: Case, chosen: Chosen, step: str, on: date | None, *, by: User) -> Done:
    """Say what comes next for rows and by when, "" for nothing. Raises as `assign_rows`."""
    longest = RequestRow._meta.get_field("next_step").max_length or 0
    if len(step) > longest:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": longest}, field="next_step")
    if on is not None and not step:
        raise Refused(_("Say what is to be done by that day."), field="next_step")
    printable(step, "next_step")
    value = {"next_step": step, "next_step_on": on}
    return _change(case, chosen, Act.NEXT_STEP_SET, lambda _row: value, by=by)


@verb
def undo_act(event: Event, *, by: User) -> Done:
    """Put back what stood on the rows before an act of this module.

    Raises Refused for another kind of event, RowsChanged when somebody changed one of the rows since: then nothing is undone.
    """
    if event.case is None or event.act not in FIELDS or "before" not in event.details:
        raise Refused(_("This cannot be undone here."))
    before = {int(pk): values for pk, values in event.details["before"].items()}
    chosen = {int(pk): revision for pk, revision in event.details["revisions"].items()}
    if event.act == Act.ROWS_ASSIGNED:
        before = _still_members(event.case, before)
    return _change(event.case, chosen, Act(event.act), lambda row: before[row.pk], by=by, undoes=event.number)


def _still_members(case: Case, before: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Return owners as they were; who left the case since is nobody now."""
    members = set(CaseMembership.objects.filter(case=case).values_list("user_id", flat=True))
    return {pk: {"owner_id": values["owner_id"] if values["owner_id"] in members else None} for pk, values in before.items()}


def _must_belong(case: Case, owner: User | None) -> None:
    if owner is not None and not CaseMembership.objects.filter(case=case, user=owner).exists():
        raise Refused(_("%(who)s does not belong to this case.") % {"who": owner}, field="owner")


def _change(case: Case, chosen: Chosen, act: Act, wanted: Any, *, by: User, undoes: int = 0) -> Done:
    """Write what is wanted of each row, in the one event of its verb."""
    rows = _locked(case, chosen)
    names = FIELDS[act.value]
    before = {str(row.pk): {name: _told(getattr(row, name)) for name in names} for row in rows}
    now = timezone.now()
    for row in rows:
        for name, value in wanted(row).items():
            setattr(row, name, value)
        row.revision, row.changed_at = row.revision + 1, now
    RequestRow.objects.bulk_update(rows, [*(name.removesuffix("_id") for name in names), "revision", "changed_at"], batch_size=200)
    after = {name: _told(getattr(rows[0], name)) for name in names} if not undoes else {}
    details = {
        "rows": [row.pk for row in rows],
        "before": before,
        "after": after,
        "revisions": {str(row.pk): row.revision for row in rows},
        **({"undoes": undoes} if undoes else {}),
    }
    subject = rows[0] if len(rows) == 1 else case
    event = record(act, subject, case=case, by=by, summary=lambda: named(rows), details=details)
    return Done(event, len(rows))


def _locked(case: Case, chosen: Chosen) -> list[RequestRow]:
    """Lock the rows chosen and return them as they are stored. Raises Refused, or RowsChanged for what changed since."""
    if not chosen:
        raise Refused(_("Select at least one request."))
    # Lowest id first and NO KEY UPDATE, as `served_rows.lock_rows` does: two who lock the same rows wait, and never for each other.
    rows = RequestRow.objects.select_for_update(of=("self",), no_key=True).filter(case=case, pk__in=list(chosen))
    found = list(rows.select_related("demand__responding_party__person", "owner").order_by("pk"))
    found.sort(key=lambda row: (-row.demand_id, row.number))
    if len(found) != len(chosen):
        raise Refused(_("Some of these requests are no longer in this case. Load the list again and select anew."))
    changed = [row for row in found if chosen[row.pk] not in {None, row.revision}]
    if changed:
        words = ngettext(
            "Somebody else changed one of these requests since you opened the list. Nothing was saved yet.",
            "Somebody else changed %(n)d of these requests since you opened the list. Nothing was saved yet.",
            len(changed),
        )
        raise RowsChanged(words % {"n": len(changed)}, changed)
    return found


def _told(value: Any) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def named(rows: Iterable[RequestRow]) -> str:
    """Return the rows by responding party and number: "Meta Platforms, Inc., Nos. 3, 5-7; Witness Corp., No. 1"."""
    parts = []
    for demand, group in groupby(rows, key=lambda row: row.demand):
        numbers = ranges(row.number for row in group)
        word = "No." if numbers.isdecimal() else "Nos."
        parts.append(f"{demand.responding_party.person.name}, {word} {numbers}")
    return "; ".join(parts)
