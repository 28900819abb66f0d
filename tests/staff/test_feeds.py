"""The calendar feeds: the address that programs fetch, and the screen of one's own addresses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from discovery.domain.dates.feeds import make_feed, revoke_feed
from discovery.models import CalendarFeed, CaseMembership, Deadline, Event, Reminder
from tests.factories import World, make_user
from tests.staff.screens import AsUser, errors_of

LIST = "/account/feeds/"


@pytest.fixture
def address(world: World) -> str:
    """Bob's feed, with one date in a week."""
    world.deadline(timezone.now().date() + timedelta(days=7))
    return reverse("feed-ics", args=[make_feed("Phone", by=world.bob)[1]])


def test_a_program_without_account_or_cookie_reads_the_calendar(address: str, client: Client) -> None:
    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = icalendar.Calendar.from_ical(response.content)
    assert [str(event["summary"]) for event in found.events] == ["Objections to the subpoena, Roe v. Doe"]
    assert str(found.events[0]["url"]).startswith("http://testserver/")
    assert (response["Cache-Control"], "Cookie" in response.get("Vary", ""), dict(response.cookies)) == (
        "private, no-cache",
        False,
        {},
    )
    assert response["Content-Disposition"] == 'inline; filename="tecum.ics"'


def test_links_lead_to_the_site_that_the_installation_names(address: str, client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://tecum.example.com"

    event = icalendar.Calendar.from_ical(client.get(address).content).events[0]

    assert str(event["url"]).startswith("https://tecum.example.com/")


def test_what_did_not_change_is_not_sent_again(address: str, client: Client, world: World) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"], again["Cache-Control"]) == (
        304,
        b"",
        first["ETag"],
        "private, no-cache",
    )
    changed = Deadline.objects.get().changed_at
    assert datetime.strptime(first["Last-Modified"], "%a, %d %b %Y %H:%M:%S %Z").replace(tzinfo=changed.tzinfo) >= changed.replace(
        microsecond=0
    )

    Deadline.objects.update(title="Response")
    changed_now = client.get(address, headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]})
    assert (changed_now.status_code, changed_now["ETag"] != first["ETag"]) == (200, True)


def test_head_answers_and_other_methods_do_not(address: str, client: Client) -> None:
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", client.get(address)["ETag"])
    assert [client.generic(method, address).status_code for method in ("POST", "PUT", "DELETE")] == [405] * 3


def test_unknown_revoked_and_closed_are_the_same_404(world: World, address: str, client: Client, as_user: AsUser) -> None:
    wrong = reverse("feed-ics", args=["x" * 43])
    revoked, secret = make_feed("Old", by=world.bob)
    revoke_feed(revoked, by=world.bob)
    world.rita.is_active = False
    world.rita.save()
    closed = make_feed("Rita's", by=world.rita)[1]
    answers = [client.get(one) for one in (wrong, reverse("feed-ics", args=[secret]), reverse("feed-ics", args=[closed]))]

    assert {(answer.status_code, answer.content, answer["Content-Type"]) for answer in answers} == {
        (404, b"There is no such calendar.\n", "text/plain; charset=utf-8")
    }
    assert client.get(address).status_code == 200


def test_who_leaves_the_case_reads_nothing_of_it_any_more(world: World, address: str, client: Client) -> None:
    CaseMembership.objects.filter(user=world.bob).delete()

    assert icalendar.Calendar.from_ical(client.get(address).content).events == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_reading_asks_two_queries(world: World, client: Client, django_assert_num_queries: Any, rows: int) -> None:
    for day in range(rows):
        world.deadline(
            timezone.now().date() + timedelta(days=day), demand=world.subpoena(world.another_responder(f"W{day}")).demand
        )
    address = reverse("feed-ics", args=[make_feed("Phone", by=world.bob)[1]])
    client.get(address)

    with django_assert_num_queries(2):
        client.get(address)


