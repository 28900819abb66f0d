"""The preview: the paper as it stands in the forms of a page, before anything is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_POST

from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.errors import Refused
from discovery.enums import PaperKind
from discovery.models import Case, Demand, Dispute, PreservationDemand, Response
from discovery.papers.errors import PaperRefused
from discovery.papers.screen import OnScreen, on_screen
from discovery.staff.access import get_editable
from discovery.staff.actor import actor
from discovery.staff.previewed import paper_of
from discovery.staff.unsaved.demands import put_over_demand
from discovery.staff.unsaved.letters import begun_preservation, put_over_dispute, put_over_preservation
from discovery.staff.unsaved.responses import put_over_response

PUT_OVER: dict[type[Any], Callable[..., list[str]]] = {
    Demand: put_over_demand,
    Response: put_over_response,
    Dispute: put_over_dispute,
    PreservationDemand: put_over_preservation,
}
"""Who puts what was typed over a row, in memory, and returns in sentences what cannot stand."""
BEGUN: dict[str, Callable[..., tuple[Any, list[str]]]] = {PaperKind.PRESERVATION.value: begun_preservation}
"""By paper: who returns the row that a form is starting, in memory, and in sentences what cannot stand."""
UNPROCESSABLE = 422


@login_required
@require_POST
def paper_preview(request: HttpRequest, paper: str, pk: int) -> JsonResponse:
    """Return the sections of a row's paper as HTML, with what was typed in the page's open forms; nothing is saved.

    `have` names the sections that the page shows already with their marks: those that did not change come without their HTML.
    What cannot stand is answered with the reasons, and the page keeps what it shows.
    """
    composer = COMPOSERS.get(paper)
    if composer is None or composer.model not in PUT_OVER:
        raise Http404
    rows: Any = composer.model._default_manager.select_related(*composer.rows)
    row = get_editable(rows, actor(request), pk)
    if paper != paper_of(row):
        raise Http404
    return _shown(request, paper, row, PUT_OVER[composer.model](row, request.POST, by=actor(request)))


@login_required
@require_POST
def paper_preview_of_new(request: HttpRequest, case_pk: int, paper: str) -> JsonResponse:
    """Return the same of a row that was never saved: as it stands in the form that starts it, in a case of the editor's."""
    case = get_editable(Case.objects.select_related("court"), actor(request), case_pk)
    if paper not in BEGUN:
        raise Http404
    row, problems = BEGUN[paper](case, request.POST, by=actor(request))
    return _shown(request, paper, row, problems)


def _shown(request: HttpRequest, paper: str, row: Any, problems: list[str]) -> JsonResponse:
    if problems:
        return _refused(problems)
    try:
        made = on_screen(COMPOSERS[paper].snapshot(row, paper))
    except (Refused, PaperRefused) as refusal:
        return _refused([str(refusal)])
    have = set(request.POST.getlist("have"))
    answer = JsonResponse({"sections": [_told(section, have) for section in made]})
    answer["Cache-Control"] = "no-store"
    return answer


def _told(section: OnScreen, have: set[str]) -> dict[str, Any]:
    mark = f"{section.name}:{hashlib.sha256(section.markup.encode()).hexdigest()[:16]}"
    told: dict[str, Any] = {"name": section.name, "mark": mark}
    if mark not in have:
        told["styles"] = [static(f"papers/styles/{name}.css") for name in section.styles]
        told["classes"] = [f"on-{name}" for name in section.styles]
        told["markup"] = section.markup
    return told


def _refused(problems: list[str]) -> JsonResponse:
    return JsonResponse({"problems": problems}, status=UNPROCESSABLE)
