"""The acts before a court: disputes from draft to decision, orders, rulings and what supersedes them."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from discovery.domain.disputes.disputing import close_dispute, make_ready, reopen_dispute, start_dispute, submit_dispute
from discovery.domain.disputes.motions import record_motion
from discovery.domain.disputes.orders import enter_order
from discovery.domain.disputes.ruling import Mended, Said, correct_rulings
from discovery.domain.disputes.ruling import rule as rule_on
from discovery.domain.disputes.states import ALLOWED, BY_THE_RESPONDER, LETTERS
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.enums import DisputeStatus, DraftState
from discovery.models import Dispute, Event, Order, Ruling
from tests.domain.life.scene import NUMBERS, DisputeNow, RulingNow, Scene, day_of
from tests.domain.life.talks import COUNTS, STRANGE

KINDS_FILED = ("motion_to_quash", "protective_order", "motion_to_compel")
KINDS = st.sampled_from(["joint_letter", "joint_letter", "motion_to_compel", "conferral_letter", "motion_to_quash"])
OUTCOMES = st.sampled_from(["granted", "denied", "deferred", "granted_in_part", "in part without text"])


class Disputing(Scene):
    """Letters and motions of ours, and the motions of others."""

    @precondition(lambda self: len(self.disputes) < 6)
    @rule(number=NUMBERS, count=COUNTS, kind=KINDS, strange=STRANGE)
    def start_dispute(self, number: int, count: int, kind: str, strange: bool) -> None:
        """It is about served requests of one side of this case."""
        rows = self.some_rows(number, count, strange=strange)
        demands = [self.demand_of(row) for row in rows if row not in self.neighbours]
        sides = {one.ours for one in demands}
        allowed = not strange and len(sides) == 1 and all(one.status == "served" for one in demands)
        told = {"format": "cand-hixson"} if kind == "joint_letter" else {}
        dispute = Dispute(case=self.world.case, kind=kind, **told)
        loaded = [self.row(row) for row in rows]
        made = self.attempt(allowed, lambda _m: start_dispute(dispute, loaded, by=self.world.alice))
        if made is not None:
            ours_moves = kind in LETTERS or (sides == {False}) != (kind in BY_THE_RESPONDER)
            self.disputes[made.pk] = DisputeNow(kind, rows, theirs=not ours_moves)

    @precondition(lambda self: any(one.kind == "joint_letter" and one.status == "draft" for one in self.disputes.values()))
    @rule(number=NUMBERS)
    def print_the_letter(self, number: int) -> None:
        """The page limit of a joint letter is checked on its finished PDF."""
        letters = [pk for pk, one in self.disputes.items() if one.kind == "joint_letter" and one.status == "draft"]
        pk = self.nth(letters, number)
        draft = request_draft(self._dispute(pk), "joint_letter", by=self.world.alice)
        if draft.state != DraftState.READY:
            assert render_draft(draft.pk) is not None
        self.changed = True
        self.events = Event.objects.count()  # asked for and made; neither, where it was made already
        self.disputes[pk].printed = self.disputes[pk].ever_printed = True

    @precondition(lambda self: self.disputes)
    @rule(number=NUMBERS)
    def make_ready(self, number: int) -> None:
        """What goes to the court was talked about live, request by request; a letter with a limit is printed and fits."""
        pk = self.nth(self.disputes, number)
        now = self.disputes[pk]
        allowed: bool | None = now.status == "draft" and (now.kind in LETTERS or set(now.rows) <= self.conferred)
        if allowed and now.kind == "joint_letter" and not now.printed:
            allowed = None if now.ever_printed else False
        if self.attempt(allowed, lambda _m: make_ready(self._dispute(pk), by=self.world.alice)):
            now.status = "ready"

    @precondition(lambda self: self.disputes)
    @rule(number=NUMBERS)
    def reopen_dispute(self, number: int) -> None:
        pk = self.nth(self.disputes, number)
        now = self.disputes[pk]
        if self.attempt(now.status == "ready", lambda _m: reopen_dispute(self._dispute(pk), by=self.world.alice)):
            now.status = "draft"

    @precondition(lambda self: self.disputes)
    @rule(number=NUMBERS, week=st.integers(2, 7))
    def submit_dispute(self, number: int, week: int) -> None:
        """Ours is ready first; the other side's is recorded as it came."""
        pk = self.nth(self.disputes, number)
        now, day = self.disputes[pk], day_of(week)
        allowed = now.status == "ready" or (now.status == "draft" and now.theirs)
        if self.attempt(allowed, lambda _m: submit_dispute(self._dispute(pk), day, by=self.world.alice)):
            now.status, now.submitted = "submitted", day

    @precondition(lambda self: self.disputes)
    @rule(number=NUMBERS, to=st.sampled_from(["resolved", "withdrawn", "decided"]), week=st.integers(2, 8))
    def close_dispute(self, number: int, to: str, week: int) -> None:
        """It is closed from where the table allows it, not before it was filed; a ruling alone decides it."""
        pk = self.nth(self.disputes, number)
        now, day = self.disputes[pk], day_of(week)
        allowed = to != "decided" and to in ALLOWED[now.status] and (now.submitted is None or day >= now.submitted)
        outcome = DisputeStatus(to)
        act = lambda _m: close_dispute(self._dispute(pk), outcome, "Agreed", by=self.world.alice, closed_on=day)  # noqa: E731
        if self.attempt(allowed, act):
            now.status = to

    @precondition(lambda self: len(self.disputes) < 6)
    @rule(number=NUMBERS, count=COUNTS, strange=STRANGE, week=st.integers(2, 7), kind=st.sampled_from([*KINDS_FILED, LETTERS[0]]))
    def record_motion(self, number: int, count: int, strange: bool, week: int, kind: str) -> None:
        """A motion stands as filed at once, about some requests or about the whole."""
        rows, day = self.some_rows(number, count, strange=strange) if count < 3 or strange else [], day_of(week)
        allowed = not strange and kind not in LETTERS
        motion = Dispute(case=self.world.case, kind=kind, title=self.words("Motion"), moved_by="Witness Corp.", side="theirs")
        loaded = [self.row(row) for row in rows]
        made = self.attempt(allowed, lambda _m: record_motion(motion, loaded, day, by=self.world.alice))
        if made is not None:
            self.disputes[made.pk] = DisputeNow(kind, rows, True, "submitted", day)

    def _dispute(self, pk: int) -> Dispute:
        return Dispute.objects.select_related("case__court").get(pk=pk)


