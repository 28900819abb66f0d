"""What the checks say, as pages show it: each finding with its links, who overrode it, or a small form to do so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from discovery.domain.checks import Finding, Place
from discovery.enums import WITH_PAGE, Severity
from discovery.models import Demand
from discovery.staff.forms.subpoenas import OverrideForm

PLACES_SHOWN = 6
"""How many texts of the set a finding links to; its sentence names them all."""
WEIGHTS = (
    (Severity.REFUSE.value, _("Stops approval")),
    (Severity.WARN.value, _("Warnings")),
    (Severity.NOTE.value, _("Notes")),
    ("overridden", _("Overridden")),
)


@dataclass(frozen=True)
class Row:
    """A finding on a page, with the form to override it for those who may (None otherwise)."""

    finding: Finding
    form: OverrideForm | None

    @property
    def places(self) -> Sequence[Place]:
        """The texts to link to."""
        return self.finding.places[:PLACES_SHOWN]

    @cached_property
    def more(self) -> int:
        """How many texts are not linked."""
        return max(0, len(self.finding.places) - PLACES_SHOWN)

    @property
    def opened(self) -> bool:
        """Whether its form is open: it has an error, or holds a reason that was typed for what the check said before."""
        return self.form is not None and bool(self.form.errors or self.form.initial.get("reason"))

    @property
    def weight(self) -> str:
        """Under which heading it stands."""
        return "overridden" if self.finding.override is not None else self.finding.severity.value


def panel(
    demand: Demand,
    findings: Sequence[Finding],
    *,
    back: str,
    may_override: bool,
    may_mend: bool = True,
    bound: OverrideForm | None = None,
) -> dict[str, Any]:
    """Return what `staff/subpoenas/_findings.html` needs. `back` names the page to return to."""
    rows = [Row(finding, _form(finding, back, bound) if may_override and finding.overridable else None) for finding in findings]
    return {
        "findings": findings,
        "finding_rows": rows,
        "open_findings": sum(row.finding.override is None for row in rows),
        "texts_url": texts_url(demand),
        "fields_url": fields_url(demand),
        "may_mend": may_mend,
    }


def by_weight(rows: Sequence[Row]) -> list[tuple[str, Any, list[Row]]]:
    """Return (weight, heading, rows) for the weights that occur, the heaviest first."""
    groups = [(weight, heading, [row for row in rows if row.weight == weight]) for weight, heading in WEIGHTS]
    return [group for group in groups if group[2]]


def texts_url(demand: Demand) -> str:
    """Return the page of a demand's texts: Schedule A of a subpoena, else its set."""
    if demand.kind in WITH_PAGE:
        return reverse("subpoena-schedule", args=[demand.pk])
    return reverse("set-detail", args=[demand.request_set_id])


def fields_url(demand: Demand) -> str:
    """Return the page on which the fields of a demand's paper are filled in."""
    return reverse("subpoena-form" if demand.kind in WITH_PAGE else "demand-paper", args=[demand.pk])


def _form(finding: Finding, back: str, bound: OverrideForm | None) -> OverrideForm:
    auto_id = f"id_%s_{finding.fingerprint[:10]}"  # several such forms stand on one page
    typed = ""
    if bound is not None and bound.data.get("check") == finding.check:
        if bound.data.get("seen") == finding.fingerprint:
            bound.auto_id = auto_id
            return bound
        # The check says something else now: the reason is kept, for a person to see whether it still fits.
        typed = str(bound.data.get("reason", ""))
    told = {"check": finding.check, "seen": finding.fingerprint, "back": back, "reason": typed}
    return OverrideForm(initial=told, auto_id=auto_id)
