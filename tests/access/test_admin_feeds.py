"""The web admin shows calendar addresses and reminders to their owner alone, and lets nobody write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from discovery.domain.dates.feeds import make_feed
from discovery.models import CaseMembership, Reminder
from tests.factories import World, make_user

AsUser = Callable[[User], Client]


def test_staff_read_their_own_and_nobody_elses(world: World, as_user: AsUser) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_staff=True)
    feed, _secret = make_feed("Phone", by=world.alice)
    row = world.deadline(date(2025, 7, 2))
    reminder = Reminder.objects.create(deadline=row, recipient=world.alice, rung=0, due_on=date(2025, 7, 2))
    root = make_user("root", staff=True)
    root.is_superuser = True
    root.save()
    alice, stranger = as_user(User.objects.get(pk=world.alice.pk)), as_user(root)
    pages = {
        model: (reverse(f"admin:discovery_{model}_changelist"), reverse(f"admin:discovery_{model}_change", args=[pk]))
        for model, pk in (("calendarfeed", feed.pk), ("reminder", reminder.pk))
    }

    for listed, one in pages.values():
        assert (alice.get(listed).context["cl"].result_count, stranger.get(listed).context["cl"].result_count) == (1, 0)
        assert (alice.get(one).status_code, stranger.get(one)["Location"]) == (200, reverse("admin:index"))
        assert (feed.secret_sha256 in alice.get(one).text, alice.post(one, {"label": "x"}).status_code) == (False, 403)
    CaseMembership.objects.filter(user=world.alice).delete()
    assert alice.get(pages["reminder"][0]).context["cl"].result_count == 0
