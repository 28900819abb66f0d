"""Captions from the parties: in full and short, several roles, other claims, related cases."""

from __future__ import annotations

import pytest

from discovery.domain.captions import NamedParty, printed_sides
from discovery.domain.composing.printed import caption_of
from discovery.enums import CaptionForm, CaseRelation, Role
from discovery.models import RelatedCase
from discovery.papers.snapshots import CaptionSides
from tests.factories import World

P, D = Role.PLAINTIFF.value, Role.DEFENDANT.value
CP, CD = Role.COUNTERCLAIM_PLAINTIFF.value, Role.COUNTERCLAIM_DEFENDANT.value
TP, TD = Role.THIRD_PARTY_PLAINTIFF.value, Role.THIRD_PARTY_DEFENDANT.value
TYPED = CaptionSides("TYPED ONE", "Plaintiffs", "TYPED TWO", "Defendants")

MUSK = NamedParty("Elon Musk", "an individual", (P, CD))
ZILIS = NamedParty("Shivon Zilis", "an individual", (P,))
XAI = NamedParty("X.AI Corp.", "a Nevada corporation", (P, CD))
ALTMAN = NamedParty("Samuel Altman", "", (D, CP))
BROCKMAN = NamedParty("Gregory Brockman", "", (D,))
OPENAI = NamedParty("OpenAI, Inc.", "", (D, CP))


def test_every_party_is_named_with_what_it_is_and_the_counterclaims_follow_as_a_pair_of_their_own() -> None:
    made = printed_sides([MUSK, ZILIS, XAI, ALTMAN, OPENAI], CaptionForm.LONG, TYPED, "")
    assert made.first == CaptionSides(
        "ELON MUSK, an individual; SHIVON ZILIS, an individual; and X.AI CORP., a Nevada corporation,",
        "Plaintiffs",
        "SAMUEL ALTMAN; and OPENAI, INC.,",
        "Defendants",
    )
    assert made.more == (
        CaptionSides(
            "SAMUEL ALTMAN; and OPENAI, INC.,",
            "Counterclaim-Plaintiffs",
            "ELON MUSK, an individual; and X.AI CORP., a Nevada corporation,",
            "Counterclaim-Defendants",
        ),
    )
    assert (made.tail, made.form_first, made.form_second) == ("", "ELON MUSK, et al.", "SAMUEL ALTMAN, et al.")


def test_the_short_form_says_et_al_only_where_there_are_more() -> None:
    made = printed_sides([MUSK, ALTMAN, OPENAI], CaptionForm.SHORT, TYPED, "")
    assert made.first == CaptionSides("ELON MUSK,", "Plaintiff", "SAMUEL ALTMAN, et al.,", "Defendants")
    assert (made.more, made.tail) == ((), "AND RELATED COUNTERCLAIMS")
    both = printed_sides([MUSK, ALTMAN, NamedParty("Acme", "", (TD,))], CaptionForm.SHORT, TYPED, "")
    assert both.tail == "AND RELATED COUNTERCLAIMS AND THIRD-PARTY CLAIMS"


def test_a_typed_line_under_the_sides_stands_for_the_other_claims() -> None:
    made = printed_sides([MUSK, ALTMAN], CaptionForm.LONG, TYPED, "AND RELATED CROSS-ACTIONS")
    assert (made.more, made.tail) == ((), "AND RELATED CROSS-ACTIONS")
    assert (made.first.first_label, made.first.second_label) == (
        "Plaintiff and Counterclaim-Defendant",
        "Defendant and Counterclaim-Plaintiff",
    )


def test_third_parties_and_those_who_intervened_follow_the_counterclaims() -> None:
    people = [
        NamedParty("Ann Lee", "", (P,)),
        NamedParty("Bob Roe", "", (D, TP)),
        NamedParty("Cy Doe", "", (TD,)),
        NamedParty("Ivy Day", "", (Role.INTERVENOR.value,)),
    ]
    assert printed_sides(people, CaptionForm.LONG, TYPED, "").more == (
        CaptionSides("BOB ROE,", "Third-Party Plaintiff", "CY DOE,", "Third-Party Defendant"),
        CaptionSides("IVY DAY,", "Intervenor", "", ""),
    )


def test_a_relator_stands_behind_the_government() -> None:
    people = [NamedParty("United States of America", "", (P,)), NamedParty("Ann Lee", "", (Role.RELATOR.value,)), BROCKMAN]
    made = printed_sides(people, CaptionForm.SHORT, TYPED, "")
    assert made.first.first_side == "UNITED STATES OF AMERICA ex rel. ANN LEE,"


@pytest.mark.parametrize("form", [CaptionForm.LONG, CaptionForm.SHORT])
def test_a_side_without_a_party_stands_as_it_was_typed(form: CaptionForm) -> None:
    made = printed_sides([ALTMAN], form, TYPED, "x")
    assert (made.first.first_side, made.first.first_label, made.form_first) == ("TYPED ONE", "Plaintiffs", "TYPED ONE")


def test_names_without_commas_are_joined_by_commas_and_a_label_of_another_court_stays() -> None:
    typed = CaptionSides("", "Petitioner", "", "Respondents")
    made = printed_sides([NamedParty("A", "", (P,)), NamedParty("B", "", (P,)), ALTMAN, BROCKMAN], CaptionForm.LONG, typed, "x")
    assert (made.first.first_side, made.first.first_label) == ("A and B,", "Petitioner")
    three = printed_sides([*[NamedParty(n, "", (D,)) for n in "ABC"], MUSK], CaptionForm.LONG, typed, "x")
    assert three.first.second_side == "A, B, and C,"


def test_who_left_is_no_longer_named_unless_nobody_stayed() -> None:
    gone = NamedParty("Elon Musk", "", (P,), left=True)
    assert printed_sides([gone, ZILIS, ALTMAN], CaptionForm.SHORT, TYPED, "x").first.first_side == "SHIVON ZILIS,"
    assert printed_sides([gone, ALTMAN], CaptionForm.SHORT, TYPED, "x").first.first_side == "ELON MUSK,"


def test_the_caption_of_a_case_is_as_typed_until_it_is_chosen_otherwise(world: World) -> None:
    assert caption_of(world.case).first_side == "JANE ROE"
    world.case.caption_form = CaptionForm.SHORT.value
    made = caption_of(world.case)
    assert (made.first_side, made.first_label, made.second_side, made.form_second_side) == (
        "JANE ROE,",
        "Plaintiff",
        "JOHN DOE,",
        "JOHN DOE",
    )


def test_other_actions_are_named_lead_case_first(world: World) -> None:
    for relation, number, name in (
        (CaseRelation.RELATED, "3:24-cv-00009", "Roe v. Poe"),
        (CaseRelation.CONSOLIDATED, "3:24-cv-00008", ""),
        (CaseRelation.LEAD, "3:24-cv-00007", ""),
    ):
        RelatedCase.objects.create(case=world.case, relation=relation.value, docket_number=number, name=name)
    assert caption_of(world.case).related == (
        "Lead Case No. 3:24-cv-00007",
        "Consolidated with Case No. 3:24-cv-00008",
        "Related to Case No. 3:24-cv-00009 (Roe v. Poe)",
    )
