"""The registry: a check is a function of a demand that yields findings; its decorator gives weight and rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from discovery.enums import Severity
from discovery.models import Demand


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says: how heavy, in which words, under which rule, how to mend it, and at which field of the form."""

    check: str
    severity: Severity
    message: str
    rule: str
    mend: str
    field: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a check's function yields: the sentence, how to mend it, the form's field ('' for the set's texts)."""

    message: str
    mend: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check."""

    id: str
    severity: Severity
    rule: str
    run: Callable[[Demand], Iterable[Said]]


_checks: dict[str, Check] = {}


def check(id: str, severity: Severity, rule: str) -> Callable[[Callable[[Demand], Iterable[Said]]], Check]:  # noqa: A002 - the check's own word
    """Register the decorated function under an id that stays the same for ever (overrides refer to it)."""

    def register(run: Callable[[Demand], Iterable[Said]]) -> Check:
        if id in _checks:
            raise ValueError(f"Two checks are called {id}.")
        _checks[id] = Check(id, severity, rule, run)
        return _checks[id]

    return register


def registered() -> tuple[Check, ...]:
    """Return all checks in the order in which they were registered."""
    return tuple(_checks.values())


def findings_for(demand: Demand) -> list[Finding]:
    """Run every check on a demand; the heaviest findings first."""
    found = list(_run(demand))
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _run(demand: Demand) -> Iterator[Finding]:
    for one in _checks.values():
        for said in one.run(demand):
            yield Finding(one.id, one.severity, said.message, one.rule, said.mend, said.field)
