"""Filters of the list of dates: which, in which order. A saved view is its address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from discovery.enums import DeadlineKind, DeadlineState
from discovery.models import Deadline
from discovery.models.choices import translated
from discovery.staff.filters import OfferedField, PlainSelect, query_without
from discovery.staff.forms.base import dress
from discovery.staff.pressing import PROPOSED
from discovery.staff.urgency import Tally, open_dates, still_to_do, tally, tally_of, titles

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from discovery.staff.walls import Walls

    Choice = tuple[str, str | StrPromise]

SIDES: list[Choice] = [("", _("All")), ("ours", _("Ours")), ("theirs", _("Theirs"))]
OWNERS: list[Choice] = [("", _("Anyone")), ("me", _("Me")), ("none", _("Nobody"))]
DONE, PROPOSALS = "done", "proposed"
OTHER_BUCKETS: list[Choice] = [(PROPOSALS, _("Another date is proposed")), (DONE, _("Done"))]


class DateFilterForm(forms.Form):
    """What narrows the list of dates down."""

    case = OfferedField(label=_("Case"), required=False)
    whose = forms.ChoiceField(label=_("Whose turn"), choices=SIDES, required=False, widget=PlainSelect)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *translated(DeadlineKind)], required=False, widget=PlainSelect
    )
    owner = forms.ChoiceField(label=_("Owner"), choices=OWNERS, required=False, widget=PlainSelect)
    due_from = forms.DateField(label=_("Due from"), required=False)
    due_to = forms.DateField(label=_("Due to"), required=False)
    bucket = forms.ChoiceField(
        label=_("When"), choices=[("", _("All open")), *titles(), *OTHER_BUCKETS], required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, walls: Walls) -> None:
        super().__init__(data)
        case = self.fields["case"]
        assert isinstance(case, OfferedField)
        case.offer({str(one.pk): one.name for one in walls.cases.values()}, str(data.get("case", "")))
        for field in self.fields.values():
            dress(field)


class DateFilter:
    """The dates that an address asks for, of the user's cases alone."""

    def __init__(self, data: QueryDict, walls: Walls, now: datetime) -> None:
        self.data, self.walls, self.now = data, walls, now
        self.form = DateFilterForm(data, walls)
        self.valid = self.form.is_valid()
        self.values: dict[str, Any] = self.form.cleaned_data if self.valid else {}
        self.bucket: str = self.values.get("bucket", "")
        self.narrowed = self._narrowed()

    def _narrowed(self) -> QuerySet[Deadline]:
        """Return the rows that every filter but the bucket allows; none while a filter's value is wrong."""
        rows = self.walls.hold(Deadline.objects.order_by())
        conditions: dict[str, Callable[[Any], Q]] = {
            "case": lambda case: Q(case_id=int(case)),
            "whose": lambda side: Q(ours=side == "ours"),
            "kind": lambda kind: Q(kind=kind),
            "owner": lambda owner: Q(owner=self.walls.user) if owner == "me" else Q(owner=None),
            "due_from": lambda day: Q(due_on__gte=day),
            "due_to": lambda day: Q(due_on__lte=day),
        }
        wanted = [conditions[name](value) for name, value in self.values.items() if name in conditions and value not in ("", None)]
        return rows.filter(*wanted) if self.valid else rows.none()

    def tally(self) -> Tally:
        """Count the open ones by urgency (one query)."""
        if self.valid and not any(value for name, value in self.values.items() if name != "bucket"):
            return tally_of(self.walls, self.now)
        return tally(self.narrowed, self.now)

    def rows(self, counted: Tally) -> QuerySet[Deadline]:
        """Return the dates in order: those without a date, then the soonest; of what is done the latest first."""
        if self.bucket == DONE:
            return self.narrowed.filter(state=DeadlineState.DONE.value).order_by("-due_at", "-pk")
        rows = open_dates(self.narrowed)
        if self.bucket == PROPOSALS:
            rows = rows.filter(PROPOSED)
        else:
            rows = rows.filter(counted.within(self.bucket) if self.bucket else still_to_do(self.now))
        return rows.order_by(F("due_at").asc(nulls_first=True), "pk")

    def chips(self) -> list[dict[str, str]]:
        """Return the filters in force but the bucket: label, value as people read it, and the query string without it."""
        found = []
        for name, value in self.values.items():
            if name == "bucket" or value in ("", None):
                continue
            field = self.form.fields[name]
            choices = dict(getattr(field, "choices", ()))
            shown = self.walls.cases[int(value)].name if name == "case" else str(choices.get(value) or localize(value))
            found.append({"label": str(field.label), "value": shown, "without": self.without(name)})
        return found

    def without(self, *names: str, **instead: str) -> str:
        """Return the query string without these values and without the page, with others instead."""
        return query_without(self.data, *names, **instead)


def day_of(text: str) -> date | None:
    """Return the day that an address names, or None for nonsense."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
