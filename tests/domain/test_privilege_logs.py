"""Privilege logs: versions and what goes along, challenges, our own log's entries, findings, claw-backs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.domain.errors import Conflict, Refused
from discovery.domain.privilege import clawbacks
from discovery.domain.privilege.challenges import MOVES, challenge_entries, close_challenge
from discovery.domain.privilege.clawbacks import act_on_clawback, note_clawback
from discovery.domain.privilege.findings import checks_of, counts_of, found_in, marked
from discovery.domain.privilege.logs import (
    change_entries,
    fingerprint,
    mark_log_served,
    next_version,
    record_log,
    rule_of_claim,
    start_log,
)
from discovery.domain.privilege.versions import carry_over, numbers_in
from discovery.enums import ChallengeOutcome, ClawbackState, LogKind, Side
from discovery.models import Clawback, Deadline, Event, PrivilegeLog, PrivilegeLogEntry, RespondingParty
from tests.factories import World

DAY = date(2025, 8, 20)


def entry(number: int, **fields: Any) -> PrivilegeLogEntry:
    good = {
        "sent": "12/05/2023",
        "sent_on": date(2023, 12, 5),
        "sender": "Ann Lee*",
        "recipients": "Bo",
        "basis": "attorney_client",
        "basis_text": "Attorney-Client",
        "description": f"E-mail asking counsel about clause {number} of the draft license",
    }
    return PrivilegeLogEntry(number=number, **{**good, **fields})


def recorded(world: World, *entries: PrivilegeLogEntry, on: date | None = DAY, **facts: Any) -> PrivilegeLog:
    log = PrivilegeLog(responding_party=world.responder, served_on=on, kind=facts.pop("kind", "document"))
    return record_log(log, entries, by=world.alice, **facts)


def ours(world: World) -> PrivilegeLog:
    responder, _made = RespondingParty.objects.get_or_create(case=world.case, person=world.client.person)
    return start_log(responder, LogKind.DOCUMENT, "", by=world.alice)


def refused(act: Any, *args: Any, **facts: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.field, str(caught.value)


def state(log: PrivilegeLog) -> dict[int, str]:
    return dict(log.entries.values_list("number", "challenge"))


def told(act: str) -> list[dict[str, Any]]:
    return [event.details for event in Event.objects.filter(act=act).order_by("number")]


def test_a_newer_version_supersedes_and_carries_challenges_by_bates_then_by_number(world: World) -> None:
    old = recorded(world, entry(1, bates_first="A1"), entry(2, bates_first="A2"), entry(3), entry(4), entry(5))
    challenge_entries(old, [1, 3, 5], "No author", DAY, by=world.alice)

    # A1 is entry 2 by now, 3 is unchanged, 4 is described anew, 5 vanished while it was challenged, 9 is new.
    same = entry(2, bates_first="A1", description=entry(1).description)
    new = recorded(world, same, entry(3), entry(4, description="Other words altogether for this"), entry(9))

    old.refresh_from_db()
    assert (old.superseded, old.number, new.superseded, new.number) == (True, 1, False, 2)
    assert state(new) == {2: "open", 3: "open", 4: "", 9: ""}
    assert new.entries.get(number=2).challenge_note == "No author"
    assert told("log_recorded")[1] == {
        "version": 2,
        "entries": 4,
        "served_on": "2025-08-20",
        "added": [9],
        "added_total": 1,
        "changed": [4],
        "changed_total": 1,
        "vanished": [2, 5],
        "vanished_total": 2,
        "lost": [5],
        "lost_total": 1,
        "challenges_carried": 2,
    }


versions = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(["", "A", "B", "C"]), st.booleans()), max_size=6, unique_by=lambda one: one[0]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(versions, versions)
def test_no_challenge_is_carried_twice_and_none_is_lost_without_a_word(
    before: list[tuple[int, str, bool]], after: list[tuple[int, str, bool]]
) -> None:
    old = [PrivilegeLogEntry(number=number, bates_first=bates, challenge="open" if one else "") for number, bates, one in before]
    new = [PrivilegeLogEntry(number=number, bates_first=bates) for number, bates, _one in after]

    found = carry_over(old, new)

    challenged = sum(1 for one in old if one.challenge)
    assert found.carried == sum(1 for one in new if one.challenge)
    assert found.carried + len(found.lost) == challenged
    assert len(found.added) + len(old) - len(found.vanished) == len(new)


def test_numbers_are_read_from_words() -> None:
    assert numbers_in("RFP 3, 5-7; 12 to 13") == {3, 5, 6, 7, 12, 13}
    assert numbers_in("7-5") == {5, 7}
    assert numbers_in("none") == set()


def test_entries_are_tied_to_the_requests_they_name_when_one_is_meant(world: World) -> None:
    world.served_subpoena(3)
    log = recorded(world, entry(1, requests="1, 3"), entry(2, requests="9"))

    assert [row.number for row in log.entries.get(number=1).rows.all()] == [1, 3]
    assert log.entries.get(number=2).rows.count() == 0


def test_what_cannot_be_recorded_is_refused(world: World) -> None:
    ahead = timezone.localdate() + timedelta(days=2)
    assert refused(recorded, world, on=ahead)[0] == "served_on"
    assert "Entry number 1 stands more than once" in refused(recorded, world, entry(1), entry(1))[1]
    assert "Entry 1: The character U+0007" in refused(recorded, world, entry(1, subject="\x07"))[1]
    assert "more than 60 characters" in refused(recorded, world, entry(1, bates_first="x" * 61))[1]
    first = recorded(world, entry(1), expected=0)
    with pytest.raises(Conflict):
        recorded(world, entry(1), expected=0)
    recorded(world, entry(1), expected=first.pk)
    assert PrivilegeLog.objects.count() == 2


def test_the_rule_follows_the_standing_of_the_party(world: World) -> None:
    party = RespondingParty.objects.create(case=world.case, person=world.opponent.person)
    assert [rule_of_claim(one) for one in (world.responder, party)] == [
        "Fed. R. Civ. P. 45(e)(2)(A)",
        "Fed. R. Civ. P. 26(b)(5)(A)",
    ]


# Challenges --------------------------------------------------------------------------------------------------------------


def test_every_move_that_the_table_allows_is_possible_and_no_other(world: World) -> None:
    log = recorded(world, *(entry(number) for number in range(1, 40)))
    numbers = iter(range(1, 40))
    for start, allowed in MOVES.items():
        for outcome in ChallengeOutcome:
            number = next(numbers)
            log.entries.filter(number=number).update(challenge=start, challenged_on=DAY if start else None)

            def act(chosen: int, wanted: ChallengeOutcome = outcome) -> int:
                if wanted == ChallengeOutcome.OPEN:
                    return challenge_entries(log, [chosen], "Why", DAY, by=world.alice)
                return close_challenge(log, [chosen], wanted, DAY, by=world.alice)

            if outcome.value in allowed:
                act(number)
                assert state(log)[number] == outcome.value
            else:
                assert refused(act, number)[0] == "numbers"
                assert state(log)[number] == start


def test_a_challenge_needs_reason_entries_that_are_there_and_a_day_that_fits(world: World) -> None:
    log = recorded(world, entry(1), entry(2))
    ahead = timezone.localdate() + timedelta(days=2)
    act = challenge_entries
    assert refused(act, log, [1], " ", DAY, by=world.alice)[0] == "note"
    assert refused(act, log, [], "Why", DAY, by=world.alice)[0] == "numbers"
    assert refused(act, log, [1, 7, 9], "Why", DAY, by=world.alice) == ("numbers", "The log has no entry 7, 9.")
    assert refused(act, log, [1], "Why", ahead, by=world.alice)[0] == "challenged_on"
    assert refused(act, log, [1], "Why", DAY - timedelta(days=1), by=world.alice)[0] == "challenged_on"
    act(log, [1, 2, 1], "Why", DAY + timedelta(days=2), by=world.alice)
    early = refused(close_challenge, log, [1], ChallengeOutcome.UPHELD, DAY, by=world.alice)
    assert early[0] == "closed_on"
    assert told("entries_challenged") == [{"entries": [1, 2], "note": "Why", "on": "2025-08-22"}]
    recorded(world, entry(1))
    log.refresh_from_db()
    assert "superseded" in refused(act, log, [1], "Why", DAY, by=world.alice)[1]


# Our own log -------------------------------------------------------------------------------------------------------------


def test_our_log_is_written_served_and_followed_by_a_next_version(world: World) -> None:
    log = ours(world)
    assert (log.side, log.number) == (Side.OURS, 1)
    assert "no entries yet" in refused(mark_log_served, log, DAY, by=world.alice)[1]
    [first, _second] = change_entries(log, [PrivilegeLogEntry(description="A"), PrivilegeLogEntry(description="B")], by=world.alice)
    assert "not served yet" in refused(challenge_entries, log, [1], "Why", DAY, by=world.alice)[1]
    first.description = "A, said better"
    change_entries(log, [first], by=world.alice, removed=[2])
    assert told("log_changed")[1]["entries"]["1"] == {"description": ["A", "A, said better"]}
    assert told("log_changed")[1]["entries"]["2"]["removed"]["description"] == "B"
    mark_log_served(log, DAY, by=world.alice)

    for act in (lambda: change_entries(log, [first], by=world.alice), lambda: mark_log_served(log, DAY, by=world.alice)):
        assert "was served and stays as it is" in refused(act)[1]
    new = next_version(log, by=world.alice)
    assert [(one.number, one.description) for one in new.entries.all()] == [(1, "A, said better")]
    assert (new.number, new.served_on, PrivilegeLog.objects.get(pk=log.pk).superseded) == (2, None, True)
    assert "Only the current version" in refused(next_version, log, by=world.alice)[1]


def test_two_who_change_one_entry_at_once_are_both_told(world: World) -> None:
    log = ours(world)
    [kept] = change_entries(log, [PrivilegeLogEntry(description="A")], by=world.alice)
    seen = fingerprint(kept)
    kept.description = "Alice's"
    change_entries(log, [kept], by=world.alice, seen=seen)
    mine = PrivilegeLogEntry.objects.get(pk=kept.pk)
    mine.description = "Bob's"

    with pytest.raises(Conflict) as conflict:
        change_entries(log, [mine], by=world.bob, seen=seen)

    assert conflict.value.theirs["description"] == "Alice's"
    change_entries(log, [mine], by=world.bob, seen=conflict.value.revision)
    assert log.entries.get().description == "Bob's"


def test_their_log_stays_as_it_came(world: World) -> None:
    log = recorded(world, entry(1))
    for act in (change_entries, next_version):
        assert "theirs" in refused(act, log, by=world.alice)[1]
    assert refused(start_log, world.responder, LogKind.DOCUMENT, "", by=world.alice)[0] == "responding_party"


# Check 20 ----------------------------------------------------------------------------------------------------------------

FLAWS: dict[str, dict[str, Any]] = {
    "date": {"sent": "", "sent_on": None},
    "date-unread": {"sent": "25/12/2023", "sent_on": None},
    "time-unread": {"sent_time": "4:42 LM"},
    "author": {"sender": "", "recipients": "Bo*"},
    "recipient": {"recipients": ""},
    "basis": {"basis": "", "basis_text": ""},
    "description": {"description": ""},
    "boilerplate": {"description": "Confidential attorney-client communication"},
    "attorney": {"sender": "Ann Lee"},
}


def found(log: PrivilegeLog) -> dict[int, list[str]]:
    conditions = checks_of(log)
    rows = marked(log.entries.all(), conditions)
    return {one.number: [check.key for check in found_in(one, conditions)] for one in rows}


def test_each_check_finds_its_flaw_and_nothing_else(world: World) -> None:
    flawed = [entry(number, **flaw) for number, flaw in enumerate(FLAWS.values(), start=1)]
    log = recorded(world, *flawed, entry(10, sent_time="4:42 PM"), entry(14))

    expected = {number: [key] for number, key in enumerate(FLAWS, start=1)} | {10: [], 14: ["jump"]}
    assert found(log) == expected
    counts = counts_of(log, checks_of(log))
    assert counts == {"any": 10, **dict.fromkeys(FLAWS, 1), "jump": 1}


def test_words_that_stand_in_many_entries_are_boilerplate(world: World) -> None:
    same = "E-mail of counsel about the license and its price"
    log = recorded(world, *(entry(number, description=same) for number in range(1, 6)), entry(6))
    assert {number for number, keys in found(log).items() if "boilerplate" in keys} == {1, 2, 3, 4, 5}


def test_a_log_by_category_is_held_to_what_a_category_can_say(world: World) -> None:
    log = recorded(world, PrivilegeLogEntry(number=1, sent="January-March 2024", description=""), kind="category")
    assert found(log) == {1: ["basis", "description"]}


# Claw-backs --------------------------------------------------------------------------------------------------------------


def noticed(world: World, responder: RespondingParty | None = None) -> Clawback:
    notice = Clawback(responding_party=responder or world.responder, pages="8VC000001–8VC000034", noticed_on=DAY)
    return note_clawback(notice, DAY + timedelta(days=5), by=world.alice)


def test_a_notice_keeps_the_day_that_a_person_sets(world: World) -> None:
    party = RespondingParty.objects.create(case=world.case, person=world.opponent.person)
    client = RespondingParty.objects.create(case=world.case, person=world.client.person)
    for responder, rule, ours_to_act in ((None, "45(e)(2)(B)", True), (party, "26(b)(5)(B)", True), (client, "26(b)(5)(B)", False)):
        row = noticed(world, responder).deadline
        assert row is not None
        assert (row.kind, row.basis, row.due_on, row.ours) == ("clawback", "by_hand", date(2025, 8, 25), ours_to_act)
        assert f"Fed. R. Civ. P. {rule}: promptly after notice of August 20, 2025" in row.note
    assert Event.objects.filter(act="clawback_noticed").count() == Deadline.objects.count() == 3


def test_a_day_is_never_guessed(world: World) -> None:
    notice = Clawback(responding_party=world.responder, pages="A1", noticed_on=DAY)
    assert refused(note_clawback, notice, None, by=world.alice)[0] == "act_by"
    assert refused(note_clawback, notice, DAY - timedelta(days=1), by=world.alice)[0] == "act_by"
    assert Deadline.objects.count() == Clawback.objects.count() == 0


def test_acts_follow_the_table_and_close_the_date(world: World) -> None:
    for start, allowed in clawbacks.MOVES.items():
        for wanted in ClawbackState:
            row = noticed(world)
            Clawback.objects.filter(pk=row.pk).update(state=start)
            if wanted in allowed:
                act_on_clawback(row, wanted, DAY, by=world.alice, revision=row.revision)
                assert (row.state, row.acted_on) == (wanted.value, DAY)
            else:
                assert refused(act_on_clawback, row, wanted, DAY, by=world.alice)[0] == "state"


def test_the_duty_met_is_done_and_a_claim_withdrawn_ends_it(world: World) -> None:
    met, ended = noticed(world), noticed(world)
    act_on_clawback(met, ClawbackState.SEQUESTERED, DAY + timedelta(days=1), by=world.bob, note="Vendor confirmed")
    act_on_clawback(ended, ClawbackState.WITHDRAWN, DAY, by=world.bob)

    rows = [Deadline.objects.get(clawback=one) for one in (met, ended)]
    assert [(row.state, row.done_on, row.done_note) for row in rows] == [
        ("done", date(2025, 8, 21), "Sequestered"),
        ("void", None, ""),
    ]
    assert refused(act_on_clawback, met, ClawbackState.RETURNED, DAY, by=world.bob)[0] == "acted_on"
    with pytest.raises(Conflict):
        act_on_clawback(met, ClawbackState.RETURNED, DAY + timedelta(days=2), by=world.bob, revision=1)
    act_on_clawback(met, ClawbackState.SUBMITTED, DAY + timedelta(days=2), by=world.bob, docket_entry="Dkt. 210-226")
    act_on_clawback(met, ClawbackState.OVERRULED, DAY + timedelta(days=9), by=world.bob)
    assert [one["new"] for one in told("clawback_changed")] == ["sequestered", "withdrawn", "submitted", "overruled"]
