"""What people set aside: a warning of a check, overridden with a reason. The check itself stays, and so does this row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discovery.models.base import CaseBoundQuerySet
from discovery.models.demands import Demand
from discovery.models.immutable import AppendOnly


class FindingOverrideQuerySet(CaseBoundQuerySet["FindingOverride"]):
    """Overrides, seen through their demand."""

    case_path = "demand__case_id"


class FindingOverride(AppendOnly):
    """A warning that somebody overrode. It holds while the check says the same words; when they change it lapses by itself."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="overrides", verbose_name=_("demand"))
    check_id = models.CharField(_("check"), max_length=60)
    fingerprint = models.CharField(max_length=64, editable=False)
    said = models.TextField(_("what the check said"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("overridden by"))
    at = models.DateTimeField(_("overridden at"), default=timezone.now)

    objects = FindingOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = _("overridden finding"), _("overridden findings")
        constraints = [
            models.UniqueConstraint(fields=["demand", "check_id", "fingerprint"], name="finding_overridden_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.check_id}: {self.demand}"
