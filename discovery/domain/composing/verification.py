"""Composing the verification of our response as a paper of its own, for the party to sign."""

from __future__ import annotations

from django.utils.translation import gettext as _

from discovery.domain.answers.by_request import is_ours
from discovery.domain.composing.printed import caption_of, counsel_block, stamped
from discovery.domain.composing.response import attorneys_for_of, title_of, verification_of
from discovery.domain.errors import Refused
from discovery.enums import PaperKind, PersonKind
from discovery.models import Response
from discovery.papers.verification import PARTS, VerificationPaper


def compose_verification(response: Response, paper: str = PaperKind.VERIFICATION.value) -> VerificationPaper:
    """Return the snapshot of a verification. Raises Refused for the other side's response, and where none is sworn to."""
    demand, signer = response.demand, response.signer
    if not is_ours(demand):
        raise Refused(_("This response is the other side’s; they verify it."))
    text = verification_of(response)
    if not text:
        raise Refused(_("This response is not sworn to: it holds objections alone, or this court does not ask for it."))
    case, person = demand.case, demand.responding_party.person
    title = f"VERIFICATION OF {title_of(response)}"
    return VerificationPaper(
        paper=paper,
        language=case.court.language,
        document_title=f"{title} – {case.name}, No. {case.docket_number}",
        parts=PARTS,
        caption=caption_of(case),
        counsel=counsel_block(case, signer, attorneys_for_of(response)),
        title=title,
        text=text,
        verified_by=person.name if person.kind == PersonKind.NATURAL else "",
        created=stamped(response.changed_at),
    )
