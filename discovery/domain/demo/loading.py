"""The demo case, told through the verbs that the screens use. Facts and texts: discovery/data/musk_v_altman.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any

from discovery.domain.approval import approve, submit
from discovery.domain.cases import open_case
from discovery.domain.demands import change_subpoena, start_party_set, start_subpoena
from discovery.domain.demo.life import live_on
from discovery.domain.demo.ours import answer_for_us
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.library import fill_library
from discovery.domain.preserving import write_preservation
from discovery.domain.records import add_record, change_record, set_roles
from discovery.domain.sets import ITEM_KINDS, NewText, add_items, put_exhibit
from discovery.domain.testimony import TOPIC_HEADING, change_testimony, start_testimony
from discovery.enums import SUBPOENAS, AddressKind, ClauseKind, DemandKind, PaperKind, PersonKind, SetKind
from discovery.models import (
    Address,
    Appearance,
    Attorney,
    Case,
    CaseParty,
    Clause,
    Court,
    Demand,
    Exhibit,
    Firm,
    PartyGroup,
    Person,
    PreservationDemand,
    Relation,
    RequestSet,
    RespondingParty,
    ScheduleEntry,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Facts = Mapping[str, Any]
SUBPOENA_FACTS = [
    "production_text",
    "place_email",
    "place_name",
    "place_street",
    "place_city",
    "place_state",
    "place_postal_code",
    "compliance_date",
    "compliance_time",
    "printed_zone",
    "issue_date",
]

TESTIMONY_FACTS = {"day", "hour", "printed_zone", "place", "courtroom", "officer", "recording"}


def load_demo(*, owner: User) -> Case:
    """Load Musk v. Altman with `owner` as its owner and approving attorney; return the case.

    Everything goes through the verbs, so the case has its events like any other. The Meta subpoena is approved as of
    2025-06-18 and its package queued; the two other non-parties and three papers of testimony stay drafts. Of the sets to
    parties, made up to show the papers, the requests for production are approved (never served: nothing of the kind is on the
    docket), the others stay drafts. What our side answers, produces, withholds and writes is made up as well (`demo_ours`).
    """
    facts = tomllib.loads(resources.files("discovery.data").joinpath("musk_v_altman.toml").read_text(encoding="utf-8"))
    fill_library(by=owner)
    story = _Story(owner, facts)
    story.open()
    story.appear()
    meta = story.subpoena_to_meta()
    for draft in facts["draft_subpoena"]:
        story.draft_subpoena(draft)
    asked = story.party_set(facts["party_set"], DemandKind.RFP)
    sets = [demand for drafted in facts["draft_set"] for demand in story.party_set(drafted, DemandKind(drafted["kind"]))]
    story.preservation(facts["preservation"])
    for testimony in facts["testimony"]:
        story.draft_testimony(testimony)
    # Judge Hixson came to the case after the subpoena was issued, so the frozen paper does not name him.
    story.case.magistrate_judge = facts["case"]["later"]["magistrate_judge"]
    change_record(story.case, by=owner)
    request_draft(meta, PaperKind.SUBPOENA_PACKAGE.value, by=owner)
    for demand in [*(approve(one, by=owner) for one in asked), *sets]:
        request_draft(demand, PaperKind.REQUESTS.value, by=owner)
    live_on(meta, facts["meta"], by=owner)
    answer_for_us(story.case, meta, facts["ours"], by=owner)
    return story.case


@dataclass
class _Story:
    """The demo case while it is being told."""

    owner: User
    facts: Facts
    case: Case = field(init=False)
    group: PartyGroup = field(init=False)
    parties: dict[str, CaseParty] = field(default_factory=dict)

    def open(self) -> None:
        """Open the case with its court, parties, group and dates."""
        court = Court.objects.filter(name=self.facts["court"]["name"]).first()
        if court is None:
            court = add_record(Court(**self.facts["court"]), by=self.owner)
        told = {name: value for name, value in self.facts["case"].items() if name != "later"}
        self.case = open_case(Case(court=court, **told), by=self.owner)
        for place, entry in enumerate(self.facts["party"], start=1):
            self.parties[entry["name"]] = self._party(entry, place)
        members = [self.parties[entry["name"]] for entry in self.facts["party"] if entry.get("group")]
        self.group = add_record(PartyGroup(case=self.case, **self.facts["group"]), by=self.owner, links={"members": members})
        for entry in self.facts["schedule"]:
            add_record(ScheduleEntry(case=self.case, **entry), by=self.owner)

    def _party(self, entry: Facts, place: int) -> CaseParty:
        told = {name: entry[name] for name in ("name", "kind", "description", "other_names") if name in entry}
        person = add_record(Person(**told), by=self.owner)
        if "address" in entry:
            self._address(person, entry["address"])
        party = CaseParty(
            case=self.case, person=person, position=place, is_client=bool(entry.get("group")), left_on=entry.get("left_on")
        )
        add_record(party, by=self.owner)
        set_roles(party, entry["roles"], by=self.owner)
        return party

    def _address(self, person: Person, lines: list[str], kind: AddressKind = AddressKind.BUSINESS) -> Address:
        street, city, state, postal_code = lines
        address = Address(person=person, kind=kind.value, street=street, city=city, state=state, postal_code=postal_code)
        return add_record(address, by=self.owner)

    def appear(self) -> None:
        """Enter counsel: the firms, their lawyers, and for whom each appears."""
        place = 0
        for entry in self.facts["firm"]:
            office = {name: value for name, value in entry.items() if name not in {"side", "attorney"}}
            firm = add_record(Firm(**office), by=self.owner)
            for lawyer in entry["attorney"]:
                place += 1
                admission = lawyer.get("admission", "admitted")
                told = {name: value for name, value in lawyer.items() if name != "admission"}
                attorney = add_record(Attorney(firm=firm, **told), by=self.owner)
                ours = entry["side"] == "group"
                appearance = Appearance(
                    case=self.case, attorney=attorney, admission=admission, position=place, group=self.group if ours else None
                )
                parties = [] if ours else [self.parties[name] for name in entry["side"].split(", ")]
                add_record(appearance, by=self.owner, links={"parties": parties})

    def subpoena_to_meta(self) -> Demand:
        """Draft, check, submit and approve the subpoena to Meta as issued on 2025-06-18 (Dkt. 230-1)."""
        meta = self.facts["meta"]
        agent_facts = self.facts["agent"][0]
        agent = add_record(Person(name=agent_facts["name"]), by=self.owner)
        address = self._address(agent, agent_facts["address"], AddressKind.AGENT)
        person = add_record(Person(name=meta["name"], registered_agent=agent), by=self.owner)
        for name, kind, title in meta["relations"]:
            officer = add_record(Person(name=name, kind=PersonKind.NATURAL.value), by=self.owner)
            add_record(Relation(person=officer, kind=kind, other=person, title=title), by=self.owner)
        responder = add_record(RespondingParty(case=self.case, person=person, serve_at=address), by=self.owner)
        request_set = RequestSet(
            case=self.case,
            propounded_by=self.group,
            name=meta["set_name"],
            preamble=meta["preamble"],
            definitions_note=meta["definitions_note"],
            period_from=meta["period_from"],
            period_open=meta["period_open"],
        )
        demand = start_subpoena(request_set, responder, by=self.owner)
        for kind in ITEM_KINDS:
            add_items(request_set, kind, [NewText(**entry) for entry in meta[kind]], by=self.owner)
        self._exhibit(request_set, meta["exhibit"])
        self._fill_form(demand, meta)
        submit(demand, by=self.owner)
        moment: datetime = meta["approved_at"]
        return approve(demand, by=self.owner, at=moment.replace(tzinfo=self.case.court.zone))

    def _exhibit(self, request_set: RequestSet, entry: Facts) -> None:
        lines = "\n".join(entry["line"].format(number=number) for number in range(1, entry["count"] + 1))
        exhibit = Exhibit(
            request_set=request_set, letter=entry["letter"], title=entry["title"], introduction=entry["introduction"], lines=lines
        )
        put_exhibit(exhibit, by=self.owner)

    def _fill_form(self, demand: Demand, entry: Facts) -> None:
        subpoena, notice = demand.subpoena, demand.notice
        for name in SUBPOENA_FACTS:
            if name in entry:
                setattr(subpoena, name, entry[name])
        if "place_street" in entry:
            subpoena.compliance_court = self.case.court
        notice.dated = notice.serve_not_before = entry.get("notice_dated")
        attorney = self.case.appearances.get(attorney__name=entry["attorney"])
        change_subpoena(subpoena, by=self.owner, revision=demand.revision, attorney_id=attorney.pk, notice=notice)

    def draft_subpoena(self, entry: Facts) -> Demand:
        """Start one more subpoena from the library and leave it as a draft."""
        person = Person(name=entry["name"])
        if "agent" in entry:
            # The city alone is known: without a street there is no address to serve at, so none is recorded.
            city, state = entry["agent_city"]
            agent = add_record(Person(name=entry["agent"], notes=f"{city}, {state} (Dkt. 200-1)"), by=self.owner)
            person.registered_agent = agent
        add_record(person, by=self.owner)
        responder = add_record(RespondingParty(case=self.case, person=person), by=self.owner)
        request_set = RequestSet(case=self.case, propounded_by=self.group, name=entry["set_name"])
        clauses = Clause.objects.filter(kind__in=[ClauseKind.DEFINITION.value, ClauseKind.INSTRUCTION.value])
        demand = start_subpoena(request_set, responder, by=self.owner, clauses=clauses)
        add_items(request_set, ClauseKind.REQUEST.value, [NewText(*pair) for pair in entry["requests"]], by=self.owner)
        self._fill_form(demand, entry)
        return demand

    def draft_testimony(self, entry: Facts) -> Demand:
        """Start a subpoena to testify or a notice of deposition and leave it as a draft."""
        kind = DemandKind(entry["kind"])
        request_set = RequestSet(
            case=self.case,
            propounded_by=self.group,
            kind=SetKind.TOPICS.value,
            name=entry["set_name"],
            request_heading=TOPIC_HEADING,
        )
        bring = [NewText("", text) for text in entry.get("bring", ())]
        demand = start_testimony(request_set, self._deponent(entry), kind, by=self.owner, documents=bring)
        if "topics" in entry:
            add_items(request_set, ClauseKind.REQUEST.value, [NewText(*pair) for pair in entry["topics"]], by=self.owner)
        testimony, subpoena = demand.testimony, demand.subpoena if kind in SUBPOENAS else None
        for name in TESTIMONY_FACTS & entry.keys():
            setattr(testimony, name, entry[name])
        if subpoena is not None:
            subpoena.issue_date, subpoena.compliance_court = entry["issue_date"], self.case.court
        demand.notice.dated = entry.get("notice_dated")
        attorney = self.case.appearances.get(attorney__name=entry["attorney"])
        change_testimony(testimony, by=self.owner, revision=None, subpoena=subpoena, attorney_id=attorney.pk, notice=demand.notice)
        return demand

    def _deponent(self, entry: Facts) -> RespondingParty:
        """Return who is to testify: somebody known to the case, or somebody new."""
        known = self.case.responding_parties.filter(person__name=entry["name"]).first()
        if known is not None:
            return known
        kind = PersonKind.NATURAL if entry.get("natural") else PersonKind.ENTITY
        person = add_record(Person(name=entry["name"], kind=kind.value), by=self.owner)
        return add_record(RespondingParty(case=self.case, person=person), by=self.owner)

    def preservation(self, entry: Facts) -> PreservationDemand:
        """Write a preservation demand and leave it as a draft."""
        told = {name: value for name, value in entry.items() if name not in {"recipient", "attorney", "custodians", "systems"}}
        demand = PreservationDemand(
            case=self.case,
            recipient=self.case.responding_parties.get(person__name=entry["recipient"]).person,
            signer=self.case.appearances.get(attorney__name=entry["attorney"]),
            custodians="\n".join(entry["custodians"]),
            systems="\n".join(entry["systems"]),
            **told,
        )
        return write_preservation(demand, by=self.owner)

    def party_set(self, entry: Facts, kind: DemandKind) -> list[Demand]:
        """Start a set of requests to parties: one text, a demand for each of them."""
        known = {one.person.name: one for one in self.case.responding_parties.select_related("person")}
        responders = [
            known.get(name) or add_record(RespondingParty(case=self.case, person=self.parties[name].person), by=self.owner)
            for name in entry["recipients"]
        ]
        request_set = RequestSet(case=self.case, propounded_by=self.group, name=entry["set_name"], number=entry["number"])
        # The library's instructions are on producing documents: a set of questions takes its definitions alone.
        taken = [ClauseKind.DEFINITION.value, *[ClauseKind.INSTRUCTION.value] * (kind == DemandKind.RFP)]
        clauses = Clause.objects.filter(kind__in=taken)
        demands = start_party_set(request_set, responders, kind, by=self.owner, clauses=clauses)
        add_items(request_set, ClauseKind.REQUEST.value, [NewText(*pair) for pair in entry["requests"]], by=self.owner)
        return demands
