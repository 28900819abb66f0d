"""Services: how, when and on whom a demand was served. The day of service starts the clocks, not the day somebody typed it in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.demands import Demand


class ServiceQuerySet(CaseBoundQuerySet["Service"]):
    """Services, seen through their demand."""

    case_path = "demand__case_id"


class Service(Recorded):
    """One service of a demand. Served again, the new one supersedes the old and the clock runs from it."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="services")
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    served_on = models.DateField(_("served on"))
    served_time = models.TimeField(_("hour"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=20, help_text=_("As the court's rule set names it"))
    person_served = models.CharField(_("on whom"), max_length=200, blank=True, help_text=_("Name and title of who took it"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    server = models.CharField(_("served by"), max_length=200, blank=True, help_text=_("At least 18 and no party, Rule 45(b)(1)"))
    proof = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof of service")
    )
    without_notice = models.TextField(
        _("reason for serving without notice"), blank=True, help_text=_("When the parties had no notice before, Rule 45(a)(4)")
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")
    superseded = models.BooleanField(default=False, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["demand", "number"]
        verbose_name, verbose_name_plural = _("service"), _("services")
        constraints = [
            models.UniqueConstraint(fields=["demand", "number"], name="service_number_once"),
            models.UniqueConstraint(fields=["demand"], condition=Q(superseded=False), name="one_current_service"),
            models.CheckConstraint(condition=~Q(method=""), name="service_has_method"),
        ]
        indexes = [models.Index(fields=["demand"], condition=Q(superseded=False, proof=None), name="service_without_proof")]

    def __str__(self) -> str:
        return f"{self.demand}, {self.served_on}"
