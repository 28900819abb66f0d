"""The acts on the rows of a served demand between counsel: answers, conferences, promises, narrower texts."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from discovery.domain.answers.answering import record_response
from discovery.domain.answers.by_request import Answer, Objecting, record_answers, serve_response, start_response
from discovery.domain.conferrals.commitments import Promise, commit, release_commitment
from discovery.domain.conferrals.conferring import confer
from discovery.domain.conferrals.narrowing import agree_narrowing, propose_narrowing
from discovery.enums import Ground
from discovery.models import (
    Attendee,
    Commitment,
    Conferral,
    ConferredRequest,
    Demand,
    Narrowing,
    Response,
)
from tests.domain.life.scene import NUMBERS, WEEKS, ResponseNow, Scene, day_of

COUNTS = st.integers(1, 3)
STRANGE = st.sampled_from([False, False, False, True])
ANSWERS = st.sampled_from(["objection", "objection", "produce", "partial", "silent", "admit"])


class Answering(Scene):
    """Responses both ways, and what they say on each request."""

    @rule(number=NUMBERS, week=WEEKS, kind=st.sampled_from(["initial", "amended"]))
    def record_response(self, number: int, week: int, kind: str) -> None:
        """A paper answers what was served, on the day of the first service or later."""
        pk = self.nth(self.demands, number)
        now, day = self.demands[pk], day_of(week)
        allowed = now.status == "served" and day >= min(now.served)

        def act(moving: object) -> Response:
            response = Response(demand=self._demand(pk), kind=kind, served_on=day, method="email")
            return record_response(response, by=self.world.alice, moving=moving)  # type: ignore[arg-type]

        made = self.attempt(allowed, act)
        if made is not None:
            self.responses[made.pk] = ResponseNow(pk, made.number, "served", day)
            self.facts.setdefault(pk, []).append(day)

    @precondition(lambda self: self.responses)
    @rule(number=NUMBERS, request=st.integers(1, 3), kind=ANSWERS)
    def answer(self, number: int, request: int, kind: str) -> None:
        """Each request is answered in its way; there is no third one, and what we served stays as it is."""
        pk = self.nth(self.responses, number)
        now = self.responses[pk]
        demand = self.demands[now.demand]
        row = demand.rows[request - 1] if request <= len(demand.rows) else None
        served_by_us = demand.ours and now.status == "served" and row in now.said
        allowed = row is not None and kind != "admit" and not served_by_us
        objections = (Objecting(Ground.OVERBROAD.value, "no limit of time"),) if kind == "objection" else ()
        given = Answer(request, kind=kind, text=self.words(), objections=objections)
        response = Response.objects.select_related("demand").get(pk=pk)
        if self.attempt(allowed, lambda _m: record_answers(response, [given], by=self.world.bob)) and row is not None:
            now.said[row] = kind

    @rule(number=NUMBERS, kind=st.sampled_from(["initial", "amended", "supplemental"]))
    def start_response(self, number: int, kind: str) -> None:
        """Our draft answers what was served on our client; the first one first, and one draft at a time."""
        pk = self.nth(self.demands, number)
        now = self.demands[pk]
        of_it = [one for one in self.responses.values() if one.demand == pk]
        served = sorted((one for one in of_it if one.status == "served"), key=lambda one: (one.served or date.min, one.number))
        drafted = any(one.status == "draft" for one in of_it)
        allowed = now.ours and now.status == "served" and not drafted and (kind == "initial") == (not served)
        made = self.attempt(allowed, lambda _m: start_response(self._demand(pk), by=self.world.alice, kind=kind))
        if made is not None:
            said = {row: served[-1].said.get(row, "silent") if served else "silent" for row in now.rows}
            self.responses[made.pk] = ResponseNow(pk, made.number, "draft", None, said)

    @precondition(lambda self: self.responses)
    @rule(number=NUMBERS, week=WEEKS)
    def serve_response(self, number: int, week: int) -> None:
        """A draft is served once, after what it answers."""
        pk = self.nth(self.responses, number)
        now, day = self.responses[pk], day_of(week)
        demand = self.demands[now.demand]
        allowed = now.status == "draft" and demand.status == "served" and day >= min(demand.served)

        def act(moving: object) -> Response:
            response = Response.objects.select_related("demand").get(pk=pk)
            return serve_response(response, day, "email", by=self.world.alice, moving=moving)  # type: ignore[arg-type]

        if self.attempt(allowed, act):
            now.status, now.served = "served", day
            self.facts.setdefault(now.demand, []).append(day)

    def standing_answers(self) -> dict[int, int]:
        """Return, by row, the response whose answer counts: the newest served one that says something."""
        found: dict[int, int] = {}
        for pk, one in sorted(self.responses.items(), key=lambda item: (item[1].served or date.min, item[1].number)):
            for row, kind in one.said.items() if one.status == "served" else ():
                if kind != "silent":
                    found[row] = pk
        return found

    def _demand(self, pk: int) -> Demand:
        return Demand.objects.select_related("case__court", "responding_party__person").get(pk=pk)


class Conferring(Scene):
    """Conferences, promises and narrower texts."""

    @rule(
        number=NUMBERS,
        count=COUNTS,
        week=WEEKS,
        strange=STRANGE,
        theirs=st.sampled_from([True, True, True, False]),
        brings=st.sampled_from(["nothing", "promise", "late promise", "narrower", "agreed"]),
    )
    def confer(self, number: int, count: int, week: int, strange: bool, theirs: bool, brings: str) -> None:
        """Two sides talk about rows that were served before; what is promised and narrowed there is the same one act."""
        rows, day = self.some_rows(number, count, strange=strange), day_of(week)
        allowed = theirs and self.served_before(rows, day) and brings != "late promise"
        allowed = allowed and (brings != "agreed" or self._agreed_last(rows[0]) <= day)
        people = [Attendee(name="Olive Ours", side="ours")]
        people += [Attendee(name="Wanda Witness", side="theirs")] if theirs else []
        due = day + timedelta(days=-1 if brings == "late promise" else 10)
        promised = (
            [Promise(Commitment(text="Search", promised_by="Wanda"), due, [self.row(rows[0])])] if "promise" in brings else []
        )
        narrower = []
        if brings in {"narrower", "agreed"}:
            by = "Wanda" if brings == "agreed" else ""
            narrower = [Narrowing(row=self.row(rows[0]), text=self.words("Only"), proposed_by="Wanda", agreed_by=by)]
        said = [ConferredRequest(row=self.row(row), outcome="open") for row in rows]
        held = Conferral(case=self.world.case, held_on=day)
        made = self.attempt(allowed, lambda _m: confer(held, people, said, promised, narrower, by=self.world.bob))
        if made is None:
            return
        self.conferred |= set(rows)
        self.note_fact(rows, day)
        self.commitments |= {one.pk: False for one in made.commitments.all()}
        for one in narrower:
            self._note_narrowing(one.pk, rows[0], day, day if brings == "agreed" else None)

    @rule(number=NUMBERS, count=COUNTS, week=st.integers(0, 8), late=st.integers(-1, 2), strange=STRANGE)
    def commit(self, number: int, count: int, week: int, late: int, strange: bool) -> None:
        """A promise is due on the day it was made or later."""
        rows, day = self.some_rows(number, count, strange=strange), day_of(week)
        told = Commitment(case=self.world.case, text=self.words("Send"), promised_on=day)
        due = day + timedelta(days=7 * late)
        allowed = late >= 0 and not strange
        made = self.attempt(allowed, lambda _m: commit(told, due, [self.row(row) for row in rows], by=self.world.alice))
        if made is not None:
            self.commitments[made.pk] = False

    @precondition(lambda self: self.commitments)
    @rule(number=NUMBERS, reason=st.sampled_from(["Narrowed instead", "Narrowed instead", " "]))
    def release(self, number: int, reason: str) -> None:
        pk = self.nth(self.commitments, number)
        allowed = not self.commitments[pk] and bool(reason.strip())
        if self.attempt(allowed, lambda _m: release_commitment(Commitment.objects.get(pk=pk), reason, by=self.world.alice)):
            self.commitments[pk] = True

    @rule(number=NUMBERS, week=WEEKS, agreed=st.booleans())
    def propose(self, number: int, week: int, agreed: bool) -> None:
        """A narrower text is proposed after service; agreed at once, it must not be older than the one in force."""
        row, day = self.nth(self.all_rows(), number), day_of(week)
        allowed = self.served_before([row], day) and (not agreed or self._agreed_last(row) <= day)
        one = Narrowing(row=self.row(row), text=self.words("Only"), proposed_by="Us", proposed_on=day)
        if agreed:
            one.agreed_by, one.agreed_on = "Wanda", day
        if self.attempt(allowed, lambda _m: propose_narrowing(one, by=self.world.alice)):
            self.note_fact([row], day)
            self._note_narrowing(one.pk, row, day, one.agreed_on)

    @precondition(lambda self: self.narrowings)
    @rule(number=NUMBERS, week=st.integers(0, 8), who=st.sampled_from(["Wanda", "Wanda", ""]))
    def agree(self, number: int, week: int, who: str) -> None:
        """A proposal is agreed once, on its day or later, and takes the place of what was agreed before."""
        pk = self.nth(self.narrowings, number)
        (row, proposed, agreed, _gone), day = self.narrowings[pk], day_of(week)
        allowed = agreed is None and bool(who) and proposed <= day and self._agreed_last(row) <= day
        if self.attempt(allowed, lambda _m: agree_narrowing(Narrowing.objects.get(pk=pk), who, day, by=self.world.alice)):
            self._note_narrowing(pk, row, proposed, day)

    def _agreed_last(self, row: int) -> date:
        days = [agreed for one, _day, agreed, gone in self.narrowings.values() if one == row and agreed and not gone]
        return days[0] if days else date.min

    def _note_narrowing(self, pk: int, row: int, proposed: date, agreed: date | None) -> None:
        if agreed is not None:
            for other, (about, day, said, gone) in self.narrowings.items():
                self.narrowings[other] = (about, day, said, gone or (about == row and said is not None))
        self.narrowings[pk] = (row, proposed, agreed, False)
