"""The preservation letter read back: what forms.md section 7 asks of it, to whom it goes, who signs."""

from __future__ import annotations

from datetime import date

import pytest

from discovery.domain.composing.printed import series, with_article
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.domain.preserving import send_preservation
from discovery.models import PreservationDemand
from tests.factories import World
from tests.papers.reading import findings, out_of_order, pages
from tests.preserving import written


def words(demand: PreservationDemand) -> str:
    done = render_draft(request_draft(demand, "preservation", by=demand.recorded_by).pk)
    assert done is not None
    assert done.error == ""
    with done.file.open() as file:
        pdf = file.read()
    assert findings(pdf) == []
    return " ".join(pages(pdf))


def test_the_letter_says_all_that_it_must(world: World, bells: list[int]) -> None:
    text = words(written(world))
    assert (
        out_of_order(
            text,
            "Via E-mail",
            "Witness Corp.",
            "Preservation of evidence: Witness Corp.",
            "To Whom It May Concern:",
            "We represent the Our Defendants in the action named above",
            "The facts Witness Corp. met with the bidders in February 2025.",
            "The claims That the bid was a sham.",
            "Whose records",
            "Ann Aide",
            "Bob Board",
            "Systems and devices",
            "Signal on telephones of the board",
            "Period From January 1, 2024 on, and continuing until the Action ends.",
            "What to suspend now",
            "Automatic deletion",
            "chat and collaboration tools",
            "ephemeral messages",
            "telephones",
            "Form Please keep these materials in the form in which they are ordinarily maintained",
            "You are not a party to the Action.",
            "Acknowledgment Please confirm in writing by June 15, 2025",
            "Very truly yours,",
            "______________________________",
            "Attorneys for Our Defendants",
        )
        == []
    )
    assert "37(e)" not in text
    assert "/s/" not in text


def test_a_party_is_told_of_rule_37_and_written_to_through_counsel(world: World, bells: list[int]) -> None:
    demand = written(world, recipient=world.opponent.person)
    lawyer = world.appearance.attorney
    world.responder.counsel.set([])
    theirs = type(lawyer).objects.create(firm=lawyer.firm, name="Theo Theirs", email="theo@example.com")
    theirs.appearances.create(case=world.case).parties.set([world.opponent])

    text = words(demand)
    assert out_of_order(text, "Theo Theirs", f"Counsel for {world.opponent.person}", "Counsel:", "Fed. R. Civ. P. 37(e)") == []
    assert "You are not a party" not in text


def test_only_who_said_so_signs_electronically(world: World, bells: list[int]) -> None:
    by_hand = send_preservation(written(world), date(2025, 6, 1), by=world.alice)
    electronic = send_preservation(written(world), date(2025, 6, 1), by=world.alice, electronically=True)
    assert "/s/" not in words(by_hand)
    text = words(electronic)
    assert f"/s/ {world.appearance.attorney.name}" in text
    assert "June 1, 2025" in text


def test_the_same_row_gives_the_same_letter_and_nobody_signs_for_nobody(world: World, bells: list[int]) -> None:
    demand = written(world)
    first = request_draft(demand, "preservation", by=world.alice)
    assert request_draft(demand, "preservation", by=world.bob).pk == first.pk
    PreservationDemand.objects.filter(pk=demand.pk).update(signer=None)
    demand.refresh_from_db()
    with pytest.raises(Refused, match="Nobody is named who signs"):
        request_draft(demand, "preservation", by=world.alice)


@pytest.mark.parametrize(
    ("name", "printed"),
    [("OpenAI Defendants", "the OpenAI Defendants"), ("Plaintiffs", "the Plaintiffs"), ("Jane Roe", "Jane Roe"), ("", "")],
)
def test_a_group_has_its_article_in_a_sentence(name: str, printed: str) -> None:
    assert with_article(name) == printed


@pytest.mark.parametrize(("names", "joined"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")])
def test_names_are_joined_as_a_sentence_has_them(names: list[str], joined: str) -> None:
    assert series(names) == joined
