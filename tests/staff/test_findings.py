"""The checks on the screens: beside the form, on a page of their own, and how a warning is overridden there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.approval import approve
from discovery.domain.checks import findings_for
from discovery.domain.overrides import override_finding
from discovery.enums import DemandKind
from discovery.models import Demand, FindingOverride, Subpoena
from tests.domain.test_checks_of_texts import set_of
from tests.factories import World
from tests.staff.screens import READ, AsUser, posted, statuses

QUERIES = 14


def url(demand: Demand) -> str:
    return reverse("demand-checks", args=[demand.pk])


def acting(demand: Demand) -> str:
    return reverse("finding-override", args=[demand.pk])


def filled(demand: Demand, check: str = "subpoena.past", reason: str = "An old paper.", back: str = "checks") -> dict[str, str]:
    """Return what the small form beside a finding posts."""
    seen = next(one.fingerprint for one in findings_for(demand) if one.check == check)
    return {"check": check, "seen": seen, "reason": reason, "back": back}


def groups(response: Any) -> list[tuple[str, list[str]]]:
    return [(weight, [row.finding.check for row in rows]) for weight, _heading, rows in response.context["groups"]]


def test_members_read_it_and_editors_override(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand

    assert statuses(as_user, world, url(demand)) == READ
    assert posted(as_user, world, acting(demand), filled(demand)) == {"rita": 403, "charlie": 404}
    forms = {
        user.username: [row.form is not None for row in as_user(user).get(url(demand)).context["finding_rows"]]
        for user in (world.alice, world.bob, world.rita)
    }
    assert forms == {"alice": [True, False], "bob": [True, False], "rita": [False, False]}
    assert FindingOverride.objects.count() == 0


def test_it_groups_what_is_said_by_weight(world: World, as_user: AsUser) -> None:
    subpoena = world.subpoena(requests=0)
    demand = subpoena.demand
    seen = filled(demand)["seen"]
    override_finding(demand, "subpoena.past", "An old <paper>.", by=world.bob, seen=seen)
    Subpoena.objects.update(compliance_date=date(2025, 6, 25))

    page = as_user(world.rita).get(url(demand))

    assert groups(page) == [
        ("refuse", ["subpoena.no-requests"]),
        ("warn", ["subpoena.short-time"]),
        ("note", ["subpoena.summer-time"]),
        ("overridden", ["subpoena.past"]),
    ]
    assert "An old &lt;paper&gt;." in page.text
    assert page.context["lapsed"] == []


def test_a_lapsed_override_stays_in_the_history(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    Subpoena.objects.update(compliance_date=date(2025, 6, 25))
    demand = Demand.objects.get(pk=demand.pk)
    override_finding(demand, **_keyed(filled(demand, "subpoena.short-time")), by=world.bob)
    Subpoena.objects.update(compliance_date=date(2025, 6, 24))

    page = as_user(world.bob).get(url(demand))

    assert [(row.said, row.reason) for row in page.context["lapsed"]] == [
        ("Only 7 days lie between issue and compliance.", "An old paper.")
    ]
    assert groups(page)[0] == ("warn", ["subpoena.short-time", "subpoena.past"])


def _keyed(values: dict[str, str]) -> dict[str, Any]:
    return {"check": values["check"], "reason": values["reason"], "seen": values["seen"]}


@pytest.mark.parametrize(
    ("back", "name"),
    [
        ("form", "subpoena-form"),
        ("detail", "subpoena-detail"),
        ("review", "subpoena-review"),
        ("checks", "demand-checks"),
        ("//evil.example", "demand-checks"),
    ],
)
def test_overriding_leads_back_to_where_it_was_read(world: World, as_user: AsUser, back: str, name: str) -> None:
    demand = world.subpoena().demand

    response = as_user(world.bob).post(acting(demand), filled(demand, back=back))

    assert response["Location"] == f"{reverse(name, args=[demand.pk])}#findings"
    row = FindingOverride.objects.get()
    assert (row.check_id, row.reason, row.by) == ("subpoena.past", "An old paper.", world.bob)
    page = as_user(world.bob).get(reverse("subpoena-form", args=[demand.pk]))
    assert (page.context["open_findings"], [one.override for one in page.context["findings"]]) == (1, [None, row])


def test_without_a_reason_it_is_asked_for_at_the_field(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand

    response = as_user(world.bob).post(acting(demand), filled(demand, reason=" "))

    forms = [row.form for row in response.context["finding_rows"] if row.form is not None]
    assert (response.status_code, [form.errors for form in forms]) == (
        422,
        [{"reason": ["Say why this is right as it stands; the reason stays on record."]}],
    )
    assert '<details class="finding-override" open>' in response.text


def test_a_finding_that_changed_meanwhile_is_not_overridden_and_the_reason_is_kept(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    Subpoena.objects.update(compliance_date=date(2025, 6, 25))
    opened = filled(Demand.objects.get(pk=demand.pk), "subpoena.short-time")
    Subpoena.objects.update(compliance_date=date(2025, 6, 24))

    response = as_user(world.bob).post(acting(demand), opened)

    assert (response.status_code, FindingOverride.objects.count()) == (422, 0)
    assert [str(message) for message in response.context["messages"]] == [
        "The check says something else now: the paper or the case was changed. Read it again."
    ]
    kept = [(row.finding.check, row.form["reason"].value()) for row in response.context["finding_rows"] if row.opened]
    assert kept == [("subpoena.short-time", "An old paper.")]


def test_an_approved_paper_shows_them_and_overrides_none(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    opened = filled(demand)
    approve(demand, by=world.alice)

    page = as_user(world.bob).get(url(demand))
    response = as_user(world.bob).post(acting(demand), opened)

    assert [row.form for row in page.context["finding_rows"]] == [None, None]
    assert (response.status_code, FindingOverride.objects.count()) == (422, 0)


def test_findings_link_to_the_field_and_to_the_text(world: World, as_user: AsUser) -> None:
    demand = world.subpoena().demand
    request = demand.request_set.requests.get(number=1)
    demand.request_set.requests.filter(pk=request.pk).update(text="Documents named in Exhibit Q.")

    form = as_user(world.bob).get(reverse("subpoena-form", args=[demand.pk])).text
    page = as_user(world.bob).get(url(demand)).text

    schedule = reverse("subpoena-schedule", args=[demand.pk])
    assert f'href="{schedule}#request-{request.pk}">Request 1</a>' in form
    assert f'href="{schedule}#request-{request.pk}">Request 1</a>' in page
    assert 'href="#id_compliance_date"' in form
    assert f'href="{reverse("subpoena-form", args=[demand.pk])}#id_compliance_date"' in page
    assert f'id="request-{request.pk}"' in as_user(world.bob).get(schedule).text


def test_many_texts_are_linked_in_part(world: World, as_user: AsUser) -> None:
    demand = set_of(world, *(["Bids for the plant."] * 9), bounded=False)

    (row,) = as_user(world.bob).get(url(demand)).context["finding_rows"]

    assert ([place.number for place in row.places], row.more) == (["", "1", "2", "3", "4", "5"], 4)


def test_a_party_set_has_the_page_too(world: World, as_user: AsUser) -> None:
    demand = set_of(world, "Who sold the Product?", kind=DemandKind.ROG)
    request = demand.request_set.requests.get()

    page = as_user(world.bob).get(url(demand))
    response = as_user(world.bob).post(acting(demand), filled(demand, "text.undefined-term", back="form"))

    assert groups(page) == [("warn", ["text.undefined-term"]), ("note", ["limit.interrogatories-tally"])]
    assert f'href="{reverse("set-detail", args=[demand.request_set_id])}#request-{request.pk}"' in page.text
    assert response["Location"] == f"{url(demand)}#findings"
    assert url(demand) in as_user(world.bob).get(reverse("set-detail", args=[demand.request_set_id])).text


def test_a_subpoena_without_a_flaw_says_how_many_checks_ran(world: World, as_user: AsUser) -> None:
    demand = set_of(world, "Minutes of the board.")

    page = as_user(world.bob).get(url(demand))

    assert (groups(page), f"{page.context['ran']} checks were run." in page.text) == ([], True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_overrides(
    world: World, as_user: AsUser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    demand = world.subpoena(requests=count).demand
    for number, request in enumerate(demand.request_set.requests.order_by("number")):
        demand.request_set.requests.filter(pk=request.pk).update(text=f"Documents about Exhibit {'PQR'[number]}.")
    for finding in findings_for(Demand.objects.get(pk=demand.pk)):
        if finding.check == "text.dangling-reference":
            override_finding(demand, finding.check, "Right.", by=world.bob, seen=finding.fingerprint)
    client = as_user(world.bob)

    with django_assert_num_queries(QUERIES):
        page = client.get(url(demand))

    assert len(groups(page)[-1][1]) == count
