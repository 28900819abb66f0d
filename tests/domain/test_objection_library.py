"""The objections of the starter library, and which of them fit a demand."""

from __future__ import annotations

import pytest

from discovery.domain.answers.objections import RULE, cited_for, offered
from discovery.domain.library import fill_library
from discovery.enums import ClauseKind, DemandKind
from discovery.models import Clause, Demand
from tests.factories import World

pytestmark = pytest.mark.django_db


def library() -> list[Clause]:
    return list(Clause.objects.filter(kind=ClauseKind.OBJECTION.value))


def test_the_starter_library_is_loaded_once_and_cites_a_rule_for_each(world: World) -> None:
    fill_library(by=world.alice)

    assert fill_library(by=world.alice) == 0
    assert [clause.label for clause in library() if not clause.ground or not RULE.search(clause.rule)] == []


@pytest.mark.parametrize("kind", [DemandKind.RFP, DemandKind.ROG, DemandKind.RFA, DemandKind.SUBPOENA_DOCUMENTS])
def test_nine_of_them_stand_on_keys_one_a_ground(world: World, kind: DemandKind) -> None:
    fill_library(by=world.alice)
    demand = world.served_subpoena() if kind == DemandKind.SUBPOENA_DOCUMENTS else world.set_served_on_us(kind=kind)

    found = offered(library(), demand)

    assert [one.key for one in found[:9]] == list("123456789")
    assert {one.key for one in found[9:]} <= {""}
    assert len({one.ground for one in found}) == len(found)


@pytest.mark.parametrize(
    ("rule", "own", "cited"),
    [
        ("Rules 33(b)(4), 34(b)(1)(A), (b)(2)(B), 36(a)(5)", "34", "Rules 34(b)(1)(A), (b)(2)(B)"),
        ("Rules 26(b)(1), 33(b)(4)", "33", "Rules 26(b)(1), 33(b)(4)"),
        ("Rules 26(b)(3), (b)(5)(A), 45(e)(2)(A)", "36", "Rules 26(b)(3), (b)(5)(A)"),
        ("Rules 33(b)(4), 34(b)(2)(B)", "33", "Rule 33(b)(4)"),
        ("Cal. Code Civ. Proc. 2031.240", "34", "Cal. Code Civ. Proc. 2031.240"),
    ],
)
def test_it_cites_the_rules_of_the_vehicle_alone(rule: str, own: str, cited: str) -> None:
    assert cited_for(rule, own) == cited


def test_a_non_party_objects_under_rule_45_and_a_party_does_not(world: World) -> None:
    fill_library(by=world.alice)

    def burden(demand: Demand) -> tuple[str, str, str]:
        [one] = [one for one in offered(library(), demand) if one.ground == "burden"]
        return one.key, one.label, one.rule

    assert burden(world.served_subpoena())[:2] == ("4", "Undue burden on a non-party")
    assert burden(world.set_served_on_us()) == ("4", "Undue burden or expense", "Rules 26(b)(1), 34(b)(2)(B)")
    [control] = [one for one in offered(library(), world.set_served_on_us()) if one.ground == "control"]
    assert control.reason == "What is sought is not in the possession, custody or control of John Doe."
