"""Runs inside an installation, as racing.py does: versions of privilege logs, challenges, and rows that two act on at once."""

from __future__ import annotations

import sys
from datetime import date

import django

django.setup()

from discovery.domain.conferrals.conferring import confer
from discovery.domain.disputes.disputing import move_request, take_out
from discovery.domain.matrix.acts import assign_rows
from discovery.domain.privilege.challenges import challenge_entries
from discovery.domain.privilege.logs import change_entries, mark_log_served, next_version, record_log, start_log
from discovery.enums import LogKind
from discovery.models import (
    Attendee,
    Conferral,
    ConferredRequest,
    Dispute,
    DisputedRequest,
    PrivilegeLog,
    PrivilegeLogEntry,
    RequestRow,
    RespondingParty,
)
from tests.disputes import started
from tests.faults.racing import Act, Races, Scene, main

DAY = date(2025, 8, 20)


class LogRaces(Races):
    """Each method sets a scene: the acts that happen at once, and what must hold after."""

    def _responder(self) -> RespondingParty:
        self.count += 1
        return self.world.another_responder(f"Fund {self.count}")

    def _entries(self, count: int = 3) -> list[PrivilegeLogEntry]:
        return [PrivilegeLogEntry(number=number, description=f"Advice {number}") for number in range(1, count + 1)]

    def _theirs(self) -> PrivilegeLog:
        log = PrivilegeLog(responding_party=self._responder(), served_on=DAY, kind=LogKind.DOCUMENT.value)
        return record_log(log, self._entries(), by=self.world.alice)

    def _one_current(self, log: PrivilegeLog) -> str:
        versions = PrivilegeLog.objects.filter(responding_party=log.responding_party_id).order_by("number")
        told = [(one.number, one.superseded) for one in versions]
        right = [number for number, _superseded in told] == list(range(1, len(told) + 1))
        return "" if right and [superseded for _number, superseded in told].count(False) == 1 else f"versions {told}"

    def a_challenge_and_a_new_version(self) -> Scene:
        log = self._theirs()
        newer = PrivilegeLog(responding_party=log.responding_party, served_on=DAY, kind=log.kind)
        acts: list[Act] = [
            lambda: challenge_entries(log, [2], "Too thin.", DAY, by=self.world.bob),
            lambda: record_log(newer, self._entries(), by=self.world.alice),
        ]

        def after() -> str:
            challenged = set(PrivilegeLogEntry.objects.filter(log__responding_party=log.responding_party_id, challenge="open"))
            kept = not challenged or any(entry.log_id == newer.pk for entry in challenged)
            return self._one_current(log) or ("" if kept else "the new version lost the challenge")

        return acts, after

    def two_next_versions_and_an_import(self) -> Scene:
        responder, _made = RespondingParty.objects.get_or_create(case=self.world.case, person=self.world.client.person)
        log = PrivilegeLog.objects.filter(responding_party=responder, superseded=False).first()
        if log is None:
            log = start_log(responder, LogKind.DOCUMENT, "", by=self.world.alice)
            change_entries(log, [PrivilegeLogEntry(description="Advice")], by=self.world.alice)
        if log.served_on is None:
            mark_log_served(log, DAY, by=self.world.alice)
        served, imported = log, PrivilegeLog(responding_party=responder, kind=log.kind)
        acts: list[Act] = [
            lambda: next_version(served, by=self.world.alice),
            lambda: next_version(PrivilegeLog.objects.get(pk=served.pk), by=self.world.bob),
            lambda: record_log(imported, self._entries(), by=self.world.bob),
        ]
        return acts, lambda: self._one_current(served)

    def two_act_on_rows_of_two_demands(self) -> Scene:
        rows = list(RequestRow.objects.filter(demand__in=[self.world.served_set(3), self.world.served_set(3)]).order_by("pk"))
        backward = dict.fromkeys([row.pk for row in reversed(rows)])
        held = Conferral(case=self.world.case, held_on=DAY)
        people = [Attendee(name="Theo Theirs", side="theirs")]
        acts: list[Act] = [
            lambda: assign_rows(self.world.case, backward, self.world.bob, by=self.world.bob),
            lambda: confer(held, people, [ConferredRequest(row=row) for row in rows], by=self.world.alice),
        ]
        return acts, lambda: "" if RequestRow.objects.filter(pk__in=backward, owner=self.world.bob).count() == 6 else "not assigned"

    def two_take_out_one_request_and_one_moves_it(self) -> Scene:
        dispute = started(self.world, list(self.world.served_set(3).rows.order_by("number")))
        entry = dispute.requests.get(position=2)
        loaded = [DisputedRequest.objects.select_related("dispute").get(pk=entry.pk) for _who in range(3)]
        acts: list[Act] = [
            lambda: take_out(loaded[0], by=self.world.alice),
            lambda: take_out(loaded[1], by=self.world.bob),
            lambda: move_request(loaded[2], 1, by=self.world.bob),
        ]

        def after() -> str:
            places = list(Dispute.objects.get(pk=dispute.pk).requests.order_by("position").values_list("position", flat=True))
            return "" if places == [1, 2] else f"places {places}"

        return acts, after


if __name__ == "__main__":
    main(int(sys.argv[1]), LogRaces)
