"""Deciding what a table of authorities lists: corrected, left out, added, taken back; one event each, while it is a draft."""

from __future__ import annotations

import pytest

from discovery.domain.disputes.authorities import (
    authorities_advice,
    authorities_of,
    forget_authority,
    leave_out_authority,
    list_authority,
)
from discovery.domain.disputes.motions import record_motion
from discovery.domain.errors import Refused
from discovery.enums import Act, DisputeKind
from discovery.models import Authority, Dispute, Draft, Event
from tests.disputes import in_california, rows_of, started
from tests.factories import World

HICKMAN = "Hickman v. Taylor, 329 U.S. 495 (1947)"
STATEMENT = f"See {HICKMAN}. Id. at 511. Smith, 12 F.3d at 5. Roe v. Doe, 3 F.3d 4 (1993)."


@pytest.fixture
def motion(world: World) -> Dispute:
    """A motion of ours whose statement cites this and that."""
    return started(world, rows_of(world, party=True), DisputeKind.MOTION_TO_COMPEL, our_statement=STATEMENT)


def cases(motion: Dispute) -> list[tuple[str, str, int]]:
    """The cases of the list: words, as listed ("-" where left out), how often cited."""
    found = authorities_of(Dispute.objects.get(pk=motion.pk))
    assert found is not None
    return [(one.words, "-" if one.left_out else one.listed, one.cited) for one in found.lines if one.group == "cases"]


def test_the_list_is_read_from_the_present_words(world: World, motion: Dispute) -> None:
    found = authorities_of(motion)
    assert found is not None
    assert cases(motion) == [("329 U.S. 495", HICKMAN, 2), ("3 F.3d 4", "Roe v. Doe, 3 F.3d 4 (1993)", 1)]
    assert [one.lacks for one in found.lines if one.group == "cases"] == [(), ("court",)]
    assert found.unsure == ("Smith, 12 F.3d at 5",)
    rules = [one.listed for one in found.lines if one.group == "rules"]
    assert rules[:3] == ["Civ. L.R. 37-2", "Fed. R. Civ. P. 26(b)(1)", "Fed. R. Civ. P. 26(b)(2)"]


def test_a_person_corrects_leaves_out_adds_and_takes_back(world: World, motion: Dispute) -> None:
    list_authority(motion, "3 F.3d 4", listed="Roe v. Doe, 3 F.3d 4 (2d Cir. 1993)", group="cases", by=world.bob)
    leave_out_authority(motion, "329 U.S. 495", by=world.bob)
    list_authority(motion, "Smith, 12 F.3d at 5", listed="Smith v. Jones, 12 F.3d 1 (9th Cir. 1993)", group="cases", by=world.bob)
    found = authorities_of(motion)
    assert found is not None
    assert (found.unsure, found.printed[0].listed, found.printed[0].words[0]) == ((), "", HICKMAN.partition(" (")[0])
    assert cases(motion) == [
        ("329 U.S. 495", "-", 2),
        ("3 F.3d 4", "Roe v. Doe, 3 F.3d 4 (2d Cir. 1993)", 1),
        ("Smith, 12 F.3d at 5", "Smith v. Jones, 12 F.3d 1 (9th Cir. 1993)", 1),
    ]
    revision = motion.revision
    motion.refresh_from_db()
    assert motion.revision == revision, "who writes the statement meanwhile is told of no other text"
    for words in ("3 F.3d 4", "329 U.S. 495", "Smith, 12 F.3d at 5"):
        forget_authority(motion, words, by=world.bob)
    assert cases(motion) == [("329 U.S. 495", HICKMAN, 2), ("3 F.3d 4", "Roe v. Doe, 3 F.3d 4 (1993)", 1)]
    acts = Event.objects.filter(act__startswith="authority").order_by("pk").values_list("act", flat=True)
    assert list(acts) == [
        Act.AUTHORITY_LISTED.value,
        Act.AUTHORITY_LEFT_OUT.value,
        Act.AUTHORITY_LISTED.value,
        *[Act.AUTHORITY_AS_FOUND.value] * 3,
    ]


def test_a_decision_outlives_the_words_and_says_so(world: World, motion: Dispute) -> None:
    list_authority(motion, "Smith, 12 F.3d at 5", listed="Smith v. Jones, 12 F.3d 1 (9th Cir. 1993)", group="cases", by=world.bob)
    Dispute.objects.filter(pk=motion.pk).update(our_statement="Nothing.")
    assert cases(motion) == [("Smith, 12 F.3d at 5", "Smith v. Jones, 12 F.3d 1 (9th Cir. 1993)", 0)]


@pytest.mark.parametrize(
    ("words", "listed", "group", "field", "said"),
    [
        ("Foo, 9 U.S. at 1", "Foo v. Bar", "cases", "words", "do not stand in the text"),
        ("", "Foo v. Bar", "cases", "words", "Write the words"),
        ("329 U.S. 495", " ", "cases", "listed", "Write how the table"),
        ("329 U.S. 495", "Hickman", "novels", "group", "Choose the group"),
    ],
)
def test_what_cannot_be_listed_is_said_at_its_field(
    world: World, motion: Dispute, words: str, listed: str, group: str, field: str, said: str
) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        list_authority(motion, words, listed=listed, group=group, by=world.bob)
    assert (refusal.value.field, Authority.objects.count()) == (field, 0)


def test_only_a_draft_is_decided_on(world: World, motion: Dispute) -> None:
    Dispute.objects.filter(pk=motion.pk).update(status="ready")
    with pytest.raises(Refused, match="Reopen it for changes first"):
        list_authority(motion, "329 U.S. 495", listed=HICKMAN, group="cases", by=world.bob)
    with pytest.raises(Refused, match="Reopen it for changes first"):
        leave_out_authority(motion, "329 U.S. 495", by=world.bob)
    with pytest.raises(Refused, match="Reopen it for changes first"):
        forget_authority(motion, "329 U.S. 495", by=world.bob)


def test_what_is_not_there_is_neither_left_out_nor_taken_back(world: World, motion: Dispute) -> None:
    with pytest.raises(Refused, match="not in the list any more"):
        leave_out_authority(motion, "9 U.S. 1", by=world.bob)
    with pytest.raises(Refused, match="Nothing was decided about this"):
        forget_authority(motion, "329 U.S. 495", by=world.bob)


def test_letters_and_others_motions_have_no_such_list(world: World) -> None:
    rows = rows_of(world, 1, party=True)
    theirs = Dispute(case=world.case, kind="motion_to_quash", side="theirs", title="To quash", moved_by="Witness Corp.")
    record_motion(theirs, rows, rows[0].created_at.date().replace(year=2025), by=world.alice)
    assert [authorities_of(one) for one in (started(world, rows), theirs)] == [None, None]


def test_a_long_paper_that_lists_nothing_is_advised_about(world: World) -> None:
    """Cal. Rules of Court, rule 3.1113(f)."""
    california, motion = in_california()
    found = authorities_of(motion)
    assert found is not None
    long, short = Draft(measured={"pages": 11}), Draft(measured={"pages": 10})
    assert authorities_advice(motion, found, long) == ""
    for line in found.lines:
        leave_out_authority(motion, line.words, by=california.alice)
    found = authorities_of(motion)
    assert authorities_advice(motion, found, short) == ""
    assert authorities_advice(motion, found, None) == ""
    assert authorities_advice(motion, found, long).startswith(
        "The text has 11 pages and cites authorities, but its table lists none;"
    )
