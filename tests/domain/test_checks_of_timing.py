"""Check 3: a response that falls due after the cut-off, with the last safe day to serve for each method."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from discovery.domain.checks import findings_for
from discovery.enums import DemandKind
from discovery.models import Demand, ScheduleEntry
from tests.factories import World


def said(demand: Demand) -> list[tuple[str, str, str]]:
    return [(one.message, one.mend, one.field) for one in findings_for(demand) if one.check == "timing.after-cutoff"]


@pytest.fixture
def cutoff(world: World) -> ScheduleEntry:
    return ScheduleEntry.objects.create(case=world.case, kind="fact_cutoff", day=date(2025, 10, 1))


def party_set(world: World) -> Demand:
    demand = world.subpoena().demand
    demand.subpoena.delete()
    demand.kind = DemandKind.RFP.value
    demand.save()
    return Demand.objects.get(pk=demand.pk)


@pytest.mark.usefixtures("cutoff")
def test_a_set_that_is_too_late_names_the_last_day_by_each_method(world: World) -> None:
    demand = party_set(world)

    with time_machine.travel("2025-09-02T12:00-07:00", tick=False):
        assert said(demand) == [
            (
                "The response falls due on Oct. 2, 2025, after the cut-off of Oct. 1, 2025.",
                "The last day to serve: Personal delivery: Sept. 1, 2025; Mail: Aug. 26, 2025.",
                "",
            )
        ]
    with time_machine.travel("2025-09-01T12:00-07:00", tick=False):
        assert said(demand) == []


def test_a_subpoena_is_held_against_the_cutoff_by_its_day_of_compliance(world: World, cutoff: ScheduleEntry) -> None:
    demand = world.subpoena().demand

    assert said(demand) == []

    ScheduleEntry.objects.filter(pk=cutoff.pk).update(day=date(2025, 7, 1))
    assert said(Demand.objects.get(pk=demand.pk)) == [
        (
            "The response falls due on July 2, 2025, after the cut-off of July 1, 2025.",
            "Ask for an earlier day, or for leave to go beyond the cut-off.",
            "compliance_date",
        )
    ]


def test_without_a_cutoff_nothing_is_said(world: World) -> None:
    assert said(party_set(world)) == []
