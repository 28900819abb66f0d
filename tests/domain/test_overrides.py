"""Setting a warning aside: who, when and why are kept, and it lapses when the check says something else."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from discovery.domain.approval import approve, withdraw
from discovery.domain.checks import Finding, findings_for
from discovery.domain.errors import Refused
from discovery.domain.overrides import override_finding
from discovery.domain.sets import NewText, change_item
from discovery.enums import Act, Severity
from discovery.models import Demand, Event, FindingOverride, Subpoena
from discovery.models.immutable import WrittenOnce
from tests.factories import World, make_world


def finding(demand: Demand, check: str) -> Finding:
    """Return what a check says now."""
    return next(one for one in findings_for(Demand.objects.get(pk=demand.pk)) if one.check == check)


def override(world: World, demand: Demand, check: str, reason: str = "We record an old paper.") -> FindingOverride:
    return override_finding(demand, check, reason, by=world.bob, seen=finding(demand, check).fingerprint)


def test_an_override_keeps_who_when_and_why(world: World) -> None:
    demand = world.subpoena().demand
    row = override(world, demand, "subpoena.past", " We record an old paper.\r\n")

    assert (row.demand, row.check_id, row.said, row.reason, row.by) == (
        demand,
        "subpoena.past",
        "The time for compliance has passed.",
        "We record an old paper.",
        world.bob,
    )
    event = Event.objects.get()
    assert (event.act, event.actor, event.subject, event.summary) == (
        Act.FINDING_OVERRIDDEN,
        world.bob,
        f"demand:{demand.pk}",
        "The time for compliance has passed. (Witness Corp.)",
    )
    assert event.details == {
        "check": "subpoena.past",
        "said": "The time for compliance has passed.",
        "reason": "We record an old paper.",
        "rule": "Fed. R. Civ. P. 45(d)(3)(A)(i)",
    }


def test_what_was_overridden_stands_last_with_its_override(world: World) -> None:
    demand = world.subpoena().demand
    row = override(world, demand, "subpoena.past")

    assert [(one.check, one.override, one.overridable) for one in findings_for(demand)] == [
        ("subpoena.summer-time", None, False),
        ("subpoena.past", row, False),
    ]


def test_it_lapses_when_the_check_says_something_else_and_holds_again_with_the_same_words(world: World) -> None:
    subpoena = world.subpoena()
    demand = subpoena.demand
    Subpoena.objects.filter(pk=subpoena.pk).update(compliance_date=date(2025, 6, 25))
    row = override(world, demand, "subpoena.short-time", "They agreed to a week.")

    Subpoena.objects.filter(pk=subpoena.pk).update(compliance_date=date(2025, 6, 24))
    assert finding(demand, "subpoena.short-time").override is None
    Subpoena.objects.filter(pk=subpoena.pk).update(compliance_date=date(2025, 6, 25))
    assert finding(demand, "subpoena.short-time").override == row


def test_an_override_of_one_text_is_none_of_another(world: World) -> None:
    demand = world.subpoena().demand
    first, second = demand.request_set.requests.order_by("number")
    change_item(first, NewText("", "All Documents about the Merger."), by=world.bob, revision=1)
    override(world, demand, "text.undefined-term", "Everybody knows which.")
    change_item(second, NewText("", "All Documents about the Project."), by=world.bob, revision=1)

    found = [(one.message, one.override is not None) for one in findings_for(demand) if one.check == "text.undefined-term"]
    assert found == [
        ("Request 2 uses “Project”, which no definition explains.", False),
        ("Request 1 uses “Merger”, which no definition explains.", True),
    ]


def test_a_reason_is_needed(world: World) -> None:
    demand = world.subpoena().demand
    with pytest.raises(Refused, match="Say why") as caught:
        override(world, demand, "subpoena.past", " \n ")
    assert (caught.value.field, FindingOverride.objects.count(), Event.objects.count()) == ("reason", 0, 0)


def test_what_would_be_void_and_what_is_a_note_cannot_be_overridden(world: World) -> None:
    demand = world.subpoena(requests=0).demand
    with pytest.raises(Refused, match="would make the paper void"):
        override(world, demand, "subpoena.no-requests")
    with pytest.raises(Refused, match="A note stops nothing"):
        override(world, demand, "subpoena.summer-time")


def test_only_what_was_read_is_overridden(world: World) -> None:
    demand = world.subpoena().demand
    seen = finding(demand, "subpoena.past").fingerprint
    for check, fingerprint in (("subpoena.past", "0" * 64), ("subpoena.short-time", seen), ("no.check", "")):
        with pytest.raises(Refused, match="says something else now"):
            override_finding(demand, check, "Right.", by=world.bob, seen=fingerprint)


def test_nobody_overrides_twice(world: World) -> None:
    demand = world.subpoena().demand
    row = override(world, demand, "subpoena.past")
    with pytest.raises(Refused, match="bob has overridden this already"):
        override(world, demand, "subpoena.past")
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingOverride(
            demand=demand, check_id=row.check_id, fingerprint=row.fingerprint, said="x", reason="x", by=world.alice
        ).save()


def test_after_approval_it_is_too_late(world: World) -> None:
    demand = world.subpoena().demand
    seen = finding(demand, "subpoena.past").fingerprint
    approve(demand, by=world.alice)
    with pytest.raises(Refused, match="was approved"):
        override_finding(demand, "subpoena.past", "Right.", by=world.bob, seen=seen)
    withdraw(demand, "Settled.", by=world.bob)
    with pytest.raises(Refused, match="was approved"):
        override_finding(demand, "subpoena.past", "Right.", by=world.bob, seen=seen)


def test_an_override_is_written_once(world: World) -> None:
    row = override(world, world.subpoena().demand, "subpoena.past")
    row.reason = "Other."
    with pytest.raises(WrittenOnce):
        row.save()
    with pytest.raises(WrittenOnce):
        row.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        FindingOverride.objects.update(reason="Other.")


def test_a_french_screen_overrides_the_same_finding(world: World) -> None:
    demand = world.subpoena().demand
    with translation.override("fr"):
        row = override(world, demand, "subpoena.past")

    assert (row.said, finding(demand, "subpoena.past").override) == ("The time for compliance has passed.", row)


def test_overrides_are_seen_through_their_case(world: World) -> None:
    other = make_world("Secret v. Case", "4:24-cv-00002-ABC")
    row = override(world, world.subpoena().demand, "subpoena.past")
    other.case.memberships.all().delete()
    hidden = override(world, other.subpoena().demand, "subpoena.past")

    assert hidden != row
    seen = {user.username: list(FindingOverride.objects.visible_to(user)) for user in (world.bob, world.rita, world.charlie)}
    assert seen == {"bob": [row], "rita": [row], "charlie": []}
    assert [list(FindingOverride.objects.editable_by(user)) for user in (world.bob, world.rita)] == [[row], []]


def test_a_finding_overridden_does_not_stop_what_never_stopped(world: World) -> None:
    demand = world.subpoena().demand
    override(world, demand, "subpoena.past")

    assert [one.severity for one in findings_for(demand)] == [Severity.NOTE, Severity.WARN]
    assert approve(demand, by=world.alice).status == "approved"
