"""Composing a binder, or its slip sheets alone: which exhibits, in which order, by the hash of each one's file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from discovery.domain.composing.printed import caption_of, stamped
from discovery.domain.drafts.filing import stored_pdf
from discovery.domain.errors import Refused
from discovery.enums import DraftState, PaperKind, TabStamp
from discovery.models import Binder, BinderTab
from discovery.papers.assembly import opened
from discovery.papers.binder import MOST_PAGES, BinderPaper, BoundExhibit, stamps_of
from discovery.papers.errors import PaperRefused

BINDER_ROWS = ("case__court",)


def compose_binder(binder: Binder, paper: str) -> BinderPaper:
    """Compose a binder. Raises Refused for one without exhibits, and naming the exhibit whose file is missing or cannot be read.

    Slip sheets need no files: they can be printed before the exhibits are there.
    """
    tabs = list(binder.tabs.select_related("draft", "attachment"))
    if not tabs:
        raise Refused(_("The binder is empty: add its first exhibit."))
    bound = paper == PaperKind.BINDER
    made = BinderPaper(
        paper=paper,
        language="en-US",
        document_title=binder.title if bound else f"Slip sheets: {binder.title}",
        parts=("index", "slips", "exhibits") if bound else ("slips",),
        caption=caption_of(binder.case),
        title=binder.title,
        exhibits=tuple(exhibit_of(tab) if bound else BoundExhibit(tab.label, tab.title, "", 0) for tab in tabs),
        stamp=binder.stamp if bound else TabStamp.NONE.value,
        bates_prefix=binder.bates_prefix,
        bates_start=binder.bates_start,
        bates_digits=binder.bates_digits,
        author="",
        created=stamped(binder.changed_at),
    )
    try:
        stamps_of(made)
    except PaperRefused as refusal:
        raise Refused(str(refusal)) from refusal
    return made


def exhibit_of(tab: BinderTab) -> BoundExhibit:
    """Return a tab's exhibit with its file's hash and pages. Raises Refused, naming it, when it has none that can be bound."""
    sha256 = ""
    if tab.draft is not None and tab.draft.state == DraftState.READY:
        sha256 = tab.draft.file_sha256
    elif tab.attachment is not None:
        sha256 = tab.attachment.sha256
    if not sha256:
        raise Refused(_("Exhibit %(label)s has no file yet: choose a finished paper or attach a PDF.") % {"label": tab.label})
    try:
        with opened(stored_pdf(sha256), _("Exhibit %(label)s") % {"label": tab.label}) as pdf:
            pages = len(pdf.pages)
    except PaperRefused as refusal:
        raise Refused(str(refusal)) from refusal
    if pages > MOST_PAGES:
        said = _("Exhibit %(label)s has %(pages)d pages; a binder holds at most %(limit)d. Attach it in parts, in several volumes.")
        raise Refused(said % {"label": tab.label, "pages": pages, "limit": MOST_PAGES})
    return BoundExhibit(tab.label, tab.title, sha256, pages)
