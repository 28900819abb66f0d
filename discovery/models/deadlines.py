"""Deadlines: what is due when, how the date came about, and how it was moved. "Overdue" is asked of the clock, never stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from discovery.enums import Basis, DeadlineKind, DeadlineState, ExtensionKind
from discovery.law.derivations import Derivation
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.demands import Demand

BOUNDARIES = (DeadlineKind.COURT_DATE.value, DeadlineKind.LAST_DAY_TO_SERVE.value, DeadlineKind.MOTION_CUTOFF.value)
"""Days that bound what may be done: when one has passed, nobody is late with anything."""


class Deadline(Recorded):
    """A due moment of a case with its derivation; without a date when the law as recorded gives none (`refusal` says why).

    Only verbs move it. A date rests on what `basis` says; `computed_on` keeps what the rule alone gives, so that an extended or
    ordered date can be held beside it. `proposed_*` wait for a person when holidays, closures or rules changed outside the case.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, null=True, blank=True, related_name="deadlines")
    key = models.CharField(
        max_length=80, editable=False, help_text="The fact and the event it follows from: service:12:rfp-response"
    )
    event = models.CharField(max_length=40, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=translated(DeadlineKind), default=DeadlineKind.OTHER.value)
    title = models.CharField(_("what is due"), max_length=200)
    ours = models.BooleanField(_("our side must act"), default=True)
    state = models.CharField(
        _("state"), max_length=6, choices=translated(DeadlineState), default=DeadlineState.OPEN.value, editable=False
    )
    basis = models.CharField(_("rests on"), max_length=10, choices=translated(Basis), default=Basis.COMPUTED.value, editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="The end of the day in the court's zone, or the hour"
    )
    by_hour = models.BooleanField(default=False, editable=False, help_text="Whether an hour of the day was set, not its end")
    zone = models.CharField(max_length=40, editable=False)
    computed_on = models.DateField(null=True, blank=True, editable=False)
    derivation = models.JSONField(null=True, blank=True, editable=False)
    refusal = models.JSONField(null=True, blank=True, editable=False, help_text="Template and values of a LawRefused")
    consequence = models.CharField(max_length=300, blank=True, editable=False)
    red = models.BooleanField(default=False, editable=False, help_text="Missing it mends itself by no motion: deemed admitted")
    proposed_on = models.DateField(null=True, blank=True, editable=False)
    proposed_derivation = models.JSONField(null=True, blank=True, editable=False)
    """How the proposed date comes about; without one {"refusal": ...} as the law now refuses, {"void": true} for no longer due."""
    proposed_because = models.CharField(max_length=200, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deadlines",
        verbose_name=_("owner"),
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_on = models.DateField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    done_note = models.CharField(max_length=300, blank=True, editable=False)
    evidence = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    next_reminder_at = models.DateTimeField(null=True, blank=True, editable=False)
    note = models.TextField(_("note"), blank=True)

    objects = CaseBoundQuerySet["Deadline"].as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name, verbose_name_plural = _("deadline"), _("deadlines")
        constraints = [
            one_of("kind", DeadlineKind, "deadline_kind_known"),
            one_of("state", DeadlineState, "deadline_state_known"),
            one_of("basis", Basis, "deadline_basis_known"),
            models.UniqueConstraint(fields=["case", "key"], name="deadline_once_per_fact"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False, due_at__isnull=False, refusal__isnull=True)
                | Q(due_on__isnull=True, due_at__isnull=True, refusal__isnull=False),
                name="deadline_has_date_or_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeadlineState.DONE.value) | Q(done_on__isnull=False, done_by__isnull=False),
                name="done_says_when",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False), name="confirmed_says_when"
            ),
        ]
        # Today and the calendar walk the open ones by day; the case at the end lets them ask who may see a row.
        indexes = [
            models.Index(fields=["state", "due_at", "id", "case"], name="deadline_by_due"),
            models.Index(fields=["case", "state", "due_at", "id"], name="deadline_by_case"),
            models.Index(fields=["demand", "state", "due_at"], name="deadline_by_demand"),
            models.Index(fields=["owner", "state", "due_at"], name="deadline_by_owner"),
            models.Index(fields=["due_on", "case"], name="deadline_by_day"),
            models.Index(
                fields=["next_reminder_at"],
                condition=Q(state=DeadlineState.OPEN.value, next_reminder_at__isnull=False),
                name="deadline_to_remind",
            ),
            models.Index(
                fields=["case"], condition=Q(state=DeadlineState.OPEN.value, due_at__isnull=True), name="deadline_refused"
            ),
            models.Index(fields=["case"], condition=Q(proposed_derivation__isnull=False), name="deadline_proposed"),
        ]

    def __str__(self) -> str:
        return self.title

    def trail(self) -> Derivation | None:
        """Return how the date came about, or None for a refusal or a date entered by hand."""
        return Derivation.from_data(self.derivation) if self.derivation else None

    def proposal(self) -> Derivation | None:
        """Return the date that is proposed instead with its trail; None when nothing is, or no date comes instead."""
        told = self.proposed_derivation
        return Derivation.from_data(told) if told and self.proposed_on is not None else None

    def overdue(self, now: datetime) -> bool:
        """Whether the moment has passed and nothing was recorded as done; a boundary is passed, never overdue."""
        return self._gone(now) and self.kind not in BOUNDARIES

    def passed(self, now: datetime) -> bool:
        """Whether it bounds what may be done and its moment has gone by."""
        return self._gone(now) and self.kind in BOUNDARIES

    def _gone(self, now: datetime) -> bool:
        return self.state == DeadlineState.OPEN and self.due_at is not None and self.due_at < now

    @property
    def confirmed(self) -> bool:
        """Whether a second person looked at the date and agreed."""
        return self.confirmed_by_id is not None


