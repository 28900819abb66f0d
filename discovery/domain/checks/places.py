"""Checks on the place of compliance: how far it lies from where the recipient is. A number, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from discovery.domain.checks.facts import Facts
from discovery.domain.checks.registry import Said, check
from discovery.enums import AddressKind, Severity
from discovery.law.distances import centre, miles_between, zip_code

MILES = 100
"""Rule 45(c)(2)(A): within 100 miles of where the person resides, is employed, or regularly transacts business in person."""
CLOSE = 85
"""From here on the figure is told: the centres of two ZIP codes may lie some miles from the addresses in them."""
OWN_PLACES = {AddressKind.BUSINESS.value, AddressKind.RESIDENCE.value}
UNITED_STATES = {"", "us", "usa", "u.s.", "u.s.a.", "united states", "united states of america"}


@dataclass(frozen=True, slots=True)
class Nearest:
    """The recipient's recorded address that lies nearest to the place of compliance."""

    city: str
    code: str
    miles: int


@check("place.over-100-miles", Severity.WARN, "Fed. R. Civ. P. 45(c)(2)(A)")
def lies_within_100_miles(facts: Facts) -> Iterator[Said]:
    """Check 7: a place more than 100 miles from every address of the recipient."""
    nearest = _nearest(facts)
    if nearest is not None and nearest.miles > MILES:
        yield Said(
            _distance(facts, nearest),
            _("Choose a place within 100 miles of where the recipient resides, is employed or regularly does business in person."),
            "place_postal_code",
        )


@check("place.distance", Severity.NOTE, "Fed. R. Civ. P. 45(c)(2)(A)")
def tells_the_distance(facts: Facts) -> Iterator[Said]:
    """Near the limit the figure is told; where it cannot be measured, a person is asked."""
    if not facts.subpoena.production or not facts.subpoena.place_street:
        return
    nearest = _nearest(facts)
    if nearest is not None:
        if CLOSE <= nearest.miles <= MILES:
            yield Said(
                _distance(facts, nearest),
                _("Measured between the centres of ZIP codes: this close to 100 miles, measure it exactly."),
                "place_postal_code",
            )
    elif centre(facts.subpoena.place_postal_code) is None:
        yield Said(
            _("The place of compliance has no ZIP code that is known here, so the distance was not measured."),
            _("Give its ZIP code, or look yourself: the limit is 100 miles from where the recipient is."),
            "place_postal_code",
        )
    else:
        yield Said(
            _("No address with a known ZIP code is recorded for %(name)s, so the distance was not measured.")
            % {"name": facts.demand.responding_party},
            _("Add where it resides or does business (not its agent’s address), or look yourself: 100 miles is the limit."),
            "place_postal_code",
        )


@check("place.electronic-only", Severity.WARN, "Fed. R. Civ. P. 45(c)(2)(A)")
def names_more_than_an_email(facts: Facts) -> Iterator[Said]:
    """Production by e-mail is usually taken to satisfy the 100-mile limit, but courts differ."""
    subpoena = facts.subpoena
    if subpoena.production and subpoena.place_email and not (subpoena.place_street and subpoena.place_city):
        yield Said(
            _("The place of compliance is an e-mail address alone."),
            _("Courts differ on whether that lies within 100 miles: name an office nearby too, or decide that this will do."),
            "place_street",
        )


def _nearest(facts: Facts) -> Nearest | None:
    """Return the nearest of the recipient's own addresses in the United States, or None when nothing can be measured."""
    if not facts.subpoena.production:
        return None
    place = facts.subpoena.place_postal_code
    found = []
    for address in facts.addresses:
        if address.kind in OWN_PLACES and address.country.strip().lower() in UNITED_STATES:
            miles = miles_between(place, address.postal_code)
            if miles is not None:
                found.append(Nearest(address.city, zip_code(address.postal_code), round(miles)))
    return min(found, key=lambda one: one.miles, default=None)


def _distance(facts: Facts, nearest: Nearest) -> str:
    return _(
        "The place of compliance (%(place)s) lies about %(miles)d miles from the nearest address of %(name)s (%(city)s, %(code)s)."
    ) % {
        "place": zip_code(facts.subpoena.place_postal_code),
        "miles": nearest.miles,
        "city": nearest.city,
        "code": nearest.code,
        "name": facts.demand.responding_party,
    }
