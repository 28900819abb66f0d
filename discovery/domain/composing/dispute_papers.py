"""Composing the chart of a dispute and the separate statement: rows -> snapshot. The outline of a motion is composed beside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from discovery.domain.composing.hearing import hearing_lines
from discovery.domain.composing.printed import (
    Marks,
    caption_of,
    counsel_block,
    in_a_sentence,
    possessive,
    signature_block,
    stamped,
    verb_after,
)
from discovery.domain.disputes.limits import motion_rules_of
from discovery.domain.disputes.quoted import NOT_ON_RECORD, Answer, DisputedLine, lines_of
from discovery.domain.errors import Refused
from discovery.enums import DisputeKind, PaperKind, Side
from discovery.models import Court, Dispute
from discovery.papers import dispute_papers as papers
from discovery.papers.snapshots import Caption, CounselBlock, NumberedItem, Signature

ASKED_OF = {
    DisputeKind.MOTION_TO_COMPEL.value,
    DisputeKind.JOINT_LETTER.value,
    DisputeKind.DEFICIENCY_LETTER.value,
    DisputeKind.CONFERRAL_LETTER.value,
}
"""Disputes in which somebody is asked to answer; in a motion to quash or for a protective order somebody asks not to."""

REFERENCE = re.compile(
    r"""
    \bsame\s+(?:reasons?\s+)?as\b
  | \bsee\s+(?:\w+\s+){0,4}?(?:above|below)\b
  | \bas\s+(?:stated|set\s+forth|set\s+out|explained|discussed|noted|described|argued)\s+(?:\w+\s+){0,4}?(?:above|below|earlier)\b
  | \bfor\s+the\s+(?:same\s+)?reasons?\s+(?:\w+\s+){0,3}?(?:above|below|earlier|previously)\b
  | \bsee\s+(?:also\s+)?(?:the\s+)?(?:reasons?|response|request|statement|argument|motion|memorandum|brief)\b
  | \bincorporat\w*\s+(?:\w+\s+){0,5}?by\s+(?:this\s+)?reference\b
  | \bibid\b | \bsupra\b | \binfra\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that send the reader elsewhere. Cal. Rules of Court, rule 3.1345(c): "Material must not be incorporated into the separate
statement by reference." (Quoted requests and responses may say so; the reasons may not.)"""


def compose_chart(dispute: Dispute, paper: str = PaperKind.DISPUTE_CHART.value) -> papers.ChartPaper:
    """Return the snapshot of the chart: request, its text as served, the responding party's final position (forms.md section 6).

    Raises Refused for a dispute without requests.
    """
    lines = lines_of(dispute, no_requests())
    case = dispute.case
    sides = f"{case.first_side.rstrip(' ,')} v. {case.second_side.rstrip(' ,')}"
    office = dispute.signer.attorney.firm.name if dispute.signer is not None else ""
    return papers.ChartPaper(
        paper=paper,
        language=case.court.language,
        document_title=f"Chart of requests in dispute: {dispute.title}",
        parts=papers.CHART_PARTS,
        case_line=f"{sides}, No. {case.docket_number}",
        court_line=", ".join(part for part in (case.court.title, case.court.district) if part),
        title="CHART OF REQUESTS IN DISPUTE",
        subject=dispute.title,
        rows=tuple(_chart_rows(lines)),
        submitted=dispute.submitted_on is not None,
        office=office,
        created=stamped(dispute.changed_at),
    )


def _chart_rows(lines: list[DisputedLine]) -> Iterable[papers.ChartRow]:
    first: dict[str, str] = {}
    theme = ""
    for line in lines:
        theme = line.theme or theme  # a theme stands over its row and those that follow
        position = line.final_position.strip()
        same = first.setdefault(" ".join(position.split()).casefold(), line.heading) if position else line.heading
        yield papers.ChartRow(
            theme=theme,
            request=line.heading,
            responder=line.row.demand.responding_party.person.name,
            text=line.text,
            narrowed=line.narrowed,
            narrowed_how=line.narrowed_how,
            position=position or (NOT_ON_RECORD if line.answers else "No response was served and no position stated."),
            same_as=same if same != line.heading else "",
        )


def compose_statement(dispute: Dispute, paper: str = PaperKind.SEPARATE_STATEMENT.value) -> papers.StatementPaper:
    """Return the snapshot of the separate statement (Cal. Rules of Court, rule 3.1345(c)).

    For each request its text, the text of every response and further response, and the reasons, all verbatim. Raises Refused for
    the other side's motion, a response whose words are not on record, a request without reasons, reasons that refer elsewhere.
    """
    must_be_ours(dispute)
    lines = lines_of(dispute, no_requests())
    for line in lines:
        _must_be_complete(line)
    mover = dispute.moved_by.strip()
    against = against_of(dispute, lines)
    motion = f"{possessive(mover)} MOTION TO COMPEL FURTHER RESPONSES FROM {against}"
    caption, counsel, signature = frame_of(dispute)
    # Where this release knows what a motion's papers say of its hearing; elsewhere once there is one.
    heard = hearing_lines(dispute) if dispute.hearing_on or motion_rules_of(dispute.case.court) else ()
    return papers.StatementPaper(
        paper=paper,
        language=dispute.case.court.language,
        document_title=f"Separate statement: {dispute.title}",
        parts=papers.STATEMENT_PARTS,
        caption=replace(caption, extra_lines=(*heard, *caption.extra_lines)),
        counsel=counsel,
        title=f"SEPARATE STATEMENT IN SUPPORT OF {motion.upper()}",
        introduction=(
            f"{_under(dispute.case.court)}{mover} {verb_after(mover, 'set', 'sets')} forth each request to "
            f"which a further response is asked for from {against}, the response to it, and the reasons for "
            "compelling a further response."
        ),
        definitions=_definitions(lines),
        requests=tuple(quoted(line, line.answers, with_objections=False) for line in lines),
        signature=signature,
        submitted=dispute.submitted_on is not None,
        created=stamped(dispute.changed_at),
    )


