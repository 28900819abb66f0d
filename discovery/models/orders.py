"""Orders: what a judge wrote, and the days it sets. Its rulings on each request follow the matrix."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.demands import Demand


class Order(Recorded):
    """An order in the case: entered on a day, served on a day, perhaps with a day for compliance that nobody recomputes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="orders")
    demand = models.ForeignKey(
        Demand, on_delete=models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("about the demand")
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("Order denying the motion to compel Meta"))
    docket_entry = models.CharField(_("where it stands"), max_length=40, blank=True, help_text=_("Dkt. 237"))
    judge = models.CharField(_("judge"), max_length=120, blank=True)
    by_magistrate = models.BooleanField(
        _("by a magistrate judge"), default=False, help_text=_("Then Rule 72(a) gives 14 days to object")
    )
    entered_on = models.DateField(_("entered on"))
    served_on = models.DateField(_("served on"), null=True, blank=True, help_text=_("Empty: on the day of entry"))
    method = models.CharField(_("method"), max_length=20, default="ecf", help_text=_("As the court's rule set names it"))
    comply_by = models.DateField(_("comply by"), null=True, blank=True, help_text=_("The day that the order states"))
    comply_time = models.TimeField(_("hour"), null=True, blank=True)
    commands = models.CharField(_("what is to be done by then"), max_length=200, blank=True)
    binds_us = models.BooleanField(_("our side must comply"), default=False)
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the paper")
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = CaseBoundQuerySet["Order"].as_manager()

    class Meta:
        ordering = ["case", "-entered_on", "-pk"]
        verbose_name, verbose_name_plural = _("order"), _("orders")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="order_has_title"),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=models.F("entered_on")), name="order_served_after_entry"
            ),
            models.CheckConstraint(
                condition=Q(comply_by__isnull=True) | Q(comply_by__gte=models.F("entered_on")), name="order_obeyed_after_entry"
            ),
            models.CheckConstraint(condition=Q(comply_time__isnull=True) | Q(comply_by__isnull=False), name="order_hour_has_day"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.docket_entry}" if self.docket_entry else self.title
