"""Composing a proof of service: the service on record, its attempts and its frozen list -> snapshot."""

from __future__ import annotations

import re
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from discovery.domain.composing.printed import caption_of, counsel_block, printed_date, printed_hour, senders_of, stamped
from discovery.domain.composing.set_names import number_of, spelled
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.enums import SUBPOENAS, AttemptOutcome, CourtKind, DemandKind, PaperKind
from discovery.law.court_words import OTHER, words_of_rules
from discovery.law.refusals import LawRefused
from discovery.law.set_forms import set_form
from discovery.models import Appearance, Demand, Service, ServiceAttempt
from discovery.papers import snapshots
from discovery.papers.deposition import DepositionPaper
from discovery.papers.proof_of_service import CERTIFICATE_PARTS, PROOF_PARTS, CertificatePaper, ProofPaper
from discovery.papers.requests import RequestsPaper
from discovery.papers.subpoena_snapshot import ServiceProof, subpoena_from_json

BOXES = {
    "personal": "personal",
    "mail": "mail",
    "mail_in_state": "mail",
    "mail_out_state": "mail",
    "mail_out_country": "mail",
    "overnight": "overnight",
    "email": "email",
    "ecf": "ecf",
}
"""Methods by their id in the rule sets, and the box of the certificate that is ticked for each."""


def compose_proof(demand: Demand, paper: str = PaperKind.PROOF_OF_SERVICE.value) -> ProofPaper | CertificatePaper:
    """Return the snapshot of a demand's proof of service, from the service that counts.

    Raises Refused before service, and for a set that the other side served: its own certificate proves that.
    """
    service = Service.objects.filter(demand=demand, superseded=False).first()
    if service is None:
        raise Refused(_("There is no service to prove yet. Record the service first."))
    if demand.kind in SUBPOENAS:
        return _of_subpoena(demand, service, paper)
    if not senders_of(demand.request_set.propounded_by).with_us:
        raise Refused(_("The other side served this set; attach its own certificate to the record of service."))
    return _of_set(demand, service, paper)


def _of_subpoena(demand: Demand, service: Service, paper: str) -> ProofPaper:
    assert demand.approved_snapshot is not None, "What is served was approved."
    whole = subpoena_from_json(demand.approved_snapshot.content)
    return ProofPaper(
        paper=paper,
        language=whole.language,
        document_title=f"Proof of Service: {whole.document_title}",
        parts=PROOF_PARTS,
        caption=whole.caption,
        edition=whole.form.edition,
        proof=proof_of(demand, service),
        author=whole.author,
        created=stamped(service.changed_at),
    )


def proof_of(demand: Demand, service: Service) -> ServiceProof:
    """Return the filled-in fields of AO 88B, page 2; date and signature are the server's own, by hand."""
    return ServiceProof(
        received_for=demand.responding_party.person.name,
        received_on=printed_date(service.received_on),
        served=True,
        served_how=_how(demand, service),
        served_on=printed_date(service.served_on),
        fees_tendered=_dollars(service.attendance_fee, service.mileage_fee),
        travel_fees=_dollars(service.travel_fee),
        service_fees=_dollars(service.service_fee),
        total_fees=_dollars(service.travel_fee, service.service_fee),
        server_name_title=service.server,
        server_address=service.server_address,
        additional="\n".join(_attempt(one) for one in _failed_attempts(demand, service)),
    )


def _of_set(demand: Demand, service: Service, paper: str) -> CertificatePaper:
    case, group = demand.case, demand.request_set.propounded_by
    method, other = method_of(demand, service)
    deposed = demand.kind == DemandKind.DEPOSITION
    numbered = "" if deposed else _set_words(number_of(demand))
    what, name = f"{_what(demand)}{numbered}", demand.responding_party.person.name
    told = f"{what} of {name}, served by {group.name}" if deposed else f"{what}, propounded by {group.name} to {name}"
    document = _title_served(demand) or told
    signer = demand.attorney or _first_appearance(demand)
    return CertificatePaper(
        paper=paper,
        language=case.court.language,
        document_title=f"Proof of Service: {document} – {case.name}, No. {case.docket_number}",
        parts=CERTIFICATE_PARTS,
        caption=caption_of(case),
        counsel=counsel_block(case, signer, f"Attorneys for {group.name}"),
        title=f"PROOF OF SERVICE OF {what.upper()}{',' if numbered else ''} {'OF' if deposed else 'TO'} {name.upper()}",
        certificate=certified(service, document, method),
        other_method=other,
        created=stamped(service.changed_at),
    )


def _what(demand: Demand) -> str:
    """Return what the court's papers call a set: New York's is a "Notice for Discovery and Inspection"."""
    if demand.kind == DemandKind.DEPOSITION:
        return "Notice of Deposition"
    what = set_form(demand.case.court.rule_set).words(demand.kind).what
    return " ".join(word if word in {"of", "for", "and", "to"} else word.capitalize() for word in what.lower().split())


