"""Responses: the paper that answered a demand. Its rows per request follow the matrix."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from discovery.enums import ResponseKind
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.choices import one_of, translated
from discovery.models.demands import Demand


class ResponseQuerySet(CaseBoundQuerySet["Response"]):
    """Responses, seen through their demand."""

    case_path = "demand__case_id"


class Response(Recorded):
    """An answering paper: the first one, an amended or a supplemental one, each a version beside the others (Rule 26(e))."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="responses")
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=translated(ResponseKind), default=ResponseKind.INITIAL.value)
    served_on = models.DateField(_("served on"))
    method = models.CharField(_("method"), max_length=20, help_text=_("As the court's rule set names it"))
    objections_only = models.BooleanField(_("objections only"), default=False)
    verified_on = models.DateField(_("verified on"), null=True, blank=True, help_text=_("Rule 33(b)(3), (5)"))
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the paper")
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["demand", "number"]
        verbose_name, verbose_name_plural = _("response"), _("responses")
        constraints = [
            one_of("kind", ResponseKind, "response_kind_known"),
            models.UniqueConstraint(fields=["demand", "number"], name="response_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.demand}"
