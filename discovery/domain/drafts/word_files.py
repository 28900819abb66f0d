"""The Word file beside a paper's PDF: made of the same snapshot, after the PDF and never in its way.

It has a task of its own, rung when the PDF is ready; whoever asks for the file before that, or after it was lost, has it made then.
A Word file that cannot be made leaves the paper as it is, with the reason beside it. The sweep rings again for one whose bell
nobody heard; a worker that falls silent over one is followed by another, `DRAFT_MAX_ATTEMPTS` in all, and then the row says so.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.drafts.bell import ring_for_word
from discovery.domain.drafts.filing import keep
from discovery.domain.drafts.mishaps import told_of
from discovery.domain.errors import Refused
from discovery.enums import DraftState, PaperKind
from discovery.models import Draft
from discovery.models.drafts import paper_storage
from discovery.papers.errors import PaperRefused
from discovery.papers.word.files import word_file

logger = logging.getLogger(__name__)

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD_FIELDS = ("word_file", "word_sha256", "word_size")
"""What a draft takes over from another of the same snapshot."""
WITHOUT_WORD = {PaperKind.BINDER.value: gettext_lazy("No Word file: a binder holds finished PDFs. Its slip sheets have one.")}
"""Papers that have no Word file, with the reason."""
SWEPT = timedelta(days=1)
"""For so long the sweep asks for the Word file of a paper; an older one is made when somebody wants it."""
PATIENCE = timedelta(minutes=5)
"""How long a worker may be at one: a log of 5,000 rows takes a few seconds."""


def why_no_word(paper: str) -> str:
    """Return why a kind of paper has no Word file, "" for one that has."""
    return str(WITHOUT_WORD.get(paper, ""))


def make_word(draft_id: int) -> bool:
    """Make the Word file of a finished draft that waits for one; a failure stands in its row. Doing it twice gives one file.

    Return False for a draft that does not wait: gone, not finished, has one, failed, or is in another worker's hands.
    """
    if not _wanting(timezone.now()).filter(pk=draft_id).update(word_attempts=F("word_attempts") + 1):
        return False
    try:
        word_of(Draft.objects.select_related("snapshot").get(pk=draft_id))
    except Refused as refused:
        logger.info("Draft %d has no Word file: %s", draft_id, refused)
    return True


def sweep_wordless(*, now: datetime | None = None) -> int:
    """Ring for finished papers of the last day that still wait for their Word file and return how many; give up on some.

    Given up are those over which as many workers fell silent as may try: a row says why it has none, so nothing is rung for ever.
    """
    now = now or timezone.now()
    recent = {"queued_at__gt": now - SWEPT, "finished_at__lte": now - timedelta(seconds=settings.SWEEP_SECONDS)}
    waiting = list(_wanting(now).filter(**recent).order_by("queued_at").values_list("pk", flat=True)[:200])
    ring_for_word(waiting)
    most = settings.DRAFT_MAX_ATTEMPTS
    told = _("The worker stopped %(count)d times while making this Word file. Try again; if it stops again, look at its log.")
    silent = Draft.objects.filter(word_file="", word_error="", word_attempts__gte=most, finished_at__lte=now - PATIENCE * most)
    silent.filter(state=DraftState.READY.value).update(word_error=told % {"count": most})
    return len(waiting)


def _wanting(now: datetime) -> QuerySet[Draft]:
    """Return finished drafts without a Word file that no worker is likely to be at: never begun, or begun long enough ago."""
    free = Q(word_attempts=0)
    for count in range(1, settings.DRAFT_MAX_ATTEMPTS):
        free |= Q(word_attempts=count, finished_at__lte=now - PATIENCE * count)
    ready = Draft.objects.filter(free, state=DraftState.READY.value, word_file="", word_error="")
    return ready.exclude(paper__in=WITHOUT_WORD)


def word_of(draft: Draft) -> Draft:
    """Return a ready draft with its Word file, which is made if it is not in storage. Doing it twice gives one file.

    Raises Refused when such a paper has none, when there is no PDF yet, or when it cannot be converted, which the row then says.
    """
    if why_no_word(draft.paper):
        raise Refused(why_no_word(draft.paper))
    if draft.state != DraftState.READY or draft.snapshot is None:
        raise Refused(_("This paper is not finished yet. Its Word file is made after the PDF."))
    if draft.word_file and paper_storage().exists(str(draft.word_file.name)):
        return draft
    twin = _twin(draft)
    if twin is not None:
        return _kept(draft, *(getattr(twin, name) for name in WORD_FIELDS))
    try:
        content = word_file(draft.snapshot.content, release=settings.RELEASE)
    except PaperRefused as refusal:
        raise _failed(draft, str(refusal)) from refusal
    except Exception as error:
        logger.exception("Draft %d could not be converted for Word.", draft.pk)
        raise _failed(draft, told_of(error)) from error
    sha256 = hashlib.sha256(content).hexdigest()
    return _kept(draft, keep(f"words/{sha256[:2]}/{sha256}.docx", content), sha256, len(content))


def _twin(draft: Draft) -> Draft | None:
    """Return another draft of the same snapshot and release whose Word file is there."""
    same = Draft.objects.filter(snapshot=draft.snapshot_id, release=draft.release, state=DraftState.READY.value)
    made = same.exclude(pk=draft.pk).exclude(word_file="").order_by("pk").first()
    return made if made is not None and paper_storage().exists(str(made.word_file.name)) else None


def _kept(draft: Draft, name: str, sha256: str, size: int) -> Draft:
    Draft.objects.filter(pk=draft.pk).update(word_file=name, word_sha256=sha256, word_size=size, word_error="")
    draft.refresh_from_db(fields=[*WORD_FIELDS, "word_error"])
    return draft


def _failed(draft: Draft, reason: str) -> Refused:
    Draft.objects.filter(pk=draft.pk).update(word_error=reason)
    draft.word_error = reason
    return Refused(reason)
