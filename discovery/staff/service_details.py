"""What the page of a demand shows about its service beside the facts: attempts, amounts, the frozen service list, the proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from discovery.domain.composing.printed import senders_of
from discovery.domain.service.attempts import SERVABLE
from discovery.domain.service.service_list import unreachable, without_consent
from discovery.enums import SUBPOENAS, DemandKind, PaperKind
from discovery.models import Demand, Service, ServiceAttempt, ServiceListEntry
from discovery.staff.forms.serving import AttemptForm


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the service list on few lines, with what is wrong about it."""

    entry: ServiceListEntry
    no_consent: bool
    unreachable: bool

    @property
    def name(self) -> str:
        """The lawyers and their firm, or the party itself."""
        return _one_line(self.entry.name)

    @property
    def address(self) -> str:
        """The address on one line."""
        return _one_line(self.entry.address)

    @property
    def email(self) -> str:
        """The e-mail addresses on one line."""
        return _one_line(self.entry.email)


def service_details(demand: Demand, service: Service | None, *, may_edit: bool) -> dict[str, Any]:
    """Return what the panel shows (1 query, 2 once it is served, 3 for a party set)."""
    attempts = list(ServiceAttempt.objects.filter(demand=demand))
    subpoena = demand.kind in SUBPOENAS
    # What the other side served on us is theirs to try and to prove.
    acts = may_edit and (subpoena or senders_of(demand.request_set.propounded_by).with_us)
    may_try = acts and demand.status in SERVABLE
    entries = list(service.service_list.all()) if service is not None else []
    silent, lost = without_consent(demand, service, entries), unreachable(entries)
    listed = [Listed(one, one in silent, one in lost) for one in entries]
    return {
        "attempts": attempts,
        "attempt_url": reverse("attempt-new", args=[demand.pk]) if may_try else "",
        "attempt_form": AttemptForm(instance=ServiceAttempt(demand=demand), auto_id="attempt_%s") if may_try else None,
        "service_list": listed,
        "list_by_email": bool(silent),
        "amounts": list(_amounts(service)) if service is not None else [],
        "not_due": service is not None and demand.kind == DemandKind.SUBPOENA_DOCUMENTS and _tendered(service) > 0,
        "proof_paper": PaperKind.PROOF_OF_SERVICE.value if acts and service is not None else "",
    }


def _amounts(service: Service) -> Iterator[str]:
    """Yield each amount on record in words."""
    if service.attendance_fee is not None:
        yield _("one day’s attendance $%(amount)s") % {"amount": _money(service.attendance_fee)}
    if service.mileage_fee is not None and service.miles is not None:
        told = {"amount": _money(service.mileage_fee), "miles": number_format(service.miles.normalize())}
        yield _("mileage $%(amount)s for %(miles)s miles") % told
    elif service.mileage_fee is not None:
        yield _("mileage $%(amount)s") % {"amount": _money(service.mileage_fee)}
    for amount, words in (
        (service.travel_fee, _("server’s travel $%(amount)s")),
        (service.service_fee, _("server’s fee $%(amount)s")),
    ):
        if amount is not None:
            yield words % {"amount": _money(amount)}


def _money(amount: Decimal) -> str:
    return number_format(amount, 2)


def _tendered(service: Service) -> Decimal:
    amounts: Sequence[Decimal | None] = (service.attendance_fee, service.mileage_fee)
    return sum((one for one in amounts if one is not None), Decimal(0))


def _one_line(text: str) -> str:
    return ", ".join(line for line in text.splitlines() if line.strip())
