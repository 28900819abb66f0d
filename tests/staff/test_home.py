"""The home page: what is due at the courts, what is late, what is stuck."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from discovery.enums import DeadlineKind, DemandStatus
from discovery.models import Attachment, Case, CaseMembership, Demand, Service, SetVersion, Snapshot
from tests.factories import World, make_user
from tests.staff.due import NOW, TODAY, all_buckets, due, new_york, walled
from tests.staff.screens import AsUser

QUERIES = 18


def kinds(client: Client) -> dict[str, int]:
    """Return how many rows of each kind wait."""
    return {task.key: task.total for task in client.get("/").context["tasks"]}


def dates(client: Client) -> dict[str, list[str]]:
    """Return what stands in each section of dates."""
    found = client.get("/").context["dates"]
    return {section.key: re.findall(r"data-open [^>]*>([^<]*)</a>", section.lines) for section in [*found.ours, *found.others]}


def line(client: Client, section: str) -> str:
    """Return the words of a section's rows."""
    found = client.get("/").context["dates"]
    (lines,) = [one.lines for one in [*found.ours, *found.others] if one.key == section]
    return " ".join(re.sub(r"<[^>]*>", " ", lines).split())


def failed_draft(demand: Demand, by: str) -> None:
    snapshot = Snapshot(sha256="0" * 64, content="{}")
    snapshot.save()
    user = make_user(by)
    demand.drafts.create(
        case=demand.case, paper="subpoena", snapshot=snapshot, state="failed", error="The font is missing.", requested_by=user
    )


def went_out(world: World, demand: Demand, status: DemandStatus, days: int) -> None:
    """Approve a demand so many days before July 2."""
    version = SetVersion(request_set=demand.request_set, number=1, content={}, sha256="0" * 64, approved_by=world.alice)
    version.save()
    snapshot = Snapshot(sha256=f"{demand.pk:064}", content="{}")
    snapshot.save()
    Demand.objects.filter(pk=demand.pk).update(
        status=status.value,
        approved_version=version,
        approved_snapshot=snapshot,
        approved_at=NOW - timedelta(days=days),
        approved_by=world.alice,
        version=1,
    )


def test_it_asks_strangers_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/login/?next=/")


def test_it_tells_a_newcomer_what_to_do_first(world: World, as_user: AsUser) -> None:
    response = as_user(world.charlie).get("/")

    assert response.context["cases"] == []
    assert "Start with your first case" in response.text
    assert "Roe v. Doe" not in response.text


@time_machine.travel(NOW, tick=False)
def test_it_says_what_to_record_while_nothing_is_due(world: World, as_user: AsUser) -> None:
    text = as_user(world.rita).get("/").text
    assert ("Dates follow by themselves" in text, "All dates" in text) == (True, False)

    due(world.case, "Far", 200)
    text = as_user(world.rita).get("/").text
    assert ("Dates follow by themselves" in text, "All dates" in text) == (False, True)


@time_machine.travel(NOW, tick=False)
def test_dates_stand_in_their_buckets(world: World, as_user: AsUser) -> None:
    all_buckets(world.case)

    page = as_user(world.rita).get("/")

    assert dates(as_user(world.rita)) == {
        "overdue": ["overdue"],
        "today": ["today"],
        "in-3": ["in-3"],
        "in-10": ["in-10"],
        "in-30": ["in-30"],
        "undated": ["undated"],
    }
    assert [(bucket.key, total) for bucket, total in page.context["chips"]] == [
        (key, 1) for key in ("overdue", "today", "in-3", "in-10", "in-30")
    ]


@time_machine.travel(NOW, tick=False)
def test_the_day_is_each_courts_own(world: World, as_user: AsUser) -> None:
    york = new_york(world)
    for case, place in ((world.case, "CA"), (york, "NY")):
        for ahead in (0, 1, 4, 11, 31):
            due(case, f"{place} {ahead}", ahead)

    assert dates(as_user(world.rita)) == {
        "overdue": ["NY 0"],
        "today": ["CA 0", "NY 1"],
        "in-3": ["CA 1", "NY 4"],
        "in-10": ["CA 4", "NY 11"],
        "in-30": ["CA 11", "NY 31"],
    }


@time_machine.travel(NOW, tick=False)
def test_an_hour_ends_earlier_than_its_day(world: World, as_user: AsUser) -> None:
    due(world.case, "At five", 0, time(17))
    due(world.case, "At eleven", 0, time(23))

    assert dates(as_user(world.rita)) == {"overdue": ["At five"], "today": ["At eleven"]}
    assert line(as_user(world.rita), "today") == "Wed 2 Jul 2025 23:00 PDT At eleven Roe v. Doe today"
    assert line(as_user(world.rita), "overdue") == "Wed 2 Jul 2025 17:00 PDT At five Roe v. Doe late since today"


