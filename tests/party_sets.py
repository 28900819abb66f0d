"""Party sets to test with: drafted through the verbs, in a court of any rules."""

from __future__ import annotations

from datetime import date

from discovery.domain.approval import approve, submit
from discovery.domain.demands import start_party_set
from discovery.domain.service.serving import serve
from discovery.domain.sets import NewText, add_items
from discovery.enums import DemandKind
from discovery.models import Demand, RequestSet, RespondingParty, Service
from tests.factories import World


def drafted(
    world: World, requests: int = 2, *, kind: DemandKind = DemandKind.RFP, rules: str = "", number: int | None = 1
) -> Demand:
    """Return a drafted set to the opponent with its attorney of record; `rules` moves the case under another rule set."""
    if rules:
        world.case.court.rule_set = rules
        world.case.court.save()
    responder, _made = RespondingParty.objects.get_or_create(case=world.case, person=world.opponent.person)
    request_set = RequestSet(case=world.case, propounded_by=world.group, name=f"{kind.value} {number}", number=number)
    [demand] = start_party_set(request_set, [responder], kind, by=world.alice)
    texts = [NewText(f"Topic {n}", f"All documents of 2024 on topic {n}.") for n in range(1, requests + 1)]
    if texts:
        add_items(request_set, "request", texts, by=world.alice)
    return Demand.objects.get(pk=demand.pk)


def approved(world: World, requests: int = 2, *, kind: DemandKind = DemandKind.RFP, rules: str = "") -> Demand:
    """Return a set approved and signed by its attorney."""
    return approve(drafted(world, requests, kind=kind, rules=rules), by=world.alice, sign=True)


def served(world: World, requests: int = 2, *, kind: DemandKind = DemandKind.RFP) -> Demand:
    """Return a set that was approved here and served on the opponent's counsel."""
    demand = approved(world, requests, kind=kind)
    serve(demand, Service(served_on=date(2025, 6, 18), method="email", server="Ann Lee"), by=world.alice)
    return Demand.objects.get(pk=demand.pk)


def submitted(world: World, *names: str, kind: DemandKind = DemandKind.RFP) -> list[Demand]:
    """Return a set of ours that goes to the opponent and to others of these names, submitted for approval to each."""
    first = drafted(world, kind=kind)
    clause = NewText("You", "“You” means {recipient} and who acts for {recipient}.")
    add_items(first.request_set, "definition", [clause], by=world.alice)
    others = [
        Demand.objects.create(
            case=world.case,
            request_set=first.request_set,
            responding_party=world.another_responder(name),
            kind=kind.value,
            attorney=first.attorney,
        )
        for name in names
    ]
    return [submit(one, by=world.bob) for one in (first, *others)]
