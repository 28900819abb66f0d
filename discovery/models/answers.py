"""Responses: the paper that answers a demand, what it says on each request, and the objections it makes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import AnswerKind, Ground, ResponseKind, ResponseStatus, Withholding
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.choices import one_of, translated
from discovery.models.counsel import Appearance
from discovery.models.demands import Demand
from discovery.models.rows import RequestRow


class ResponseQuerySet(CaseBoundQuerySet["Response"]):
    """Responses, seen through their demand."""

    case_path = "demand__case_id"


class Response(Recorded):
    """An answering paper: the first one, an amended or a supplemental one, each a version beside the others (Rule 26(e)).

    Theirs is recorded as served. Ours is drafted here: until it is served it answers nothing and no date follows from it.
    """

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="responses")
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=translated(ResponseKind), default=ResponseKind.INITIAL.value)
    status = models.CharField(
        _("status"), max_length=6, choices=translated(ResponseStatus), default=ResponseStatus.SERVED.value, editable=False
    )
    served_on = models.DateField(_("served on"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=20, blank=True, help_text=_("As the court's rule set names it"))
    signer = models.ForeignKey(
        Appearance, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    preliminary = models.TextField(_("preliminary statement"), blank=True)
    general_objections = models.TextField(
        _("general objections"), blank=True, help_text=_("Disfavoured: an objection belongs to a request, Rule 34(b)(2)(B)")
    )
    objections_only = models.BooleanField(_("objections only"), default=False)
    verified_on = models.DateField(_("verified on"), null=True, blank=True, help_text=_("Rule 33(b)(3), (5)"))
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the paper")
    )
    verification = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the verification")
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["demand", "number"]
        verbose_name, verbose_name_plural = _("response"), _("responses")
        constraints = [
            one_of("kind", ResponseKind, "response_kind_known"),
            one_of("status", ResponseStatus, "response_status_known"),
            models.UniqueConstraint(fields=["demand", "number"], name="response_number_once"),
            models.UniqueConstraint(
                fields=["demand"], condition=Q(status=ResponseStatus.DRAFT.value), name="one_response_in_draft"
            ),
            models.CheckConstraint(
                condition=~Q(status=ResponseStatus.SERVED.value) | (Q(served_on__isnull=False) & ~Q(method="")),
                name="served_response_says_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.demand}"


class AnswerQuerySet(CaseBoundQuerySet["RequestResponse"]):
    """Answers, seen through their request's row."""

    case_path = "row__case_id"


class RequestResponse(Recorded):
    """What a response says to one request: its kind, what is withheld, what will be produced by when, and the words themselves.

    The newest served answer of a row is the current one; an amended response supersedes it and both stay. An answer in a
    response that was not served yet is a draft and never current.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    row = models.ForeignKey(RequestRow, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(_("answer"), max_length=16, choices=translated(AnswerKind), default=AnswerKind.SILENT.value)
    withheld = models.CharField(_("withheld"), max_length=8, choices=translated(Withholding), default=Withholding.NOT_SAID.value)
    text = models.TextField(_("words of the response"), blank=True)
    will_produce = models.TextField(_("what will be produced"), blank=True)
    produce_by = models.DateField(_("to be produced by"), null=True, blank=True)
    bates = models.CharField(_("Bates"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Work product: never printed"))
    current = models.BooleanField(default=False, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["response", "row"]
        verbose_name, verbose_name_plural = _("answer to a request"), _("answers to requests")
        constraints = [
            one_of("kind", AnswerKind, "answer_kind_known"),
            one_of("withheld", Withholding, "withholding_known"),
            models.UniqueConstraint(fields=["response", "row"], name="row_once_per_response"),
            models.UniqueConstraint(fields=["row"], condition=Q(current=True), name="one_current_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.get_kind_display()}"


class ObjectionQuerySet(CaseBoundQuerySet["Objection"]):
    """Objections, seen through their answer's row."""

    case_path = "answer__row__case_id"


class Objection(models.Model):
    """One objection of an answer: its ground, the reason given for it, and the rule it rests on."""

    answer = models.ForeignKey(RequestResponse, on_delete=models.CASCADE, related_name="objections")
    ground = models.CharField(_("ground"), max_length=16, choices=translated(Ground))
    reason = models.TextField(_("reason"), blank=True)
    rule = models.CharField(_("rule"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["answer", "position", "pk"]
        verbose_name, verbose_name_plural = _("objection"), _("objections")
        constraints = [
            one_of("ground", Ground, "objection_ground_known"),
            models.UniqueConstraint(fields=["answer", "ground"], name="ground_once_per_answer"),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()
