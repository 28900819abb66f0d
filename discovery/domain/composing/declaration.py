"""Composing the declaration of counsel on the conferences about a demand, from the log: what it prints, and in whose name.

It prints what was recorded of each conference, never its private notes, and of a commitment whether it was kept, never the note
or the file that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.composing.printed import caption_of, counsel_block, printed_date, spoken_hour, stamped
from discovery.domain.conferrals.attending import our_appearances, served_on_us
from discovery.domain.conferrals.commitments import BROKEN, KEPT, RELEASED, standing, who_promised
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.service.rows import served_texts
from discovery.enums import ConferralMode, ConferralOutcome, DemandKind, PaperKind, Side
from discovery.models import Appearance, Commitment, Conferral, ConferredRequest, Demand, Narrowing
from discovery.papers.declaration import ConferredItem, DeclarationPaper, HeldConference, NarrowedItem, PromisedItem
from discovery.papers.snapshots import Labelled

MODES = {
    ConferralMode.IN_PERSON.value: "in person",
    ConferralMode.TELEPHONE.value: "by telephone",
    ConferralMode.VIDEO.value: "by video conference",
}
OUTCOMES = {
    ConferralOutcome.AGREED.value: "Counsel agreed on this request.",
    ConferralOutcome.NARROWED.value: "The request was narrowed.",
    ConferralOutcome.WILL_SUPPLEMENT.value: "The response will be supplemented.",
    ConferralOutcome.TO_CONSIDER.value: "One side took this request under consideration.",
    ConferralOutcome.OPEN.value: "This request was discussed and remained open.",
    ConferralOutcome.IMPASSE.value: "Counsel reached an impasse on this request.",
    ConferralOutcome.DROPPED.value: "This request was not pursued.",
}
KINDS = {
    DemandKind.SUBPOENA_DOCUMENTS.value: "a subpoena to produce documents under Federal Rule of Civil Procedure 45",
    DemandKind.SUBPOENA_DEPOSITION.value: "a subpoena to testify at a deposition under Federal Rule of Civil Procedure 45",
    DemandKind.SUBPOENA_TRIAL.value: "a subpoena to appear and testify under Federal Rule of Civil Procedure 45",
    DemandKind.DEPOSITION.value: "a notice of deposition under Federal Rule of Civil Procedure 30",
    DemandKind.RFP.value: "requests for production under Federal Rule of Civil Procedure 34",
    DemandKind.ROG.value: "interrogatories under Federal Rule of Civil Procedure 33",
    DemandKind.RFA.value: "requests for admission under Federal Rule of Civil Procedure 36",
}
# 28 U.S.C. 1746(1) adds "under the laws of the United States of America" for what is signed abroad; at home it does no harm.
OATH = "I declare under penalty of perjury under the laws of the United States of America that the foregoing is true and correct."


@dataclass(frozen=True)
class _Facts:
    """What a declaration is made of."""

    demand: Demand
    asker: str
    responder: str
    texts: Mapping[int, Mapping[str, Any]]
    held: list[Conferral]
    declarant: Appearance
    now: datetime
    on_us: bool  # whether our own client must answer

    @property
    def against(self) -> str:
        """The side that faces ours."""
        return self.asker if self.on_us else self.responder


def compose_declaration(demand: Demand, paper: str = PaperKind.CONFERRAL_DECLARATION.value) -> DeclarationPaper:
    """Return the snapshot of the declaration. Raises Refused without a conference, without counsel of ours, in a state's court."""
    case = demand.case
    if not case.court.rule_set.startswith("FRCP"):
        raise Refused(
            _("The wording of this declaration is known for federal courts (28 U.S.C. 1746). Give the court its rule set first.")
        )
    held = _held(demand)
    if not held:
        raise Refused(_("No conference about this demand is on record. Record it first."))
    facts = _Facts(
        demand,
        demand.request_set.propounded_by.name,
        demand.responding_party.person.name,
        served_texts(demand),
        held,
        _declarant(demand, held),
        timezone.now(),
        on_us=served_on_us(demand),
    )
    name = facts.declarant.attorney.name
    narrowings, commitments = _narrowings(facts), _commitments(facts)
    changed = [demand.changed_at, *(one.changed_at for one in (*held, *narrowings, *commitments))]
    return DeclarationPaper(
        paper=paper,
        language=case.court.language,
        document_title=f"Declaration of {name} regarding conferences with {facts.against}: {case.name}, No. {case.docket_number}",
        parts=("declaration",),
        caption=caption_of(case),
        counsel=counsel_block(case, facts.declarant, f"Attorneys for {_ours(facts)}"),
        title=f"DECLARATION OF {name.upper()} REGARDING CONFERENCES OF COUNSEL WITH {facts.against.upper()}",
        declarant=name,
        opening=_opening(facts),
        conferences=tuple(_conference(facts, one) for one in held),
        narrowings=tuple(_narrowed(facts, one) for one in narrowings),
        commitments=tuple(_promised(facts, one) for one in commitments),
        certification=(_certification(facts),),
        oath=OATH,
        created=stamped(max(changed)),
    )


