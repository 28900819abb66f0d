"""The matrix of a case: filtered, sorted, acted on in bulk, taken away as a sheet. Its address is the view."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from discovery.domain.errors import Refused
from discovery.domain.matrix.acts import FIELDS, RowsChanged, undo_act
from discovery.domain.matrix.lines import THEN, matrix
from discovery.domain.matrix.stages import MatrixRow, lines_of
from discovery.models import Event, RequestRow
from discovery.staff.access import CaseMixin
from discovery.staff.forms.matrix import ACTS, RowsForm
from discovery.staff.ids import ids_in
from discovery.staff.matrix_filters import COLUMNS, MatrixFilter, members_of
from discovery.staff.matrix_sheet import cells, head
from discovery.staff.paging import ListPaginator, Sort
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.sheets import csv_answer, xlsx_answer

PER_PAGE = 500
"""So many lines stand on one page: the matrix of a case is read and selected as a whole."""
TICKED = re.compile(r"(?P<pk>[0-9]{1,18})(?:\.(?P<revision>[0-9]{1,9}))?", re.ASCII)
UNDO = "matrix_undo"
"""Where the session keeps which act the next page offers to undo."""


class MatrixScreen(CaseMixin):
    """What the screens of the matrix share."""

    @cached_property
    def found(self) -> MatrixFilter:
        """What the address asks for."""
        return MatrixFilter(self.request.GET, self.case, self.user, timezone.now())

    def home_url(self) -> str:
        """The matrix, as it was filtered when a form left it."""
        query = self.request.POST.get("query", "")
        return reverse("case-matrix", args=[self.case.pk]) + (f"?{query}" if query else "")


class CaseMatrix(MatrixScreen):
    """All requests of a case and where each stands."""

    template_name = "staff/matrix/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show them (a fixed number of queries)."""
        found = self.found
        totals, chips = found.counted()
        page = ListPaginator(found.ids, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "case": self.case,
            "may_edit": self.may_edit_case,
            "form": found.form,
            "totals": [(_(word.label), count) for word, count in totals.items()],
            "any": bool(found.every),
            "chips": chips,
            "in_force": found.in_force(),
            "narrowed": bool(found.in_force()) or found.wanted.chip is not None,
            "page": page,
            "rows": lines_of(list(page), found.now),
            "columns": found.columns,
            "heads": [(name, COLUMNS[name], SORTED_BY.get(name, "")) for name in found.columns],
            "sort": Sort(found.sort.removeprefix("-"), found.sort.startswith("-")),
            "query": request.GET.urlencode(),
            "acts": [form(None, members=found.members) for form in ACTS.values()] if self.may_edit_case else [],
            "undo": self.undoable(),
        }
        return self.page(context)

    def undoable(self) -> int | None:
        """Return the event that the page offers to undo: the one just done, once."""
        kept = self.request.session.get(UNDO)
        if not kept or kept.get("case") != self.case.pk:
            return None
        del self.request.session[UNDO]
        return int(kept["event"])


SORTED_BY = {"answer": "answer", "deficiency": "deficiency", "commitment": "commitment", "next": "next", "owner": "owner"}
"""Columns that sort, with their key."""


class MatrixExport(MatrixScreen):
    """What is filtered, as .csv or .xlsx."""

    def get(self, _request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        """Hand it out."""
        rows = cells(lines_of(self.found.ids, self.found.now))
        if kwargs["kind"] == "xlsx":
            return xlsx_answer("matrix", self.case.name, head(), rows)
        return csv_answer("matrix", head(), rows)


class MatrixAct(MatrixScreen):
    """Do one thing to all rows that are ticked; or lead to where they are conferred or written about."""

    template_name = "staff/matrix/act.html"

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Call the verb and go back with an offer to undo it; or show the form again with everything typed."""
        self.require_editor()
        chosen = self.chosen()
        if not chosen:
            messages.error(request, _("Select at least one request."))
            return HttpResponseRedirect(self.home_url())
        act = request.POST.get("act", "")
        if act.startswith("to-"):
            return self.lead(act.removeprefix("to-"), chosen)
        if act not in ACTS:
            raise BadRequest
        form = ACTS[act](request.POST, members=members_of(self.case))
        changed: list[RequestRow] = []
        if form.is_valid():
            try:
                done = form.store(self.case, chosen, by=self.user)
            except RowsChanged as conflict:
                changed = conflict.rows
                form.add_error(None, str(conflict))
            except Refused as refused:
                form.place(refused)
            else:
                request.session[UNDO] = {"case": self.case.pk, "event": done.event.pk}
                messages.success(request, str(form.said % {"n": done.rows}))
                return HttpResponseRedirect(self.home_url())
        return self.again(form, chosen, changed)

    def chosen(self) -> dict[int, int | None]:
        """Return the rows ticked with the revision that each was shown at."""
        told = (TICKED.fullmatch(value) for value in self.request.POST.getlist("pk"))
        return {int(one["pk"]): int(one["revision"]) if one["revision"] else None for one in told if one}

    def lead(self, where: str, chosen: dict[int, int | None]) -> HttpResponse:
        """Go on to a page of this site that takes rows along; the form names its address."""
        address = self.request.POST.get(f"at-{where}", "")
        if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, None):
            raise BadRequest
        return HttpResponseRedirect(f"{address}?rows={','.join(map(str, chosen))}")

    def again(self, form: RowsForm, chosen: dict[int, int | None], changed: list[RequestRow]) -> HttpResponse:
        """Show the form with what was typed and the rows it is for; what somebody else changed stands beside it."""
        rows = RequestRow.objects.filter(case=self.case, pk__in=list(chosen))
        shown = matrix(rows.order_by(*THEN), timezone.now())
        theirs = {row.pk for row in changed}
        context: dict[str, Any] = {
            "case": self.case,
            "form": form,
            "act": form.act,
            "rows": [(row, row.pk in theirs, stored(row, form.act)) for row in shown],
            "conflict": bool(changed),
            "query": self.request.POST.get("query", ""),
            "back": self.home_url(),
        }
        return self.page(context, status=UNPROCESSABLE)


def stored(row: MatrixRow, act: str) -> list[str]:
    """Return what stands on a row in the fields of an act, as people read it."""
    values = {field: told for field, told in cell_words(row)[act] if told}
    return [field + _(": ") + told for field, told in values.items()] or ["–"]


def cell_words(row: MatrixRow) -> dict[str, list[tuple[str, str]]]:
    """Return the fields that the acts write, by act: label and stored value."""
    told = dict(zip(head(), next(cells([row])), strict=True))
    names = {
        "assign": [_("Owner")],
        "deficiency": [_("Deficiency"), _("What is wrong")],
        "next": [_("Next step"), pgettext("the last day", "By")],
    }
    return {act: [(name, str(told[name] or "")) for name in fields] for act, fields in names.items()}


class MatrixUndo(MatrixScreen):
    """Put back what stood before an act."""

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Call the verb; say so when somebody changed the rows since."""
        self.require_editor()
        named = ids_in([request.POST.get("event", "")])
        event = get_object_or_404(Event, pk__in=named[:1], case=self.case, act__in=list(FIELDS))
        try:
            done = undo_act(event, by=self.user)
        except RowsChanged:
            messages.error(
                request, _("Somebody changed these requests since, so nothing was undone. Look at them and set them anew.")
            )
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            said = ngettext("Undone for %(n)d request.", "Undone for %(n)d requests.", done.rows)
            messages.success(request, said % {"n": done.rows})
        return HttpResponseRedirect(self.home_url())
