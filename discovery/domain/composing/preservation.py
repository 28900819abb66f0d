"""Composing a preservation demand: its row -> snapshot. What is asked follows forms.md section 7; the words are ours."""

from __future__ import annotations

from django.utils.translation import gettext as _

from discovery.domain.composing.printed import printed_date, series, stamped, with_article
from discovery.domain.disputes.sides import counsel_of
from discovery.domain.errors import Refused
from discovery.domain.held import held
from discovery.enums import CourtKind, PaperKind, PersonKind
from discovery.models import Address, Appearance, Attorney, CaseParty, Person, PreservationDemand
from discovery.papers.letters import LetterFrame
from discovery.papers.preservation import PARTS, LetterPart, PreservationPaper

PRESERVATION_ROWS = ("case__court", "recipient__registered_agent", "signer__attorney__firm", "signer__group")
"""What the letter is composed from, fetched with the demand in one query."""
SUSPEND = (
    "Automatic deletion, retention limits and mailbox size limits for e-mail, calendars, files and backups.",
    "Deletion in chat and collaboration tools, in channels, groups and direct messages alike.",
    "Disappearing or ephemeral messages: turn them off, on company and on personal accounts that were used for these matters.",
    "Resetting, wiping, trading in or replacing telephones, tablets and computers, and with them voicemail and text messages.",
    "The reuse of backup media that may hold the only copy.",
    "Closing the accounts, or reissuing the devices, of people named above who leave or change positions.",
)
FORM = (
    "Please keep these materials in the form in which they are ordinarily maintained, with their metadata and attachments, drafts "
    "and versions included, and do not move, convert or open them in a way that alters them. A printout does not replace the "
    "electronic original. Paper and things are kept in their present condition."
)
DUTY_OF_A_PARTY = (
    # Fed. R. Civ. P. 37(e), its opening words (law/rules.md section 1, PRESERVE).
    "Fed. R. Civ. P. 37(e) provides measures “[i]f electronically stored information that should have been preserved in the "
    "anticipation or conduct of litigation is lost because a party failed to take reasonable steps to preserve it, and it cannot "
    "be restored or replaced through additional discovery.”"
)
NON_PARTY = (
    "You are not a party to the Action. A subpoena may follow; until then, please take reasonable steps so that what is described "
    "here is not lost. If that is a burden to you, tell us, and we will discuss how to lessen it."
)
RESERVATION = (
    "This letter does not describe everything that may have to be preserved, asks for nothing that is privileged to be disclosed, "
    "and waives no right, claim or defense."
)


def compose_preservation(demand: PreservationDemand, paper: str = PaperKind.PRESERVATION.value) -> PreservationPaper:
    """Return the snapshot of the letter. Raises Refused without a signer: a letter of nobody asks for nothing."""
    if demand.signer is None:
        raise Refused(_("Nobody is named who signs. Name the signer of the letter first."))
    case = demand.case
    counsel = counsel_of(case.pk, demand.recipient_id)
    signer = demand.signer
    whose = signer.group.name if signer.group is not None else _clients(signer)
    return PreservationPaper(
        paper=paper,
        language=case.court.language,
        document_title=f"Preservation demand to {demand.recipient.name}: {case.name}, No. {case.docket_number}",
        parts=PARTS,
        frame=LetterFrame(
            firm=signer.attorney.firm.name,
            address_lines=tuple(signer.attorney.firm.address_lines()),
            telephone=signer.attorney.telephone_number(),
            email=signer.attorney.email,
            dated=printed_date(demand.dated or demand.sent_on),
            via=demand.via,
            addressees=_addressees(demand, counsel),
            subject=(f"{case.name}, No. {case.docket_number}", f"Preservation of evidence: {demand.recipient.name}"),
            salutation=_salutation(demand, counsel),
            closing="Very truly yours,",
            signed=demand.signed,
            signer=signer.attorney.name,
            signer_for=f"Attorneys for {whose}",
        ),
        opening=(
            f"We represent {with_article(whose)} in the action named above, pending in the {case.court.title}"
            f"{f', {case.court.district}' if case.court.district else ''} (the “Action”). We write to ask that "
            f"{demand.recipient.name} preserve the documents, electronically stored information and tangible things described in "
            "this letter, which are or may be relevant to the Action."
        ),
        sections=_sections(demand),
        reservation=RESERVATION,
        final=demand.sent_on is not None,
        created=stamped(demand.changed_at),
    )