def _held(demand: Demand) -> list[Conferral]:
    """Return the conferences about a demand with who took part and what was said of its requests (3 queries)."""
    said = ConferredRequest.objects.filter(row__demand=demand).select_related("row").order_by("row__number")
    rows = Conferral.objects.filter(pk__in=said.order_by().values("conferral"))
    rows = rows.prefetch_related("attendees", Prefetch("requests", said))
    return list(rows.order_by("held_on", "started", "pk"))


def _declarant(demand: Demand, held: list[Conferral]) -> Appearance:
    """Return who declares: the attorney of record of the paper if he took part, else who of ours took part most often.

    A declaration says what its maker knows (28 U.S.C. 1746; Fed. R. Evid. 602); what he knows from the record alone, it says so.
    """
    took_part = Counter(
        person.attorney_id
        for conferral in held
        for person in conferral.attendees.all()
        if person.side == Side.OURS and person.attorney_id is not None
    )
    ours = list(our_appearances(demand.case))
    if demand.attorney is not None and demand.attorney_id not in {one.pk for one in ours}:
        ours.insert(0, demand.attorney)
    if not ours:
        raise Refused(_("No counsel for our side is on record in this case, so nobody can declare. Add an appearance first."))
    return max(
        ours,
        key=lambda one: (
            one.pk == demand.attorney_id and took_part[one.attorney_id] > 0,
            took_part[one.attorney_id],
            one.pk == demand.attorney_id,
        ),
    )


def _ours(facts: _Facts) -> str:
    """Return for whom the declarant appears."""
    appearance = facts.declarant
    if appearance.group is not None:
        return appearance.group.name
    return ", ".join(party.person.name for party in appearance.parties.all()) or facts.asker


def _opening(facts: _Facts) -> tuple[str, ...]:
    demand, attorney = facts.demand, facts.declarant.attorney
    first = demand.services.order_by("served_on").first()
    served = f"On {printed_date(first.served_on)}, " if first is not None else ""
    standing_of = "a non-party to this action" if _non_party(facts) else "a party to this action"
    return (
        f"I am an attorney with {attorney.firm.name}, counsel for {_ours(facts)} in this action. I make this declaration under "
        "28 U.S.C. § 1746. Except where it says otherwise, I have personal knowledge of the facts stated in it.",
        f"{served}{facts.asker} served {KINDS[demand.kind]} ({demand.request_set.name}) on {facts.responder}, {standing_of}.",
    )


def _non_party(facts: _Facts) -> bool:
    return facts.demand.responding_party.party() is None


def _conference(facts: _Facts, held: Conferral) -> HeldConference:
    people = list(held.attendees.all())
    present = any(one.attorney_id == facts.declarant.attorney_id for one in people)
    hours = ""
    if held.started is not None and held.ended is not None:
        minutes = (held.ended.hour - held.started.hour) * 60 + held.ended.minute - held.started.minute
        length = f"{minutes} minute{'' if minutes == 1 else 's'}"
        hours = f", from {spoken_hour(held.started)} to {spoken_hour(held.ended)} ({length})"
    elif held.started is not None:
        hours = f", from {spoken_hour(held.started)}"
    place = f" ({held.place})" if held.place else ""
    return HeldConference(
        title=f"Conference of {printed_date(held.held_on)}",
        told=f"On {printed_date(held.held_on)}{hours}, counsel conferred {MODES[held.mode]}{place}.",
        source="" if present else "I did not take part; I state this from the record that our office made of it.",
        people=_people(facts, people),
        requests=tuple(
            ConferredItem(_heading(facts, one.row.number), OUTCOMES[one.outcome], one.note) for one in held.requests.all()
        ),
    )


