"""Composing our response to a set or a subpoena: rows -> snapshot, in the court's language as papers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from discovery.domain.answers import is_ours, must_be_sworn
from discovery.domain.composing.printed import caption_of, counsel_block, other_counsel, printed_date, signature_block, stamped
from discovery.domain.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.rows import served_texts
from discovery.enums import (
    WITH_PAGE,
    AnswerKind,
    DemandKind,
    Ground,
    PaperKind,
    PersonKind,
    ResponseKind,
    ResponseStatus,
    Withholding,
)
from discovery.models import Demand, RequestResponse, Response
from discovery.papers import snapshots
from discovery.papers.parts import METHODS
from discovery.papers.response import PrintedAnswer, PrintedObjection, ResponsePaper

RESPONSE_ROWS = (
    "demand__case__court",
    "demand__request_set__propounded_by",
    "demand__responding_party__person",
    "demand__approved_version",
    "signer__attorney__firm",
    "signer__group",
)
"""What a response is composed from, fetched with it in one query."""
ASKED = {
    DemandKind.SUBPOENA_DOCUMENTS.value: ("SUBPOENA TO PRODUCE DOCUMENTS", "RESPONSES TO REQUESTS FOR PRODUCTION"),
    DemandKind.SUBPOENA_DEPOSITION.value: ("SUBPOENA TO TESTIFY AT A DEPOSITION", "RESPONSES TO MATTERS FOR EXAMINATION"),
    DemandKind.SUBPOENA_TRIAL.value: ("SUBPOENA TO APPEAR AND TESTIFY", "RESPONSES TO THE SUBPOENA"),
    DemandKind.DEPOSITION.value: ("NOTICE OF DEPOSITION", "RESPONSES TO MATTERS FOR EXAMINATION"),
    DemandKind.RFP.value: ("REQUESTS FOR PRODUCTION", "RESPONSES TO REQUESTS FOR PRODUCTION"),
    DemandKind.ROG.value: ("INTERROGATORIES", "ANSWERS TO INTERROGATORIES"),
    DemandKind.RFA.value: ("REQUESTS FOR ADMISSION", "RESPONSES TO REQUESTS FOR ADMISSION"),
}
VERSIONS = {ResponseKind.AMENDED.value: "AMENDED ", ResponseKind.SUPPLEMENTAL.value: "SUPPLEMENTAL "}
ORDINALS = (
    ("One", "FIRST"),
    ("Two", "SECOND"),
    ("Three", "THIRD"),
    ("Four", "FOURTH"),
    ("Five", "FIFTH"),
    ("Six", "SIXTH"),
    ("Seven", "SEVENTH"),
    ("Eight", "EIGHTH"),
    ("Nine", "NINTH"),
    ("Ten", "TENTH"),
)
SAYS = {
    # Rule 36(a)(4): lack of knowledge only after reasonable inquiry.
    AnswerKind.ADMIT.value: "Admitted.",
    AnswerKind.DENY.value: "Denied.",
    AnswerKind.QUALIFIED.value: "Admitted in part.",
    AnswerKind.LACKS_KNOWLEDGE.value: (
        "Responding Party has made reasonable inquiry, and the information that it knows or can readily obtain is insufficient to "
        "enable it to admit or deny."
    ),
    AnswerKind.SILENT.value: "[Not answered.]",
}
"""What an answer of this kind says whatever its words."""
SAYS_ALONE = {
    AnswerKind.PRODUCE.value: "Responding Party will produce the responsive documents in its possession, custody or control.",
    AnswerKind.NONE_EXIST.value: (
        "After a diligent search and reasonable inquiry, Responding Party has no responsive documents in its possession, custody "
        "or control."
    ),
}
"""What it says where nobody wrote words of its own."""


def compose_response(response: Response, paper: str = PaperKind.RESPONSE.value) -> ResponsePaper:
    """Return the snapshot of our response. Raises Refused for the other side's, which is the file that they served."""
    demand = response.demand
    if not is_ours(demand):
        raise Refused(_("This response is the other side’s; open the file that was received."))
    case, signer = demand.case, response.signer
    person = demand.responding_party.person
    represented = signer.group.name if signer is not None and signer.group is not None else person.name
    attorneys_for = f"Attorneys for {represented}"
    answers = list(response.answers.select_related("row").prefetch_related("objections").order_by("row__number"))
    title = title_of(response)
    headings = ASKED[demand.kind]
    return ResponsePaper(
        paper=paper,
        language=case.court.language,
        document_title=f"{title} – {case.name}, No. {case.docket_number}",
        parts=("response",),
        caption=caption_of(case),
        counsel=counsel_block(case, signer, attorneys_for),
        title=title,
        parties=_parties(demand),
        preliminary=response.preliminary,
        general_objections=response.general_objections,
        answers_heading=headings[1],
        answers=_answers(demand, answers),
        signature=signature_block(signer, response.served_on, attorneys_for),
        verification=_verification(response),
        verified_by=person.name if person.kind == PersonKind.NATURAL else "",
        certificate=snapshots.Certificate(
            declarant="",
            declarant_address=", ".join(signer.attorney.firm.address_lines()) if signer is not None else "",
            served_on=printed_date(response.served_on),
            documents=(title,),
            method=response.method if response.method in dict(METHODS) else "",
            recipients=other_counsel(case, signer.group if signer is not None else None),
            executed_at="",
        ),
        served=response.status == ResponseStatus.SERVED,
        created=stamped(max([response.changed_at, *(one.changed_at for one in answers)])),
    )


