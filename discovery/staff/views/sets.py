"""The schedule editor: a set's texts as one document, each opened in place; numbers are right after every act.

With scripts, htmx swaps one text at a time, so that an open form elsewhere on the page keeps what was typed; without, the same
addresses serve whole pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discovery.domain.errors import Refused
from discovery.domain.sets import add_items, change_item, change_set, move_item, remove_item
from discovery.enums import PARTY_SETS, WITH_PAGE, DemandStatus, SetKind
from discovery.models import Demand, Exhibit, Request, RequestSet
from discovery.staff.access import get_editable, get_visible, may_edit
from discovery.staff.actor import actor, by_htmx
from discovery.staff.batching import offers, ticks_of
from discovery.staff.forms.sets import MODELS, ItemForm, PasteForm, SetForm
from discovery.staff.previewed import paper_of, preview_of

if TYPE_CHECKING:
    from django import forms
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from discovery.domain.sets import Item

UNPROCESSABLE = 422
DRAFTED = {DemandStatus.DRAFT.value, DemandStatus.IN_REVIEW.value}
SPRITE = "vendor/bootstrap-icons/sprite.svg"
SHOWN = 1_200
"""How many characters of a text the document shows before "show all": 500 texts of 40,000 would be 20 MB of page."""


@dataclass(frozen=True, slots=True)
class Section:
    """One list of the document."""

    kind: str
    title: str
    add: str
    empty: str
    items: list[Any]

    @property
    def ids(self) -> str:
        """The order, for the script that keeps the numbers right."""
        return ",".join(str(item.pk) for item in self.items)


SECTIONS = {
    "definition": (
        gettext_lazy("Definitions"),
        gettext_lazy("Add a definition"),
        gettext_lazy("No definition yet. Add one, or paste several at once."),
    ),
    "instruction": (
        gettext_lazy("Instructions"),
        gettext_lazy("Add an instruction"),
        gettext_lazy("No instruction yet. Add one, or paste several at once."),
    ),
    "request": (
        gettext_lazy("Requests"),
        gettext_lazy("Add a request"),
        gettext_lazy("No request yet. Add one, or paste several at once: one a paragraph."),
    ),
}


OF_TOPICS = {
    "request": (
        gettext_lazy("Topics"),
        gettext_lazy("Add a topic"),
        gettext_lazy("No topic yet. Add one, or paste several at once: one a paragraph."),
    ),
}
"""What the requests of a set are called that lists matters for examination, Rule 30(b)(6)."""


def words_of(request_set: RequestSet) -> dict[str, tuple[Any, Any, Any]]:
    """Return title, button and empty sentence of each part of a set."""
    return {**SECTIONS, **OF_TOPICS} if request_set.kind == SetKind.TOPICS else {**SECTIONS}


def document(request_set: RequestSet, *, editable: bool) -> dict[str, Any]:
    """Return what the document's template needs (5 queries, however long the set is)."""
    sections = []
    for kind, (title, add, empty) in words_of(request_set).items():
        rows: list[Any] = list(MODELS[kind]._default_manager.filter(request_set=request_set).order_by("number"))
        if kind == "request":
            prefetch_related_objects(rows, "custodians")
        sections.append(Section(kind, str(title), str(add), str(empty), rows))
    return {
        "request_set": request_set,
        "sections": sections,
        "exhibits": list(request_set.exhibits.order_by("letter")),
        "base": reverse("set-detail", args=[request_set.pk]),
        "editable": editable and not request_set.frozen,
        "shown": SHOWN,
        "sprite": static(SPRITE),
    }


@login_required
@require_GET
def set_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a set with the schedule editor, and to whom it is directed."""
    request_set = get_visible(RequestSet.objects.select_related("case", "propounded_by"), actor(request), pk)
    demands = request_set.demands.select_related("responding_party__person").order_by("pk")
    editable = may_edit(RequestSet.objects, actor(request), request_set)
    directed, ticks = list(demands), ticks_of(request)
    previewed = next(filter(paper_of, directed), None) if editable else None
    context = {
        **document(request_set, editable=editable),
        **preview_of(previewed),
        "demands": directed,
        "may_edit": editable,
        "case": request_set.case,
        "offers": offers((demand.kind for demand in directed), ticks),
        "ticked": ticks.rows,
        "drafts": sum(one.status == DemandStatus.DRAFT for one in directed) if editable else 0,
        # Step 2 on the way to the paper of a party set: the first of its demands that is still drafted.
        "to_paper": next((one for one in directed if one.kind in PARTY_SETS and one.status in DRAFTED), None),
    }
    return render(request, "staff/sets/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def set_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a set's own fields: name, preamble, relevant period."""
    request_set = _set(request, pk)
    form = SetForm(request.POST or None, instance=request_set)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        saved = form.attempt(lambda: change_set(changed, by=actor(request), revision=form.cleaned_data["revision"]))
        if saved is not None:
            return _fields(request, saved)
    context = {"request_set": request_set, "form": form, "base": reverse("set-detail", args=[pk])}
    return answer(request, "staff/sets/_fields_form.html", context, form)


