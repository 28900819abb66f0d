"""The editor of a response, request by request: who may, both directions, bulk, conflicts, versions, serving, verifying."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discovery.domain import attachments
from discovery.domain.answers.answering import record_response
from discovery.domain.answers.by_request import Answer, Objecting, record_answers, serve_response, start_response
from discovery.domain.library import fill_library
from discovery.enums import DemandKind
from discovery.models import Attachment, Deadline, Demand, Event, RequestResponse, Response
from discovery.staff.answer_sheet import spoken
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, form_of, posted, statuses
from tests.staff.serving import proof

HTMX = {"HX-Request": "true"}
QUERIES = 10


def url(response: Response, act: str = "answers") -> str:
    return reverse(f"response-{act}", args=[response.pk])


def ours(world: World, requests: int = 3, kind: DemandKind = DemandKind.RFP) -> Response:
    return start_response(world.set_served_on_us(requests, kind=kind), by=world.alice)


def theirs(world: World, requests: int = 3, demand: Demand | None = None) -> Response:
    demand = demand or world.served_set(requests)
    return record_response(Response(demand=demand, served_on=date(2025, 7, 18), method="email"), by=world.alice)


def typed(number: int = 1, revision: int = 1, **changes: Any) -> dict[str, Any]:
    return {"number": number, "revision": revision, "kind": "produce", "withheld": "not_said", **changes}


def kinds(response: Response) -> list[str]:
    return list(response.answers.order_by("row__number").values_list("kind", flat=True))


def objections(response: Response, number: int = 1) -> list[tuple[str, str, str]]:
    answer = response.answers.get(row__number=number)
    return list(answer.objections.values_list("ground", "reason", "rule"))


def test_members_read_and_editors_write(world: World, as_user: AsUser) -> None:
    draft, record = ours(world), theirs(world)

    assert [statuses(as_user, world, url(one)) for one in (draft, record)] == [READ, READ]
    assert [statuses(as_user, world, url(draft, act)) for act in ("frame", "serve", "verify")] == [EDIT] * 3
    assert [posted(as_user, world, url(one), typed()) for one in (draft, record)] == [DENIED, DENIED]
    assert (kinds(draft), kinds(record)) == (["silent"] * 3, [])
    assert 'id="answer"' not in as_user(world.rita).get(url(draft)).text


def test_our_draft_is_started_from_the_page_of_the_set_once(world: World, as_user: AsUser) -> None:
    demand, client = world.set_served_on_us(), as_user(world.bob)
    page = client.get(reverse("demand-detail", args=[demand.pk]))
    start = reverse("response-start", args=[demand.pk])

    first = client.post(start)
    again = client.post(start, follow=True)

    response = Response.objects.get()
    assert ("Draft our response" in page.text, first["Location"], again.redirect_chain[0][0]) == (
        True,
        url(response),
        url(response),
    )
    assert "A draft of our response stands already." in again.text
    shown = client.get(reverse("demand-detail", args=[demand.pk])).text
    assert ("Draft our response" in shown, url(response) in shown) == (False, True)
    assert "Draft our response" not in client.get(reverse("demand-detail", args=[world.served_set().pk])).text


def test_the_frozen_words_stand_beside_the_answer_and_the_first_open_one_is_shown(world: World, as_user: AsUser) -> None:
    response, client = ours(world), as_user(world.bob)
    record_answers(response, [Answer(1, "produce")], by=world.alice)

    page = client.get(url(response))

    assert page.context["line"].number == 2
    assert ("All documents on topic 2." in page.text, "1 of 3 answered" in page.text) == (True, True)
    assert client.get(f"{url(response)}?no=3").context["line"].number == 3


def test_an_answer_is_saved_and_the_next_one_shown_without_scripts(world: World, as_user: AsUser) -> None:
    response = ours(world)
    data = typed(
        kind="partial", withheld="yes", will_produce="E-mail", produce_by="2025-08-01", bates="D1-9", note="Ask Kim", go="2"
    )

    answer = as_user(world.bob).post(url(response), data, follow=True)

    assert (answer.redirect_chain, "Saved: No. 1." in answer.text) == ([(f"{url(response)}?no=2", 302)], True)
    one = response.answers.get(row__number=1)
    assert (one.kind, one.withheld, one.will_produce, str(one.produce_by), one.bates, one.note) == (
        "partial",
        "yes",
        "E-mail",
        "2025-08-01",
        "D1-9",
        "Ask Kim",
    )


def test_ours_takes_the_words_of_the_library_and_theirs_only_what_their_paper_says(world: World, as_user: AsUser) -> None:
    fill_library(by=world.alice)
    draft, record, client = ours(world), theirs(world), as_user(world.bob)

    client.post(url(draft), typed(kind="silent", on_vague="on"))
    client.post(url(draft), typed(2, on_vague="on", reason_vague="“All” has no end.", rule_vague="Rule 34"))
    client.post(url(record), typed(revision=0, on_vague="on"))

    [(ground, reason, rule)] = objections(draft)
    assert (ground, reason != "", "34(b)(1)(A)" in rule, kinds(draft)[0]) == ("vague", True, True, "objection")
    assert objections(draft, 2) == [("vague", "“All” has no end.", "Rule 34")]
    assert objections(record) == [("vague", "", "")]
    client.post(url(draft), typed(revision=2, on_vague="on", reason_vague=""))
    assert objections(draft) == [("vague", "", "")]


def test_nine_objections_stand_on_number_keys(world: World, as_user: AsUser) -> None:
    fill_library(by=world.alice)
    form = as_user(world.bob).get(url(ours(world))).context["form"]

    assert [one.key for one in form.ready_grounds] == list("123456789")
    assert len(form.ready_grounds) + len(form.more_grounds) == 17


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": 9}, "number", "There is no request No. 9; what was served has No. 1 to 3."),
        ({"kind": "admit"}, "kind", "Select a valid choice."),
        ({"produce_by": "soon"}, "produce_by", "Enter a valid date."),
        ({"text": "\ue000"}, "text", "U+E000"),
        ({"on_vague": "on", "reason_vague": "\ue000"}, "reason_vague", "U+E000"),
        ({"bates": "B" * 201}, "bates", "at most 200 characters"),
        ({"apply": "selected"}, "__all__", "Select the requests in the list first."),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, as_user: AsUser, changes: dict[str, Any], field: str, words: str
) -> None:
    response, client = ours(world), as_user(world.bob)
    data = {**typed(note="Kept <words>"), **changes}

    pages = [client.post(url(response), data, headers=headers) for headers in ({}, HTMX)]

    for page in pages:
        errors = errors_of(page)
        assert (page.status_code, list(errors), words in errors[field][0]) == (422, [field], True)
        assert (form_of(page)["note"].value(), "Kept &lt;words&gt;" in page.text) == ("Kept <words>", True)
    assert kinds(response) == ["silent"] * 3


def test_one_answer_goes_to_the_selected_or_to_all_unanswered(world: World, as_user: AsUser) -> None:
    response, client = ours(world, 6), as_user(world.bob)
    record_answers(response, [Answer(6, "none_exist", bates="OWN1")], by=world.alice)
    given = typed(kind="objection", withheld="no", on_burden="on", reason_burden="Too much.", bates="ONE1", text="Words.")

    client.post(url(response), {**given, "apply": "selected", "to": ["3", "6"]})
    assert kinds(response) == ["objection", "silent", "objection", "silent", "silent", "objection"]
    assert list(response.answers.order_by("row__number").values_list("bates", flat=True)) == ["ONE1", "", "", "", "", "OWN1"]
    client.post(url(response), {**given, "revision": 2, "kind": "produce", "apply": "unanswered"})

    assert kinds(response) == ["produce", "produce", "objection", "produce", "produce", "objection"]
    assert objections(response, 5) == [("burden", "Too much.", "")]
    assert Event.objects.filter(act="answers_recorded").count() == 3


def test_two_people_at_one_answer_see_both_texts(world: World, as_user: AsUser) -> None:
    response, client = ours(world), as_user(world.bob)
    record_answers(response, [Answer(1, "partial", text="Hers.", objections=(Objecting("vague", "Hers too."),))], by=world.alice)

    page = client.post(url(response), typed(text="His.", on_vague="on", reason_vague="His too."), headers=HTMX)

    form = page.context["form"]
    assert page.status_code == 422
    assert form.theirs == {"kind": "Will produce in part", "text": "Hers.", "reason_vague": "Hers too."}
    assert [word in page.text for word in ("Hers.", "Hers too.", ">\nHis.", ">\nHis too.")] == [True] * 4
    client.post(url(response), typed(text="His.", revision=form["revision"].value(), on_vague="on", reason_vague="His too."))
    assert response.answers.get(row__number=1).text == "His."


def test_what_saves_itself_touches_nothing_that_is_typed(world: World, as_user: AsUser) -> None:
    response, client = ours(world), as_user(world.bob)

    saved = client.post(url(response), typed(text="Half a sen", auto="1"), headers=HTMX)
    failed = client.post(url(response), typed(revision=2, produce_by="soon", auto="1"), headers=HTMX)
    stale = client.post(url(response), typed(revision=1, text="Older", auto="1"), headers=HTMX)

    assert (saved["HX-Reswap"], 'name="revision" id="answer_revision" value="2"' in saved.text) == ("none", True)
    assert ('id="pane"' in saved.text, 'id="line-1"' in saved.text, "1 of 3 answered" in saved.text) == (False, True, True)
    assert [(one.status_code, one["HX-Retarget"]) for one in (failed, stale)] == [(422, "#answer-said")] * 2
    assert ("Enter a valid date." in failed.text, "Press Save to see both texts." in stale.text) == (True, True)
    assert response.answers.get(row__number=1).text == "Half a sen"


def test_going_on_swaps_the_pane_and_both_lines(world: World, as_user: AsUser) -> None:
    response = ours(world)

    page = as_user(world.bob).post(url(response), typed(go="2"), headers=HTMX)

    assert (page.status_code, page["HX-Replace-Url"]) == (200, f"{url(response)}?no=2")
    parts = ("All documents on topic 2.", 'id="line-1"', 'id="line-2"', 'id="line-3"')
    assert [part in page.text for part in parts] == [True, True, True, False]


def test_what_was_served_is_shown_and_amended_with_what_differs(world: World, as_user: AsUser) -> None:
    response, client = ours(world), as_user(world.bob)
    record_answers(response, [Answer(1, "partial", text="We produce some."), Answer(2, "produce")], by=world.alice)
    serve_response(response, date(2025, 7, 18), "email", by=world.alice)

    page = client.get(f"{url(response)}?no=1")
    refused = client.post(url(response), typed())
    amended = client.post(reverse("response-start", args=[response.demand_id]), {"kind": "amended"}, follow=True)
    draft = Response.objects.get(status="draft")
    client.post(url(draft), typed(text="We produce all."))
    shown = client.get(f"{url(draft)}?no=1")

    assert ('id="answer"' in page.text, "We produce some." in page.text) == (False, True)
    assert (refused.status_code, list(errors_of(refused))) == (422, ["__all__"])
    assert amended.redirect_chain == [(url(draft), 302)]
    assert [line.changed for line in shown.context["lines"]] == [True, False, False]
    assert [one.part for one in shown.context["line"].differences()] == ["Answer", "Words"]
    assert "<del>some</del><ins>all</ins>" in shown.text
    assert [one.pk for one in shown.context["sheet"].versions] == [response.pk, draft.pk]


def test_the_checks_advise_beside_the_editor(world: World, as_user: AsUser) -> None:
    response = theirs(world, 2)
    record_answers(response, [Answer(1, objections=(Objecting("vague"),))], by=world.alice)

    page = as_user(world.rita).get(url(response))

    found = [(one.id, one.about) for one in page.context["sheet"].remarks]
    assert found == [("withholding", "1"), ("no-reason", "1"), ("unanswered", "2")]
    assert "Rule 34(b)(2)(C)" in page.text


@pytest.mark.parametrize("makes", [ours, theirs])
def test_its_queries_do_not_grow_with_the_requests(world: World, as_user: AsUser, makes: Any) -> None:
    fill_library(by=world.alice)
    counts = []
    for requests in (2, 60):
        response = makes(world, requests)
        given = [Answer(number, objections=(Objecting("vague", "Why."),)) for number in range(1, requests)]
        record_answers(response, given, by=world.alice)
        client = as_user(world.bob)
        client.get(url(response))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(response))
        counts.append(len(queries))

    assert counts == [QUERIES, QUERIES]


def test_our_response_is_served_with_its_paper_and_its_dates(world: World, as_user: AsUser) -> None:
    response, client = ours(world), as_user(world.bob)
    record_answers(response, [Answer(1, "produce")], by=world.alice)
    data = {"served_on": "2025-07-18", "method": "email"}

    early = client.post(url(response, "serve"), {**data, "served_on": "2025-06-17"})
    done = client.post(url(response, "serve"), {**data, "upload": proof("ours.pdf")}, follow=True)

    assert list(errors_of(early)) == ["served_on"]
    assert ("The response is recorded as served." in done.text, done.redirect_chain) == (True, [(url(response), 302)])
    response.refresh_from_db()
    assert (response.status, str(response.paper), response.answers.get(row__number=1).current) == ("served", "ours.pdf", True)
    assert Deadline.objects.get(demand=response.demand, event="rfp-response").state == "done"


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (attachments.UNPACKED_LIMIT + 1))
    return content.getvalue()


def damaged() -> bytes:
    """Return a zip whose directory asks for a reader that there is not."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", b"0")
    made = bytearray(content.getvalue())
    made[made.index(b"PK\x01\x02") + 6] = 250  # "version needed to extract"
    return bytes(made)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("tool.exe", b"MZ", "This kind of file is not taken."),
        ("paper.pdf", b"PK\x03\x04", "is something else inside"),
        ("empty.pdf", b"", "empty"),
        ("big.pdf", b"%PDF-" + b"0" * (2 * attachments.MEGABYTE), "at most 1 MB"),
        ("bomb.docx", bomb(), "is something else inside"),
        ("damaged.docx", damaged(), "is something else inside"),
    ],
)
def test_a_bad_file_is_refused_at_its_field_and_nothing_is_served(
    world: World, as_user: AsUser, settings: Any, name: str, content: bytes, words: str
) -> None:
    settings.ATTACHMENT_MEGABYTES = 1
    response, client = ours(world, kind=DemandKind.ROG), as_user(world.bob)
    given = {"serve": {"served_on": "2025-07-18", "method": "email"}, "verify": {"verified_on": "2025-07-18"}}

    for act, data in given.items():
        errors = errors_of(client.post(url(response, act), {**data, "upload": proof(name, content)}))
        assert (act, list(errors), words in errors["upload"][0]) == (act, ["upload"], True)
    response.refresh_from_db()
    assert (response.status, response.verified_on, Attachment.objects.count()) == ("draft", None, 0)


