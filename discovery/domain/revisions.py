"""Two people, one record: the second to save hears of the first, and nobody overwrites what was not seen."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.errors import Conflict, Refused
from discovery.models.base import Recorded


def claim_revision(row: Recorded, revision: int | None) -> None:
    """Raise the row's revision by one, if it still is `revision`; the row then carries the new number.

    One conditional UPDATE decides between two people who save at the same moment. Raises Conflict for the second.
    """
    manager = type(row)._default_manager
    now = timezone.now()
    rows = manager.filter(pk=row.pk)
    if revision is not None:
        rows = rows.filter(revision=revision)
    if not rows.update(revision=F("revision") + 1, changed_at=now):
        stored = manager.filter(pk=row.pk).first()
        if stored is None:
            raise Refused(_("Somebody removed this while you were editing. Copy your text, then go back to the list."))
        raise Conflict(
            _("Somebody else changed this while you were editing. Both texts are shown; save again to keep yours."),
            theirs={field.name: field.value_from_object(stored) for field in stored._meta.concrete_fields},
            revision=stored.revision,
        )
    row.revision = manager.values_list("revision", flat=True).get(pk=row.pk)
    row.changed_at = now