@login_required
@require_GET
def set_fields(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a set's own fields again, when their form was cancelled."""
    return _fields(request, _set(request, pk))


@login_required
@require_GET
def item_show(request: HttpRequest, set_pk: int, kind: str, pk: int) -> HttpResponse:
    """Show one text in full."""
    request_set = get_visible(RequestSet.objects.select_related("case"), actor(request), set_pk)
    item = _item(request_set, kind, pk)
    editable = may_edit(RequestSet.objects, actor(request), request_set) and not request_set.frozen
    return answer(
        request,
        "staff/sets/_item.html",
        {**_about(request_set, kind), "item": item, "whole": True, "editable": editable, "focus": True},
    )


@login_required
@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, set_pk: int, kind: str, pk: int) -> HttpResponse:
    """Change one text. Two people at once: the second sees both texts and decides."""
    request_set = _set(request, set_pk)
    item = _item(request_set, kind, pk)
    form = ItemForm(request.POST or None, request_set=request_set, kind=kind, item=item)
    if request.method == "POST" and form.is_valid():
        saved = form.attempt(
            lambda: change_item(
                item,
                form.new_text(),
                by=actor(request),
                revision=form.cleaned_data["revision"],
                custodians=form.custodians(),
            )
        )
        if saved is not None:
            return _changed(request, request_set, kind, [_item(request_set, kind, pk)], "staff/sets/_item.html")
    context = {**_about(request_set, kind), "item": item, "form": form}
    return answer(request, "staff/sets/_item_form.html", context, form)


@login_required
@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, set_pk: int, kind: str) -> HttpResponse:
    """Add one text, at the end; or put a removed one back at the number it had (`to`)."""
    request_set = _set(request, set_pk)
    form = ItemForm(request.POST or None, request_set=request_set, kind=_known(kind))
    if request.method == "POST" and form.is_valid():
        item = form.attempt(lambda: _add_one(request_set, kind, form, by=actor(request)))
        if item is not None:
            back = form.cleaned_data["to"] is not None
            template = "staff/sets/_item.html" if back else "staff/sets/_added.html"
            return _changed(request, request_set, kind, [item], template)
    return answer(request, "staff/sets/_item_form.html", {**_about(request_set, kind), "form": form}, form)


@login_required
@require_http_methods(["GET", "POST"])
def item_paste(request: HttpRequest, set_pk: int, kind: str) -> HttpResponse:
    """Add several texts at once, one a paragraph."""
    request_set = _set(request, set_pk)
    form = PasteForm(request.POST or None, auto_id=f"id_{_known(kind)}_paste_%s")
    if request.method == "POST" and form.is_valid():
        items = form.attempt(lambda: add_items(request_set, kind, form.texts, by=actor(request)))
        if items is not None:
            return _changed(request, request_set, kind, items, "staff/sets/_added.html")
    return answer(request, "staff/sets/_paste_form.html", {**_about(request_set, kind), "form": form}, form)


@login_required
@require_POST
def item_move(request: HttpRequest, set_pk: int, kind: str, pk: int) -> HttpResponse:
    """Give a text another number: `to` a place, or `by` so many places down (up when negative)."""
    request_set = _set(request, set_pk)
    item = _item(request_set, kind, pk)
    try:
        to = int(request.POST["to"]) if "to" in request.POST else item.number + int(request.POST["by"])
    except (KeyError, ValueError):
        return JsonResponse({"message": _("Say where to move it.")}, status=400)
    try:
        move_item(item, max(1, min(to, 1_000_000)), by=actor(request))
    except Refused as refused:
        if request.accepts("text/html"):
            messages.error(request, str(refused))
            return redirect(home_of(request_set, item))
        return JsonResponse({"message": str(refused)}, status=409)
    if request.accepts("text/html"):
        return redirect(home_of(request_set, item))
    said = _("Moved to number %(number)d.") % {"number": item.number}
    return JsonResponse({"order": _ids(request_set, kind), "message": said})