def _title_served(demand: Demand) -> str:
    """Return the title that stands on the paper that was served; "" for one made elsewhere.

    The exact title of the document: Cal. Code Civ. Proc. 1013a(1) asks for it (text of the section), and no court minds.
    """
    if demand.approved_snapshot is None:
        return ""
    paper = snapshots.from_json(demand.approved_snapshot.content)
    return paper.title if isinstance(paper, (RequestsPaper, DepositionPaper)) else ""


def certified(service: Service, document: str, method: str) -> snapshots.Certificate:
    """Return the certificate of a service on record: who served which document how, on the frozen service list."""
    return snapshots.Certificate(
        declarant=service.server,
        declarant_address=service.server_address,
        served_on=printed_date(service.served_on),
        documents=(document,),
        method=method,
        recipients=tuple(
            snapshots.Recipient(entry.name, entry.address, entry.email, entry.represents) for entry in service.service_list.all()
        ),
        executed_at="",
    )


def _first_appearance(demand: Demand) -> Appearance | None:
    """Return who appears first for those who ask: a set made elsewhere names no attorney of record here."""
    group = demand.request_set.propounded_by
    rows = Appearance.objects.filter(Q(group=group) | Q(parties__in=group.members.all()), case=demand.case)
    return rows.select_related("attorney__firm").order_by("position", "pk").first()


def method_of(demand: Demand, service: Service) -> tuple[str, str]:
    """Return the box to tick, or else the method in words with its rule."""
    try:
        known = CourtLaw(demand.case.court).rules.method(service.method, service.served_on)
    except LawRefused:
        return "", f"By {service.method}"
    if service.method in boxes_of(demand):
        return boxes_of(demand)[service.method], ""
    return "", f"{known.label} ({cited_alone(known.rule)})"


def boxes_of(demand: Demand) -> dict[str, str]:
    """Return the boxes of a court whose certificate's words are on record; elsewhere the method stands in words alone.

    The federal box for delivery takes the office in, "Fed. R. Civ. P. 5(b)(2)(A)-(B)"; a state's names the hand alone.
    """
    court = demand.case.court
    words = words_of_rules(court.rule_set, federal=court.kind == CourtKind.FEDERAL_DISTRICT)
    if words.id == OTHER:
        return {}
    return BOXES | ({"office": "personal"} if words.id == "frcp" else {})


def cited_alone(rule: str) -> str:
    """Return the citation of a rule set's rule without what it says for the reader of the data: "CPLR 2103(b)(6)".

    What follows a colon, a semicolon or "(expert knowledge" is an explanation and has no place on a paper of the court.
    """
    return re.split(r"[:;]| \(expert", rule, maxsplit=1)[0].strip()


def _how(demand: Demand, service: Service) -> str:
    """Return how a subpoena was delivered, in the words of the record: method, on whom, for whom, where, at what hour."""
    try:
        method = CourtLaw(demand.case.court).rules.method(service.method, service.served_on).label
    except LawRefused:
        method = service.method
    recipient = demand.responding_party.person.name
    whom = " of ".join(part for part in (service.person_served, service.agent) if part)
    parts = [
        f"{method} to {whom}" if whom else method,
        f"authorized to accept service for {recipient}" if service.agent else "",
        f"at {service.place}" if service.place else "",
        f"at {printed_hour(service.served_time)}" if service.served_time else "",
    ]
    return ", ".join(part for part in parts if part)


def _failed_attempts(demand: Demand, service: Service) -> list[ServiceAttempt]:
    tried = ServiceAttempt.objects.filter(demand=demand, tried_on__lte=service.served_on)
    return list(tried.exclude(outcome=AttemptOutcome.SERVED.value))


def _attempt(attempt: ServiceAttempt) -> str:
    """Return one attempt as a line: "June 17, 2025, 9:30 AM, 1 Main Street, by Ann Lee: Nobody found. Door locked."."""
    hour = printed_hour(attempt.tried_time) if attempt.tried_time else ""
    by = f"by {attempt.server}" if attempt.server else ""
    where = ", ".join(part for part in (printed_date(attempt.tried_on), hour, attempt.place, by) if part)
    outcome = AttemptOutcome(attempt.outcome).label
    return f"{where}: {outcome}. {' '.join(attempt.note.split())}".strip()


def _dollars(*amounts: Decimal | None) -> str:
    """Return the sum as the form prints it, "61.00"; '' when no amount is on record."""
    known = [amount for amount in amounts if amount is not None]
    return f"{sum(known, Decimal(0)):.2f}" if known else ""


def _set_words(number: int | None) -> str:
    if number is None:
        return ""
    return f", Set {spelled(number)}"
