"""What the checks look at: a demand with its texts, people, addresses and dates, each read once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from discovery.domain.checks.wording import Terms, Wording, quoted_terms, read, terms_of_label
from discovery.domain.dates.counting import CourtLaw
from discovery.enums import TESTIMONY, DemandKind, DemandStatus
from discovery.law.rulesets import Limit
from discovery.models import Address, CaseParty, Custodian, Demand, Relation, Request, Service, ServiceListEntry, Subpoena

CLOSED = (DemandStatus.WITHDRAWN.value, DemandStatus.SUPERSEDED.value)


@dataclass(frozen=True, slots=True)
class Place:
    """One text of the set, to point at: kind ("request", "definition" ...), id, number or letter; "set" is the set's own fields."""

    kind: str
    pk: int
    number: str

    @property
    def anchor(self) -> str:
        """The text's anchor on the page of its set."""
        return "set-fields" if self.kind == "set" else f"{self.kind}-{self.pk}"


SET_FIELDS = Place("set", 0, "")
"""The preamble and the relevant period of the set."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the set with where it stands; the preamble and the notes of the set stand nowhere (`place` is None)."""

    place: Place | None
    label: str
    words: Wording


class Facts:
    """A demand for the checks. Everything is fetched on first use and kept: a fixed number of queries, however long the set is."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        self.set = demand.request_set
        self.now: datetime = timezone.now()

    @property
    def subpoena(self) -> Subpoena:
        """The fields of the form; only for checks that apply to subpoenas alone."""
        return self.demand.subpoena

    @property
    def day_field(self) -> str:
        """The field of the form that holds the day of compliance."""
        return "day" if self.demand.kind in TESTIMONY else "compliance_date"

    @cached_property
    def law(self) -> CourtLaw:
        """The law of the case's court, for what is counted or limited by rule."""
        return CourtLaw(self.demand.case.court)

    def limit(self, name: str) -> Limit | None:
        """Return a limit of the court's rule set as in force today, or None where it is not known here."""
        rules = self.law.known_rules
        return rules.limit(name, self.law.today(self.now)) if rules else None

    @cached_property
    def service(self) -> Service | None:
        """The service that counts, or None before it (1 query, only for what was served)."""
        if self.demand.status != DemandStatus.SERVED:
            return None
        return Service.objects.filter(demand=self.demand, superseded=False).first()

    @cached_property
    def service_list(self) -> list[ServiceListEntry]:
        """The service list as it was frozen with the service that counts; empty before it (1 query, only for what was served)."""
        return list(self.service.service_list.all()) if self.service is not None else []

    @cached_property
    def without_counsel(self) -> list[str]:
        """The other parties for whom nobody appears (1 query)."""
        represented = Q(appearances__isnull=False) | Q(groups__appearances__isnull=False)
        others = self.demand.case.parties.filter(left_on__isnull=True, is_client=False)
        return [str(party) for party in others.exclude(represented).select_related("person").distinct()]

    @cached_property
    def requests(self) -> list[Text]:
        """The requests in order (1 query)."""
        return _numbered("request", self.set.requests)

    @cached_property
    def definitions(self) -> list[Text]:
        """The definitions in order (1 query)."""
        return _numbered("definition", self.set.definitions)

    @cached_property
    def instructions(self) -> list[Text]:
        """The instructions in order (1 query)."""
        return _numbered("instruction", self.set.instructions)

    @cached_property
    def exhibits(self) -> list[Text]:
        """The exhibit lists with their introductions (1 query)."""
        rows = self.set.exhibits.order_by("letter")
        return [Text(Place("exhibit", row.pk, row.letter), row.title, read(f"{row.title}\n{row.introduction}")) for row in rows]

    @cached_property
    def notes(self) -> list[Text]:
        """The set's own texts: its preamble and the note on its definitions."""
        return [Text(None, "", read(words)) for words in (self.set.preamble, self.set.definitions_note) if words]

    def texts(self) -> Iterator[Text]:
        """Yield every text of the set."""
        for part in (self.notes, self.definitions, self.instructions, self.requests, self.exhibits):
            yield from part

    @cached_property
    def terms(self) -> Terms:
        """What the set defines, or introduces in quotation marks anywhere."""
        terms = Terms()
        for text in self.texts():
            terms.add_all(quoted_terms(text.words.text))
        for definition in self.definitions:
            terms.add_all(terms_of_label(definition.label))
        return terms

    @cached_property
    def parties(self) -> list[CaseParty]:
        """The parties of the case, those included who left it (1 query)."""
        return list(self.demand.case.parties.select_related("person").order_by("position", "pk"))

    @property
    def party(self) -> CaseParty | None:
        """The responding party's standing as a party of the case today, or None for a non-party."""
        person = self.demand.responding_party.person_id
        return next((one for one in self.parties if one.person_id == person and one.left_on is None), None)

    @cached_property
    def schedule(self) -> list[tuple[str, date]]:
        """The dates that the court set, each with its kind (1 query)."""
        return list(self.demand.case.schedule.order_by("day").values_list("kind", "day"))

    @cached_property
    def addresses(self) -> list[Address]:
        """The responding party's own addresses; its agent's are no place where it resides or does business (1 query)."""
        return list(self.demand.responding_party.person.addresses.order_by("pk"))

    @cached_property
    def names(self) -> Terms:
        """Names that stand in the record of the case: persons, officers, agents, counsel, groups, court, caption (5 queries)."""
        demand, case, person = self.demand, self.demand.case, self.demand.responding_party.person
        terms = Terms()
        for party in self.parties:
            terms.add_names([party.person.name, *party.person.other_names.splitlines()])
        for name, others, agent in case.responding_parties.values_list(
            "person__name", "person__other_names", "person__registered_agent__name"
        ):
            terms.add_names([name, *others.splitlines(), agent or ""])
        custodians = Custodian.objects.filter(responding_party__case=case)
        terms.add_names(custodians.values_list("person__name", flat=True))
        related = Relation.objects.filter(Q(person=person) | Q(other=person)).values_list("person__name", "other__name")
        lawyers = case.appearances.values_list("attorney__name", "attorney__firm__name")
        for first, second in (*related, *lawyers):
            terms.add_names([first, second])
        terms.add_names(case.groups.values_list("name", flat=True))
        court, group = case.court, demand.request_set.propounded_by
        terms.add_names([case.name, case.first_side, case.second_side, case.first_label, case.second_label, case.judge])
        terms.add_names([case.magistrate_judge, court.name, court.district, court.form_state, case.division, group.printed_name])
        return terms

    @cached_property
    def interrogatory_demands(self) -> list[Demand]:
        """The interrogatories served on or drafted to the same party in the case, this set included (4 queries)."""
        rows = self.demand.responding_party.demands.filter(kind=DemandKind.ROG.value).exclude(status__in=CLOSED)
        return list(
            rows.select_related("request_set__propounded_by")
            .prefetch_related("request_set__propounded_by__members__person", "request_set__requests")
            .order_by("created_at", "pk")
        )

    @cached_property
    def numbers_elsewhere(self) -> set[tuple[str, int]]:
        """Kind of set and number of each request in the other sets that this party was sent in the case (1 query)."""
        others = self.demand.responding_party.demands.exclude(status__in=CLOSED).exclude(request_set=self.demand.request_set_id)
        rows = Request.objects.filter(request_set__in=others.values("request_set"))
        return set(rows.values_list("request_set__kind", "number"))


def _numbered(kind: str, rows: Any) -> list[Text]:
    """Read the texts of one kind, without making rows of them: there may be hundreds."""
    found = rows.order_by("number").values_list("pk", "number", "label", "text")
    return [Text(Place(kind, pk, str(number)), label, read(text)) for pk, number, label, text in found]
