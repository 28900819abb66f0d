"""Composing our response to a set or a subpoena: rows -> snapshot, in the court's language as papers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from discovery.domain.answers.by_request import is_ours, must_be_sworn
from discovery.domain.composing.printed import caption_of, counsel_block, other_counsel, printed_date, signature_block, stamped
from discovery.domain.composing.set_names import asker, named, nth_set_of, number_of, parties_of, spelled, whose
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.held import held
from discovery.domain.service.rows import served_texts
from discovery.enums import (
    AnswerKind,
    CourtKind,
    DemandKind,
    Ground,
    PaperKind,
    PersonKind,
    ResponseKind,
    ResponseStatus,
    Withholding,
)
from discovery.law.court_words import METHODS, CourtWords, filled, words_of_rules
from discovery.law.set_forms import set_form
from discovery.models import Court, Demand, RequestResponse, Response
from discovery.papers import snapshots
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
}
"""What a response to a subpoena or a notice calls it, and what stands over its answers.

The court's own words (law/set_forms) name the sets between parties.
"""
VERSIONS = {ResponseKind.AMENDED.value: "AMENDED ", ResponseKind.SUPPLEMENTAL.value: "SUPPLEMENTAL "}
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
    attorneys_for = attorneys_for_of(response)
    answers = answers_of(response)
    title = title_of(response)
    return ResponsePaper(
        paper=paper,
        language=case.court.language,
        document_title=f"{title} – {case.name}, No. {case.docket_number}",
        parts=("response",),
        caption=caption_of(case),
        counsel=counsel_block(case, signer, attorneys_for),
        title=title,
        parties=parties_of(demand),
        preliminary=response.preliminary,
        general_objections=response.general_objections,
        answers_heading=_heading(demand),
        answers=_answers(demand, answers),
        signature=signature_block(signer, response.served_on, attorneys_for),
        verification=verification_of(response),
        verified_by=person.name if person.kind == PersonKind.NATURAL else "",
        certificate=snapshots.Certificate(
            declarant="",
            declarant_address=", ".join(signer.attorney.firm.address_lines()) if signer is not None else "",
            served_on=printed_date(response.served_on),
            documents=(title,),
            method=response.method if response.method in METHODS else "",
            recipients=other_counsel(case, signer.group if signer is not None else None),
            executed_at="",
        ),
        served=response.status == ResponseStatus.SERVED,
        created=stamped(max([response.changed_at, *(one.changed_at for one in answers)])),
    )


def attorneys_for_of(response: Response) -> str:
    """Return for whom the signer appears: a group, else the party with its status, N.D. Cal. Civ. L.R. 3-4(a)(1)."""
    signer, responder = response.signer, response.demand.responding_party
    if signer is not None and signer.group is not None:
        return f"Attorneys for {signer.group.name}"
    return f"Attorneys for {named(responder.party(), responder.person.name)}"


def answers_of(response: Response) -> list[RequestResponse]:
    """Return what a response says, in the order of the requests, objections too (2 queries, none where they are held)."""
    found: list[RequestResponse] | None = held(response, "answers")
    if found is not None:
        return found
    return list(response.answers.select_related("row").prefetch_related("objections").order_by("row__number"))


def title_of(response: Response) -> str:
    """Return the title: who responds to whose set, CRC 3.1000 (forms.md section 4, item 1)."""
    demand = response.demand
    if demand.kind in ASKED:
        what, after = ASKED[demand.kind][0], ""
    else:
        form, number = set_form(demand.case.court.rule_set), number_of(demand)
        words = form.words(demand.kind)
        what = f"{nth_set_of(number) if '{nth}' in form.title_of(demand.kind) else ''}{words.what}"
        after = f", SET {spelled(number).upper()}" if number and "{set}" in form.title else ""
    ours, theirs = whose(demand.responding_party.person.name), whose(asker(demand.request_set.propounded_by))
    return f"{ours} {VERSIONS.get(response.kind, '')}RESPONSES AND OBJECTIONS TO {theirs} {what}{after}"


def _heading(demand: Demand) -> str:
    """Return what stands over the answers: interrogatories are answered, requests responded to."""
    if demand.kind in ASKED:
        return ASKED[demand.kind][1]
    words = set_form(demand.case.court.rule_set).words(demand.kind)
    return f"{'ANSWERS' if demand.kind == DemandKind.ROG else 'RESPONSES'} TO {words.section}"


def _answers(demand: Demand, answers: list[RequestResponse]) -> tuple[PrintedAnswer, ...]:
    """Return every request as it was served, under its own number, with what is said to it."""
    texts, said = served_texts(demand), _said_here(demand)
    by_number = {one.row.number: one for one in answers}
    records = court_words(demand.case.court).verification.records
    return tuple(
        PrintedAnswer(
            heading=f"{_plain(served)}:",
            request=served["text"],
            response_heading=f"RESPONSE TO {_plain(served)}:",
            objections=_objections(by_number.get(number)),
            withholding=_withholding(by_number.get(number), demand.kind),
            paragraphs=tuple(_paragraphs(by_number.get(number), said, demand.kind, records)),
        )
        for number, served in sorted(texts.items())
    )


def _said_here(demand: Demand) -> Mapping[str, str]:
    """Return what the court's rules make an answer say in so many words (California's statement of compliance); mostly nothing."""
    if demand.kind in ASKED:
        return {}
    return set_form(demand.case.court.rule_set).words(demand.kind).answers


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


def _paragraphs(answer: RequestResponse | None, said: Mapping[str, str], kind: str, records: str) -> Iterator[str]:
    if answer is None:
        yield SAYS[AnswerKind.SILENT.value]
        return
    yield from _statement(answer, said, kind)
    if answer.text:
        yield answer.text
    if answer.will_produce:
        yield f"Responding Party will produce the following: {answer.will_produce}"
    elif not answer.text and answer.kind not in said and answer.kind in SAYS_ALONE:
        yield SAYS_ALONE[answer.kind]
    if answer.kind == AnswerKind.RECORDS:
        # Rule 33(d)(1): the records are specified in sufficient detail to be found.
        where = f" produced as {answer.bates}" if answer.bates else ""
        option = f"{records}, the" if records else "The"
        yield f"{option} answer may be determined from the business records{where}."
    elif answer.bates:
        yield f"Produced as {answer.bates}."
    if answer.produce_by is not None:
        yield f"Production will be completed by {printed_date(answer.produce_by)}."  # Rule 34(b)(2)(B)


def _statement(answer: RequestResponse, said: Mapping[str, str], kind: str) -> Iterator[str]:
    """Yield what the answer says before its own words: the admission, the statement of compliance, that it answers in part."""
    if answer.kind in SAYS:
        yield SAYS[answer.kind]
    if answer.kind in said:
        yield said[answer.kind]
        if not answer.text and f"{answer.kind}_why" in said:
            yield said[f"{answer.kind}_why"]
    objected = kind == DemandKind.ROG and len(answer.objections.all()) > 0
    if objected and answer.kind in {AnswerKind.ANSWERED, AnswerKind.RECORDS}:
        # Rule 33(b)(3): answered to the extent it is not objected to (forms.md section 4, interrogatory answer).
        yield "To the extent that it is not objected to, Responding Party answers as follows."


def verification_of(response: Response) -> str:
    """Return the declaration by which the answers are sworn to, in the words of the court (law/court_words).

    "" where none is needed: of a kind that is not sworn to in this court, and for objections alone.
    """
    demand = response.demand
    court, person = demand.case.court, demand.responding_party.person
    if response.objections_only or not must_be_sworn(demand, CourtLaw(court), response.served_on):
        return ""
    words = court_words(court).verification
    who = words.natural if person.kind == PersonKind.NATURAL else words.entity
    known = {"name": person.name, "date": printed_date(response.verified_on)}
    if person.kind == PersonKind.NATURAL:
        known["signer"] = person.name
    return f"{filled(who, known)} {words.says}\n\n{filled(words.oath, known)}"


def court_words(court: Court) -> CourtWords:
    """Return what papers say of oaths in a court."""
    return words_of_rules(court.rule_set, federal=court.kind == CourtKind.FEDERAL_DISTRICT)
