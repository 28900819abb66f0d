"""Whether a dispute may be declared ready, and what its papers came to (law/rules.md section 4, checks 17 and 18)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.composing.letters import disputed_of
from discovery.domain.conferrals.conferring import rows_without_conferral
from discovery.domain.disputes.limits import limit_of, motion_rules_of, over_the_limit
from discovery.domain.disputes.states import LETTERS, PAPERS
from discovery.domain.disputes.summaries import lacks_summary
from discovery.domain.errors import Refused
from discovery.enums import DisputeKind, DraftState
from discovery.models import Dispute, Draft
from discovery.papers.snapshots import digest, to_json


def offered_papers(dispute: Dispute) -> list[str]:
    """Return the kinds of paper that this release makes of such a dispute, its own first.

    Of a motion to compel those that its court's rules know (law.motions): a separate statement and a memorandum of their own are
    papers of the courts of California. Where nothing is recorded, what the dispute's kind offers.
    """
    rules = motion_rules_of(dispute.case.court) if dispute.kind == DisputeKind.MOTION_TO_COMPEL else None
    papers = rules.papers if rules is not None else PAPERS[dispute.kind]
    return [paper for paper in papers if paper in COMPOSERS]


def own_paper(dispute: Dispute) -> str | None:
    """Return the dispute's own paper, the first that it is offered; None for none."""
    return next(iter(offered_papers(dispute)), None)


def newest_paper(dispute: Dispute) -> Draft | None:
    """Return the newest finished draft of the dispute's own paper (1 query)."""
    own = own_paper(dispute)
    found = Draft.objects.filter(dispute=dispute, paper=own, state=DraftState.READY.value)
    return found.order_by("-queued_at", "-pk").first()


def is_of_present_text(dispute: Dispute, draft: Draft) -> bool:
    """Whether a draft was made of exactly what the dispute says now."""
    try:
        snapshot = COMPOSERS[draft.paper].compose(dispute, draft.paper)
    except Refused:
        return False
    return draft.snapshot_id == digest(to_json(snapshot))


def lacks(dispute: Dispute) -> list[str]:
    """Return what stands between a draft and being ready, each a sentence that says what to do; empty when nothing does."""
    entries = disputed_of(dispute)
    if not entries:
        return [_("No request is in it. Add the requests that it is about first.")]
    found = []
    if dispute.kind not in LETTERS:
        alone = rows_without_conferral([entry.row for entry in entries])
        if alone:
            numbers = ", ".join(f"{row.demand.responding_party} {row.number}" for row in alone)
            found.append(
                _("No live conference is on record on: %(rows)s. Letters do not count; record the conference first.")
                % {"rows": numbers}
            )
    if limit_of(dispute) is not None:
        found += _pages_lack(dispute)
    return found


def _pages_lack(dispute: Dispute) -> list[str]:
    draft = newest_paper(dispute)
    if draft is None or not is_of_present_text(dispute, draft):
        return [_("The page limit is checked on the finished PDF: make the PDF of the present text first.")]
    over = over_the_limit(draft.measured)
    if over:
        return [f"{over} {_('Shorten the statements, or set the limit that the court allowed.')}"]
    return list(filter(None, [lacks_summary(dispute, draft.measured)]))
