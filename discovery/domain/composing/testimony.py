"""Composing the papers of testimony: AO 88A, AO 88 and the notice of deposition, with the matters and the documents to bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from discovery.domain.composing.printed import caption_of, contact_of, counsel_block, printed_date, printed_moment, stamped
from discovery.domain.composing.subpoena import (
    UNAPPROVED,
    certificate_of,
    letters_of,
    notice_record,
    representing,
    schedule_of,
    signature_of,
    signed_by,
    standing,
)
from discovery.domain.content import content_of
from discovery.domain.errors import Refused
from discovery.enums import DemandKind, Issuer, PaperKind, PersonKind
from discovery.models import Demand, Subpoena, Testimony
from discovery.papers import snapshots
from discovery.papers.deposition import DepositionPaper
from discovery.papers.standing import Approval
from discovery.papers.subpoena import MATTERS
from discovery.papers.subpoena_snapshot import (
    Examination,
    Notice,
    Schedule,
    ServiceProof,
    SubpoenaForm,
    SubpoenaPaper,
    subpoena_from_json,
)

WHOLE = ("notice", "form", "schedule", "documents")
PARTS = {
    PaperKind.SUBPOENA_PACKAGE.value: WHOLE,
    PaperKind.SERVICE_COPY.value: ("form", "schedule", "documents"),
    PaperKind.NOTICE.value: WHOLE,
    PaperKind.DEPOSITION_NOTICE.value: ("notice", "schedule", "documents"),
}
"""What each paper is joined from; a schedule that has nothing to say is left out."""
NAMES = {
    DemandKind.SUBPOENA_DEPOSITION.value: "Subpoena to Testify at a Deposition",
    DemandKind.SUBPOENA_TRIAL.value: "Subpoena to Appear and Testify at a Hearing or Trial",
}
ADDRESSED = "TO ALL PARTIES AND THEIR COUNSEL OF RECORD:"
ATTACHED = "As set forth in {schedule} attached hereto."


def compose_subpoena(demand: Demand, paper: str) -> SubpoenaPaper:
    """Return the snapshot of one paper of a subpoena for testimony, as its rows stand now or as they were approved."""
    if demand.frozen and demand.approved_snapshot is not None:
        whole = subpoena_from_json(demand.approved_snapshot.content)
        whole = replace(whole, notice=replace(whole.notice, certificate=certificate_of(demand)))
    else:
        whole = compose_subpoena_live(demand, UNAPPROVED)
    name = NAMES[demand.kind]
    title = {
        PaperKind.SERVICE_COPY.value: f"{name} (copy to serve)",
        PaperKind.NOTICE.value: f"Notice of {name}",
    }.get(paper, name)
    parts = tuple(part for part in PARTS[paper] if part in whole.parts)
    return replace(whole, paper=paper, parts=parts, document_title=f"{title}: {whole.document_title}")


def compose_subpoena_live(demand: Demand, approval: Approval, at: datetime | None = None) -> SubpoenaPaper:
    """Return the snapshot of the whole package from the live rows; `approve` stores it."""
    subpoena, testimony = demand.subpoena, testimony_of(demand)
    exam = _examination(demand, testimony)
    to = f"SUBPOENA TO {standing(demand)}{demand.responding_party.person.name.upper()}"
    return SubpoenaPaper(
        paper=PaperKind.SUBPOENA_PACKAGE.value,
        language=demand.case.court.language,
        document_title=_document_title(demand),
        parts=_parts(WHOLE, exam),
        caption=caption_of(demand.case),
        form=_form(demand, subpoena, testimony, exam, approval),
        proof=ServiceProof(),
        schedule=_topics(demand, to, subpoena.issue_date, approval),
        notice=_notice(demand, approval),
        examination=(exam,),
        documents=_documents(demand, testimony, exam, to, subpoena.issue_date, approval),
        approval=approval,
        created=_created(demand, testimony, at),
    )


def compose_deposition(demand: Demand, paper: str = PaperKind.DEPOSITION_NOTICE.value) -> DepositionPaper:
    """Return the snapshot of a notice of deposition, as its rows stand now or as they were approved."""
    if demand.kind != DemandKind.DEPOSITION:
        raise Refused(f"There is no such paper for {demand}.")
    if demand.frozen and demand.approved_snapshot is not None:
        whole = snapshots.from_json(demand.approved_snapshot.content)
        assert isinstance(whole, DepositionPaper), "A notice of deposition was approved as one."
        whole = replace(whole, certificate=certificate_of(demand))
    else:
        whole = compose_deposition_live(demand, UNAPPROVED)
    return replace(whole, paper=paper, document_title=f"Notice of Deposition: {whole.document_title}")


def compose_deposition_live(demand: Demand, approval: Approval, at: datetime | None = None) -> DepositionPaper:
    """Return the snapshot of a notice of deposition from the live rows; `approve` stores it."""
    testimony, record = testimony_of(demand), notice_record(demand)
    exam = _examination(demand, testimony)
    deponent = demand.responding_party.person.name.upper()
    to = f"NOTICE OF DEPOSITION OF {deponent}"
    rule = "RULE 30(b)(6) " if exam.matters else ""
    return DepositionPaper(
        paper=PaperKind.DEPOSITION_NOTICE.value,
        language=demand.case.court.language,
        document_title=_document_title(demand),
        parts=_parts(PARTS[PaperKind.DEPOSITION_NOTICE.value], exam),
        caption=caption_of(demand.case),
        counsel=counsel_block(demand.case, demand.attorney, f"Attorneys for {demand.request_set.propounded_by.name}"),
        title=f"NOTICE OF {rule}DEPOSITION OF {deponent}",
        addressed_to=ADDRESSED,
        examination=exam,
        schedule=_topics(demand, to, record.dated, approval),
        documents=_documents(demand, testimony, exam, to, record.dated, approval),
        signature=signature_of(demand, record.dated, approval),
        certificate=certificate_of(demand),
        approval=approval,
        created=_created(demand, testimony, at),
    )


def testimony_of(demand: Demand) -> Testimony:
    """Return where, when and how somebody is to testify."""
    testimony: Testimony = demand.testimony
    return testimony


def _document_title(demand: Demand) -> str:
    return f"{demand.responding_party.person.name} – {demand.case.name}, No. {demand.case.docket_number}"


def _created(demand: Demand, testimony: Testimony, at: datetime | None) -> str:
    changed = [demand.changed_at, demand.request_set.changed_at]
    if testimony.documents is not None:
        changed.append(testimony.documents.changed_at)
    return stamped(at or max(changed))


def _parts(parts: tuple[str, ...], exam: Examination) -> tuple[str, ...]:
    absent = {name for name, letter in (("schedule", exam.matters), ("documents", exam.documents)) if not letter}
    return tuple(part for part in parts if part not in absent)


def _when(testimony: Testimony) -> str:
    return printed_moment(testimony.day, testimony.hour, testimony.printed_zone)


def _examination(demand: Demand, testimony: Testimony) -> Examination:
    person = demand.responding_party.person
    address = demand.responding_party.serve_at
    own = address if address is not None and address.person_id == person.pk else person.addresses.order_by("pk").first()
    matters, documents = letters_of(demand, documents=testimony.documents_id is not None)
    return Examination(
        kind=demand.kind,
        deponent=person.name,
        deponent_address=str(own) if own is not None else "",
        organization=person.kind != PersonKind.NATURAL,
        place=testimony.place.strip(),
        when=_when(testimony),
        remote=testimony.remote,
        courtroom=testimony.courtroom,
        officer=testimony.officer.strip(),
        recording=testimony.recording.strip(),
        day_to_day=testimony.day_to_day,
        conferral=testimony.conferral.strip(),
        matters=matters,
        documents=documents,
    )


def _form(demand: Demand, subpoena: Subpoena, testimony: Testimony, exam: Examination, approval: Approval) -> SubpoenaForm:
    bring = testimony.bring.strip() or (ATTACHED.format(schedule=exam.documents) if exam.documents else "")
    return SubpoenaForm(
        edition=subpoena.form,
        to=subpoena.addressee,
        production=bool(bring),
        production_text=bring,
        production_place="",
        production_when="",
        inspection=False,
        inspection_place="",
        inspection_when="",
        issued=printed_date(subpoena.issue_date),
        issuer=subpoena.issuer,
        clerk_signed="",
        attorney_signed=signed_by(demand, approval) if subpoena.issuer == Issuer.ATTORNEY else "",
        representing=representing(demand, subpoena),
        attorney_contact=contact_of(demand.attorney),
        testimony=True,
        matters=ATTACHED.format(schedule=exam.matters) if exam.matters else "",
        testimony_place=testimony.place.strip(),
        testimony_when=exam.when,
        courtroom=testimony.courtroom.strip(),
        recording=testimony.recording.strip(),
    )


def _topics(demand: Demand, to: str, dated: date | None, approval: Approval) -> Schedule:
    content = content_of(demand.request_set)
    return schedule_of(demand, content, title="SCHEDULE A", to=to, heading=MATTERS, dated=dated, approval=approval)


def _documents(
    demand: Demand,
    testimony: Testimony,
    exam: Examination,
    to: str,
    dated: date | None,
    approval: Approval,
) -> tuple[Schedule, ...]:
    if testimony.documents is None:
        return ()
    content: dict[str, Any] = content_of(testimony.documents)
    title = exam.documents.upper()
    return (schedule_of(demand, content, title=title, to=to, heading="DOCUMENTS TO PRODUCE", dated=dated, approval=approval),)


def _notice(demand: Demand, approval: Approval) -> Notice:
    record = notice_record(demand)
    recipient = demand.responding_party.person.name
    kind = "NON-PARTY " if not demand.responding_party.party() else ""
    return Notice(
        counsel=counsel_block(demand.case, demand.attorney, f"Attorneys for {demand.request_set.propounded_by.name}"),
        recipient_name=recipient,
        title=f"NOTICE OF {NAMES[demand.kind].upper()} TO {kind}{recipient.upper()}",
        addressed_to=ADDRESSED,
        service_not_before=printed_date(record.serve_not_before),
        production_place="",
        production_when="",
        signature=signature_of(demand, record.dated, approval),
        certificate=certificate_of(demand),
    )
