"""Reminders: each rung once, nothing lost by a missed run, nothing to whom it is no longer for, the whole e-mail."""

from __future__ import annotations

import smtplib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from discovery.domain.addresses import page_of
from discovery.domain.dates import reminders
from discovery.domain.dates.deadlines import mark_done, set_by_court
from discovery.domain.dates.ladder import moment_of
from discovery.domain.dates.reminder_mail import compose_mail, message_id
from discovery.domain.dates.reminders import claim, due_reminders, send_reminder, send_reminders
from discovery.domain.records import add_record, change_record
from discovery.enums import ReminderState
from discovery.models import CaseMembership, Deadline, Reminder, ScheduleEntry
from tests.factories import World

pytestmark = pytest.mark.usefixtures("mail_bells")

DUE = date(2025, 7, 16)
ENTERED = datetime(2025, 6, 18, 16, 0, tzinfo=UTC)
COURT = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def row(world: World) -> Deadline:
    """A date that was entered four weeks ahead; Bob looks after it, Alice owns the case."""
    with time_machine.travel(ENTERED, tick=False):
        return world.deadline(DUE, owner=world.bob)


def run(now: datetime) -> int:
    """Do what beat and a worker do, at this moment; return how many e-mails went out."""
    due_reminders(now=now)
    return send_reminders(now=now)


def walk(first: datetime, last: datetime, step: timedelta) -> list[tuple[str, str, str]]:
    """Run every so often; return the e-mails: local moment, recipient, how the subject begins."""
    found, now = [], first
    while now <= last:
        mail.outbox.clear()
        with time_machine.travel(now, tick=False):
            run(now)
        found += [(f"{now.astimezone(COURT):%m-%d %H:%M}", ", ".join(one.to), one.subject.split(",")[0]) for one in mail.outbox]
        now += step
    return found


def test_every_rung_is_climbed_once(world: World, row: Deadline) -> None:
    first = datetime(2025, 6, 30, 0, 2, tzinfo=COURT)
    assert walk(first, first + timedelta(days=40), timedelta(minutes=30)) == [
        ("07-02 07:02", "bob@example.com", "Due in 14 days"),
        ("07-09 07:02", "bob@example.com", "Due in 7 days"),
        ("07-13 07:02", "bob@example.com", "Due in 3 days"),
        ("07-15 07:02", "bob@example.com", "Due tomorrow"),
        ("07-16 07:02", "bob@example.com", "Due today"),
        ("07-17 07:02", "bob@example.com", "Overdue since Wednesday"),
        ("07-17 07:02", "alice@example.com", "Overdue since Wednesday"),
    ]
    row.refresh_from_db()
    assert (row.next_reminder_at, row.revision) == (None, 1)


def test_after_missed_runs_the_last_rung_is_sent_and_none_is_lost(world: World, row: Deadline) -> None:
    off_until = datetime(2025, 7, 14, 9, 0, tzinfo=COURT)
    assert walk(off_until, off_until + timedelta(hours=1), timedelta(minutes=30)) == [
        ("07-14 09:00", "bob@example.com", "Due in 2 days")
    ]
    row.refresh_from_db()
    assert row.next_reminder_at == moment_of(1, DUE, row.zone)
    assert list(Reminder.objects.values_list("rung", flat=True)) == [3]


def test_a_month_off_ends_in_the_word_to_the_supervisor(world: World, row: Deadline) -> None:
    world.case.supervisor = world.rita
    world.case.save()
    now = datetime(2025, 8, 10, 9, 0, tzinfo=COURT)
    assert [who for _at, who, _subject in walk(now, now, timedelta(hours=1))] == ["bob@example.com", "rita@example.com"]


def test_a_reminder_that_is_due_survives_the_counting_again_of_dates(world: World) -> None:
    with time_machine.travel(ENTERED, tick=False):
        entry = add_record(ScheduleEntry(case=world.case, kind="trial", day=DUE, source="Dkt. 9"), by=world.alice)
    first = moment_of(14, DUE, world.case.court.time_zone)
    with time_machine.travel(first + timedelta(hours=1), tick=False):
        entry.source = "Dkt. 10"
        change_record(entry, by=world.alice)

    row = Deadline.objects.get(event="court-date")
    assert (row.revision, row.next_reminder_at) == (2, first)


