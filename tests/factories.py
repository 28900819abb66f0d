"""A small case to test with: our side, their side, a non-party; Alice owns it, Bob edits, Rita reads, Charlie is a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.utils import timezone

from discovery.domain.approval import approve
from discovery.domain.dates.ladder import next_rung
from discovery.domain.service.serving import log_served_set, serve
from discovery.domain.sets import NewText, add_items
from discovery.domain.testimony import TOPIC_HEADING, change_testimony, start_testimony
from discovery.enums import AddressKind, DemandKind, MemberRole, Role, SetKind
from discovery.models import (
    Address,
    Appearance,
    Attorney,
    Case,
    CaseMembership,
    CaseParty,
    Court,
    Deadline,
    Demand,
    Firm,
    PartyGroup,
    PartyNotice,
    PartyRole,
    Person,
    Request,
    RequestSet,
    RespondingParty,
    Service,
    Subpoena,
)

SET_KINDS = {
    DemandKind.RFP: SetKind.DOCUMENTS,
    DemandKind.ROG: SetKind.INTERROGATORIES,
    DemandKind.RFA: SetKind.ADMISSIONS,
}
PASSWORD = "correct horse battery staple"


def make_user(name: str, *, staff: bool = False) -> User:
    """Return a user who signs in with PASSWORD."""
    return User.objects.create_user(name, f"{name}@example.com", PASSWORD, is_staff=staff, first_name=name.title())


def make_court(short_name: str = "N.D. Cal.") -> Court:
    """Return a federal court."""
    court, _created = Court.objects.get_or_create(
        short_name=short_name,
        defaults={
            "name": f"United States District Court ({short_name})",
            "district": "Northern District of California",
            "form_district": "Northern",
            "form_state": "California",
            "state": "CA",
            "rule_set": "FRCP-CAND",
            "paper_style": "format-1",
        },
    )
    return court


@dataclass
class World:
    """One case with its people."""

    alice: User
    bob: User
    rita: User
    charlie: User
    case: Case
    group: PartyGroup
    appearance: Appearance
    responder: RespondingParty
    client: CaseParty
    opponent: CaseParty

    def subpoena(self, responder: RespondingParty | None = None, *, name: str = "Schedule A", requests: int = 2) -> Subpoena:
        """Return a complete draft subpoena with some requests, written as rows (verbs have tests of their own)."""
        request_set = RequestSet.objects.create(
            case=self.case,
            propounded_by=self.group,
            name=name,
            preamble="“Documents” has the meaning of Rule 34(a)(1)(A).",
            period_from=date(2020, 1, 1),
            period_open=True,
        )
        for number in range(1, requests + 1):
            Request.objects.create(
                request_set=request_set, number=number, label=f"Label {number}", text=f"All Documents, part {number}."
            )
        demand = Demand.objects.create(
            case=self.case,
            request_set=request_set,
            responding_party=responder or self.responder,
            attorney=self.appearance,
            kind=DemandKind.SUBPOENA_DOCUMENTS.value,
        )
        PartyNotice.objects.create(demand=demand, dated=date(2025, 6, 17), serve_not_before=date(2025, 6, 18))
        subpoena = Subpoena.objects.create(
            demand=demand,
            issuing_court=self.case.court,
            compliance_court=self.case.court,
            addressee="Witness Corp., 1 Main Street, Oakland, CA 94601",
            place_street="1 Office Plaza",
            place_city="San Francisco",
            place_state="CA",
            place_postal_code="94103",
            compliance_date=date(2025, 7, 2),
            compliance_time=time(17, 0),
            printed_zone="PST",
            issue_date=date(2025, 6, 18),
            representing="Our Defendants",
        )
        demand.due_at = subpoena.compliance_at()
        demand.save(update_fields=["due_at"])
        return subpoena

    def examination(
        self,
        kind: DemandKind = DemandKind.SUBPOENA_DEPOSITION,
        *,
        topics: int = 2,
        bring: int = 0,
        responder: RespondingParty | None = None,
        day: date = date(2025, 8, 20),
    ) -> Demand:
        """Return a complete draft of a subpoena to testify, or of a notice of deposition, made by the verbs."""
        request_set = RequestSet(
            case=self.case,
            propounded_by=self.group,
            kind=SetKind.TOPICS.value,
            name=f"Testimony {RequestSet.objects.count() + 1}",
            request_heading=TOPIC_HEADING,
        )
        documents = [NewText("", f"The agreement of May {number}, 2025.") for number in range(1, bring + 1)]
        demand = start_testimony(request_set, responder or self.responder, kind, by=self.alice, documents=documents)
        if topics:
            texts = [NewText("", f"The sale of the plant numbered {number}.") for number in range(1, topics + 1)]
            add_items(request_set, "request", texts, by=self.alice)
        demand.refresh_from_db()
        testimony, subpoena = demand.testimony, getattr(demand, "subpoena", None)
        testimony.place, testimony.day, testimony.hour = "1 Office Plaza, San Francisco, CA 94103", day, time(9, 30)
        testimony.printed_zone, testimony.officer = "PDT", "Ann Lee, CSR"
        if subpoena is not None:
            subpoena.issue_date, subpoena.compliance_court = date(2025, 7, 1), self.case.court
        demand.notice.dated = date(2025, 7, 1)
        demand.notice.serve_not_before = date(2025, 7, 2) if subpoena is not None else None
        change_testimony(testimony, by=self.alice, revision=None, subpoena=subpoena, notice=demand.notice)
        return Demand.objects.get(pk=demand.pk)

    def deadline(self, due_on: date, **fields: Any) -> Deadline:
        """Return an open date with its next reminder, written as a row; `at` is the hour it is due by at the court."""
        zone, at = self.case.court.time_zone, fields.pop("at", None)
        moment = datetime.combine(due_on, at or time(23, 59, 59), ZoneInfo(zone))
        coming = next_rung(due_on, zone, timezone.now())
        values = {
            "title": "Objections to the subpoena",
            "kind": "objections",
            "set_by": self.alice,
            "key": f"hand:{Deadline.objects.count()}",
            "basis": "by_hand",
        }
        values |= {"next_reminder_at": coming[1] if coming else None, "by_hour": at is not None, "zone": zone}
        return Deadline.objects.create(case=self.case, due_on=due_on, due_at=moment, computed_on=due_on, **{**values, **fields})

    def served_subpoena(self, requests: int = 2, *, on: date = date(2025, 6, 18)) -> Demand:
        """Return the demand of a subpoena that was approved and served, with its rows."""
        demand = self.subpoena(requests=requests).demand
        approve(demand, by=self.alice)
        serve(demand, Service(served_on=on, method="personal", without_notice="Emergency"), by=self.alice)
        demand.refresh_from_db()
        return demand

    def served_set(self, requests: int = 2, *, kind: DemandKind = DemandKind.RFP, on: date = date(2025, 6, 18)) -> Demand:
        """Return our party set as served on the opponent, with its rows."""
        return self._logged(self.group, self.opponent, requests, kind, on)

    def set_served_on_us(self, requests: int = 2, *, kind: DemandKind = DemandKind.RFP, on: date = date(2025, 6, 18)) -> Demand:
        """Return the opponent's party set as served on our client, with its rows."""
        theirs, _made = PartyGroup.objects.get_or_create(case=self.case, name="Plaintiff")
        theirs.members.add(self.opponent)
        return self._logged(theirs, self.client, requests, kind, on)

    def _logged(self, group: PartyGroup, party: CaseParty, requests: int, kind: DemandKind, on: date) -> Demand:
        name = f"{group.name} set {RequestSet.objects.count() + 1}"
        request_set = RequestSet(case=self.case, propounded_by=group, name=name, kind=SET_KINDS[kind].value)
        texts = [NewText(f"Topic {number}", f"All documents on topic {number}.") for number in range(1, requests + 1)]
        service = Service(served_on=on, method="email")
        [demand] = log_served_set(request_set, [party.person], kind, service, by=self.alice, texts=texts)
        return demand

    def another_responder(self, name: str) -> RespondingParty:
        """Return one more non-party of the case."""
        person = Person.objects.create(name=name, created_by=self.alice)
        return RespondingParty.objects.create(case=self.case, person=person)


