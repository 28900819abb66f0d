"""The heartbeat of a worker over a draft: it renews the lease and writes which page is being laid out."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from discovery.enums import DraftState
from discovery.models import Draft

logger = logging.getLogger(__name__)

BEAT = 0.5
"""Seconds between looks at the page count; a page takes 30-40 ms, so the bar moves about every 15 pages."""


class Heartbeat:
    """Runs beside a rendering in a thread with its own database connection; `page` may be called as often as one likes."""

    def __init__(self, draft: Draft) -> None:
        """Watch over a claimed draft."""
        self._id, self._lease = draft.pk, draft.lease
        self._page = self._written = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{draft.pk}", daemon=True)

    def page(self, number: int) -> None:
        """Note the page being laid out; the thread writes it."""
        self._page = number

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        renewed = timezone.now()
        third = timedelta(seconds=settings.DRAFT_LEASE_SECONDS / 3)
        try:
            while not self._stop.wait(BEAT):
                now = timezone.now()
                if self._page == self._written and now - renewed < third:
                    continue
                renewed, self._written = now, self._page
                self._write(now + timedelta(seconds=settings.DRAFT_LEASE_SECONDS))
        finally:
            connection.close()

    def _write(self, until: object) -> None:
        try:
            Draft.objects.filter(pk=self._id, state=DraftState.RENDERING.value, lease=self._lease).update(
                page=self._written, lease_until=until
            )
        except Error:
            logger.warning("The heartbeat of draft %d could not be written; it beats on.", self._id, exc_info=True)
