"""Testimony on the screens: from the case to the paper in four steps, messages at the field, what each page shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import approve
from discovery.enums import DemandKind
from discovery.models import Demand, Draft, RequestSet
from tests.factories import World
from tests.staff.desk import typed
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, posted, statuses

KINDS = ("subpoena_deposition", "subpoena_trial", "deposition")
FACTS = {"place": "1 Office Plaza, San Francisco, CA 94103", "day": "2027-08-20", "hour": "09:30", "printed_zone": "PDT"}


def start_url(world: World, kind: str = "subpoena_deposition") -> str:
    return reverse("testimony-new", args=[world.case.pk, kind])


def form_url(demand: Demand) -> str:
    return reverse("testimony-form", args=[demand.pk])


def start(world: World, as_user: AsUser, kind: str, **values: Any) -> Any:
    data = {"recipient": f"responder-{world.responder.pk}", "propounded_by": world.group.pk, "new_kind": "entity"}
    return as_user(world.bob).post(start_url(world, kind), {**data, **values})


def save(world: World, as_user: AsUser, demand: Demand, **values: Any) -> Any:
    client = as_user(world.bob)
    context = client.get(form_url(demand)).context
    data = {**typed(context["form"]), **typed(context["notice_form"])}
    if context["issued_form"] is not None:
        data |= typed(context["issued_form"])
    return client.post(form_url(demand), {**data, **values})


@pytest.mark.parametrize("kind", KINDS)
def test_only_editors_start_and_fill_in(world: World, as_user: AsUser, kind: str) -> None:
    demand = world.examination(DemandKind(kind))
    for url in (start_url(world, kind), form_url(demand)):
        assert statuses(as_user, world, url) == EDIT
        assert posted(as_user, world, url, {"place": "X"}) == DENIED


@pytest.mark.parametrize("kind", ["rfp", "subpoena_documents", "nothing"])
def test_no_other_kind_starts_here(world: World, as_user: AsUser, kind: str) -> None:
    assert as_user(world.bob).get(start_url(world, kind)).status_code == 404


def test_the_form_of_a_subpoena_for_documents_is_elsewhere(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    assert as_user(world.bob).get(form_url(demand)).status_code == 404
    back = as_user(world.bob).get(reverse("subpoena-form", args=[world.examination().pk]))
    assert (back.status_code, back["Location"]) == (302, form_url(Demand.objects.latest("pk")))


@pytest.mark.parametrize(("kind", "steps"), [("subpoena_deposition", 4), ("subpoena_trial", 3), ("deposition", 4)])
def test_from_the_case_to_the_paper(world: World, as_user: AsUser, kind: str, steps: int) -> None:
    """The case's page links to the start; start, topics (of an organization's deposition), form, paper."""
    client = as_user(world.bob)
    case = client.get(reverse("case-detail", args=[world.case.pk]))
    assert start_url(world, kind) in case.text
    topics = {} if kind == "subpoena_trial" else {"pasted": "1. The sale.\n\n2. The recall."}

    response = start(world, as_user, kind, bring="1. The agreement.", **topics)
    pages = 1
    demand = Demand.objects.get()
    if topics:
        assert response["Location"] == reverse("subpoena-schedule", args=[demand.pk])
        schedule = client.get(response["Location"])
        assert ("Add a topic" in schedule.text, "Add a request" in schedule.text) == (True, False)
        pages += 1
    else:
        assert response["Location"] == form_url(demand)
    saved = save(world, as_user, demand, make="1", **FACTS, **{"notice-dated": "2027-07-01"}, issue_date="2027-07-01")
    pages += 1
    assert (saved.status_code, saved["Location"]) == (302, reverse("subpoena-detail", args=[demand.pk]))
    paper = client.get(saved["Location"])
    pages += 1
    assert (paper.status_code, pages) == (200, steps)
    expected = "deposition_notice" if kind == "deposition" else "subpoena"
    assert list(Draft.objects.values_list("paper", flat=True)) == [expected]
    demand = Demand.objects.get()
    assert [one.text for one in demand.request_set.requests.all()] == (["The sale.", "The recall."] if topics else [])
    assert demand.request_set.request_heading == "TOPIC NO. {number}:"
    brought = demand.testimony.documents
    assert brought is not None
    assert [one.text for one in brought.requests.all()] == ["The agreement."]


def test_a_natural_person_goes_straight_to_the_form(world: World, as_user: AsUser) -> None:
    response = start(world, as_user, "deposition", recipient="", new_name="Ann Officer", new_kind="natural")
    assert response["Location"] == form_url(Demand.objects.get())


def test_topics_keep_their_heading_when_they_start_from_a_schedule(world: World, as_user: AsUser) -> None:
    source = world.subpoena().demand.request_set
    start(world, as_user, "deposition", start_from=source.pk)
    assert RequestSet.objects.get(kind="topics").request_heading == "TOPIC NO. {number}:"


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"recipient": ""}, "recipient", "Choose who is to testify, or name somebody new below."),
        ({"bring": "1.\n\n2."}, "bring", "There is no text in this, only numbers or empty lines."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    world: World, as_user: AsUser, values: dict[str, str], field: str, message: str
) -> None:
    response = start(world, as_user, "subpoena_deposition", pasted="The sale.", **values)
    assert (response.status_code, errors_of(response)) == (422, {field: [message]})
    assert "The sale." in response.text
    assert not Demand.objects.exists()


def test_a_day_before_the_issue_is_said_at_the_day(world: World, as_user: AsUser) -> None:
    demand = world.examination()
    response = save(world, as_user, demand, day="2025-06-01", place="Elsewhere")
    assert (response.status_code, errors_of(response)) == (
        422,
        {"day": ["This lies before the date of issue. Check both dates."]},
    )
    assert "Elsewhere" in response.text


def test_two_people_at_once(world: World, as_user: AsUser) -> None:
    demand = world.examination()
    first = typed(as_user(world.bob).get(form_url(demand)).context["form"])
    save(world, as_user, demand, place="Theirs")
    response = save(world, as_user, demand, revision=first["revision"], place="Mine")
    assert response.status_code == 422
    assert response.context["form"].theirs == {"place": "Theirs"}
    assert "Mine" in response.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_it_opens_before_and_after_approval(world: World, as_user: AsUser, kind: str) -> None:
    demand = world.examination(DemandKind(kind), topics=0 if kind == "subpoena_trial" else 2, bring=1)
    names = ("subpoena-detail", "subpoena-schedule", "testimony-form", "subpoena-review", "demand-checks", "notice-edit")
    urls = [reverse(name, args=[demand.pk]) for name in names]
    client = as_user(world.alice)
    assert [client.get(url).status_code for url in urls] == [200] * len(urls)
    approve(demand, by=world.alice)
    assert [client.get(url).status_code for url in urls] == [200] * len(urls)
    service = reverse("demand-service" if kind == "deposition" else "service-record", args=[demand.pk])
    page = client.get(service)
    assert page.status_code == 200
    assert ("attendance_fee" in page.context["form"].fields) is (kind != "deposition")
    lists = [reverse("subpoena-list"), reverse("service-queue"), reverse("home"), reverse("case-detail", args=[world.case.pk])]
    assert [client.get(url).status_code for url in lists] == [200] * len(lists)
    assert f"/subpoenas/{demand.pk}/" in client.get(reverse("subpoena-list")).text


def test_the_form_asks_a_fixed_number_of_questions(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    demand = world.examination(topics=3)
    client = as_user(world.bob)
    client.get(form_url(demand))
    counted = []
    for topics in (3, 30):
        many = world.examination(topics=topics, responder=world.another_responder(f"Many {topics} Inc."))
        with django_assert_num_queries(FORM_QUERIES):
            counted.append(client.get(form_url(many)).status_code)
    assert counted == [200, 200]


FORM_QUERIES = 22
