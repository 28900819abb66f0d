"""Recording what an order says on each request of a dispute, or on the dispute as a whole.

A worked story. On July 9 an order (Dkt. 203) grants Requests 2 and 3 of a letter filed on June 30: `rule` writes two rulings, the
letter is decided, and the days for compliance that the order states are due dates. On August 28 another order (Dkt. 237)
reconsiders the first and denies Request 3: `rule` again. The ruling of July 9 stays as it was written, marked superseded; the new
one says what it supersedes, and its due date falls away once a person accepts that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import Moving, follow
from discovery.domain.errors import Conflict, Refused
from discovery.domain.events import in_english, record, verb
from discovery.domain.printing import printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.serving import noon
from discovery.enums import Act, DisputeKind, DisputeStatus, RulingOutcome
from discovery.models import Dispute, Order, RequestRow, Ruling

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BEFORE_THE_COURT = (
    DisputeKind.JOINT_LETTER.value,
    DisputeKind.MOTION_TO_COMPEL.value,
    DisputeKind.MOTION_TO_QUASH.value,
    DisputeKind.PROTECTIVE_ORDER.value,
)
"""What a court rules on; a letter to the other side asks the other side."""
FILED = (DisputeStatus.SUBMITTED.value, DisputeStatus.DECIDED.value)
RULING_FIELDS = ("outcome", "ordered_text", "comply_by", "note")
ROW_NAME = "row__demand__responding_party__person"
Key = tuple[int, int | None]
"""A dispute and a row of it, or None for the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a ruling says: a value of RulingOutcome, the ordered text, the day for compliance that the order states."""

    outcome: str
    ordered_text: str = ""
    comply_by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Words):
    """What an order says on a row of a dispute, or, without a row, on the whole.

    `seen` is the id of the ruling that stood there when somebody looked, 0 for none; None when nobody looked before.
    """

    dispute: Dispute
    row: RequestRow | None = None
    seen: int | None = None

    @property
    def key(self) -> Key:
        """The dispute and the row."""
        return self.dispute.pk, self.row.pk if self.row is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended(Words):
    """What a ruling on record should say; `revision` is the one that was looked at, None when nobody did."""

    ruling: Ruling
    revision: int | None = None


class RuledMeanwhile(Conflict):
    """Somebody else recorded a ruling on the same request since; `rulings` are those that stand there now."""

    def __init__(self, rulings: list[Ruling]) -> None:
        self.rulings = rulings
        said = "; ".join(_("%(row)s: %(ruling)s") % {"row": _about(one), "ruling": one.get_outcome_display()} for one in rulings)
        theirs = {place((one.dispute_id, one.row_id), name): getattr(one, name) for one in rulings for name in RULING_FIELDS}
        super().__init__(
            _("Somebody else recorded a ruling here while you were looking: %(said)s. Both are shown; save again to keep yours.")
            % {"said": said},
            theirs=theirs,
            revision=max(one.revision for one in rulings),
        )


def place(key: Key, name: str) -> str:
    """Return how the field of a ruling is called on a screen and in a refusal: "12-34-outcome", "12-0-…" for the whole."""
    return f"{key[0]}-{key[1] or 0}-{name}"


@verb
def rule(
    order: Order, rulings: Iterable[Said], *, by: User, mended: Iterable[Mended] = (), moving: Moving | None = None
) -> list[Ruling]:
    """Record what an order says on requests, or on disputes as a whole; return the new rulings.

    A ruling on what was ruled on before supersedes that ruling, which stays; so does one of an order that reconsiders the order
    that ruled. A dispute is decided once each of its requests, or the whole, has a ruling that is not deferred. Days for
    compliance become due dates as the order states them. `mended` are corrections of the same order's earlier rulings.

    Raises Refused for nothing said, a request in no dispute that was filed, an order from before the filing, granted in part
    without its text; RuledMeanwhile; MovesToAccept when due dates of a superseded ruling fall away.
    """
    said, corrections = list(rulings), list(mended)
    if not said:
        raise Refused(_("Say what the order says on at least one request."))
    locked, disputes = _lock(order, {one.dispute.pk for one in said})
    for one in said:
        _must_fit(locked, disputes, one)
    if len({one.key for one in said}) < len(said):
        raise Refused(_("One request has two rulings here. Say for each what the order says once."))
    changed = _mend(locked, corrections)
    current = _current(disputes)
    _must_be_as_seen(locked, said, current)
    _must_be_newer(locked, said, current)
    # What was ruled on in its own dispute first: the rulings of a reconsidered order that then still stand are left to the rest.
    made = [_write(locked, one, current, by=by) for one in sorted(said, key=lambda one: one.key not in current)]
    decided = _settle([disputes[pk] for pk in sorted({one.dispute.pk for one in said})])
    told = {"rulings": [_in_words(one) for one in made], "rows": [one.row_id for one in made if one.row_id], **changed, **decided}
    _record(Act.RULED, locked, told, by=by, moving=moving)
    return made


@verb
def correct_rulings(order: Order, mended: Iterable[Mended], *, by: User, moving: Moving | None = None) -> list[Ruling]:
    """Mend the record of rulings: what the order said did not change, what was typed did. Returns those that changed.

    Raises as `rule`, Conflict when somebody else mended one since, Refused for one that was superseded.
    """
    corrections = list(mended)
    locked, disputes = _lock(order, {one.ruling.dispute_id for one in corrections})
    changed = _mend(locked, corrections)
    decided = _settle(list(disputes.values()))
    _record(Act.ORDER_CHANGED, locked, {**changed, **decided}, by=by, moving=moving)
    return [one.ruling for one in corrections]


def _lock(order: Order, wanted: set[int]) -> tuple[Order, dict[int, Dispute]]:
    """Lock the disputes (those of a reconsidered order too, always in the order of their ids), then the order."""
    touched = set(wanted)
    if order.reconsiders_id is not None:
        touched |= set(Ruling.objects.filter(order=order.reconsiders_id).values_list("dispute_id", flat=True))
    disputes = Dispute.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(sorted(touched))
    rows = Order.objects.select_for_update(of=("self",)).select_related("case__court")
    return rows.get(pk=order.pk), disputes


def _must_fit(order: Order, disputes: dict[int, Dispute], said: Said) -> None:
    dispute = disputes[said.dispute.pk]
    if dispute.case_id != order.case_id:
        raise Refused(_("Choose a dispute of this case."))
    if dispute.kind not in BEFORE_THE_COURT:
        raise Refused(
            _("“%(dispute)s” is a letter to the other side; a court rules on what was filed. Record the motion first.")
            % {"dispute": dispute}
        )
    if dispute.status not in FILED or dispute.submitted_on is None:
        raise Refused(
            _("“%(dispute)s” is “%(now)s”: nothing is before the court. Record it as filed first.")
            % {"dispute": dispute, "now": dispute.get_status_display()}
        )
    if said.row is not None and not dispute.requests.filter(row=said.row).exists():
        raise Refused(
            _("%(row)s is not in “%(dispute)s”, so there is nothing to rule on. Record the dispute over it first.")
            % {"row": said.row, "dispute": dispute},
            field=place(said.key, "outcome"),
        )
    if order.entered_on < dispute.submitted_on:
        raise Refused(
            _("The order was entered on %(day)s, before “%(dispute)s” was filed on %(filed)s. Check both days.")
            % {
                "day": formats.date_format(order.entered_on),
                "dispute": dispute,
                "filed": formats.date_format(dispute.submitted_on),
            },
            field=place(said.key, "outcome"),
        )
    _must_be_whole(order, said, said.key)


def _must_be_whole(order: Order, words: Words, key: Key) -> None:
    """Raise Refused at the field for an unknown ruling, granted in part without text, a day before the order."""
    if words.outcome not in set(RulingOutcome):
        raise Refused(_("Choose the ruling."), field=place(key, "outcome"))
    if words.outcome == RulingOutcome.GRANTED_IN_PART and not words.ordered_text.strip():
        raise Refused(_("Granted in part: write down what the order grants."), field=place(key, "ordered_text"))
    if words.comply_by is not None and words.comply_by < order.entered_on:
        raise Refused(_("This lies before the day the order was entered. Check both days."), field=place(key, "comply_by"))
    for name in ("ordered_text", "note"):
        printable(getattr(words, name), place(key, name))


def _current(disputes: dict[int, Dispute]) -> dict[Key, Ruling]:
    """Return the rulings that stand in the disputes at hand."""
    rows = Ruling.objects.filter(dispute__in=list(disputes), superseded=False)
    return {(one.dispute_id, one.row_id): one for one in rows.select_related("order", "dispute", ROW_NAME)}


def _must_be_as_seen(order: Order, said: list[Said], current: dict[Key, Ruling]) -> None:
    """Raise RuledMeanwhile where another ruling stands than was looked at, or this very order has ruled already."""
    other = []
    for one in said:
        stands = current.get(one.key)
        unseen = one.seen is not None and one.seen != (stands.pk if stands is not None else 0)
        if stands is not None and (unseen or stands.order_id == order.pk):
            other.append(stands)
    if other:
        raise RuledMeanwhile(other)


def _must_be_newer(order: Order, said: list[Said], current: dict[Key, Ruling]) -> None:
    """Raise Refused where the order has ruled before and was superseded, or a later order has ruled."""
    before = set(Ruling.objects.filter(order=order).values_list("dispute_id", "row_id"))
    for one in said:
        stands = current.get(one.key)
        if one.key in before:
            raise Refused(
                _("This order ruled on it already, and a later one superseded that. Record the newer order first."),
                field=place(one.key, "outcome"),
            )
        if stands is not None and stands.order.entered_on > order.entered_on:
            raise Refused(
                _("A later order, entered on %(day)s, has ruled on it: %(order)s. That one counts.")
                % {"day": formats.date_format(stands.order.entered_on), "order": stands.order},
                field=place(one.key, "outcome"),
            )


def _write(order: Order, said: Said, current: dict[Key, Ruling], *, by: User) -> Ruling:
    """Write one ruling; what it supersedes is marked so first, since one current ruling of a row is all that there may be."""
    earlier = current.pop(said.key, None) or _reconsidered(order, said, current)
    if earlier is not None:
        Ruling.objects.filter(pk=earlier.pk).update(superseded=True, revision=F("revision") + 1, changed_at=timezone.now())
    return Ruling.objects.create(
        order=order,
        dispute=said.dispute,
        row=said.row,
        supersedes=earlier,
        recorded_by=by,
        **{name: getattr(said, name) for name in RULING_FIELDS},
    )


def _reconsidered(order: Order, said: Said, current: dict[Key, Ruling]) -> Ruling | None:
    """Take out the ruling of the reconsidered order on the same request, made in another dispute."""
    if order.reconsiders_id is None or said.row is None:
        return None
    for key, one in current.items():
        if key[1] == said.row.pk and one.order_id == order.reconsiders_id:
            return current.pop(key)
    return None


def _mend(order: Order, corrections: list[Mended]) -> dict[str, Any]:
    """Write corrections and return, for the event, what each field said before and says now."""
    changed: dict[str, list[str]] = {}
    for one in corrections:
        stored = Ruling.objects.select_for_update(of=("self",)).select_related("row", "dispute").get(pk=one.ruling.pk)
        key = (stored.dispute_id, stored.row_id)
        if stored.order_id != order.pk:
            raise Refused(_("This ruling belongs to another order. Correct it there."), field=place(key, "outcome"))
        if stored.superseded:
            raise Refused(_("A later order superseded this ruling; the later one counts."), field=place(key, "outcome"))
        _must_be_whole(order, one, key)
        _claim(stored, one.revision)
        about = in_english(lambda stored=stored: _about(stored))  # type: ignore[misc]
        for name in RULING_FIELDS:
            old, new = getattr(stored, name), getattr(one, name)
            if old != new:
                changed[f"{about}: {name}"] = [str(old or ""), str(new or "")]
                setattr(stored, name, new)
        stored.save(update_fields=RULING_FIELDS)
        for name in (*RULING_FIELDS, "revision"):
            setattr(one.ruling, name, getattr(stored, name))
    return {"changed": changed} if changed else {}


def _claim(stored: Ruling, revision: int | None) -> None:
    try:
        claim_revision(stored, revision)
    except Conflict as conflict:
        raise RuledMeanwhile([stored]) from conflict


def _settle(disputes: Iterable[Dispute]) -> dict[str, Any]:
    """Bring each dispute's status up to its rulings: decided, or filed and waiting; return, for the event, what changed."""
    decided: list[str] = []
    waiting: list[str] = []
    for dispute in disputes:
        if dispute.status not in FILED:
            continue
        to = DisputeStatus.DECIDED if _is_decided(dispute) else DisputeStatus.SUBMITTED
        if dispute.status != to:
            (decided if to == DisputeStatus.DECIDED else waiting).append(dispute.title)
            now = timezone.now()
            Dispute.objects.filter(pk=dispute.pk).update(status=to.value, revision=F("revision") + 1, changed_at=now)
            dispute.status = to.value
    return {name: titles for name, titles in (("decided", decided), ("still_open", waiting)) if titles}


