"""What stands unsaved in the forms of a set and of what is directed to one recipient: AO 88B, testimony, the notice to the parties.

Parts: "request-12" (a text by its id), "request-new-1" (one that is being added), "set" (the set's own fields), "exhibit-3",
"subpoena" (form AO 88B with the dates of its notice), "testimony" (the fields of forms AO 88A and AO 88 or of a notice), "paper"
(what the paper of a party set states beside its texts).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.domain.held import hold
from discovery.domain.sets import as_stored
from discovery.enums import PARTY_SETS, TESTIMONY
from discovery.models import Demand, Exhibit, PartyNotice, Request, RequestSet
from discovery.staff.forms.party_sets import SetPaperForm
from discovery.staff.forms.sets import MODELS, ExhibitForm, ItemForm, SetForm
from discovery.staff.forms.subpoenas import NoticeForm, SubpoenaForm
from discovery.staff.forms.testimony import IssuedForm, TestimonyForm
from discovery.staff.unsaved.said import not_printable, parts_of, wrong

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict

LISTS = {"definition": "definitions", "instruction": "instructions", "request": "requests", "exhibit": "exhibits"}


def put_over_demand(demand: Demand, data: QueryDict, *, by: User) -> list[str]:
    """Put what was typed over the demand, its set and its form."""
    del by
    request_set = demand.request_set
    prefetch_related_objects([request_set], "definitions", "instructions", "requests__custodians", "exhibits")
    problems: list[str] = []
    for part, kind, key in parts_of(data):
        if kind == "set":
            problems += _set(request_set, data)
        elif kind == "subpoena" and hasattr(demand, "subpoena"):
            problems += _subpoena(demand, part, data)
        elif kind == "testimony" and demand.kind in TESTIMONY:
            problems += _testimony(demand, part, data)
        elif kind == "paper" and demand.kind in PARTY_SETS:
            problems += wrong(SetPaperForm(data, instance=demand, prefix=part), "")
            problems += not_printable(demand)
        elif kind == "exhibit":
            problems += _exhibit(request_set, part, key, data)
        elif kind in MODELS:
            problems += _text(request_set, kind, part, key, data)
    return problems


def _set(request_set: RequestSet, data: QueryDict) -> Iterator[str]:
    form = SetForm(data, instance=request_set, prefix="set")
    yield from wrong(form, _("The set’s own fields"))
    yield from not_printable(request_set)


def _subpoena(demand: Demand, part: str, data: QueryDict) -> Iterator[str]:
    subpoena = demand.subpoena
    subpoena.demand = demand
    form = SubpoenaForm(data, instance=subpoena, prefix=part)
    yield from wrong(form, "")
    yield from _notice(demand, part, data)
    yield from not_printable(subpoena)
    demand.subpoena = subpoena
    _sign(demand, form)


def _testimony(demand: Demand, part: str, data: QueryDict) -> Iterator[str]:
    testimony = demand.testimony
    testimony.demand = demand
    form = TestimonyForm(data, instance=testimony, prefix=part)
    yield from wrong(form, "")
    yield from not_printable(testimony)
    demand.testimony = testimony
    _sign(demand, form)
    subpoena = getattr(demand, "subpoena", None)
    if subpoena is not None:
        yield from wrong(IssuedForm(data, instance=subpoena, prefix=part), "")
        yield from not_printable(subpoena)
    yield from _notice(demand, part, data)


def _notice(demand: Demand, part: str, data: QueryDict) -> Iterator[str]:
    notice = getattr(demand, "notice", None) or PartyNotice(demand=demand)
    yield from wrong(NoticeForm(data, instance=notice, prefix=f"{part}-{NoticeForm.prefix}"), "")
    demand.notice = notice


def _sign(demand: Demand, form: SubpoenaForm | TestimonyForm) -> None:
    if "attorney" in form.cleaned_data:
        demand.attorney = form.cleaned_data["attorney"]


def _exhibit(request_set: RequestSet, part: str, key: str, data: QueryDict) -> Iterator[str]:
    rows = _rows(request_set, "exhibit")
    found = next((one for one in rows if str(one.pk) == key), None)
    exhibit = found or Exhibit(request_set=request_set)
    form = ExhibitForm(data, instance=exhibit, prefix=part)
    yield from wrong(form, _("Exhibit"))
    yield from not_printable(exhibit)
    if found is None and form.is_valid():
        _keep(request_set, "exhibit", [*rows, exhibit])


def _text(request_set: RequestSet, kind: str, part: str, key: str, data: QueryDict) -> Iterator[str]:
    rows = _rows(request_set, kind)
    item = next((one for one in rows if str(one.pk) == key), None)
    form = ItemForm(data, request_set=request_set, kind=kind, item=item, prefix=part)
    number = item.number if item is not None else len(rows) + 1
    place = f"{str(MODELS[kind]._meta.verbose_name).capitalize()} {number}"
    if not form.is_valid():
        yield from wrong(form, place)
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
        hold(item, "custodians", form.custodians() or [])


def _rows(request_set: RequestSet, kind: str) -> list[Any]:
    return list(getattr(request_set, LISTS[kind]).all())


def _keep(request_set: RequestSet, kind: str, rows: list[Any]) -> None:
    hold(request_set, LISTS[kind], rows)
