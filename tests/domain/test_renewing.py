"""One change of the case makes every paper anew that has not gone out, and leaves alone what was approved or served."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from discovery.domain.approval import approve, reopen
from discovery.domain.drafts import drafting, meanwhile, renewing
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.drafts.renewing import made_before_a_change, renewable, with_old_caption
from discovery.domain.records import add_record, change_record, remove_record, set_roles
from discovery.domain.service.serving import serve
from discovery.domain.sets import NewText, add_items
from discovery.enums import Act, CaptionForm, CaseRelation
from discovery.models import Case, CaseParty, Court, Demand, Draft, Event, Person, RelatedCase, Service
from discovery.models.drafts import paper_storage
from discovery.papers.rendering import Rendered
from discovery.papers.snapshots import Paper, digest, from_json, to_json
from tests.factories import World, make_court

Commit = Callable[[Callable[[], object]], None]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Commit:
    """Return what runs an act and then what waited for its transaction to be committed."""

    def run(act: Callable[[], object]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            act()

    return run


@pytest.fixture(autouse=True)
def _rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the snapshot itself as the file: what matters here is which paper is made when."""

    def render(content: str, **_options: object) -> Rendered:
        return Rendered(pdf=b"%PDF-1.7 " + content.encode(), pages=1, sha256=digest(content), timings={})

    monkeypatch.setattr(drafting, "render", render)


def file_of(draft: Draft) -> bytes:
    """Return the bytes of a draft's file."""
    with paper_storage().open(str(draft.file.name)) as file:
        content: bytes = file.read()
    return content


def paper_of(demand: Demand, world: World) -> Draft:
    """Return the subpoena's paper, made."""
    done = render_draft(request_draft(demand, "subpoena", by=world.alice).pk)
    assert done is not None
    return done


def fresh(world: World) -> Case:
    """Return the case as a form fetches it."""
    return Case.objects.get(pk=world.case.pk)


def new_judge(world: World) -> None:
    case = fresh(world)
    case.judge = "Hon. New Judge"
    change_record(case, by=world.bob)


def new_role(world: World) -> None:
    set_roles(world.client, ["defendant", "counterclaim_plaintiff"], by=world.bob)


def new_style(world: World) -> None:
    court = Court.objects.get(pk=world.case.court_id)
    court.paper_style = "pleading-25"
    change_record(court, by=world.bob)


def new_name(world: World) -> None:
    person = Person.objects.get(pk=world.client.person_id)
    person.name = "John Q. Doe"
    change_record(person, by=world.bob)


def new_party(world: World) -> None:
    person = Person.objects.create(name="Third Doe", created_by=world.alice)
    set_roles(add_record(CaseParty(case=world.case, person=person, position=3), by=world.bob), ["defendant"], by=world.bob)


def party_left(world: World) -> None:
    new_party(world)
    party = CaseParty.objects.get(pk=world.client.pk)
    party.left_on = date(2025, 7, 1)
    change_record(party, by=world.bob)


def related(world: World) -> None:
    row = RelatedCase(case=world.case, relation=CaseRelation.RELATED.value, docket_number="3:24-cv-00009")
    add_record(row, by=world.bob)


CHANGES: list[tuple[Callable[[World], None], str, object]] = [
    (new_judge, "extra_lines", ("Judge: Hon. New Judge", "Date Action Filed: August 5, 2024")),
    (new_role, "tail", "AND RELATED COUNTERCLAIMS"),
    (new_style, "style", "pleading-25"),
    (new_name, "second_side", "JOHN Q. DOE,"),
    (new_party, "second_side", "JOHN DOE, et al.,"),
    (party_left, "second_side", "THIRD DOE,"),
    (related, "related", ("Related to Case No. 3:24-cv-00009",)),
]