def test_the_days_of_the_ladder_are_the_installations(world: World, settings: Settings) -> None:
    settings.REMINDER_DAYS = (30, 2)
    with time_machine.travel(datetime(2025, 6, 1, 12, 0, tzinfo=UTC), tick=False):
        world.deadline(DUE)
    first = datetime(2025, 6, 10, 7, 0, tzinfo=COURT)
    assert [at for at, _who, _subject in walk(first, first + timedelta(days=60), timedelta(days=1))] == [
        "06-16 07:00",
        "07-14 07:00",
        "07-17 07:00",
    ]


def test_a_ladder_that_was_changed_meanwhile_goes_on_with_its_next_rung(world: World, row: Deadline, settings: Settings) -> None:
    settings.REMINDER_DAYS = (5,)
    now = datetime(2025, 7, 2, 8, 0, tzinfo=COURT)
    assert run(now) == 0
    row.refresh_from_db()
    assert row.next_reminder_at == moment_of(5, DUE, row.zone)


def test_owners_stand_in_for_who_cannot_be_reached(world: World, row: Deadline) -> None:
    def who(**fields: Any) -> list[str]:
        Deadline.objects.filter(pk=row.pk).update(**fields)
        row.refresh_from_db()
        return [user.username for user in reminders.recipients_of(row, overdue=False)]

    assert who() == ["bob"]
    assert who(owner=None) == ["alice"]
    assert who(owner=world.charlie) == ["alice"]  # who left the case
    world.rita.email = ""
    world.rita.save()
    assert who(owner=world.rita) == ["alice"]
    world.bob.is_active = False
    world.bob.save()
    assert who(owner=world.bob) == ["alice"]


def test_nobody_to_remind_is_said_in_the_log(world: World, row: Deadline, caplog: pytest.LogCaptureFixture) -> None:
    world.alice.email = world.bob.email = ""
    world.alice.save()
    world.bob.save()
    assert run(datetime(2025, 7, 2, 8, 0, tzinfo=COURT)) == 0
    assert caplog.messages == [f"Nobody can be reminded of deadline {row.pk}: no owner of its case has an address."]


def test_who_owns_and_supervises_gets_one(world: World, row: Deadline) -> None:
    world.case.supervisor = world.bob
    world.case.save()
    assert run(datetime(2025, 7, 18, 8, 0, tzinfo=COURT)) == 1


def test_without_a_mail_server_dates_keep_their_place(world: World, row: Deadline, settings: Settings) -> None:
    settings.SENDS_EMAIL = False
    now = datetime(2025, 7, 14, 9, 0, tzinfo=COURT)
    assert (run(now), Reminder.objects.count()) == (0, 0)
    row.refresh_from_db()
    assert row.next_reminder_at == moment_of(14, DUE, row.zone)
    settings.SENDS_EMAIL = True
    assert run(now) == 1


def test_the_bell_rings_for_what_waits_alone(world: World, row: Deadline, mail_bells: list[None]) -> None:
    due_reminders(now=ENTERED)
    assert mail_bells == []
    due_reminders(now=moment_of(14, DUE, row.zone))
    assert len(mail_bells) == 1


def test_the_same_moment_twice_queues_once(world: World, row: Deadline) -> None:
    now = moment_of(14, DUE, row.zone)
    stale = Deadline.objects.get(pk=row.pk)
    assert [due_reminders(now=now), due_reminders(now=now)] == [1, 0]
    stale.save()  # somebody wrote the row back as it was read before
    due_reminders(now=now)
    assert Reminder.objects.count() == 1


def queued(row: Deadline, now: datetime | None = None) -> Reminder:
    due_reminders(now=now or moment_of(14, DUE, row.zone))
    return Reminder.objects.get()


