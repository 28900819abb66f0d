"""Batches: many papers asked for at once, their progress counted from rows; stopped, tried again; one zip and one PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from discovery.domain.drafts.batches import BATCH_LIMIT, STOPPED, cancel_batch, left_out, request_batch, retry_batch
from discovery.domain.drafts.filing import zip_of
from discovery.domain.drafts.merging import SWEPT, ask_to_merge
from discovery.domain.errors import Refused
from discovery.enums import DraftState
from discovery.models import Batch, Demand, Draft
from discovery.models.drafts import paper_storage
from discovery.staff.access import get_visible
from discovery.staff.actor import actor
from discovery.staff.batching import BatchForm, told_left_out, with_ticks
from discovery.staff.filters import DemandFilter
from discovery.staff.ids import ids_in, is_id

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http.response import HttpResponseBase

NAMED = ("responding_party__person", "request_set")
"""What names a demand in a message; `request_batch` reads what papers are composed from itself."""


@login_required
@require_POST
def subpoena_batch(request: HttpRequest) -> HttpResponse:
    """Make the papers chosen of every demand selected: of those ticked, or of all that the filter finds.

    Who has no such paper is named and left out. A refusal comes back to the list that was asked from, with what was ticked.
    """
    user = actor(request)
    query = QueryDict(request.POST.get("query", ""))
    form = BatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one of the papers."))
        return _back(request, query)
    papers = form.cleaned_data["papers"]
    try:
        chosen = _all_found(query, user) if request.POST.get("all") else _ticked(request, user)
        without = left_out(chosen[:BATCH_LIMIT], papers)
        batch = request_batch(chosen, papers, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
        return _back(request, query)
    count = batch.drafts.exclude(state__in=STOPPED).count()
    said = ngettext("%(count)d paper was asked for.", "%(count)d papers were asked for.", count)
    messages.success(request, said % {"count": count})
    if without:
        messages.warning(request, told_left_out(without))
    return redirect("batch-detail", pk=batch.pk)


def _back(request: HttpRequest, query: QueryDict) -> HttpResponse:
    """Go back to the list that was asked from: a case's page, a set's page, or the desk's list as it was filtered."""
    for name, address in (("case", "case-detail"), ("set", "set-detail")):
        if is_id(request.POST.get(name, "")):
            back = redirect(address, request.POST[name])
            break
    else:
        back, name = redirect("subpoena-list"), ""
    found = with_ticks(query, request.POST)
    back["Location"] += (f"?{found}" if found else "") + ("#demands" if name else "")
    return back


@login_required
@require_GET
def batch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a batch: how many are ready, what failed and why."""
    batch = get_visible(Batch.objects.select_related("requested_by"), actor(request), pk)
    return render(request, "staff/batches/detail.html", {"batch": batch, **_progress(batch)})


@login_required
@require_GET
def batch_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the batch's progress as a fragment that asks again each second until all are finished."""
    batch = get_visible(Batch.objects.all(), actor(request), pk)
    return render(request, "staff/batches/_progress.html", {"batch": batch, **_progress(batch)})


@login_required
@require_GET
def batch_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the ready papers in one zip."""
    batch = get_visible(Batch.objects.all(), actor(request), pk)
    ready = _drafts(batch).filter(state=DraftState.READY.value)
    try:
        packed = zip_of(ready) if ready.exists() else None
    except FileNotFoundError:
        packed = None
        messages.error(request, _("A file is no longer where it was stored: make these papers again."))
    if packed is None:
        return redirect("batch-detail", pk=pk)
    answer = FileResponse(packed, as_attachment=True, filename=f"papers-{batch.pk}.zip", content_type="application/zip")
    patch_cache_control(answer, private=True, no_store=True)
    return answer


@login_required
@require_GET
def batch_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the one PDF with bookmarks; one that was lost is joined anew."""
    batch = get_visible(Batch.objects.all(), actor(request), pk)
    try:
        file = paper_storage().open(str(batch.merged_file.name)) if batch.merged_file else None
    except FileNotFoundError:
        file = None
        messages.warning(request, _("The one PDF was no longer where it was stored. It is being joined anew."))
        ask_to_merge(batch)
    if file is None:
        return redirect("batch-detail", pk=pk)
    answer = FileResponse(file, as_attachment=True, filename=f"papers-{batch.pk}.pdf", content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, no_store=True)
    return answer