@pytest.mark.parametrize(("change", "field", "printed"), CHANGES, ids=[one[0].__name__ for one in CHANGES])
def test_a_change_makes_the_drafts_anew_and_no_served_paper(
    world: World, bells: list[int], commit: Commit, change: Callable[[World], None], field: str, printed: object
) -> None:
    case = fresh(world)
    case.caption_form = CaptionForm.SHORT.value
    case.save()
    world.case.refresh_from_db()
    first, second = (paper_of(world.subpoena(world.another_responder(name)).demand, world) for name in ("One Corp.", "Two Corp."))
    served_demand = world.subpoena(world.another_responder("Served Corp.")).demand
    approve(served_demand, by=world.alice)
    served = paper_of(Demand.objects.get(pk=served_demand.pk), world)
    serve(served_demand, Service(served_on=date(2025, 6, 18), method="personal", without_notice="Emergency"), by=world.alice)
    assert served.snapshot is not None
    before = (served.snapshot_id, served.snapshot.content, file_of(served))

    commit(lambda: change(world))

    for old in (first, second):
        newest = Draft.objects.filter(demand=old.demand).order_by("-pk").first()
        assert newest is not None
        assert newest.snapshot is not None
        assert newest.pk != old.pk
        assert (newest.state, newest.paper, newest.requested_by) == ("queued", "subpoena", world.bob)
        assert getattr(from_json(newest.snapshot.content).caption, field) == printed  # type: ignore[attr-defined]
        old.refresh_from_db()
        assert old.state == "ready"
    stored = Draft.objects.get(demand=served_demand)
    assert stored.snapshot is not None
    assert (stored.snapshot_id, stored.snapshot.content, file_of(stored)) == before
    told = Event.objects.filter(act=Act.PAPERS_RENEWED.value)
    assert {pk for event in told for pk in event.details["drafts"]} >= set(
        Draft.objects.filter(demand__in=[first.demand, second.demand], state="queued").values_list("pk", flat=True)
    )


def test_what_the_caption_does_not_print_makes_nothing_anew(world: World, bells: list[int], commit: Commit) -> None:
    paper_of(world.subpoena().demand, world)
    case = fresh(world)
    case.notes = "Call the clerk."
    commit(lambda: change_record(case, by=world.bob))
    commit(lambda: set_roles(world.client, ["defendant", "counterclaim_plaintiff"], by=world.bob))  # the sides stand as typed
    assert Draft.objects.count() == 1
    assert not Event.objects.filter(act=Act.PAPERS_RENEWED.value).exists()


def test_another_case_is_left_alone(world: World, bells: list[int], commit: Commit) -> None:
    paper_of(world.subpoena().demand, world)
    other = Case.objects.create(court=make_court(), docket_number="1:21-cv-00001", name="A v. B", first_side="A", second_side="B")
    other.judge = "Hon. Other"
    commit(lambda: change_record(other, by=world.alice))
    assert Draft.objects.count() == 1


def test_removing_a_related_case_makes_the_drafts_anew(world: World, bells: list[int], commit: Commit) -> None:
    related(world)
    paper_of(world.subpoena().demand, world)
    commit(lambda: remove_record(RelatedCase.objects.get(), by=world.bob))
    newest = Draft.objects.order_by("-pk")[0]
    assert newest.snapshot is not None
    assert from_json(newest.snapshot.content).caption.related == ()  # type: ignore[attr-defined]


def test_only_the_newest_draft_of_a_paper_is_made_anew(world: World, bells: list[int], commit: Commit) -> None:
    demand = world.subpoena().demand
    paper_of(demand, world)
    commit(lambda: new_judge(world))
    assert [draft.state for draft in renewable(world.case)] == ["queued"]
    case = fresh(world)
    case.judge = "Hon. Third"
    commit(lambda: change_record(case, by=world.bob))
    assert Draft.objects.filter(demand=demand).count() == 3


