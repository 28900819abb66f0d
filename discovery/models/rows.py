"""The row of the house: one request directed to one responding party, carried from draft to order (law 1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from discovery.enums import Deficiency
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.demands import Demand
from discovery.models.requests import Request


class RequestRow(Recorded):
    """One request as served on one responding party. Its answers, narrowings, disputes and rulings hang on it.

    It comes into being when its demand is served. What was asked stands in the demand's frozen version under the same number;
    the request it points to belongs to a frozen set and has the same words.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rows")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="rows", verbose_name=_("demand"))
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="rows", verbose_name=_("request"))
    number = models.PositiveIntegerField(_("number"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="rows", verbose_name=_("owner")
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("by"), null=True, blank=True)
    deficiency = models.CharField(_("deficiency"), max_length=16, choices=translated(Deficiency), blank=True)
    deficiency_note = models.TextField(_("what is wrong"), blank=True)

    objects = CaseBoundQuerySet["RequestRow"].as_manager()

    class Meta:
        ordering = ["demand", "number"]
        verbose_name, verbose_name_plural = _("request and responding party"), _("requests and responding parties")
        constraints = [
            models.UniqueConstraint(fields=["demand", "number"], name="row_number_once"),
            models.UniqueConstraint(fields=["demand", "request"], name="row_request_once"),
            one_of("deficiency", Deficiency, "row_deficiency_known", or_blank=True),
        ]
        indexes = [
            models.Index(fields=["case", "demand", "number"], name="row_by_case"),
            models.Index(fields=["case", "deficiency"], name="row_by_deficiency"),
            models.Index(fields=["owner", "next_step_on"], name="row_by_owner"),
            models.Index(fields=["request", "demand"], name="row_by_request"),
        ]

    def __str__(self) -> str:
        return f"{self.demand.responding_party}, No. {self.number}"
