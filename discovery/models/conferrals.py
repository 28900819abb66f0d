"""Conferences between counsel, what they came to on each request, what was promised, and narrower texts that were agreed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from discovery.enums import ConferralMode, ConferralOutcome, Side
from discovery.models.base import CaseBoundQuerySet, M_co, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.counsel import Attorney
from discovery.models.deadlines import Deadline
from discovery.models.rows import RequestRow


class Conferral(Recorded):
    """A live meeting of counsel: in person, by telephone or by video. Letters do not count (N.D. Cal. Civ. L.R. 1-5(n))."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conferrals")
    number = models.PositiveSmallIntegerField(editable=False, help_text="Runs from 1 within the case")
    held_on = models.DateField(_("held on"))
    started = models.TimeField(pgettext_lazy("the hour at which it begins", "from"), null=True, blank=True)
    ended = models.TimeField(pgettext_lazy("the hour at which it ends", "to"), null=True, blank=True)
    mode = models.CharField(_("how"), max_length=10, choices=translated(ConferralMode), default=ConferralMode.VIDEO.value)
    place = models.CharField(_("place or service"), max_length=200, blank=True, help_text=_("Zoom; 425 Market Street"))
    notes = models.TextField(_("notes"), blank=True, help_text=_("Work product: never printed"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = CaseBoundQuerySet["Conferral"].as_manager()

    class Meta:
        ordering = ["case", "-held_on", "-pk"]
        verbose_name, verbose_name_plural = _("conference"), _("conferences")
        constraints = [
            one_of("mode", ConferralMode, "conferral_mode_known"),
            models.UniqueConstraint(fields=["case", "number"], name="conferral_number_once"),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(started__isnull=False, ended__gt=models.F("started")),
                name="conferral_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["case", "-held_on", "-id"], name="conferral_by_case")]

    def __str__(self) -> str:
        return f"{self.get_mode_display()}, {date_format(self.held_on)}"


class ConferralQuerySet(CaseBoundQuerySet[M_co]):
    """What belongs to a conference, seen through it."""

    case_path = "conferral__case_id"


class Attendee(models.Model):
    """Somebody who took part, and for whom."""

    conferral = models.ForeignKey(Conferral, on_delete=models.CASCADE, related_name="attendees")
    attorney = models.ForeignKey(Attorney, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    speaks_for = models.CharField(_("for"), max_length=200, blank=True)
    side = models.CharField(_("side"), max_length=6, choices=translated(Side), default=Side.OURS.value)

    objects = ConferralQuerySet["Attendee"].as_manager()

    class Meta:
        ordering = ["conferral", "side", "pk"]
        verbose_name, verbose_name_plural = _("person who took part"), _("people who took part")
        constraints = [
            one_of("side", Side, "attendee_side_known"),
            models.CheckConstraint(condition=~Q(name=""), name="attendee_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ConferredRequest(models.Model):
    """What a conference came to on one request."""

    conferral = models.ForeignKey(Conferral, on_delete=models.CASCADE, related_name="requests")
    row = models.ForeignKey(RequestRow, on_delete=models.PROTECT, related_name="conferred")
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=translated(ConferralOutcome), default=ConferralOutcome.OPEN.value
    )
    note = models.TextField(_("what was said"), blank=True)

    objects = ConferralQuerySet["ConferredRequest"].as_manager()

    class Meta:
        ordering = ["conferral", "row"]
        verbose_name, verbose_name_plural = _("request conferred about"), _("requests conferred about")
        constraints = [
            one_of("outcome", ConferralOutcome, "conferral_outcome_known"),
            models.UniqueConstraint(fields=["conferral", "row"], name="row_once_per_conferral"),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.get_outcome_display()}"


class Commitment(Recorded):
    """A promise with a date. Its due date is a deadline like any other: it stands on Today, in feeds, and is done with evidence."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="commitments")
    conferral = models.ForeignKey(
        Conferral, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("conference")
    )
    side = models.CharField(_("who promised"), max_length=6, choices=translated(Side), default=Side.THEIRS.value)
    promised_by = models.CharField(_("name"), max_length=200, blank=True)
    text = models.CharField(_("what was promised"), max_length=200)
    promised_on = models.DateField(_("promised on"))
    deadline = models.OneToOneField(Deadline, on_delete=models.PROTECT, editable=False, related_name="commitment")
    rows = models.ManyToManyField(RequestRow, blank=True, related_name="commitments", verbose_name=_("requests"))
    released_on = models.DateField(_("released on"), null=True, blank=True, editable=False)
    released_because = models.CharField(max_length=300, blank=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = CaseBoundQuerySet["Commitment"].as_manager()

    class Meta:
        ordering = ["case", "pk"]
        verbose_name, verbose_name_plural = _("commitment"), _("commitments")
        constraints = [
            one_of("side", Side, "commitment_side_known"),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class NarrowingQuerySet(CaseBoundQuerySet["Narrowing"]):
    """Narrowings, seen through their row."""

    case_path = "row__case_id"


class Narrowing(Recorded):
    """A narrower text of a request, dated, beside the served one, which it never changes (law 2).

    A proposal has no day of agreement. Once agreed it stands until a newer agreed text supersedes it.
    """

    row = models.ForeignKey(RequestRow, on_delete=models.PROTECT, related_name="narrowings")
    number = models.PositiveSmallIntegerField(editable=False, help_text="Runs from 1 within the row")
    conferral = models.ForeignKey(
        Conferral, on_delete=models.PROTECT, null=True, blank=True, related_name="narrowings", verbose_name=_("conference")
    )
    text = models.TextField(_("narrower text"))
    proposed_by = models.CharField(_("proposed by"), max_length=200)
    proposed_on = models.DateField(_("proposed on"))
    agreed_by = models.CharField(_("agreed by"), max_length=200, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    source = models.CharField(_("where it stands"), max_length=200, blank=True, help_text=_("E-mail of August 1, 2025; Dkt. 230"))
    superseded = models.BooleanField(default=False, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = NarrowingQuerySet.as_manager()

    class Meta:
        ordering = ["row", "number"]
        verbose_name, verbose_name_plural = _("narrowing"), _("narrowings")
        constraints = [
            models.UniqueConstraint(fields=["row", "number"], name="narrowing_number_once"),
            models.UniqueConstraint(
                fields=["row"], condition=Q(superseded=False, agreed_on__isnull=False), name="one_agreed_narrowing"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="narrowing_has_text"),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(agreed_on__gte=models.F("proposed_on")), name="narrowing_agreed_after"
            ),
            models.CheckConstraint(condition=Q(agreed_on__isnull=True) | ~Q(agreed_by=""), name="narrowing_says_who_agreed"),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.text[:60]}"
