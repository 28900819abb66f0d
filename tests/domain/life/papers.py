"""The acts on what is produced and what is kept back: volumes and their pages, privilege logs, claw-backs."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from discovery.domain.privilege.challenges import MOVES as CHALLENGE_MOVES
from discovery.domain.privilege.challenges import challenge_entries, close_challenge
from discovery.domain.privilege.clawbacks import MOVES, act_on_clawback, note_clawback
from discovery.domain.privilege.logs import record_log
from discovery.domain.productions.producing import Tie, log_production, tie_pages, untie_pages
from discovery.enums import ChallengeOutcome, ClawbackState
from discovery.law.bates import Pages
from discovery.models import Clawback, PrivilegeLog, PrivilegeLogEntry, Production, RespondingParty
from tests.domain.life.scene import NUMBERS, WEEKS, Scene, day_of

PREFIX = "PROD-"
OUTCOMES = st.sampled_from([one for one in ChallengeOutcome if one.value != "open"])


class Producing(Scene):
    """Volumes, and which pages answer which request."""

    @precondition(lambda self: len(self.pages) < 6)
    @rule(number=NUMBERS, first=st.integers(1, 60), length=st.integers(1, 20), tied=st.booleans())
    def log_production(self, number: int, first: int, length: int, tied: bool) -> None:
        """Pages have one number in a case, and answer requests to who produced them."""
        row = self.nth(self.all_rows(), number)
        last = first + length - 1
        party = RespondingParty.objects.get(pk=self.demand_of(self.nth(self.all_rows(), number // 2)).responder)
        fits = not tied or self.demand_of(row).responder == party.pk
        allowed = fits and all(last < begun or first > ended for begun, ended in self.pages.values())
        volume = Production(case=self.world.case, responding_party=party, volume=self.words("VOL"), produced_on=day_of(3))
        ties = [Tie(self.row(row))] if tied else []
        made = self.attempt(allowed, lambda _m: log_production(volume, [Pages(PREFIX, first, last, 6)], ties, by=self.world.bob))
        if made is not None:
            self.pages[made.pk] = (first, last)
            if tied:
                self.ties[made.pk, row] = set(range(first, last + 1))

    @precondition(lambda self: self.pages)
    @rule(number=NUMBERS, which=NUMBERS, start=st.integers(-1, 5), length=st.integers(0, 8), away=st.booleans())
    def tie_or_untie(self, number: int, which: int, start: int, length: int, away: bool) -> None:
        """Pages of the volume are tied to a request of who produced it; tying what is tied is no act, nor is the contrary."""
        production, row = self.nth(self.pages, number), self.nth(self.all_rows(), which)
        begun, ended = self.pages[production]
        first = begun + start
        pages = [Pages(PREFIX, first, first + length, 6)] if length and first > 0 else []
        wanted = set(range(first, first + length + 1)) if pages else set(range(begun, ended + 1))
        had = self.ties.get((production, row), set())
        stored = Production.objects.get(pk=production)
        if away:
            allowed = bool(had & wanted)
            act = lambda _m: untie_pages(stored, [self.row(row)], pages, by=self.world.bob)  # noqa: E731
            left = had - wanted
        else:
            same = RespondingParty.objects.get(pk=self.demand_of(row).responder).pk == stored.responding_party_id
            allowed = same and wanted <= set(range(begun, ended + 1)) and not wanted <= had
            act = lambda _m: tie_pages(stored, [self.row(row)], pages, by=self.world.bob)  # noqa: E731
            left = had | wanted
        if self.attempt(allowed, act):
            self.ties[production, row] = left


class Withholding(Scene):
    """Privilege logs with their challenges, and claw-backs."""

    @precondition(lambda self: len(self.logs) < 4)
    @rule(week=st.integers(2, 8), entries=st.integers(1, 3), twice=st.sampled_from([False, False, True]))
    def record_log(self, week: int, entries: int, twice: bool) -> None:
        """A newer version supersedes the older and carries its challenges over."""
        numbers = [*range(1, entries + 1), *([1] if twice else [])]
        log = PrivilegeLog(case=self.world.case, responding_party=self.world.responder, served_on=day_of(week))
        written = [PrivilegeLogEntry(number=number, description="Letter to counsel") for number in numbers]
        made = self.attempt(not twice, lambda _m: record_log(log, written, by=self.world.bob))
        if made is None:
            return
        before = next((pk for pk, (_no, gone, _said) in self.logs.items() if not gone), None)
        carried: dict[int, tuple[str, date | None]] = {}
        if before is not None:
            version, _gone, carried = self.logs[before]
            self.logs[before] = (version, True, carried)
        self.logs[made.pk] = (len(self.logs) + 1, False, {number: carried.get(number, ("", None)) for number in numbers})

    @precondition(lambda self: self.logs)
    @rule(number=NUMBERS, entry=st.integers(1, 3), week=WEEKS, note=st.sampled_from(["Who is counsel?", "Who is counsel?", " "]))
    def challenge(self, number: int, entry: int, week: int, note: str) -> None:
        """An entry that there is, of the version that counts, is challenged from where the table allows it."""
        pk, day = self.nth(self.logs, number), day_of(week)
        version, gone, said = self.logs[pk]
        served = PrivilegeLog.objects.values_list("served_on", flat=True).get(pk=pk)
        assert served is not None
        allowed = not gone and bool(note.strip()) and (version > 1 or day >= served)
        allowed = allowed and entry in said and "open" in CHALLENGE_MOVES[said[entry][0]]
        log = PrivilegeLog.objects.get(pk=pk)
        if self.attempt(allowed, lambda _m: challenge_entries(log, [entry], note, day, by=self.world.bob)):
            said[entry] = ("open", day)

    @precondition(lambda self: self.logs)
    @rule(number=NUMBERS, entry=st.integers(1, 3), week=WEEKS, to=OUTCOMES)
    def close_challenge(self, number: int, entry: int, week: int, to: ChallengeOutcome) -> None:
        pk, day = self.nth(self.logs, number), day_of(week)
        version, gone, said = self.logs[pk]
        log = PrivilegeLog.objects.get(pk=pk)
        assert log.served_on is not None
        was, since = said.get(entry, ("", None))
        allowed = not gone and (version > 1 or day >= log.served_on) and entry in said and to.value in CHALLENGE_MOVES[was]
        allowed = allowed and since is not None and day >= since
        if self.attempt(allowed, lambda _m: close_challenge(log, [entry], to, day, by=self.world.bob)):
            said[entry] = (to.value, since)

    @precondition(lambda self: len(self.clawbacks) < 3)
    @rule(number=NUMBERS, week=st.integers(2, 6), late=st.sampled_from([1, 1, -1, None]))
    def note_clawback(self, number: int, week: int, late: int | None) -> None:
        """The day by which to act is a person's, and not before the notice."""
        day = day_of(week)
        production = Production.objects.get(pk=self.nth(self.pages, number)) if self.pages else None
        ours = production is None or production.responding_party_id == self.world.responder.pk
        claim = Clawback(responding_party=self.world.responder, production=production, pages="PROD-000001", noticed_on=day)
        act_by = day_of(week + late) if late is not None else None
        allowed = ours and late == 1
        made = self.attempt(allowed, lambda _m: note_clawback(claim, act_by, by=self.world.alice))
        if made is not None:
            self.clawbacks[made.pk] = ("noticed", day)

    @precondition(lambda self: self.clawbacks)
    @rule(number=NUMBERS, to=st.sampled_from(list(ClawbackState)), week=st.integers(2, 8))
    def act_on_clawback(self, number: int, to: ClawbackState, week: int) -> None:
        """The table says what may follow, and no step comes before the last one."""
        pk, day = self.nth(self.clawbacks, number), day_of(week)
        was, since = self.clawbacks[pk]
        allowed = to in MOVES[was] and day >= since
        if self.attempt(allowed, lambda _m: act_on_clawback(Clawback.objects.get(pk=pk), to, day, by=self.world.alice)):
            self.clawbacks[pk] = (to.value, day)