@time_machine.travel(NOW, tick=False)
def test_five_of_each_bucket_are_shown_the_soonest_first_and_all_are_counted(world: World, as_user: AsUser) -> None:
    york = new_york(world)
    for number in range(4):
        due(world.case, f"CA {number}", 5, time(9 + number))
        due(york, f"NY {number}", 6)
    due(york, "NY soonest", 5)

    page = as_user(world.rita).get("/")

    assert dates(as_user(world.rita)) == {"in-10": ["CA 0", "CA 1", "CA 2", "CA 3", "NY soonest"]}
    (section,) = page.context["dates"].ours
    assert (section.total, section.shown, section.more) == (9, 5, "/dates/?whose=ours&bucket=in-10")
    assert len(as_user(world.rita).get(section.more).context["rows"]) == 9


@time_machine.travel(NOW, tick=False)
def test_a_red_date_says_what_its_passing_does(world: World, as_user: AsUser) -> None:
    admits: dict[str, Any] = {"red": True, "kind": DeadlineKind.RESPONSE.value}
    due(world.case, "Admissions", 2, **admits, confirmed_by=world.alice, confirmed_at=NOW, owner=world.bob)
    due(world.case, "Late", -1, **admits)
    due(world.case, "Motion", 1, red=True, kind=DeadlineKind.MOTION.value)
    due(world.case, "Theirs", -2, ours=False, **admits)
    client = as_user(world.rita)

    assert line(client, "overdue") == "Tue 1 Jul 2025 Late Roe v. Doe 1 day late deemed admitted on 07/01/2025"
    assert line(client, "in-3") == (
        "Thu 3 Jul 2025 Motion Roe v. Doe in 1 day lost for good if missed "
        "Fri 4 Jul 2025 Admissions Roe v. Doe in 2 days deemed admitted on 07/04/2025 if not answered confirmed Bob"
    )
    assert line(client, "theirs") == "Mon 30 Jun 2025 Theirs Roe v. Doe 2 days late deemed admitted on 06/30/2025"


@time_machine.travel(NOW, tick=False)
def test_the_other_side_comes_late_first(world: World, as_user: AsUser) -> None:
    for ahead in (40, -3, 2):
        due(world.case, f"Theirs {ahead}", ahead, ours=False)
    due(world.case, "Their cut-off", -9, ours=False, kind=DeadlineKind.MOTION_CUTOFF.value)

    assert dates(as_user(world.rita)) == {"theirs": ["Theirs -3", "Theirs 2", "Theirs 40"]}
    (section,) = as_user(world.rita).get("/").context["dates"].others
    assert (section.total, len(as_user(world.rita).get(section.more).context["rows"])) == (3, 3)


