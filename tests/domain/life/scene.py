"""What the machine plays with: a case, what the model remembers of it, and how an act is tried and judged.

The model is plain data beside the rows. It says of each act whether it must succeed and what must stand after it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, TypeVar

from django.apps import apps
from django.db import connection, models, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from discovery.domain.dates.following import MovesToAccept, Moving
from discovery.domain.errors import Refused
from discovery.domain.service.serving import log_served_set
from discovery.domain.sets import NewText
from discovery.enums import DemandKind, SetKind
from discovery.models import (
    Demand,
    Event,
    PartyNotice,
    Person,
    RequestRow,
    RequestSet,
    RespondingParty,
    Service,
    Subpoena,
)
from tests.factories import World, make_world

T = TypeVar("T")
ISSUED = date(2025, 6, 18)
"""The day of issue of every subpoena here."""
NUMBERS = st.integers(0, 11)
"""Which of what there is: the number is taken modulo how many there are."""
WEEKS = st.integers(-1, 8)
"""A day, in weeks from the day of issue; the one before is too early for everything."""


def day_of(week: int) -> date:
    """Return a day of the story."""
    return ISSUED + timedelta(weeks=week)


@dataclass
class DemandNow:
    """What the model knows of a demand."""

    set: int
    responder: int
    subpoena: bool
    ours: bool = False
    status: str = "draft"
    served: list[date] = field(default_factory=list)
    """The days of its services; the last one counts for the clock, the first one for what can have come after."""
    rows: list[int] = field(default_factory=list)
    printed: tuple[int | None, str | None] = (None, None)
    """Frozen version and snapshot at the moment of its first service."""


@dataclass
class ResponseNow:
    """What the model knows of a response; `said` holds the kind of answer by row."""

    demand: int
    number: int
    status: str
    served: date | None = None
    said: dict[int, str] = field(default_factory=dict)


@dataclass
class DisputeNow:
    """What the model knows of a dispute; `printed` says whether its paper was made and nothing happened since."""

    kind: str
    rows: list[int]
    theirs: bool = False
    status: str = "draft"
    submitted: date | None = None
    printed: bool = False
    ever_printed: bool = False


@dataclass
class RulingNow:
    """What the model knows of a ruling."""

    order: int
    dispute: int
    row: int | None
    outcome: str
    superseded_by: int | None = None


@dataclass
class Stage:
    """One subpoena text to two non-parties, in draft; a set of ours and one of theirs, served; a neighbour's case."""

    world: World
    set: int
    other: RespondingParty
    clients: RespondingParty
    neighbours: list[int]
    """Rows behind the wall."""
    demands: dict[int, DemandNow]


def set_stage(world: World) -> Stage:
    """Write what every play begins with; the plays take place in savepoints over it."""
    first = world.subpoena().demand
    other = world.another_responder("Other Corp.")
    second = Demand.objects.create(
        case=world.case,
        request_set_id=first.request_set_id,
        responding_party=other,
        attorney=world.appearance,
        kind=DemandKind.SUBPOENA_DOCUMENTS.value,
    )
    PartyNotice.objects.create(demand=second, dated=date(2025, 6, 17), serve_not_before=ISSUED)
    form = Subpoena.objects.get(demand=first)
    form.pk, form._state.adding = None, True
    form.demand, form.addressee = second, "Other Corp., 2 Main Street, Oakland, CA 94601"
    form.save()
    ours, theirs = world.served_set(2, on=ISSUED), world.set_served_on_us(2, on=ISSUED)
    neighbour = make_world("Neighbour v. Wall", "4:24-cv-00002-ABC").served_set(1, on=ISSUED)
    demands = {one.pk: DemandNow(one.request_set_id, one.responding_party_id, subpoena=True) for one in (first, second)}
    demands |= {ours.pk: seen_served(ours, ISSUED, ours=False), theirs.pk: seen_served(theirs, ISSUED, ours=True)}
    behind = list(neighbour.rows.values_list("pk", flat=True))
    return Stage(world, first.request_set_id, other, theirs.responding_party, behind, demands)


def seen_served(demand: Demand, day: date, *, ours: bool) -> DemandNow:
    """Return what the model knows of a demand that was recorded as served."""
    rows = list(demand.rows.order_by("number").values_list("pk", flat=True))
    now = DemandNow(demand.request_set_id, demand.responding_party_id, False, ours, "served", [day], rows)
    now.printed = (demand.approved_version_id, demand.approved_snapshot_id)
    return now


