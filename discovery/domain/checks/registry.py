"""The registry: a check is a function of the facts that yields findings; its decorator gives weight, rule and kinds of demand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from django.utils import translation

from discovery import enums
from discovery.domain.checks.facts import Facts, Place
from discovery.enums import DemandKind, Severity
from discovery.models import Demand, FindingOverride

EVERY_KIND = frozenset(DemandKind)
FOR_DOCUMENTS = frozenset({DemandKind.SUBPOENA_DOCUMENTS})
DISCOVERY = EVERY_KIND - {DemandKind.SUBPOENA_TRIAL}
"""What seeks discovery; testimony at a trial does not."""
DOCUMENTS = frozenset({DemandKind.SUBPOENA_DOCUMENTS, DemandKind.RFP})
PARTY_SETS = frozenset(DemandKind(kind) for kind in enums.PARTY_SETS)
INTERROGATORIES = frozenset({DemandKind.ROG})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says: how heavy, in which words, under which rule, how to mend it, at which field or texts; who overrode it."""

    check: str
    severity: Severity
    message: str
    rule: str
    mend: str
    field: str
    places: tuple[Place, ...] = ()
    override: FindingOverride | None = None
    said: str = dataclass_field(default="", compare=False)
    """The message in English, whatever language the screen speaks: what an override keeps and its fingerprint is made of."""

    @property
    def fingerprint(self) -> str:
        """What an override refers to: it lapses when the check says something else."""
        return fingerprint(self.check, self.said)

    @property
    def overridable(self) -> bool:
        """Whether a person may set it aside: only warnings; what is refused would make the paper void (law 9)."""
        return self.severity == Severity.WARN and self.override is None


@dataclass(frozen=True, slots=True)
class Said:
    """What a check's function yields: the sentence, how to mend it, the form's field or the texts of the set it is about."""

    message: str
    mend: str
    field: str = ""
    places: tuple[Place, ...] = ()


Run = Callable[[Facts], Iterable[Said]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check."""

    id: str
    severity: Severity
    rule: str
    kinds: frozenset[DemandKind]
    run: Run


_checks: dict[str, Check] = {}


def check(
    id: str,  # noqa: A002 - the check's own word
    severity: Severity,
    rule: str,
    kinds: frozenset[DemandKind] = FOR_DOCUMENTS,
) -> Callable[[Run], Check]:
    """Register the decorated function under an id that stays the same for ever (overrides refer to it).

    It runs for demands of these kinds alone.
    """

    def register(run: Run) -> Check:
        if id in _checks:
            raise ValueError(f"Two checks are called {id}.")
        _checks[id] = Check(id, severity, rule, kinds, run)
        return _checks[id]

    return register


def registered() -> tuple[Check, ...]:
    """Return all checks in the order in which they were registered."""
    return tuple(_checks.values())


def checks_for(kind: str) -> list[Check]:
    """Return the checks that apply to a kind of demand."""
    return [one for one in _checks.values() if kind in one.kinds]


def findings_for(demand: Demand) -> list[Finding]:
    """Run every check that applies to a demand: the heaviest findings first, those that somebody overrode last."""
    facts = Facts(demand)
    found = _run(facts)
    if (translation.get_language() or "en").startswith("en"):
        english = [said.message for _check, said in found]
    else:
        with translation.override("en"):
            english = [said.message for _check, said in _run(facts)]
    kept = {(row.check_id, row.fingerprint): row for row in demand.overrides.select_related("by")}
    order = list(Severity)
    findings = [
        Finding(
            one.id,
            one.severity,
            said.message,
            one.rule,
            said.mend,
            said.field,
            said.places,
            kept.get((one.id, fingerprint(one.id, plain))) if one.severity == Severity.WARN else None,
            plain,
        )
        for (one, said), plain in zip(found, english, strict=True)
    ]
    return sorted(findings, key=lambda finding: (finding.override is not None, order.index(finding.severity)))


def fingerprint(check_id: str, said: str) -> str:
    """Return the hash of what a check says."""
    return hashlib.sha256(f"{check_id}\n{said}".encode()).hexdigest()


def _run(facts: Facts) -> list[tuple[Check, Said]]:
    return [(one, said) for one in checks_for(facts.demand.kind) for said in one.run(facts)]
