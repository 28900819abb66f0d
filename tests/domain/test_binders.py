"""Binders: started, filled, put in order, bound as a job like any paper."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from discovery.domain.binders import Binding, add_tab, change_binder, move_tab, next_label, remove_tab, start_binder
from discovery.domain.drafts import drafting
from discovery.domain.drafts.verifying import Kind, verify_paper
from discovery.domain.errors import Refused
from discovery.enums import DraftState
from discovery.models import Binder, BinderTab, Draft, Event
from discovery.models.drafts import paper_storage
from tests.factories import World, make_world
from tests.papers.test_assembly import foreign, locked


def upload(pdf: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf)


def paper(world: World) -> Draft:
    draft = drafting.render_draft(drafting.request_draft(world.subpoena().demand, "notice", by=world.alice).pk)
    assert draft is not None
    return draft


def labels(binder: Binder) -> list[str]:
    return [tab.label for tab in binder.tabs.all()]


def test_a_binder_is_filled_ordered_and_bound(world: World, bells: list[int]) -> None:
    binder = start_binder(world.case, Binding(" Exhibits to the joint letter "), by=world.alice)
    add_tab(binder, title="Notice", draft=paper(world), by=world.alice)
    scan = add_tab(binder, title="Letter of July 8", upload=upload(foreign("One", "Two")), by=world.alice)
    third = add_tab(binder, title="The same letter", label="Z", attachment=scan.attachment, by=world.alice)
    move_tab(third, -5, by=world.alice)
    assert labels(binder) == ["Z", "A", "B"]
    move_tab(third, 1, by=world.alice)
    remove_tab(scan, by=world.alice)
    assert labels(binder) == ["A", "Z"]
    assert add_tab(binder, title="Once more", attachment=scan.attachment, by=world.alice).label == "B"

    made = drafting.render_draft(drafting.request_draft(binder, "binder", by=world.alice).pk)
    assert made is not None
    assert (made.state, made.error) == (DraftState.READY, "")
    assert made.measured == {"untagged": ["Exhibit Z: The same letter", "Exhibit B: Once more"]}
    assert made.pages == 1 + 3 + 2 + 2 + BinderTab.objects.get(label="A").draft.pages  # type: ignore[union-attr]
    slips = drafting.render_draft(drafting.request_draft(binder, "slip_sheets", by=world.alice).pk)
    assert slips is not None
    assert slips.pages == 3
    acts = list(Event.objects.filter(subject=f"binder:{binder.pk}").order_by("pk").values_list("act", flat=True))
    assert acts == ["binder_made", *["binder_changed"] * 7]


@pytest.mark.parametrize(
    ("binding", "field"),
    [
        (Binding(" "), "title"),
        (Binding("x", stamp="ink"), "stamp"),
        (Binding("x", stamp="bates"), "bates_prefix"),
        (Binding("x", stamp="bates", bates_prefix="1 A"), "bates_prefix"),
        (Binding("x", bates_digits=13), "bates_digits"),
    ],
)
def test_a_wrong_binding_is_refused_at_its_field(world: World, binding: Binding, field: str) -> None:
    binder = start_binder(world.case, Binding("Right"), by=world.alice)
    with pytest.raises(Refused) as caught:
        start_binder(world.case, binding, by=world.alice)
    assert caught.value.field == field
    with pytest.raises(Refused) as caught:
        change_binder(binder, binding, by=world.alice)
    assert caught.value.field == field
    assert list(Binder.objects.values_list("title", flat=True)) == ["Right"]


def test_what_cannot_be_an_exhibit_is_refused_at_its_field(world: World, bells: list[int]) -> None:
    binder = start_binder(world.case, Binding("Exhibits"), by=world.alice)
    other = make_world("Other v. Case", "4:24-cv-00002-ABC")
    ready, theirs = paper(world), paper(other)
    add_tab(binder, title="Notice", draft=ready, by=world.alice)
    waiting = drafting.request_draft(ready.demand, "subpoena", by=world.alice)  # type: ignore[arg-type]
    wrong = [
        ({"title": "", "draft": ready}, "title"),
        ({"title": "x", "draft": ready, "label": "a"}, "label"),
        ({"title": "x", "draft": ready, "label": "Ж"}, "label"),
        ({"title": "x"}, "draft"),
        ({"title": "x", "draft": ready, "upload": upload(foreign("One"))}, "draft"),
        ({"title": "x", "draft": theirs}, "draft"),
        ({"title": "x", "draft": waiting}, "draft"),
        ({"title": "x", "upload": upload(b"text", "notes.txt")}, "upload"),
        ({"title": "x", "upload": upload(locked())}, "upload"),
        ({"title": "x", "upload": upload(b"%PDF-1.7 broken")}, "upload"),
    ]
    for values, field in wrong:
        with pytest.raises(Refused) as caught:
            add_tab(binder, by=world.alice, **values)  # type: ignore[arg-type]
        assert (values, caught.value.field) == (values, field)
    assert labels(binder) == ["A"]


def test_an_exhibit_that_somebody_took_out_cannot_be_moved(world: World, bells: list[int]) -> None:
    binder = start_binder(world.case, Binding("Exhibits"), by=world.alice)
    tab = add_tab(binder, title="Scan", upload=upload(foreign("One")), by=world.alice)
    remove_tab(BinderTab.objects.get(pk=tab.pk), by=world.alice)
    with pytest.raises(Refused):
        move_tab(tab, 1, by=world.alice)


def test_a_binder_whose_file_is_gone_is_compared_with_one_made_again(world: World, bells: list[int]) -> None:
    binder = start_binder(world.case, Binding("Exhibits"), by=world.alice)
    add_tab(binder, title="Scan", upload=upload(foreign("One", "Two")), by=world.alice)
    made = drafting.render_draft(drafting.request_draft(binder, "binder", by=world.alice).pk)
    assert made is not None
    with paper_storage().open(str(made.file.name)) as file:
        content = file.read()
    paper_storage().delete(str(made.file.name))
    Draft.objects.filter(pk=made.pk).update(file_sha256="0" * 64)  # so that it is looked for by its manifest
    assert verify_paper(content, by=world.alice).kind == Kind.IDENTICAL


def test_a_file_with_more_pages_than_a_volume_holds_is_refused_when_it_is_added(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discovery.domain.composing.binder.MOST_PAGES", 1)
    binder = start_binder(world.case, Binding("Exhibits"), by=world.alice)
    with pytest.raises(Refused) as caught:
        add_tab(binder, title="Scan", upload=upload(foreign("One", "Two")), by=world.alice)
    assert (caught.value.field, binder.tabs.count()) == ("upload", 0)
    assert str(caught.value) == "Exhibit A has 2 pages; a binder holds at most 1. Attach it in parts, in several volumes."


def test_an_empty_binder_cannot_be_bound(world: World) -> None:
    binder = start_binder(world.case, Binding("Exhibits"), by=world.alice)
    with pytest.raises(Refused) as caught:
        drafting.request_draft(binder, "binder", by=world.alice)
    assert str(caught.value) == "The binder is empty: add its first exhibit."


def test_labels_go_on_as_they_began() -> None:
    alphabet = [chr(code) for code in range(65, 91)]
    assert [next_label(taken) for taken in ([], ["A"], ["A", "C"], alphabet, ["1", "2"], ["1", "A"])] == [
        "A",
        "B",
        "B",
        "AA",
        "3",
        "B",
    ]