def _is_decided(dispute: Dispute) -> bool:
    """Whether the whole, or every request, has a ruling that decides it; one that a ruling in another dispute superseded does."""
    settled: set[int | None] = set()
    for one in dispute.rulings.select_related("superseded_by"):
        last = one.superseded_by if one.superseded else one
        within = one.superseded and last.dispute_id == dispute.pk
        if not within and last.outcome != RulingOutcome.DEFERRED:
            settled.add(one.row_id)
    asked = set(dispute.requests.values_list("row_id", flat=True))
    return None in settled or (bool(asked) and asked <= settled)


def _record(act: Act, order: Order, told: dict[str, Any], *, by: User, moving: Moving | None) -> None:
    dates = follow(order.case, by=by, moving=moving)
    moment = noon(order.entered_on, CourtLaw(order.case.court)) if act == Act.RULED else None
    record(act, order, case=order.case, by=by, summary=lambda: str(order), details={**told, **dates}, happened_at=moment)


def _about(ruling: Ruling) -> str:
    return str(ruling.row) if ruling.row is not None else str(ruling.dispute)


def _in_words(ruling: Ruling) -> str:
    """Return a ruling for the record, with what it supersedes."""

    def words() -> str:
        text = f"{_about(ruling)}: {ruling.get_outcome_display()}"
        earlier = ruling.supersedes
        return f"{text}, before: {earlier.get_outcome_display()} ({earlier.order})" if earlier is not None else text

    return in_english(words)