@time_machine.travel(NOW, tick=False)
def test_what_a_person_must_decide_says_why(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    due(world.case, "Refused", None, demand=demand)
    due(world.case, "Moved", 40, proposed_on=date(2025, 8, 12), proposed_derivation={}, proposed_because="A flood.")
    due(world.case, "Gone", 50, proposed_derivation={"void": True}, proposed_because="A new rule.")
    client = as_user(world.rita)

    assert line(client, "undated") == (
        "no date Refused Witness Corp. · Roe v. Doe The calendar “x” ends before 2050. needs a person"
    )
    assert line(client, "proposed") == (
        "Mon 11 Aug 2025 Moved Roe v. Doe was Mon 11 Aug 2025, would be Tue 12 Aug 2025. A flood. in 40 days "
        "Thu 21 Aug 2025 Gone Roe v. Doe was Thu 21 Aug 2025, and no date follows any more. A new rule. in 50 days"
    )


@time_machine.travel(NOW, tick=False)
def test_walls_hold_on_rows_and_counts(world: World, as_user: AsUser) -> None:
    hidden = walled(world)
    all_buckets(hidden)
    due(hidden, "theirs", -1, ours=False)
    due(hidden, "moved", 3, proposed_on=TODAY, proposed_derivation={}, proposed_because="x")

    page = as_user(world.alice).get("/")

    assert dates(as_user(world.alice)) == {}
    assert ({total for _bucket, total in page.context["chips"]}, page.context["tasks"]) == ({0}, [])
    assert ("Walled v. Off" in page.text, page.context["dates"].open) == (False, 0)


def test_words_of_others_are_escaped(world: World, as_user: AsUser) -> None:
    due(world.case, "<b>Bold</b>", timezone.localdate() + timedelta(days=5))
    Case.objects.update(name="<i>Case</i>")
    world.subpoena(world.another_responder("<u>Responder</u>"))

    text = as_user(world.rita).get("/").text

    assert [word for word in ("<b>Bold", "<i>Case", "<u>Responder") if word in text] == []
    assert [word for word in ("&lt;b&gt;Bold", "&lt;i&gt;Case", "&lt;u&gt;Responder") if word not in text] == []


def test_it_shows_each_member_what_waits_for_him(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    Demand.objects.filter(pk=subpoena.pk).update(status=DemandStatus.IN_REVIEW.value)
    world.subpoena(world.another_responder("Second Corp."))

    assert kinds(as_user(world.alice)) == {"approve": 1, "no-pdf": 1}
    assert kinds(as_user(world.bob)) == {"no-pdf": 1}
    assert kinds(as_user(world.rita)) == {"no-pdf": 1}


def test_it_shows_failed_papers_until_they_are_made_again(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    failed_draft(demand, "worker")
    assert kinds(as_user(world.rita)) == {"failed": 1, "no-pdf": 1}

    demand.drafts.update(state="queued", error="")
    assert kinds(as_user(world.rita)) == {"making": 1}


def test_a_returned_draft_waits_once(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena()
    Demand.objects.filter(pk=subpoena.pk).update(review_note="Narrow request 2.")

    assert kinds(as_user(world.bob)) == {"returned": 1}


@time_machine.travel(NOW, tick=False)
def test_what_went_out_says_how_long_it_waits(world: World, as_user: AsUser) -> None:
    approved, served = (world.subpoena(world.another_responder(name)).demand for name in ("Ready Corp.", "Served Corp."))
    went_out(world, approved, DemandStatus.APPROVED, 12)
    went_out(world, served, DemandStatus.SERVED, 20)
    service = Service.objects.create(demand=served, served_on=date(2025, 6, 18), method="personal", recorded_by=world.alice)
    tasks = {task.key: task for task in as_user(world.rita).get("/").context["tasks"]}

    assert {key: " ".join(re.sub(r"<[^>]*>", " ", task.lines).split()) for key, task in tasks.items()} == {
        "unproven": "Served Corp. Roe v. Doe served 06/18/2025, 14 days ago",
        "approved": "Ready Corp. Roe v. Doe approved 12 days ago, for compliance by 07/02/2025, which is past",
    }
    listed = as_user(world.rita).get(tasks["unproven"].more)
    assert [row.name for row in listed.context["unproven_rows"]] == ["Served Corp."]

    proof = Attachment(
        case=world.case, name="p", file="p", media_type="application/pdf", sha256="0" * 64, size=1, added_by=world.alice
    )
    proof.save()
    Service.objects.filter(pk=service.pk).update(proof=proof)
    assert kinds(as_user(world.rita)) == {"approved": 1}
    assert as_user(world.rita).get(tasks["unproven"].more).context["unproven_rows"] == []


@pytest.mark.parametrize("rows", [1, 3])
@time_machine.travel(NOW, tick=False)
def test_its_queries_do_not_grow(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        demand = world.subpoena(world.another_responder(f"Witness {number}")).demand
        all_buckets(world.case)
        due(world.case, "theirs", 1, ours=False, demand=demand, owner=world.bob)
        due(world.case, "moved", 3, proposed_on=TODAY, proposed_derivation={}, proposed_because="x")
    client = as_user(world.alice)
    client.get("/")

    with django_assert_num_queries(QUERIES):
        client.get("/")


def test_somebody_of_many_cases_sees_those_of_his_own(world: World, as_user: AsUser) -> None:
    """The queries are written once a process: who asks next is held to his own cases, and to none when he has none."""
    york = new_york(world)
    due(world.case, "Ours alone", timezone.localdate() + timedelta(days=5))
    CaseMembership.objects.filter(case=world.case, user=world.bob).delete()

    assert dates(as_user(world.alice)) == {"in-10": ["Ours alone"]}
    assert dates(as_user(world.bob)) == {}
    assert [one.case.pk for one in as_user(world.bob).get("/").context["cases"]] == [york.pk]
    assert dates(as_user(world.rita)) == {"in-10": ["Ours alone"]}


def test_it_counts_open_demands_of_each_case(world: World, as_user: AsUser) -> None:
    world.subpoena()
    withdrawn = world.subpoena(world.another_responder("Second Corp."))
    Demand.objects.filter(pk=withdrawn.pk).update(status=DemandStatus.WITHDRAWN.value)

    cases = as_user(world.rita).get(reverse("home")).context["cases"]

    assert [(one.case.name, one.court, one.open_demands) for one in cases] == [("Roe v. Doe", "N.D. Cal.", 1)]
    assert Case.objects.count() == 1