def _sections(demand: PreservationDemand) -> tuple[LetterPart, ...]:
    found = [LetterPart("The facts", (demand.facts,))]
    if demand.claims.strip():
        found.append(LetterPart("The claims", (demand.claims,)))
    people, systems = _lines(demand.custodians), _lines(demand.systems)
    if people:
        found.append(LetterPart("Whose records", ("Please preserve in particular the records of:",), people))
    if systems:
        found.append(LetterPart("Systems and devices", ("Wherever these records are kept, and in particular in:",), systems))
    found.append(LetterPart("Period", (_period(demand),)))
    above = [*["people"] * bool(people), *["systems"] * bool(systems), "period"]
    found.append(LetterPart("What to suspend now", (f"For the {series(above)} above, please suspend:",), SUSPEND))
    found.append(LetterPart("Form", (FORM,)))
    duty = _duty(demand)
    if duty:
        found.append(LetterPart("Why this matters", (duty,)))
    found.append(LetterPart("Acknowledgment", (_acknowledgment(demand),)))
    return tuple(found)


def _duty(demand: PreservationDemand) -> str:
    """Return what a party and a non-party is told; for a party outside the federal courts nothing is recorded to cite."""
    if not CaseParty.objects.filter(case=demand.case_id, person=demand.recipient_id).exists():
        return NON_PARTY
    return DUTY_OF_A_PARTY if demand.case.court.kind == CourtKind.FEDERAL_DISTRICT else ""


def _period(demand: PreservationDemand) -> str:
    first, last = printed_date(demand.period_from), printed_date(demand.period_to)
    if not first and not last:
        return "Without limit of time, and continuing until the Action ends."
    if not last:
        return f"From {first} on, and continuing until the Action ends."
    return f"From {first} through {last}." if first else f"Everything through {last}."


def _acknowledgment(demand: PreservationDemand) -> str:
    by = f" by {printed_date(demand.acknowledge_by)}" if demand.acknowledge_by is not None else ""
    return (
        f"Please confirm in writing{by} that these steps were taken, and name the person who looks after them. If anything "
        "described here was lost already, or cannot be kept, please say what, when and why."
    )


def _addressees(demand: PreservationDemand, counsel: list[Attorney]) -> tuple[str, ...]:
    """Return to whom it goes: counsel on record, an office each, since who is represented is written to through counsel
    (ABA Model Rule 4.2; expert knowledge, verify); else the person itself, in care of its registered agent."""
    if counsel:
        offices: dict[int, list[Attorney]] = {}
        for attorney in counsel:
            offices.setdefault(attorney.firm_id, []).append(attorney)
        return tuple(
            "\n".join(
                [
                    *(one.name for one in lawyers),
                    lawyers[0].firm.name,
                    *lawyers[0].firm.address_lines(),
                    *(one.email for one in lawyers if one.email),
                    f"Counsel for {demand.recipient.name}",
                ]
            )
            for lawyers in offices.values()
        )
    person = demand.recipient
    own = _first_address(person)
    agent = person.registered_agent
    lines = [person.name]
    if own is None and agent is not None:
        lines.append(f"c/o {agent.name}")
        own = agent.addresses.first()
    lines += own.lines() if own is not None else []
    return ("\n".join([*lines, *([person.email] if person.email else [])]),)


def _first_address(person: Person) -> Address | None:
    """Return a person's first address; of one who is being written down, the address that is held in memory."""
    addresses: list[Address] | None = held(person, "addresses")
    return person.addresses.first() if addresses is None else next(iter(addresses), None)


def lacks_address(demand: PreservationDemand) -> bool:
    """Whether the letter has nowhere to go: no counsel on record, and no address of the recipient or its agent (2 to 4 queries)."""
    person, agent = demand.recipient, demand.recipient.registered_agent
    if counsel_of(demand.case_id, demand.recipient_id) or person.addresses.exists():
        return False
    return agent is None or not agent.addresses.exists()


def _salutation(demand: PreservationDemand, counsel: list[Attorney]) -> str:
    if counsel:
        return "Counsel:"
    return f"Dear {demand.recipient.name}:" if demand.recipient.kind == PersonKind.NATURAL else "To Whom It May Concern:"


def _clients(signer: Appearance) -> str:
    names = [party.person.name for party in signer.parties.select_related("person").filter(left_on=None)]
    return series(names) or "our client"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
