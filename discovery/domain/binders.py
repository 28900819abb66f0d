"""Binders: a named row of exhibits, each a finished paper or an attached PDF, put in order and bound as one file.

Nothing here is served: a binder may be changed until the day it is handed over, and each version that was made stays as a draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.attachments import KINDS, keep_attachment
from discovery.domain.composing.binder import exhibit_of
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.enums import Act, DraftState, TabStamp
from discovery.models import Attachment, Binder, BinderTab, Case, Draft
from discovery.papers.binder import MOST_DIGITS

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import UploadedFile

MOST_TABS = 200
"""Exhibits in one binder; a larger one is two volumes."""
PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,19}")
PDF_ONLY = {".pdf": KINDS[".pdf"]}


@dataclass(frozen=True, slots=True)
class Binding:
    """What a binder is called and what is stamped on its pages."""

    title: str
    stamp: str = TabStamp.EXHIBIT.value
    bates_prefix: str = ""
    bates_start: int = 1
    bates_digits: int = 6


@verb
def start_binder(case: Case, binding: Binding, *, by: User) -> Binder:
    """Start an empty binder. Raises Refused at the field that is wrong."""
    _check(binding)
    binder = Binder(case=case)
    _write(binder, binding)
    record(Act.BINDER_MADE, binder, case=case, by=by, summary=lambda: str(binder))
    return binder


@verb
def change_binder(binder: Binder, binding: Binding, *, by: User) -> Binder:
    """Change what a binder is called or how it is stamped."""
    binder = _locked(binder)
    _check(binding)
    _write(binder, binding)
    return _changed(binder, by=by)


@verb
def add_tab(
    binder: Binder,
    *,
    title: str,
    by: User,
    label: str = "",
    draft: Draft | None = None,
    attachment: Attachment | None = None,
    upload: UploadedFile[bytes] | None = None,
) -> BinderTab:
    """Add an exhibit at the end: a finished paper or an attached PDF of the same case, or one that is attached now.

    Without a label it gets the next letter. Raises Refused at the field that is wrong, also for a PDF that cannot be bound.
    """
    binder = _locked(binder)
    tabs = list(binder.tabs.all())
    if len(tabs) >= MOST_TABS:
        raise Refused(_("A binder holds at most %(limit)d exhibits: start a second volume.") % {"limit": MOST_TABS})
    if not title.strip():
        raise Refused(_("Say what the exhibit is."), field="title")
    label = label.strip() or next_label([tab.label for tab in tabs])
    if label.upper() in {tab.label.upper() for tab in tabs}:
        raise Refused(_("There is an Exhibit %(label)s already.") % {"label": label}, field="label")
    if not all(" " <= letter <= "~" for letter in label):
        raise Refused(_("A label is made of plain letters, digits and signs: it is stamped on each page."), field="label")
    if sum(one is not None for one in (draft, attachment, upload)) != 1:
        raise Refused(_("Choose a finished paper or attach a PDF, one of them."), field="draft")
    if upload is not None:
        attachment = keep_attachment(binder.case, upload, by=by, field="upload", kinds=PDF_ONLY)
    _check_file(binder, draft, attachment)
    last = max((tab.position for tab in tabs), default=0)
    tab = BinderTab(binder=binder, position=last + 1, label=label, title=title.strip(), draft=draft, attachment=attachment)
    try:
        exhibit_of(tab)
    except Refused as refused:
        raise Refused(str(refused), field="upload" if upload is not None else "draft") from refused
    tab.save()
    _changed(binder, by=by)
    return tab


@verb
def remove_tab(tab: BinderTab, *, by: User) -> Binder:
    """Take an exhibit out; its file stays where it was. The others keep their labels."""
    binder = _locked(tab.binder)
    tab.delete()
    return _changed(binder, by=by)


@verb
def move_tab(tab: BinderTab, steps: int, *, by: User) -> Binder:
    """Move an exhibit up (negative) or down among the others. Labels stay: an exhibit is cited by its letter."""
    binder = _locked(tab.binder)
    tabs = [one.pk for one in binder.tabs.all()]
    if tab.pk not in tabs:
        raise Refused(_("Somebody took this exhibit out meanwhile."))
    place = tabs.index(tab.pk)
    tabs.insert(max(0, min(len(tabs) - 1, place + steps)), tabs.pop(place))
    for position, pk in enumerate(tabs, start=1):
        BinderTab.objects.filter(pk=pk).update(position=position)
    return _changed(binder, by=by)


def next_label(taken: list[str]) -> str:
    """Return the first letter that is free, after Z: AA, BB; numbers when the binder's labels are numbers."""
    if taken and all(label.isdecimal() for label in taken):
        return str(max(int(label) for label in taken) + 1)
    used = {label.upper() for label in taken}
    letters = (chr(ord("A") + place % 26) * (place // 26 + 1) for place in range(26 * 12))
    return next((label for label in letters if label not in used), "")


def _check(binding: Binding) -> None:
    if not binding.title.strip():
        raise Refused(_("Say what the binder is for."), field="title")
    if binding.stamp not in set(TabStamp):
        raise Refused(_("Choose what is stamped on each page."), field="stamp")
    if binding.stamp == TabStamp.BATES and not binding.bates_prefix.strip():
        raise Refused(_("Bates numbers need a prefix: the letters before the number."), field="bates_prefix")
    if binding.bates_prefix and not PREFIX.fullmatch(binding.bates_prefix.strip()):
        raise Refused(_("A prefix has letters first, then letters, digits, - and _; at most 20."), field="bates_prefix")
    if not 1 <= binding.bates_digits <= MOST_DIGITS:
        raise Refused(_("A number has 1 to %(limit)d digits.") % {"limit": MOST_DIGITS}, field="bates_digits")


def _check_file(binder: Binder, draft: Draft | None, attachment: Attachment | None) -> None:
    of_another_case = any(one is not None and one.case_id != binder.case_id for one in (draft, attachment))
    if of_another_case:
        raise Refused(_("An exhibit comes from the same case."), field="draft")
    if draft is not None and draft.state != DraftState.READY:
        raise Refused(_("That paper is not finished yet."), field="draft")
    if attachment is not None and attachment.media_type != "application/pdf":
        raise Refused(_("Only a PDF can be bound: print it to PDF and attach that."), field="upload")


def _locked(binder: Binder) -> Binder:
    return Binder.objects.select_for_update(of=("self",)).select_related("case").get(pk=binder.pk)


def _write(binder: Binder, binding: Binding) -> None:
    binder.title, binder.stamp, binder.bates_prefix = binding.title.strip(), binding.stamp, binding.bates_prefix.strip()
    binder.bates_start, binder.bates_digits = binding.bates_start, binding.bates_digits
    binder.save()


def _changed(binder: Binder, *, by: User) -> Binder:
    """Note when it was changed, which is the date of the next version, and write the event."""
    binder.changed_at, binder.revision = timezone.now(), binder.revision + 1
    binder.save(update_fields=["changed_at", "revision"])
    record(Act.BINDER_CHANGED, binder, case=binder.case, by=by, summary=lambda: str(binder))
    return binder
