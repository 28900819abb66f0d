"""The service list: who had to have a paper, at what address and by what means, as it stood at the moment of service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from discovery.domain.composing.printed import itself, other_offices, senders_of, without_counsel
from discovery.domain.dates.counting import CourtLaw
from discovery.enums import SUBPOENAS, NoticeMethod
from discovery.law.refusals import LawRefused
from discovery.models import ServiceListEntry

if TYPE_CHECKING:
    from discovery.models import Demand, Service
    from discovery.papers.snapshots import Recipient

BY_EMAIL = frozenset({NoticeMethod.EMAIL.value, "electronic"})
"""Methods that need the consent of the person served in writing, Fed. R. Civ. P. 5(b)(2)(E); the court's own system needs none."""
CONSENT_RULE = "Fed. R. Civ. P. 5(b)(2)(E)"


def current_list(demand: Demand) -> list[ServiceListEntry]:
    """Return, unsaved, who has to have a paper of this demand as the record stands now: Rule 5(a)(1)(C), 5(b)(1).

    Counsel of every other party, one entry an office; a party without counsel on record is served itself, at its own address.
    """
    case, group = demand.case, demand.request_set.propounded_by
    senders = senders_of(group)
    entries = [_entry(office.recipient, accepts_email=office.accepts_email) for office in other_offices(case, group, senders)]
    entries += [_entry(itself(party)) for party in without_counsel(case, senders)]
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


def _entry(recipient: Recipient, *, accepts_email: bool = False) -> ServiceListEntry:
    return ServiceListEntry(
        name=recipient.name,
        represents=recipient.represents,
        address=recipient.address,
        email=recipient.email,
        accepts_email=accepts_email,
    )
