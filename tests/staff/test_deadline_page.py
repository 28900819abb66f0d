"""The page of a due date: its facts, its count day by day, what is refused or proposed, and the acts on the page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.dates.deadlines import confirm, extend, mark_done
from discovery.models import Deadline, Event, Extension
from discovery.staff.daycount import day_count
from discovery.staff.due import due_of
from tests.factories import World
from tests.staff.dates import AGREED, admissions, by_hand, close, objections, refused, url
from tests.staff.screens import DENIED, READ, AsUser, posted, statuses

QUERIES = 7


def test_members_see_it(world: World, as_user: AsUser) -> None:
    assert statuses(as_user, world, url(objections(world))) == READ


def test_it_says_when_at_the_court_and_what_it_rests_on(world: World, as_user: AsUser) -> None:
    response = as_user(world.rita).get(url(objections(world)))

    due = response.context["due"]
    assert (due.day, due.hour, due.zone) == (date(2025, 7, 2), None, "PDT, America/Los_Angeles")
    text = " ".join(response.text.split())
    for words in (
        "Wednesday, 2 July 2025",
        "by the end of the day",
        "Overdue for",
        "Computed from the rule",
        "Witness Corp.",
        "The other side",
        "Not by a second person yet",
        "Fed. R. Civ. P. 45(d)(2)(B)",
        "14 counted = 14 days",
        "How else the rule may be read",
        "Law release:",
    ):
        assert words in text


def test_every_day_has_its_line(world: World) -> None:
    trail = admissions(world).trail()
    assert trail is not None
    count = day_count(trail)

    told = [(f"{line.day:%m-%d}", line.what, line.closed_by, line.due) for line in count.lines]
    assert told[:2] == [("06-03", "day 0", "", False), ("06-04", "day 1 of 30", "", False)]
    # June 3 + 30 is July 3; three days for mail end on Sunday, July 6.
    assert told[29:] == [
        ("07-02", "day 29 of 30", "", False),
        ("07-03", "day 30 of 30", "", False),
        ("07-04", "added 1 of 3", "", False),
        ("07-05", "added 2 of 3", "", False),
        ("07-06", "added 3 of 3", "Sunday: the period does not end here", False),
        ("07-07", "runs on to this day", "", True),
    ]
    weekend = [line for line in count.lines if line.day == date(2025, 7, 5)]
    assert [(line.closed, line.closed_by) for line in weekend] == [(True, "")]
    assert [f"{line.day:%m-%d}" for line in count.lines if line.begins_week] == ["06-09", "06-16", "06-23", "06-30", "07-07"]
    assert count.tally == "30 counted + 4 added = 34 days"


def test_a_rule_and_a_reason_are_said_once(world: World) -> None:
    row = by_hand(world, day=date(2027, 3, 1))
    extend(row, Extension(kind="days", days=3, **AGREED), by=world.bob)
    trail = row.trail()
    assert trail is not None

    told = [(line.what, bool(line.why), bool(line.rule)) for line in day_count(trail).lines]

    assert told == [
        ("note", True, True),
        ("added 1 of 3", True, True),
        ("added 2 of 3", False, False),
        ("added 3 of 3", False, False),
    ]


def test_the_laws_words_are_marked_as_english(world: World, as_user: AsUser) -> None:
    text = as_user(world.rita).get(url(objections(world)), headers={"accept-language": "fr"}).text

    assert '<span lang="en">Objections to the subpoena</span>' in text
    assert '<td class="count-rule" lang="en">Fed. R. Civ. P. 6(a)(1)(A)-(B)</td>' in text


def test_admissions_say_when_they_are_deemed_made(world: World, as_user: AsUser) -> None:
    row = admissions(world)
    client = as_user(world.rita)

    text = " ".join(client.get(url(row)).text.split())
    assert "Deemed admitted on 7 July 2025</span>" in text
    assert 'class="consequence-red"' in text

    mark_done(row, date(2025, 7, 1), "Answered", by=world.bob)
    assert "Deemed admitted on" not in client.get(url(row)).text


@pytest.mark.parametrize(
    ("now", "overdue", "away"),
    [
        (datetime(2025, 7, 1, 12, tzinfo=UTC), False, "in 1 day"),
        (datetime(2025, 7, 3, 6, 59, tzinfo=UTC), False, "today"),
        (datetime(2025, 7, 3, 7, 0, tzinfo=UTC), True, "for 1 day"),
        (datetime(2025, 7, 12, 12, tzinfo=UTC), True, "for 10 days"),
    ],
)
def test_overdue_is_what_the_courts_clock_says(world: World, now: datetime, overdue: bool, away: str) -> None:
    due = due_of(objections(world), now)

    assert (due.overdue, due.away) == (overdue, away)


@pytest.mark.parametrize("rows", [1, 3])
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    row = objections(world)
    for number in range(rows):
        extend(row, Extension(kind="days", days=number + 1, **AGREED), by=world.alice)
    client = as_user(world.alice)

    with django_assert_num_queries(QUERIES):
        response = client.get(url(row))

    assert len(response.context["extensions"]) == rows


def test_without_a_date_it_says_why_and_what_to_do(world: World, as_user: AsUser) -> None:
    row = refused(world)
    world.alice.is_staff = True
    world.alice.save()

    text = as_user(world.alice).get(url(row)).text
    links = [reverse("court-edit", args=[world.case.court_id]), url(row, "by-hand"), url(row, "order")]
    assert [f'href="{link}"' in text for link in links] == [True] * 3
    assert "There is no rule set “FRCP-ATLANTIS”." in text
    assert f'href="{url(row, "extend")}"' not in text

    reading = as_user(world.rita).get(url(row)).text
    assert [f'href="{link}"' in reading for link in links] == [False] * 3
    assert "Ask the administrator to choose the rule set of N.D. Cal." in reading


def test_a_calendar_that_ends_is_named(world: World, as_user: AsUser) -> None:
    row = admissions(world, served=date(1980, 1, 1))

    assert row.due_on is None
    assert "holds no holidays for 1980, so no date is computed" in as_user(world.rita).get(url(row)).text


@pytest.mark.parametrize(("who", "acts"), [("alice", True), ("bob", True), ("rita", False)])
def test_it_offers_what_the_role_allows(world: World, as_user: AsUser, who: str, acts: bool) -> None:
    row = objections(world)

    text = as_user(getattr(world, who)).get(url(row)).text

    assert [f'"{url(row, act)}"' in text for act in ("extend", "order", "done", "assign")] == [acts] * 4
    assert (f'action="{url(row, "confirm")}"' in text) == (who == "bob")
    assert ("You recorded or moved this date yourself" in text) == (who == "alice")


# The acts on the page -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["confirm", "assign", "accept", "keep"])
def test_readers_and_strangers_act_on_nothing(world: World, as_user: AsUser, act: str) -> None:
    row = objections(world)
    close(world, row)
    before = Event.objects.count()

    assert posted(as_user, world, url(row, act), {"reason": "r", "owner": world.rita.pk}) == DENIED
    assert Event.objects.count() == before
    assert as_user(world.alice).get(url(row, act)).status_code == 405


def test_a_second_person_confirms(world: World, as_user: AsUser) -> None:
    row = objections(world)
    mine = as_user(world.alice).post(url(row, "confirm"), {"revision": row.revision})
    assert (mine.status_code, "A second person confirms it." in mine.text) == (422, True)

    response = as_user(world.bob).post(url(row, "confirm"), {"revision": row.revision}, follow=True)

    row.refresh_from_db()
    assert row.confirmed_by == world.bob
    assert response.redirect_chain == [(url(row), 302)]
    assert "Bob, " in response.text


def test_nobody_confirms_what_was_not_on_the_screen(world: World, as_user: AsUser) -> None:
    row = objections(world)
    seen = row.revision
    extend(row, Extension(kind="days", days=7, **AGREED), by=world.alice)

    response = as_user(world.bob).post(url(row, "confirm"), {"revision": seen})

    assert response.status_code == 422
    assert "Somebody else changed this date while you were looking at it." in response.text
    assert "Wednesday, 9 July 2025" in response.text
    assert f'name="revision" value="{row.revision}"' in response.text
    row.refresh_from_db()
    assert not row.confirmed


def test_members_look_after_dates(world: World, as_user: AsUser) -> None:
    row = objections(world)
    client = as_user(world.bob)

    client.post(url(row, "assign"), {"owner": world.rita.pk})
    row.refresh_from_db()
    assert row.owner == world.rita

    response = client.post(url(row, "assign"), {"owner": world.charlie.pk})
    assert response.status_code == 422
    assert "owner" in response.context["owner_form"].errors
    client.post(url(row, "assign"), {"owner": ""})
    row.refresh_from_db()
    assert row.owner is None


def test_was_and_now_stand_side_by_side(world: World, as_user: AsUser) -> None:
    row = objections(world)
    confirm(row, by=world.bob)
    close(world, row)

    response = as_user(world.alice).get(url(row))

    text = " ".join(response.text.split())
    assert "was <strong>Wednesday, 2 July 2025</strong>" in text
    assert "now <strong>Thursday, 3 July 2025</strong>" in text
    assert "Because: The law, the court’s record or its closures changed." in text
    assert response.text.count('class="count-days"') == 2
    assert [f'"{url(row, act)}"' in text for act in ("accept", "keep", "extend", "confirm")] == [True, True, False, False]
    reading = as_user(world.rita).get(url(row)).text
    assert [f'"{url(row, act)}"' in reading for act in ("accept", "keep")] == [False, False]


def test_a_proposal_is_accepted_or_kept_with_a_reason(world: World, as_user: AsUser) -> None:
    row = objections(world)
    close(world, row)
    client = as_user(world.bob)

    bad = client.post(url(row, "keep"), {"reason": " ", "revision": row.revision})
    assert bad.status_code == 422
    assert list(bad.context["decision_form"].errors) == ["reason"]
    stale = client.post(url(row, "accept"), {"reason": "Because I read it.", "revision": row.revision - 1})
    assert (stale.status_code, "Because I read it." in stale.text) == (422, True)
    assert stale.context["decision_form"]["revision"].value() == str(row.revision)

    client.post(url(row, "accept"), {"reason": "", "revision": row.revision})

    row.refresh_from_db()
    assert (row.due_on, row.proposed_derivation) == (date(2025, 7, 3), None)


def test_a_law_that_now_refuses_is_shown_in_words(world: World, as_user: AsUser) -> None:
    row = objections(world)
    Deadline.objects.filter(pk=row.pk).update(
        proposed_derivation={"refusal": {"template": "There is no rule set “%(name)s”.", "values": {"name": "X"}}},
        proposed_because="The law, the court’s record or its closures changed.",
    )

    text = as_user(world.bob).get(url(row)).text

    assert "now <strong>no date</strong>" in " ".join(text.split())
    assert "There is no rule set “X”." in text


def test_nothing_inline_is_in_the_page(world: World, as_user: AsUser) -> None:
    row = by_hand(world, title="<script>alert(1)</script>")
    text = as_user(world.alice).get(url(row)).text

    assert [needle for needle in ("style=", "<style", "onclick=", "<script>") if needle in text] == []


def test_what_happened_is_told(world: World, as_user: AsUser) -> None:
    with time_machine.travel(datetime(2025, 7, 1, 12, tzinfo=UTC) + timedelta(days=1), tick=False):
        row = objections(world)
        extend(row, Extension(kind="days", days=7, **AGREED), by=world.alice)

    told = as_user(world.rita).get(url(row)).context["told"]

    assert [one.words for one in told] == ["Alice recorded an extension: Objections to the subpoena."]
