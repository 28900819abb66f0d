"""What papers print alike, from the rows: dates, the title of the action, counsel, signatures, the others' counsel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q

from discovery.domain.captions import related_lines, sides_of
from discovery.enums import AddressKind, Admission
from discovery.law.paper_styles import paper_style
from discovery.models import Appearance, Case, Court
from discovery.papers import snapshots

if TYPE_CHECKING:
    from discovery.models import CaseParty, PartyGroup

SEVERAL = frozenset({"plaintiffs", "defendants", "claimants", "petitioners", "respondents", "relators", "movants", "intervenors"})
"""Roles in the plural, as names of groups begin; "Counterclaim-Defendants" ends in one."""


GROUPS = (["Plaintiffs"], ["Defendants"], ["Petitioners"], ["Respondents"], ["Intervenors"])
"""How the name of a group ends that has an article in a sentence."""


def printed_date(day: date | None) -> str:
    """Return a date as American papers print it: June 18, 2025; '' for none."""
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def printed_moment(day: date | None, hour: time | None, zone: str) -> str:
    """Return date, hour and zone as the form prints them, the zone as it was typed: July 2, 2025 at 5:00 PM PST."""
    if day is None:
        return ""
    if hour is None:
        return printed_date(day)
    return f"{printed_date(day)} at {printed_hour(hour)} {zone}".strip()


def printed_hour(hour: time) -> str:
    """Return an hour as American papers print it: 5:00 PM."""
    return f"{hour.hour % 12 or 12}:{hour.minute:02d} {'AM' if hour.hour < 12 else 'PM'}"


def spoken_hour(hour: time) -> str:
    """Return an hour as running text writes it: 5:00 p.m. (the form itself prints 5:00 PM)."""
    return f"{hour.hour % 12 or 12}:{hour.minute:02d} {'a.m.' if hour.hour < 12 else 'p.m.'}"


def verb_after(name: str, several: str, one: str) -> str:
    """Return the verb that fits a name: `several` after "OpenAI Defendants", `one` after "Meta Platforms, Inc.".

    "Plaintiffs Elon Musk and X.AI Corp." are several, whatever the last name ends in.
    """
    plain = name.strip()
    if plain.partition(" ")[0].lower().rpartition("-")[2] in SEVERAL:
        return several
    return several if plain.endswith("s") and not plain.endswith(("ss", "us")) else one


def in_a_sentence(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: "A", "A and B", "A, B, and C"."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def possessive(name: str) -> str:
    """Return "Acme’s", and for names that end in s "OpenAI Defendants’"."""
    plain = name.strip()
    return f"{plain}’" if plain.lower().endswith("s") else f"{plain}’s"


def with_article(name: str) -> str:
    """Return "the OpenAI Defendants" for the name of a group, any other name as it is."""
    return f"the {name}" if name.split()[-1:] in GROUPS and not name.lower().startswith("the ") else name


def series(names: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C", as sentences of these papers join them."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def stopped(sentence: str) -> str:
    """Return a sentence with one full stop, also after "Meta Platforms, Inc."."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def case_line(case: Case) -> str:
    """Return the action on one line, as what is not headed by a caption names it: both sides, and its number."""
    return f"{case.first_side.rstrip(' ,')} v. {case.second_side.rstrip(' ,')}, No. {case.docket_number}"


def court_line(court: Court) -> str:
    """Return a court with its district on one line."""
    return ", ".join(part for part in (court.title, court.district) if part)