def test_an_address_is_made_and_shown_this_once(world: World, as_user: AsUser, client: Client) -> None:
    bob = as_user(world.bob)

    response = bob.post(LIST, {"label": "Outlook", "scope": "mine", "minimal": "on"})

    feed = CalendarFeed.objects.get()
    assert (response.status_code, feed.user, feed.label, feed.scope, feed.minimal) == (200, world.bob, "Outlook", "mine", True)
    address = response.context["address"]
    assert address.startswith("http://testserver/feeds/")
    assert response.text.count(address) == 1
    assert response["Cache-Control"] == "no-store"
    assert client.get(address).status_code == 200
    assert address not in bob.get(LIST).text
    assert Event.objects.get().act == "feed_made"


def test_what_is_missing_is_said_at_its_field(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(LIST, {"label": " ", "scope": "everything"})

    assert (response.status_code, CalendarFeed.objects.count()) == (422, 0)
    assert errors_of(response) == {
        "label": ["This field is required."],
        "scope": ["Select a valid choice. everything is not one of the available choices."],
    }


def test_everybody_sees_his_own_addresses_alone(world: World, as_user: AsUser) -> None:
    make_feed("Bob's phone", by=world.bob)
    make_feed("Alice's phone", by=world.alice)

    shown = {user.username: [feed.label for feed in as_user(user).get(LIST).context["feeds"]] for user in (world.alice, world.bob)}

    assert shown == {"alice": ["Alice's phone"], "bob": ["Bob's phone"]}


def test_revoking_asks_and_then_ends_it(world: World, as_user: AsUser, client: Client) -> None:
    feed, secret = make_feed("Phone", by=world.bob)
    url, bob = reverse("feed-revoke", args=[feed.pk]), as_user(world.bob)

    assert "Revoke <strong>Phone</strong>?" in bob.get(url).text
    assert client.get(reverse("feed-ics", args=[secret])).status_code == 200
    response = bob.post(url, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Revoked: Phone. Calendars that use it get nothing any more."
    ]
    assert (response.context["feeds"], [one.label for one in response.context["revoked"]]) == ([], ["Phone"])
    assert client.get(reverse("feed-ics", args=[secret])).status_code == 404
    assert bob.get(url).status_code == 404
    again = bob.post(url, follow=True)
    assert [str(message) for message in again.context["messages"]] == ["This address was revoked already."]


def test_another_persons_address_is_not_there(world: World, as_user: AsUser) -> None:
    feed, _secret = make_feed("Phone", by=world.bob)
    url = reverse("feed-revoke", args=[feed.pk])
    root = make_user("root", staff=True)
    root.is_superuser = True
    root.save()

    others = [as_user(user) for user in (world.alice, world.rita, world.charlie, root)]

    assert [(one.get(url).status_code, one.post(url).status_code) for one in others] == [(404, 404)] * 4
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_it_says_what_becomes_of_reminders(world: World, as_user: AsUser, settings: Settings) -> None:
    row = world.deadline(date(2025, 7, 2))
    Reminder.objects.create(
        deadline=row, recipient=world.bob, rung=0, due_on=date(2025, 7, 2), state="failed", error="Server is away."
    )
    Reminder.objects.create(deadline=row, recipient=world.alice, rung=0, due_on=date(2025, 7, 2))
    bob = as_user(world.bob)

    assert "This installation sends no e-mail." in bob.get(LIST).text
    settings.SENDS_EMAIL = True
    page = bob.get(LIST)
    assert "announced to bob@example.com: 14, 7, 3, 1, 0 days before" in page.text
    assert [(one.recipient, one.error) for one in page.context["reminders"]] == [(world.bob, "Server is away.")]
    CaseMembership.objects.filter(user=world.bob).delete()
    world.bob.email = ""
    world.bob.save()
    page = bob.get(LIST)
    assert page.context["reminders"] == []
    assert "Your account has no e-mail address" in page.text
