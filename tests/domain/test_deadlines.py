"""What people do with due dates: each verb, its refusals, its one event, and what it leaves on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from discovery.domain.approval import approve
from discovery.domain.dates.deadlines import (
    accept_proposal,
    approve_extension,
    assign,
    confirm,
    date_by_hand,
    extend,
    extended,
    keep_date,
    mark_done,
    reopen,
    set_by_court,
    set_by_hand,
)
from discovery.domain.dates.following import MovesToAccept, Moving
from discovery.domain.dates.recomputing import recompute, recompute_stale
from discovery.domain.errors import Conflict, Refused
from discovery.domain.records import add_record
from discovery.domain.service.serving import correct_service, serve
from discovery.enums import Basis, DeadlineState
from discovery.models import CourtClosure, Deadline, Event, Extension, ScheduleEntry, Service
from tests.factories import World

AGREED: dict[str, Any] = {"agreed_on": date(2025, 6, 30), "agreed_with": "Theo Theirs", "terms": "E-mail of June 30, 2025"}
ACT_SEEN = "Somebody else changed this date while you were looking at it."


@pytest.fixture
def objections(world: World) -> Deadline:
    """The objections to a subpoena that was served on June 18, due on Wednesday, July 2; Alice recorded the service."""
    demand = world.subpoena().demand
    demand.subpoena.compliance_date = date(2025, 7, 31)
    demand.subpoena.save()
    demand.notice.served_on = date(2025, 6, 17)
    demand.notice.save()
    approve(demand, by=world.alice)
    serve(demand, Service(served_on=date(2025, 6, 18), method="personal", person_served="A clerk"), by=world.alice)
    return Deadline.objects.get(event="subpoena-objections")


def days(number: int, **more: Any) -> Extension:
    return Extension(kind="days", days=number, **AGREED, **more)


def to_date(day: date, **more: Any) -> Extension:
    return Extension(kind="date", to_date=day, **AGREED, **more)


def events() -> list[str]:
    """Return the acts after the service, in their order."""
    acts = list(Event.objects.order_by("pk").values_list("act", flat=True))
    return acts[acts.index("served") + 1 :]


def last_event() -> Event:
    return Event.objects.latest("pk")


def close(world: World, day: date = date(2025, 7, 2)) -> CourtClosure:
    """Close the court on a day, as the administrator records it, and let the sweep see it."""
    closure = CourtClosure.objects.create(court=world.case.court, day=day, name="Flood", source="General Order 72")
    recompute_stale()
    return closure


# Extending ---------------------------------------------------------------------------------------------------------------


def test_days_are_added_after_the_end_and_run_on_from_a_closed_day(world: World, objections: Deadline) -> None:
    extension = extend(objections, days(2), by=world.bob)

    # July 2 + 2 is Independence Day, a Friday; the weekend follows.
    assert (str(extension.old_due), str(extension.new_due)) == ("2025-07-02", "2025-07-07")
    assert (str(objections.due_on), str(objections.computed_on), objections.basis) == ("2025-07-07", "2025-07-02", "extended")
    trail = objections.trail()
    assert trail is not None
    told = [(str(step.day), step.kind, step.number, step.why) for step in trail.steps if step.day > date(2025, 7, 2)]
    why = "extended by agreement (Theo Theirs, June 30, 2025: E-mail of June 30, 2025)"
    assert told == [
        ("2025-07-03", "added", 1, why),
        ("2025-07-04", "added", 2, "Independence Day: the period does not end here"),
        ("2025-07-05", "skipped", 0, "Saturday"),
        ("2025-07-06", "skipped", 0, "Sunday"),
        ("2025-07-07", "added", 0, "the period runs to the next day that is not closed"),
    ]
    assert events() == ["deadline_extended"]
    assert last_event().details == {
        "old": "2025-07-02",
        "new": "2025-07-07",
        "kind": "days",
        "days": "2",
        "agreed_on": "2025-06-30",
        "agreed_with": "Theo Theirs",
        "terms": "E-mail of June 30, 2025",
        "in_force": True,
    }


def test_a_date_that_was_agreed_stands_as_it_is(world: World, objections: Deadline) -> None:
    extend(objections, to_date(date(2025, 7, 12)), by=world.bob)

    assert str(objections.due_on) == "2025-07-12"
    trail = objections.trail()
    assert trail is not None
    assert (trail.steps[-1].kind, trail.steps[-1].rule) == ("noted", "Fed. R. Civ. P. 29(b)")
    assert str(objections.due_at) == "2025-07-13 06:59:59+00:00"


def test_tolled_days_are_given_back_both_ends_counted(world: World, objections: Deadline) -> None:
    tolling = Extension(kind="tolling", tolled_from=date(2025, 6, 25), tolled_to=date(2025, 6, 30), **AGREED)

    extend(objections, tolling, by=world.bob)

    assert str(objections.due_on) == "2025-07-08"
    trail = objections.trail()
    assert trail is not None
    assert [step.number for step in trail.steps if step.kind == "added"] == [1, 2, 3, 4, 5, 6]


def test_what_is_not_its_kind_is_left_out(world: World, objections: Deadline) -> None:
    extension = extend(objections, days(9, to_date=date(2025, 8, 1), tolled_from=date(2025, 7, 1)), by=world.bob)

    assert (extension.days, extension.to_date, extension.tolled_from) == (9, None, None)
    assert str(objections.due_on) == "2025-07-11"


@pytest.mark.parametrize(
    ("extension", "field", "words"),
    [
        (Extension(kind="days", **AGREED), "days", "Say how far"),
        (Extension(kind="days", days=0, **AGREED), "days", "Say how far"),
        (Extension(kind="date", days=3, **AGREED), "to_date", "Say how far"),
        (Extension(kind="tolling", tolled_from=date(2025, 6, 20), **AGREED), "tolled_to", "Say how far"),
        (Extension(kind="date", to_date=date(2025, 7, 2), **AGREED), "to_date", "not later than July 2, 2025"),
        (
            Extension(kind="tolling", tolled_from=date(2025, 6, 20), tolled_to=date(2025, 6, 19), **AGREED),
            "tolled_from",
            "lies before the first",
        ),
        (
            Extension(kind="tolling", tolled_from=date(2025, 7, 3), tolled_to=date(2025, 7, 9), **AGREED),
            "tolled_from",
            "The time ran out on July 2, 2025",
        ),
        (Extension(kind="days", days=30000, **AGREED), "days", "more than ten years"),
        (
            Extension(kind="tolling", tolled_from=date(1, 1, 1), tolled_to=date(9999, 1, 1), **AGREED),
            "tolled_to",
            "more than ten years",
        ),
        (Extension(kind="days", days=3, **{**AGREED, "agreed_on": date(2999, 1, 1)}), "agreed_on", "lies ahead"),
        (Extension(kind="days", days=3, **{**AGREED, "terms": "\u1201 mail"}), "terms", "cannot be printed"),
    ],
)
def test_an_extension_that_says_too_little_is_refused_at_its_field(
    world: World, objections: Deadline, extension: Extension, field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        extend(objections, extension, by=world.bob)

    assert refused.value.field == field
    assert (Extension.objects.count(), events()) == (0, [])


def test_an_extension_needs_who_agreed(world: World, objections: Deadline) -> None:
    with pytest.raises(ValidationError) as refused:
        extend(objections, Extension(kind="days", days=3, agreed_on=date(2025, 6, 30)), by=world.bob)

    assert set(refused.value.message_dict) == {"agreed_with", "terms"}
    assert events() == []


def test_what_shows_it_is_kept_with_its_hash(world: World, objections: Deadline) -> None:
    upload = SimpleUploadedFile("mail.txt", b"Seven days are fine.")

    extension = extend(objections, days(7), by=world.bob, upload=upload)

    assert extension.evidence is not None
    assert extension.evidence.name == "mail.txt"
    assert last_event().details["sha256"] == extension.evidence.sha256


def test_where_it_would_go_is_shown_without_writing(world: World, objections: Deadline) -> None:
    found = extended(objections, days(7))

    assert str(found.due_on) == "2025-07-09"
    objections.refresh_from_db()
    assert (str(objections.due_on), Extension.objects.count(), events()) == ("2025-07-02", 0, [])


def test_one_that_needs_approval_moves_nothing_until_then(world: World, objections: Deadline) -> None:
    confirm(objections, by=world.bob)
    waiting = extend(objections, to_date(date(2025, 7, 31), needs_approval=True), by=world.bob)

    assert (str(objections.due_on), objections.basis, objections.confirmed) == ("2025-07-02", "computed", True)
    assert last_event().details["in_force"] is False

    extend(objections, days(7), by=world.bob)
    approve_extension(waiting, date(2025, 7, 3), by=world.bob)

    objections.refresh_from_db()
    assert (str(objections.due_on), objections.basis, objections.confirmed) == ("2025-07-31", "extended", False)
    assert (str(waiting.old_due), str(waiting.new_due)) == ("2025-07-09", "2025-07-31")
    assert events() == ["deadline_confirmed", "deadline_extended", "deadline_extended", "extension_approved"]
    assert last_event().details == {"approved_on": "2025-07-03", "old": "2025-07-09", "new": "2025-07-31"}
    trail = objections.trail()
    assert trail is not None
    assert trail.steps[-1].rule == "Fed. R. Civ. P. 6(b), 29(b)"
    # Computed anew, it is the same date: the extensions are laid over the count as they came into force.
    assert recompute(world.case) == []
    with pytest.raises(Refused, match="in force already"):
        approve_extension(waiting, date(2025, 7, 3), by=world.bob)


def test_an_approval_that_comes_too_late_to_matter_says_so(world: World, objections: Deadline) -> None:
    waiting = extend(objections, to_date(date(2025, 7, 10), needs_approval=True), by=world.bob)
    extend(objections, days(14), by=world.bob)

    with pytest.raises(Refused, match="July 10, 2025, is not later than July 16, 2025"):
        approve_extension(waiting, date(2025, 7, 3), by=world.bob)

    waiting.refresh_from_db()
    assert waiting.approved_on is None


def test_when_the_base_moves_the_extension_moves_with_it(world: World, objections: Deadline) -> None:
    extend(objections, days(7), by=world.bob)
    service = Service.objects.get()
    service.served_on = date(2025, 6, 20)

    with pytest.raises(MovesToAccept) as asked:
        correct_service(service, by=world.alice, revision=None)
    correct_service(service, by=world.alice, revision=None, moving=Moving("The proof.", asked.value.fingerprint))

    # June 20 + 14 is Independence Day, so Monday, July 7; seven days more.
    objections.refresh_from_db()
    assert (str(objections.computed_on), str(objections.due_on), objections.basis) == ("2025-07-07", "2025-07-14", "extended")


# The court, by hand ---------------------------------------------------------------------------------------------------


def test_what_a_judge_wrote_stands_and_is_never_recomputed(world: World, objections: Deadline) -> None:
    confirm(objections, by=world.bob)
    moment = datetime(2025, 7, 5, 17, tzinfo=world.case.court.zone)

    set_by_court(objections, moment, "Dkt. 215", by=world.bob)

    assert (str(objections.due_on), objections.by_hour, objections.basis) == ("2025-07-05", True, Basis.ORDERED)
    assert (str(objections.computed_on), objections.confirmed) == ("2025-07-02", False)
    assert events() == ["deadline_confirmed", "deadline_ordered"]
    assert last_event().details == {"old": "2025-07-02", "new": "2025-07-05", "source": "Dkt. 215"}

    world.case.court.rule_set = "FRCP-ATLANTIS"
    world.case.court.save()
    close(world, date(2025, 7, 5))
    objections.refresh_from_db()
    assert (str(objections.due_on), objections.proposed_derivation) == ("2025-07-05", None)


def test_an_order_is_named(world: World, objections: Deadline) -> None:
    with pytest.raises(Refused) as refused:
        set_by_court(objections, date(2025, 7, 5), " ", by=world.bob)

    assert (refused.value.field, events()) == ("source", [])


def test_a_date_entered_by_hand_needs_no_rule_set(world: World) -> None:
    world.case.court.rule_set = ""
    world.case.court.save()

    row = set_by_hand(world.case, "Call the vendor", date(2025, 8, 2), "Ms. Park’s e-mail", by=world.bob, ours=True)

    assert (str(row.due_on), row.basis, row.note, row.set_by) == ("2025-08-02", Basis.BY_HAND, "Ms. Park’s e-mail", world.bob)
    assert str(row.due_at) == "2025-08-02 23:59:59-07:00"
    event = Event.objects.get()
    assert (event.act, event.details) == ("deadline_set", {"date": "2025-08-02", "reason": "Ms. Park’s e-mail"})
    assert recompute(world.case) == []


def test_by_hand_needs_a_reason_and_a_title(world: World) -> None:
    with pytest.raises(Refused) as refused:
        set_by_hand(world.case, "Call", date(2025, 8, 1), " ", by=world.bob)
    with pytest.raises(ValidationError) as invalid:
        set_by_hand(world.case, " ", date(2025, 8, 1), "E-mail", by=world.bob)

    assert (refused.value.field, list(invalid.value.message_dict)) == ("reason", ["title"])
    assert not Event.objects.exists()


def test_a_task_that_the_law_gave_no_date_gets_one_by_hand(world: World) -> None:
    row = Deadline.objects.create(
        case=world.case,
        key="service:1:x",
        title="Answers",
        set_by=world.alice,
        zone="America/Los_Angeles",
        refusal={"template": "No."},
    )

    date_by_hand(row, date(2025, 8, 1), "Counted by hand", by=world.bob)

    assert (str(row.due_on), row.refusal, row.basis, row.set_by) == ("2025-08-01", None, Basis.BY_HAND, world.bob)
    with pytest.raises(Refused, match="It has a date"):
        date_by_hand(row, date(2025, 8, 2), "Again", by=world.bob)
    assert [event.act for event in Event.objects.all()] == ["deadline_set"]


# Confirming -------------------------------------------------------------------------------------------------------------


def test_a_second_person_confirms(world: World, objections: Deadline) -> None:
    with pytest.raises(Refused, match="You recorded this date yourself"):
        confirm(objections, by=world.alice)

    confirm(objections, by=world.bob)

    assert (objections.confirmed, objections.confirmed_by) == (True, world.bob)
    with pytest.raises(Refused, match="bob has confirmed this date already"):
        confirm(objections, by=world.bob)
    assert (events(), last_event().details) == (["deadline_confirmed"], {"date": "2025-07-02"})


def test_a_move_takes_the_confirmation_away(world: World, objections: Deadline) -> None:
    confirm(objections, by=world.bob)

    extend(objections, days(7), by=world.bob)

    assert (objections.confirmed_by, objections.confirmed_at, objections.set_by) == (None, None, world.bob)
    with pytest.raises(Refused, match="yourself"):
        confirm(objections, by=world.bob)
    confirm(objections, by=world.alice)
    assert objections.confirmed


# Done ---------------------------------------------------------------------------------------------------------------------


def test_done_says_when_and_what_shows_it(world: World, objections: Deadline) -> None:
    with pytest.raises(Refused) as refused:
        mark_done(objections, date(2025, 7, 1), " ", by=world.bob)
    assert refused.value.field == "done_note"
    with pytest.raises(Refused, match="lies ahead"):
        mark_done(objections, date(2999, 7, 1), "Soon", by=world.bob)

    mark_done(objections, date(2025, 7, 1), "Letter", by=world.bob, upload=SimpleUploadedFile("letter.txt", b"Objection."))

    assert (objections.state, str(objections.done_on), objections.done_by) == (DeadlineState.DONE, "2025-07-01", world.bob)
    assert objections.evidence is not None
    assert objections.next_reminder_at is None
    assert last_event().details == {
        "done_on": "2025-07-01",
        "note": "Letter",
        "due": "2025-07-02",
        "evidence": "letter.txt",
        "sha256": objections.evidence.sha256,
    }
    assert events() == ["deadline_done"]


def test_what_is_done_is_acted_on_no_more(world: World, objections: Deadline) -> None:
    mark_done(objections, date(2025, 7, 1), "Letter", by=world.bob)
    acts: list[Callable[[], object]] = [
        lambda: extend(objections, days(7), by=world.bob),
        lambda: confirm(objections, by=world.bob),
        lambda: mark_done(objections, date(2025, 7, 1), "Letter", by=world.bob),
        lambda: set_by_court(objections, date(2025, 7, 9), "Dkt. 9", by=world.bob),
        lambda: assign(objections, world.bob, by=world.bob),
    ]
    for act in acts:
        with pytest.raises(Refused, match="done already"):
            act()
    assert events() == ["deadline_done"]


def test_it_is_reopened_with_a_reason(world: World, objections: Deadline) -> None:
    with pytest.raises(Refused, match="Only what is done"):
        reopen(objections, "Why not", by=world.bob)
    mark_done(objections, date(2025, 7, 1), "Letter", by=world.bob, upload=SimpleUploadedFile("letter.txt", b"Objection."))
    close(world)
    with pytest.raises(Refused) as refused:
        reopen(objections, " ", by=world.bob)
    assert refused.value.field == "reason"

    reopen(objections, "The letter was about another subpoena.", by=world.bob)

    assert (objections.state, objections.done_on, objections.done_note, objections.evidence) == ("open", None, "", None)
    details = last_event().details
    assert (details["note"], details["evidence"], details["done_on"]) == ("Letter", "letter.txt", "2025-07-01")
    # The court was closed meanwhile: what was not asked while it was done is asked now.
    assert objections.proposed_derivation is None
    recompute_stale()
    objections.refresh_from_db()
    assert str(objections.proposed_on) == "2025-07-03"


def test_only_members_own_a_date(world: World, objections: Deadline) -> None:
    with pytest.raises(Refused, match="charlie does not belong to this case") as refused:
        assign(objections, world.charlie, by=world.bob)
    assert refused.value.field == "owner"

    assign(objections, world.rita, by=world.bob)
    assert objections.owner == world.rita
    assign(objections, None, by=world.bob)

    assert objections.owner_id is None
    assert events() == ["deadline_assigned", "deadline_assigned"]


# What the law gives anew ---------------------------------------------------------------------------------------------


def test_a_closed_court_proposes_and_moves_nothing(world: World, objections: Deadline) -> None:
    confirm(objections, by=world.bob)

    close(world)

    objections.refresh_from_db()
    assert (str(objections.due_on), str(objections.proposed_on), objections.confirmed) == ("2025-07-02", "2025-07-03", True)
    proposal = objections.proposal()
    assert proposal is not None
    assert [step.why for step in proposal.steps if step.day == date(2025, 7, 2)] == ["Flood: the period does not end here"]
    assert events() == ["deadline_confirmed", "dates_computed"]
    # Nothing new, nothing said.
    assert recompute(world.case) == []
    assert events() == ["deadline_confirmed", "dates_computed"]


def test_a_proposal_goes_when_its_reason_goes(world: World, objections: Deadline) -> None:
    close(world).delete()

    recompute_stale()

    objections.refresh_from_db()
    assert (objections.proposed_on, objections.proposed_derivation, objections.proposed_because) == (None, None, "")


def test_a_proposal_is_accepted(world: World, objections: Deadline) -> None:
    confirm(objections, by=world.bob)
    close(world)

    accept_proposal(objections, "Read the order.", by=world.bob)

    assert (str(objections.due_on), str(objections.computed_on), objections.basis) == ("2025-07-03", "2025-07-03", "computed")
    assert (objections.proposed_derivation, objections.confirmed, objections.set_by) == (None, False, world.bob)
    assert last_event().details == {
        "old": "2025-07-02",
        "new": "2025-07-03",
        "because": "The law, the court’s record or its closures changed.",
        "reason": "Read the order.",
        "confirmed_before": "bob",
    }
    with pytest.raises(Refused, match="No other date is proposed any more"):
        accept_proposal(objections, "", by=world.bob)
    assert events() == ["deadline_confirmed", "dates_computed", "deadline_moved"]


def test_accepting_under_an_extension_keeps_what_the_rule_gives(world: World, objections: Deadline) -> None:
    extend(objections, days(7), by=world.bob)
    close(world)

    accept_proposal(objections, "", by=world.alice)

    assert (str(objections.computed_on), str(objections.due_on), objections.basis) == ("2025-07-03", "2025-07-10", "extended")


def test_a_date_is_kept_with_a_reason_and_rests_on_it(world: World, objections: Deadline) -> None:
    confirm(objections, by=world.bob)
    close(world)
    with pytest.raises(Refused) as refused:
        keep_date(objections, "", by=world.bob)
    assert refused.value.field == "reason"

    keep_date(objections, "The recipient is bound to July 2.", by=world.bob)

    assert (str(objections.due_on), objections.basis, objections.confirmed) == ("2025-07-02", Basis.BY_HAND, True)
    assert (objections.proposed_derivation, objections.note) == (None, "The recipient is bound to July 2.")
    assert events() == ["deadline_confirmed", "dates_computed", "deadline_kept"]
    assert recompute(world.case) == []


def test_while_a_date_is_proposed_nothing_is_built_on_the_old_one(world: World, objections: Deadline) -> None:
    close(world)
    for act in (lambda: extend(objections, days(7), by=world.bob), lambda: confirm(objections, by=world.bob)):
        with pytest.raises(Refused, match="Accept it or keep the old one first"):
            act()
    set_by_court(objections, date(2025, 7, 9), "Dkt. 9", by=world.bob)
    assert objections.proposed_derivation is None


def test_a_proposal_holds_up_nobody_who_records_something_else(world: World, objections: Deadline) -> None:
    close(world)

    add_record(ScheduleEntry(case=world.case, kind="trial", day=date(2026, 3, 30), source="Dkt. 9"), by=world.alice)

    objections.refresh_from_db()
    assert (str(objections.due_on), str(objections.proposed_on)) == ("2025-07-02", "2025-07-03")


def test_a_law_that_now_refuses_is_proposed_as_a_task(world: World, objections: Deadline) -> None:
    """The compliance date asks for no calendar; what is counted does, and Atlantis has no rule set."""
    world.case.court.rule_set = "FRCP-ATLANTIS"
    world.case.court.save()
    recompute_stale()

    objections.refresh_from_db()
    assert (str(objections.due_on), objections.proposed_on, objections.proposed_derivation) == ("2025-07-02", None, {"void": True})
    task = Deadline.objects.get(due_on=None)
    assert task.title == "Dates that follow from service"

    accept_proposal(objections, "The task stands for it.", by=world.bob)

    assert (objections.state, str(objections.due_on)) == (DeadlineState.VOID, "2025-07-02")
    assert last_event().details["new"] == "none"
    with pytest.raises(Refused, match="no longer applies"):
        confirm(objections, by=world.bob)

    # The rule set comes back: the task goes without a word, the date stands again.
    world.case.court.rule_set = "FRCP-CAND"
    world.case.court.save()
    recompute_stale()
    objections.refresh_from_db()
    task.refresh_from_db()
    assert (objections.state, task.state) == (DeadlineState.OPEN, DeadlineState.VOID)


def test_a_count_that_the_law_refuses_keeps_its_date_until_somebody_decides(world: World, objections: Deadline) -> None:
    Extension.objects.create(
        deadline=objections, kind="days", days=9000, old_due="2025-07-02", new_due="2025-07-02", recorded_by=world.bob, **AGREED
    )  # beyond the last year of the calendar

    recompute(world.case)

    objections.refresh_from_db()
    assert (str(objections.due_on), objections.proposed_on) == ("2025-07-02", None)
    assert objections.proposed_derivation is not None
    assert "holds no holidays" in objections.proposed_derivation["refusal"]["template"]

    accept_proposal(objections, "", by=world.bob)

    assert (objections.due_on, objections.computed_on, objections.derivation) == (None, None, None)
    assert objections.refusal is not None
    assert (objections.state, objections.next_reminder_at) == ("open", None)


def test_a_proposal_that_is_old_news_is_not_accepted(world: World, objections: Deadline) -> None:
    close(world)
    CourtClosure.objects.create(court=world.case.court, day=date(2025, 7, 3), name="Flood", source="General Order 73")

    with pytest.raises(Refused, match="look again in a minute"):
        accept_proposal(objections, "", by=world.bob)

    recompute_stale()
    accept_proposal(objections, "", by=world.bob)
    assert str(objections.due_on) == "2025-07-07"


def test_looking_again_writes_nothing_where_nothing_changed(world: World, objections: Deadline) -> None:
    before = list(Deadline.objects.order_by("pk").values())

    recompute(world.case)

    assert list(Deadline.objects.order_by("pk").values()) == before


# Two people at once -----------------------------------------------------------------------------------------------------


def test_nobody_acts_on_a_date_that_was_not_on_the_screen(world: World, objections: Deadline) -> None:
    seen = objections.revision
    extend(objections, days(7), by=world.alice, revision=seen)
    acts: list[Callable[[], object]] = [
        lambda: confirm(objections, by=world.bob, revision=seen),
        lambda: extend(objections, days(3), by=world.bob, revision=seen),
        lambda: set_by_court(objections, date(2025, 7, 20), "Dkt. 9", by=world.bob, revision=seen),
        lambda: mark_done(objections, date(2025, 7, 1), "Letter", by=world.bob, revision=seen),
    ]

    for act in acts:
        with pytest.raises(Conflict, match=ACT_SEEN) as conflict:
            act()
        assert conflict.value.revision == objections.revision

    assert (events(), str(objections.due_on)) == (["deadline_extended"], "2025-07-09")


def test_of_two_who_confirm_at_once_the_second_hears_of_the_first(world: World, objections: Deadline) -> None:
    loaded = Deadline.objects.get(pk=objections.pk)
    confirm(objections, by=world.bob)

    with pytest.raises(Refused, match="bob has confirmed this date already"):
        confirm(loaded, by=world.rita)

    assert events() == ["deadline_confirmed"]


def test_the_clock_says_whether_it_is_overdue(objections: Deadline) -> None:
    assert objections.due_at == datetime(2025, 7, 3, 6, 59, 59, tzinfo=UTC)
    assert [objections.overdue(datetime(2025, 7, 3, hour, tzinfo=UTC)) for hour in (6, 7)] == [False, True]
    objections.state = DeadlineState.DONE.value
    assert not objections.overdue(timezone.now())