def stamped(moment: datetime) -> str:
    """Return a moment as a snapshot's `created`: the same rows give the same stamp, to the second."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def caption_of(case: Case) -> snapshots.Caption:
    """Return the title of the action as the case stands now (2 queries, 5 when the sides come from the parties)."""
    court = case.court
    sides = sides_of(case)
    number_label = number_label_of(court)
    extra = [
        line
        for line in (
            f"Judge: {case.judge}" if case.judge else "",
            f"Magistrate Judge: {case.magistrate_judge}" if case.magistrate_judge else "",
            f"Date Action Filed: {printed_date(case.filed_on)}" if case.filed_on else "",
        )
        if line
    ]
    trial = case.schedule.filter(kind="trial").order_by("day").first() if case.pk else None
    if trial is not None:
        extra.append(f"Trial Date: {printed_date(trial.day)}")
    return snapshots.Caption(
        court_name=court.title,
        court_district=court.district,
        district_first=court.form_district,
        district_second=court.form_state,
        division=case.division,
        first_side=sides.first.first_side,
        first_label=sides.first.first_label,
        second_side=sides.first.second_side,
        second_label=sides.first.second_label,
        # The form's boxes have room for the first names, with "et al."; Rule 10(a) allows it.
        form_first_side=sides.form_first,
        # The form prints these two words itself (forms.md section 1, page 1, item 3).
        form_first_label="Plaintiff",
        form_second_side=sides.form_second,
        form_second_label="Defendant",
        case_number=case.docket_number,
        extra_lines=tuple(extra),
        style=court.paper_style,
        number_label=number_label,
        related=related_lines(case.related_cases.all() if case.pk else (), number_label),
        tail=sides.tail,
        more_sides=sides.more,
    )


def number_label_of(court: Court) -> str:
    """Return what a court calls the number of a case: "Case No.", "Index No.", "CAUSE NO."."""
    return court.number_label or paper_style(court.paper_style).number_label


def contact_of(appearance: Appearance | None) -> str:
    """Return name, firm, address, telephone and e-mail of an attorney on one line; '' for none."""
    if appearance is None:
        return ""
    attorney, firm = appearance.attorney, appearance.attorney.firm
    parts = (attorney.name, firm.name, *firm.address_lines(), attorney.telephone_number(), attorney.email)
    return ", ".join(part for part in parts if part)


def counsel_block(case: Case, signer: Appearance | None, attorneys_for: str) -> snapshots.CounselBlock:
    """Return the counsel block of the signing attorney's office: its lawyers who appear for the same side, the signer first."""
    if signer is None:
        return snapshots.CounselBlock((), "", (), "", "", attorneys_for)
    firm = signer.attorney.firm
    beside = Appearance.objects.filter(case=case, attorney__firm=firm, group=signer.group).select_related("attorney")
    lawyers = sorted(beside, key=lambda row: (row.pk != signer.pk, row.position, row.pk))
    return snapshots.CounselBlock(
        attorneys=tuple(attorney_line(row) for row in lawyers),
        firm=firm.name,
        address_lines=tuple(firm.address_lines()),
        telephone=signer.attorney.telephone_number(),
        email=signer.attorney.email,
        attorneys_for=attorneys_for,
    )


def attorney_line(appearance: Appearance) -> str:
    """Return an attorney as the counsel block names one: "Ann Lee (CA SBN 123456)"."""
    attorney = appearance.attorney
    bar = " ".join(part for part in (attorney.bar, attorney.bar_number) if attorney.bar_number and part)
    # Civ. L.R. 3-4(a)(1)-(2): bar number, or that the lawyer is admitted for this case.
    standing = {
        Admission.PRO_HAC_VICE.value: "admitted pro hac vice",
        Admission.PENDING.value: "pro hac vice application pending",
    }.get(appearance.admission, bar)
    return f"{attorney.name} ({standing})" if standing else attorney.name


def signature_block(signer: Appearance | None, dated: date | None, attorneys_for: str, *, signed: str = "") -> snapshots.Signature:
    """Return a signature block under Rule 26(g)(1); `signed` is "/s/ Name", or empty to be signed by hand."""
    return snapshots.Signature(
        dated=printed_date(dated),
        firm=signer.attorney.firm.name if signer else "",
        signed=signed,
        name=signer.attorney.name if signer else "",
        attorneys_for=attorneys_for,
    )


@dataclass(frozen=True)
class Marks:
    """Fills {recipient} and {propounder} in, on each paper anew: one text may go to several responding parties."""

    recipient: str
    propounder: str

    def __call__(self, text: str) -> str:
        """Return the text as this recipient reads it."""
        return text.replace("{recipient}", self.recipient).replace("{propounder}", self.propounder)


