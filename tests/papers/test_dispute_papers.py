"""The papers of a dispute as PDFs, read back: chart, separate statement, outline of a motion."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discovery.domain.approval import approve
from discovery.domain.composing.composers import composer_of
from discovery.domain.composing.dispute_papers import REFERENCE, compose_chart, compose_statement
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.service.serving import serve
from discovery.enums import DemandKind
from discovery.models import (
    Attendee,
    Conferral,
    ConferredRequest,
    Court,
    Definition,
    Demand,
    Dispute,
    DisputedRequest,
    Draft,
    Narrowing,
    Objection,
    RequestResponse,
    Response,
    Service,
)
from discovery.papers.rendering import render
from discovery.papers.snapshots import from_json, to_json
from tests.factories import World
from tests.filed import dispute_over
from tests.papers.reading import findings, outline, pages

PAPERS = ["dispute_chart", "separate_statement", "motion_outline"]


def answer(demand: Demand, number: int, text: str, *, by: User, to: Response | None = None, **facts: Any) -> Response:
    """Write what a served response says to one request."""
    response = to or Response.objects.create(
        demand=demand,
        number=demand.responses.count() + 1,
        served_on=facts.pop("served_on", date(2025, 7, 2)),
        method="email",
        kind=facts.pop("paper_kind", "initial"),
        recorded_by=by,
    )
    row = demand.rows.get(number=number)
    RequestResponse.objects.filter(row=row, current=True).update(current=False)
    one = RequestResponse.objects.create(response=response, row=row, kind=facts.get("kind", "objection"), text=text, current=True)
    Objection.objects.create(answer=one, ground="relevance", rule="Rule 26(b)(1)", reason="Nothing to do with Phase I")
    return response


@pytest.fixture
def letter(world: World, bells: list[int]) -> Dispute:
    """Three requests of a subpoena, answered, narrowed, conferred about; as filed."""
    demand = world.served_subpoena(3)
    for number in (1, 2, 3):
        answer(demand, number, f"Witness Corp. objects to part {number}.", by=world.alice)
    dispute = dispute_over(world, demand, kind="motion_to_compel", title="Motion to compel Witness Corp.", signer=world.appearance)
    for one in dispute.requests.all():
        number = one.row.number
        one.our_position = f"Reasons for part {number}."
        one.their_position = "It is not relevant." if number < 3 else ""
        one.theme, one.proposal = ("The bid", "Search three files.") if number == 1 else ("", "")
        one.save()
    first = demand.rows.get(number=1)
    facts: dict[str, Any] = {"proposed_by": "Us", "proposed_on": date(2025, 7, 10), "recorded_by": world.alice}
    Narrowing.objects.create(row=first, number=1, text="Part 1 of 2024.", agreed_by="Both", agreed_on=date(2025, 7, 11), **facts)
    Narrowing.objects.create(row=first, number=2, text="Part 1 of May.", **facts)
    conferral(world, demand)
    return dispute


def conferral(world: World, demand: Demand) -> None:
    held = Conferral.objects.create(
        case=world.case,
        number=1,
        held_on=date(2025, 8, 1),
        started=time(10),
        ended=time(10, 45),
        mode="video",
        notes="SECRET",
        recorded_by=world.alice,
    )
    Attendee.objects.create(conferral=held, name="Olive Ours", speaks_for="Our Defendants")
    ConferredRequest.objects.create(conferral=held, row=demand.rows.get(number=2), outcome="impasse", note="SECRET")


def made(dispute: Dispute, paper: str) -> tuple[Draft, list[str]]:
    """Make a paper through the queue and read its pages back."""
    draft = request_draft(dispute, paper, by=dispute.recorded_by)
    done = render_draft(draft.pk)
    assert done is not None
    assert done.error == ""
    with done.file.open() as file:
        pdf = file.read()
    assert findings(pdf) == []
    return done, pages(pdf)


FOOT = re.compile(r" \d+ [^a-z]* CASE NO\.: 4:24-CV-00001-ABC$")


def words(dispute: Dispute, paper: str) -> str:
    """Return a paper's text without the footers of its pages."""
    return " ".join(FOOT.sub("", text) for text in made(dispute, paper)[1])


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts stand in a text one after the other."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, (part, text[place : place + 600])
        place = found + len(part)
    return True


def test_the_chart_has_three_columns_and_says_same_as(letter: Dispute) -> None:
    text = words(letter, "dispute_chart")

    assert in_order(
        text,
        "JANE ROE v. JOHN DOE, et al., No. 4:24-cv-00001-ABC",
        "CHART OF REQUESTS IN DISPUTE",
        "Request Text Responding party’s final position",
        "— The bid —",
        "Request For Production No. 1 All Documents, part 1. As narrowed by agreement on July 11, 2025: Part 1 of 2024.",
        "It is not relevant.",
        "Request For Production No. 2 All Documents, part 2. Same as Request For Production No. 1",
        "Request For Production No. 3 All Documents, part 3. Witness Corp. objects to part 3.",
    )
    assert "May" not in text


