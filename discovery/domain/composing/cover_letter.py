"""Composing the cover letter of our own production: its record -> snapshot, to counsel of those who asked."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from discovery.domain.composing.printed import Marks, in_a_sentence, printed_date, stamped, stopped
from discovery.domain.errors import Refused
from discovery.domain.productions.coverage import ranges_of, tied_by_row
from discovery.enums import SUBPOENAS, DemandStatus, PaperKind, ProductionMedium, Side
from discovery.law.bates import count, label, listed
from discovery.models import Appearance, Demand, PartyGroup, Production, RequestRow, Service
from discovery.papers.cover_letter import AnsweredRequest, AnsweredSet, CoverLetterPaper, LetterRange
from discovery.papers.letters import LetterFrame
from discovery.papers.snapshots import Labelled

COVER_LETTER_ROWS = ("case__court", "responding_party__person")
"""What a cover letter is composed from, fetched with the production in one query."""
FEDERAL = "FRCP"
RESERVATION = (
    "This production waives neither the attorney-client privilege nor the protection of trial-preparation material nor any other "
    "protection, and none is waived by anything produced inadvertently. Should information subject to such a claim have been "
    "produced, we will notify you of the claim and its basis. "
)
CLAW_BACK = (
    # The duties after notice: Fed. R. Civ. P. 26(b)(5)(B); no waiver by inadvertent disclosure: Fed. R. Evid. 502(b).
    "After being notified, you must promptly return, sequester, or destroy the specified information and any copies you have; "
    "must not use or disclose it until the claim is resolved; must take reasonable steps to retrieve it if you disclosed it "
    "before being notified; and may promptly present it to the court under seal for a determination of the claim. "
    "Fed. R. Civ. P. 26(b)(5)(B); see Fed. R. Evid. 502(b)."
)
CLAW_BACK_SUBPOENA = (
    # What answers a subpoena: Fed. R. Civ. P. 45(e)(2)(B), which adds the court of compliance and the duty to preserve.
    "After being notified, a party must promptly return, sequester, or destroy the specified information and any copies it has; "
    "must not use or disclose it until the claim is resolved; must take reasonable steps to retrieve it if the party disclosed it "
    "before being notified; and may promptly present it under seal to the court for the district where compliance is required for "
    "a determination of the claim. Fed. R. Civ. P. 45(e)(2)(B); see Fed. R. Evid. 502(b)."
)
CLAW_BACK_ELSEWHERE = "Please then return or destroy it with every copy, and do not use it until the claim is resolved."
OPENING = {
    ProductionMedium.TRANSFER.value: "The volume was sent by secure file transfer. Credentials follow separately.",
    ProductionMedium.EMAIL.value: "The volume was sent by e-mail.",
    ProductionMedium.DRIVE.value: "The volume is on the enclosed drive or disc. Its password follows separately.",
    ProductionMedium.PAPER.value: "The volume is enclosed on paper.",
    ProductionMedium.INSPECTION.value: "The material was made available for inspection at the place agreed.",
}
HASHED = (
    "Before opening it, please compute the SHA-256 of the delivery and compare it with the one above; if they differ, tell us and "
    "do not use the copy."
)


def compose_cover_letter(production: Production, paper: str = PaperKind.COVER_LETTER.value) -> CoverLetterPaper:
    """Return the snapshot of the cover letter of our production.

    Raises Refused for a production of the other side, one that answers no demand, and when counsel is missing on either side.
    """
    if production.side != Side.OURS:
        raise Refused(
            _("This production came from %(who)s: its cover letter is theirs. Attach it to the record instead.")
            % {"who": production.responding_party}
        )
    case, who = production.case, str(production.responding_party)
    tied = tied_by_row(production)
    rows = list(
        RequestRow.objects.filter(pk__in=tied)
        .select_related("demand__request_set__propounded_by", "demand__approved_version", "demand__responding_party__person")
        .order_by("demand__pk", "number")
    )
    groups = _askers(production, rows)
    signer = _our_counsel(production)
    ranges = ranges_of(production)
    firm = signer.attorney.firm
    title = f"Production of {who}: {production.volume}"
    return CoverLetterPaper(
        paper=paper,
        language=case.court.language,
        document_title=title,
        parts=("letter",),
        frame=LetterFrame(
            firm=firm.name,
            address_lines=tuple(firm.address_lines()),
            telephone=signer.attorney.telephone_number(),
            email=signer.attorney.email,
            dated=printed_date(production.produced_on),
            via=_via(production),
            addressees=_addressees(production, groups),
            subject=(f"{case.name}, No. {case.docket_number}", f"Production of {who}, volume {production.volume}"),
            salutation="Counsel:",
            closing="Very truly yours,",
            signed="",
            signer=signer.attorney.name,
            signer_for=f"Attorneys for {signer.group.name if signer.group else who}",
        ),
        opening=stopped(f"On behalf of {who}, we produce the volume described below{_answering(groups)}"),
        facts=tuple(_facts(production)),
        ranges=tuple(
            LetterRange(label(one.prefix, one.digits, one.first), label(one.prefix, one.digits, one.last), f"{len(one):,}")
            for one in ranges
        ),
        total=_pages(count(ranges)),
        sets=tuple(_sets(rows, {row: listed(pages) for row, pages in tied.items()})),
        designation=_designation(production),
        reservation=RESERVATION + _claw_back(production, rows),
        instructions=f"{OPENING[production.medium]} {HASHED}" if production.sha256 else OPENING[production.medium],
        author=firm.name,
        created=stamped(production.changed_at),
    )


def _claw_back(production: Production, rows: Iterable[RequestRow]) -> str:
    """Return the duties after notice of a claim, by the rule under which the material was asked for."""
    if not production.case.court.rule_set.startswith(FEDERAL):
        return CLAW_BACK_ELSEWHERE
    kinds = {row.demand.kind for row in rows}
    if not kinds:
        return CLAW_BACK if production.responding_party.party() else CLAW_BACK_SUBPOENA
    return CLAW_BACK_SUBPOENA if kinds <= SUBPOENAS else CLAW_BACK


def _askers(production: Production, rows: Iterable[RequestRow]) -> list[PartyGroup]:
    """Return who asked: those whose requests the pages answer, or, while nothing is tied, all who asked this party."""
    groups = {row.demand.request_set.propounded_by_id: row.demand.request_set.propounded_by for row in rows}
    if not groups:
        demands = Demand.objects.filter(responding_party=production.responding_party, status=DemandStatus.SERVED.value)
        found = demands.select_related("request_set__propounded_by").order_by("pk")
        groups = {one.request_set.propounded_by_id: one.request_set.propounded_by for one in found}
    if not groups:
        raise Refused(
            _("No demand to %(who)s is on record, so there is nobody to write to. Record the served set first.")
            % {"who": production.responding_party}
        )
    return list(groups.values())


def _our_counsel(production: Production) -> Appearance:
    person = production.responding_party.person_id
    found = (
        Appearance.objects.filter(case=production.case)
        .filter(Q(group__members__person=person) | Q(parties__person=person))
        .select_related("attorney__firm", "group")
        .order_by("position", "pk")
        .first()
    )
    if found is None:
        raise Refused(
            _("Nobody appears for %(who)s in this case, so nobody can sign. Add the appearance first.")
            % {"who": production.responding_party}
        )
    return found


def _addressees(production: Production, groups: Iterable[PartyGroup]) -> tuple[str, ...]:
    """Return counsel of those who asked, a block an office, in the order of their appearances."""
    offices: dict[int, list[Appearance]] = {}
    for group in groups:
        of_group = Q(group=group) | Q(parties__in=group.members.all()) | Q(group__members__in=group.members.all())
        found = Appearance.objects.filter(of_group, case=production.case).select_related("attorney__firm").distinct()
        rows = list(found.order_by("position", "pk"))
        if not rows:
            raise Refused(
                _("Nobody appears for %(who)s in this case, so there is nobody to write to. Add the appearance first.")
                % {"who": group.name}
            )
        for row in rows:
            office = offices.setdefault(row.attorney.firm_id, [])
            if row not in office:
                office.append(row)
    return tuple(
        "\n".join(
            [
                *(row.attorney.name for row in lawyers),
                lawyers[0].attorney.firm.name,
                *lawyers[0].attorney.firm.address_lines(),
                *(row.attorney.email for row in lawyers if row.attorney.email),
            ]
        )
        for lawyers in offices.values()
    )


def _answering(groups: Iterable[PartyGroup]) -> str:
    names = [group.name for group in groups]
    return f" in response to the requests of {in_a_sentence(names)}"


def _facts(production: Production) -> Iterable[Labelled]:
    yield Labelled("Volume", (production.volume,))
    yield Labelled("Produced on", (printed_date(production.produced_on),))
    yield Labelled("Medium", (ProductionMedium(production.medium).label,))
    if production.confidentiality:
        yield Labelled("Designation", (production.confidentiality,))
    if production.sha256:
        yield Labelled("SHA-256", (production.sha256[:32], production.sha256[32:]))


def _sets(rows: Iterable[RequestRow], pages: dict[int, str]) -> Iterable[AnsweredSet]:
    """Return the requests by set, each with its pages: Rule 34(b)(2)(E)(i), labelled to correspond to the request."""
    by_demand: dict[int, list[RequestRow]] = {}
    for row in rows:
        by_demand.setdefault(row.demand_id, []).append(row)
    services = Service.objects.filter(demand__in=by_demand, superseded=False)
    served = {one.demand_id: one.served_on for one in services}
    for demand_id, mine in by_demand.items():
        demand = mine[0].demand
        version = demand.approved_version
        heading = version.content["request_heading"] if version is not None else "Request No. {number}:"
        day = f", served on {printed_date(served[demand_id])}" if demand_id in served else ""
        fill = Marks(demand.responding_party.person.name, demand.request_set.propounded_by.name)
        yield AnsweredSet(
            heading=f"{demand.request_set.name}{day}",
            requests=tuple(
                AnsweredRequest(fill(heading.replace("{number}", str(row.number))).rstrip(" :"), pages[row.pk]) for row in mine
            ),
        )


def _designation(production: Production) -> str:
    if not production.confidentiality:
        return ""
    return (
        f"The volume, or the pages so marked in it, is designated “{production.confidentiality}.” Please treat it as the "
        "protective order in this action, or the agreement of the parties, provides."
    )


def _via(production: Production) -> str:
    sent = {ProductionMedium.TRANSFER.value: "Via Secure File Transfer", ProductionMedium.EMAIL.value: "Via E-mail"}
    return sent.get(production.medium, "")


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number:,} pages"