def make_world(name: str = "Roe v. Doe", docket: str = "4:24-cv-00001-ABC") -> World:
    """Return a case with parties, counsel, one non-party and four users."""
    users = {who: User.objects.filter(username=who).first() or make_user(who) for who in ("alice", "bob", "rita", "charlie")}
    case = Case.objects.create(
        court=make_court(),
        docket_number=docket,
        name=name,
        first_side="JANE ROE",
        second_side="JOHN DOE, et al.",
        filed_on=date(2024, 8, 5),
    )
    members = (("alice", MemberRole.OWNER, True), ("bob", MemberRole.EDITOR, False), ("rita", MemberRole.READER, False))
    for who, role, approves in members:
        CaseMembership.objects.create(case=case, user=users[who], role=role.value, may_approve=approves)
    alice = users["alice"]
    client = CaseParty.objects.create(
        case=case, person=Person.objects.create(name="John Doe", kind="natural", created_by=alice), is_client=True, position=2
    )
    opponent = CaseParty.objects.create(
        case=case, person=Person.objects.create(name="Jane Roe", kind="natural", created_by=alice), position=1
    )
    PartyRole.objects.create(party=client, role=Role.DEFENDANT.value)
    PartyRole.objects.create(party=opponent, role=Role.PLAINTIFF.value)
    group = PartyGroup.objects.create(case=case, name="Our Defendants")
    group.members.add(client)
    firm = Firm.objects.filter(name="Our Firm LLP").first() or Firm.objects.create(
        name="Our Firm LLP",
        street="1 Market Street",
        city="San Francisco",
        state="CA",
        postal_code="94105",
        telephone="415-555-0100",
        created_by=alice,
    )
    theirs = Firm.objects.filter(name="Their Firm P.C.").first() or Firm.objects.create(
        name="Their Firm P.C.", street="9 Beach Road", city="Malibu", state="CA", postal_code="90265", created_by=alice
    )
    appearance = Appearance.objects.create(
        case=case,
        attorney=Attorney.objects.create(
            name="Olive Ours", firm=firm, bar="CA SBN", user=alice, bar_number="000001", email="olive@example.com", created_by=alice
        ),
        group=group,
    )
    other = Appearance.objects.create(
        case=case,
        attorney=Attorney.objects.create(name="Theo Theirs", firm=theirs, email="theo@example.com", created_by=alice),
        position=2,
    )
    other.parties.add(opponent)
    person = Person.objects.create(name="Witness Corp.", created_by=alice)
    Address.objects.create(
        person=person, kind=AddressKind.BUSINESS.value, street="1 Main Street", city="Oakland", state="CA", postal_code="94601"
    )
    responder = RespondingParty.objects.create(case=case, person=person)
    return World(alice, users["bob"], users["rita"], users["charlie"], case, group, appearance, responder, client, opponent)