def test_the_whole_e_mail(world: World, row: Deadline) -> None:
    with time_machine.travel(ENTERED, tick=False):
        demand = world.subpoena().demand
        derivation = {"rule": "Fed. R. Civ. P. 45(d)(2)(B)"}
        trail = add_record(ScheduleEntry(case=world.case, kind="trial", day="2027-03-01"), by=world.alice)
        stored = Deadline.objects.get(key=f"schedule:{trail.pk}:date").derivation
    Deadline.objects.filter(pk=row.pk).update(
        demand=demand, ours=False, consequence="Objections are waived.", derivation={**(stored or {}), **derivation}
    )
    reminder = queued(row)

    send_reminders(now=moment_of(14, DUE, row.zone))

    (sent,) = mail.outbox
    page = page_of(row, "https://tecum.example.com")
    assert (sent.to, sent.cc, sent.bcc, sent.from_email) == (["bob@example.com"], [], [], "Tecum <t@example.com>")
    assert sent.subject == "Due in 14 days, Wednesday, July 16, 2025: Objections to the subpoena (Witness Corp.), Roe v. Doe"
    assert sent.extra_headers == {
        "Message-ID": message_id(reminder),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    assert sent.body == (
        "Objections to the subpoena (Witness Corp.), Roe v. Doe\n"
        "Due in 14 days, Wednesday, July 16, 2025\n\n"
        "Case: Roe v. Doe, 4:24-cv-00001-ABC\n"
        "Who must act: the other side\n"
        "Looked after by: Bob\n"
        "Rule: Fed. R. Civ. P. 45(d)(2)(B)\n"
        "If missed: Objections are waived.\n\n"
        f"{page}\n\n"
        "You get this because you look after this date. When it is done, record it there: the reminders end.\n"
    )
    assert isinstance(sent, mail.EmailMultiAlternatives)
    ((html, mimetype),) = sent.alternatives
    assert isinstance(html, str)
    assert (
        mimetype,
        html.count(page),
        "<h1>Objections to the subpoena (Witness Corp.), Roe v. Doe</h1>" in html,
    ) == (
        "text/html",
        2,
        True,
    )
    assert [word for word in ("src=", "url(", "<script") if word in html] == []  # nothing that a mail program would fetch
    reminder.refresh_from_db()
    assert (reminder.state, reminder.sent_at, reminder.attempts, reminder.lease) == ("sent", moment_of(14, DUE, row.zone), 1, "")


def test_an_e_mail_without_names_names_nobody(world: World, row: Deadline, settings: Settings) -> None:
    settings.EMAIL_MINIMAL = True
    Deadline.objects.filter(pk=row.pk).update(title="Objections of Witness Corp.", demand=world.subpoena().demand)
    queued(row)

    send_reminders(now=moment_of(14, DUE, row.zone))

    (sent,) = mail.outbox
    assert sent.subject == "Due in 14 days, Wednesday, July 16, 2025: Objections"
    assert sent.body == (
        f"Objections\nDue in 14 days, Wednesday, July 16, 2025\n\n{page_of(row, 'https://tecum.example.com')}\n\n"
        "You get this because you look after this date. When it is done, record it there: the reminders end.\n"
    )
    assert [word for word in ("Witness", "Roe", "Bob") if word in str(sent.message())] == []


def test_an_hour_and_a_title_over_two_lines(world: World) -> None:
    with time_machine.travel(ENTERED, tick=False):
        row = world.deadline(DUE, at=time(17, 0), title="Comply with the order:\nproduce <all> & log")
    now = datetime(2025, 7, 16, 7, 0, tzinfo=COURT)
    assert run(now) == 1
    assert mail.outbox[0].subject == "Due today, Wednesday, July 16, 2025: Comply with the order: produce <all> & log, Roe v. Doe"
    assert "Due today, Wednesday, July 16, 2025, 17:00 PDT\n" in mail.outbox[0].body
    assert "produce &lt;all&gt; &amp; log" in mail.outbox[0].message().as_string()
    assert "an owner of the case" in mail.outbox[0].body
    assert row.owner is None


def test_a_crash_between_claim_and_sent_is_sent_again_under_the_same_id(world: World, row: Deadline) -> None:
    reminder, now = queued(row), moment_of(14, DUE, row.zone)
    dying = claim(reminder.pk, now=now)
    assert dying is not None
    compose_mail(dying, now).send()  # handed in, then the machine lost power

    assert send_reminders(now=now + timedelta(seconds=119)) == 0
    assert send_reminders(now=now + timedelta(seconds=121)) == 1
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    reminder.refresh_from_db()
    assert (reminder.state, reminder.attempts) == ("sent", 2)


def test_of_two_workers_one_claims_and_the_slow_one_changes_nothing(world: World, row: Deadline) -> None:
    reminder, now = queued(row), moment_of(14, DUE, row.zone)
    slow = claim(reminder.pk, now=now)
    assert slow is not None
    assert claim(reminder.pk, now=now) is None
    assert send_reminder(reminder.pk, now=now + timedelta(minutes=3)) is True
    assert reminders._settle(slow, ReminderState.FAILED, "Late.") is False
    reminder.refresh_from_db()
    assert (reminder.state, reminder.error) == ("sent", "")


def test_a_worker_that_dies_each_time_fails_with_the_reason(world: World, row: Deadline) -> None:
    reminder, now = queued(row), moment_of(14, DUE, row.zone)
    for _attempt in range(3):
        assert claim(reminder.pk, now=now) is not None
        now += timedelta(minutes=3)
    assert send_reminders(now=now) == 0
    reminder.refresh_from_db()
    assert (reminder.state, reminder.error) == ("failed", "The worker stopped each time it was sending this.")


def test_a_server_that_refuses_is_asked_three_times(world: World, row: Deadline, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise smtplib.SMTPRecipientsRefused({"bob@example.com": (550, b"No such user")})

    reminder, now = queued(row), moment_of(14, DUE, row.zone)
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        states = []
        for minutes in (0, 9, 10, 189, 190, 600):
            send_reminders(now=now + timedelta(minutes=minutes))
            reminder.refresh_from_db()
            states.append((reminder.state, reminder.attempts))
    assert states == [("queued", 1), ("queued", 1), ("queued", 2), ("queued", 2), ("failed", 3), ("failed", 3)]
    assert reminder.error == "SMTPRecipientsRefused: {'bob@example.com': (550, b'No such user')}"
    assert send_reminders(now=now + timedelta(days=1)) == 0


def test_a_server_that_comes_back_gets_it(world: World, row: Deadline, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_options: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    reminder, now = queued(row), moment_of(14, DUE, row.zone)
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", away)
        send_reminders(now=now)
    assert send_reminders(now=now + timedelta(minutes=10)) == 1
    reminder.refresh_from_db()
    assert (reminder.state, reminder.error, reminder.attempts) == ("sent", "", 2)


def dropped(row: Deadline) -> str:
    """Send what waits and return why nothing went out."""
    assert (send_reminders(now=moment_of(14, DUE, row.zone)), mail.outbox) == (0, [])
    reminder = Reminder.objects.order_by("pk")[0]
    assert reminder.state == ReminderState.DROPPED
    return reminder.error


def test_who_left_the_case_gets_nothing(world: World, row: Deadline) -> None:
    queued(row)
    CaseMembership.objects.filter(user=world.bob).delete()
    assert dropped(row) == "The recipient has left the case."


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"is_active": False}, "The account is closed."), ({"email": ""}, "The account has no address.")],
    ids=["closed", "no-address"],
)
def test_who_cannot_be_reached_gets_nothing(world: World, row: Deadline, fields: dict[str, Any], why: str) -> None:
    queued(row)
    type(world.bob).objects.filter(pk=world.bob.pk).update(**fields)
    assert dropped(row) == why


