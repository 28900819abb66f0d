"""Runs inside an installation, as racing.py does: the recipients of a set approved, and papers made anew, while others write."""

from __future__ import annotations

import sys
from collections.abc import Callable

import django

django.setup()

from discovery.domain.approval import approve, approve_each, fingerprint, return_to_draft, submit
from discovery.domain.drafts import batches
from discovery.domain.drafts.batches import retry_batch
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.drafts.renewing import renew_papers
from discovery.domain.records import change_record
from discovery.domain.sets import NewText, change_item
from discovery.models import Batch, Case, Demand, Draft, Event, RequestSet, SetVersion
from discovery.papers.snapshots import digest, to_json
from tests.faults.racing import Act, Races, Scene, main
from tests.party_sets import drafted


class SetRaces(Races):
    """Each method sets a scene: the acts that happen at once, and what must hold after."""

    def _recipients(self) -> list[Demand]:
        """Return a set that goes to three, submitted to each."""
        self.count += 1
        first = drafted(self.world, number=100 + self.count)
        others = [
            Demand.objects.create(
                case=self.world.case,
                request_set=first.request_set,
                responding_party=self.world.another_responder(f"Roe {self.count}.{place}"),
                kind=first.kind,
                attorney=first.attorney,
            )
            for place in (1, 2)
        ]
        return [submit(one, by=self.world.bob) for one in (first, *others)]

    def _read(self, demands: list[Demand]) -> dict[int, str]:
        return {one.pk: fingerprint(Demand.objects.get(pk=one.pk)) for one in demands}

    def _as_frozen(self, demands: list[Demand]) -> str:
        """Return what is wrong: the approved must share one version, which is the stored text; the set is frozen with them."""
        rows = list(Demand.objects.filter(pk__in=[one.pk for one in demands]).select_related("approved_version"))
        done = [one for one in rows if one.status == "approved"]
        request_set = RequestSet.objects.get(pk=rows[0].request_set_id)
        versions = {one.approved_version_id for one in done if one.approved_version_id is not None}
        live = [request.text for request in request_set.requests.order_by("number")]
        frozen = [[row["text"] for row in one.part("requests")] for one in SetVersion.objects.filter(pk__in=versions)]
        right = len(versions) <= 1 and all(one == live for one in frozen) and request_set.frozen == bool(done)
        return "" if right else f"{[one.status for one in rows]}, versions {versions}, set {request_set.status}"

    def approvals_and_an_edit(self) -> Scene:
        demands = self._recipients()
        seen, request_set = self._read(demands), demands[0].request_set
        item = request_set.requests.get(number=1)
        acts: list[Act] = [
            lambda: approve_each(request_set, seen, by=self.world.alice, sign=True),
            lambda: change_item(item, NewText("", "Bob's words."), by=self.world.bob, revision=1),
            lambda: approve_each(request_set, seen, by=self.world.alice),
        ]
        return acts, lambda: self._as_frozen(demands)

    def approvals_and_a_return(self) -> Scene:
        demands = self._recipients()
        seen, request_set = self._read(demands), demands[0].request_set
        acts: list[Act] = [
            lambda: approve_each(request_set, seen, by=self.world.alice),
            lambda: return_to_draft(demands[1], "Not yet.", by=self.world.alice),
            lambda: approve(demands[2], by=self.world.alice, seen=seen[demands[2].pk]),
        ]

        def after() -> str:
            states = [Demand.objects.get(pk=one.pk).status for one in demands]
            noted = Demand.objects.get(pk=demands[1].pk).review_note
            right = states[0] == states[2] == "approved" and (states[1], bool(noted)) in {("approved", False), ("draft", True)}
            return self._as_frozen(demands) or ("" if right else f"{states}, note {noted!r}")

        return acts, after

    def renewal_and_an_edit(self) -> Scene:
        demand = self._demand(2)
        request_draft(demand, "subpoena", by=self.world.bob)
        Case.objects.filter(pk=self.world.case.pk).update(judge=f"Hon. Judge {self.count}")
        case, item = Case.objects.get(pk=self.world.case.pk), demand.request_set.requests.get(number=1)
        acts: list[Act] = [
            lambda: renew_papers(case, by=self.world.alice),
            lambda: change_item(item, NewText("", "Bob's words."), by=self.world.bob, revision=1),
            lambda: renew_papers(case, by=self.world.bob),
        ]
        return acts, lambda: self._queued_as_it_was(demand, item.pk, "draft_queued", lambda pk: f"draft:{pk}")

    def retry_and_an_edit(self) -> Scene:
        demand = self._demand(2)
        batch = Batch.objects.create(requested_by=self.world.bob, papers=["subpoena"])
        lacking = {"case": demand.case, "demand": demand, "batch": batch, "paper": "subpoena", "requested_by": self.world.bob}
        Draft.objects.create(**lacking, state="failed", error="It lacked something.")
        item = demand.request_set.requests.get(number=1)
        acts: list[Act] = [
            lambda: retry_batch(batch, by=self.world.bob),
            lambda: change_item(item, NewText("", "Bob's words."), by=self.world.bob, revision=1),
            lambda: retry_batch(batch, by=self.world.bob),
        ]

        def after() -> str:
            told = Event.objects.filter(subject=f"batch:{batch.pk}", act="draft_retried").count()
            wrong = self._queued_as_it_was(demand, item.pk, "draft_retried", lambda _pk: f"batch:{batch.pk}")
            return wrong or ("" if told == 1 else f"{told} times tried again")

        return acts, after

    def _queued_as_it_was(self, demand: Demand, item: int, act: str, subject: Callable[[int], str]) -> str:
        """Return what is wrong: a paper that was queued after the edit must print the edited words."""
        newest = Draft.objects.filter(demand=demand).order_by("-pk")[0]
        queued = Event.objects.filter(subject=subject(newest.pk), act=act).order_by("-number").first()
        edited = Event.objects.filter(subject=f"request:{item}", act="item_changed").first()
        if queued is None or edited is None or queued.number < edited.number or newest.snapshot_id == self._printed(demand):
            return ""
        return "it was queued after the edit with the words before it"

    def _printed(self, demand: Demand) -> str:
        item = batches._composed(Demand.objects.get(pk=demand.pk), "subpoena")
        assert item.composed is not None
        return digest(to_json(item.composed))

    def two_judges(self) -> Scene:
        demand = self._demand(2)
        request_draft(demand, "subpoena", by=self.world.bob)

        def rename(who: str) -> None:
            case = Case.objects.get(pk=self.world.case.pk)
            case.judge = f"Hon. {who} {self.count}"
            change_record(case, by=self.world.alice)

        acts: list[Act] = [lambda: rename("One"), lambda: rename("Two")]

        def after() -> str:
            newest = Draft.objects.filter(demand=demand).order_by("-pk")[0]
            return "" if newest.snapshot_id == self._printed(demand) else "the newest draft has another caption than the case"

        return acts, after


if __name__ == "__main__":
    main(int(sys.argv[1]), SetRaces)
