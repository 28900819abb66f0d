"""Attachments: papers that prove something (a proof of service, an agreement by e-mail, an order), kept as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discovery.models.base import CaseBoundQuerySet
from discovery.models.cases import Case
from discovery.models.immutable import AppendOnly

if TYPE_CHECKING:
    from django.core.files.storage import Storage


def attachment_storage() -> Storage:
    """Return where attachments lie, asked each time so that a setting decides and not the first import."""
    return storages["default"]


class Attachment(AppendOnly):
    """A file of a case, written once under the hash of its bytes (law 2)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(storage=attachment_storage, max_length=120)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = CaseBoundQuerySet["Attachment"].as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name, verbose_name_plural = _("attachment"), _("attachments")
        constraints = [models.CheckConstraint(condition=~Q(file="") & ~Q(sha256=""), name="attachment_has_file")]

    def __str__(self) -> str:
        return self.name
