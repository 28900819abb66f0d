"""Runs inside an installation: fills it with N cases and their deadlines; prints page and SQL medians in ms, and the queries."""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour_of
from zoneinfo import ZoneInfo

import django

django.setup()

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discovery.enums import DeadlineKind, DeadlineState, DemandStatus, DraftState, MemberRole
from discovery.models import (
    Attachment,
    Case,
    CaseMembership,
    Court,
    Deadline,
    Demand,
    Draft,
    PartyGroup,
    Person,
    Request,
    RequestSet,
    RespondingParty,
    Service,
    SetVersion,
    Snapshot,
)
from tests.factories import make_user

ZONES = ("America/Los_Angeles", "America/New_York", "America/Chicago", "America/Denver")
DEMANDS, REQUESTS, DATES = 4, 15, 200
"""In each case: so many demands of so many requests, so many deadlines."""
STATUSES = (
    *[DemandStatus.SERVED.value] * 12,
    *[DemandStatus.DRAFT.value] * 4,
    *[DemandStatus.APPROVED.value] * 2,
    DemandStatus.IN_REVIEW.value,
    DemandStatus.WITHDRAWN.value,
)
END = hour_of(23, 59, 59)


class Filling:
    """The rows of an installation, written directly; chance is seeded, so that both databases hold the same."""

    def __init__(self, cases: int) -> None:
        self.chance = random.Random(4)
        self.now = timezone.now()
        self.alice, self.walter = make_user("alice"), make_user("walter")
        courts = [Court.objects.create(name=f"District {zone}", short_name=zone, time_zone=zone, rule_set="FRCP") for zone in ZONES]
        self.snapshot = Snapshot(sha256="0" * 64, content="{}")
        self.snapshot.save()
        self.cases = Case.objects.bulk_create(
            Case(court=courts[n % 4], docket_number=f"4:24-cv-{n:05}", name=f"Roe {n} v. Doe", first_side="ROE", second_side="DOE")
            for n in range(cases)
        )
        self.groups = PartyGroup.objects.bulk_create(PartyGroup(case=case, name="Ours") for case in self.cases)
        self._let_in()
        self.demands = self._demands()
        self._on_the_way()
        for start in range(0, cases, 25):
            Deadline.objects.bulk_create(self._dates(start, min(start + 25, cases)))

    def _let_in(self) -> None:
        """Make Alice a member of every second case, and a colleague of the others."""
        CaseMembership.objects.bulk_create(
            CaseMembership(
                case=case,
                user=self.walter if place % 2 else self.alice,
                role=(MemberRole.OWNER if place % 3 else MemberRole.READER).value,
                may_approve=bool(place % 3),
            )
            for place, case in enumerate(self.cases)
        )

    def _demands(self) -> list[Demand]:
        count = len(self.cases) * DEMANDS
        people = Person.objects.bulk_create(Person(name=f"Witness {n} Corp.", created_by=self.alice) for n in range(count))
        responders = RespondingParty.objects.bulk_create(
            RespondingParty(case=self.cases[n // DEMANDS], person=people[n]) for n in range(count)
        )
        sets = RequestSet.objects.bulk_create(
            RequestSet(case=one.case, propounded_by=self.groups[n // DEMANDS], name=f"Schedule A to {one.person.name}")
            for n, one in enumerate(responders)
        )
        Request.objects.bulk_create(
            (Request(request_set=one, number=n + 1, text=f"All Documents, part {n}.") for one in sets for n in range(REQUESTS)),
            batch_size=5000,
        )
        versions = [SetVersion(request_set=one, number=1, content={}, sha256="0" * 64, approved_by=self.alice) for one in sets]
        for version in versions:
            version.save()
        return Demand.objects.bulk_create(self._demand(n, responders[n], versions[n]) for n in range(count))

    def _demand(self, number: int, responder: RespondingParty, version: SetVersion) -> Demand:
        status = self.chance.choice(STATUSES)
        made = self.now - timedelta(minutes=7 * number)
        row = Demand(
            case=responder.case, request_set=version.request_set, responding_party=responder, status=status, created_at=made
        )
        if status in {DemandStatus.APPROVED, DemandStatus.SERVED}:
            row.approved_version, row.approved_snapshot, row.version = version, self.snapshot, 1
            row.approved_at, row.approved_by = made, self.alice
        row.due_at = self.now + timedelta(days=self.chance.randint(-300, 60))
        return row

    def _on_the_way(self) -> None:
        """Serve what is served, one in ten without a proof; make papers, one in thirty in vain."""
        served = [demand for demand in self.demands if demand.status == DemandStatus.SERVED]
        for demand in served:
            proof = None
            if self.chance.random() > 0.1:
                proof = Attachment(
                    case=demand.case,
                    name="Proof.pdf",
                    file="p",
                    media_type="application/pdf",
                    sha256="0",
                    size=1,
                    added_by=self.alice,
                )
                proof.save()
            day = self.now.date() - timedelta(days=self.chance.randint(0, 400))
            Service.objects.create(demand=demand, served_on=day, method="personal", proof=proof, recorded_by=self.alice)
        Draft.objects.bulk_create(self._draft(demand) for demand in self.demands if self.chance.random() > 0.2)

    def _draft(self, demand: Demand) -> Draft:
        state, error, file = DraftState.READY.value, "", "paper"
        if self.chance.random() < 1 / 30:
            state, error, file = DraftState.FAILED.value, "The font is missing.", ""
        return Draft(
            case=demand.case,
            demand=demand,
            paper="subpoena",
            snapshot=self.snapshot,
            state=state,
            error=error,
            file=file,
            file_sha256=file,
            requested_by=self.alice,
        )

    def _dates(self, first: int, end: int) -> Iterator[Deadline]:
        for place in range(first, end):
            case = self.cases[place]
            for number in range(DATES):
                yield self._date(case, self.demands[place * DEMANDS + number % DEMANDS], number)

    def _date(self, case: Case, demand: Demand, number: int) -> Deadline:
        """Return a deadline: 93 % done in the last three years, 2 % void, the rest open."""
        roll, zone = self.chance.random(), ZoneInfo(case.court.time_zone)
        row = Deadline(case=case, key=f"fact:{number}", title=f"Response to the requests, part {number}", zone=zone.key)
        row.demand = demand if self.chance.random() < 0.9 else None
        row.kind = self.chance.choice([kind.value for kind in DeadlineKind])
        row.ours, row.red = self.chance.random() < 0.7, self.chance.random() < 0.1
        row.set_by, row.owner = self.walter, self.alice if self.chance.random() < 0.2 else None
        if self.chance.random() < 0.3:
            row.confirmed_by, row.confirmed_at = self.alice, self.now
        ahead = self.chance.choice([self.chance.randint(-60, 30), self.chance.randint(0, 30), *[self.chance.randint(0, 400)] * 2])
        if roll < 0.95:
            row.state = (DeadlineState.DONE if roll < 0.93 else DeadlineState.VOID).value
            row.done_on, row.done_by = self.now.date(), self.alice
            ahead = -self.chance.randint(0, 1100)
        elif roll < 0.951:
            row.refusal = {"template": "No rule set.", "values": {}}
            return row
        _put(row, self.now.astimezone(zone).date() + timedelta(days=ahead), zone, by_hour=self.chance.random() < 0.1)
        if 0.951 < roll < 0.952:
            row.proposed_on, row.proposed_because = row.due_on, "The law changed."
            row.proposed_derivation = {}
        return row


def _put(row: Deadline, day: date, zone: ZoneInfo, *, by_hour: bool) -> None:
    row.due_on, row.by_hour = day, by_hour
    row.due_at = datetime.combine(day, hour_of(17) if by_hour else END, zone).astimezone(UTC)
    row.derivation = {"due_on": str(day), "steps": ["a trail of a usual length, which no list may read " * 20]}


ADDRESSES = {
    "Today": "/",
    "Dates, open": "/dates/",
    "Dates, overdue": "/dates/?bucket=overdue",
    "Dates, done, page 500": "/dates/?bucket=done&page=500",
    "Calendar, month": "/calendar/",
}


def main(cases: int) -> None:
    """Fill, then ask for each page 25 times, in turn with its queries run bare."""
    with transaction.atomic():
        Filling(cases)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="alice"))
    print(json.dumps({what: measure(client, address) for what, address in ADDRESSES.items()}))


def measure(client: Client, address: str) -> tuple[float, float, float, int]:
    """Return the median of the ratios page / bare SQL, both medians in ms, and the number of queries."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
    queries = [query["sql"] for query in captured if query["sql"].lstrip().upper().startswith(("SELECT", "WITH"))]
    pages, bare = [], []
    for _turn in range(25):
        began = time.perf_counter()
        client.get(address)
        middle = time.perf_counter()
        with connection.cursor() as cursor:
            for sql in queries:
                cursor.execute(sql)
                cursor.fetchall()
        pages.append((middle - began) * 1000)
        bare.append((time.perf_counter() - middle) * 1000)
    ratio = statistics.median(a / b for a, b in zip(pages, bare, strict=True))
    return ratio, statistics.median(pages), statistics.median(bare), len(queries)


if __name__ == "__main__":
    main(int(sys.argv[1]))
