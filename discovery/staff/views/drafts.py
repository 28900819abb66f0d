"""Papers being made: how far one is, its file, how it was made, trying again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST, require_safe

from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.drafts.drafting import request_draft, retry_draft
from discovery.domain.drafts.renewing import made_before_a_change
from discovery.domain.drafts.word_files import WORD_TYPE, why_no_word, word_of
from discovery.domain.errors import Refused
from discovery.enums import DraftState
from discovery.models import Draft
from discovery.models.drafts import NAMED, paper_storage
from discovery.staff.access import get_editable, get_visible, may_edit
from discovery.staff.accessibility import report_context
from discovery.staff.actor import actor
from discovery.staff.ids import choices_in
from discovery.staff.subjects import subject_name, subject_url

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

DRAFTS = Draft.objects.select_related(*NAMED, "demand__request_set", "requested_by", "batch")
PATIENCE = timedelta(seconds=15)
"""After this long in the queue the page says that no worker has taken the paper yet."""
STEPS = {"compose": gettext_lazy("compose"), "layout": gettext_lazy("layout"), "write": gettext_lazy("write")}
"""What the making of a paper spends its time on, as people read it."""


@login_required
@require_GET
def draft_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one paper: how far it is, then the paper itself."""
    draft = get_visible(DRAFTS.all(), actor(request), pk)
    edits = may_edit(Draft.objects, actor(request), draft)
    context = {**_shown(draft), "may_edit": edits, **status_context(draft), "outdated": made_before_a_change(draft)}
    return render(request, "staff/drafts/detail.html", context)


@login_required
@require_GET
def draft_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a paper is, as a fragment that asks again each second until it is finished."""
    draft = get_visible(DRAFTS.all(), actor(request), pk)
    edits = may_edit(Draft.objects, actor(request), draft)
    answer = render(request, "staff/drafts/_status.html", {**status_context(draft), "may_edit": edits})
    if draft.finished:
        answer["HX-Trigger"] = "draft-finished"
    return answer


@login_required
@require_POST
def paper_make(request: HttpRequest, paper: str, pk: int) -> HttpResponse:
    """Ask for a paper of a row (a date, a response, a dispute ...), and go to where it is made."""
    composer = COMPOSERS.get(paper)
    if composer is None:
        raise Http404
    rows: Any = composer.model._default_manager
    row = get_editable(rows, actor(request), pk)
    try:
        draft = request_draft(row, paper, by=actor(request), choices=choices_in(request.POST, composer.choices))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(subject_url(composer.subject, row))
    return redirect("draft-detail", pk=draft.pk)


@login_required
@require_POST
def draft_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue a failed paper again."""
    draft = get_editable(DRAFTS.all(), actor(request), pk)
    try:
        retry_draft(draft, by=actor(request))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("draft-detail", pk=pk)


@login_required
@xframe_options_sameorigin
@require_safe
def draft_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the file: to save, or with ?inline=1 to show beside the form. The wall is asked each time."""
    draft = get_visible(DRAFTS.all(), actor(request), pk)
    if draft.state != DraftState.READY:
        return _no_file(request, draft, 409)
    tag = f'"{draft.file_sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return _private(HttpResponseNotModified(), tag)
    try:
        file = paper_storage().open(str(draft.file.name))
    except FileNotFoundError:
        return _no_file(request, draft, 410)
    inline = request.GET.get("inline") == "1"
    answer = FileResponse(file, as_attachment=not inline, filename=draft.download_name(), content_type="application/pdf")
    return _private(answer, tag)


@login_required
@require_safe
def draft_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the Word file beside the PDF, making it first if it is not there yet."""
    draft = get_visible(DRAFTS.select_related("snapshot"), actor(request), pk)
    if draft.state != DraftState.READY:
        return _no_file(request, draft, 409)
    try:
        word_of(draft)
    except Refused as refused:
        return _no_word(request, draft, str(refused))
    tag = f'"{draft.word_sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return _private(HttpResponseNotModified(), tag)
    file = paper_storage().open(str(draft.word_file.name))
    return _private(FileResponse(file, as_attachment=True, filename=draft.download_name("docx"), content_type=WORD_TYPE), tag)


@login_required
@require_GET
def draft_how(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a paper was made: snapshot, release, timings, attempts, who."""
    draft = get_visible(DRAFTS.all(), actor(request), pk)
    context = {
        **_shown(draft),
        "timings": [(STEPS.get(name, name), seconds) for name, seconds in sorted(draft.timings.items()) if name != "total"],
        "total": draft.timings.get("total"),
        "engine": sorted(draft.manifest.get("paper", {}).get("engine", {}).items()),
        "approval": draft.manifest.get("approved", {}),
        "twins": Draft.objects.filter(snapshot=draft.snapshot_id, case=draft.case_id).exclude(pk=pk).count(),
    }
    return render(request, "staff/drafts/how.html", context)


def status_context(draft: Draft) -> dict[str, Any]:
    """Return what the status fragment shows: the draft, the pages to expect, whether it waits suspiciously long."""
    expected = 0
    if not draft.finished:
        before = Draft.objects.filter(paper=draft.paper, state=DraftState.READY.value, **{subject_name(draft): draft.subject})
        expected = before.order_by("-pk").values_list("pages", flat=True).first() or 0
    return {
        "draft": draft,
        "expected": max(expected, draft.page),
        "accessibility": report_context(draft),
        "no_word": why_no_word(draft.paper),
        "waits_long": draft.state == DraftState.QUEUED and draft.queued_at < timezone.now() - PATIENCE,
    }


def _shown(draft: Draft) -> dict[str, Any]:
    """Return the draft with its case, and the page of the row it is made of."""
    return {
        "draft": draft,
        "case": draft.case,
        "demand": draft.demand,
        "subject_url": subject_url(subject_name(draft), draft.subject),
    }


def _private(answer: HttpResponseBase, tag: str) -> HttpResponseBase:
    """Let only this reader's browser keep it, and have it ask again each time: membership may have ended meanwhile."""
    answer["ETag"] = tag
    answer["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _no_file(request: HttpRequest, draft: Draft, status: int) -> HttpResponse:
    edits = may_edit(Draft.objects, actor(request), draft)
    said = _("This paper is not finished yet.") if status == 409 else _("The file is no longer where it was stored.")
    context = {**_shown(draft), "may_edit": edits, "said": said}
    return render(request, "staff/drafts/no_file.html", {**context, "gone": status == 410}, status=status)


def _no_word(request: HttpRequest, draft: Draft, why: str) -> HttpResponse:
    context = {
        **_shown(draft),
        "said": _("There is no Word file of this paper."),
        "why": why,
        "again": not why_no_word(draft.paper),
    }
    return render(request, "staff/drafts/no_file.html", context, status=409)