@dataclass(frozen=True, slots=True)
class Office:
    """Counsel of one office for one side as a service list prints them, and whether each of them consented to e-mail in writing."""

    recipient: snapshots.Recipient
    accepts_email: bool


def other_counsel(case: Case, ours: PartyGroup | None) -> tuple[snapshots.Recipient, ...]:
    """Return who is to be served by one group: Rule 5(a)(1)(C), 5(b)(1).

    Counsel of every other party, one row an office, then each party without counsel on record itself.
    """
    senders = senders_of(ours)
    offices = tuple(office.recipient for office in other_offices(case, ours, senders))
    return (*offices, *(itself(party) for party in without_counsel(case, senders)))


def without_counsel(case: Case, senders: Senders) -> list[CaseParty]:
    """Return the parties in the case for whom nobody appears, without those that the paper goes out from (1 query, 2 with any)."""
    represented = Q(appearances__isnull=False) | Q(groups__appearances__isnull=False)
    rows = case.parties.filter(left_on__isnull=True).exclude(pk__in=case.parties.filter(represented).values("pk"))
    found = rows.select_related("person").prefetch_related("person__addresses").order_by("position", "pk")
    return [party for party in found if not senders.leave_out(party)]


def itself(party: CaseParty) -> snapshots.Recipient:
    """Return a party as it is served without counsel: where it takes service, else at its last known address, 5(b)(2)(C)."""
    addresses = sorted(party.person.addresses.all(), key=lambda one: one.kind != AddressKind.SERVICE)
    lines = addresses[0].lines() if addresses else []
    return snapshots.Recipient(name=party.person.name, address="\n".join(lines), email=party.person.email, represents="")


def other_offices(case: Case, ours: PartyGroup | None, senders: Senders) -> tuple[Office, ...]:
    """Return the offices of counsel of every party but those of one group, in the order of the appearances.

    The group may be ours, whose clients are then left out, or the other side's when it serves a set on us.
    """
    rows = (
        Appearance.objects.filter(case=case)
        .exclude(group_id=ours.pk if ours else 0)
        .select_related("attorney__firm", "group")
        .prefetch_related("parties__person", "group__members")
        .order_by("position", "pk")
    )
    offices: dict[tuple[int, str], list[Appearance]] = {}
    for row in rows:
        parties = list(row.group.members.all() if row.group is not None else row.parties.all())
        if parties and all(senders.leave_out(party) for party in parties):
            continue
        offices.setdefault((row.attorney.firm_id, _clients(row)), []).append(row)
    return tuple(_office(lawyers, clients) for (_firm, clients), lawyers in offices.items())


@dataclass(frozen=True, slots=True)
class Senders:
    """The parties that a paper goes out from, and whether our clients are among them."""

    parties: frozenset[int]
    with_us: bool

    def leave_out(self, party: CaseParty) -> bool:
        """Whether a party is not to be served: it sends the paper, or left the case."""
        return party.left_on is not None or party.pk in self.parties or (self.with_us and party.is_client)


def senders_of(group: PartyGroup | None) -> Senders:
    """Return the parties of a group; a group without members, or none at all, is our side."""
    members = dict(group.members.values_list("pk", "is_client")) if group is not None else {}
    return Senders(frozenset(members), with_us=not members or any(members.values()))


def _office(lawyers: list[Appearance], clients: str) -> Office:
    firm = lawyers[0].attorney.firm
    recipient = snapshots.Recipient(
        name="\n".join([*(row.attorney.name for row in lawyers), firm.name]),
        address="\n".join(firm.address_lines()),
        email="\n".join(row.attorney.email for row in lawyers if row.attorney.email),
        represents=clients,
    )
    return Office(recipient, accepts_email=all(row.accepts_email for row in lawyers))


def _clients(appearance: Appearance) -> str:
    if appearance.group is not None:
        return appearance.group.name
    return ", ".join(party.person.name for party in appearance.parties.all() if party.left_on is None)
