"""Composing: rows -> snapshot. The only place that turns stored facts into printed words; rendering reads nothing else.

Once a demand is approved, what it prints comes from the snapshot that the approval stored; only the certificate of service,
whose facts come later, is composed anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from discovery.domain.composing import set_texts
from discovery.domain.composing.printed import (
    Marks,
    caption_of,
    contact_of,
    counsel_block,
    other_counsel,
    printed_date,
    printed_moment,
    signature_block,
    stamped,
)
from discovery.domain.content import content_of
from discovery.enums import DemandKind, Issuer, PaperKind
from discovery.models import Demand, PartyNotice, Subpoena
from discovery.papers import snapshots
from discovery.papers.standing import Approval
from discovery.papers.subpoena import MATTERS
from discovery.papers.subpoena_snapshot import Notice, Schedule, ServiceProof, SubpoenaForm, SubpoenaPaper, subpoena_from_json

PARTS = {
    PaperKind.SUBPOENA_PACKAGE.value: ("notice", "form", "schedule"),
    PaperKind.SERVICE_COPY.value: ("form", "schedule"),
    PaperKind.NOTICE.value: ("notice", "form", "schedule"),
}
"""What each paper is joined from. The notice goes to the parties with a copy of the subpoena, Rule 45(a)(4)."""

TITLES = {
    PaperKind.SUBPOENA_PACKAGE.value: "Subpoena to Produce Documents",
    PaperKind.SERVICE_COPY.value: "Subpoena to Produce Documents (copy to serve)",
    PaperKind.NOTICE.value: "Notice of Subpoena to Produce Documents",
}

UNAPPROVED = Approval(approved=False, version=0, approved_on="", approved_by="")


def compose(demand: Demand, paper: str) -> SubpoenaPaper:
    """Return the snapshot of one paper of a subpoena, as its rows stand now or as they were approved.

    The same rows give an equal snapshot: its date is that of the last change or of the approval, not of the clock.
    """
    if demand.frozen and demand.approved_snapshot is not None:
        whole = subpoena_from_json(demand.approved_snapshot.content)
        whole = replace(whole, notice=replace(whole.notice, certificate=certificate_of(demand)))
    else:
        whole = compose_live(demand, UNAPPROVED)
    return replace(whole, paper=paper, parts=PARTS[paper], document_title=f"{TITLES[paper]}: {whole.document_title}")


def compose_live(demand: Demand, approval: Approval, at: datetime | None = None) -> SubpoenaPaper:
    """Return the snapshot of the whole package from the live rows; `approve` stores it, `compose` selects from it."""
    subpoena = demand.subpoena
    case = demand.case
    content = content_of(demand.request_set)
    changed = at or max(demand.changed_at, demand.request_set.changed_at)
    caption = caption_of(case)
    return SubpoenaPaper(
        paper=PaperKind.SUBPOENA_PACKAGE.value,
        language=case.court.language,
        document_title=f"{demand.responding_party.person.name} – {case.name}, No. {case.docket_number}",
        parts=PARTS[PaperKind.SUBPOENA_PACKAGE.value],
        caption=caption,
        form=_form(demand, subpoena, approval),
        proof=ServiceProof(),
        schedule=schedule_of(
            demand,
            content,
            title="SCHEDULE A",
            to=f"SUBPOENA TO {standing(demand)}{demand.responding_party.person.name.upper()}",
            heading="REQUESTS FOR PRODUCTION",
            dated=subpoena.issue_date,
            approval=approval,
        ),
        notice=_notice(demand, subpoena, approval),
        examination=(),
        documents=(),
        approval=approval,
        created=stamped(changed),
    )


def _form(demand: Demand, subpoena: Subpoena, approval: Approval) -> SubpoenaForm:
    zone = subpoena.printed_zone
    return SubpoenaForm(
        edition=subpoena.form,
        to=subpoena.addressee,
        production=subpoena.production,
        production_text=subpoena.production_text if subpoena.production else "",
        production_place=_place(subpoena) if subpoena.production else "",
        production_when=printed_moment(subpoena.compliance_date, subpoena.compliance_time, zone) if subpoena.production else "",
        inspection=subpoena.inspection,
        inspection_place=subpoena.inspection_place if subpoena.inspection else "",
        inspection_when=(printed_moment(subpoena.inspection_date, subpoena.inspection_time, zone) if subpoena.inspection else ""),
        issued=printed_date(subpoena.issue_date),
        issuer=subpoena.issuer,
        clerk_signed="",
        attorney_signed=signed_by(demand, approval) if subpoena.issuer == Issuer.ATTORNEY else "",
        representing=representing(demand, subpoena),
        attorney_contact=contact_of(demand.attorney),
        testimony=False,
        matters="",
        testimony_place="",
        testimony_when="",
        courtroom="",
        recording="",
    )


def _place(subpoena: Subpoena) -> str:
    """Return the place as one text: e-mail and a street address may stand together (musk_v_altman.md section 6)."""
    region = " ".join(part for part in (subpoena.place_state, subpoena.place_postal_code) if part)
    street = ", ".join(part for part in (subpoena.place_name, subpoena.place_street, subpoena.place_city, region) if part)
    return " or/and ".join(part for part in (subpoena.place_email, street) if part)


def representing(demand: Demand, subpoena: Subpoena) -> str:
    """Return the name of the party that the form prints."""
    group = demand.request_set.propounded_by
    return subpoena.representing or group.printed_name or group.name


def signature_of(demand: Demand, dated: date | None, approval: Approval) -> snapshots.Signature:
    """Return the signature block of a demand under Rule 26(g)(1)."""
    attorneys_for = f"Attorneys for {demand.request_set.propounded_by.name}"
    return signature_block(demand.attorney, dated, attorneys_for, signed=signed_by(demand, approval))


def signed_by(demand: Demand, approval: Approval) -> str:
    """Return the signature, which belongs to the approved words alone."""
    return demand.signed if approval.approved else ""


def schedule_of(
    demand: Demand,
    content: dict[str, Any],
    *,
    title: str,
    to: str,
    heading: str,
    dated: date | None,
    approval: Approval,
) -> Schedule:
    """Return a set's text as a schedule of a demand: requests, or the matters for examination."""
    recipient = demand.responding_party.person.name
    fill = Marks(recipient, demand.request_set.propounded_by.name)
    return Schedule(
        title=title,
        footer_title=f"{title} TO {to}",
        preamble=fill(content["preamble"]),
        definitions_note=fill(content["definitions_note"]),
        definitions=set_texts.items(content["definitions"], fill),
        instructions=set_texts.items(content["instructions"], fill),
        relevant_period=set_texts.period(content, "Topic" if heading == MATTERS else "Request"),
        requests_heading=heading,
        requests=set_texts.requests(content, fill),
        exhibits=set_texts.exhibits(content, fill),
        signature=signature_of(demand, dated, approval),
    )


