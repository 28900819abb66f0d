"""Rows of the desk's list: what each says, and its HTML. Fifty rows through the template engine take longer than their queries."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from discovery.enums import WITH_PAGE, DemandKind, DemandStatus
from discovery.models import Demand
from discovery.models.choices import translated
from discovery.templatetags.icons import status_icon

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from discovery.staff.filters import KnownCase

READ = (
    "pk",
    "kind",
    "status",
    "created_at",
    "due_at",
    "case_id",
    "responding_party__person__name",
    "request_set__name",
)
LINE = (
    "<tr data-row>{tick}"
    '<th scope="row"><a data-open href="{url}">{responder}</a><span class="sub">{set_name}</span></th>'
    '<td data-label="{case_label}">{case}<span class="sub">{docket}</span></td>'
    '<td data-label="{kind_label}">{kind}</td>'
    '<td data-label="{status_label}"><span class="status status-{status}">{icon} {status_word}</span></td>'
    '<td data-label="{due_label}" class="nowrap">{due}</td>'
    '<td data-label="{created_label}" class="nowrap">{created}</td></tr>\n'
)
TICK = (
    '<td><input class="form-check-input" type="checkbox" name="pk" value="{pk}" data-kind="{kind_key}"{checked}'
    ' aria-label="{select} {responder}, {set_name}"></td>'
)


class Row(NamedTuple):
    """A row of the list with every word ready."""

    pk: int
    url: str
    selectable: bool
    responder: str
    set_name: str
    case: str
    docket: str
    kind_key: str
    kind: str
    status: str
    status_word: str
    due: str
    created: str


def rows_of(page: Sequence[int], cases: Mapping[int, KnownCase]) -> list[Row]:
    """Return the rows of these demands in their order (one query): which they are was found along an index before."""
    subpoenas, demands = reverse("subpoena-list"), reverse("demand-detail", args=[0]).removesuffix("0/")
    kinds = {value: str(label) for value, label in translated(DemandKind)}
    statuses = {value: str(label) for value, label in translated(DemandStatus)}
    language = get_language()
    rows = {}
    read = Demand.objects.filter(pk__in=page, case_id__in=list(cases)).order_by().values_list(*READ)
    for pk, kind, status, created, due, case, responder, set_name in read:
        rows[pk] = Row(
            pk=pk,
            url=f"{subpoenas if kind in WITH_PAGE else demands}{pk}/",
            selectable=cases[case].editable,
            responder=responder,
            set_name=set_name,
            case=cases[case].name,
            docket=cases[case].docket,
            kind_key=kind,
            kind=kinds[kind],
            status=status,
            status_word=statuses[status],
            due=_moment(localtime(due), language) if due else "–",
            created=_day(localtime(created).date(), language),
        )
    return [rows[pk] for pk in page if pk in rows]


def drawn(rows: Sequence[Row], *, with_ticks: bool, ticked: Collection[int] = ()) -> SafeString:
    """Return the rows' HTML, every word escaped; with a box to tick before each of which the reader may make papers."""
    select = escape(_("Select"))
    labels = {
        "case_label": escape(_("Case")),
        "kind_label": escape(_("Kind")),
        "status_label": escape(_("Status")),
        "due_label": escape(_("Due")),
        "created_label": escape(_("Created")),
    }
    icons = {status: status_icon(status) for status in {row.status for row in rows}}
    lines = []
    for row in rows:
        words = {name: escape(str(value)) for name, value in row._asdict().items()}
        checked = " checked" if row.pk in ticked else ""
        tick = TICK.format(select=select, checked=checked, **words) if row.selectable else "<td></td>"
        lines.append(LINE.format(**words, **labels, icon=icons[row.status], tick=tick if with_ticks else ""))
    return mark_safe("".join(lines))  # noqa: S308 - each part is escaped above


@lru_cache(maxsize=4096)
def _moment(at: datetime, _language: str | None) -> str:
    """Return a moment as the reader's language writes it: moments repeat from row to row, and writing one takes long."""
    return date_format(at, "SHORT_DATETIME_FORMAT")


@lru_cache(maxsize=4096)
def _day(day: date, _language: str | None) -> str:
    """Return a day as the reader's language writes it."""
    return date_format(day, "SHORT_DATE_FORMAT")
