"""Conferring: live conferences of counsel with what they came to on each request, and the requests nobody talked about yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.conferrals.commitments import Promise, promise
from discovery.domain.conferrals.commitments import told_of as commitment_told
from discovery.domain.conferrals.narrowing import keep_narrowing
from discovery.domain.conferrals.narrowing import told_of as narrowing_told
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.served_rows import lock_rows, must_follow_service, rows_named
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, Side
from discovery.models import Attendee, Case, Conferral, ConferredRequest, Narrowing, RequestRow

if TYPE_CHECKING:
    from django.contrib.auth.models import User

T = TypeVar("T")
FIELDS = ["held_on", "started", "ended", "mode", "place", "notes"]


@verb
def confer(
    conferral: Conferral,
    attendees: Iterable[Attendee],
    outcomes: Iterable[ConferredRequest],
    commitments: Iterable[Promise] = (),
    narrowings: Iterable[Narrowing] = (),
    *,
    by: User,
) -> Conferral:
    """Record a live conference: who took part, what it came to on each request, what was promised and narrowed there.

    One event for all of it. A narrowing without days of its own was proposed, and if it says by whom agreed, on that day.
    Raises Refused for a conference ahead of now or before a request in it was served, nobody of the other side, no request or one
    of another case, an end before its start; for a commitment or narrowing as `commit` and `propose_narrowing` do, at the field
    "commitments-0-due" or "narrowings-0-text"; ValidationError.
    """
    case = Case.objects.select_for_update(of=("self",), no_key=True).select_related("court").get(pk=conferral.case_id)
    people, said = list(attendees), list(outcomes)
    conferral.case = case
    rows = _must_fit(conferral, people, said)
    last = Conferral.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    conferral.number, conferral.recorded_by = last + 1, by
    conferral.full_clean(exclude=["case", "recorded_by"])
    conferral.save()
    _write(conferral, people, said)
    promised = [_at(f"commitments-{place}", _promised(conferral, one, by)) for place, one in enumerate(commitments)]
    narrowed = [_at(f"narrowings-{place}", _narrowed(conferral, one, by)) for place, one in enumerate(narrowings)]
    details: dict[str, Any] = {**_told(conferral, people, said, rows), "rows": sorted(rows)}
    details["commitments"] = [commitment_told(one) for one in promised]
    details["narrowings"] = [narrowing_told(one) for one in narrowed]
    record(
        Act.CONFERRED,
        conferral,
        case=case,
        by=by,
        summary=lambda: _named(conferral, rows),
        details={name: value for name, value in details.items() if value},
        happened_at=noon(conferral.held_on, CourtLaw(case.court), conferral.started),
    )
    return conferral


@verb
def correct_conferral(
    conferral: Conferral,
    attendees: Iterable[Attendee],
    outcomes: Iterable[ConferredRequest],
    *,
    by: User,
    revision: int | None,
) -> Conferral:
    """Mend the record of a conference; what was written before stays in the event, notes too. Raises as `confer`, and Conflict.

    Commitments and narrowings have a life of their own: they are released, agreed and superseded by their own verbs.
    """
    stored = Conferral.objects.select_for_update(of=("self",)).select_related("case__court").get(pk=conferral.pk)
    people, said = list(attendees), list(outcomes)
    conferral.case = stored.case
    rows = _must_fit(conferral, people, said)
    were = list(ConferredRequest.objects.filter(conferral=stored).select_related("row__demand__responding_party__person"))
    before = _told(stored, list(stored.attendees.all()), were, {one.row_id: one.row for one in were})
    claim_revision(conferral, revision)
    conferral.full_clean(exclude=["case", "recorded_by"])
    conferral.save(update_fields=FIELDS)
    Attendee.objects.filter(conferral=stored).delete()
    ConferredRequest.objects.filter(conferral=stored).delete()
    _write(conferral, people, said)
    after = _told(conferral, people, said, rows)
    if stored.notes != conferral.notes:
        before["notes"], after["notes"] = stored.notes, conferral.notes
    changed = {
        name: [before.get(name, ""), after.get(name, "")]
        for name in {**before, **after}
        if before.get(name, "") != after.get(name, "")
    }
    details = {"changed": changed, "rows": sorted({*rows, *(one.row_id for one in were)})}
    record(Act.CONFERRAL_CHANGED, conferral, case=stored.case, by=by, summary=lambda: _named(conferral, rows), details=details)
    return conferral


def rows_without_conferral(rows: Iterable[RequestRow]) -> list[RequestRow]:
    """Return those of the rows on which no live conference is on record, in the order given (law/rules.md section 4, check 17).

    Every conference kept here was live: letters do not count (N.D. Cal. Civ. L.R. 1-5(n)), and no motion is heard on a request
    that counsel have not conferred about (37-1(a)).
    """
    wanted = list(rows)
    had = set(ConferredRequest.objects.filter(row__in=[row.pk for row in wanted]).values_list("row_id", flat=True))
    return [row for row in wanted if row.pk not in had]


def _must_fit(conferral: Conferral, people: list[Attendee], said: list[ConferredRequest]) -> dict[int, RequestRow]:
    """Return the rows of a conference by id, locked. Raises Refused for what cannot have happened."""
    law = CourtLaw(conferral.case.court)
    must_be_past(conferral.held_on, law, "held_on")
    _must_have_hours(conferral, law)
    if not any(one.side == Side.THEIRS for one in people):
        raise Refused(_("Say who took part for the other side: a conference takes two."), field="attendees")
    if not said:
        raise Refused(_("Choose at least one request that was talked about."), field="requests")
    if len({one.row_id for one in said}) < len(said):
        raise Refused(_("A request stands here twice. Give it one outcome."), field="requests")
    rows = lock_rows(conferral.case, [one.row for one in said])
    must_follow_service(list(rows.values()), conferral.held_on, "held_on")
    for one in (conferral, *people, *said):
        all_printable(one)
    return rows


def _must_have_hours(conferral: Conferral, law: CourtLaw) -> None:
    """Raise Refused for an end before the start, or an hour of today that has not come."""
    begun, ended = conferral.started, conferral.ended
    if ended is not None and begun is None:
        raise Refused(_("Say when it began, too."), field="started")
    if begun is not None and ended is not None and ended <= begun:
        raise Refused(_("It cannot have ended before it began."), field="ended")
    now = timezone.now().astimezone(law.court.zone)
    for name, hour in (("ended", ended), ("started", begun)):
        if hour is not None and conferral.held_on == now.date() and hour > now.time():
            raise Refused(_("This hour lies ahead. Record the conference when it has happened."), field=name)


def _write(conferral: Conferral, people: list[Attendee], said: list[ConferredRequest]) -> None:
    for person in people:
        person.pk, person.conferral = None, conferral
        person.full_clean(exclude=["conferral", "attorney"])
    for one in said:
        one.pk, one.conferral = None, conferral
        one.full_clean(exclude=["conferral", "row"])
    Attendee.objects.bulk_create(people)
    ConferredRequest.objects.bulk_create(said)


def _promised(conferral: Conferral, one: Promise, by: User) -> Callable[[], Any]:
    one.commitment.case, one.commitment.conferral = conferral.case, conferral
    one.commitment.promised_on = conferral.held_on
    return lambda: promise(one.commitment, one.due, one.rows, by=by)


def _narrowed(conferral: Conferral, one: Narrowing, by: User) -> Callable[[], Any]:
    one.conferral = conferral
    one.proposed_on = one.proposed_on or conferral.held_on
    if one.agreed_by.strip():
        one.agreed_on = one.agreed_on or conferral.held_on
    return lambda: keep_narrowing(one, by=by)


def _at(place: str, act: Callable[[], T]) -> T:
    """Do something for one line of the record; what it refuses is refused at that line."""
    try:
        return act()
    except Refused as refusal:
        raise Refused(str(refusal), field=f"{place}-{refusal.field}") from refusal
    except ValidationError as error:
        said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        name, messages = next(iter(said.items()))
        raise Refused(messages[0], field=f"{place}-{name}") from error


def _named(conferral: Conferral, rows: dict[int, RequestRow]) -> str:
    return f"{conferral} ({rows_named(rows.values())})"


def _told(
    conferral: Conferral, people: list[Attendee], said: list[ConferredRequest], rows: dict[int, RequestRow]
) -> dict[str, Any]:
    """Return what a conference says, for the record of events; the notes are work product and stay out of it."""
    told: dict[str, Any] = {name: str(getattr(conferral, name) or "") for name in FIELDS if name != "notes"}
    told["people"] = [f"{one.name} ({one.speaks_for or one.side})" for one in people]
    told["requests"] = {
        str(rows[one.row_id]): f"{one.outcome}: {one.note}" if one.note else one.outcome
        for one in sorted(said, key=lambda one: one.row_id)
    }
    return told
