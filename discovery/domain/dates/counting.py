"""Asking the law about a case: its court's rule set, closures and switches, handed to the engine that knows no rows."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from discovery.domain.dates.written import on_screen
from discovery.law import adjusting, packs
from discovery.law.closed_days import Closure, Reason, closed_for
from discovery.law.days import written
from discovery.law.derivations import Derivation
from discovery.law.engine import compute, fixed
from discovery.law.refusals import LawRefused
from discovery.law.rulesets import Event, RuleSet, ServiceMethod, rule_set
from discovery.models import Court, Extension

STIPULATED = "Fed. R. Civ. P. 29(b)"
APPROVED = "Fed. R. Civ. P. 6(b), 29(b)"


@dataclass
class CourtLaw:
    """The law of one court as recorded: raises LawRefused where it gives no answer."""

    court: Court
    policies: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        closings = self.court.presidential_closings
        self.policies = {"presidential-closings": closings} if closings else {}

    @cached_property
    def rules(self) -> RuleSet:
        """The court's rule set. Raises UnknownRuleSet."""
        return rule_set(self.court.rule_set)

    @cached_property
    def known_rules(self) -> RuleSet | None:
        """The court's rule set, or None when none is recorded or known."""
        try:
            return self.rules
        except LawRefused:
            return None

    def refusal(self) -> LawRefused:
        """Return why there is no rule set."""
        try:
            rule_set(self.court.rule_set)
        except LawRefused as refusal:
            return refusal
        raise AssertionError("There is a rule set.")

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        """The court's own closed days (one query)."""
        rows = self.court.closures.all()
        return tuple(Closure(row.day, row.name, row.source, row.filing_only) for row in rows)

    @property
    def zone(self) -> str:
        """The court's time zone, in which its days end."""
        return self.court.time_zone

    def today(self, now: datetime | None = None) -> date:
        """Return the day it is at the court."""
        return (now or timezone.now()).astimezone(self.court.zone).date()

    def compute(
        self, event: Event | str, trigger: date, *, method: str | list[str] = "none", stated: date | datetime | None = None
    ) -> Derivation:
        """Return when something is due that follows from a fact."""
        return compute(
            self.rules,
            event,
            trigger,
            method=method,
            stated=stated,
            closures=self.closures,
            policies=self._known_policies(),
            zone=self.zone,
        )

    def fixed(self, day: date | datetime, *, label: str, source: str) -> Derivation:
        """Return the derivation of a date that a judge or a person set; it needs no rule set."""
        return fixed(self.known_rules, day, label=label, source=source, zone=self.zone)

    def extended(self, derivation: Derivation, extension: Extension) -> Derivation:
        """Return a derivation moved by an agreement or order."""
        why = f"{extension.agreed_with}, {written(extension.agreed_on)}: {extension.terms}"
        rule = STIPULATED if extension.approved_on is None else APPROVED
        if derivation.rule_set and not derivation.rule_set.startswith("FRCP"):
            rule = ""  # an agreement of the parties; which rule of a state's court allows it is not recorded
        if extension.to_date is not None:
            return adjusting.extended_to(derivation, extension.to_date, why=f"extended by agreement ({why})", rule=rule)
        if extension.days is not None:
            return adjusting.extended_by(
                self.rules,
                derivation,
                extension.days,
                why=f"extended by agreement ({why})",
                rule=rule,
                closures=self.closures,
                policies=self._known_policies(),
            )
        first, last = extension.tolled_from, extension.tolled_to
        assert first is not None
        assert last is not None
        return adjusting.tolled(
            self.rules,
            derivation,
            first,
            last,
            why=f"the clock stood still ({why})",
            rule=rule,
            closures=self.closures,
            policies=self._known_policies(),
        )

    @cached_property
    def closed(self) -> Callable[[date], Reason | None]:
        """Why the court is closed on a day, None when it is open. Raises LawRefused, asked or called, where nothing says so."""
        return closed_for(self.rules, forward=True, policies=self._known_policies(), closures=self.closures).reason

    def methods(self, on: date) -> list[ServiceMethod]:
        """Return the methods of service the rule set knows on a day, in its order; none without a rule set."""
        rules = self.known_rules
        return [one for one in rules.services if one.since <= on <= one.until] if rules else []

    def stamp(self) -> str:
        """Return what computed dates rest on beside their facts: release of the law, the court's record, its closures."""
        closures = "-".join(f"{row.day:%Y%m%d}{'f' if row.filing_only else ''}" for row in self.closures)
        digest = f"{zlib.crc32(closures.encode()):x}"
        return f"{packs.release()}/{self.court.rule_set}/{self.court.time_zone}/{self.court.presidential_closings}/{digest}"[:120]

    def _known_policies(self) -> dict[str, str]:
        """Return the court's switches that its rule set has."""
        return {name: setting for name, setting in self.policies.items() if name in self.rules.policies}


def in_words(refusal: LawRefused) -> str:
    """Return a refusal of the law in the reader's language."""
    words = gettext(refusal.template)
    values = {name: on_screen(str(one)) if isinstance(one, str | date) else one for name, one in refusal.values.items()}
    return words % values if values else words


def kept(refusal: LawRefused) -> dict[str, object]:
    """Return a refusal as it is stored with a deadline that has no date: numbers stay numbers, since templates ask for them."""
    values = {name: value if isinstance(value, int) else str(value) for name, value in refusal.values.items()}
    return {"template": refusal.template, "values": values}


def stored_words(refusal: Mapping[str, Any] | None) -> str:
    """Return a refusal that `kept` stored in the reader's language; "" for none."""
    return in_words(LawRefused(refusal["template"], **refusal.get("values", {}))) if refusal else ""
