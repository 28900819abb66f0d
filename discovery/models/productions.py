"""Productions: what came (or went out), its Bates ranges, and which pages answer which request."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import ProductionMedium, Side
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.responders import RespondingParty
from discovery.models.rows import RequestRow


class Production(Recorded):
    """One volume of documents that a responding party produced on a day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="productions")
    responding_party = models.ForeignKey(
        RespondingParty, on_delete=models.PROTECT, related_name="productions", verbose_name=_("produced by")
    )
    side = models.CharField(_("whose"), max_length=6, choices=translated(Side), default=Side.THEIRS.value)
    volume = models.CharField(_("volume"), max_length=60, help_text=_("META-VOL001"))
    produced_on = models.DateField(_("produced on"))
    medium = models.CharField(
        _("medium"), max_length=10, choices=translated(ProductionMedium), default=ProductionMedium.TRANSFER.value
    )
    sha256 = models.CharField(_("SHA-256 of the delivery"), max_length=64, blank=True, help_text=_("64 hexadecimal digits"))
    confidentiality = models.CharField(_("designation"), max_length=80, blank=True, help_text=_("CONFIDENTIAL"))
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cover letter")
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = CaseBoundQuerySet["Production"].as_manager()

    class Meta:
        ordering = ["case", "-produced_on", "-pk"]
        verbose_name, verbose_name_plural = _("production"), _("productions")
        constraints = [
            one_of("medium", ProductionMedium, "production_medium_known"),
            one_of("side", Side, "production_side_known"),
            models.UniqueConstraint(fields=["case", "responding_party", "volume"], name="volume_once_per_responder"),
            models.CheckConstraint(condition=~Q(volume=""), name="production_has_volume"),
        ]
        indexes = [models.Index(fields=["case", "-produced_on", "-id"], name="production_by_case")]

    def __str__(self) -> str:
        return self.volume


class BatesQuerySet(CaseBoundQuerySet["BatesRange"]):
    """Bates ranges of the cases that a user sees."""


class BatesRange(models.Model):
    """Pages in a row under one prefix: META000001 to META000250. Two ranges of a case under one prefix never overlap.

    The database refuses an overlap (`discovery.guards`), whatever code asks for it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bates_ranges")
    production = models.ForeignKey(Production, on_delete=models.PROTECT, related_name="ranges")
    prefix = models.CharField(_("prefix"), max_length=40)
    digits = models.PositiveSmallIntegerField(_("digits"), default=6)
    first = models.PositiveBigIntegerField(_("first page"))
    last = models.PositiveBigIntegerField(_("last page"))

    objects = BatesQuerySet.as_manager()
    never_overlaps = ("case_id", "prefix", "first", "last")
    """For `discovery.guards`: rows that agree in the first two have intervals that do not meet."""

    class Meta:
        ordering = ["case", "prefix", "first"]
        verbose_name, verbose_name_plural = _("Bates range"), _("Bates ranges")
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="bates_runs_forward"),
            models.UniqueConstraint(fields=["case", "prefix", "first"], name="bates_first_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label(self.first)}–{self.label(self.last)}" if self.last != self.first else self.label(self.first)

    def label(self, page: int) -> str:
        """Return a page's number as it is stamped: META000001."""
        return f"{self.prefix}{page:0{self.digits}d}"

    @property
    def pages(self) -> int:
        """How many pages it holds."""
        return self.last - self.first + 1


class PageTieQuerySet(CaseBoundQuerySet["PageTie"]):
    """Ties, seen through their range."""

    case_path = "bates_range__case_id"


class PageTie(models.Model):
    """Pages of a range that answer one request."""

    bates_range = models.ForeignKey(BatesRange, on_delete=models.PROTECT, related_name="ties")
    row = models.ForeignKey(RequestRow, on_delete=models.PROTECT, related_name="ties")
    first = models.PositiveBigIntegerField(_("first page"))
    last = models.PositiveBigIntegerField(_("last page"))

    objects = PageTieQuerySet.as_manager()

    class Meta:
        ordering = ["row", "bates_range", "first"]
        verbose_name, verbose_name_plural = _("pages tied to a request"), _("pages tied to requests")
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="tie_runs_forward"),
            models.UniqueConstraint(fields=["bates_range", "row", "first"], name="tie_once"),
        ]
        indexes = [models.Index(fields=["row", "bates_range"], name="tie_by_row")]

    def __str__(self) -> str:
        return f"{self.bates_range.label(self.first)}–{self.bates_range.label(self.last)}: {self.row}"
