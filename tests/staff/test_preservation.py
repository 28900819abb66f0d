"""The screens of preservation demands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discovery.domain.preserving import send_preservation
from discovery.models import Address, Deadline, Draft, Event, Person, PreservationDemand
from tests.factories import World
from tests.preserving import written
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, form_of, posted, statuses


def url(name: str, pk: int) -> str:
    return reverse(f"preservation-{name}", args=[pk])


def of_new(world: World) -> str:
    return reverse("paper-preview-of-new", args=[world.case.pk, "preservation"])


def typed(world: World, **changes: Any) -> dict[str, Any]:
    told = {
        "recipient": world.responder.person_id,
        "facts": "They met.\r\nTwice.",
        "acknowledge_by": "2025-06-15",
        "new_kind": "entity",
    }
    return {**told, **changes}


def test_who_may_do_what(world: World, as_user: AsUser) -> None:
    demand = written(world)
    assert [statuses(as_user, world, url(*one)) for one in (("list", world.case.pk), ("detail", demand.pk))] == [READ] * 2
    edit = [url("new", world.case.pk), *(url(name, demand.pk) for name in ("edit", "send", "acknowledge"))]
    assert [statuses(as_user, world, address) for address in edit] == [EDIT] * 4
    assert [posted(as_user, world, address, typed(world)) for address in edit] == [DENIED] * 4
    assert PreservationDemand.objects.count() == 1


def test_from_the_empty_list_to_the_acknowledged_letter(world: World, as_user: AsUser, bells: list[int]) -> None:
    bob = as_user(world.bob)
    assert "No preservation demand yet" in bob.get(url("list", world.case.pk)).text

    made = bob.post(url("new", world.case.pk), typed(world), follow=True)
    demand = PreservationDemand.objects.get()
    assert (demand.facts, demand.signer) == ("They met.\nTwice.", world.appearance)
    assert "then record when it was sent" in made.text
    assert "Draft" in bob.get(url("list", world.case.pk)).text

    asked = bob.post(reverse("paper-make", args=["preservation", demand.pk]), follow=True)
    assert Draft.objects.get().preservation == demand
    assert url("detail", demand.pk) in asked.text

    sent = bob.post(url("send", demand.pk), {"sent_on": "2025-06-01", "electronically": "on"}, follow=True)
    assert "is a date of the case now" in sent.text
    assert "Not acknowledged in time" in sent.text
    assert f"/s/ {world.appearance.attorney.name}" in sent.text
    assert "It was sent and is not changed any more" in bob.get(url("edit", demand.pk), follow=True).text

    done = bob.post(url("acknowledge", demand.pk), {"acknowledged_on": "2025-06-10", "said": "E-mail <of> counsel"}, follow=True)
    assert "E-mail &lt;of&gt; counsel" in done.text
    assert Deadline.objects.get().state == "done"


def test_somebody_new_is_written_down_with_the_letter(world: World, as_user: AsUser) -> None:
    bob = as_user(world.bob)
    values = typed(world, recipient="", new_name="New Co.", new_street="1 Main St", new_city="Oakland")
    bob.post(url("new", world.case.pk), values)
    demand = PreservationDemand.objects.select_related("recipient").get()
    assert (demand.recipient.name, demand.recipient.addresses.get().city) == ("New Co.", "Oakland")


def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(world: World, as_user: AsUser) -> None:
    bob, new = as_user(world.bob), url("new", world.case.pk)
    for change, field, words in (
        ({"recipient": ""}, "recipient", "Choose a person, or write the name of a new one below."),
        ({"new_name": "Both"}, "new_name", "Either choose a recorded person or name a new one, not both."),
        ({"facts": ""}, "facts", "This field is required."),
        (
            {"period_from": "2025-02-01", "period_to": "2025-01-01"},
            "period_to",
            "The period ends before it begins. Check both days.",
        ),
        ({"recipient": world.client.person_id}, "recipient", "is our own client"),
    ):
        shown = bob.post(new, typed(world, custodians="Kept <b>", **change))
        assert shown.status_code == 422
        assert words in " ".join(errors_of(shown)[field])
        assert form_of(shown)["custodians"].value() == "Kept <b>"
    nobody = bob.post(new, typed(world, recipient="", new_name="Lost & Co.", facts=""))
    assert nobody.status_code == 422
    assert not Person.objects.filter(name="Lost & Co.").exists()
    demand = written(world)
    early = bob.post(url("send", demand.pk), {"sent_on": "2025-06-20"})
    assert "before it was sent" in errors_of(early)["sent_on"][0]


def test_a_new_letter_is_shown_as_it_prints_once_saved_and_nothing_is_stored(world: World, as_user: AsUser) -> None:
    bob, new, shown_at = as_user(world.bob), url("new", world.case.pk), of_new(world)
    stranger = {"recipient": "", "new_name": "New <b> Co.", "new_street": "1 Main St", "new_city": "Oakland"}
    for change in ({}, stranger, {**stranger, "new_kind": "natural", "via": "By hand"}):
        told = typed(world, claims="</style><script>alert(1)</script> {{ facts }}", custodians="Ann\r\nBob", **change)
        before = (PreservationDemand.objects.count(), Person.objects.count(), Address.objects.count(), Event.objects.count())

        shown = bob.post(shown_at, {"parts": ["preservation"], **{f"preservation-{name}": told[name] for name in told}}).json()

        assert before == (
            PreservationDemand.objects.count(),
            Person.objects.count(),
            Address.objects.count(),
            Event.objects.count(),
        )
        assert bob.post(new, told).status_code == 302
        saved = PreservationDemand.objects.latest("pk")
        assert shown == bob.post(reverse("paper-preview", args=["preservation", saved.pk])).json()
        assert "<script" not in shown["sections"][0]["markup"]


def test_what_nobody_typed_yet_stands_blank_and_what_cannot_stand_is_said(world: World, as_user: AsUser) -> None:
    bob, shown_at = as_user(world.bob), of_new(world)
    empty = {"parts": ["preservation"], "preservation-recipient": "", "preservation-facts": ""}

    blank = bob.post(shown_at, empty).json()

    assert "We write to ask that __________ preserve" in blank["sections"][0]["markup"]
    assert bob.post(shown_at).json() == blank
    typed_in = {"preservation-new_name": "A bell \x07", "preservation-dated": "soon"}
    assert bob.post(shown_at, {**empty, **typed_in}).json()["problems"] == [
        "Dated: Enter a valid date.",
        "Name: The character U+0007 at position 8 cannot be printed; remove or replace it.",
    ]
    world.case.appearances.all().delete()
    assert bob.post(shown_at, empty).json()["problems"] == ["Nobody is named who signs. Name the signer of the letter first."]


def test_only_editors_are_shown_a_new_letter_and_only_letters_start_so(world: World, as_user: AsUser) -> None:
    assert posted(as_user, world, of_new(world), {}) == DENIED
    assert f'data-preview="{of_new(world)}"' in as_user(world.bob).get(url("new", world.case.pk)).text
    assert as_user(world.bob).post(reverse("paper-preview-of-new", args=[world.case.pk, "requests"])).status_code == 404


def test_a_letter_without_an_address_is_pointed_out(world: World, as_user: AsUser) -> None:
    demand, bob = written(world), as_user(world.bob)
    Address.objects.all().delete()
    assert "the letter is addressed by name alone" in bob.get(url("detail", demand.pk)).text
    Address.objects.create(person=world.responder.person, street="1 Main St", city="Oakland")
    assert "the letter is addressed by name alone" not in bob.get(url("detail", demand.pk)).text


def test_two_who_change_at_once_see_both_texts(world: World, as_user: AsUser) -> None:
    demand = written(world)
    bob = as_user(world.bob)
    same = typed(world, revision=1, signer=world.appearance.pk)
    assert bob.post(url("edit", demand.pk), {**same, "facts": "Bob's."}).status_code == 302
    second = as_user(world.alice).post(url("edit", demand.pk), {**same, "facts": "Alice's."})
    assert "Somebody else changed this" in " ".join(errors_of(second)["__all__"])
    assert form_of(second)["facts"].value() == "Alice's."


def test_pages_take_as_many_queries_for_many(world: World, as_user: AsUser) -> None:
    bob = as_user(world.bob)
    counts = []
    for many in (2, 18):
        for _ in range(many):
            send_preservation(written(world), date(2025, 6, 1), by=world.alice)
        with CaptureQueriesContext(connection) as counted:
            bob.get(url("list", world.case.pk))
        counts.append(len(counted))
    assert counts[0] == counts[1]
