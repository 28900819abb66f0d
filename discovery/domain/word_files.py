"""The Word file beside a paper's PDF: made of the same snapshot, after the PDF and never in its way.

It has a task of its own, rung when the PDF is ready; whoever asks for the file before that, or after it was lost, has it made then.
A Word file that cannot be made leaves the paper as it is, with the reason beside it.
"""

from __future__ import annotations

import hashlib
import logging

from django.conf import settings
from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.domain.filing import keep
from discovery.enums import DraftState
from discovery.models import Draft
from discovery.models.drafts import paper_storage
from discovery.papers.errors import PaperRefused
from discovery.papers.word.files import word_file

logger = logging.getLogger(__name__)

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD_FIELDS = ("word_file", "word_sha256", "word_size")
"""What a draft takes over from another of the same snapshot."""


def make_word(draft_id: int) -> None:
    """Make the Word file of a finished draft; one that is gone or not finished is left alone, a failure stands in its row."""
    draft = Draft.objects.select_related("snapshot").filter(pk=draft_id, state=DraftState.READY.value).first()
    if draft is None:
        logger.info("Draft %d has no PDF to put a Word file beside.", draft_id)
        return
    try:
        word_of(draft)
    except Refused as refused:
        logger.info("Draft %d has no Word file: %s", draft_id, refused)


def word_of(draft: Draft) -> Draft:
    """Return a ready draft with its Word file, which is made if it is not in storage. Doing it twice gives one file.

    Raises Refused, and notes the reason in the row, when the paper has no PDF yet or cannot be converted.
    """
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
        told = _("Something unexpected went wrong (%(error)s).") % {"error": f"{type(error).__name__}: {error}"}
        raise _failed(draft, told) from error
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