def _under(court: Court) -> str:
    """Return the rule that asks for a statement of each request and its response, with a comma; "" where none is recorded."""
    if court.rule_set.startswith("CA-"):
        return "Under rule 3.1345 of the California Rules of Court, "
    # N.D. Cal. Civ. L.R. 37-2: each request in full, followed immediately by the objections and responses to it (law/rules.md).
    return "Under Civil Local Rule 37-2, " if court.rule_set == "FRCP-CAND" else ""


def frame_of(dispute: Dispute) -> tuple[Caption, CounselBlock, Signature]:
    """Return caption, counsel and signature of a court paper of a dispute: "/s/" once its signer signed so, else by hand."""
    signer = dispute.signer
    attorneys_for = f"Attorneys for {signer.group.name if signer is not None and signer.group is not None else dispute.moved_by}"
    counsel = counsel_block(dispute.case, signer, attorneys_for)
    dated = dispute.dated or dispute.submitted_on
    return caption_of(dispute.case), counsel, signature_block(signer, dated, attorneys_for, signed=dispute.signed)


def against_of(dispute: Dispute, lines: list[DisputedLine]) -> str:
    """Return from whom answers are asked for, as the title names them."""
    names = list(dict.fromkeys(line.row.demand.responding_party.person.name for line in lines))
    return in_a_sentence(names) if names else dispute.opposed_by


def quoted(line: DisputedLine, answers: Iterable[Answer], *, with_objections: bool) -> papers.QuotedRequest:
    """Return a request in full with responses, as court papers quote it."""
    return papers.QuotedRequest(
        heading=line.heading,
        text=line.text,
        narrowed=line.narrowed,
        narrowed_how=line.narrowed_how,
        answers=tuple(
            papers.PrintedAnswer(one.heading, one.text.strip(), one.objections if with_objections else ()) for one in answers
        ),
        reasons=line.our_position.strip(),
        proposal=line.proposal.strip(),
    )


def no_requests() -> str:
    """Return what to do about a dispute without requests."""
    return _("There is no request in this dispute, so there is nothing to quote. Add the requests first.")


def must_be_ours(dispute: Dispute) -> None:
    """Raise Refused unless our side asks here for answers."""
    if dispute.side != Side.OURS:
        raise Refused(_("The other side moves here; this paper is for who moves. The chart of the dispute can be made."))
    if dispute.kind not in ASKED_OF:
        raise Refused(_("This paper goes with a motion to compel answers; “%(dispute)s” is none.") % {"dispute": dispute})


def _must_be_complete(line: DisputedLine) -> None:
    where = {"request": line.heading}
    if any(not answer.text.strip() for answer in line.answers):
        raise Refused(
            _("%(request)s: the words of a response are not on record. Enter them as they were served; a summary is no response.")
            % where
        )
    if not line.our_position.strip():
        raise Refused(_("%(request)s: write why a further response should be compelled (CRC 3.1345(c)(3)).") % where)
    found = REFERENCE.search(line.our_position) or REFERENCE.search(line.proposal)
    if found:
        raise Refused(
            _("%(request)s: “%(words)s” refers to another place. Write the reasons out here, CRC 3.1345(c) allows no reference.")
            % {**where, "words": " ".join(found[0].split())}
        )


def _definitions(lines: list[DisputedLine]) -> tuple[NumberedItem, ...]:
    """Return the definitions whose term the requests use, verbatim and numbered as served (CRC 3.1345(c)(4))."""
    found: dict[tuple[str, str], NumberedItem] = {}
    for demand in {line.row.demand_id: line.row.demand for line in lines}.values():
        assert demand.approved_version is not None, "A row has its frozen text."
        fill = Marks(demand.responding_party.person.name, demand.request_set.propounded_by.name)
        texts = " ".join(line.text for line in lines if line.row.demand_id == demand.pk)
        for entry in demand.approved_version.part("definitions"):
            if _uses(texts, entry["label"]):
                text = fill(entry["text"])
                found.setdefault((entry["label"], text), NumberedItem(entry["number"], entry["label"], text))
    return tuple(found.values())


def _uses(texts: str, label: str) -> bool:
    """Whether a text uses a defined term; a label may name several ("You or Your", "Document(s)")."""
    plain = re.sub(r"[“”\"]|\(s\)", "", label)
    terms = [term.strip() for term in re.split(r",|/|\bor\b|\band\b", plain) if term.strip()]
    return any(re.search(rf"\b{re.escape(term)}(?:s|es)?\b", texts) for term in terms)
