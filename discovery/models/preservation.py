"""Preservation demands: letters that ask somebody to keep what may become evidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.counsel import Appearance
from discovery.models.deadlines import Deadline
from discovery.models.people import Person


class PreservationDemand(Recorded):
    """A letter that names facts, claims, people, systems and a period, and asks that nothing of it be lost. Sent, it is frozen."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="preservation_demands")
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("to"))
    signer = models.ForeignKey(
        Appearance, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    via = models.CharField(_("sent by"), max_length=80, blank=True, help_text=_("Via e-mail and certified mail"))
    dated = models.DateField(_("dated"), null=True, blank=True)
    facts = models.TextField(_("facts"), help_text=_("What happened, in a few sentences"))
    claims = models.TextField(_("claims"), blank=True, help_text=_("What is or will be asserted"))
    custodians = models.TextField(_("people whose records matter"), blank=True, help_text=_("One a line"))
    systems = models.TextField(_("systems and devices"), blank=True, help_text=_("One a line"))
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_to = models.DateField(_("period to"), null=True, blank=True, help_text=_("Empty: and continuing"))
    acknowledge_by = models.DateField(_("acknowledgment asked for by"), null=True, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True, editable=False)
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True, editable=False)
    acknowledgment = models.CharField(max_length=300, blank=True, editable=False, help_text="What shows it, in words")
    signed = models.CharField(
        max_length=120, blank=True, editable=False, help_text="/s/ Name, as the person who sent it said; empty when signed by hand"
    )
    deadline = models.OneToOneField(
        Deadline, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="preservation"
    )
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("as sent")
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = CaseBoundQuerySet["PreservationDemand"].as_manager()

    class Meta:
        ordering = ["case", "-pk"]
        verbose_name, verbose_name_plural = _("preservation demand"), _("preservation demands")
        constraints = [
            models.CheckConstraint(condition=~Q(facts=""), name="preservation_states_facts"),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True) | Q(period_to__isnull=True) | Q(period_to__gte=F("period_from")),
                name="preservation_period_forward",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True) | Q(sent_on__isnull=False), name="acknowledged_after_sent"
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="preservation_by_case")]

    def __str__(self) -> str:
        return f"Preservation demand to {self.recipient}"
