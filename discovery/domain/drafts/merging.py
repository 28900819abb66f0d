"""Joining a batch's papers into one PDF: under each recipient a bookmark a paper. A job like the making of a draft (law 6).

The batch's row is the job: a worker claims it by a conditional UPDATE with a lease that each paper renews; the sweep rings again
for what nobody claimed or whose worker fell silent; after three such the row says why there is no such file. Equal papers give
equal bytes under their hash, so doing it twice gives one file.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from discovery.domain.drafts.bell import ring_to_merge
from discovery.domain.drafts.filing import store_pdf
from discovery.domain.drafts.mishaps import told_of
from discovery.domain.errors import Refused
from discovery.enums import DraftState
from discovery.models import Batch, Draft
from discovery.models.drafts import paper_storage
from discovery.papers.assembly import Part, joined
from discovery.papers.embedded import NAME
from discovery.papers.errors import PaperRefused
from discovery.papers.file_information import About, Attached

logger = logging.getLogger(__name__)

PAGES_LIMIT = 3_000
"""Pages in one joined file. Joining holds all of it in memory, about 0.2 MB a page: measured on 10-page packages."""
SWEPT = timedelta(days=7)
"""The sweep looks for batches of the last week; an older one is joined when somebody asks."""
MADE_OF = "Which papers this file was joined from (Tecum)"
UNFINISHED = (DraftState.QUEUED.value, DraftState.RENDERING.value)


def merge_batch(batch_id: int) -> Batch | None:
    """Join the ready papers of a batch whose drafts are all finished, and store the file. Doing it twice gives one file.

    Returns the batch with its file or with the reason why there is none; None when it is not to be had: still being made,
    joined already, or in another worker's hands.
    """
    if not _claim(batch_id, timezone.now()):
        return None
    batch = Batch.objects.get(pk=batch_id)
    ready = list(Draft.objects.filter(batch=batch, state=DraftState.READY.value).order_by("pk").values_list("pk", flat=True))
    error, name, pdf = "", "", b""
    try:
        pdf = _joined(batch, ready)
        name = store_pdf(pdf, hashlib.sha256(pdf).hexdigest())
    except PaperRefused as refusal:
        error = str(refusal)
    except FileNotFoundError:
        error = _("A file is no longer where it was stored: make these papers again.")
    except Exception as unexpected:
        logger.exception("Batch %d could not be joined.", batch_id)
        error = told_of(unexpected)
    # Should one of its papers have been tried again meanwhile, the file is already out of date, also when that one is made by now.
    later = Draft.objects.filter(batch=batch_id, state=DraftState.READY.value).exclude(pk__in=ready)
    current = _to_merge().filter(~Exists(later), pk=batch_id)
    if not current.update(merged_file=name, merged_size=len(pdf), merged_error=error, merging_until=None):
        Batch.objects.filter(pk=batch_id, merged_file="").update(merging_until=None)
        ring_to_merge([batch_id])  # does nothing while papers are being made: the last of them rings again
    batch.refresh_from_db()
    return batch


def ask_to_merge(batch: Batch) -> None:
    """Have a batch joined that was not, or again after it failed or its file was lost.

    Raises Refused while papers of it are being made.
    """
    name = str(batch.merged_file.name or "")
    if name and paper_storage().exists(name):
        return
    if Draft.objects.filter(batch=batch, state__in=UNFINISHED).exists():
        raise Refused(_("The papers of this batch are still being made; the one PDF is joined when they are."))
    Batch.objects.filter(pk=batch.pk, merged_file=name).update(merged_file="", merged_size=0, merged_error="", merging_attempts=0)
    ring_to_merge([batch.pk])


def sweep_merges(*, now: datetime | None = None) -> int:
    """Ring for batches that wait to be joined and return how many; give up on those whose workers fell silent too often."""
    now = now or timezone.now()
    free = _to_merge().filter(_free(now), created_at__gte=now - SWEPT)
    given_up = _("The worker stopped %(count)d times while joining these papers. Take the zip, or try again.")
    free.filter(merging_attempts__gte=settings.DRAFT_MAX_ATTEMPTS).update(
        merged_error=given_up % {"count": settings.DRAFT_MAX_ATTEMPTS}
    )
    waiting = list(free.filter(merging_attempts__lt=settings.DRAFT_MAX_ATTEMPTS).values_list("pk", flat=True)[:100])
    ring_to_merge(waiting)
    return len(waiting)


def _to_merge() -> QuerySet[Batch]:
    """Return the batches that are neither joined nor said to be impossible, with something ready and nothing unfinished."""
    drafts = Draft.objects.filter(batch=OuterRef("pk"))
    return Batch.objects.filter(
        ~Exists(drafts.filter(state__in=UNFINISHED)),
        Exists(drafts.filter(state=DraftState.READY.value)),
        merged_file="",
        merged_error="",
    )


def _free(now: datetime) -> Q:
    return Q(merging_until__isnull=True) | Q(merging_until__lt=now)


def _claim(batch_id: int, now: datetime) -> bool:
    lease = now + timedelta(seconds=settings.DRAFT_LEASE_SECONDS)
    claimed = _to_merge().filter(_free(now), pk=batch_id)
    return bool(claimed.update(merging_until=lease, merging_attempts=F("merging_attempts") + 1))


def _joined(batch: Batch, ready: list[int]) -> bytes:
    drafts = Draft.objects.filter(pk__in=ready)
    pages = drafts.aggregate(pages=Sum("pages"))["pages"] or 0
    if pages > PAGES_LIMIT:
        said = _("These papers have %(pages)d pages; one PDF holds at most %(limit)d. Take the zip, or make smaller batches.")
        raise PaperRefused(said % {"pages": pages, "limit": PAGES_LIMIT})
    chosen = drafts.select_related("demand__responding_party__person", "case").order_by("pk")
    about = About(
        title=f"Papers of batch {batch.pk}",
        language="en-US",
        creator=f"Tecum {settings.RELEASE}",
        created=batch.created_at.isoformat(timespec="seconds"),
    )
    with translation.override("en"):  # papers are in the court's language, whoever asked
        told = json.dumps({"joined": list(chosen.values_list("file_sha256", flat=True))})
        return joined(_parts(batch, chosen), about, Attached(NAME, MADE_OF, told.encode(), "application/json")).pdf


def _parts(batch: Batch, drafts: QuerySet[Draft]) -> Iterator[Part]:
    """Yield the papers one by one, each read when it is its turn; every few seconds the lease is renewed."""
    renewed = time.monotonic()
    names = _recipients(drafts)
    for draft in drafts:
        if time.monotonic() - renewed > settings.DRAFT_LEASE_SECONDS / 6:
            renewed = time.monotonic()
            Batch.objects.filter(pk=batch.pk).update(
                merging_until=timezone.now() + timedelta(seconds=settings.DRAFT_LEASE_SECONDS * 4)
            )
        with paper_storage().open(str(draft.file.name)) as file:
            yield Part(file.read(), (names[draft.demand_id], str(draft.get_paper_display())))


def _recipients(drafts: QuerySet[Draft]) -> dict[int | None, str]:
    """Return the bookmark of each demand: whom it is to, numbered where several are to the same."""
    names = {draft.demand_id: draft.about for draft in drafts}
    often = Counter(names.values())
    seen: Counter[str] = Counter()
    for pk, name in names.items():
        seen[name] += 1
        if often[name] > 1:
            names[pk] = f"{name} ({seen[name]})"
    return names