class Scene(RuleBasedStateMachine):
    """One case on the stage, a neighbour behind a wall, and the model of both."""

    stage: ClassVar[Stage]
    tally: ClassVar[Counter[tuple[str, bool]]] = Counter()
    """How often each act was done, and refused."""

    def __init__(self) -> None:
        super().__init__()
        self._all = transaction.atomic()
        self._all.__enter__()
        self.world = self.stage.world
        self.set, self.other, self.clients = self.stage.set, self.stage.other, self.stage.clients
        self.neighbours = self.stage.neighbours
        self.demands = deepcopy(self.stage.demands)
        self.frozen = {one.set: one.status == "served" for one in self.demands.values()}
        self.responses: dict[int, ResponseNow] = {}
        self.conferred: set[int] = set()
        self.facts: dict[int, list[date]] = {}
        """By demand, the days of what can only have come after its service."""
        self.narrowings: dict[int, tuple[int, date, date | None, bool]] = {}
        """By id: row, proposed, agreed, superseded."""
        self.commitments: dict[int, bool] = {}
        """By id: whether it was released."""
        self.disputes: dict[int, DisputeNow] = {}
        self.orders: dict[int, tuple[date, int | None]] = {}
        self.rulings: dict[int, RulingNow] = {}
        self.pages: dict[int, tuple[int, int]] = {}
        """By production: its pages under the one prefix."""
        self.ties: dict[tuple[int, int], set[int]] = {}
        self.logs: dict[int, tuple[int, bool, dict[int, tuple[str, date | None]]]] = {}
        """By id: version, superseded, and by entry the challenge with its day."""
        self.clawbacks: dict[int, tuple[str, date]] = {}
        self.texts = 0
        self.events = Event.objects.count()
        self.changed = True
        """Whether the last step changed something: a refused act was seen to change nothing."""

    def teardown(self) -> None:
        """Put everything back as it was before the play."""
        transaction.set_rollback(True)
        self._all.__exit__(None, None, None)

    def take_served(self, demand: Demand, day: date) -> None:
        """Remember a demand that was recorded as served, with its rows."""
        self.demands[demand.pk] = seen_served(demand, day, ours=False)
        self.frozen[demand.request_set_id] = True

    def log_consolidated(self, people: Sequence[Person], day: date) -> list[Demand] | None:
        """Record one set of ours to several parties at once."""
        count = RequestSet.objects.count() + 1
        name = f"Consolidated {count}"

        def act(moving: Moving | None) -> list[Demand]:
            new = RequestSet(case=self.world.case, propounded_by=self.world.group, name=name, kind=SetKind.DOCUMENTS.value)
            texts = [NewText("Topic", "All documents on the topic."), NewText("More", "All documents on more.")]
            service = Service(served_on=day, method="email")
            return log_served_set(new, people, DemandKind.RFP, service, by=self.world.alice, texts=texts, moving=moving)

        return self.attempt(bool(people), act)

    # Choosing -------------------------------------------------------------------------------------------------------------

    def nth(self, things: Collection[T], number: int) -> T:
        """Return one of what there is."""
        listed = list(things)
        return listed[number % len(listed)]

    def all_rows(self) -> list[int]:
        """Return the rows of the case by the model."""
        return [row for demand in self.demands.values() for row in demand.rows]

    def demand_of(self, row: int) -> DemandNow:
        """Return the demand of a row of the case."""
        return next(one for one in self.demands.values() if row in one.rows)

    def some_rows(self, number: int, count: int, *, strange: bool = False) -> list[int]:
        """Return up to `count` rows from one on; with `strange`, one of the neighbour's among them."""
        rows = self.all_rows()
        start = number % len(rows)
        return [*(rows + rows)[start : start + min(count, len(rows))], *(self.neighbours if strange else [])]

    def words(self, what: str = "Words") -> str:
        """Return a text that was never written before."""
        self.texts += 1
        return f"{what} {self.texts}."

    def served_before(self, rows: Sequence[int], day: date) -> bool:
        """Whether all rows are of this case and were served on that day or before."""
        return not set(rows) & set(self.neighbours) and all(min(self.demand_of(row).served) <= day for row in rows)

    def note_fact(self, rows: Sequence[int], day: date) -> None:
        """Remember that something was said about rows on a day."""
        for pk, demand in self.demands.items():
            if set(rows) & set(demand.rows):
                self.facts.setdefault(pk, []).append(day)

    # Trying ---------------------------------------------------------------------------------------------------------------

    def attempt(self, allowed: bool | None, act: Callable[[Moving | None], T]) -> T | None:
        """Try an act. Allowed, it writes one event; forbidden, it says why and changes nothing; None where either may be.

        Dates that would move are accepted at the second try, as a person does. Returns what the act returns, or None.
        """
        self.changed = False
        before = "" if allowed else digest()
        events = Event.objects.count()
        done, why = self._with_moves(act)
        self.tally[name_of(act), not why] += 1
        if why:
            assert not allowed, f"refused, though allowed: {why}"
            assert re.search(r"[.?!)]$", why.strip()), f"not a sentence: {why}"
            assert not before or digest() == before, "A refused act changed something."
            assert Event.objects.count() == events
            return None
        assert allowed is not False, "done, though forbidden"
        self.events += 1
        self.changed = True
        assert Event.objects.count() == events + 1, "An act is one event."
        for dispute in self.disputes.values():
            dispute.printed = False
        return done

    def _with_moves(self, act: Callable[[Moving | None], T]) -> tuple[T | None, str]:
        """Return what an act returns, and why it was refused, "" when it was not."""
        try:
            try:
                return act(None), ""
            except MovesToAccept as moves:
                return act(Moving("The proof shows another day.", moves.fingerprint)), ""
        except Refused as refusal:
            return None, str(refusal) or "?"

    def row(self, pk: int) -> RequestRow:
        """Return a row as a view would have loaded it."""
        return RequestRow.objects.select_related("demand__responding_party__person", "case__court").get(pk=pk)


def name_of(act: Callable[..., object]) -> str:
    """Return the rule that tries an act."""
    return act.__qualname__.split(".")[1].lstrip("_")


TABLES: list[type[models.Model]] = list(apps.get_app_config("discovery").get_models(include_auto_created=True))


def rows_of(model: type[models.Model], columns: str = "*") -> list[tuple[object, ...]]:
    """Return the rows of a table as they are stored, by id; nothing typed comes near the SQL."""
    key = model._meta.pk
    assert key is not None
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}" ORDER BY "{key.column}"')  # noqa: S608
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found


def digest() -> str:
    """Return a hash of every row of the application."""
    return hashlib.sha256("".join(repr(rows_of(model)) for model in TABLES).encode()).hexdigest()