def test_its_head_stands_on_every_page(world: World, letter: Dispute) -> None:
    for one in letter.requests.all():
        one.their_position = " ".join(f"Line {one.row.number} of a long position." for _line in range(150))
        one.save()

    draft, texts = made(letter, "dispute_chart")

    assert draft.pages > 1
    assert ["Responding party’s final position" in text for text in texts] == [True] * draft.pages


def test_the_statement_quotes_each_request_with_every_response(world: World, letter: Dispute) -> None:
    demand = letter.requests.all()[0].row.demand
    later: dict[str, Any] = {"paper_kind": "amended", "served_on": date(2025, 7, 9)}
    answer(demand, 2, "Witness Corp. will produce part 2.", by=world.alice, kind="partial", **later)

    text = words(letter, "separate_statement")

    assert in_order(
        text,
        "SEPARATE STATEMENT IN SUPPORT OF OUR DEFENDANTS’ MOTION TO COMPEL FURTHER RESPONSES FROM WITNESS CORP.",
        "Under Civil Local Rule 37-2, Our Defendants set forth each request",
        "REQUESTS AND RESPONSES IN DISPUTE",
        "Request For Production No. 1 All Documents, part 1.",
        "As narrowed by agreement on July 11, 2025: Part 1 of 2024.",
        "Response (served July 2, 2025) Witness Corp. objects to part 1.",
        "Factual and legal reasons for compelling a further response Reasons for part 1.",
        "Request For Production No. 2 All Documents, part 2.",
        "Response (served July 2, 2025) Witness Corp. objects to part 2.",
        "Amended response (served July 9, 2025) Witness Corp. will produce part 2.",
        "Reasons for part 2.",
    )
    assert "Nothing to do with Phase I" not in text  # a summary of ours is no response


def test_it_prints_the_definitions_that_its_requests_use(world: World, bells: list[int]) -> None:
    """What was defined is frozen with the requests; a term that none of them uses stays out."""
    demand = world.subpoena(requests=1).demand
    for number, (label, text) in enumerate((("Document(s)", "Has the meaning of Rule 34."), ("Bid", "Any offer.")), start=1):
        Definition.objects.create(request_set=demand.request_set, number=number, label=label, text=text)
    approve(demand, by=world.alice)
    serve(demand, Service(served_on=date(2025, 6, 18), method="personal", without_notice="Emergency"), by=world.alice)
    dispute = dispute_over(world, demand, kind="motion_to_compel")
    dispute.requests.update(our_position="It is needed.")

    assert [one.heading for one in compose_statement(dispute).definitions] == ["Document(s)"]


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ("", "write why a further response should be compelled"),
        ("See above.", "“See above” refers to another place"),
        ("For the reasons set out above it must be produced.", "refers to another place"),
        ("The same as for Request No. 1.", "“same as” refers"),
        ("Roe supra, at 3.", "“supra” refers"),
        ("Counsel incorporates the motion by reference.", "“incorporates the motion by reference” refers"),
    ],
)
def test_reasons_stand_on_their_own(letter: Dispute, reasons: str, said: str) -> None:
    letter.requests.filter(position=2).update(our_position=reasons)

    with pytest.raises(Refused, match=said) as refusal:
        request_draft(letter, "separate_statement", by=letter.recorded_by)
    assert str(refusal.value).startswith("Request For Production No. 2: ")


@pytest.mark.parametrize("plain", ["Sums in the range above $5 million.", "As many as ten saw it.", "They see a need for it."])
def test_ordinary_words_are_no_reference(plain: str) -> None:
    assert REFERENCE.search(plain) is None


@pytest.mark.parametrize("entered", [True, False])
def test_a_response_without_its_words_is_refused(letter: Dispute, entered: bool) -> None:
    third = RequestResponse.objects.filter(row__number=3)
    Objection.objects.filter(answer__in=third).delete()
    if entered:
        third.update(text=" ")
    else:
        third.delete()

    with pytest.raises(Refused, match=r"No\. 3: the words of a response are not on record"):
        request_draft(letter, "separate_statement", by=letter.recorded_by)
    text = words(letter, "dispute_chart") + words(letter, "motion_outline")
    assert text.count("[The words of this response are not on record.]") == 2


def test_an_order_is_asked_for_on_a_request_as_it_was_narrowed(letter: Dispute) -> None:
    letter.requests.update(proposal="")
    text = words(letter, "motion_outline")

    assert in_order(
        text,
        "No. 1: an order that Witness Corp. produce all documents responsive to it, as narrowed.",
        "Request For Production Nos. 2 and 3: an order that Witness Corp. produce all documents responsive to them.",
    )
    assert text.count("an order that") == 2


