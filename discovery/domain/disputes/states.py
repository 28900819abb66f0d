"""Where a dispute may go from where it is, and what its kind offers. Nobody writes `status` but `move_dispute`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.enums import DisputeKind, DisputeStatus, PaperKind
from discovery.models import Dispute

ALLOWED: dict[str, tuple[str, ...]] = {
    DisputeStatus.DRAFT.value: (
        DisputeStatus.READY.value,
        DisputeStatus.SUBMITTED.value,  # what the other side sent or filed: we do not make it ready
        DisputeStatus.RESOLVED.value,
        DisputeStatus.WITHDRAWN.value,
    ),
    DisputeStatus.READY.value: (
        DisputeStatus.DRAFT.value,
        DisputeStatus.SUBMITTED.value,
        DisputeStatus.RESOLVED.value,
        DisputeStatus.WITHDRAWN.value,
    ),
    DisputeStatus.SUBMITTED.value: (
        DisputeStatus.DECIDED.value,
        DisputeStatus.RESOLVED.value,
        DisputeStatus.WITHDRAWN.value,
    ),
    DisputeStatus.DECIDED.value: (DisputeStatus.SUBMITTED.value,),  # a ruling that was corrected leaves it open again
    DisputeStatus.RESOLVED.value: (),
    DisputeStatus.WITHDRAWN.value: (),
}

LETTERS = (DisputeKind.DEFICIENCY_LETTER.value, DisputeKind.CONFERRAL_LETTER.value)
"""What goes to the other side and not to the court: no conference has to come before it, and no ruling follows it."""
BY_THE_RESPONDER = (DisputeKind.MOTION_TO_QUASH.value, DisputeKind.PROTECTIVE_ORDER.value)
"""Motions of who must answer, Fed. R. Civ. P. 26(c), 45(d)(3)."""
PAPERS: dict[str, tuple[str, ...]] = {
    DisputeKind.DEFICIENCY_LETTER.value: (PaperKind.DEFICIENCY_LETTER.value,),
    DisputeKind.CONFERRAL_LETTER.value: (PaperKind.CONFERRAL_LETTER.value,),
    DisputeKind.JOINT_LETTER.value: (PaperKind.JOINT_LETTER.value, PaperKind.DISPUTE_CHART.value),
    DisputeKind.MOTION_TO_COMPEL.value: (
        PaperKind.MOTION_OUTLINE.value,
        PaperKind.NOTICE_OF_MOTION.value,
        PaperKind.PROPOSED_ORDER.value,
        PaperKind.SEPARATE_STATEMENT.value,
        PaperKind.DISPUTE_CHART.value,
    ),
    # The separate statement is of who moves for answers; these two move against them.
    DisputeKind.MOTION_TO_QUASH.value: (PaperKind.DISPUTE_CHART.value,),
    DisputeKind.PROTECTIVE_ORDER.value: (PaperKind.DISPUTE_CHART.value,),
}
"""The papers that each kind offers, its own first: those of a motion to compel for all that ask for answers."""


def move_dispute(dispute: Dispute, to: DisputeStatus) -> None:
    """Change the status of the stored row and of the object, if the table allows it from where the row stands now.

    Raises Refused, saying where the dispute is, otherwise; of two who move at once the second is refused.
    """
    sources = [origin for origin, targets in ALLOWED.items() if to.value in targets]
    moved = Dispute.objects.filter(pk=dispute.pk, status__in=sources).update(status=to.value)
    dispute.refresh_from_db(fields=["status"])
    if not moved:
        raise Refused(
            _("This is “%(now)s”; it cannot become “%(wanted)s” from there.")
            % {"now": dispute.get_status_display(), "wanted": _(to.label)}
        )
