"""Composing the notice of a motion to compel and the order that goes with it: a dispute's rows -> snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from discovery.domain.composing.dispute_papers import against_of, frame_of, must_be_ours, no_requests
from discovery.domain.composing.hearing import before_judge, hearing_lines, judge_of, when_and_where
from discovery.domain.composing.letters import COUNTED
from discovery.domain.composing.outline import (
    AskedFor,
    asked_for,
    certificate_of,
    conferences_told,
    court_of_compliance,
    in_court,
    only_documents,
    standard_of,
)
from discovery.domain.composing.printed import in_a_sentence, possessive, printed_date, stamped, verb_after
from discovery.domain.disputes.limits import motion_rules_of
from discovery.domain.disputes.quoted import DisputedLine, lines_of
from discovery.domain.errors import Refused
from discovery.enums import DemandKind, DisputeKind, PaperKind
from discovery.law.motions import Compelled, MotionRules
from discovery.models import Court, Dispute
from discovery.papers.motion_papers import (
    NOTICE_PARTS,
    ORDER_PARTS,
    AskedRequest,
    NoticeOfMotionPaper,
    NoticePart,
    ProposedOrderPaper,
)
from discovery.papers.snapshots import Caption, CounselBlock, Signature

BLANK = "____________________"


@dataclass(frozen=True, slots=True)
class _Motion:
    """What both papers are composed from."""

    dispute: Dispute
    lines: list[DisputedLine]
    court: Court
    compliance: Court | None
    rules: MotionRules
    against: str
    mover: str
    caption: Caption
    counsel: CounselBlock
    signature: Signature

    @property
    def compels(self) -> str:
        """What is to be compelled, in capitals as titles have it."""
        return "PRODUCTION OF DOCUMENTS" if self.federal and only_documents(self.lines) else "FURTHER RESPONSES"

    @property
    def rule(self) -> str:
        """Under which rule the motion is made, as running text names it."""
        if self.federal:
            return f"{standard_of(self.lines, self.compliance)[0]} of the Federal Rules of Civil Procedure"
        sections = [one.section for one in compelled_by(self.rules, self.lines)]
        told = in_a_sentence(sections)
        return f"California Code of Civil Procedure {'section' if len(sections) == 1 else 'sections'} {told}"

    @property
    def federal(self) -> bool:
        """Whether it is made under the Federal Rules."""
        return not self.rules.compel


def compose_notice(dispute: Dispute, paper: str = PaperKind.NOTICE_OF_MOTION.value) -> NoticeOfMotionPaper:
    """Return the snapshot of a notice of motion to compel.

    N.D. Cal. Civ. L.R. 7-2(b) asks for day and hour of the hearing on the first page and in the first paragraph, and for a
    concise statement of the relief in the second (expert knowledge, verify). Raises Refused for the other side's motion, another
    kind of dispute, no requests, and a court whose rules on motions are not recorded.
    """
    motion = _motion(dispute)
    title = (
        f"{possessive(motion.mover).upper()} NOTICE OF MOTION AND MOTION TO COMPEL {motion.compels} FROM {motion.against.upper()}"
    )
    return NoticeOfMotionPaper(
        paper=paper,
        language=dispute.case.court.language,
        document_title=f"Notice of motion: {dispute.title}",
        parts=NOTICE_PARTS,
        caption=motion.caption,
        counsel=motion.counsel,
        title=title,
        addressed_to=f"TO {motion.against.upper()}, TO ALL PARTIES, AND TO THEIR COUNSEL OF RECORD:",
        notice=_notice(motion),
        relief_heading="STATEMENT OF RELIEF SOUGHT" if motion.federal else "RELIEF SOUGHT",
        relief=_relief(motion),
        asked=tuple(_asked(told) for told in asked_for(motion.lines)),
        further=(_grounds(motion), _conferral(motion), _papers(motion)),
        signature=motion.signature,
        submitted=dispute.submitted_on is not None,
        created=stamped(dispute.changed_at),
    )


def compose_order(dispute: Dispute, paper: str = PaperKind.PROPOSED_ORDER.value) -> ProposedOrderPaper:
    """Return the snapshot of the proposed order (N.D. Cal. Civ. L.R. 7-2(c): one goes with each motion; expert knowledge, verify).

    It grants what is asked for and leaves to the court by when; only the judge signs. Raises Refused as `compose_notice`.
    """
    motion = _motion(dispute)
    name, title = judge_of(dispute, motion.court)
    heard = f"came on for hearing on {printed_date(dispute.hearing_on) or BLANK}"
    return ProposedOrderPaper(
        paper=paper,
        language=dispute.case.court.language,
        document_title=f"[Proposed] order: {dispute.title}",
        parts=ORDER_PARTS,
        caption=motion.caption,
        counsel=motion.counsel,
        title=f"[PROPOSED] ORDER GRANTING {possessive(motion.mover).upper()} MOTION TO COMPEL {motion.compels} FROM "
        f"{motion.against.upper()}",
        recital=(
            f"The motion of {motion.mover} to compel {motion.compels.lower()} from {motion.against} {heard}. Having considered the "
            "papers submitted and the arguments of counsel, and good cause appearing, the Court GRANTS the motion and ORDERS as "
            "follows:"
        ),
        ordered=tuple(_granted(line) for line in motion.lines),
        further=(_expenses(motion),),
        judge=name,
        judge_title=title,
        submitted=dispute.submitted_on is not None,
        created=stamped(dispute.changed_at),
    )


def _motion(dispute: Dispute) -> _Motion:
    must_be_ours(dispute)
    if dispute.kind != DisputeKind.MOTION_TO_COMPEL:
        raise Refused(
            _("Only a motion has a notice and a proposed order; “%(dispute)s” is a letter. Start a motion with these requests.")
            % {"dispute": dispute}
        )
    lines = lines_of(dispute, no_requests())
    home = dispute.case.court
    rules = rules_for(home)
    compelled_by(rules, lines)
    compliance = None if rules.compel else court_of_compliance(lines)
    caption, counsel, signature = frame_of(dispute)
    if compliance is not None:
        caption = in_court(caption, compliance, dispute)
    return _Motion(
        dispute=dispute,
        lines=lines,
        court=compliance or home,
        compliance=compliance,
        rules=rules,
        against=against_of(dispute, lines),
        mover=dispute.moved_by.strip(),
        caption=replace(caption, extra_lines=(*hearing_lines(dispute), *caption.extra_lines)),
        counsel=counsel,
        signature=signature,
    )


def rules_for(court: Court) -> MotionRules:
    """Return what a court asks of a motion to compel. Raises Refused where that is not recorded."""
    rules = motion_rules_of(court)
    if rules is None:
        raise Refused(
            _("What %(court)s asks of a notice of motion is not recorded in this release. Write this paper outside of it.")
            % {"court": court.short_name}
        )
    return rules


def compelled_by(rules: MotionRules, lines: list[DisputedLine]) -> tuple[Compelled, ...]:
    """Return the sections under which further responses are compelled, in order; none under the Federal Rules.

    Raises Refused for a demand whose response no such section compels.
    """
    if not rules.compel:
        return ()
    try:
        found = {rules.section_of(line.row.demand.kind) for line in lines}
    except LookupError as error:
        raise Refused(
            _("Here this motion is for requests to parties, %(sections)s. Take the others out.")
            % {"sections": f"Code Civ. Proc. {', '.join(one.section for one in rules.compel)}"}
        ) from error
    return tuple(sorted(found, key=lambda one: one.section))


def _notice(motion: _Motion) -> str:
    before = before_judge(motion.dispute, motion.court)
    moved = (
        f"PLEASE TAKE NOTICE that on {when_and_where(motion.dispute, motion.court)}{before}, {motion.mover} will and hereby "
        f"{verb_after(motion.mover, 'do', 'does')} move under {motion.rule} for an order compelling {motion.against} "
    )
    if motion.federal:
        return f"{moved}as set out below."
    # CRC 3.1110(a): the opening paragraph states the nature of the order and the grounds for it (confirmed, text of the rule).
    grounds = "; ".join(dict.fromkeys(one.grounds for one in compelled_by(motion.rules, motion.lines)))
    return f"{moved}to serve further responses as set out below, on the ground that {grounds}."


def _relief(motion: _Motion) -> str:
    number = len(motion.lines)
    counted = COUNTED[number] if number < len(COUNTED) else str(number)
    these = "the following request" if number == 1 else f"the following {counted} requests"
    return f"{motion.mover} {verb_after(motion.mover, 'ask', 'asks')} for an order on {these}:"


def _asked(told: AskedFor) -> AskedRequest:
    line = told.lines[0]
    return AskedRequest(told.headings, told.proposal or f"An order that {told.order}.", line.narrowed, line.narrowed_how)


def _granted(line: DisputedLine) -> AskedRequest:
    whom = line.row.demand.responding_party.person.name
    if line.proposal.strip():
        told = f"The motion is GRANTED on this request. By {BLANK}, {whom} shall comply as follows:"
        return AskedRequest(line.heading, f"{told}\n{line.proposal.strip()}", line.narrowed, line.narrowed_how)
    act = "produce all documents responsive to it" if _of_documents(line) else "answer it in full"
    told = f"The motion is GRANTED on this request. {whom} shall {act}{', as narrowed,' if line.narrowed else ''} by {BLANK}."
    return AskedRequest(line.heading, told, line.narrowed, line.narrowed_how)


def _of_documents(line: DisputedLine) -> bool:
    return line.row.demand.kind in {DemandKind.RFP.value, DemandKind.SUBPOENA_DOCUMENTS.value}


def _grounds(motion: _Motion) -> NoticePart:
    unanswered = [line.heading for line in motion.lines if not line.answers]
    if not motion.federal:
        sections = compelled_by(motion.rules, motion.lines)
        told = " ".join(f"Under Code Civ. Proc., § {one.section}, {one.grounds}." for one in sections)
        causes = [one.section for one in sections if one.good_cause]
        if causes:
            told += f" Good cause for the discovery is shown in the memorandum, Code Civ. Proc., § {causes[0]}(b)(1)."
        silent = "No response was served to {}."
    else:
        told = (
            "Each request seeks nonprivileged matter that is relevant to a claim or defense and proportional to the needs of the "
            "case, Fed. R. Civ. P. 26(b)(1)."
        )
        # Rule 37(a)(3)(B)(i)-(iv) speaks of parties; of a subpoena 45(d)(2)(B)(i) (law/rules.md section 1, MTC).
        silent = "No response was served to {}" + (
            ", Fed. R. Civ. P. 45(d)(2)(B)(i)." if motion.compliance is not None else ", Fed. R. Civ. P. 37(a)(3)(B)."
        )
        if motion.compliance is None and len(unanswered) < len(motion.lines):
            told += " An evasive or incomplete response is treated as a failure to respond, Fed. R. Civ. P. 37(a)(4)."
    points = (silent.format(", ".join(unanswered)),) if unanswered else ()
    return NoticePart("GROUNDS", (told,), points)


def _conferral(motion: _Motion) -> NoticePart:
    """Return the certification of Fed. R. Civ. P. 37(a)(1), in California the word of the declaration, Code Civ. Proc. 2016.040."""
    if motion.federal:
        part = certificate_of(motion.dispute, motion.lines, motion.against)
        return NoticePart(part.heading, part.paragraphs, part.points)
    held = conferences_told(motion.dispute, motion.lines)
    told = (
        "The declaration filed with this motion states facts showing a reasonable and good faith attempt at an informal resolution "
        "of each issue, Code Civ. Proc., § 2016.040"
    )
    if held:
        return NoticePart("MEET AND CONFER", (f"{told}, at these conferences among others:",), held)
    return NoticePart("MEET AND CONFER", (f"{told}.", "[No conference on these requests is on record.]"))


def _papers(motion: _Motion) -> NoticePart:
    with_it = ["this notice", "the memorandum of points and authorities"]
    if motion.federal:
        with_it += ["the declaration on the conferences of counsel", "the proposed order"]
    else:
        # The separate statement: Cal. Rules of Court, rule 3.1345 (law/rules.md section 6).
        with_it += ["the declaration", "the separate statement", "the proposed order"]
    told = f"This motion is based on {', '.join(with_it)}, the record of this action, and what is presented at the hearing."
    return NoticePart("PAPERS", (told,))


def _expenses(motion: _Motion) -> str:
    # Rule 37(a)(5) does not reach Rule 45: there 45(d)(2)(B)(ii) (law/rules.md section 1, MTC).
    if motion.compliance is not None:
        return f"Terms that protect the non-party from significant expense, Fed. R. Civ. P. 45(d)(2)(B)(ii): {BLANK}{BLANK}"
    if motion.federal:
        return f"Reasonable expenses of the motion, Fed. R. Civ. P. 37(a)(5)(A): {BLANK}{BLANK}"
    return f"Further orders: {BLANK}{BLANK}"
