"""Runs inside an installation, as racing.py does: rulings and motions recorded at the same moment."""

from __future__ import annotations

import sys
from datetime import date

import django

django.setup()

from discovery.domain.disputes.motions import record_motion
from discovery.domain.disputes.ruling import Mended, Said, correct_rulings, rule
from discovery.models import Dispute, Event, Order, Ruling
from tests.faults.racing import Act, Races, Scene, main
from tests.filed import dispute_over, order_of


class RulingRaces(Races):
    """Each method sets a scene: the acts that happen at once, and what must hold after."""

    def _letter(self) -> Dispute:
        self.count += 1
        demand = self.world.served_set(2)
        return dispute_over(self.world, demand, title=f"Letter {self.count}")

    def _said(self, letter: Dispute, outcome: str, seen: int | None = None) -> list[Said]:
        return [Said(dispute=letter, row=one.row, outcome=outcome, seen=seen) for one in letter.requests.select_related("row")]

    def _one_stands(self, letter: Dispute, made: int) -> str:
        found = list(Ruling.objects.filter(dispute=letter).values_list("row", "superseded"))
        standing = [row for row, superseded in found if not superseded]
        status = Dispute.objects.get(pk=letter.pk).status
        right = len(found) == made and len(standing) == len(set(standing)) == 2 and status == "decided"
        return "" if right else f"{found}, {status}"

    def two_rule_for_one_order(self) -> Scene:
        letter, order = self._letter(), order_of(self.world)
        acts: list[Act] = [
            lambda: rule(order, self._said(letter, "granted", seen=0), by=self.world.alice),
            lambda: rule(Order.objects.get(pk=order.pk), self._said(letter, "denied", seen=0), by=self.world.bob),
        ]

        def after() -> str:
            told = Event.objects.filter(subject=f"order:{order.pk}", act="ruled").count()
            outcomes = set(Ruling.objects.filter(dispute=letter).values_list("outcome", flat=True))
            return self._one_stands(letter, 2) or ("" if (told, len(outcomes)) == (1, 1) else f"{told} events, {outcomes}")

        return acts, after

    def two_orders_say_what_they_saw(self) -> Scene:
        letter = self._letter()
        orders = [order_of(self.world), order_of(self.world)]
        acts: list[Act] = [
            lambda: rule(orders[0], self._said(letter, "granted", seen=0), by=self.world.alice),
            lambda: rule(orders[1], self._said(letter, "denied", seen=0), by=self.world.bob),
        ]
        return acts, lambda: self._one_stands(letter, 2)

    def two_orders_reconsider(self) -> Scene:
        letter = self._letter()
        first = order_of(self.world)
        rule(first, self._said(letter, "granted"), by=self.world.alice)
        orders = [order_of(self.world, reconsiders=first), order_of(self.world, reconsiders=first)]
        acts: list[Act] = [
            lambda: rule(orders[0], self._said(letter, "denied"), by=self.world.alice),
            lambda: rule(orders[1], self._said(letter, "moot"), by=self.world.bob),
        ]
        return acts, lambda: self._one_stands(letter, 6)

    def two_mend_one_ruling(self) -> Scene:
        letter, order = self._letter(), order_of(self.world)
        made = rule(order, self._said(letter, "granted"), by=self.world.alice)[0]
        loaded = [Ruling.objects.get(pk=made.pk) for _who in range(2)]
        acts: list[Act] = [
            lambda: correct_rulings(order, [Mended(ruling=loaded[0], outcome="denied", revision=1)], by=self.world.alice),
            lambda: correct_rulings(order, [Mended(ruling=loaded[1], outcome="moot", revision=1)], by=self.world.bob),
        ]

        def after() -> str:
            revision = Ruling.objects.get(pk=made.pk).revision
            told = Event.objects.filter(subject=f"order:{order.pk}", act="order_changed").count()
            return "" if (revision, told) == (2, 1) else f"revision {revision}, {told} events"

        return acts, after

    def two_motions(self) -> Scene:
        case, day = self.world.case, date(2025, 7, 1)
        told = {"kind": "motion_to_quash", "title": "Motion", "moved_by": "Witness Corp.", "side": "theirs"}
        before = Dispute.objects.filter(case=case).count()
        acts: list[Act] = [
            lambda: record_motion(Dispute(case=case, **told), [], day, by=self.world.alice),
            lambda: record_motion(Dispute(case=case, **told), [], day, by=self.world.bob),
        ]

        def after() -> str:
            numbers = list(Dispute.objects.filter(case=case).order_by("number").values_list("number", flat=True))
            return "" if numbers == list(range(1, before + 3)) else f"numbers {numbers}"

        return acts, after


if __name__ == "__main__":
    main(int(sys.argv[1]), RulingRaces)