@login_required
@require_http_methods(["GET", "POST"])
def item_remove(request: HttpRequest, set_pk: int, kind: str, pk: int) -> HttpResponse:
    """Show what would go, then take it out; the answer offers to put it back."""
    request_set = _set(request, set_pk)
    item = _item(request_set, kind, pk)
    context = {**_about(request_set, kind), "item": item}
    if request.method == "GET":
        return answer(request, "staff/sets/_item_remove.html", context)
    custodians = [person.pk for person in item.custodians.all()] if isinstance(item, Request) else []
    number = item.number
    try:
        seen = request.POST.get("revision", "")
        remove_item(item, by=actor(request), revision=int(seen) if seen.isdecimal() else None)
    except Refused as refused:
        return render(request, "staff/sets/_item_remove.html", {**context, "refused": str(refused)}, status=UNPROCESSABLE)
    if not by_htmx(request):
        messages.success(request, _("Number %(number)d was removed; the ones after it moved up.") % {"number": number})
        return redirect(home_of(request_set))
    return render(
        request,
        "staff/sets/_item_removed.html",
        {**context, "number": number, "custodians": custodians, "order": _ids(request_set, kind)},
    )


def _add_one(request_set: RequestSet, kind: str, form: ItemForm, *, by: User) -> Item:
    """Add a text with its custodians, at the number it had before if it was removed by mistake."""
    new, people, to = form.new_text(), form.custodians(), form.cleaned_data["to"]
    item = add_items(request_set, kind, [new], by=by)[0]
    if people:
        change_item(item, new, by=by, revision=item.revision, custodians=people)
    if to is not None:
        move_item(item, to, by=by)
    return _item(request_set, kind, item.pk)


def _changed(request: HttpRequest, request_set: RequestSet, kind: str, items: list[Item], template: str) -> HttpResponse:
    """Answer an act that went well: with scripts the texts concerned and the new order, without them the document."""
    if not by_htmx(request):
        said = ngettext("Saved.", "%(count)d texts were added.", len(items)) % {"count": len(items)}
        messages.success(request, said)
        return redirect(home_of(request_set, items[-1]))
    context = {**_about(request_set, kind), "items": items, "item": items[-1], "editable": True, "focus": True}
    return render(request, template, {**context, "order": _ids(request_set, kind)})


def _fields(request: HttpRequest, request_set: RequestSet) -> HttpResponse:
    if not by_htmx(request):
        return redirect(home_of(request_set))
    context = {"request_set": request_set, "editable": not request_set.frozen, "focus": True}
    return render(request, "staff/sets/_fields.html", {**context, "base": reverse("set-detail", args=[request_set.pk])})


def answer(request: HttpRequest, fragment: str, context: dict[str, Any], form: forms.BaseForm | None = None) -> HttpResponse:
    """Render a fragment for htmx, or the same fragment within a page of its own; 422 when a form comes back with errors."""
    status = UNPROCESSABLE if form is not None and form.errors else 200
    if by_htmx(request):
        return render(request, fragment, context, status=status)
    request_set: RequestSet = context["request_set"]
    # A fragment that is a list's entry needs its list around it.
    listed = "exhibit" in context or "item" in context
    page = {"fragment": fragment, "back": home_of(request_set), "case": request_set.case, "listed": listed}
    return render(request, "staff/sets/part.html", {**context, **page}, status=status)


def _about(request_set: RequestSet, kind: str) -> dict[str, Any]:
    return {
        "request_set": request_set,
        "kind": kind,
        "part_title": words_of(request_set)[kind][0],
        "add": words_of(request_set)[kind][1],
        "base": reverse("set-detail", args=[request_set.pk]),
        "shown": SHOWN,
        "sprite": static(SPRITE),
    }


def _set(request: HttpRequest, pk: int) -> RequestSet:
    return get_editable(RequestSet.objects.select_related("case", "propounded_by"), actor(request), pk)


def _item(request_set: RequestSet, kind: str, pk: int) -> Item:
    rows: QuerySet[Any] = MODELS[_known(kind)]._default_manager.filter(request_set=request_set)
    item: Item = get_object_or_404(rows, pk=pk)
    item.request_set = request_set
    return item


def _known(kind: str) -> str:
    if kind not in SECTIONS:
        raise Http404
    return kind


def _ids(request_set: RequestSet, kind: str) -> list[int]:
    rows = MODELS[kind]._default_manager.filter(request_set=request_set).order_by("number")
    return list(rows.values_list("pk", flat=True))


def home_of(request_set: RequestSet, item: Item | Exhibit | None = None) -> str:
    """Return the page on which the set is edited: its subpoena's schedule, or its own page."""
    subpoena = Demand.objects.filter(request_set=request_set, kind__in=WITH_PAGE).order_by("pk").first()
    page = reverse("subpoena-schedule", args=[subpoena.pk]) if subpoena else reverse("set-detail", args=[request_set.pk])
    return f"{page}#{item._meta.model_name}-{item.pk}" if item is not None else page
