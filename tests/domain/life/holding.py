"""What must hold after every step, whatever was tried."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models
from django.db.models import F
from django.utils import timezone
from hypothesis.stateful import invariant

from discovery.domain.dates.following import plan_for
from discovery.domain.events import broken_links
from discovery.domain.matrix.lines import matrix, standing_rows
from discovery.domain.matrix.stories import stories_of
from discovery.domain.service.rows import WITH_TEXTS, with_texts
from discovery.models import (
    Attachment,
    BatesRange,
    Clawback,
    Commitment,
    Conferral,
    ConferredRequest,
    Deadline,
    Demand,
    Dispute,
    DisputedRequest,
    Event,
    Narrowing,
    Order,
    PageTie,
    PrivilegeLog,
    PrivilegeLogEntry,
    Production,
    Request,
    RequestResponse,
    RequestRow,
    RequestSet,
    Response,
    Ruling,
    Service,
    ServiceAttempt,
    ServiceListEntry,
    SetVersion,
    Snapshot,
)
from discovery.papers.snapshots import digest as digest_of
from tests.domain.life.courts import Disputing, Ordering
from tests.domain.life.demands import Demanding
from tests.domain.life.papers import Producing, Withholding
from tests.domain.life.scene import rows_of
from tests.domain.life.talks import Answering, Conferring

WALLED = (
    *(Demand, RequestSet, Request, RequestRow, Service, ServiceAttempt, ServiceListEntry, Response, RequestResponse, Deadline),
    *(Conferral, ConferredRequest, Commitment, Narrowing, Dispute, DisputedRequest, Order, Ruling, Production, BatesRange),
    *(PageTie, PrivilegeLog, PrivilegeLogEntry, Clawback, SetVersion, Event),
)
"""What belongs to a case: the members see all of it, strangers nothing."""
LASTING = tuple(model for model in (*WALLED, Snapshot, Attachment) if model not in {PageTie, Request})
"""What never vanishes once it is there."""
ONE_CASE = (
    (RequestRow, "demand__case"),
    (Demand, "responding_party__case"),
    (Dispute, "responding_party__case"),
    (Order, "demand__case"),
    (Production, "responding_party__case"),
    (BatesRange, "production__case"),
    (PrivilegeLog, "responding_party__case"),
    (Clawback, "responding_party__case"),
    (Commitment, "deadline__case"),
    (Deadline, "demand__case"),
)
"""Rows that name their case, beside another way to it."""


def ids_of(model: type[models.Model]) -> set[object]:
    """Return the ids of a table."""
    key = model._meta.pk
    assert key is not None
    return {pk for (pk,) in rows_of(model, f'"{key.column}"')}


@cache
def wall_of(model: type[models.Model], user: int) -> tuple[str, tuple[Any, ...]]:
    """Return, written once, how a user asks for the rows of a model."""
    member = User.objects.get(pk=user)
    manager: Any = model._default_manager
    written: tuple[str, tuple[Any, ...]] = manager.visible_to(member).values("pk").order_by().query.sql_with_params()
    return written


def seen_by(model: type[models.Model], user: int) -> set[object]:
    """Return the ids that a user sees."""
    with connection.cursor() as cursor:
        cursor.execute(*wall_of(model, user))
        return {pk for (pk,) in cursor.fetchall()}


class Holding(Demanding, Answering, Conferring, Disputing, Ordering, Producing, Withholding):
    """The machine: all acts, and what holds after each."""

    def __init__(self) -> None:
        super().__init__()
        self.there: dict[type[models.Model], set[object]] = {}
        self.contents: dict[object, str] = {}

    @invariant()
    def the_record_holds(self) -> None:
        """After a step that changed something: that a refused one changed nothing was seen when it was tried."""
        if not self.changed:
            return
        self.each_act_is_one_link_of_an_unbroken_chain()
        self.nothing_vanishes()
        self.what_is_frozen_stays()
        self.statuses_are_the_models()
        self.one_of_each_counts()
        self.rulings_fall_on_what_was_filed()
        self.walls_stand()
        self.no_page_has_two_numbers_and_ties_are_the_models()
        self.dates_follow_the_facts()
        self.every_row_has_its_story_and_its_line()

    def each_act_is_one_link_of_an_unbroken_chain(self) -> None:
        assert Event.objects.count() == self.events
        assert not list(broken_links(self.world.case.pk))

    def nothing_vanishes(self) -> None:
        for model in LASTING:
            now = ids_of(model)
            assert now >= self.there.get(model, set()), f"{model.__name__} vanished"
            self.there[model] = now

    def what_is_frozen_stays(self) -> None:
        """Frozen versions and snapshots keep their words, served demands their paper, rows their request's words."""
        for pk, content, sha256 in SetVersion.objects.values_list("pk", "content", "sha256"):
            assert self.contents.setdefault(pk, repr((content, sha256))) == repr((content, sha256))
        for sha256, content in Snapshot.objects.values_list("pk", "content"):
            assert sha256 == digest_of(content)
        papers = {
            pk: (version, paper) for pk, version, paper in Demand.objects.values_list("pk", "approved_version", "approved_snapshot")
        }
        for pk, demand in self.demands.items():
            if demand.served:
                assert papers[pk] == demand.printed
        for row in RequestRow.objects.filter(case=self.world.case).select_related(
            "request__request_set", "demand__approved_version"
        ):
            version = row.demand.approved_version
            assert version is not None
            frozen = {entry["number"]: entry["text"] for entry in version.part("requests")}
            assert (row.request.text, row.request.request_set.status) == (frozen[row.number], "frozen")

    def statuses_are_the_models(self) -> None:
        case = self.world.case
        assert dict(Demand.objects.filter(case=case).values_list("pk", "status")) == {
            pk: one.status for pk, one in self.demands.items()
        }
        assert dict(RequestSet.objects.filter(case=case).values_list("pk", "status")) == {
            pk: "frozen" if frozen else "draft" for pk, frozen in self.frozen.items()
        }
        assert dict(Response.objects.filter(demand__case=case).values_list("pk", "status")) == {
            pk: one.status for pk, one in self.responses.items()
        }
        assert dict(Dispute.objects.filter(case=case).values_list("pk", "status")) == {
            pk: one.status for pk, one in self.disputes.items()
        }
        assert dict(Clawback.objects.values_list("pk", "state")) == {pk: state for pk, (state, _day) in self.clawbacks.items()}

    def one_of_each_counts(self) -> None:
        """One service, answer, agreed text and log at most counts, and it is the one that the model says."""
        services = Service.objects.filter(superseded=False, demand__case=self.world.case).values_list("demand", "served_on")
        assert sorted(services) == sorted((pk, one.served[-1]) for pk, one in self.demands.items() if one.served)
        current = RequestResponse.objects.filter(current=True).values_list("row", "response")
        assert sorted(current) == sorted(self.standing_answers().items())
        agreed = Narrowing.objects.filter(agreed_on__isnull=False, superseded=False).values_list("pk", flat=True)
        assert set(agreed) == {pk for pk, (_row, _day, day, gone) in self.narrowings.items() if day and not gone}
        assert max(Counter(row for row, _day, day, gone in self.narrowings.values() if day and not gone).values(), default=1) == 1
        logs = PrivilegeLog.objects.filter(superseded=False).values_list("pk", flat=True)
        assert set(logs) == {pk for pk, (_no, gone, _said) in self.logs.items() if not gone}
        said = PrivilegeLogEntry.objects.values_list("log", "number", "challenge")
        assert set(said) == {(pk, no, to) for pk, (_no, _gone, entries) in self.logs.items() for no, (to, _day) in entries.items()}

    def rulings_fall_on_what_was_filed(self) -> None:
        stored = {one.pk: one for one in Ruling.objects.select_related("dispute", "order")}
        assert {pk: (one.outcome, one.superseded) for pk, one in stored.items()} == {
            pk: (one.outcome, one.superseded_by is not None) for pk, one in self.rulings.items()
        }
        for one in stored.values():
            filed = one.dispute.submitted_on
            assert filed is not None
            assert filed <= one.order.entered_on
        for pk, now in self.disputes.items():
            assert now.status != "decided" or self.is_decided(pk)

    def walls_stand(self) -> None:
        world = self.world
        for model in WALLED:
            assert not seen_by(model, world.charlie.pk)
            assert seen_by(model, world.rita.pk) == ids_of(model)
        for model, way in ONE_CASE:
            assert not model._default_manager.exclude(**{f"{way}": F("case")}).exclude(**{f"{way}": None}).exists()
        assert not Ruling.objects.exclude(dispute__case=F("order__case")).exists()
        assert not PageTie.objects.exclude(row__demand__responding_party=F("bates_range__production__responding_party")).exists()
        assert not ConferredRequest.objects.filter(row__in=self.neighbours).exists()
        assert not DisputedRequest.objects.filter(row__in=self.neighbours).exists()

    def no_page_has_two_numbers_and_ties_are_the_models(self) -> None:
        taken = sorted(BatesRange.objects.values_list("first", "last"))
        assert all(one[1] < two[0] for one, two in pairwise(taken))
        assert taken == sorted(self.pages.values())
        found: dict[tuple[int, int], set[int]] = defaultdict(set)
        for production, row, first, last in PageTie.objects.values_list("bates_range__production", "row", "first", "last"):
            pages = set(range(first, last + 1))
            assert not found[production, row] & pages
            found[production, row] |= pages
        assert found == {key: pages for key, pages in self.ties.items() if pages}

    def dates_follow_the_facts(self) -> None:
        """Nothing waits to be computed after an act; a promise has its date, as it was given."""
        plan = plan_for(self.world.case)
        assert ([one.key for one in plan.new], plan.moves, [one.key for one, _wanted in plan.quiet]) == ([], [], [])
        promised = Commitment.objects.values_list("pk", "released_on", "deadline__kind", "deadline__due_on", "deadline__basis")
        assert {pk: released is not None for pk, released, *_date in promised} == self.commitments
        assert {(kind, due is not None, basis) for *_who, kind, due, basis in promised} <= {("commitment", True, "by_hand")}

    def every_row_has_its_story_and_its_line(self) -> None:
        case, now = self.world.case, timezone.now()
        stories = stories_of(case)
        assert sorted(story.row.pk for story in stories) == sorted(self.all_rows())
        for story in stories:
            days = [step.day for step in story.steps]
            assert days == sorted(days)
            assert story.now is not None
        lines = matrix(standing_rows(case), now)
        standing = [row for one in self.demands.values() if one.status == "served" for row in one.rows]
        assert sorted(line.pk for line in lines) == sorted(standing)
        rows = RequestRow.objects.filter(case=case).select_related(*WITH_TEXTS)
        assert len([told for _row, told in with_texts(rows) if told["text"]]) == len(self.all_rows())
