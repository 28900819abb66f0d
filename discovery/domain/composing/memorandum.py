"""Composing the memorandum of points and authorities of a motion to compel, where a motion is several papers: California."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from discovery.domain.composing.authorities import listing_of
from discovery.domain.composing.dispute_papers import against_of, frame_of, must_be_ours, no_requests
from discovery.domain.composing.hearing import hearing_lines
from discovery.domain.composing.motion_papers import compelled_by, rules_for
from discovery.domain.composing.outline import TO_STATE, conferences_told, told_of_service
from discovery.domain.composing.printed import possessive, stamped, verb_after
from discovery.domain.disputes.limits import limit_of
from discovery.domain.disputes.quoted import DisputedLine, lines_of
from discovery.domain.disputes.summaries import summary_apart
from discovery.domain.errors import Refused
from discovery.enums import PaperKind
from discovery.law.motions import Compelled, MotionRules
from discovery.models import Dispute
from discovery.papers.dispute_papers import OUTLINE_PARTS, OutlinePaper, OutlinePart


def compose_memorandum(dispute: Dispute, paper: str = PaperKind.MEMORANDUM.value) -> OutlinePaper:
    """Return the snapshot of a memorandum of points and authorities.

    Cal. Rules of Court, rule 3.1113(b): a statement of facts, a concise statement of the law, evidence and arguments relied on, and
    a discussion of what is cited; (f): beyond 15 pages an opening summary of argument, which may stand in a shorter one as well
    (confirmed, text of the rule). The requests stand in the separate statement.
    Raises Refused for the other side's motion, no requests, a court that knows no such paper or is not recorded, requests to which
    its code compels no answer.
    """
    must_be_ours(dispute)
    court = dispute.case.court
    rules = rules_for(court)
    if paper not in rules.papers:
        raise Refused(
            _("In %(court)s the memorandum is part of the motion: make the outline of the motion.") % {"court": court.short_name}
        )
    lines = lines_of(dispute, no_requests())
    sections = compelled_by(rules, lines)
    caption, counsel, signature = frame_of(dispute)
    against = against_of(dispute, lines)
    parts = _parts(dispute, lines, rules, sections, against)
    motion = f"{possessive(dispute.moved_by)} motion to compel further responses from {against}"
    return OutlinePaper(
        paper=paper,
        language=court.language,
        document_title=f"Memorandum of points and authorities: {dispute.title}",
        parts=OUTLINE_PARTS,
        caption=replace(caption, extra_lines=(*hearing_lines(dispute), *caption.extra_lines)),
        counsel=counsel,
        title=f"MEMORANDUM OF POINTS AND AUTHORITIES IN SUPPORT OF {motion.upper()}",
        before=parts,
        requests_heading="",
        requests=(),
        after=(),
        signature=signature,
        authorities=listing_of(parts, (), (), list(dispute.authorities.all())).printed,
        limit=limit_of(dispute) or 0,
        submitted=dispute.submitted_on is not None,
        created=stamped(dispute.changed_at),
    )


def _parts(
    dispute: Dispute, lines: list[DisputedLine], rules: MotionRules, sections: tuple[Compelled, ...], against: str
) -> tuple[OutlinePart, ...]:
    summary, introduction = summary_apart(dispute.introduction)
    facts = [told_of_service(dispute, lines)]
    if introduction:
        facts.append(introduction)
    facts.append(_conferral(dispute, lines))
    law = [*rules.standard, *(_compels(one) for one in sections)]
    parts = [
        *([OutlinePart("SUMMARY OF ARGUMENT", (summary,))] if summary else []),
        OutlinePart("STATEMENT OF FACTS", tuple(facts), conferences_told(dispute, lines)),
        OutlinePart("STATEMENT OF LAW", tuple(law)),
        OutlinePart("EVIDENCE", (_evidence(dispute),)),
        OutlinePart("ARGUMENT", _argument(dispute, lines)),
    ]
    if any(one.good_cause for one in sections):
        parts.append(_good_cause(lines, sections))
    mover = dispute.moved_by.strip()
    asks = (
        f"{mover} {verb_after(mover, 'ask', 'asks')} that the motion be granted and {against} ordered to serve further responses."
    )
    parts.append(OutlinePart("CONCLUSION", (dispute.closing if dispute.closing.strip() else asks,)))
    return tuple(parts)


def _compels(one: Compelled) -> str:
    return f"The Court may compel a further response where {one.grounds}. Code Civ. Proc., § {one.section}."


def _conferral(dispute: Dispute, lines: list[DisputedLine]) -> str:
    # Code Civ. Proc. 2016.040: the declaration states facts showing a reasonable and good faith attempt (law/rules.md section 3).
    if conferences_told(dispute, lines):
        return "Counsel conferred before this motion was made, Code Civ. Proc., § 2016.040:"
    return "[No conference on these requests is on record. The motion must show one, Code Civ. Proc., § 2016.040.]"


def _evidence(dispute: Dispute) -> str:
    mover = dispute.moved_by.strip()
    return (
        f"{mover} {verb_after(mover, 'rely', 'relies')} on the declaration filed with this motion, on the separate statement (Cal. "
        "Rules of Court, rule 3.1345), and on the requests and responses set out in it."
    )


def _argument(dispute: Dispute, lines: list[DisputedLine]) -> tuple[str, ...]:
    """Return the argument: what was written for the whole, then on each request, whose heading runs in."""
    said = [dispute.our_statement] if dispute.our_statement.strip() else []
    said += [f"*{line.heading}.* {line.our_position.strip()}" for line in lines if line.our_position.strip()]
    return tuple(said) or (TO_STATE,)


def _good_cause(lines: list[DisputedLine], sections: tuple[Compelled, ...]) -> OutlinePart:
    cause = next(one for one in sections if one.good_cause)
    told = f"Specific facts show good cause for the discovery sought, Code Civ. Proc., § {cause.section}(b)(1):"
    asked = [line for line in lines if line.row.demand.kind == cause.kind]
    return OutlinePart("GOOD CAUSE", (told,), tuple(f"{line.heading}: {TO_STATE}" for line in asked))
