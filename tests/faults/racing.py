"""Runs inside an installation: pairs of verbs at the same moment, many rounds each; prints what came of them as JSON.

A race is lost when the rows contradict each other afterwards, or when a loser gets anything but a Refused, which a screen can show.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date

import django

django.setup()

from django.db import connections

from discovery.domain.answers.answering import record_response
from discovery.domain.approval import approve, reopen, withdraw
from discovery.domain.cases import add_member, remove_member
from discovery.domain.dates.deadlines import confirm, extend, mark_done, set_by_hand
from discovery.domain.demands import change_subpoena, start_subpoena
from discovery.domain.drafts.drafting import claim, request_draft
from discovery.domain.errors import Refused
from discovery.domain.events import broken_links
from discovery.domain.sets import NewText, add_items, change_item, change_set, move_item, remove_item
from discovery.models import CaseMembership, Deadline, Demand, Draft, Event, Extension, PartyNotice, RequestSet, Response, Subpoena
from tests.factories import World, make_world

Act = Callable[[], object]
Scene = tuple[list[Act], Callable[[], str]]


class Races:
    """Each method sets a scene: the acts that happen at once, and what must hold after."""

    def __init__(self) -> None:
        self.world: World = make_world()
        self.count = 0

    def _demand(self, requests: int = 5) -> Demand:
        self.count += 1
        responder = self.world.another_responder(f"Bank {self.count}")
        return self.world.subpoena(responder, name=f"Set {self.count}", requests=requests).demand

    def _numbers(self, request_set: RequestSet, left: int) -> str:
        numbers = list(request_set.requests.order_by("number").values_list("number", flat=True))
        return "" if numbers == list(range(1, left + 1)) else f"numbers {numbers}"

    def two_removals(self) -> Scene:
        request_set = self._demand().request_set
        first, second = request_set.requests.get(number=2), request_set.requests.get(number=4)
        acts: list[Act] = [lambda: remove_item(first, by=self.world.alice), lambda: remove_item(second, by=self.world.bob)]
        return acts, lambda: self._numbers(request_set, 3)

    def two_moves(self) -> Scene:
        request_set = self._demand().request_set
        first, second = request_set.requests.get(number=1), request_set.requests.get(number=3)
        acts: list[Act] = [lambda: move_item(first, 4, by=self.world.alice), lambda: move_item(second, 5, by=self.world.bob)]
        return acts, lambda: self._numbers(request_set, 5)

    def two_additions(self) -> Scene:
        request_set = self._demand().request_set
        acts: list[Act] = [
            lambda: add_items(request_set, "request", [NewText("", "Alice's.")], by=self.world.alice),
            lambda: add_items(request_set, "request", [NewText("", "Bob's.")], by=self.world.bob),
        ]
        return acts, lambda: self._numbers(request_set, 7)

    def approval_and_edit(self) -> Scene:
        demand = self._demand()
        item, request_set = demand.request_set.requests.get(number=1), RequestSet.objects.get(pk=demand.request_set_id)
        request_set.preamble = "Bob's preamble."
        subpoena = Subpoena.objects.get(pk=demand.pk)
        subpoena.addressee = "Bob's addressee"
        notice = PartyNotice.objects.get(pk=demand.pk)
        acts: list[Act] = [
            lambda: approve(demand, by=self.world.alice),
            lambda: change_item(item, NewText("", "Bob's words."), by=self.world.bob, revision=1),
            lambda: change_set(request_set, by=self.world.bob, revision=1),
            lambda: change_subpoena(subpoena, by=self.world.bob, revision=1, notice=notice),
        ]
        return acts, lambda: self._frozen_is_live(demand.pk)

    def _frozen_is_live(self, pk: int) -> str:
        demand = Demand.objects.get(pk=pk)
        if demand.status != "approved" or demand.request_set.status != "frozen":
            return f"{demand.status}, set {demand.request_set.status}"
        assert demand.approved_version is not None
        assert demand.approved_snapshot is not None
        frozen = demand.approved_version
        live = [request.text for request in demand.request_set.requests.order_by("number")]
        same_text = [row["text"] for row in frozen.part("requests")] == live
        same_words = frozen.content["preamble"] == demand.request_set.preamble
        same_form = json.dumps(demand.subpoena.addressee) in demand.approved_snapshot.content
        return "" if same_text and same_words and same_form else "what is frozen is not what is stored"

    def reopening_and_approval(self) -> Scene:
        demand = self._demand()
        other = start_subpoena(demand.request_set, self.world.another_responder(f"Second {self.count}"), by=self.world.bob)
        form = {"place_street": "1 Plaza", "place_city": "Oakland", "compliance_date": "2025-07-02", "compliance_time": "17:00"}
        Subpoena.objects.filter(pk=other.pk).update(issue_date="2025-06-18", **form)
        approve(demand, by=self.world.alice)
        acts: list[Act] = [lambda: reopen(demand, by=self.world.alice), lambda: approve(other, by=self.world.alice)]

        def after() -> str:
            request_set = RequestSet.objects.get(pk=demand.request_set_id)
            approved = request_set.demands.filter(status="approved").exists()
            return "" if approved == (request_set.status == "frozen") else f"set {request_set.status}, approved {approved}"

        return acts, after

    def two_starts(self) -> Scene:
        demand, responder = self._demand(), self.world.another_responder(f"Third {self.count}")
        act: Act = lambda: start_subpoena(  # noqa: E731 - the same act twice
            RequestSet.objects.get(pk=demand.request_set_id), responder, by=self.world.bob
        )
        return [act, act], lambda: "" if responder.demands.count() == 1 else f"{responder.demands.count()} demands"

    def two_clicks(self) -> Scene:
        pk = self._demand().pk
        act: Act = lambda: request_draft(Demand.objects.get(pk=pk), "subpoena", by=self.world.bob)  # noqa: E731
        return [act, act], lambda: "" if Draft.objects.filter(demand=pk).count() == 1 else "two drafts"

    def two_workers(self) -> Scene:
        draft = request_draft(self._demand(), "subpoena", by=self.world.bob)
        return [lambda: claim(draft.pk)] * 2, lambda: "" if Draft.objects.get(pk=draft.pk).attempts == 1 else "claimed twice"

    def _date(self) -> Deadline:
        self.count += 1
        day = date(2027, 3, 1)
        return set_by_hand(self.world.case, f"Date {self.count}", day, "Asked for", by=self.world.alice)

    def two_confirm(self) -> Scene:
        deadline = self._date()
        loaded = [Deadline.objects.get(pk=deadline.pk) for _who in range(2)]
        acts: list[Act] = [lambda: confirm(loaded[0], by=self.world.bob), lambda: confirm(loaded[1], by=self.world.rita)]
        acts_told = Event.objects.filter(subject=f"deadline:{deadline.pk}", act="deadline_confirmed")
        return acts, lambda: "" if acts_told.count() == 1 else f"{acts_told.count()} confirmed"

    def two_extend_what_they_saw(self) -> Scene:
        deadline = self._date()
        told = {"kind": "days", "agreed_on": date(2025, 7, 1), "agreed_with": "Counsel", "terms": "E-mail"}
        acts: list[Act] = [
            lambda: extend(Deadline(pk=deadline.pk), Extension(days=7, **told), by=self.world.alice, revision=1),
            lambda: extend(Deadline(pk=deadline.pk), Extension(days=9, **told), by=self.world.bob, revision=1),
            lambda: confirm(Deadline(pk=deadline.pk), by=self.world.bob, revision=1),
        ]

        def after() -> str:
            row = Deadline.objects.get(pk=deadline.pk)
            moved = [extension.new_due for extension in row.extensions.all()]
            told = list(Event.objects.filter(subject=f"deadline:{row.pk}").values_list("act", flat=True).order_by("number"))
            one_won = (moved == [row.due_on]) != row.confirmed and len(told) == 2
            return "" if one_won else f"{moved}, due {row.due_on}, {row.confirmed_by}, {told}"

        return acts, after

    def _date_of_a_set(self) -> Deadline:
        return Deadline.objects.get(demand=self.world.served_set(2), kind="response")

    def an_answer_and_an_extension(self) -> Scene:
        deadline = self._date_of_a_set()
        told = {"kind": "days", "agreed_on": date(2025, 7, 1), "agreed_with": "Counsel", "terms": "E-mail"}
        answer = Response(demand=deadline.demand, kind="initial", served_on=date(2025, 7, 10), method="personal")
        acts: list[Act] = [
            lambda: record_response(answer, by=self.world.alice),
            lambda: extend(Deadline(pk=deadline.pk), Extension(days=7, **told), by=self.world.bob),
        ]

        def after() -> str:
            row = Deadline.objects.get(pk=deadline.pk)
            agreed: list[date | None] = [extension.new_due for extension in row.extensions.all()] or [deadline.due_on]
            return "" if (row.state, [row.due_on]) == ("done", agreed) else f"{row.state}, due {row.due_on}, agreed {agreed}"

        return acts, after

    def a_withdrawal_and_what_is_done(self) -> Scene:
        deadline = self._date_of_a_set()
        demand, day = deadline.demand, date(2025, 7, 10)
        assert demand is not None
        acts: list[Act] = [
            lambda: withdraw(demand, "Served in error", by=self.world.alice),
            lambda: mark_done(Deadline(pk=deadline.pk), day, "Answered by letter", by=self.world.bob),
        ]

        def after() -> str:
            done = Event.objects.filter(subject=f"deadline:{deadline.pk}", act="deadline_done").exists()
            state = Deadline.objects.get(pk=deadline.pk).state
            return "" if state == ("done" if done else "void") else f"told as done {done}, {state}"

        return acts, after

    def two_owners_leave(self) -> Scene:
        case, alice = self.world.case, self.world.alice
        charlie = add_member(case, self.world.charlie, "owner", by=alice)
        hers = CaseMembership.objects.get(case=case, user=alice)
        acts: list[Act] = [lambda: remove_member(hers, by=self.world.charlie), lambda: remove_member(charlie, by=alice)]

        def after() -> str:
            owners = CaseMembership.objects.filter(case=case, role="owner").count()
            CaseMembership.objects.filter(case=case, user__in=[alice, self.world.charlie]).delete()
            CaseMembership.objects.create(case=case, user=alice, role="owner", may_approve=True)
            return "" if owners == 1 else f"{owners} owners"

        return acts, after


def race(acts: list[Act]) -> list[str]:
    """Start the acts together, each on a connection of its own; return what went wrong besides refusals."""
    gate, wrong = threading.Barrier(len(acts)), []

    def run(act: Act) -> None:
        try:
            gate.wait()
            act()
        except Refused:
            pass
        except Exception as error:  # noqa: BLE001 - the finding itself
            wrong.append(f"{type(error).__name__}: {error}".splitlines()[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def main(rounds: int, kind: type[Races] = Races) -> None:
    """Run every race of a class and print, by name, what went wrong and how often."""
    races = kind()
    found: dict[str, dict[str, int]] = {}
    for name in [name for name in vars(kind) if not name.startswith("_")]:
        lost: Counter[str] = Counter()
        for _round in range(rounds):
            acts, after = getattr(races, name)()
            lost.update(race(acts))
            lost.update([wrong for wrong in [after()] if wrong])
        found[name] = dict(lost)
    found["events"] = {str(event): 1 for event in broken_links(races.world.case.pk)}
    print(json.dumps(found))  # noqa: T201 - the test reads this line


if __name__ == "__main__":
    main(int(sys.argv[1]))
