"""Exhibit lists of a set, each opened in place like the numbered texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from discovery.domain.errors import Refused
from discovery.domain.sets import put_exhibit, remove_exhibit
from discovery.models import Exhibit, RequestSet
from discovery.staff.access import get_editable, get_visible, may_edit
from discovery.staff.actor import actor, by_htmx
from discovery.staff.forms.sets import ExhibitForm
from discovery.staff.views.sets import UNPROCESSABLE, answer, home_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SETS = RequestSet.objects.select_related("case", "propounded_by")


@login_required
@require_GET
def exhibit_show(request: HttpRequest, set_pk: int, pk: int) -> HttpResponse:
    """Show one exhibit list."""
    user = actor(request)
    request_set = get_visible(SETS.all(), user, set_pk)
    editable = may_edit(RequestSet.objects, user, request_set) and not request_set.frozen
    context = {**_about(request_set, _exhibit(request_set, pk)), "editable": editable, "whole": True, "focus": True}
    return answer(request, "staff/sets/_exhibit.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def exhibit_add(request: HttpRequest, set_pk: int) -> HttpResponse:
    """Add an exhibit list, under the next free letter unless another is typed."""
    request_set = get_editable(SETS.all(), actor(request), set_pk)
    return _put(request, Exhibit(request_set=request_set, letter=_next_letter(request_set)), actor(request))


@login_required
@require_http_methods(["GET", "POST"])
def exhibit_edit(request: HttpRequest, set_pk: int, pk: int) -> HttpResponse:
    """Change an exhibit list."""
    request_set = get_editable(SETS.all(), actor(request), set_pk)
    return _put(request, _exhibit(request_set, pk), actor(request))


@login_required
@require_http_methods(["GET", "POST"])
def exhibit_remove(request: HttpRequest, set_pk: int, pk: int) -> HttpResponse:
    """Show what would go, then take the list out."""
    request_set = get_editable(SETS.all(), actor(request), set_pk)
    exhibit = _exhibit(request_set, pk)
    context = _about(request_set, exhibit)
    if request.method == "GET":
        return answer(request, "staff/sets/_exhibit_remove.html", context)
    said = _("Exhibit %(letter)s was removed.") % {"letter": exhibit.letter}
    try:
        remove_exhibit(exhibit, by=actor(request))
    except Refused as refused:
        return render(request, "staff/sets/_exhibit_remove.html", {**context, "refused": refused}, status=UNPROCESSABLE)
    if by_htmx(request):
        return render(request, "staff/sets/_exhibit_removed.html", {"said": said})
    messages.success(request, said)
    return redirect(home_of(request_set))


def _put(request: HttpRequest, exhibit: Exhibit, by: User) -> HttpResponse:
    request_set, fresh = exhibit.request_set, exhibit.pk is None
    form = ExhibitForm(request.POST or None, instance=exhibit)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        saved = form.attempt(lambda: put_exhibit(changed, by=by, revision=form.cleaned_data["revision"]))
        if saved is not None:
            if not by_htmx(request):
                return redirect(home_of(request_set, saved))
            context = {**_about(request_set, saved), "editable": True, "focus": True, "fresh": fresh}
            return render(request, "staff/sets/_exhibit.html", context)
    return answer(request, "staff/sets/_exhibit_form.html", {**_about(request_set, exhibit), "form": form}, form)


def _about(request_set: RequestSet, exhibit: Exhibit) -> dict[str, Any]:
    return {
        "request_set": request_set,
        "exhibit": exhibit,
        "part_title": _("Exhibits"),
        "base": reverse("set-detail", args=[request_set.pk]),
    }


def _exhibit(request_set: RequestSet, pk: int) -> Exhibit:
    exhibit = get_object_or_404(Exhibit.objects.filter(request_set=request_set), pk=pk)
    exhibit.request_set = request_set
    return exhibit


def _next_letter(request_set: RequestSet) -> str:
    taken = set(request_set.exhibits.values_list("letter", flat=True))
    return next((letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in taken), "")