class Ordering(Scene):
    """Orders, and what each says on requests."""

    @precondition(lambda self: len(self.orders) < 6)
    @rule(number=NUMBERS, week=st.integers(2, 8), again=st.booleans(), comply=st.booleans())
    def enter_order(self, number: int, week: int, again: bool, comply: bool) -> None:
        """An order reconsiders none that was entered after it."""
        earlier = self.nth(self.orders, number) if again and len(self.orders) > 0 else None
        day = day_of(week)
        allowed = earlier is None or self.orders[earlier][0] <= day
        order = Order(case=self.world.case, title=self.words("Order"), entered_on=day, reconsiders_id=earlier)
        if comply:
            order.comply_by = day + timedelta(days=14)
            order.demand_id = self.nth(self.demands, number)
        if self.attempt(allowed, lambda moving: enter_order(order, by=self.world.alice, moving=moving)):
            self.orders[order.pk] = (day, earlier)

    @precondition(lambda self: self.orders and self.disputes)
    @rule(number=NUMBERS, which=NUMBERS, place=NUMBERS, outcome=OUTCOMES, comply=st.booleans())
    def rule_on_one(self, number: int, which: int, place: int, outcome: str, comply: bool) -> None:
        """A ruling falls on a request of a dispute that was filed before, or on the whole of it."""
        order, dispute = self.nth(self.orders, number), self.nth(self.disputes, which)
        rows = [*self.disputes[dispute].rows, None, self.nth(self.all_rows(), place)]
        self._rule(order, dispute, [rows[place % len(rows)]], outcome, comply)

    @precondition(lambda self: self.orders and any(one.submitted for one in self.disputes.values()))
    @rule(number=NUMBERS, which=NUMBERS, outcome=OUTCOMES)
    def rule_on_all(self, number: int, which: int, outcome: str) -> None:
        """An order usually speaks to each request."""
        dispute = self.nth([pk for pk, one in self.disputes.items() if one.submitted], which)
        rows: list[int | None] = [*self.disputes[dispute].rows]
        self._rule(self.nth(self.orders, number), dispute, rows or [None], outcome, False)

    def _rule(self, order: int, dispute: int, rows: list[int | None], outcome: str, comply: bool) -> None:
        now, (entered, reconsiders) = self.disputes[dispute], self.orders[order]
        filed = now.kind not in LETTERS and now.status in {"submitted", "decided"}
        allowed = filed and outcome != "in part without text" and now.submitted is not None and entered >= now.submitted
        before = {row: self._stands(dispute, row, reconsiders) for row in rows}
        allowed = allowed and all(self._may_follow(order, dispute, row, before[row]) for row in rows)
        said_of = "granted_in_part" if "in part" in outcome else outcome
        text = "Documents of 2024." if outcome == "granted_in_part" else ""
        stated = entered + timedelta(days=14) if comply else None
        loaded = Dispute.objects.get(pk=dispute)
        said = [
            Said(dispute=loaded, row=self.row(row) if row else None, outcome=said_of, ordered_text=text, comply_by=stated)
            for row in rows
        ]
        made = self.attempt(allowed, lambda moving: rule_on(Order.objects.get(pk=order), said, by=self.world.alice, moving=moving))
        for one in made or []:
            self.rulings[one.pk] = RulingNow(order, dispute, one.row_id, one.outcome)
            earlier = before[one.row_id]
            if earlier is not None:
                self.rulings[earlier].superseded_by = one.pk
        if made:
            self._settle(dispute)

    @precondition(lambda self: self.rulings)
    @rule(number=NUMBERS, outcome=st.sampled_from(["granted", "deferred", "moot"]))
    def correct_ruling(self, number: int, outcome: str) -> None:
        """What stands is mended, what was superseded is not."""
        pk = self.nth(self.rulings, number)
        now = self.rulings[pk]
        mended = Mended(ruling=Ruling.objects.get(pk=pk), outcome=outcome)
        order = Order.objects.get(pk=now.order)
        act = lambda moving: correct_rulings(order, [mended], by=self.world.alice, moving=moving)  # noqa: E731
        if self.attempt(now.superseded_by is None, act):
            now.outcome = outcome
            self._settle(now.dispute)

    def _stands(self, dispute: int, row: int | None, reconsiders: int | None) -> int | None:
        """Return the ruling that a new one supersedes: that in the same dispute, else that of the reconsidered order."""
        standing = {pk: one for pk, one in self.rulings.items() if one.superseded_by is None}
        same = [pk for pk, one in standing.items() if (one.dispute, one.row) == (dispute, row)]
        if same or row is None or reconsiders is None:
            return same[0] if same else None
        return next((pk for pk, one in sorted(standing.items()) if (one.order, one.row) == (reconsiders, row)), None)

    def _may_follow(self, order: int, dispute: int, row: int | None, earlier: int | None) -> bool:
        """Whether the row is in the dispute, and neither this order nor one entered later has ruled on it there."""
        there = [one for one in self.rulings.values() if (one.dispute, one.row) == (dispute, row)]
        late = earlier is not None and self.orders[self.rulings[earlier].order][0] > self.orders[order][0]
        inside = row is None or row in self.disputes[dispute].rows
        return inside and not late and all(one.order != order for one in there)

    def _settle(self, dispute: int) -> None:
        now = self.disputes[dispute]
        if now.status in {"submitted", "decided"}:
            now.status = "decided" if self.is_decided(dispute) else "submitted"

    def is_decided(self, dispute: int) -> bool:
        """Whether each request, or the whole, has a ruling that puts nothing off; one superseded elsewhere counts as that one."""
        settled: set[int | None] = set()
        for one in self.rulings.values():
            if one.dispute != dispute:
                continue
            last = self.rulings[one.superseded_by] if one.superseded_by else one
            inside = one.superseded_by is not None and last.dispute == dispute
            if not inside and last.outcome != "deferred":
                settled.add(one.row)
        asked = set(self.disputes[dispute].rows)
        return None in settled or (bool(asked) and asked <= settled)