class ExtensionQuerySet(CaseBoundQuerySet["Extension"]):
    """Extensions, seen through their deadline."""

    case_path = "deadline__case_id"


class Extension(models.Model):
    """An agreement or order that moved a due date: Rule 29(b), Rule 6(b). Old and new date stay on record."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="extensions")
    kind = models.CharField(_("how"), max_length=8, choices=translated(ExtensionKind), default=ExtensionKind.DATE.value)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    to_date = models.DateField(_("new date"), null=True, blank=True)
    tolled_from = models.DateField(_("tolled from"), null=True, blank=True)
    tolled_to = models.DateField(_("tolled to"), null=True, blank=True)
    agreed_on = models.DateField(_("agreed on"))
    agreed_with = models.CharField(_("agreed with"), max_length=200, help_text=_("Who agreed, or the judge who ordered"))
    terms = models.TextField(_("where it stands"), help_text=_("E-mail of June 30, 2025; Dkt. 215"))
    evidence = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    needs_approval = models.BooleanField(
        _("needs the court’s approval"),
        default=False,
        help_text=_("When it would interfere with the close of discovery, a hearing or trial: Rule 29(b)"),
    )
    approved_on = models.DateField(_("approved by the court on"), null=True, blank=True)
    old_due = models.DateField(editable=False)
    new_due = models.DateField(editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    """When it was recorded, or its approval was: the order in which extensions moved the date."""

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["deadline", "pk"]
        verbose_name, verbose_name_plural = _("extension"), _("extensions")
        constraints = [
            one_of("kind", ExtensionKind, "extension_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=ExtensionKind.DAYS.value, days__gte=1)
                | Q(kind=ExtensionKind.DATE.value, to_date__isnull=False)
                | Q(kind=ExtensionKind.TOLLING.value, tolled_from__isnull=False, tolled_to__gte=models.F("tolled_from")),
                name="extension_says_how_far",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}: {date_format(self.old_due)} → {date_format(self.new_due)}"

    @property
    def in_force(self) -> bool:
        """Whether it moves the date: agreed, and approved where the court's approval is needed."""
        return not self.needs_approval or self.approved_on is not None

    def told(self) -> dict[str, Any]:
        """Return what it says, for the record of events."""
        names = ("kind", "days", "to_date", "tolled_from", "tolled_to", "agreed_on", "agreed_with", "terms", "approved_on")
        return {name: str(getattr(self, name)) for name in names if getattr(self, name) not in {None, ""}}
