"""Our response as a PDF: each request verbatim from the frozen text, followed at once by its response."""

from __future__ import annotations

from datetime import date

import pytest

from discovery.domain.answers.answering import record_response
from discovery.domain.answers.by_request import (
    Answer,
    Objecting,
    change_response,
    record_answers,
    record_verification,
    serve_response,
    start_response,
)
from discovery.domain.composing.response import compose_response, title_of
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.service.rows import served_texts
from discovery.enums import DemandKind
from discovery.models import Person, RequestSet, Response
from discovery.papers.rendering import render
from discovery.papers.snapshots import from_json, to_json
from tests.factories import World
from tests.papers.reading import findings, pages

pytestmark = pytest.mark.django_db
ANSWERS = (
    Answer(1, "partial", "yes", (Objecting("burden", "Ten years of e-mail.", "Rule 26(b)(1)"),), will_produce="E-mail of 2020."),
    Answer(2, "objection", "no", (Objecting("vague", "“All” has no end."), Objecting("privilege", "It asks for advice."))),
    Answer(3, "none_exist"),
    Answer(4, "produce", produce_by=date(2025, 8, 1), bates="DOE000001-000009", note="Secret strategy"),
)


def answered(world: World, requests: int = 4, kind: DemandKind = DemandKind.RFP) -> Response:
    response = start_response(world.set_served_on_us(requests, kind=kind), by=world.alice)
    if kind == DemandKind.RFP:
        record_answers(response, ANSWERS, by=world.alice)
    return response


def words_of(response: Response) -> str:
    made = render(to_json(compose_response(response)), release="test")
    assert findings(made.pdf) == []
    return " ".join(pages(made.pdf))


def test_each_request_is_followed_at_once_by_its_response(world: World) -> None:
    response = answered(world)

    words = words_of(response)

    for number, said in served_texts(response.demand).items():
        heading = said["heading"].upper()
        asked = f"{heading} {said['text']} RESPONSE TO {heading}"
        assert (number, words.count(asked)) == (number, 1)
    for part in (
        "Propounding Party: Plaintiff Jane Roe Responding Party: Defendant John Doe",
        "Objection: Undue burden or expense (Rule 26(b)(1)). Ten years of e-mail. "
        "Responding Party is withholding documents on the basis of this objection. "
        "Responding Party will produce the following: E-mail of 2020.",
        "Responding Party is not withholding documents on the basis of these objections.",
        "After a diligent search and reasonable inquiry, Responding Party has no responsive documents",
        "Produced as DOE000001-000009. Production will be completed by August 1, 2025.",
        "CERTIFICATE OF SERVICE",
        "Theo Theirs",
        "Attorneys for Our Defendants",
    ):
        assert (part, words.count(part) >= 1) == (part, True)
    assert ("Secret strategy" in words, "VERIFICATION" in words, "PRELIMINARY" in words) == (False, False, False)


def test_it_is_a_draft_until_it_is_served(world: World) -> None:
    response = answered(world)
    response.preliminary, response.general_objections = "We answer in good faith.", "To all definitions."
    change_response(response, by=world.alice, revision=None)
    before = compose_response(response)
    words = words_of(response)

    serve_response(response, date(2025, 7, 18), "email", by=world.alice)
    after = compose_response(response)

    assert (before.final, after.final) == (False, True)
    assert ("PRELIMINARY STATEMENT We answer in good faith. GENERAL OBJECTIONS To all definitions." in words) is True
    assert (after.certificate.served_on, after.certificate.method, after.signature.dated) == (
        "July 18, 2025",
        "email",
        "July 18, 2025",
    )
    assert from_json(to_json(after)) == after


def test_interrogatories_carry_the_oath(world: World) -> None:
    response = answered(world, 2, DemandKind.ROG)
    record_answers(
        response, [Answer(1, "answered", text="Four.\n\nAnd five."), Answer(2, "records", bates="DOE1-9")], by=world.alice
    )
    record_verification(response, date(2025, 7, 17), by=world.alice)

    words = words_of(response)

    assert "VERIFICATION I, John Doe, am the responding party." in words
    assert "under the laws of the United States of America" in words
    assert "Executed on July 17, 2025." in words
    assert "Four. And five." in words
    assert "Under Rule 33(d), the answer may be determined from the business records produced as DOE1-9." in words