def test_the_outline_follows_rule_37_and_rule_45(letter: Dispute) -> None:
    text = words(letter, "motion_outline")

    assert in_order(
        text,
        "OUR DEFENDANTS’ NOTICE OF MOTION AND MOTION TO COMPEL PRODUCTION OF DOCUMENTS FROM WITNESS CORP.",
        f"Date: {'_' * 20} Time: {'_' * 10} Courtroom: {'_' * 10}",  # Civ. L.R. 7-2(b)(1): on the first page
        "NOTICE OF MOTION TO WITNESS CORP., TO ALL PARTIES AND THEIR COUNSEL OF RECORD:",
        "Our Defendants will and hereby do move under Rule 45(d)(2)(B)(i)",
        "RELIEF SOUGHT",
        "Request For Production No. 1: Search three files.",
        "Request For Production Nos. 2 and 3: an order that Witness Corp. produce all documents responsive to them.",
        "Terms that protect the non-party from significant expense",
        "COURT Compliance with the subpoena is required in the Northern District of California, and this Court therefore hears",
        # Civ. L.R. 7-4(a)(3)
        "STATEMENT OF ISSUES TO BE DECIDED Whether Witness Corp. must produce the documents responsive to Request For Production "
        "Nos. 1–3.",
        "BACKGROUND Our Defendants served Schedule A on Witness Corp. on June 18, 2025.",
        "Witness Corp. served a response on July 2, 2025.",
        "LEGAL STANDARD",
        "Fed. R. Civ. P. 26(b)(1).",
        "Fed. R. Civ. P. 45(d)(2)(B)(i).",
        "REQUESTS IN DISPUTE, EACH FOLLOWED BY ITS RESPONSE",
        "Request For Production No. 2 All Documents, part 2. Response (served July 2, 2025) Witness Corp. objects to part 2.",
        "Relevance (Rule 26(b)(1)): Nothing to do with Phase I",
        "Reasons for part 2.",
        "PROPORTIONALITY",
        "Fed. R. Civ. P. 26(b)(2) and Civ. L.R. 37-2.",
        "CERTIFICATE OF CONFERRAL",
        "the undersigned certifies that Our Defendants have in good faith conferred or attempted to confer with Witness Corp.",
        "August 1, 2025, 10:00 a.m. to 10:45 a.m., by video conference. Olive Ours for Our Defendants.",
        "Request For Production No. 2: impasse.",
        "Olive Ours",
    )
    assert "SECRET" not in text
    assert "37(a)(5)" not in text


def test_between_parties_it_rests_on_rule_37(world: World, bells: list[int]) -> None:
    dispute = dispute_over(world, world.served_set(2), kind="motion_to_compel", submitted_on=None, status="draft")

    text = words(dispute, "motion_outline")

    assert in_order(
        text,
        "under Rule 37(a)(3)(B)",
        "Fed. R. Civ. P. 37(a)(5)(A)",
        "Fed. R. Civ. P. 37(a)(4).",
        "No response was served.",
        "[To be stated.]",
        "[No conference on these requests is on record.",
    )
    assert "45(d)" not in text


@pytest.mark.parametrize(
    ("others", "rule"), [((), "under Rule 36(a)(6) of"), (("rfp",), "under Rules 36(a)(6) and 37(a)(3)(B) of")]
)
def test_admissions_have_a_motion_of_their_own(world: World, bells: list[int], others: tuple[str, ...], rule: str) -> None:
    dispute = dispute_over(world, world.served_set(1, kind=DemandKind.RFA), kind="motion_to_compel")
    for kind in others:
        DisputedRequest.objects.create(dispute=dispute, row=world.served_set(1, kind=DemandKind(kind)).rows.get(), position=9)

    text = words(dispute, "motion_outline")

    assert in_order(text, rule, "“The requesting party may move to determine the sufficiency of an answer or objection.")
    assert ("evasive or incomplete" in text) == bool(others)


def test_outside_the_federal_courts_the_outline_is_refused(letter: Dispute) -> None:
    """Also where no rule set says so: the Federal Rules are not guessed at."""
    Court.objects.filter(pk=letter.case.court_id).update(kind="state", rule_set="")
    with pytest.raises(Refused, match="follows the Federal Rules"):
        request_draft(letter, "motion_outline", by=letter.recorded_by)


