"""The service list: who had to have a paper, at what address and by what means, as it stood at the moment of service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from discovery.domain.composing.printed import other_offices, senders_of
from discovery.domain.dates.counting import CourtLaw
from discovery.enums import SUBPOENAS, AddressKind, NoticeMethod
from discovery.law.refusals import LawRefused
from discovery.models import ServiceListEntry

if TYPE_CHECKING:
    from discovery.models import CaseParty, Demand, Service

BY_EMAIL = frozenset({NoticeMethod.EMAIL.value, "electronic"})
"""Methods that need the consent of the person served in writing, Fed. R. Civ. P. 5(b)(2)(E); the court's own system needs none."""
CONSENT_RULE = "Fed. R. Civ. P. 5(b)(2)(E)"


def current_list(demand: Demand) -> list[ServiceListEntry]:
    """Return, unsaved, who has to have a paper of this demand as the record stands now: Rule 5(a)(1)(C), 5(b)(1).

    Counsel of every other party, one entry an office; a party without counsel on record is served itself, at its own address.
    """
    entries = [
        ServiceListEntry(
            name=office.recipient.name,
            represents=office.recipient.represents,
            address=office.recipient.address,
            email=office.recipient.email,
            accepts_email=office.accepts_email,
        )
        for office in other_offices(demand.case, demand.request_set.propounded_by)
    ]
    entries += [_itself(party) for party in _without_counsel(demand)]
    for position, entry in enumerate(entries, start=1):
        entry.position = position
    return entries


def freeze_list(service: Service) -> list[ServiceListEntry]:
    """Write down the service list of a service that is being recorded; part of the verbs that serve. It never changes."""
    entries = current_list(service.demand)
    for entry in entries:
        entry.service = service
    return ServiceListEntry.objects.bulk_create(entries)


def needs_consent(demand: Demand, service: Service | None) -> bool:
    """Whether the parties were served by e-mail: with a set itself; with a subpoena by the notice that went before it.

    Only where the court's rules are those of Rule 5(b)(2)(E); California, for one, lets lawyers be served so without consent.
    """
    if demand.kind in SUBPOENAS:
        notice = getattr(demand, "notice", None)
        return notice is not None and notice.method == NoticeMethod.EMAIL
    if service is None or service.method not in BY_EMAIL:
        return False
    try:
        return CONSENT_RULE in CourtLaw(demand.case.court).rules.method(service.method, service.served_on).rule
    except LawRefused:
        return False


def without_consent(demand: Demand, service: Service | None, entries: Iterable[ServiceListEntry]) -> list[ServiceListEntry]:
    """Return those who were served by e-mail though no consent in writing is on record: Rule 5(b)(2)(E)."""
    return [entry for entry in entries if not entry.accepts_email] if needs_consent(demand, service) else []


def unreachable(entries: Iterable[ServiceListEntry]) -> list[ServiceListEntry]:
    """Return those for whom neither an address nor an e-mail address is on record: nothing can have been sent to them."""
    return [entry for entry in entries if not entry.address.strip() and not entry.email.strip()]


def _without_counsel(demand: Demand) -> list[CaseParty]:
    case, senders = demand.case, senders_of(demand.request_set.propounded_by)
    represented = Q(appearances__isnull=False) | Q(groups__appearances__isnull=False)
    rows = case.parties.filter(left_on__isnull=True).exclude(pk__in=case.parties.filter(represented).values("pk"))
    found = rows.select_related("person").prefetch_related("person__addresses").order_by("position", "pk")
    return [party for party in found if not senders.leave_out(party)]


def _itself(party: CaseParty) -> ServiceListEntry:
    """Return a party as it is served without counsel: where it takes service, else at its last known address, 5(b)(2)(C)."""
    addresses = sorted(party.person.addresses.all(), key=lambda one: one.kind != AddressKind.SERVICE)
    lines = addresses[0].lines() if addresses else []
    return ServiceListEntry(name=party.person.name, address="\n".join(lines), email=party.person.email)
