"""What the page of a dispute shows: its requests with what was said on each, what is missing, its papers with their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from discovery.domain.composing.letters import disputed_of
from discovery.domain.conferrals.conferring import rows_without_conferral
from discovery.domain.disputes.authorities import authorities_advice, authorities_of
from discovery.domain.disputes.hearings import hearing_advice
from discovery.domain.disputes.limits import format_of, limit_of, over_the_limit, page_words, unequal
from discovery.domain.disputes.readiness import is_of_present_text, lacks, offered_papers, own_paper, silent_on
from discovery.domain.disputes.states import LETTERS
from discovery.domain.redline import Piece, redline
from discovery.domain.service.rows import with_texts
from discovery.enums import DeadlineKind, DeadlineState, DisputeKind, DisputeStatus, PaperKind, Side
from discovery.models import Deadline, Dispute, DisputedRequest, Draft, Narrowing, RequestResponse, Ruling
from discovery.staff.cited import shown_groups

PAPERS_SHOWN = 10
NEXT = {
    DisputeKind.DEFICIENCY_LETTER.value: DisputeKind.CONFERRAL_LETTER.value,
    DisputeKind.CONFERRAL_LETTER.value: DisputeKind.JOINT_LETTER.value,
}
"""What usually comes next with the same requests."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One request of a dispute."""

    entry: DisputedRequest
    heading: str
    text: str
    narrowed: list[Piece]
    narrowing: Narrowing | None
    answer: RequestResponse | None
    conferred: bool
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class Made:
    """One paper with what its pages came to: `present` None when it is not the dispute's own paper."""

    draft: Draft
    pages: str
    over: bool
    present: bool | None


def shown_requests(dispute: Dispute) -> list[Shown]:
    """Return the requests in their order (6 queries)."""
    entries = disputed_of(dispute)
    rows = [entry.row for entry in entries]
    ids = [row.pk for row in rows]
    agreed = {
        one.row_id: one for one in Narrowing.objects.filter(row__in=ids, superseded=False, agreed_on__isnull=False).order_by("pk")
    }
    answers = RequestResponse.objects.filter(row__in=ids, current=True).prefetch_related("objections")
    said = {answer.row_id: answer for answer in answers}
    alone = {row.pk for row in rows_without_conferral(rows)}
    rulings = Ruling.objects.filter(dispute=dispute, superseded=False, row__isnull=False).select_related("order")
    ruled = {ruling.row_id: ruling for ruling in rulings}
    found = []
    for entry, (row, served) in zip(entries, with_texts(rows), strict=True):
        narrowing = agreed.get(row.pk)
        found.append(
            Shown(
                entry=entry,
                heading=served["heading"].rstrip(":. "),
                text=served["text"],
                narrowed=redline(served["text"], narrowing.text) if narrowing is not None else [],
                narrowing=narrowing,
                answer=said.get(row.pk),
                conferred=row.pk not in alone,
                ruling=ruled.get(row.pk),
            )
        )
    return found


def papers_of(dispute: Dispute) -> list[Made]:
    """Return the newest papers of a dispute; whether the newest of its own was made of just what it says now."""
    own = own_paper(dispute)
    drafts = Draft.objects.filter(dispute=dispute).select_related("requested_by", "case", "dispute").order_by("-queued_at", "-pk")
    found: list[Made] = []
    asked = False
    for draft in drafts[:PAPERS_SHOWN]:
        present: bool | None = None
        if draft.paper == own:
            present = False if asked else is_of_present_text(dispute, draft)
            asked = True
        found.append(Made(draft, page_words(draft.measured), bool(over_the_limit(draft.measured)), present))
    return found


def page_context(dispute: Dispute, *, may_edit: bool) -> dict[str, Any]:
    """Return what the page shows (a number of queries that does not depend on how many requests are in it)."""
    papers = papers_of(dispute)
    own = next((made for made in papers if made.present is not None), None)
    joint = dispute.kind == DisputeKind.JOINT_LETTER
    draft = dispute.status == DisputeStatus.DRAFT
    ours = dispute.side == Side.OURS
    open_now = dispute.status in {DisputeStatus.DRAFT, DisputeStatus.READY, DisputeStatus.SUBMITTED}
    requests = shown_requests(dispute)
    authorities = authorities_of(dispute)
    newest = own.draft if own is not None and own.present else None
    return {
        "dispute": dispute,
        "case": dispute.case,
        "may_edit": may_edit,
        "requests": requests,
        "next_kind": NEXT.get(dispute.kind, "") if not draft else "",
        "next_rows": ",".join(str(one.entry.row_id) for one in requests),
        "papers": papers,
        "own": own,
        "offered": [(paper, PaperKind(paper).label) for paper in offered_papers(dispute)],
        "format": format_of(dispute) if joint else None,
        "limit": limit_of(dispute),
        "lacks": lacks(dispute) if draft and ours else [],
        "think_of": [*silent_on(dispute), *hearing_advice(dispute)] if draft else [],
        "advice": unequal(own.draft.measured) if own is not None and own.present else "",
        "authorities": authorities,
        "authority_groups": shown_groups(authorities) if authorities is not None else [],
        "authorities_advice": authorities_advice(dispute, authorities, newest),
        "letter": dispute.kind in LETTERS,
        "last_day": last_day(dispute) if draft and dispute.kind not in LETTERS else None,
        "rulings_on_all": list(dispute.rulings.filter(row__isnull=True, superseded=False).select_related("order")),
        "may_change": may_edit and draft,
        "may_ready": may_edit and draft and ours,
        "may_reopen": may_edit and dispute.status == DisputeStatus.READY,
        "may_submit": may_edit and (dispute.status == DisputeStatus.READY or (draft and not ours)),
        "may_close": may_edit and open_now,
    }


def last_day(dispute: Dispute) -> Deadline | None:
    """Return the first open last day for discovery motions of the case, Civ. L.R. 37-3 among them."""
    rows = Deadline.objects.filter(
        case=dispute.case, kind=DeadlineKind.MOTION_CUTOFF.value, state=DeadlineState.OPEN.value, due_on__isnull=False
    )
    return rows.order_by("due_at").first()
