"""What the address of the matrix asks for: rows, order, columns. A saved view is its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.kept import THESE, KeptQuery
from discovery.domain.matrix.chips import Chip, Total, totals_and_chips
from discovery.domain.matrix.lines import NOBODY, SORTS, Wanted, wanted_rows
from discovery.enums import DemandStatus
from discovery.models import Case, CaseMembership, RequestRow
from discovery.models.choices import translated
from discovery.staff.filters import OfferedField, query_without
from discovery.staff.forms.base import dress

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.staff.forms.base import Label

ME, NONE = "me", "none"
COLUMNS: Mapping[str, Label] = {
    "answer": _("Answer"),
    "objections": _("Objections"),
    "withheld": _("Withheld"),
    "produced": _("Produced"),
    "deficiency": _("Deficiency"),
    "conference": _("Last conference"),
    "commitment": _("Promised for"),
    "next": _("Next step"),
    "owner": _("Owner"),
    "narrowed": _("Narrowed"),
    "dispute": _("Dispute"),
    "ruling": _("Ruling"),
}
"""The stages of a request's life in their order; each can be left out of sight."""
CHIP_ICONS: Mapping[Chip, str] = {
    Chip.UNANSWERED: "question-circle",
    Chip.OBJECTION_ONLY: "sign-stop",
    Chip.PARTIAL: "circle-half",
    Chip.NOTHING_PRODUCED: "inbox",
    Chip.DEFICIENT: "exclamation-triangle",
    Chip.IMPASSE: "x-circle",
    Chip.RESOLVED: "check-circle",
    Chip.COMMITMENT_OVERDUE: "calendar-x",
}
HOLDS: Mapping[Chip, Label] = {
    Chip.UNANSWERED: _("No served answer stands on the request, or it says nothing to it"),
    Chip.OBJECTION_ONLY: _("The answer that stands only objects"),
    Chip.PARTIAL: _("The answer that stands promises or admits a part"),
    Chip.NOTHING_PRODUCED: _("Production was promised and no page is tied to the request"),
    Chip.DEFICIENT: _("A deficiency is noted"),
    Chip.IMPASSE: _("The newest conference ended in impasse, and nothing resolved it since"),
    Chip.RESOLVED: _("Ruled on, produced in full, or not pursued"),
    Chip.COMMITMENT_OVERDUE: _("A promise about the request has passed its date"),
}
"""What each chip says of a row, for the reader."""


@dataclass(frozen=True, slots=True)
class ShownChip:
    """A chip over the matrix: its words, how many rows it holds, and the address that chooses or leaves it."""

    key: str
    label: Label
    icon: str
    means: Label
    count: int
    chosen: bool
    query: str


