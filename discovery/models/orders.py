"""Orders: what a judge wrote, the days it sets, and what it says on each request."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import RulingOutcome
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.demands import Demand
from discovery.models.disputes import Dispute
from discovery.models.rows import RequestRow


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
    reconsiders = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reconsidered_in", verbose_name=_("reconsiders")
    )
    fees_to = models.CharField(_("expenses awarded to"), max_length=200, blank=True, help_text=_("Rule 37(a)(5), Rule 45(d)(1)"))
    fees_amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    fees_rule = models.CharField(_("under"), max_length=80, blank=True, help_text=_("Rule 37(a)(5)(B)"))
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
            models.CheckConstraint(
                condition=Q(fees_amount__isnull=True) | (Q(fees_amount__gte=0) & ~Q(fees_to="")), name="fees_say_to_whom"
            ),
            models.CheckConstraint(condition=Q(comply_time__isnull=True) | Q(comply_by__isnull=False), name="order_hour_has_day"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.docket_entry}" if self.docket_entry else self.title


class RulingQuerySet(CaseBoundQuerySet["Ruling"]):
    """Rulings, seen through their order."""

    case_path = "order__case_id"


class Ruling(Recorded):
    """What an order says on one request of a dispute, or, without a row, on the dispute as a whole.

    Reconsidered, the newer ruling supersedes the older and both are shown.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="rulings")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="rulings")
    row = models.ForeignKey(RequestRow, on_delete=models.PROTECT, null=True, blank=True, related_name="rulings")
    outcome = models.CharField(_("ruling"), max_length=16, choices=translated(RulingOutcome))
    ordered_text = models.TextField(_("what the order says"), blank=True)
    comply_by = models.DateField(_("comply by"), null=True, blank=True, help_text=_("The day that the order states"))
    note = models.TextField(_("note"), blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="superseded_by"
    )
    superseded = models.BooleanField(default=False, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["order", "row", "pk"]
        verbose_name, verbose_name_plural = _("ruling"), _("rulings")
        constraints = [
            one_of("outcome", RulingOutcome, "ruling_outcome_known"),
            # One order may decide two motions about the same request, each with its own ruling on it.
            models.UniqueConstraint(
                fields=["order", "dispute", "row"], condition=Q(row__isnull=False), name="row_once_per_order_and_dispute"
            ),
            models.UniqueConstraint(
                fields=["dispute", "row"], condition=Q(row__isnull=False, superseded=False), name="one_current_ruling"
            ),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(row__isnull=True, superseded=False), name="one_current_ruling_on_the_whole"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=RulingOutcome.GRANTED_IN_PART.value) | ~Q(ordered_text=""), name="partial_ruling_has_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.row or self.dispute}"