def title_of(response: Response) -> str:
    """Return the title: who responds to whose set, CRC 3.1000 (forms.md section 4, item 1)."""
    demand = response.demand
    number = demand.request_set.number
    what = ASKED[demand.kind][0]
    if number and demand.kind not in WITH_PAGE:
        ordinal = ORDINALS[number - 1][1] if number <= len(ORDINALS) else f"NO. {number}"
        what = f"{ordinal} SET OF {what}" if number <= len(ORDINALS) else f"SET {ordinal} OF {what}"
    asker = demand.request_set.propounded_by
    ours, theirs = _whose(demand.responding_party.person.name), _whose(asker.name)
    return f"{ours} {VERSIONS.get(response.kind, '')}RESPONSES AND OBJECTIONS TO {theirs} {what}"


def _whose(name: str) -> str:
    upper = name.upper()
    return f"{upper}’" if upper.endswith("S") else f"{upper}’S"


def _parties(demand: Demand) -> tuple[snapshots.Labelled, ...]:
    number = demand.request_set.number
    rows = [
        snapshots.Labelled("Propounding Party:", (demand.request_set.propounded_by.name,)),
        snapshots.Labelled("Responding Party:", (demand.responding_party.person.name,)),
    ]
    if number:
        rows.append(snapshots.Labelled("Set No.:", (ORDINALS[number - 1][0] if number <= len(ORDINALS) else str(number),)))
    return tuple(rows)


def _answers(demand: Demand, answers: list[RequestResponse]) -> tuple[PrintedAnswer, ...]:
    """Return every request as it was served, under its own number, with what is said to it."""
    texts = served_texts(demand)
    by_number = {one.row.number: one for one in answers}
    return tuple(
        PrintedAnswer(
            heading=f"{_plain(served)}:",
            request=served["text"],
            response_heading=f"RESPONSE TO {_plain(served)}:",
            objections=_objections(by_number.get(number)),
            withholding=_withholding(by_number.get(number), demand.kind),
            paragraphs=tuple(_paragraphs(by_number.get(number))),
        )
        for number, served in sorted(texts.items())
    )


def _plain(served: Mapping[str, Any]) -> str:
    """Return a request's heading in capitals, as it stands over its response (forms.md section 4, item 3)."""
    return str(served["heading"]).rstrip(" :.").upper()


def _objections(answer: RequestResponse | None) -> tuple[PrintedObjection, ...]:
    if answer is None:
        return ()
    return tuple(PrintedObjection(Ground(one.ground).label, one.reason, one.rule) for one in answer.objections.all())


def _withholding(answer: RequestResponse | None, kind: str) -> str:
    """Return the sentence of Rule 34(b)(2)(C), in the words of forms.md section 4, item 3."""
    made = len(answer.objections.all()) if answer is not None else 0
    if answer is None or not made or answer.withheld == Withholding.NOT_SAID or kind == DemandKind.RFA:
        return ""
    what = "documents" if kind in {DemandKind.RFP, DemandKind.SUBPOENA_DOCUMENTS} else "information"
    does = "is withholding" if answer.withheld == Withholding.YES else "is not withholding"
    return f"Responding Party {does} {what} on the basis of {'this objection' if made == 1 else 'these objections'}."


def _paragraphs(answer: RequestResponse | None) -> Iterator[str]:
    if answer is None:
        yield SAYS[AnswerKind.SILENT.value]
        return
    if answer.kind in SAYS:
        yield SAYS[answer.kind]
    if answer.text:
        yield answer.text
    if answer.will_produce:
        yield f"Responding Party will produce the following: {answer.will_produce}"
    elif not answer.text and answer.kind in SAYS_ALONE:
        yield SAYS_ALONE[answer.kind]
    if answer.kind == AnswerKind.RECORDS:
        # Rule 33(d)(1): the records are specified in sufficient detail to be found.
        where = f" produced as {answer.bates}" if answer.bates else ""
        yield f"Under Rule 33(d), the answer may be determined from the business records{where}."
    elif answer.bates:
        yield f"Produced as {answer.bates}."
    if answer.produce_by is not None:
        yield f"Production will be completed by {printed_date(answer.produce_by)}."  # Rule 34(b)(2)(B)


def _verification(response: Response) -> str:
    """Return the declaration by which the answers are sworn to, 28 U.S.C. 1746 (California: Code Civ. Proc. 2015.5)."""
    demand = response.demand
    court, person = demand.case.court, demand.responding_party.person
    if response.objections_only or not must_be_sworn(demand, CourtLaw(court), response.served_on):
        return ""
    laws = "the State of California" if court.rule_set.startswith("CA") else "the United States of America"
    blank = "_" * 28
    if person.kind == PersonKind.NATURAL:
        who = f"I, {person.name}, am the responding party."
    else:
        who = f"I, {blank}, am an officer or agent of {person.name} and am authorized to make this verification for it."
    day = printed_date(response.verified_on) or "_" * 20
    return (
        f"{who} I have read the foregoing responses. The answers in them are true and correct to the best of my knowledge and "
        f"belief; the objections are made by counsel.\n\n"
        f"I declare under penalty of perjury under the laws of {laws} that the foregoing is true and correct. Executed on {day}."
    )