def test_nothing_is_composed_while_the_database_is_held(
    world: World, bells: list[int], commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("One Corp.", "Two Corp."):
        paper_of(world.subpoena(world.another_responder(name)).demand, world)
    outside, held, compose = len(connection.savepoint_ids), list[int](), renewing._composed_now

    def composing(draft: Draft) -> Paper:
        held.append(len(connection.savepoint_ids) - outside)
        return compose(draft)

    monkeypatch.setattr(renewing, "_composed_now", composing)
    commit(lambda: new_judge(world))

    assert (held, Draft.objects.filter(state="queued").count()) == ([0, 0], 2)


@pytest.mark.parametrize("changes", [1, 2, 3])
def test_what_changes_while_it_is_composed_is_composed_again(
    world: World, bells: list[int], commit: Commit, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    demand = world.subpoena().demand
    paper_of(demand, world)
    compose, told = renewing._composed_now, list[int]()

    def composing(draft: Draft) -> Paper:
        paper = compose(draft)
        if len(told) < changes:
            told.append(1)
            add_items(demand.request_set, "request", [NewText("", f"Text {len(told)} of a colleague.")], by=world.bob)
        return paper

    monkeypatch.setattr(renewing, "_composed_now", composing)
    commit(lambda: new_judge(world))

    [event] = Event.objects.filter(act=Act.PAPERS_RENEWED.value)
    if changes == meanwhile.TRIES:  # it never came to rest: the old draft stays, and the record says which
        assert (event.details["drafts"], len(event.details["kept"]), Draft.objects.count()) == ([], 1, 1)
        return
    newest = Draft.objects.order_by("-pk")[0]
    assert newest.snapshot is not None
    assert (event.details, newest.snapshot.content.count("of a colleague.")) == ({"drafts": [newest.pk], "kept": []}, changes)
    assert digest(to_json(compose(newest))) == newest.snapshot_id


def test_what_is_approved_while_it_is_composed_is_left_alone(
    world: World, bells: list[int], commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    demand = world.subpoena().demand
    paper_of(demand, world)
    compose = renewing._composed_now

    def composing(draft: Draft) -> Paper:
        paper = compose(draft)
        approve(demand, by=world.alice)
        return paper

    monkeypatch.setattr(renewing, "_composed_now", composing)
    commit(lambda: new_judge(world))

    assert (Draft.objects.count(), Event.objects.filter(act=Act.PAPERS_RENEWED.value).count()) == (1, 0)


def test_an_approved_paper_is_named_until_it_is_reopened(world: World, bells: list[int], commit: Commit) -> None:
    demand = world.subpoena().demand
    approve(demand, by=world.alice)
    paper_of(demand, world)
    assert with_old_caption(fresh(world)) == []
    commit(lambda: new_judge(world))
    assert [(one.demand, one.approved_at) for one in with_old_caption(fresh(world))] == [(demand, demand.approved_at)]
    assert Draft.objects.filter(demand=demand).count() == 1
    reopen(demand, by=world.alice)
    assert with_old_caption(fresh(world)) == []


def test_a_finished_draft_knows_whether_the_case_changed_since(world: World, bells: list[int], commit: Commit) -> None:
    draft = paper_of(world.subpoena().demand, world)
    assert not made_before_a_change(draft)
    Case.objects.filter(pk=world.case.pk).update(judge="Hon. Elsewhere")
    assert made_before_a_change(Draft.objects.get(pk=draft.pk))


def test_a_redline_of_chosen_versions_stays_what_was_chosen(world: World, bells: list[int], commit: Commit) -> None:
    demand = world.subpoena().demand
    for text in ("All Documents of 2024.", "All Documents of 2025.", "All Documents of 2026."):
        demand.request_set.requests.update(text=text)
        approve(Demand.objects.get(pk=demand.pk), by=world.alice)
        reopen(Demand.objects.get(pk=demand.pk), by=world.alice)
    made = render_draft(request_draft(demand, "redline", by=world.alice, choices={"from": 1, "to": 2}).pk)
    assert made is not None

    commit(lambda: new_judge(world))

    assert list(Draft.objects.filter(paper="redline")) == [made]
    assert not made_before_a_change(made)
