"""Reminders on SQLite and on PostgreSQL, over real SMTP: several workers at once, a death in between, beat and worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.mail_server import Inbox, mail_server
from tests.installation import KINDS, Installation
from tests.servers import wait_until

pytestmark = pytest.mark.servers


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as running:
        yield running


@pytest.fixture(params=list(KINDS))
def installation(request: pytest.FixtureRequest, tmp_path: Path, inbox: Inbox) -> Iterator[Installation]:
    """An installation of either kind that hands its e-mail in at the test's server."""
    with KINDS[request.param](tmp_path) as running:
        running.environment |= {
            "TECUM_EMAIL_URL": inbox.url,
            "TECUM_EMAIL_FROM": "Tecum <tecum@example.com>",
            "TECUM_SITE_URL": "https://tecum.example.com",
            "TECUM_REMIND_SECONDS": "1",
        }
        yield running


def test_four_workers_at_once_send_each_e_mail_once(installation: Installation, inbox: Inbox) -> None:
    told = installation.script("tests.faults.reminding", "race", "25")

    assert told == {"wrong": [], "states": {"sent": 50}, "attempts": [1] * 50, "on_the_ladder": 0}
    arrived = Counter((mail["To"], str(mail["Subject"]).split(": ")[1]) for mail in inbox.taken)
    assert arrived == {
        (who, f"Date {number}, Roe v. Doe"): 1 for number in range(25) for who in ("bob@example.com", "alice@example.com")
    }
    assert len({mail["Message-ID"] for mail in inbox.taken}) == 50


def test_a_death_between_handing_in_and_writing_down_repeats_the_same_e_mail(installation: Installation, inbox: Inbox) -> None:
    assert installation.script("tests.faults.reminding", "die")["states"] == {"queued": 1, "sending": 1}
    told = installation.script("tests.faults.reminding", "later")

    assert (told["states"], told["attempts"]) == ({"sent": 2}, [1, 2])
    by_id = Counter(mail["Message-ID"] for mail in inbox.taken)
    assert sorted(by_id.values()) == [1, 2]
    twice = [mail for mail in inbox.taken if by_id[mail["Message-ID"]] == 2]
    assert len({mail.get_body(("plain",)).get_content() for mail in twice}) == 1  # type: ignore[union-attr]


def test_beat_and_worker_send_by_themselves(installation: Installation, inbox: Inbox) -> None:
    # Before the worker is there: it sweeps at its start and would take the reminder that is to be claimed here.
    installation.script("tests.faults.reminding", "die")
    installation.start_worker(processes=1)
    installation.start_beat()

    wait_until(lambda: len(inbox.taken) == 2, "The other e-mail", seconds=60)
    assert sorted(mail["To"] for mail in inbox.taken) == ["alice@example.com", "bob@example.com"]
