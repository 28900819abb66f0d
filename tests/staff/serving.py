"""What the tests of services and answers share: an approved subpoena, a served one, a served party set, a proof to attach."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from discovery.domain.approval import approve
from discovery.domain.service.serving import log_served_set, serve
from discovery.enums import DemandKind
from discovery.models import Demand, RequestSet, RespondingParty, Service
from tests.factories import World

SERVED = date(2025, 6, 18)
PDF = b"%PDF-1.7 the proof"


def proof(name: str = "proof.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/pdf")


def approved(world: World, *, notice: date | None = date(2025, 6, 17), responder: RespondingParty | None = None) -> Demand:
    """Return an approved subpoena; the parties had notice the day before service, unless told otherwise."""
    demand = world.subpoena(responder).demand
    demand.notice.served_on = notice
    demand.notice.save()
    return approve(demand, by=world.alice)


def served(world: World, responder: RespondingParty | None = None) -> Demand:
    """Return a subpoena that was served in person."""
    demand = approved(world, responder=responder)
    serve(demand, Service(served_on=SERVED, method="personal", person_served="A clerk"), by=world.alice)
    return demand


def logged(world: World, kind: DemandKind = DemandKind.RFA, day: date = SERVED) -> Demand:
    """Return a party set of our side that was served on the opponent."""
    request_set = RequestSet(case=world.case, propounded_by=world.group, name="Set One", kind="admissions")
    service = Service(served_on=day, method="personal")
    (demand,) = log_served_set(request_set, [world.opponent.person], kind, service, by=world.alice)
    return demand
