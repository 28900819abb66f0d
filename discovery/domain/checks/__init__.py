"""Checks: small functions that advise before a paper goes out. Importing this package registers them all."""

from discovery.domain.checks import (
    editions,
    limits,
    places,
    references,
    service,
    subpoena,
    testimony,
    texts,
    timing,
    unserved_sets,
)
from discovery.domain.checks.facts import Place
from discovery.domain.checks.registry import Check, Finding, checks_for, findings_for, registered

__all__ = [
    "Check",
    "Finding",
    "Place",
    "checks_for",
    "editions",
    "findings_for",
    "limits",
    "places",
    "references",
    "registered",
    "service",
    "subpoena",
    "testimony",
    "texts",
    "timing",
    "unserved_sets",
]
