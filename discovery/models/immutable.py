"""Rows that are written once: events, frozen versions, snapshots. The database refuses too: see `discovery.guards`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Never

from django.db import models


class WrittenOnce(TypeError):
    """Somebody tried to change or delete a row that is never changed or deleted."""


class AppendOnly(models.Model):
    """A row that can be added and read, nothing else."""

    written_once = True

    class Meta:
        abstract = True

    def save(
        self,
        *args: Any,
        force_insert: bool | tuple[models.base.ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Insert the row. Raises WrittenOnce when it is there already."""
        if self.pk is not None and not self._state.adding:
            raise WrittenOnce(f"{type(self).__name__} {self.pk} is written once and never changed.")
        super().save(force_insert=True, using=using)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse: raises WrittenOnce."""
        raise WrittenOnce(f"{type(self).__name__} {self.pk} is never deleted.")
