"""What the checks say of a response: law/rules.md section 4, nos. 10 to 13."""

from __future__ import annotations

from datetime import date

import pytest

from discovery.domain.answers.answering import record_response
from discovery.domain.answers.by_request import Answer, Objecting, record_answers, start_response
from discovery.domain.answers.checks import BOILERPLATE, remarks_on
from discovery.enums import DemandKind
from discovery.models import Demand, Response
from tests.factories import World

pytestmark = pytest.mark.django_db
WITH_REASON, WITHOUT = Objecting("burden", "Ten years of e-mail."), Objecting("vague")


def answered(world: World, demand: Demand, *answers: Answer, **fields: object) -> list[tuple[str, str, str]]:
    """Return (check, severity, requests) for a response to this demand that says this."""
    if demand.responding_party.person_id == world.client.person_id:
        response = start_response(demand, by=world.alice)
    else:
        response = record_response(Response(demand=demand, served_on=date(2025, 7, 2), method="email"), by=world.alice)
    for name, value in fields.items():
        setattr(response, name, value)
    record_answers(response, answers, by=world.alice)
    stored = {one.row.number: one for one in response.answers.prefetch_related("objections")}
    rows = [(number, stored.get(number)) for number in demand.rows.values_list("number", flat=True)]
    oath = "Rule 33(b)(3)" if demand.kind == DemandKind.ROG else ""
    return [(one.id, one.severity.value, one.about) for one in remarks_on(response, rows, oath=oath)]


def test_a_sound_response_is_left_in_peace(world: World) -> None:
    given = Answer(1, "partial", "yes", (WITH_REASON,), will_produce="E-mail of 2020", produce_by=date(2025, 8, 1))

    assert answered(world, world.set_served_on_us(1), given) == []


def test_parties_must_say_what_is_withheld_and_non_parties_may(world: World) -> None:
    given = [Answer(number, objections=(WITH_REASON,)) for number in (1, 2)]

    assert answered(world, world.set_served_on_us(2), *given) == [("withholding", "warn", "1-2")]
    assert answered(world, world.served_subpoena(2), *given) == [("withholding", "note", "1-2")]
    assert answered(world, world.set_served_on_us(2, kind=DemandKind.ROG), *given) == []


def test_an_objection_names_ground_and_reason(world: World) -> None:
    given = [Answer(1, "objection", "no", (WITHOUT,)), Answer(2, "objection")]

    assert answered(world, world.served_subpoena(2), *given) == [("no-reason", "warn", "1"), ("no-ground", "warn", "2")]


def test_boilerplate_is_named(world: World) -> None:
    words = "Subject to and without waiving these objections, responding party will produce."

    assert answered(world, world.served_subpoena(1), Answer(1, "produce", text=words)) == [("boilerplate", "warn", "1")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("SUBJECT TO AND WITHOUT WAIVING the foregoing objections", True),
        ("Without waiver of, and subject to, its objections", True),
        ("subject to the above objections", True),
        ("Documents subject to the protective order are produced.", False),
        ("He left without waiving.", False),
    ],
)
def test_what_counts_as_boilerplate(words: str, found: bool) -> None:
    assert bool(BOILERPLATE.search(words)) is found


def test_general_objections_alone_weigh_more_than_beside_others(world: World) -> None:
    alone = answered(world, world.set_served_on_us(1), Answer(1, "none_exist"), general_objections="To all of it.")
    beside = answered(world, world.set_served_on_us(1), Answer(1, "none_exist", "no", (WITH_REASON,)), general_objections="To all.")
    referring = answered(world, world.set_served_on_us(1), Answer(1, "objection", text="See General Objections."))

    assert (alone, beside) == ([("general-objections", "warn", "")], [("general-objections", "note", "")])
    assert referring == [("general-reference", "warn", "1"), ("no-ground", "warn", "1")]


def test_a_missing_verification_and_an_unanswered_request_are_said(world: World) -> None:
    given = Answer(1, "answered", text="Four.")

    assert answered(world, world.set_served_on_us(2, kind=DemandKind.ROG), given) == [
        ("verification", "warn", ""),
        ("unanswered", "warn", "2"),
    ]
    sworn = answered(world, world.set_served_on_us(1, kind=DemandKind.ROG), given, verified_on=date(2025, 7, 2))
    only = answered(world, world.set_served_on_us(1, kind=DemandKind.ROG), Answer(1, objections=(WITH_REASON,)))
    assert (sworn, only) == ([], [])
    assert answered(world, world.set_served_on_us(1, kind=DemandKind.RFA)) == [("unanswered", "warn", "1")]
