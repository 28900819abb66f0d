"""Calendar feeds: whose dates they hold, what they say, and how a calendar program follows a moved and a void date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.core.exceptions import ValidationError

from discovery.domain.addresses import installation, page_of
from discovery.domain.dates import feeds
from discovery.domain.dates.deadlines import mark_done, set_by_court, set_by_hand
from discovery.domain.dates.feeds import entries_of, find_feed, make_feed, note_reading, revoke_feed
from discovery.domain.dates.following import MovesToAccept, Moving
from discovery.domain.errors import Refused
from discovery.domain.events import broken_links
from discovery.domain.records import add_record, remove_record
from discovery.models import CalendarFeed, CaseMembership, Deadline, Event, ScheduleEntry
from discovery.papers.ics import Entry, calendar
from tests.factories import World, make_world

NOW = datetime(2025, 6, 20, 18, 0, tzinfo=UTC)
SITE = "https://tecum.example.com"


def feed_of(world: World, **options: Any) -> CalendarFeed:
    return make_feed("Phone", by=world.bob, **options)[0]


def told(feed: CalendarFeed, now: datetime = NOW) -> list[Entry]:
    return entries_of(feed, now, SITE)


def test_only_the_hash_of_a_secret_is_kept_and_both_acts_are_recorded(world: World) -> None:
    feed, secret = make_feed(" Phone ", by=world.bob, scope="mine", minimal=True)

    assert (len(secret), feed.label, feed.scope, feed.minimal, find_feed(secret)) == (43, "Phone", "mine", True, feed)
    row = CalendarFeed.objects.values().get()
    assert [name for name, value in row.items() if secret in str(value)] == []
    revoke_feed(feed, by=world.bob)
    assert find_feed(secret) is None
    with pytest.raises(Refused, match="revoked already"):
        revoke_feed(feed, by=world.bob)
    events = Event.objects.filter(chain=0).order_by("number")
    assert list(events.values_list("act", "actor__username", "summary")) == [
        ("feed_made", "bob", "Phone"),
        ("feed_revoked", "bob", "Phone"),
    ]
    assert events.filter(case__isnull=False).count() == 0
    assert list(broken_links(0)) == []


def test_an_unknown_secret_and_a_closed_account_find_nothing(world: World) -> None:
    feed, secret = make_feed("Phone", by=world.bob)

    assert [find_feed(wrong) for wrong in ("", secret[:-1], secret + "x", feed.secret_sha256)] == [None] * 4
    world.bob.is_active = False
    world.bob.save()
    assert find_feed(secret) is None


def test_what_is_no_feed_is_refused(world: World) -> None:
    for label, scope in (("", "all"), ("Phone", "everything"), ("x" * 81, "all")):
        with pytest.raises(ValidationError):
            make_feed(label, by=world.bob, scope=scope)
    for number in range(feeds.MOST):
        make_feed(f"Phone {number}", by=world.bob)
    with pytest.raises(Refused, match="20 addresses already"):
        make_feed("One more", by=world.bob)
    assert CalendarFeed.objects.count() == Event.objects.filter(act="feed_made").count() == 20


def test_the_last_reading_is_kept_to_the_hour(world: World) -> None:
    feed = feed_of(world)
    kept = []
    for minutes in (0, 30, 61):
        note_reading(feed, NOW + timedelta(minutes=minutes))
        feed.refresh_from_db()
        kept.append(feed.last_read_at)
    assert kept == [NOW, NOW, NOW + timedelta(minutes=61)]


def test_it_holds_the_cases_of_now_and_no_other(world: World) -> None:
    other = make_world("Secret v. Case", "4:24-cv-00002-ABC")
    CaseMembership.objects.filter(case=other.case, user=world.bob).delete()
    ours, theirs = world.deadline(date(2025, 7, 2)), other.deadline(date(2025, 7, 3), title="Secret title")
    feed = feed_of(world)

    assert [entry.uid for entry in told(feed)] == [f"deadline-{ours.pk}@{installation()}.tecum"]
    CaseMembership.objects.create(case=other.case, user=world.bob, role="reader")
    assert [entry.uid.split("@")[0] for entry in told(feed)] == [f"deadline-{ours.pk}", f"deadline-{theirs.pk}"]
    CaseMembership.objects.filter(user=world.bob).delete()
    assert told(feed) == []


def test_it_holds_my_own_dates_when_that_is_asked(world: World) -> None:
    world.deadline(date(2025, 7, 2), owner=world.alice)
    mine = world.deadline(date(2025, 7, 3), owner=world.bob)

    assert [entry.day for entry in told(feed_of(world, scope="mine"))] == [mine.due_on]


def test_it_reaches_two_months_back_and_two_years_ahead(world: World) -> None:
    today = NOW.date()
    for days in (-61, -60, 0, 731, 732):
        world.deadline(today + timedelta(days=days))

    assert [(entry.day - today).days for entry in told(feed_of(world))] == [-60, 0, 731]


def test_an_entry_says_what_is_due_by_which_rule_and_count(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        add_record(ScheduleEntry(case=world.case, kind="fact_cutoff", day=date(2025, 8, 4), source="Dkt. 146"), by=world.alice)
    motion = Deadline.objects.get(event="motion-cutoff")

    entry = next(entry for entry in told(feed_of(world)) if entry.uid.startswith(f"deadline-{motion.pk}@"))

    assert entry == Entry(
        uid=f"deadline-{motion.pk}@{installation()}.tecum",
        sequence=1,
        changed_at=NOW,
        day=date(2025, 8, 11),
        at=None,
        summary="Last day for motions to compel fact discovery, Roe v. Doe",
        description=(
            "Roe v. Doe, 4:24-cv-00001-ABC\nOur side must act.\nRule: Civ. L.R. 37-3\n"
            "Counted from the fact discovery cut-off, Aug. 4, 2025: 7 days after.\nDays counted 7, skipped 0, added 0.\n"
            f"Rests on: Computed from the rule\n{page_of(motion, SITE)}"
        ),
        url=page_of(motion, SITE),
        category="Motion cut-off",
        cancelled=False,
    )


def test_what_is_due_by_the_hour_and_what_is_done_say_so(world: World) -> None:
    demand = world.subpoena().demand
    hour = world.deadline(date(2025, 7, 2), at=time(17, 0), demand=demand, ours=False)
    done = world.deadline(date(2025, 7, 3))
    mark_done(done, date(2025, 6, 19), "Dkt. 150", by=world.alice)

    first, second = told(feed_of(world), NOW)

    assert (first.at, first.summary) == (hour.due_at, "Objections to the subpoena (Witness Corp.), Roe v. Doe")
    assert first.description.split("\n")[1:3] == ["The other side must act.", "Due by 17:00 PDT at the court."]
    assert (second.summary, second.cancelled) == ("Done: Objections to the subpoena, Roe v. Doe", False)
    assert "Done on June 19, 2025." in second.description.split("\n")


def test_a_feed_without_names_names_nobody(world: World) -> None:
    row = world.deadline(date(2025, 7, 2), demand=world.subpoena().demand, title="Objections of Witness Corp.", note="Roe")
    entry = told(feed_of(world, minimal=True))[0]

    assert (entry.summary, entry.description, entry.category) == ("Deadline: Objections", page_of(row, SITE), "Objections")


def test_what_no_longer_applies_is_cancelled_for_half_a_year(world: World) -> None:
    void = world.deadline(date(2024, 1, 2), state="void", changed_at=NOW)
    lost = world.deadline(date(2025, 7, 2))
    world.deadline(date(2025, 7, 4), state="void", changed_at=NOW - timedelta(days=181))
    never = world.deadline(date(2025, 7, 5))
    no_date = {"due_on": None, "due_at": None, "refusal": {"template": "No rule.", "values": {}}, "changed_at": NOW}
    Deadline.objects.filter(pk=lost.pk).update(**no_date)
    Deadline.objects.filter(pk=never.pk).update(**no_date, computed_on=None)
    feed = feed_of(world)

    found = {(entry.uid.split("@")[0], entry.day, entry.cancelled) for entry in told(feed)}
    assert found == {(f"deadline-{void.pk}", date(2024, 1, 2), True), (f"deadline-{lost.pk}", date(2025, 7, 2), True)}
    assert len(told(feed, NOW + timedelta(days=180))) == 2
    assert told(feed, NOW + timedelta(days=181)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_one_query(world: World, django_assert_num_queries: Any, rows: int) -> None:
    demand = world.subpoena().demand
    for day in range(1, rows + 1):
        world.deadline(date(2025, 7, day), demand=demand)
    feed = feed_of(world)

    with django_assert_num_queries(1):
        assert len(told(feed)) == rows


@dataclass
class Program:
    """A calendar program: keeps events by UID, takes an equal or higher SEQUENCE, strikes what is cancelled or gone."""

    known: dict[str, tuple[int, Any, str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def look(self, feed: CalendarFeed, now: datetime) -> None:
        """Read the feed and say what changed since."""
        self.said = []
        events = icalendar.Calendar.from_ical(calendar("Tecum", told(feed, now))).events
        for event in events:
            uid, new = str(event["uid"]), (event.sequence, event.start, str(event["status"]))
            old = self.known.get(uid)
            if old is not None and new[0] < old[0]:
                continue  # an older word than what it knows
            if old is None:
                self.said.append(f"new {new[1]}")
            elif old[1] != new[1] and new[0] > old[0]:
                self.said.append(f"moved {old[1]} to {new[1]}")
            if new[2] == "CANCELLED" and (old is None or old[2] != "CANCELLED"):
                self.said.append(f"cancelled {new[1]}")
            self.known[uid] = new
        gone = self.known.keys() - {str(event["uid"]) for event in events}
        self.said += [f"gone {self.known.pop(uid)[1]}" for uid in sorted(gone)]


def test_a_calendar_program_sees_a_date_move_and_another_cancelled(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        hearing = set_by_hand(world.case, "Hearing", date(2025, 7, 2), "Clerk's call", by=world.alice)
        entry = add_record(ScheduleEntry(case=world.case, kind="trial", day=date(2025, 9, 1), source="Dkt. 9"), by=world.alice)
    feed, program = feed_of(world), Program()

    program.look(feed, NOW)
    assert "new 2025-07-02" in program.said
    assert "new 2025-09-01" in program.said
    count = len(program.known)
    program.look(feed, NOW)
    assert program.said == []

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        set_by_court(hearing, date(2025, 7, 9), "Dkt. 200", by=world.alice)
    program.look(feed, NOW + timedelta(days=1))
    assert program.said == ["moved 2025-07-02 to 2025-07-09"]

    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        with pytest.raises(MovesToAccept) as asked:
            remove_record(entry, by=world.alice)
        remove_record(entry, by=world.alice, moving=Moving("Vacated, Dkt. 201.", asked.value.fingerprint))
    program.look(feed, NOW + timedelta(days=2))
    assert program.said == ["cancelled 2025-06-03", "cancelled 2025-08-01", "cancelled 2025-09-01"]
    assert len(program.known) == count

    CaseMembership.objects.filter(user=world.bob).delete()
    program.look(feed, NOW + timedelta(days=2))
    assert (len(program.said), program.known) == (count, {})