@login_required
@require_POST
def batch_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the papers joined into one PDF, where that was not done or failed."""
    batch = get_visible(Batch.objects.all(), actor(request), pk)
    try:
        ask_to_merge(batch)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("batch-detail", pk=pk)


@login_required
@require_POST
def batch_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a batch: what waits is not made. Raises PermissionDenied when the user may only read one of those cases by now."""
    user = actor(request)
    batch = _changeable(pk, [DraftState.QUEUED.value], user)
    try:
        cancel_batch(batch, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("batch-detail", pk=pk)


@login_required
@require_POST
def batch_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again what failed or was cancelled. Raises PermissionDenied when the user may only read one of those cases by now."""
    user = actor(request)
    batch = _changeable(pk, STOPPED, user)
    try:
        count = retry_batch(batch, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(count)d paper was asked for.", "%(count)d papers were asked for.", count)
        messages.success(request, said % {"count": count})
    return redirect("batch-detail", pk=pk)


def _changeable(pk: int, states: Iterable[str], user: User) -> Batch:
    """Return a batch whose drafts in these states the user may change. Raises Http404, PermissionDenied for readers of a case."""
    batch = get_visible(Batch.objects.all(), user, pk)
    touched = Draft.objects.filter(batch=batch, state__in=states)
    if touched.exclude(pk__in=Draft.objects.editable_by(user).values("pk")).exists():
        raise PermissionDenied(_("You may read some of these, but not make papers of them."))
    return batch


def _ticked(request: HttpRequest, user: User) -> list[Demand]:
    """Return the rows ticked. Raises Http404 for an id behind the wall, PermissionDenied for one the user may only read."""
    ids = set(ids_in(request.POST.getlist("pk")))
    if len(ids) > BATCH_LIMIT:
        raise Refused(_("Select at most %(limit)d at once.") % {"limit": BATCH_LIMIT})
    if Demand.objects.visible_to(user).filter(pk__in=ids).count() != len(ids):
        raise Http404
    rows = list(Demand.objects.editable_by(user).filter(pk__in=ids).select_related(*NAMED).order_by("pk"))
    if len(rows) != len(ids):
        raise PermissionDenied(_("You may read some of these, but not make papers of them."))
    return rows


def _all_found(query: QueryDict, user: User) -> list[Demand]:
    """Return every demand that the filter finds and the user may make papers of; one more than allowed is enough to refuse."""
    found = DemandFilter(query, user=user).sorted_rows()
    mine = found.filter(pk__in=Demand.objects.editable_by(user).values("pk"))
    return list(mine.select_related(*NAMED)[: BATCH_LIMIT + 1])


def _drafts(batch: Batch) -> Any:
    rows = Draft.objects.filter(batch=batch).select_related("demand__responding_party__person", "demand__request_set", "case")
    return rows.order_by("pk")


def _progress(batch: Batch) -> dict[str, Any]:
    """Count a batch's progress from its rows (one query)."""
    drafts = list(_drafts(batch))
    counts = Counter(draft.state for draft in drafts)
    ready, failed, cancelled = (counts[state] for state in (DraftState.READY, DraftState.FAILED, DraftState.CANCELLED))
    done = ready + failed + cancelled
    finished = done == len(drafts)
    return {
        "drafts": drafts,
        "total": len(drafts),
        "ready": ready,
        "failed": failed,
        "cancelled": cancelled,
        "waiting": counts[DraftState.QUEUED],
        "done": done,
        "finished": finished,
        "stopped": failed + cancelled if finished else 0,
        "joining": finished and ready > 0 and not batch.merged_file and not batch.merged_error and _is_new(batch),
    }


def _is_new(batch: Batch) -> bool:
    """Whether a worker joins the batch without being asked."""
    return batch.created_at >= timezone.now() - SWEPT
