"""What was typed but not saved, put over the rows in memory: composing reads it there, and nothing is written.

A page names the forms that stand open as `parts`: "request-12" (a text by its id), "request-new-1" (one that is being added),
"set" (the set's own fields), "exhibit-3", "subpoena" (form AO 88B with the dates of its notice). Fields carry the name of their
part as prefix, those of the subpoena's form none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.domain.printing import all_printable
from discovery.domain.sets import as_stored
from discovery.models import Demand, Exhibit, PartyNotice, Request, RequestSet
from discovery.staff.forms.sets import MODELS, ExhibitForm, ItemForm, SetForm
from discovery.staff.forms.subpoenas import NoticeForm, SubpoenaForm

if TYPE_CHECKING:
    from django import forms
    from django.http import QueryDict

LISTS = {"definition": "definitions", "instruction": "instructions", "request": "requests", "exhibit": "exhibits"}
FETCHED = "_prefetched_objects_cache"
"""Where Django keeps the rows that were fetched with a row."""
MOST_PARTS = 100


def put_over(demand: Demand, data: QueryDict) -> list[str]:
    """Put what was typed over the demand, its set and its form, in memory; return in sentences what cannot stand."""
    request_set = demand.request_set
    prefetch_related_objects([request_set], "definitions", "instructions", "requests__custodians", "exhibits")
    problems: list[str] = []
    for part in data.getlist("parts")[:MOST_PARTS]:
        kind, _dash, key = part.partition("-")
        if kind == "set":
            problems += _set(request_set, data)
        elif kind == "subpoena" and hasattr(demand, "subpoena"):
            problems += _subpoena(demand, data)
        elif kind == "exhibit":
            problems += _exhibit(request_set, part, key, data)
        elif kind in MODELS:
            problems += _text(request_set, kind, part, key, data)
    return problems


def _set(request_set: RequestSet, data: QueryDict) -> Iterator[str]:
    form = SetForm(data, instance=request_set, prefix="set")
    yield from _wrong(form, _("The set’s own fields"))
    yield from _unprintable(request_set)


def _subpoena(demand: Demand, data: QueryDict) -> Iterator[str]:
    subpoena = demand.subpoena
    subpoena.demand = demand
    notice = getattr(demand, "notice", None) or PartyNotice(demand=demand)
    form, notice_form = SubpoenaForm(data, instance=subpoena), NoticeForm(data, instance=notice)
    yield from _wrong(form, "")
    yield from _wrong(notice_form, "")
    yield from _unprintable(subpoena)
    demand.subpoena, demand.notice = subpoena, notice
    if "attorney" in form.cleaned_data:
        demand.attorney = form.cleaned_data["attorney"]


def _exhibit(request_set: RequestSet, part: str, key: str, data: QueryDict) -> Iterator[str]:
    rows = _rows(request_set, "exhibit")
    found = next((one for one in rows if str(one.pk) == key), None)
    exhibit = found or Exhibit(request_set=request_set)
    form = ExhibitForm(data, instance=exhibit, prefix=part)
    yield from _wrong(form, _("Exhibit"))
    yield from _unprintable(exhibit)
    if found is None and form.is_valid():
        _keep(request_set, "exhibit", [*rows, exhibit])


def _text(request_set: RequestSet, kind: str, part: str, key: str, data: QueryDict) -> Iterator[str]:
    rows = _rows(request_set, kind)
    item = next((one for one in rows if str(one.pk) == key), None)
    form = ItemForm(data, request_set=request_set, kind=kind, item=item, prefix=part)
    number = item.number if item is not None else len(rows) + 1
    place = f"{str(MODELS[kind]._meta.verbose_name).capitalize()} {number}"
    if not form.is_valid():
        yield from _wrong(form, place)
        return
    try:
        new = as_stored(form.new_text())
    except Refused as refusal:
        yield f"{place}: {refusal}"
        return
    if item is None:
        # An id of its own, which no row has: relations can be asked of it.
        item = MODELS[kind](pk=-number, request_set=request_set, number=number)
        _keep(request_set, kind, [*rows, item])
    item.label, item.text = new.label, new.text
    if isinstance(item, Request):
        vars(item)[FETCHED] = {"custodians": form.custodians() or []}


def _rows(request_set: RequestSet, kind: str) -> list[Any]:
    return list(getattr(request_set, LISTS[kind]).all())


def _keep(request_set: RequestSet, kind: str, rows: list[Any]) -> None:
    vars(request_set)[FETCHED][LISTS[kind]] = rows


def _wrong(form: forms.BaseForm, place: str) -> Iterator[str]:
    """Yield what is wrong in a form, with the place and the field in front."""
    for name, errors in form.errors.items():
        label = str(form.fields[name].label or form[name].label) if name in form.fields else ""
        where = ", ".join(filter(None, (place, label)))
        for error in errors:
            yield f"{where}: {error}" if where else str(error)


def _unprintable(row: Any) -> Iterator[str]:
    try:
        all_printable(row)
    except Refused as refusal:
        yield str(refusal)
