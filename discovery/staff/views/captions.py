"""The caption as the case's form stands, before anything is saved: shown beside the form while one types."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from discovery.domain.composing.printed import caption_of
from discovery.models import Case
from discovery.staff.access import get_editable
from discovery.staff.actor import actor
from discovery.staff.forms.cases import CaseForm


@login_required
@require_POST
def caption_of_new(request: HttpRequest) -> HttpResponse:
    """Show the caption of a case that is being opened."""
    return _shown(request, None)


@login_required
@require_POST
def caption_shown(request: HttpRequest, case_pk: int) -> HttpResponse:
    """Show the caption that the form of a case would give."""
    return _shown(request, get_editable(Case.objects.select_related("court"), actor(request), case_pk))


def _shown(request: HttpRequest, case: Case | None) -> HttpResponse:
    """Render the caption of the case with what was typed in it; nothing is saved. What cannot stand yet is left as it was."""
    form = CaseForm(request.POST, user=actor(request), **({"instance": case} if case is not None else {}))
    form.is_valid()
    typed = form.instance
    context = {"caption": caption_of(typed) if typed.court_id else None, "caption_form": typed.caption_form, "case": case}
    return render(request, "staff/cases/_caption.html", context)
