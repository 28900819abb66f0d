"""Services: how, when and on whom a demand was served, who was on the service list, and what was tried before it.

The day of service starts the clocks, not the day somebody typed it in.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from discovery.enums import AttemptOutcome
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.choices import one_of, translated
from discovery.models.demands import Demand
from discovery.models.immutable import AppendOnly


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
    agent = models.CharField(
        _("agent"), max_length=200, blank=True, help_text=_("Registered agent or lawyer who accepted for the person")
    )
    server_address = models.CharField(_("server's address"), max_length=200, blank=True)
    received_on = models.DateField(_("received by the server on"), null=True, blank=True)
    attendance_fee = models.DecimalField(
        _("attendance fee tendered"), max_digits=8, decimal_places=2, null=True, blank=True, help_text=_("28 U.S.C. 1821(b)")
    )
    miles = models.DecimalField(_("miles"), max_digits=7, decimal_places=1, null=True, blank=True, help_text=_("Both ways"))
    mileage_fee = models.DecimalField(
        _("mileage tendered"), max_digits=8, decimal_places=2, null=True, blank=True, help_text=_("28 U.S.C. 1821(c)")
    )
    travel_fee = models.DecimalField(_("server's fee for travel"), max_digits=8, decimal_places=2, null=True, blank=True)
    service_fee = models.DecimalField(_("server's fee for service"), max_digits=8, decimal_places=2, null=True, blank=True)
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
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}), name=f"{field}_counts_up"
                )
                for field in ("attendance_fee", "miles", "mileage_fee", "travel_fee", "service_fee")
            ),
        ]
        indexes = [models.Index(fields=["demand"], condition=Q(superseded=False, proof=None), name="service_without_proof")]

    def __str__(self) -> str:
        return f"{self.demand}, {date_format(self.served_on)}"


class OnServiceList(CaseBoundQuerySet["ServiceListEntry"]):
    """Entries of service lists, seen through their service's demand."""

    case_path = "service__demand__case_id"


class ServiceListEntry(AppendOnly):
    """Who had to be served, at what address and by what means, as it stood at the moment of service."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="service_list")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.TextField(_("name"))
    represents = models.TextField(_("for"), blank=True)
    address = models.TextField(_("address"), blank=True)
    email = models.TextField(_("e-mail"), blank=True)
    accepts_email = models.BooleanField(_("consented to e-mail"), default=False, help_text=_("In writing, Rule 5(b)(2)(E)"))

    objects = OnServiceList.as_manager()

    class Meta:
        ordering = ["service", "position"]
        verbose_name, verbose_name_plural = _("entry of a service list"), _("entries of service lists")
        constraints = [models.UniqueConstraint(fields=["service", "position"], name="service_list_position_once")]

    def __str__(self) -> str:
        return self.name


class AttemptQuerySet(CaseBoundQuerySet["ServiceAttempt"]):
    """Attempts, seen through their demand."""

    case_path = "demand__case_id"


class ServiceAttempt(AppendOnly):
    """One attempt at service: when, where, by whom, and what came of it. Eleven of them made a motion (Dkt. 296, 309)."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="attempts")
    tried_on = models.DateField(_("tried on"))
    tried_time = models.TimeField(_("hour"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    server = models.CharField(_("by whom"), max_length=200, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=translated(AttemptOutcome), default=AttemptOutcome.NOT_FOUND.value
    )
    note = models.TextField(_("what happened"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["demand", "tried_on", "tried_time", "pk"]
        verbose_name, verbose_name_plural = _("attempt at service"), _("attempts at service")
        constraints = [one_of("outcome", AttemptOutcome, "attempt_outcome_known")]
        indexes = [models.Index(fields=["demand", "tried_on"], name="attempt_by_demand")]

    def __str__(self) -> str:
        return f"{date_format(self.tried_on)}: {self.get_outcome_display()}"
