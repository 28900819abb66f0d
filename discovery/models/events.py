"""Events: who did what when, append-only and chained by hashes, one for each verb (law 5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from discovery.enums import Act
from discovery.models.base import CaseBoundQuerySet
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.immutable import AppendOnly


class Event(AppendOnly):
    """One act. `happened_at` is when it was done in the world, `recorded_at` when it was written down."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    chain = models.PositiveBigIntegerField(help_text="The case's id; 0 for acts that belong to no case")
    number = models.PositiveIntegerField(help_text="Runs from 1 within the chain, without a gap")
    act = models.CharField(max_length=20, choices=translated(Act))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    subject = models.CharField(max_length=40, help_text="Model and id: demand:7")
    summary = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict, blank=True)
    happened_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now)
    previous = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    objects = CaseBoundQuerySet["Event"].as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            one_of("act", Act, "event_act_known"),
            models.UniqueConstraint(fields=["chain", "number"], name="event_number_once"),
            models.CheckConstraint(condition=~Q(sha256=""), name="event_is_chained"),
        ]
        indexes = [models.Index(fields=["subject", "-id"], name="event_by_subject")]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.summary}"
