"""Letters about requests as PDFs: what stands where, what the pages that count come to, and that they are PDF/UA."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from discovery.domain.composing.letters import compose_joint, compose_letter
from discovery.domain.disputes.disputing import change_dispute, make_ready
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import Refused
from discovery.enums import DisputeKind
from discovery.models import Dispute, Draft
from discovery.papers.disputed import argued as paragraphs
from discovery.papers.joint_letter import JointLetterPaper
from discovery.papers.rendering import render
from discovery.papers.screen import html
from discovery.papers.snapshots import from_json, to_json
from tests.disputes import answered, conferred, made, narrowed, rows_of, started
from tests.factories import World
from tests.papers.reading import findings, outline, pages


def read(draft: Draft) -> bytes:
    with draft.file.open() as file:
        content: bytes = file.read()
    return content


@pytest.fixture
def joint(world: World, bells: list[int]) -> Dispute:
    world.case.magistrate_judge, world.case.division = "Thomas S. Hixson", "Oakland Division"
    world.case.save()
    rows = rows_of(world, 4)
    answered(world, rows)
    conferred(world, rows, date(2025, 7, 9), date(2025, 7, 16))
    narrowed(world, rows[2], "Only Documents of 2024.")
    dispute = started(world, rows[2:], dated=date(2025, 8, 21))
    dispute.our_statement = "*Relief requested.* Compel.\n\n*Background.* It began in 2024."
    dispute.their_statement = "*Background.* It began earlier."
    first, second = dispute.requests.order_by("position")
    said = {
        first.pk: {"our_position": "Relevant to the bid.", "their_position": "A burden without end."},
        second.pk: {"our_position": "Narrow enough.", "their_position": "Not narrow at all."},
    }
    return change_dispute(dispute, by=world.alice, revision=1, positions=said)


def test_a_joint_letter_has_the_parts_of_the_judges_format_in_their_order(joint: Dispute, world: World) -> None:
    draft = made(joint, world)
    pdf = read(draft)

    assert findings(pdf) == []
    caption, signatures, argument, attestation = pages(pdf)
    for words in (
        "UNITED STATES DISTRICT COURT NORTHERN DISTRICT OF CALIFORNIA OAKLAND DIVISION",
        "JOINT LETTER BRIEF",
        "Case No. 4:24-cv-00001-ABC",
        "Magistrate Judge: Thomas S. Hixson",
        "August 21, 2025 The Honorable Thomas S. Hixson San Francisco Courthouse, Courtroom E, 15th Floor",
        "Dear Judge Hixson:",
        "on June 18, 2025 (Exhibit A). Witness Corp. served responses and objections on July 2, 2025 (Exhibit B).",
        "in good faith, by direct dialogue, before filing this letter: two conferences by video conference, held on July "
        "9, 2025 and July 16, 2025.",
    ):
        assert words in caption, words
    assert "Attorneys for Our Defendants" in signatures
    assert "Attorneys for Witness Corp." in signatures
    assert argument == (
        "Our Defendants’ Statement Relief requested. Compel. Background. It began in 2024. "
        "Request No. 3. All Documents, part 3. As narrowed by agreement on July 10, 2025: Only Documents of 2024. "
        "Relevant to the bid. "
        "Request No. 4. All Documents, part 4. Narrow enough. "
        "Witness Corp.’s Statement Background. It began earlier. "
        "Request No. 3. A burden without end. Request No. 4. Not narrow at all. -1-"
    )
    assert attestation.startswith("ATTESTATION Pursuant to Civil Local Rule 5-1, the undersigned filer attests that each")
    (root,) = outline(pdf)
    assert [one if isinstance(one, str) else one[0] for one in root[1]] == [
        "Signatures",
        "Our Defendants’ Statement",
        "Witness Corp.’s Statement",
        "Attestation",
    ]
    assert draft.measured == {
        "limit": 5,
        "pages": 1,
        "over_pages": 0,
        "over_lines": 0,
        "ours_lines": 11,
        "theirs_lines": 4,
        "equal": True,
    }


def test_who_moves_speaks_first(joint: Dispute, world: World) -> None:
    joint.side, joint.moved_by, joint.opposed_by = "theirs", "Witness Corp.", "Our Defendants"
    change_dispute(joint, by=world.alice, revision=joint.revision)

    paper = compose_joint(joint)

    assert [(side.name, side.side, side.statement.split(".")[0]) for side in paper.letter.sides] == [
        ("Witness Corp.", "theirs", "*Background"),
        ("Our Defendants", "ours", "*Relief requested"),
    ]
    assert [one.quoted.text for one in paper.letter.sides[0].requests] == ["All Documents, part 3.", "All Documents, part 4."]
    assert [one.quoted.text for one in paper.letter.sides[1].requests] == ["", ""]


def test_the_plain_format_has_no_attestation_and_no_limit(joint: Dispute, world: World) -> None:
    joint.format = "plain"
    change_dispute(joint, by=world.alice, revision=joint.revision)

    draft = made(joint, world)

    caption, argument, signatures = pages(read(draft))
    assert ("JOINT DISCOVERY LETTER" in caption, argument[-3:], "Respectfully submitted" in signatures) == (True, "-1-", True)
    assert (draft.measured["limit"], draft.measured["over_pages"]) == (0, 0)


def argued(paper: JointLetterPaper, lines: int, limit: int = 5) -> JointLetterPaper:
    """Return the letter with one statement of so many lines beside its heading, and nothing else in the argument."""
    ours, theirs = paper.letter.sides
    statement = "\n".join(["A line."] * lines)
    sides = (replace(ours, statement=statement, requests=()), replace(theirs, statement="", requests=()))
    letter = replace(paper.letter, sides=sides[:1])
    return replace(paper, letter=letter, limit=replace(paper.limit, pages=limit))


def test_the_limit_is_measured_in_lines_on_the_finished_pages(joint: Dispute) -> None:
    paper = compose_joint(joint)
    measured = {}
    # How many single lines fill the five pages exactly is found by making it longer, as people do.
    low, high = 1, 400
    while low < high:
        middle = (low + high + 1) // 2
        found = render(to_json(argued(paper, middle)), release="test").measured
        low, high = (middle, high) if found["pages"] <= 5 else (low, middle - 1)
    for more in (0, 1, 70):
        measured[more] = render(to_json(argued(paper, low + more)), release="test").measured

    assert (measured[0]["pages"], measured[0]["over_pages"], measured[0]["over_lines"]) == (5, 0, 0)
    assert (measured[1]["pages"], measured[1]["over_pages"], measured[1]["over_lines"]) == (6, 1, 1)
    assert (measured[70]["over_pages"], measured[70]["over_lines"]) == (3, 70)
    assert measured[70]["ours_lines"] == low + 71


def test_the_lines_of_a_footnote_count_for_the_side_that_wrote_it(joint: Dispute) -> None:
    paper = compose_joint(joint)
    without = render(to_json(argued(paper, 3)), release="test").measured
    letter = argued(paper, 3).letter
    noted = replace(letter.sides[0], statement=letter.sides[0].statement + "^[" + "Words of the note. " * 12 + "]")

    found = render(to_json(replace(argued(paper, 3), letter=replace(letter, sides=(noted,)))), release="test").measured

    assert found["ours_lines"] - without["ours_lines"] == 3
    assert found["theirs_lines"] == without["theirs_lines"]


def test_a_limit_may_count_every_page(joint: Dispute) -> None:
    paper = compose_joint(joint)
    counted = replace(paper, limit=replace(paper.limit, pages=3, counts=paper.parts))

    measured = render(to_json(counted), release="test").measured

    assert (measured["pages"], measured["over_pages"], measured["over_lines"]) == (4, 1, 6)


def test_its_snapshot_reads_back_and_shows_as_html(joint: Dispute) -> None:
    paper = compose_joint(joint)

    assert from_json(to_json(paper)) == paper
    assert html(to_json(paper)).count("<article") == 4


def test_the_same_letter_is_made_once_and_loses_its_draft_mark_when_ready(joint: Dispute, world: World) -> None:
    first = made(joint, world)
    assert request_draft(joint, "joint_letter", by=world.bob) == first

    final = made(make_ready(joint, by=world.alice), world)

    assert (final.pk != first.pk, final.measured) == (True, first.measured)
    assert first.download_name() == f"joint_letter-Joint-letter-Request-Nos-3-and-4-to-Witness-Corp-{first.pk}.pdf"


def test_a_deficiency_letter_goes_request_by_request_and_theme_by_theme(world: World, bells: list[int]) -> None:
    rows = rows_of(world, 3, party=True)
    answered(world, rows)
    letter = started(world, rows, DisputeKind.DEFICIENCY_LETTER, dated=date(2025, 7, 10), answer_by=date(2025, 7, 24))
    entries = list(letter.requests.order_by("position"))
    said = {
        entries[0].pk: {"theme": "Custodians", "our_position": "Too few."},
        entries[1].pk: {"theme": "Custodians", "our_position": "Too few.", "proposal": "Add three."},
        entries[2].pk: {"our_position": "Vague is no objection.", "question": "What is withheld?"},
    }
    change_dispute(letter, by=world.alice, revision=1, positions=said)

    pdf = read(made(letter, world, "deficiency_letter"))

    assert findings(pdf) == []
    whole = " ".join(pages(pdf))
    for words in (
        "Our Firm LLP 1 Market Street",
        "July 10, 2025 Via E-mail Theo Theirs Their Firm P.C. 9 Beach Road",
        "Counsel: This letter concerns Request Nos. 1–3 of the requests for production to Jane Roe.",
        "Custodians (Request Nos. 1 and 2) ",
        "Our position. Too few. Proposal. Add three.",
        "Response: Witness objects that this is overbroad. Our position. Vague is no objection. Question. What is withheld?",
        "Please answer in writing by July 24, 2025.",
        "Our Defendants reserve all rights, including to move under Fed. R. Civ. P. 37(a).",
        "Olive Ours Attorneys for Our Defendants",
    ):
        assert words in whole, words
    assert whole.count("Too few.") == 1
    assert from_json(to_json(compose_letter(letter, "deficiency_letter"))) == compose_letter(letter, "deficiency_letter")


def test_each_kind_of_dispute_has_its_own_paper(joint: Dispute, world: World) -> None:
    letter = started(world, rows_of(world, 1, party=True), DisputeKind.CONFERRAL_LETTER)

    for dispute, paper in ((joint, "conferral_letter"), (letter, "joint_letter"), (letter, "deficiency_letter")):
        with pytest.raises(Refused):
            request_draft(dispute, paper, by=world.alice)
    assert findings(read(made(letter, world, "conferral_letter"))) == []


def test_who_has_no_counsel_on_record_is_written_to_directly(world: World, bells: list[int]) -> None:
    counsel = started(world, rows_of(world, 1, party=True), DisputeKind.CONFERRAL_LETTER)
    nobody = started(world, rows_of(world, 1), DisputeKind.CONFERRAL_LETTER)

    salutations = [compose_letter(one, "conferral_letter").frame.salutation for one in (counsel, nobody)]

    assert salutations == ["Counsel:", "To Whom It May Concern:"]


def test_a_letter_says_on_its_later_pages_what_it_is_about(world: World, bells: list[int]) -> None:
    letter = started(world, rows_of(world, 30, party=True), DisputeKind.CONFERRAL_LETTER)

    first, *later = pages(read(made(letter, world, "conferral_letter")))

    assert later != []
    assert [page.endswith(f"Roe v. Doe, No. 4:24-cv-00001-ABC {number}") for number, page in enumerate(later, start=2)] == [
        True for _page in later
    ]
    assert first.count("Roe v. Doe, No. 4:24-cv-00001-ABC") == 1


def test_a_heading_under_which_nobody_wrote_is_left_out() -> None:
    told = paragraphs("*Relief requested.* Compel.\n\n*Background.* \n\n*Standard.*\nRule 26.\n\n*Conclusion.*")

    assert [(one["title"], one["text"]) for one in told] == [
        ("Relief requested.", "Compel."),
        ("Standard.", ""),
        ("", "Rule 26."),
    ]


def test_a_motion_tells_of_service_and_answers_once(world: World, bells: list[int]) -> None:
    rows = rows_of(world, 2, party=True)
    answered(world, rows)

    motion = started(world, rows, DisputeKind.MOTION_TO_COMPEL)

    assert motion.introduction == "This motion concerns Request Nos. 1 and 2 of the requests for production to Jane Roe."


def test_words_that_look_like_markup_are_printed_as_typed(joint: Dispute, world: World) -> None:
    joint.their_statement = "<b>5 < 6</b> & *not a title"
    change_dispute(joint, by=world.alice, revision=joint.revision)

    assert "<b>5 < 6</b> & *not a title" in " ".join(pages(read(made(joint, world))))


def test_a_letter_names_its_exhibits_below_the_signature(world: World, bells: list[int]) -> None:
    dispute = started(world, rows_of(world), DisputeKind.DEFICIENCY_LETTER)
    paper = compose_letter(dispute, "deficiency_letter")
    assert paper.exhibits == ()
    dispute.exhibits = "Exhibit A: Schedule A\n\n Exhibit B: Responses of July 2, 2025"
    dispute.save()
    assert compose_letter(dispute, "deficiency_letter").exhibits == (
        "Exhibit A: Schedule A",
        "Exhibit B: Responses of July 2, 2025",
    )
    stored = json.loads(to_json(paper))
    del stored["data"]["exhibits"]
    assert from_json(json.dumps(stored | {"format": 1})) == paper


def test_letters_about_several_sets_name_the_set_of_each_request(world: World, bells: list[int]) -> None:
    rows = [row for _set in range(2) for row in rows_of(world, 1, party=True)]
    letter, joint = started(world, rows, DisputeKind.DEFICIENCY_LETTER), started(world, rows)
    names = [row.demand.request_set.name for row in rows]

    said = compose_letter(letter, "deficiency_letter")
    assert [item.heading for item in said.items] == [f"Request For Production No. 1 ({name})" for name in names]
    argued = [[one.heading for one in side.requests] for side in compose_joint(joint).letter.sides]
    assert argued[0] == [f"Request No. 1 ({name})." for name in names]
    assert said.closing.startswith("We are available for a call to confer about these requests;")
    assert "about this request;" in started(world, rows[:1], DisputeKind.DEFICIENCY_LETTER).closing
