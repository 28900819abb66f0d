"""What a PDF is that somebody holds: one page where the file is dropped. And what a screen reader finds in a paper of ours."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from discovery.domain.drafts.verifying import SIZE_LIMIT, Kind, Verdict, verify_paper
from discovery.models import Draft
from discovery.staff.access import StaffView, get_visible
from discovery.staff.accessibility import report_context
from discovery.staff.actor import actor
from discovery.staff.records import UNPROCESSABLE

PAGES_SHOWN = 100


class PaperVerify(StaffView):
    """Choose or drop a PDF and read what it is. The file is compared and forgotten; nothing of it is stored."""

    template_name = "staff/papers/verify.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Ask for the file."""
        return self.page({"limit": SIZE_LIMIT // 1024 // 1024})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say what the file is; without one, or with one too large, say so at the field."""
        upload = request.FILES.get("file")
        limit = SIZE_LIMIT // 1024 // 1024
        error = ""
        if upload is None:
            error = _("Choose a PDF file.")
        elif (upload.size or 0) > SIZE_LIMIT:
            error = _("The file has more than %(limit)d MB.") % {"limit": limit}
        if upload is None or error:
            return self.page({"limit": limit, "error": error}, status=UNPROCESSABLE)
        verdict = verify_paper(upload.read(), by=self.user)
        return self.page({"limit": limit, "name": upload.name, **shown(verdict)})


def shown(verdict: Verdict) -> dict[str, object]:
    """Return what the page shows of a verdict."""
    tones = {
        Kind.IDENTICAL: ("success", "patch-check"),
        Kind.CHANGED: ("error", "x-octagon"),
        Kind.UNKNOWN: ("warning", "question-circle"),
    }
    titles = {
        Kind.IDENTICAL: _("Unchanged, to the last byte"),
        Kind.CHANGED: _("Changed"),
        Kind.UNKNOWN: _("Nothing can be said for it"),
    }
    tone, icon = tones[verdict.kind]
    return {
        "verdict": verdict,
        "tone": tone,
        "icon": icon,
        "title": titles[verdict.kind],
        "pages": verdict.pages[:PAGES_SHOWN],
        "more": max(0, len(verdict.pages) - PAGES_SHOWN),
    }


@login_required
@require_GET
def draft_accessibility(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report on a paper's accessibility, as a fragment that asks again until the paper was read back."""
    draft = get_visible(Draft.objects.all(), actor(request), pk)
    return render(request, "staff/drafts/_accessibility.html", report_context(draft))
