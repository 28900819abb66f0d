"""Recording a motion that others made, or that was made on paper elsewhere: to quash, for a protective order, to compel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from discovery.domain.attachments import keep_attachment
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.disputes.ruling import BEFORE_THE_COURT
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, DeadlineKind, DeadlineState, DisputeKind, DisputeStatus
from discovery.models import Case, Deadline, Demand, Dispute, DisputedRequest, RequestRow

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

RULES = {
    DisputeKind.MOTION_TO_QUASH.value: "Fed. R. Civ. P. 45(d)(3)",
    DisputeKind.PROTECTIVE_ORDER.value: "Fed. R. Civ. P. 26(c)",
    DisputeKind.MOTION_TO_COMPEL.value: "Fed. R. Civ. P. 37(a), 45(d)(2)(B)(i)",
    DisputeKind.JOINT_LETTER.value: "Fed. R. Civ. P. 37(a)(1)",
}
BEFORE = {
    # "On timely motion" (Rule 45(d)(3)(A)): as a rule before the time for compliance (law/rules.md section 1, SUBP_DOC).
    DisputeKind.MOTION_TO_QUASH.value: (DeadlineKind.COMPLIANCE.value,),
    # Before the response or the compliance is due (law/rules.md section 1, PO).
    DisputeKind.PROTECTIVE_ORDER.value: (DeadlineKind.RESPONSE.value, DeadlineKind.COMPLIANCE.value),
}
"""What a kind of motion should come before."""


@verb
def record_motion(
    dispute: Dispute, rows: Iterable[RequestRow], submitted_on: date | None, *, by: User, upload: Upload | None = None
) -> Dispute:
    """Record a motion as filed on a day, with its docket entry and paper; `rows` are the requests it is about, none for the whole.

    `dispute` is new, with its case, kind, title, side and who moved. Raises Refused for a letter (which is drafted here), no day or
    one ahead, requests of another case or of several responding parties where one is named; ValidationError. Whether it was timely
    is for the court to say: see `untimely`.
    """
    chosen = list(rows)
    # Two who record at once number one after the other.
    case = Case.objects.select_for_update(of=("self",)).select_related("court").get(pk=dispute.case_id)
    law = CourtLaw(case.court)
    _must_fit(dispute, chosen, submitted_on, law)
    assert submitted_on is not None, "_must_fit asked for the day."
    last = Dispute.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    dispute.case, dispute.number, dispute.recorded_by = case, last + 1, by
    dispute.status, dispute.submitted_on = DisputeStatus.SUBMITTED.value, submitted_on
    dispute.dated = dispute.dated or submitted_on
    if upload is not None:
        dispute.paper = keep_attachment(case, upload, by=by, field="upload")
    dispute.full_clean(exclude=["recorded_by"])
    dispute.save()
    DisputedRequest.objects.bulk_create(
        DisputedRequest(dispute=dispute, row=row, position=position) for position, row in enumerate(chosen, start=1)
    )
    details = {
        "kind": dispute.kind,
        "side": dispute.side,
        "rule": RULES[dispute.kind],
        "rows": [row.pk for row in chosen],
        "docket_entry": dispute.docket_entry,
        "after": [f"{one.title}: {one.due_on}" for one in untimely(dispute)],
    }
    told = {name: value for name, value in details.items() if value}
    moment: datetime = noon(submitted_on, law)
    record(Act.DISPUTE_SUBMITTED, dispute, case=case, by=by, summary=lambda: str(dispute), details=told, happened_at=moment)
    return dispute


def untimely(dispute: Dispute) -> list[Deadline]:
    """Return the due dates that a motion should have come before and did not: a warning, the court decides (1 query).

    A motion to quash must be timely, Rule 45(d)(3)(A); the day that counts is the one that stands now, extensions included.
    """
    kinds = BEFORE.get(dispute.kind)
    if kinds is None or dispute.submitted_on is None:
        return []
    demands = Demand.objects.filter(rows__disputed__dispute=dispute)
    if not demands.exists() and dispute.responding_party_id is not None:
        demands = Demand.objects.filter(case=dispute.case_id, responding_party=dispute.responding_party_id)
    missed = Deadline.objects.filter(demand__in=demands.values("pk"), kind__in=kinds, due_on__lt=dispute.submitted_on)
    return list(
        missed.exclude(state=DeadlineState.VOID.value).select_related("demand__responding_party__person").order_by("due_on")
    )


def _must_fit(dispute: Dispute, rows: list[RequestRow], submitted_on: date | None, law: CourtLaw) -> None:
    if dispute.kind not in BEFORE_THE_COURT:
        raise Refused(_("A letter to the other side is started among the disputes and sent from there."), field="kind")
    if submitted_on is None:
        raise Refused(_("Say on which day it was filed."), field="submitted_on")
    must_be_past(submitted_on, law, "submitted_on")
    if any(row.case_id != dispute.case_id for row in rows):
        raise Refused(_("Choose among the requests of this case."), field="rows")
    party = dispute.responding_party
    if party is not None and party.case_id != dispute.case_id:
        raise Refused(_("Choose a responding party of this case."), field="responding_party")
    parties = {row.demand.responding_party_id: row.demand.responding_party for row in rows}
    if party is not None and set(parties) - {party.pk}:
        raise Refused(
            _("Some of these requests went to others than %(party)s. Take them away, or leave the responding party empty.")
            % {"party": party},
            field="rows",
        )
    if party is None and len(parties) == 1:
        dispute.responding_party = next(iter(parties.values()))
    all_printable(dispute)
