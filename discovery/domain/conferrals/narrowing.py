"""Narrowing: a dated, narrower text of a request beside the served one, which it never changes (law 2).

A worked story: request 3 to Meta was served on June 18 and asks for all documents on a restructuring. On July 25 counsel for Meta
proposes "communications with Plaintiffs": number 1, a proposal. On August 1 OpenAI agrees: number 1 is in force from then on.
On August 12 they agree on "and documents that reflect coordination with them": number 2 is in force, number 1 superseded. Papers
still quote the served text, and say what it was narrowed to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.rows import WITH_TEXTS, served_text
from discovery.domain.service.served_rows import must_follow_service
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act
from discovery.models import Narrowing, RequestRow

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@verb
def propose_narrowing(narrowing: Narrowing, *, by: User) -> Narrowing:
    """Record a narrower text that was proposed, or, when it carries a day of agreement, agreed at once.

    Raises Refused for the text in force, a day before service or ahead of today, an agreement that does not say who agreed or
    is older than the one in force; ValidationError.
    """
    kept = keep_narrowing(narrowing, by=by)
    agreed = kept.agreed_on is not None
    law = CourtLaw(kept.row.case.court)
    record(
        Act.NARROWED if agreed else Act.NARROWING_PROPOSED,
        kept,
        case=kept.row.case,
        by=by,
        summary=str(kept.row),
        details=told_of(kept),
        happened_at=noon(kept.agreed_on or kept.proposed_on, law),
    )
    return kept


@verb
def agree_narrowing(
    narrowing: Narrowing, agreed_by: str, agreed_on: date, *, by: User, source: str = "", revision: int | None = None
) -> Narrowing:
    """Record that a proposed text was agreed: it is in force, and the one before it superseded.

    Raises Refused as `propose_narrowing` does, and when it was agreed already; Conflict.
    """
    row = _locked(narrowing.row_id)
    stored = Narrowing.objects.select_for_update(of=("self",)).get(pk=narrowing.pk)
    stored.row = row
    if stored.agreed_on is not None:
        raise Refused(_("This text was agreed already, on %(day)s.") % {"day": formats.date_format(stored.agreed_on)})
    claim_revision(stored, revision)
    stored.agreed_by, stored.agreed_on = agreed_by.strip(), agreed_on
    stored.source = source.strip() or stored.source
    _must_fit(stored, row)
    _supersede(row, stored)
    stored.save(update_fields=["agreed_by", "agreed_on", "source"])
    moment = noon(agreed_on, CourtLaw(row.case.court))
    record(Act.NARROWED, stored, case=row.case, by=by, summary=str(row), details=told_of(stored), happened_at=moment)
    narrowing.refresh_from_db()
    return stored


def keep_narrowing(narrowing: Narrowing, *, by: User) -> Narrowing:
    """Write a narrowing under the next number of its row; part of the verbs that record one. Raises as they do."""
    row = _locked(narrowing.row_id)
    narrowing.row = row
    narrowing.agreed_by = narrowing.agreed_by.strip()
    narrowing.proposed_by = narrowing.proposed_by.strip()
    if narrowing.conferral is not None and narrowing.conferral.case_id != row.case_id:
        raise Refused(_("Choose a conference of this case."), field="conferral")
    _must_fit(narrowing, row)
    last = Narrowing.objects.filter(row=row).aggregate(last=Max("number"))["last"] or 0
    narrowing.number, narrowing.recorded_by, narrowing.superseded = last + 1, by, False
    # Constraints are left to the checks above, which say what to do: the one in force is superseded only below.
    narrowing.full_clean(exclude=["row", "recorded_by"], validate_constraints=False)
    if narrowing.agreed_on is not None:
        _supersede(row, narrowing)
    narrowing.save()
    return narrowing


def text_in_force(row: RequestRow) -> str:
    """Return what a request asks for now: the agreed narrower text, or what was served."""
    agreed = narrowings_in_force([row]).get(row.pk)
    return agreed.text if agreed is not None else served_text(row)


def narrowings_in_force(rows: Iterable[RequestRow]) -> dict[int, Narrowing]:
    """Return, by row, the agreed narrower text in force (one query); rows that stand as served are left out."""
    wanted = [row.pk for row in rows]
    found = Narrowing.objects.filter(row__in=wanted, agreed_on__isnull=False, superseded=False)
    return {narrowing.row_id: narrowing for narrowing in found}


def told_of(narrowing: Narrowing) -> dict[str, object]:
    """Return what a narrowing says, for the record of events."""
    names = ("number", "text", "proposed_by", "proposed_on", "agreed_by", "agreed_on", "source")
    told: dict[str, object] = {name: str(getattr(narrowing, name)) for name in names if getattr(narrowing, name)}
    return {"row": narrowing.row_id, **told}


def _locked(pk: int) -> RequestRow:
    rows = RequestRow.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("case__court", *WITH_TEXTS).get(pk=pk)


def _must_fit(narrowing: Narrowing, row: RequestRow) -> None:
    law = CourtLaw(row.case.court)
    if not narrowing.text.strip():
        raise Refused(_("Write the narrower text."), field="text")
    if not narrowing.proposed_by:
        raise Refused(_("Say who proposed it."), field="proposed_by")
    must_follow_service([row], narrowing.proposed_on, "proposed_on")
    must_be_past(narrowing.proposed_on, law, "proposed_on")
    if narrowing.agreed_on is not None:
        if not narrowing.agreed_by:
            raise Refused(_("Say who agreed to it."), field="agreed_by")
        if narrowing.agreed_on < narrowing.proposed_on:
            raise Refused(_("It cannot have been agreed before it was proposed. Check both days."), field="agreed_on")
        must_be_past(narrowing.agreed_on, law, "agreed_on")
    elif narrowing.agreed_by:
        raise Refused(_("Say on which day it was agreed."), field="agreed_on")
    all_printable(narrowing)
    if _even(narrowing.text) == _even(text_in_force(row)):
        raise Refused(_("This is the text in force already, word for word."), field="text")


def _supersede(row: RequestRow, newer: Narrowing) -> None:
    """Take the text in force out of force. Raises Refused when it was agreed later than the one that is to take its place."""
    current = narrowings_in_force([row]).get(row.pk)
    if current is None:
        return
    assert current.agreed_on is not None
    assert newer.agreed_on is not None
    if newer.agreed_on < current.agreed_on:
        raise Refused(
            _("A text that was agreed later, on %(day)s, is in force. Check the day.")
            % {"day": formats.date_format(current.agreed_on)},
            field="agreed_on",
        )
    current.superseded = True
    claim_revision(current, None)
    current.save(update_fields=["superseded"])


def _even(text: str) -> str:
    """Return a text with its white space made even: line breaks are no difference between two texts."""
    return " ".join(text.split())