class MatrixForm(forms.Form):
    """What narrows the matrix down."""

    text = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.TextInput(attrs={"data-search": True}))
    demand = OfferedField(label=_("Set or subpoena"), required=False)
    responder = OfferedField(label=_("Responding party"), required=False)
    owner = OfferedField(label=_("Owner"), required=False)
    chip = forms.ChoiceField(choices=[("", ""), *translated(Chip)], required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    columns = forms.MultipleChoiceField(
        label=_("Columns"), choices=list(COLUMNS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict, offered: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(data)
        for name, rows in offered.items():
            field = self.fields[name]
            assert isinstance(field, OfferedField)
            field.offer(rows, str(data.get(name, "")), gettext("Anyone") if name == "owner" else "")
        for field in self.fields.values():
            dress(field)


class MatrixFilter:
    """The rows of a case that an address asks for; none while a value is wrong, so that nobody acts on too many."""

    def __init__(self, data: QueryDict, case: Case, user: User, now: datetime) -> None:
        self.data, self.case, self.user, self.now = data, case, user, now
        self.members = members_of(case)
        self.form = MatrixForm(data, self._offered())
        self.valid = self.form.is_valid()
        self.values: dict[str, Any] = self.form.cleaned_data if self.valid else {}
        wanted_sort = str(data.get("sort", ""))
        self.sort = wanted_sort if wanted_sort.removeprefix("-") in SORTS else "responder"

    def _offered(self) -> dict[str, dict[str, str]]:
        """Return what can be chosen (one query beside the members)."""
        demands, responders = {}, {}
        for demand, responder_pk, responder, set_name in DEMANDS.of([self.case.pk]):
            demands[str(demand)] = f"{responder}: {set_name}"
            responders[str(responder_pk)] = responder
        owners = {ME: gettext("Me"), NONE: gettext("Nobody"), **{str(pk): name for pk, name in self.members.items()}}
        return {"demand": demands, "responder": responders, "owner": owners}

    @cached_property
    def wanted(self) -> Wanted:
        """What is asked for."""
        told = {name: str(self.values.get(name, "")) for name in ("demand", "responder", "owner", "chip", "text")}
        owner = {ME: str(self.user.pk), NONE: str(NOBODY)}.get(told["owner"], told["owner"])
        return Wanted(
            demand=int(told["demand"]) if told["demand"] else None,
            responder=int(told["responder"]) if told["responder"] else None,
            owner=int(owner) if owner else None,
            chip=Chip(told["chip"]) if told["chip"] else None,
            text=told["text"],
            sort=self.sort,
        )

    @property
    def columns(self) -> list[str]:
        """The columns to show, in their order; without a choice all of them."""
        chosen = self.values.get("columns") or list(COLUMNS)
        return [name for name in COLUMNS if name in chosen]

    @cached_property
    def every(self) -> list[int]:
        """The rows in order, whatever chip is chosen (one query)."""
        return list(_ids(wanted_rows(self.case, replace(self.wanted, chip=None), self.now)))

    @cached_property
    def ids(self) -> list[int]:
        """The rows that are asked for, in order (one query when a chip is chosen)."""
        if not self.valid:
            return []
        return list(_ids(wanted_rows(self.case, self.wanted, self.now))) if self.wanted.chip else self.every

    def counted(self) -> tuple[dict[Total, int], list[ShownChip]]:
        """Return the totals and the chips with their counts, whatever chip is chosen (one query)."""
        totals, counts = totals_and_chips(self.every, self.now)
        chips = [
            ShownChip(
                chip.value,
                gettext(chip.label),
                CHIP_ICONS[chip],
                HOLDS[chip],
                counts[chip],
                chip is self.wanted.chip,
                self.without("chip") if chip is self.wanted.chip else self.without("chip", chip=chip.value),
            )
            for chip in Chip
        ]
        return totals, chips

    def without(self, *names: str, **instead: str) -> str:
        """Return the query string without some of its values, with others instead."""
        return query_without(self.data, *names, **instead)

    def in_force(self) -> list[dict[str, str]]:
        """Return the filters in force beside the chip: label, value as people read it, and the query string without it."""
        found = []
        for name in ("text", "demand", "responder", "owner"):
            value = str(self.values.get(name, ""))
            if value:
                field = self.form.fields[name]
                words = field.rows.get(value, value) if isinstance(field, OfferedField) else value
                found.append({"label": str(field.label), "value": str(words), "without": self.without(name)})
        return found


def _ids(rows: QuerySet[RequestRow]) -> QuerySet[RequestRow, int]:
    return rows.values_list("pk", flat=True)


NAMES = ("demand__responding_party__person__name", "demand__request_set__name")
DEMANDS = KeptQuery(
    lambda: (
        RequestRow.objects.filter(case_id__in=THESE, demand__status=DemandStatus.SERVED.value)
        .order_by(*NAMES, "demand_id")
        .values_list("demand_id", "demand__responding_party_id", *NAMES)
        .distinct()
    )
)
MEMBERS = KeptQuery(
    lambda: (
        CaseMembership.objects.filter(case_id__in=THESE)
        .order_by("user__first_name", "user__username")
        .values_list("user_id", "user__first_name", "user__last_name", "user__username")
    )
)


def members_of(case: Case) -> dict[int, str]:
    """Return who belongs to the case, as colleagues know them (one query)."""
    return {pk: f"{first} {last}".strip() or username for pk, first, last, username in MEMBERS.of([case.pk])}
