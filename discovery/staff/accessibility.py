"""The report on a paper's accessibility as its page shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from discovery.enums import DraftState
from discovery.models import Draft
from discovery.papers.accessibility import CLAUSES, UNREAD, sentence

ASKED_FOR = timedelta(minutes=2)
"""For so long after a paper is finished its page asks again whether it was read back."""
SHOWN = 50
COUNTED = ("pages", "headings", "lists", "tables", "figures", "bookmarks", "artifacts")


def report_context(draft: Draft) -> dict[str, Any]:
    """Return what `_accessibility.html` shows: whether it was read, the sentences with clause and page, what was counted."""
    report = draft.report
    done = draft.state == DraftState.READY
    recent = draft.finished_at is not None and draft.finished_at > timezone.now() - ASKED_FOR
    findings = report.get("findings", [])
    unread = report.get("failed") == [UNREAD]
    return {
        "draft": draft,
        "report": report if done else {},
        "asks_again": done and not report and recent,
        "read_nothing": done and not report and not recent,
        "unread": sentence(findings[0]) if done and unread else "",
        "findings": [
            {"said": sentence(one), "page": one["page"], "clause": CLAUSES.get(one["rule"], "")} for one in findings[:SHOWN]
        ],
        "more": max(0, len(findings) - SHOWN),
        "counted": counted(report.get("counted", {})),
    }


def counted(numbers: dict[str, int]) -> str:
    """Return what was counted in a paper as one line: "10 pages, 15 headings, 2 lists"."""
    pages, headings, lists, tables, figures, bookmarks, artifacts = (numbers.get(name, 0) for name in COUNTED)
    told = (
        (pages, ngettext("%(n)d page", "%(n)d pages", pages)),
        (headings, ngettext("%(n)d heading", "%(n)d headings", headings)),
        (lists, ngettext("%(n)d list", "%(n)d lists", lists)),
        (tables, ngettext("%(n)d table", "%(n)d tables", tables)),
        (figures, ngettext("%(n)d picture", "%(n)d pictures", figures)),
        (bookmarks, ngettext("%(n)d bookmark", "%(n)d bookmarks", bookmarks)),
        (artifacts, ngettext("%(n)d decoration, not read aloud", "%(n)d decorations, not read aloud", artifacts)),
    )
    return ", ".join(words % {"n": number} for number, words in told if number)
