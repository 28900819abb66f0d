"""The redline of two wordings as a PDF: every request, what changed in it, readable without colour and aloud."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from discovery.domain.approval import approve, reopen
from discovery.domain.composing.redline import compose_redline
from discovery.domain.conferrals.narrowing import propose_narrowing
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import Refused
from discovery.domain.sets import NewText, add_items, change_item, remove_item
from discovery.domain.superseding import supersede
from discovery.domain.wordings import EARLIER, NOW, wordings_of
from discovery.enums import DemandKind
from discovery.models import Appearance, Attorney, Demand, Narrowing
from discovery.papers.accessibility import report_on
from discovery.papers.redline import RedlineEntry, RedlineGroup, RedlinePiece, redline_sections
from discovery.papers.rendering import render
from discovery.papers.snapshots import from_json, to_json
from tests.factories import World
from tests.papers.reading import findings, outline, pages
from tests.party_sets import approved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bells")]


def two_versions(world: World) -> Demand:
    """Return a demand approved twice: request 1 removed, 2 changed, one added; a definition came."""
    demand = world.subpoena(requests=3).demand
    add_items(
        demand.request_set, "definition", [NewText("“You”", "means Witness Corp."), NewText("“Any”", "means all.")], by=world.alice
    )
    approve(demand, by=world.alice)
    reopen(demand, by=world.alice)
    demand.refresh_from_db()
    first, second, _third = demand.request_set.requests.order_by("number")
    remove_item(first, by=world.alice)
    second.refresh_from_db()
    change_item(second, NewText("Label 2", "All new Documents, part 2."), by=world.alice, revision=second.revision)
    add_items(
        demand.request_set, "request", [NewText("Late", "Everything since 2024 from March to May.\n(i) letters")], by=world.alice
    )
    add_items(demand.request_set, "definition", [NewText("“Late”", "means after May 2024.")], by=world.alice)
    approve(demand, by=world.alice)
    demand.refresh_from_db()
    return demand


def test_the_snapshot_says_what_became_of_each_request(world: World) -> None:
    made = compose_redline(two_versions(world))
    assert from_json(to_json(made)) == made
    definitions, requests = made.groups
    assert (definitions.heading, definitions.unchanged) == ("Definitions", "Unchanged: 1–2.")
    assert [(one.heading, one.state) for one in definitions.entries] == [("Definition No. 3", "added")]
    assert [(one.heading, one.how, one.state) for one in requests.entries] == [
        ("Request For Production No. 1", "removed", "removed"),
        ("Request For Production No. 1", "changed", "changed; it was No. 2"),
        ("Request For Production No. 2", "moved", "the same words; it was No. 3"),
        ("Request For Production No. 3", "added", "added"),
    ]
    assert requests.entries[1].text == (
        RedlinePiece("same", "All "),
        RedlinePiece("added", "new "),
        RedlinePiece("same", "Documents, part 2."),
    )
    assert made.tally == "1 changed, 2 added, 1 removed, 1 renumbered"
    assert (made.before[:9], made.after[:9], made.final) == ("Version 1", "Version 2", True)


def test_the_pdf_shows_it_without_colour_and_for_readers_of_tags(world: World) -> None:
    made = render(to_json(compose_redline(two_versions(world))), release="test")
    text = " ".join(pages(made.pdf))
    assert "All {+new+} Documents, part 2." in text
    assert "[−All Documents, part 1.−]" in text
    assert "{+Everything since 2024 from March to May.+} {+(i) letters+}" in text
    assert findings(made.pdf) == []
    assert report_on(made.pdf)["clean"]
    [(title, groups)] = outline(made.pdf)
    assert (title, [group if isinstance(group, str) else group[0] for group in groups]) == ("REDLINE", ["Definitions", "Requests"])


def test_versions_are_chosen_in_either_direction(world: World) -> None:
    demand = two_versions(world)
    back = compose_redline(demand, "redline", {"from": 2, "to": 1})
    assert (back.before[:9], back.after[:9]) == ("Version 2", "Version 1")
    assert back.tally == "1 changed, 1 added, 2 removed, 1 renumbered"
    usual = request_draft(demand, "redline", by=world.bob)
    assert request_draft(demand, "redline", by=world.bob, choices={"from": 1, "to": 2}) == usual
    assert request_draft(demand, "redline", by=world.bob, choices={"from": 2, "to": 1}) != usual


def test_what_cannot_be_compared_is_refused(world: World) -> None:
    demand = world.subpoena().demand
    with pytest.raises(Refused, match="There is only one wording of this text"):
        compose_redline(demand)
    approve(demand, by=world.alice)
    with pytest.raises(Refused, match="There is only one wording of this text"):
        compose_redline(demand)
    later = two_versions(world)
    for choices, said in (({"from": 9}, "There is no version 9"), ({"from": 2}, "Choose two different versions")):
        with pytest.raises(Refused, match=said):
            compose_redline(later, "redline", choices)


def test_as_it_stands_means_with_what_is_being_changed_and_what_was_agreed(world: World) -> None:
    draft = two_versions(world)
    reopen(draft, by=world.alice)
    add_items(draft.request_set, "request", [NewText("", "More.")], by=world.alice)
    assert [one.number for one in wordings_of(draft)] == [1, 2, NOW]
    assert compose_redline(draft).after.startswith("As it stands, last changed on ")

    served = world.served_subpoena()
    row = served.rows.get(number=2)
    agreed = {"agreed_by": "Us", "agreed_on": date(2025, 7, 9), "proposed_by": "Witness Corp.", "proposed_on": date(2025, 7, 8)}
    propose_narrowing(Narrowing(row=row, text="All Documents, part 2, of 2024.", **agreed), by=world.alice)
    made = compose_redline(served)
    assert made.after == "As it stands, with the narrower text agreed on July 9, 2025"
    assert [(one.how, one.heading[-1]) for one in made.groups[-1].entries] == [("same", "1"), ("changed", "2")]


def test_names_are_filled_in_before_texts_are_compared(world: World) -> None:
    served = world.subpoena().demand
    add_items(served.request_set, "request", [NewText("", "All Documents of {recipient}.")], by=world.alice)
    [known] = wordings_of(served)
    assert "{recipient}" not in str(known.content)


@pytest.mark.parametrize("text", ["<b>&</b> {{ x }}", "a\u0301 שלום 漢字", "x" * 3000, "line\n\nline\n(i) item", " \n "])
def test_anything_typed_is_printed(world: World, text: str) -> None:
    entry = RedlineEntry("Request", "changed", "changed", (), (RedlinePiece("removed", "old\nold"), RedlinePiece("added", text)))
    base = compose_redline(two_versions(world))
    changed = replace(base, groups=(RedlineGroup("Requests", "", (entry,)),))
    [section] = redline_sections(changed)
    assert "<b>" not in section.markup
    assert findings(render(to_json(changed), release="test").pdf) == []


def test_a_heading_keeps_its_direction_above_words_written_from_the_right(world: World) -> None:
    entry = RedlineEntry("Request For Production No. 2", "same", "unchanged", (), (RedlinePiece("same", "שלום עולם."),))
    [section] = redline_sections(replace(compose_redline(two_versions(world)), groups=(RedlineGroup("Requests", "", (entry,)),)))

    assert re.findall(r'<(div|h3)[^>]* dir="(...)"', section.markup) == [("div", "rtl"), ("h3", "ltr")]


CORRECTED = [DemandKind.SUBPOENA_DOCUMENTS, DemandKind.RFP, DemandKind.ROG, DemandKind.RFA, DemandKind.DEPOSITION]


def corrected(world: World, kind: DemandKind) -> Demand:
    """Return a corrected copy of an approved paper, in which request 2 was changed, one added and another attorney named."""
    if kind == DemandKind.SUBPOENA_DOCUMENTS:
        old = approve(world.subpoena().demand, by=world.alice)
    elif kind == DemandKind.DEPOSITION:
        old = approve(world.examination(kind), by=world.alice)
    else:
        old = approved(world, kind=kind)
    new = supersede(old, "Request 2 names the wrong year.", by=world.alice)
    second = new.request_set.requests.get(number=2)
    change_item(second, NewText(second.label, f"{second.text} Only of 2025."), by=world.alice, revision=second.revision)
    add_items(new.request_set, "request", [NewText("Late", "Everything since 2024.")], by=world.alice)
    otto = Attorney.objects.create(name="Otto Other", firm=world.appearance.attorney.firm, created_by=world.alice)
    attorney = Appearance.objects.create(case=world.case, attorney=otto, group=world.group)
    Demand.objects.filter(pk=new.pk).update(attorney=attorney)
    return Demand.objects.get(pk=new.pk)


def printed_now(group: RedlineGroup) -> dict[str, str]:
    """Return by heading what the later wording says."""
    return {one.heading: "".join(piece.text for piece in one.text if piece.how != "removed") for one in group.entries}


@pytest.mark.parametrize("kind", CORRECTED)
def test_a_corrected_paper_is_compared_with_the_one_that_it_corrects(world: World, kind: DemandKind) -> None:
    demand = corrected(world, kind)
    assert [one.number for one in wordings_of(demand)] == [EARLIER, NOW]

    made = compose_redline(demand, choices={"from": EARLIER})

    assert from_json(to_json(made)) == made
    assert compose_redline(demand) == made
    states, requests = made.groups[0], made.groups[-1]
    assert (made.before.partition(",")[0], made.after.partition(",")[0]) == ("The paper that this one corrects", "As it stands")
    assert [(one.how, one.state) for one in requests.entries] == [("same", "unchanged"), ("changed", "changed"), ("added", "added")]
    assert states.heading == "What the paper states"
    said = printed_now(states)
    assert "Otto Other" in said["Attorney"]
    assert ("Title" in said) == (kind in {DemandKind.RFP, DemandKind.ROG, DemandKind.RFA})

    pdf = render(to_json(made), release="1").pdf
    assert findings(pdf) == []
    assert "Only of 2025+}" in " ".join(" ".join(page.split()) for page in pages(pdf))


def test_what_was_approved_of_it_is_compared_and_its_later_changes_are_not_mixed_in(world: World) -> None:
    demand = corrected(world, DemandKind.RFP)
    approve(demand, by=world.alice)
    reopen(demand, by=world.alice)
    Demand.objects.filter(pk=demand.pk).update(place="At the dock.")
    demand.request_set.requests.filter(number=1).update(text="Something else.")
    demand = Demand.objects.get(pk=demand.pk)
    assert [one.number for one in wordings_of(demand)] == [EARLIER, 1, NOW]

    frozen, live = (compose_redline(demand, choices={"from": EARLIER, "to": to}) for to in (1, NOW))

    openings = [printed_now(one.groups[0])["Opening paragraph"] for one in (frozen, live)]
    assert ["At the dock" in one for one in openings] == [False, True]
    assert ["Something else." in to_json(one) for one in (frozen, live)] == [False, True]
    assert [one.groups[-1].entries[0].how for one in (frozen, live)] == ["same", "added"]
    between = compose_redline(demand, choices={"from": 1, "to": NOW})
    assert "What the paper states" not in [group.heading for group in between.groups]


def test_a_paper_that_corrects_none_or_one_without_text_says_so(world: World) -> None:
    with pytest.raises(Refused, match="This corrects no earlier paper whose text is on record"):
        compose_redline(two_versions(world), choices={"from": EARLIER})
    logged = world.served_set(0)
    copy = supersede(logged, "Wrong.", by=world.alice)
    assert [one.number for one in wordings_of(copy)] == [NOW]
