"""The approver's page: what changed since the last approved version, the checks, and the two decisions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from discovery.domain.approval import fingerprint, may_approve
from discovery.domain.checks import findings_for
from discovery.domain.composing.approvable import FACT_NAMES, approvable, live
from discovery.domain.content import content_of
from discovery.domain.redline import Line, Piece, compare, redline, rows_of
from discovery.enums import PARTY_SETS, TESTIMONY, SetKind, Severity
from discovery.models import Demand
from discovery.papers import snapshots
from discovery.staff.access import get_visible, may_edit
from discovery.staff.actor import actor
from discovery.staff.findings import panel
from discovery.staff.forms.subpoenas import NoteForm
from discovery.staff.recipients import submitted_with
from discovery.staff.views.demand import OF_THE_PAGE
from discovery.staff.views.subpoenas import EDITABLE, SUBPOENAS

PARTS = (
    ("definitions", gettext_lazy("Definitions")),
    ("instructions", gettext_lazy("Instructions")),
    ("requests", gettext_lazy("Requests")),
    ("exhibits", gettext_lazy("Exhibits")),
)
FROZEN = ("approved_version", "approved_snapshot")
SUBPOENA_ACTS = {"back": "review", "approve": "subpoena-approve", "return": "subpoena-return"}
SET_ACTS = {"back": "set-review", "approve": "demand-approve", "return": "demand-return"}
SET_WORDS = {
    "preamble": gettext_lazy("Preamble"),
    "definitions_note": gettext_lazy("Note on the definitions"),
    "period_from": gettext_lazy("Relevant period from"),
    "period_to": gettext_lazy("Relevant period to"),
}


@login_required
@require_GET
def subpoena_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be approved, beside what was approved last."""
    return review_page(request, get_visible(SUBPOENAS.select_related(*FROZEN), actor(request), pk))


@login_required
@require_GET
def set_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a party set."""
    return review_page(request, get_visible(OF_THE_PAGE.filter(kind__in=PARTY_SETS), actor(request), pk))


def review_page(request: HttpRequest, demand: Demand, *, status: int = 200) -> HttpResponse:
    """Return the page of a demand; who may approve sees the other submitted recipients of its set, too."""
    acts, user = SET_ACTS if demand.kind in PARTY_SETS else SUBPOENA_ACTS, actor(request)
    now = content_of(demand.request_set)
    last = demand.approved_version or demand.request_set.versions.order_by("-number").first()
    before: dict[str, Any] = last.content if last is not None else {name: [] for name, _title in PARTS}
    titles = {"requests": _("Topics")} if demand.request_set.kind == SetKind.TOPICS else {}
    parts = [
        (str(titles.get(name, title)), compare(list(rows_of(before, name)), list(rows_of(now, name))), name)
        for name, title in PARTS
    ]
    findings = findings_for(demand)
    editor, approves = may_edit(Demand.objects, user, demand), may_approve(demand.case, user)
    recipients = submitted_with(demand, user.pk) if approves else []
    context = {
        "demand": demand,
        "case": demand.case,
        "of_testimony": demand.kind in TESTIMONY,
        "request_set": demand.request_set,
        "last": last,
        "parts": [part for part in parts if part[1]],
        "facts": [*_facts(demand), *_words(before, now)],
        "counts": counts_of([line for _title, lines, _name in parts for line in lines]),
        **panel(demand, findings, back=acts["back"], may_override=demand.status in EDITABLE and editor, may_mend=editor),
        "blocked": any(finding.severity == Severity.REFUSE for finding in findings),
        "may_approve": approves and demand.status in EDITABLE,
        "recipients": recipients,
        "ready": sum(not one.blocking for one in recipients),
        "signer": next((one.demand.attorney.attorney.name for one in recipients if one.signs and one.demand.attorney), ""),
        "may_sign": demand.attorney is not None and demand.attorney.attorney.user_id == user.pk,
        "seen": fingerprint(demand),
        "note_form": NoteForm(),
        "of_set": acts is SET_ACTS,
        "approve_url": reverse(acts["approve"], args=[demand.pk]),
        "return_url": reverse(acts["return"], args=[demand.pk]),
    }
    return render(request, "staff/subpoenas/review.html", context, status=status)


def _facts(demand: Demand) -> list[tuple[str, list[Piece]]]:
    """Return what the form would print, against what the last approved paper prints."""
    told = approvable(demand).facts
    now = told(live(demand))
    kept = demand.approved_snapshot
    old = told(snapshots.from_json(kept.content)) if kept is not None else now
    rows = [(_(FACT_NAMES[name]), redline(old[name], new)) for name, new in now.items()]
    return [row for row in rows if row[1]]


def _words(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, list[Piece]]]:
    rows = [(str(label), redline(before.get(name, now[name]), now[name])) for name, label in SET_WORDS.items()]
    return [row for row in rows if row[1]]


def counts_of(lines: list[Line]) -> list[tuple[str, str, int]]:
    """Return (kind of change, its word, how many) for the kinds that occur."""
    words = {"added": _("added"), "removed": _("removed"), "changed": _("changed"), "moved": _("renumbered")}
    counted = ((how, word, sum(line.how == how for line in lines)) for how, word in words.items())
    return [row for row in counted if row[2]]