def standing(demand: Demand) -> str:
    """Return what the footer calls the recipient: third party, unless the recipient is a party of the case."""
    return "" if demand.responding_party.party() else "THIRD-PARTY "


def _notice(demand: Demand, subpoena: Subpoena, approval: Approval) -> Notice:
    record = notice_record(demand)
    recipient = demand.responding_party.person.name
    kind = "NON-PARTY " if not demand.responding_party.party() else ""
    return Notice(
        counsel=counsel_block(demand.case, demand.attorney, f"Attorneys for {demand.request_set.propounded_by.name}"),
        recipient_name=recipient,
        title=f"NOTICE OF SUBPOENA TO PRODUCE DOCUMENTS TO {kind}{recipient.upper()}",
        addressed_to="TO ALL PARTIES AND THEIR COUNSEL OF RECORD:",
        service_not_before=printed_date(record.serve_not_before),
        production_place=_place(subpoena),
        production_when=printed_moment(subpoena.compliance_date, subpoena.compliance_time, subpoena.printed_zone),
        signature=signature_of(demand, record.dated, approval),
        certificate=certificate_of(demand),
    )


def notice_record(demand: Demand) -> PartyNotice:
    """Return the notice to the parties, a blank one where none is recorded."""
    record: PartyNotice | None = getattr(demand, "notice", None)
    return record or PartyNotice(demand=demand)


def certificate_of(demand: Demand) -> snapshots.Certificate:
    """Return the certificate of service: as it was certified, or else as the rows stand now, with blanks to fill in by hand."""
    record = notice_record(demand)
    if record.certificate is not None:
        return snapshots.certificate_from(record.certificate)
    return snapshots.Certificate(
        declarant=record.declarant,
        declarant_address=record.declarant_address,
        served_on=printed_date(record.served_on),
        documents=_served_with(demand),
        method=record.method,
        recipients=other_counsel(demand.case, demand.request_set.propounded_by),
        executed_at=record.executed_at,
    )


SERVED_WITH = {
    DemandKind.SUBPOENA_DOCUMENTS.value: (
        "Notice of Subpoena to Produce Documents to {recipient}",
        "Subpoena to Produce Documents to {recipient}",
    ),
    DemandKind.SUBPOENA_DEPOSITION.value: (
        "Notice of Subpoena to Testify at a Deposition to {recipient}",
        "Subpoena to Testify at a Deposition to {recipient}",
    ),
    DemandKind.SUBPOENA_TRIAL.value: (
        "Notice of Subpoena to Appear and Testify at a Hearing or Trial to {recipient}",
        "Subpoena to Appear and Testify at a Hearing or Trial to {recipient}",
    ),
    DemandKind.DEPOSITION.value: ("Notice of Deposition of {recipient}",),
}
"""What the certificate of service of a notice lists, by kind of demand."""


def letters_of(demand: Demand, *, documents: bool) -> tuple[str, str]:
    """Return what the schedules of testimony are called: of the matters, of the documents to bring; '' for one not attached.

    Letters run from A: documents are Schedule B beside matters for examination, and Schedule A without.
    """
    has_matters = demand.kind != DemandKind.SUBPOENA_TRIAL and any(demand.request_set.requests.all())
    matters = "Schedule A" if has_matters else ""
    return matters, ("Schedule B" if matters else "Schedule A") if documents else ""


def _served_with(demand: Demand) -> tuple[str, ...]:
    """Return the papers that are served, the last one with what is attached to it: "with Schedules A and B"."""
    recipient = demand.responding_party.person.name
    if demand.kind == DemandKind.SUBPOENA_DOCUMENTS:
        attached = ["Schedule A"]
    else:
        attached = [name for name in letters_of(demand, documents=demand.testimony.documents_id is not None) if name]
    lines = [line.replace("{recipient}", recipient) for line in SERVED_WITH[demand.kind]]
    if attached:
        lines[-1] += f", with {attached[0] if len(attached) == 1 else 'Schedules A and B'}"
    return tuple(lines)
