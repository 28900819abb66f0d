"""The acts on a demand: from draft to service, served again, withdrawn."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from discovery.domain.approval import approve, reopen, return_to_draft, submit, withdraw
from discovery.domain.demands import change_subpoena, start_subpoena
from discovery.domain.service.attempts import log_attempt
from discovery.domain.service.serving import correct_service, serve
from discovery.domain.sets import NewText, change_item
from discovery.models import Demand, Request, RequestRow, RequestSet, RespondingParty, Service, ServiceAttempt, Subpoena
from tests.domain.life.scene import ISSUED, NUMBERS, WEEKS, DemandNow, Scene, day_of

HOLDING = {"approved", "served"}
OPEN = {"draft", "in_review", *HOLDING}
REASON = st.sampled_from(["Emergency", "Emergency", ""])


class Demanding(Scene):
    """What is done with a demand as a whole."""

    @rule(number=NUMBERS)
    def start(self, number: int) -> None:
        """A set is directed to somebody once; it may be directed anew when the earlier demand was withdrawn."""
        responder = self.nth([self.world.responder.pk, self.other.pk, self.clients.pk], number)
        taken = any(one.set == self.set and one.responder == responder and one.status in OPEN for one in self.demands.values())
        party = RespondingParty.objects.get(pk=responder)
        request_set = RequestSet.objects.get(pk=self.set)
        allowed = not taken and responder != self.clients.pk
        made = self.attempt(allowed, lambda _m: start_subpoena(request_set, party, by=self.world.alice))
        if made is None:
            return
        self.demands[made.pk] = DemandNow(self.set, responder, subpoena=True)
        form = Subpoena.objects.select_related("demand").get(demand=made)
        form.compliance_date, form.issue_date, form.place_email = date(2025, 7, 2), ISSUED, "us@example.com"
        form.compliance_time = form.compliance_time or form.__class__._meta.get_field("compliance_time").to_python("17:00")
        self.attempt(True, lambda _m: change_subpoena(form, by=self.world.alice, revision=None))

    @rule(number=NUMBERS)
    def write(self, number: int) -> None:
        """A text changes while its set is a draft, and never after it was frozen."""
        pk = self.nth(self.frozen, number)
        item = Request.objects.filter(request_set=pk).order_by("number")[number % 2]
        text = self.words("All Documents on")
        new = NewText(item.label, text)
        self.attempt(not self.frozen[pk], lambda _m: change_item(item, new, by=self.world.alice, revision=None))

    @rule(number=NUMBERS)
    def submit(self, number: int) -> None:
        pk = self.nth(self.demands, number)
        now = self.demands[pk]
        if self.attempt(now.status == "draft", lambda _m: submit(self._loaded(pk), by=self.world.bob)):
            now.status = "in_review"

    @rule(number=NUMBERS, note=st.sampled_from(["Say less.", " "]))
    def send_back(self, number: int, note: str) -> None:
        pk = self.nth(self.demands, number)
        now = self.demands[pk]
        allowed = now.status == "in_review" and bool(note.strip())
        if self.attempt(allowed, lambda _m: return_to_draft(self._loaded(pk), note, by=self.world.alice)):
            now.status = "draft"

    @rule(number=NUMBERS, may=st.sampled_from([True, True, False]))
    def approve(self, number: int, may: bool) -> None:
        """An approving attorney freezes the text of a subpoena."""
        pk = self.nth(self.demands, number)
        now, by = self.demands[pk], self.world.alice if may else self.world.bob
        allowed = may and now.subpoena and now.status in {"draft", "in_review"}
        if self.attempt(allowed, lambda _m: approve(self._loaded(pk), by=by)):
            now.status = "approved"
            self.frozen[now.set] = True

    @rule(number=NUMBERS)
    def reopen(self, number: int) -> None:
        """What nobody was served with goes back to draft, with everybody who shares the text."""
        pk = self.nth(self.demands, number)
        now = self.demands[pk]
        sharing = [one for one in self.demands.values() if one.set == now.set]
        allowed = now.status == "approved" and not any(one.served for one in sharing)
        if self.attempt(allowed, lambda _m: reopen(self._loaded(pk), by=self.world.alice)):
            self.frozen[now.set] = False
            for one in sharing:
                one.status = "draft" if one.status == "approved" else one.status

    @rule(number=NUMBERS, reason=st.sampled_from(["Settled", "Settled", " "]))
    def withdraw(self, number: int, reason: str) -> None:
        """It is withdrawn from wherever it stands, once."""
        pk = self.nth(self.demands, number)
        now = self.demands[pk]
        allowed = now.status in OPEN and bool(reason.strip())
        if self.attempt(allowed, lambda _m: withdraw(self._loaded(pk), reason, by=self.world.alice)):
            now.status = "withdrawn"
            sharing = [one for one in self.demands.values() if one.set == now.set]
            if not any(one.served or one.status in HOLDING for one in sharing):
                self.frozen[now.set] = False

    @rule(number=NUMBERS, week=WEEKS)
    def try_to_serve(self, number: int, week: int) -> None:
        pk = self.nth(self.demands, number)
        now, day = self.demands[pk], day_of(week)
        allowed = now.status in HOLDING and (day >= ISSUED or not now.subpoena)
        attempt = ServiceAttempt(demand=self._loaded(pk), tried_on=day, outcome="not_found")
        self.attempt(allowed, lambda _m: log_attempt(attempt, by=self.world.bob))

    @rule(number=NUMBERS, week=WEEKS, reason=REASON)
    def serve(self, number: int, week: int, reason: str) -> None:
        """What is approved is served; what was served may be served again."""
        self._serve(self.nth(self.demands, number), week, reason)

    @precondition(lambda self: any(one.status == "approved" for one in self.demands.values()))
    @rule(number=NUMBERS, week=st.integers(0, 3))
    def serve_what_waits(self, number: int, week: int) -> None:
        """The usual way, so that most plays come to it."""
        waiting = [pk for pk, one in self.demands.items() if one.status == "approved"]
        self._serve(self.nth(waiting, number), week, "Emergency")

    def _serve(self, pk: int, week: int, reason: str) -> None:
        now, day = self.demands[pk], day_of(week)
        allowed = now.status in HOLDING and (not now.subpoena or (day >= ISSUED and bool(reason)))
        told = {"served_on": day, "method": "personal" if now.subpoena else "email", "without_notice": reason}
        made = self.attempt(allowed, lambda moving: serve(self._loaded(pk), Service(**told), by=self.world.alice, moving=moving))
        if made is None:
            return
        now.served.append(day)
        if now.status == "approved":
            now.status = "served"
            now.rows = list(RequestRow.objects.filter(demand=pk).order_by("number").values_list("pk", flat=True))
            demand = Demand.objects.get(pk=pk)
            now.printed = (demand.approved_version_id, demand.approved_snapshot_id)

    @rule(number=NUMBERS, week=WEEKS)
    def correct_the_day(self, number: int, week: int) -> None:
        """The record of the service that counts is mended, but not to a day after what answered it."""
        pk = self.nth([pk for pk, one in self.demands.items() if one.served], number)
        now, day = self.demands[pk], day_of(week)
        first = min([*now.served[:-1], day])
        allowed = now.status == "served" and (day >= ISSUED or not now.subpoena)
        allowed = allowed and first <= min(self.facts.get(pk, [date.max]))

        def act(moving: object) -> Service:
            service = Service.objects.get(demand=pk, superseded=False)
            service.served_on = day
            return correct_service(service, by=self.world.alice, revision=service.revision, moving=moving)  # type: ignore[arg-type]

        if self.attempt(allowed, act):
            now.served[-1] = day

    @precondition(lambda self: len(self.demands) < 8)
    @rule(both=st.booleans(), week=st.integers(0, 3))
    def consolidated(self, both: bool, week: int) -> None:
        """One set to several parties: one frozen text, a demand with its own rows and clock for each."""
        people = [self.world.opponent.person, self.world.responder.person][: 1 + both]
        made = self.log_consolidated(people, day_of(week))
        for demand in made or []:
            self.take_served(demand, day_of(week))

    def _loaded(self, pk: int) -> Demand:
        return Demand.objects.select_related("case__court", "responding_party__person").get(pk=pk)