def test_a_missing_verification_is_said_until_it_is_recorded(world: World, as_user: AsUser) -> None:
    response, client = ours(world, kind=DemandKind.ROG), as_user(world.bob)
    record_answers(response, [Answer(1, "answered", text="Four.")], by=world.alice)
    serve_response(response, date(2025, 7, 18), "email", by=world.alice)

    missing = client.get(url(response)).text
    done = client.post(url(response, "verify"), {"verified_on": "2025-07-21", "upload": proof("oath.pdf")}, follow=True).text

    assert ("verification missing" in missing, "verification missing" in done, "oath.pdf" in done) == (True, False, True)
    assert Deadline.objects.get(demand=response.demand, event="rog-verification").state == "done"


def test_statement_and_signer_of_the_draft_are_kept(world: World, as_user: AsUser) -> None:
    response, client = ours(world), as_user(world.bob)
    data = {"signer": world.appearance.pk, "preliminary": "In good faith.", "general_objections": "None.", "revision": 1}

    client.post(url(response, "frame"), data)
    stale = client.post(url(response, "frame"), {**data, "preliminary": "Otherwise."})

    response.refresh_from_db()
    assert (response.preliminary, response.general_objections) == ("In good faith.", "None.")
    assert stale.context["form"].theirs == {"preliminary": "In good faith."}


def test_a_record_without_requests_says_so(world: World, as_user: AsUser) -> None:
    response = theirs(world, 0)

    page = as_user(world.bob).get(url(response))

    assert "The set has no requests on record" in page.text
    assert as_user(world.bob).post(url(response), typed(revision=0)).status_code == 302
    assert RequestResponse.objects.count() == 0


@pytest.mark.django_db
def test_an_answer_is_read_with_its_day_in_words() -> None:
    assert spoken(RequestResponse(pk=1, kind="produce", produce_by=date(2025, 9, 5)))["By"] == "Sept. 5, 2025"