def test_what_is_done_is_not_announced(world: World, row: Deadline) -> None:
    queued(row)
    mark_done(row, date(2025, 6, 30), "Received.", by=world.alice)
    assert dropped(row) == "Nothing is left to be done."


def test_what_moved_is_announced_on_its_new_ladder(world: World, row: Deadline) -> None:
    queued(row)
    with time_machine.travel(moment_of(14, DUE, row.zone), tick=False):
        set_by_court(row, date(2025, 8, 15), "Dkt. 200", by=world.alice)
    assert dropped(row) == "The date has moved."
    with time_machine.travel(moment_of(14, date(2025, 8, 15), row.zone), tick=False):
        assert run(timezone.now()) == 1


def test_a_later_rung_takes_the_place_of_one_that_waits(world: World, row: Deadline) -> None:
    queued(row)
    now = moment_of(7, DUE, row.zone)
    assert run(now) == 1
    assert [one.subject.split(",")[0] for one in mail.outbox] == ["Due in 7 days"]
    assert list(Reminder.objects.order_by("pk").values_list("rung", "state", "error")) == [
        (14, "dropped", "A later reminder has taken its place."),
        (7, "sent", ""),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_sweep_with_nothing_to_do_asks_two_queries(world: World, django_assert_num_queries: Any, rows: int) -> None:
    for _row in range(rows):
        world.deadline(DUE)
    with django_assert_num_queries(2):
        due_reminders(now=ENTERED)
