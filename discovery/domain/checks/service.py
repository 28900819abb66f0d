"""Checks on the service list of what was served: everybody on it could be reached, and by the means that were used."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from discovery.domain.checks.facts import Facts
from discovery.domain.checks.registry import EVERY_KIND, PARTY_SETS, Said, check
from discovery.domain.service.service_list import unreachable, without_consent
from discovery.enums import Severity


@check("service.unreachable", Severity.WARN, "Fed. R. Civ. P. 5(a)(1)(C), 5(b)", PARTY_SETS)
def reaches_every_party(facts: Facts) -> Iterator[Said]:
    """Check 22: whoever stood on the service list had an address to be served at (for subpoenas: `subpoena.service-list`)."""
    names = "; ".join(_first_line(entry.name) for entry in unreachable(facts.service_list))
    if names:
        yield Said(
            _("No address and no e-mail address is on record for %(names)s.") % {"names": names},
            _("Record where they are served: every party must have a copy."),
        )


@check("service.no-consent", Severity.WARN, "Fed. R. Civ. P. 5(b)(2)(E)", EVERY_KIND)
def has_consent_to_email(facts: Facts) -> Iterator[Said]:
    """Service by e-mail counts only for who consented to it in writing."""
    silent = without_consent(facts.demand, facts.service, facts.service_list)
    names = "; ".join(_first_line(entry.name) for entry in silent)
    if names:
        yield Said(
            _("Served by e-mail, but no consent in writing is on record for %(names)s.") % {"names": names},
            _("Record the consent with the appearance, or serve them by another method: without it e-mail is no service."),
        )


@check("service.no-counsel", Severity.WARN, "Fed. R. Civ. P. 5(a)(1)(C), 5(b)(1)", PARTY_SETS)
def has_counsel_to_serve(facts: Facts) -> Iterator[Said]:
    """Check 22 before a set is served: nobody appears for a party, even the one that must answer."""
    if facts.service is None:
        yield from parties_without_counsel(facts)


def parties_without_counsel(facts: Facts) -> Iterator[Said]:
    """Say which parties have no counsel on record: a certificate lists them themselves, which is rarely what is meant."""
    if facts.without_counsel:
        yield Said(
            _("No counsel is recorded for %(names)s.") % {"names": ", ".join(facts.without_counsel)},
            _("Add the appearance of its counsel; until then the certificate lists the party itself, at its own address."),
        )


def _first_line(name: str) -> str:
    return name.partition("\n")[0]
