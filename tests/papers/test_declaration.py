"""The declaration on the conferences as a PDF: what the log says, never the private notes; parties and non-parties differ."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from discovery.domain.composing.declaration import compose_declaration
from discovery.domain.conferrals.commitments import commit, release_commitment
from discovery.domain.conferrals.conferring import confer
from discovery.domain.conferrals.narrowing import propose_narrowing
from discovery.domain.dates.deadlines import extend, mark_done
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.locking import PRINTED
from discovery.models import Attendee, Commitment, Demand, Draft, Extension, Narrowing
from discovery.papers.snapshots import from_json, to_json
from tests.disputes import conferred as conferred_without_names
from tests.domain.conferring import conferred, outcomes, people, rows_of, session
from tests.factories import World
from tests.papers.reading import findings, outline, pages

QUERIES = 15
NOW = datetime(2025, 8, 4, 20, 0, tzinfo=UTC)


@pytest.fixture
def talked(world: World, bells: list[int]) -> Demand:
    """Two conferences, the second without Olive; one text narrowed twice; four commitments."""
    demand = world.served_subpoena()
    first, second = rows_of(demand)
    with time_machine.travel(NOW):
        held = confer(
            session(world),
            people(world),
            [*outcomes([first], "impasse", "The board's e-mail <only>."), *outcomes([second], "narrowed")],
            by=world.bob,
        )
        others = [Attendee(name="Bob Ours", side="ours"), Attendee(name="Wanda Witness", side="theirs")]
        telephone = session(world, held_on=date(2025, 7, 15), started=None, ended=None, mode="telephone", place="")
        confer(telephone, others, outcomes([second], "agreed"), by=world.bob)
        days = {"proposed_by": "Witness Corp.", "agreed_by": "Our Defendants"}
        for day, text in ((8, "All Documents of 2024."), (15, "All Documents of May 2024.\n\n(i) with e-mail")):
            when = date(2025, 7, day)
            propose_narrowing(Narrowing(row=second, text=text, proposed_on=when, agreed_on=when, **days), by=world.bob)
        told = {"case": world.case, "conferral": held, "promised_on": date(2025, 7, 8)}
        due = date(2025, 7, 22)
        kept = commit(Commitment(promised_by="Witness Corp.", text="Search the board's e-mail", **told), due, [first], by=world.bob)
        late = commit(Commitment(text="Send a list", **told), due, [], by=world.bob)
        gone = commit(Commitment(side="ours", text="Send a draft", **told), due, [first], by=world.bob)
        commit(Commitment(text="Call again", **told), date(2025, 9, 1), [second], by=world.bob)
        commit(Commitment(text="Of another demand", **told), due, rows_of(world.served_set()), by=world.bob)
        mark_done(kept.deadline, date(2025, 7, 20), "Secret evidence", by=world.bob)
        release_commitment(gone, "Secret reason", by=world.bob)
        extension = {"agreed_on": date(2025, 7, 20), "agreed_with": "Wanda", "terms": "E-mail"}
        extend(late.deadline, Extension(kind="date", to_date=date(2025, 7, 29), **extension), by=world.bob)
    demand.refresh_from_db()
    return demand


def test_it_says_what_the_log_says_and_no_more(talked: Demand, world: World) -> None:
    with time_machine.travel(NOW):
        done = render_draft(request_draft(talked, "declaration", by=world.bob).pk)

    assert done is not None
    assert done.error == ""
    with done.file.open() as file:
        pdf = file.read()
    assert findings(pdf) == []
    words = " ".join(pages(pdf))
    for said in (
        "DECLARATION OF OLIVE OURS REGARDING CONFERENCES OF COUNSEL WITH WITNESS CORP.",
        "I, Olive Ours, declare: 1. I am an attorney with Our Firm LLP, counsel for Our Defendants in this action. I make this "
        "declaration under 28 U.S.C. § 1746.",
        "2. On June 18, 2025, Our Defendants served a subpoena to produce documents under Federal Rule of "
        "Civil Procedure 45 (Schedule A) "
        "on Witness Corp., a non-party to this action.",
        "3. On July 8, 2025, from 2:00 p.m. to 2:45 p.m. (45 minutes), counsel conferred by video conference (Zoom). The following "
        "took part: For Our Defendants: Olive Ours. For Witness Corp.: Wanda Witness.",
        "Request For Production No. 1. Counsel reached an impasse on this request. The board's e-mail <only>.",
        "Request For Production No. 2. The request was narrowed.",
        "4. On July 15, 2025, counsel conferred by telephone. I did not take part; I state this from the "
        "record that our office made "
        "of it. The following took part: For Our Defendants: Bob Ours. For Witness Corp.: Wanda Witness.",
        "5. Request For Production No. 2: Witness Corp. proposed on July 8, 2025, and Our Defendants agreed "
        "on July 8, 2025, that it be "
        "narrowed to the following. A later agreement has superseded it. All Documents of 2024.",
        "6. Request For Production No. 2: Witness Corp. proposed on July 15, 2025",
        "All Documents of May 2024. (i) with e-mail",
        "7. On July 8, 2025, Witness Corp. committed to the following by July 22, 2025: Search the board's e-mail This was done on "
        "July 20, 2025.",
        "8. On July 8, 2025, Witness Corp. committed to the following by July 29, 2025, as extended: Send a "
        "list As of August 4, 2025, "
        "our record shows no performance.",
        "9. On July 8, 2025, Our Defendants committed to the following by July 22, 2025: Send a draft This "
        "commitment was released on "
        "August 4, 2025.",
        "10. On July 8, 2025, Witness Corp. committed to the following by September 1, 2025: Call again As "
        "of August 4, 2025, this is "
        "not yet due.",
        "11. Witness Corp. is not a party. This declaration supports a request for an order under Federal Rule of Civil Procedure "
        "45(d)(2)(B)(i), made to the court for the district where compliance is required. Under Rule 37(a)(1) and Civil Local Rule "
        "37-1(a), I certify that counsel for Our Defendants have in good faith conferred with Witness Corp.",
        "I declare under penalty of perjury under the laws of the United States of America that the foregoing is true and correct. "
        "Executed on",
    ):
        assert said in words
    for private in ("Private", "nervous", "Secret", "Of another demand", "DRAFT"):
        assert private not in words
    assert outline(pdf)[0][0] == "Declaration"
    draft = Draft.objects.get()
    assert draft.download_name() == f"declaration-Witness-Corp-{draft.pk}.pdf"


def test_the_same_log_on_the_same_day_is_the_same_paper(talked: Demand, world: World) -> None:
    with time_machine.travel(NOW):
        first = request_draft(talked, "declaration", by=world.bob)
        render_draft(first.pk)
        assert request_draft(talked, "declaration", by=world.alice) == first
        paper = compose_declaration(talked)
    assert from_json(to_json(paper)) == paper


def test_parties_non_parties_and_our_own_side_differ(world: World) -> None:
    party, ours = world.served_set(), world.set_served_on_us()
    for demand in (party, ours):
        conferred(world, rows_of(demand))

    compel, protect = compose_declaration(party), compose_declaration(ours)

    assert compel.opening[1] == (
        "On June 18, 2025, Our Defendants served requests for production under Federal Rule of Civil "
        "Procedure 34 (Our Defendants set 1) "
        "on Jane Roe, a party to this action."
    )
    assert compel.certification == (
        "Under Federal Rule of Civil Procedure 37(a)(1) and Civil Local Rule 37-1(a), I certify that "
        "counsel for Our Defendants have in "
        "good faith conferred with counsel for Jane Roe in an effort to obtain the discovery described above without court action.",
    )
    assert protect.certification == (
        "Under Federal Rule of Civil Procedure 26(c)(1) and Civil Local Rule 37-1(a), I certify that "
        "counsel for Our Defendants have in "
        "good faith conferred with counsel for Plaintiff in an effort to resolve the dispute without court action.",
    )
    world.case.court.rule_set = "FRCP-SDNY"
    world.case.court.save()
    party.refresh_from_db()
    assert "Civil Local Rule" not in compose_declaration(Demand.objects.get(pk=party.pk)).certification[0]


def test_twenty_conferences_are_read_as_two_are(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    demand = world.served_set(20)
    rows = rows_of(demand)
    for count in (2, 18):
        for _each in range(count):
            held = conferred(world, rows[:count])
            commit(
                Commitment(case=world.case, conferral=held, text="Search", promised_on=date(2025, 7, 8)),
                date(2025, 7, 22),
                rows,
                by=world.bob,
            )
        fetched = Demand.objects.select_related(*PRINTED).get(pk=demand.pk)
        with django_assert_num_queries(QUERIES):
            compose_declaration(fetched)


def test_it_is_refused_with_what_to_do_first(world: World) -> None:
    demand = world.served_set()
    with pytest.raises(Refused, match="Record it first"):
        request_draft(demand, "declaration", by=world.bob)
    conferred(world, rows_of(demand))

    world.appearance.group = None
    world.appearance.save()
    with pytest.raises(Refused, match="Add an appearance first"):
        request_draft(demand, "declaration", by=world.bob)
    world.case.court.rule_set = "CA-CCP"
    world.case.court.save()
    with pytest.raises(Refused, match="known for federal courts"):
        request_draft(demand, "declaration", by=world.bob)


def test_without_names_nobody_is_said_to_have_taken_part(world: World, bells: list[int]) -> None:
    rows = rows_of(world.served_subpoena())
    conferred_without_names(world, rows)
    done = render_draft(request_draft(rows[0].demand, "declaration", by=world.bob).pk)
    assert done is not None
    with done.file.open() as file:
        words = " ".join(pages(file.read()))
    assert "our office made of it. The outcome on each request discussed was as follows:" in words
