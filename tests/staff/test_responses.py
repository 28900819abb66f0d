"""Recording what answered a demand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from discovery.domain.answers.answering import record_response
from discovery.enums import DemandKind
from discovery.models import Attachment, Deadline, Demand, Response
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, form_of, posted, statuses
from tests.staff.serving import approved, logged, proof, served


def new(demand: Demand) -> str:
    return reverse("response-new", args=[demand.pk])


def edit(response: Response) -> str:
    return reverse("response-edit", args=[response.demand_id, response.pk])


def typed(**changes: Any) -> dict[str, Any]:
    return {"kind": "initial", "served_on": "2025-07-01", "method": "email", "note": "By <counsel>", **changes}


def recorded(demand: Demand, world: World) -> Response:
    return record_response(Response(demand=demand, served_on=date(2025, 7, 1), method="email"), by=world.alice)


def test_editors_record_and_correct_it(world: World, as_user: AsUser) -> None:
    demand = served(world)
    response = recorded(demand, world)

    assert [statuses(as_user, world, url) for url in (new(demand), edit(response))] == [EDIT, EDIT]
    assert [posted(as_user, world, url, typed()) for url in (new(demand), edit(response))] == [DENIED, DENIED]
    assert Response.objects.count() == 1


def test_it_meets_what_it_answers_and_the_page_shows_it(world: World, as_user: AsUser) -> None:
    demand = served(world)

    shown = as_user(world.bob).post(new(demand), typed(upload=proof("objections.pdf"), objections_only="on"), follow=True)

    kept = Response.objects.get()
    assert shown.redirect_chain[0][0] == reverse("response-answers", args=[kept.pk])
    assert (kept.objections_only, kept.note, kept.recorded_by) == (True, "By <counsel>", world.bob)
    assert ("objections.pdf" in shown.text, "By &lt;counsel&gt;" in shown.text) == (True, True)
    assert Deadline.objects.get(event="subpoena-objections").state == "done"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"served_on": "2025-06-17"}, "served_on", "A response cannot come before the demand was served"),
        ({"served_on": "2099-01-01"}, "served_on", "This day lies ahead."),
        ({"method": "pigeon"}, "method", "Select a valid choice."),
        ({"kind": "angry"}, "kind", "Select a valid choice."),
    ],
)
def test_bad_input_is_said_at_its_field(world: World, as_user: AsUser, changes: dict[str, str], field: str, words: str) -> None:
    response = as_user(world.bob).post(new(served(world)), typed(**changes))

    errors = errors_of(response)
    assert (response.status_code, list(errors), Response.objects.count()) == (422, [field], 0)
    assert words in errors[field][0]
    assert form_of(response)["note"].value() == "By <counsel>"


def test_a_bad_file_leaves_nothing_behind(world: World, as_user: AsUser) -> None:
    response = as_user(world.bob).post(new(served(world)), typed(upload=proof("tool.exe")))

    assert errors_of(response) == {
        "upload": ["This kind of file is not taken. Taken are: PDF, DOCX, PNG, JPG, MSG, EML, TXT."],
    }
    assert (Response.objects.count(), Attachment.objects.count()) == (0, 0)


def test_nothing_answers_what_was_not_served(world: World, as_user: AsUser) -> None:
    demand = approved(world)

    response = as_user(world.bob).post(new(demand), typed())

    assert errors_of(response) == {"__all__": ["This was not served yet, so nothing can answer it. Record the service first."]}


def test_interrogatories_alone_ask_when_they_were_sworn_to(world: World, as_user: AsUser) -> None:
    subpoena, interrogatories = served(world), logged(world, DemandKind.ROG)
    client = as_user(world.bob)

    forms = [form_of(client.get(new(demand))) for demand in (subpoena, interrogatories)]
    both = client.post(new(interrogatories), typed(verified_on="2025-07-01", objections_only="on"))
    client.post(new(interrogatories), typed(verified_on="2025-07-02"))

    assert ["verified_on" in form.fields for form in forms] == [False, True]
    assert list(errors_of(both)) == ["verified_on"]
    done = Deadline.objects.filter(demand=interrogatories, state="done").order_by("event")
    assert [(row.event, str(row.done_on)) for row in done] == [("rog-response", "2025-07-01"), ("rog-verification", "2025-07-02")]


def test_a_corrected_day_that_moves_dates_asks_first(world: World, as_user: AsUser) -> None:
    demand = logged(world, DemandKind.RFP)
    response = recorded(demand, world)
    client = as_user(world.bob)
    data = typed(served_on="2025-07-03", revision=1)

    asked = client.post(edit(response), data)
    moves = asked.context["form"].moves
    accepted = {"moving_seen": asked.context["form"].moves_seen, "moving_reason": "Its proof says so."}
    done = client.post(edit(response), {**data, **accepted})

    assert moves
    assert (asked.status_code, errors_of(asked), done.status_code) == (422, {}, 302)
    assert str(Response.objects.get().served_on) == "2025-07-03"


def test_two_people_at_once_see_both_texts(world: World, as_user: AsUser) -> None:
    response = recorded(served(world), world)
    client = as_user(world.bob)
    client.post(edit(response), typed(revision=1, note="Bob’s"))

    shown = client.post(edit(response), typed(revision=1, note="Mine"))

    assert shown.context["form"].theirs == {"note": "Bob’s"}


def test_an_id_of_another_demand_is_not_found(world: World, as_user: AsUser) -> None:
    response, other = recorded(served(world), world), logged(world)

    assert as_user(world.alice).get(reverse("response-edit", args=[other.pk, response.pk])).status_code == 404