def test_a_motion_elsewhere_goes_to_the_court_of_compliance(letter: Dispute) -> None:
    subpoena = letter.requests.all()[0].row.demand.subpoena
    subpoena.compliance_court = Court.objects.create(
        name="United States District Court for the District of Delaware", short_name="D. Del.", district="District of Delaware"
    )
    subpoena.save()

    text = words(letter, "motion_outline")

    assert in_order(text, "DISTRICT OF DELAWARE", "Misc.", "Action pending in the", "It may transfer the motion", "45(f)")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"side": "theirs"}, "The other side moves here"),
        ({"kind": "protective_order"}, "goes with a motion to compel answers"),
    ],
)
def test_who_asks_for_answers_makes_the_papers(letter: Dispute, change: dict[str, str], said: str) -> None:
    Dispute.objects.filter(pk=letter.pk).update(**change)

    for paper in PAPERS[1:]:
        with pytest.raises(Refused, match=said):
            request_draft(letter, paper, by=letter.recorded_by)
    assert made(letter, "dispute_chart")[0].pages == 1


def test_what_cannot_be_quoted_is_refused(world: World, letter: Dispute) -> None:
    empty = dispute_over(world, None, kind="motion_to_compel")
    for paper in PAPERS:
        with pytest.raises(Refused, match="Add the requests first"):
            request_draft(empty, paper, by=world.alice)

    subpoena = letter.requests.all()[0].row.demand.subpoena
    subpoena.compliance_court = None
    subpoena.save()
    with pytest.raises(Refused, match="Name it on the form of the subpoena first"):
        request_draft(letter, "motion_outline", by=world.alice)
    DisputedRequest.objects.create(dispute=letter, row=world.served_set(1).rows.get(), position=9)
    with pytest.raises(Refused, match="Make a dispute for each"):
        request_draft(letter, "motion_outline", by=world.alice)


@pytest.mark.parametrize("paper", PAPERS)
def test_it_is_a_draft_until_it_is_filed(letter: Dispute, paper: str) -> None:
    composer = composer_of(letter, paper)
    filed = composer.compose(letter, paper)
    letter.submitted_on, letter.status = None, "ready"
    draft = composer.compose(letter, paper)

    assert (filed.final, draft.final) == (True, False)
    assert from_json(to_json(filed)) == filed


@pytest.mark.parametrize("paper", PAPERS)
def test_a_draft_says_so_and_has_bookmarks(letter: Dispute, paper: str) -> None:
    Dispute.objects.filter(pk=letter.pk).update(submitted_on=None, status="draft")

    draft, texts = made(letter, paper)

    with draft.file.open() as file:
        assert len(outline(file.read())) == 1
    assert len(texts) == draft.pages


@pytest.mark.parametrize("paper", PAPERS)
def test_its_queries_do_not_grow_with_its_requests(world: World, bells: list[int], paper: str) -> None:
    counts = []
    for requests in (2, 20):
        demand = world.served_set(requests)
        for row in demand.rows.order_by("number"):
            answer(demand, row.number, "No.", by=world.alice, to=demand.responses.first())
        dispute = dispute_over(world, demand, kind="motion_to_compel", signer=world.appearance)
        dispute.requests.update(our_position="It is needed.")
        composer = composer_of(dispute, paper)
        fresh = Dispute.objects.select_related(*composer.rows).get(pk=dispute.pk)
        with CaptureQueriesContext(connection) as queries:
            composer.compose(fresh, paper)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("rules", "cited"),
    [
        ("CA-CCP", "Under rule 3.1345 of the California Rules of Court, Our Defendants set forth"),
        ("FRCP-CAND", "Under Civil Local Rule 37-2, Our Defendants set forth"),
        ("NY-CPLR", "Our Defendants set forth"),
    ],
)
def test_the_statement_cites_the_rule_of_its_own_court(letter: Dispute, rules: str, cited: str) -> None:
    court = letter.case.court
    court.rule_set, court.kind = rules, "federal_district" if rules.startswith("FRCP") else "state"
    letter.requests.update(our_position="They bear on the claims.")
    paper = compose_statement(letter)
    assert paper.introduction.startswith(cited)
    assert [line.partition(":")[0] for line in paper.caption.extra_lines if line.endswith("_")] == {
        "CA-CCP": ["Date", "Time", "Department"],
        "FRCP-CAND": ["Date", "Time", "Courtroom"],
        "NY-CPLR": [],
    }[rules]


def test_a_row_of_the_chart_stays_together_unless_it_is_long(letter: Dispute) -> None:
    paper = compose_chart(letter)
    row = paper.rows[0]
    rows = [replace(row, theme="", narrowed="", text=f"Short request {n}.", position=f"Short answer {n}.") for n in range(60)]
    rows[30] = replace(rows[30], text="Long words. " * 1_000)
    found = pages(render(to_json(replace(paper, rows=tuple(rows))), release="1").pdf)
    short = [page for page in found if "Long words." not in page]
    assert len(short) > 2
    for page in short:
        assert page.count("Short request") == page.count("Short answer") == page.count(row.request)
    assert sum("Long words." in page for page in found) > 1