def _people(facts: _Facts, people: Iterable[Any]) -> tuple[Labelled, ...]:
    """Return who took part by whom they spoke for, our side first."""
    named = {Side.OURS.value: _ours(facts), Side.THEIRS.value: facts.against}
    found: dict[str, list[str]] = {}
    for one in sorted(people, key=lambda person: (person.side != Side.OURS, person.pk)):
        found.setdefault(one.speaks_for or named[one.side], []).append(one.name)
    return tuple(Labelled(whom, tuple(names)) for whom, names in found.items())


def _heading(facts: _Facts, number: int) -> str:
    told = facts.texts.get(number)
    return str(told["heading"]).rstrip(" :.") if told else f"No. {number}"


def _narrowings(facts: _Facts) -> list[Narrowing]:
    rows = Narrowing.objects.filter(row__demand=facts.demand, agreed_on__isnull=False).select_related("row")
    return list(rows.order_by("row__number", "agreed_on", "number"))


def _narrowed(facts: _Facts, one: Narrowing) -> NarrowedItem:
    where = f" ({one.source})" if one.source and one.conferral_id is None else ""
    since = " A later agreement has superseded it." if one.superseded else ""
    return NarrowedItem(
        heading=_heading(facts, one.row.number),
        told=f"{one.proposed_by} proposed on {printed_date(one.proposed_on)}, and {one.agreed_by} agreed on "
        f"{printed_date(one.agreed_on)}{where}, that it be narrowed to the following.{since}",
        text=one.text,
    )


def _commitments(facts: _Facts) -> list[Commitment]:
    """Return what was promised on the demand's requests, and at its conferences on no request in particular."""
    rows = Commitment.objects.annotate(concerned=Count("rows")).filter(
        Q(rows__demand=facts.demand) | Q(conferral__in=facts.held, concerned=0)
    )
    return list(rows.select_related("deadline").prefetch_related("deadline__extensions").distinct().order_by("promised_on", "pk"))


def _promised(facts: _Facts, one: Commitment) -> PromisedItem:
    deadline = one.deadline
    extended = any(extension.in_force for extension in deadline.extensions.all())
    due = f"{printed_date(deadline.due_on)}{', as extended' if extended else ''}"
    today = printed_date(CourtLaw(facts.demand.case.court).today(facts.now))
    stands = {
        KEPT: f"This was done on {printed_date(deadline.done_on)}.",
        RELEASED: f"This commitment was released on {printed_date(one.released_on)}.",
        BROKEN: f"As of {today}, our record shows no performance.",
    }.get(standing(one, facts.now), f"As of {today}, this is not yet due.")
    who = who_promised(one)
    if not one.promised_by:
        who = _ours(facts) if one.side == Side.OURS else facts.against
    return PromisedItem(f"On {printed_date(one.promised_on)}, {who} committed to the following by {due}:", one.text, stands)


def _certification(facts: _Facts) -> str:
    """Return the certification of good faith that the motion needs; parties, non-parties and our own side differ."""
    # N.D. Cal. Civ. L.R. 37-1(a): no request or motion unless counsel have conferred (law/rules.md, 1-5(n) and 37-1).
    local = " and Civil Local Rule 37-1(a)" if facts.demand.case.court.rule_set == "FRCP-CAND" else ""
    if facts.on_us:
        # Fed. R. Civ. P. 26(c)(1): "with other affected parties in an effort to resolve the dispute without court action".
        return (
            f"Under Federal Rule of Civil Procedure 26(c)(1){local}, I certify that counsel for {_ours(facts)} have in good faith "
            f"conferred with counsel for {facts.asker} in an effort to resolve the dispute without court action."
        )
    if _non_party(facts):
        # Fed. R. Civ. P. 45(d)(2)(B)(i): the order is sought where compliance is required; 37(a)(1): "with the person ... failing".
        return (
            f"{facts.responder} is not a party. This declaration supports a request for an order under Federal Rule of Civil "
            "Procedure 45(d)(2)(B)(i), made to the court for the district where compliance is required. "
            f"Under Rule 37(a)(1){local}, I certify that counsel for {facts.asker} have in good faith conferred with "
            f"{facts.responder} in an effort to obtain the discovery described above without court action."
        )
    # Fed. R. Civ. P. 37(a)(1): "with the person or party failing to make disclosure or discovery in an effort to obtain it ...".
    return (
        f"Under Federal Rule of Civil Procedure 37(a)(1){local}, I certify that counsel for {facts.asker} have in good faith "
        f"conferred with counsel for {facts.responder} in an effort to obtain the discovery described above without court action."
    )