def test_admissions_say_what_they_admit(world: World) -> None:
    response = answered(world, 3, DemandKind.RFA)
    given = [Answer(1, "admit"), Answer(2, "qualified", text="The date is right."), Answer(3, "lacks_knowledge")]
    record_answers(response, given, by=world.alice)

    printed = [one.paragraphs for one in compose_response(response).answers]

    assert printed[:2] == [("Admitted.",), ("Admitted in part.", "The date is right.")]
    assert printed[2][0].startswith("Responding Party has made reasonable inquiry")


def test_an_admission_withholds_nothing(world: World) -> None:
    response = answered(world, 1, DemandKind.RFA)
    record_answers(response, [Answer(1, "objection", "yes", (Objecting("vague", "“It” is nobody."),))], by=world.alice)

    assert compose_response(response).answers[0].withholding == ""


def test_who_swears_in_person_is_named_and_an_officer_writes_name_and_title(world: World) -> None:
    response = answered(world, 1, DemandKind.ROG)
    record_answers(response, [Answer(1, "answered", text="Four.")], by=world.alice)
    in_person = words_of(response)
    Person.objects.filter(name="John Doe").update(kind="entity")

    by_officer = words_of(Response.objects.get(pk=response.pk))

    assert (in_person.count("Name and title:"), by_officer.count("Name and title: ____")) == (0, 1)
    assert "My business address is 1 Market Street, San Francisco, CA 94105." in in_person


def test_titles_name_both_sides_the_version_and_the_set(world: World) -> None:
    response = answered(world)
    assert title_of(response) == "JOHN DOE’S RESPONSES AND OBJECTIONS TO PLAINTIFF JANE ROE’S REQUESTS FOR PRODUCTION"
    RequestSet.objects.filter(pk=response.demand.request_set_id).update(number=2)
    response = Response.objects.get(pk=response.pk)
    response.kind = "amended"
    assert (
        title_of(response)
        == "JOHN DOE’S AMENDED RESPONSES AND OBJECTIONS TO PLAINTIFF JANE ROE’S SECOND SET OF REQUESTS FOR PRODUCTION"
    )


def test_who_appears_for_one_party_names_it_with_its_status(world: World) -> None:
    """N.D. Cal. Civ. L.R. 3-4(a)(1): the party represented and its status."""
    world.appearance.group = None
    world.appearance.save()
    world.appearance.parties.add(world.client)
    response = answered(world, 1, DemandKind.ROG)
    response.signer = world.appearance

    assert compose_response(response).signature.attorneys_for == "Attorneys for Defendant John Doe"


@pytest.mark.parametrize("lines", range(8, 30))
def test_no_signature_stands_below_a_single_line_of_the_last_answer(world: World, lines: int) -> None:
    """The habit of courts: at least two lines of text on the page of the signature."""
    world.case.court.paper_style = "ny-plain"
    world.case.court.save()
    response = answered(world, 1, DemandKind.ROG)
    text = "\n".join(f"Line {number}." for number in range(lines))
    record_answers(response, [Answer(1, "answered", text=f"{text}\nThe last line.")], by=world.alice)
    made = render(to_json(compose_response(response)), release="test")
    [page] = [page for page in pages(made.pdf) if "Dated: ____" in page]

    assert f"Line {lines - 1}." in page


def test_it_is_made_as_every_paper_is_and_theirs_is_not(world: World, bells: list[int]) -> None:
    draft = request_draft(answered(world), "response", by=world.alice)
    done = render_draft(draft.pk)
    theirs = record_response(Response(demand=world.served_set(), served_on=date(2025, 7, 18), method="email"), by=world.alice)

    assert done is not None
    assert (done.error, done.state) == ("", "ready")
    with pytest.raises(Refused, match="the other side’s"):
        request_draft(theirs, "response", by=world.alice)
