"""Runs inside an installation: `race N` sweeps and sends from several threads at once; `send` sends what waits. Prints JSON.

E-mail goes to the server of TECUM_EMAIL_URL, which the test runs: it tells how often each one arrived.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from datetime import timedelta

import django

django.setup()

from django.db import connections
from django.utils import timezone

from discovery.domain.dates.ladder import moment_of
from discovery.domain.dates.reminder_mail import compose_mail
from discovery.domain.dates.reminders import claim, due_reminders, send_reminders
from discovery.models import Deadline, Reminder
from tests.factories import make_world

WORKERS = 4


def ask(count: int) -> None:
    """Record dates whose first rung has come: each is Bob's, and has passed, so that Alice hears of it as well."""
    world = make_world()
    for number in range(count):
        due = timezone.now().date() - timedelta(days=3)
        row = world.deadline(due, title=f"Date {number}", owner=world.bob)
        Deadline.objects.filter(pk=row.pk).update(next_reminder_at=moment_of(14, due, row.zone))


def race() -> list[str]:
    """Sweep and send from every thread at once; return what went wrong."""
    gate, wrong = threading.Barrier(WORKERS), list[str]()

    def work() -> None:
        try:
            gate.wait()
            due_reminders()
            send_reminders()
        except Exception as error:  # noqa: BLE001 - the finding itself
            wrong.append(f"{type(error).__name__}: {error}".splitlines()[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _worker in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def die() -> None:
    """Claim a reminder, hand its e-mail in, and lose power before that is written down."""
    due_reminders()
    now = timezone.now()
    reminder = claim(Reminder.objects.order_by("pk")[0].pk, now=now)
    assert reminder is not None
    compose_mail(reminder, now).send()


def tell() -> dict[str, object]:
    """Count the reminders by state, and the dates that still wait for a rung."""
    return {
        "states": Counter(Reminder.objects.values_list("state", flat=True)),
        "attempts": sorted(Reminder.objects.values_list("attempts", flat=True)),
        "on_the_ladder": Deadline.objects.filter(next_reminder_at__isnull=False).count(),
    }


if __name__ == "__main__":
    found: dict[str, object] = {"wrong": []}
    if sys.argv[1] == "race":
        ask(int(sys.argv[2]))
        found["wrong"] = race()
    elif sys.argv[1] == "die":
        ask(1)
        die()
    elif sys.argv[1] == "later":
        send_reminders(now=timezone.now() + timedelta(minutes=5))
    print(json.dumps(found | tell()))  # noqa: T201 - the test reads this line
