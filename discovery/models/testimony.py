"""What commands or notices testimony: a deposition on notice or by subpoena, attendance at a hearing or trial."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from discovery.models.base import CaseBoundQuerySet
from discovery.models.courts import known_zone
from discovery.models.demands import Demand
from discovery.models.requests import RequestSet


class TestimonyQuerySet(CaseBoundQuerySet["Testimony"]):
    """Testimony, seen through its demand."""

    case_path = "demand__case_id"


class Testimony(models.Model):
    """Where, when and how somebody is to testify. Its id is its demand's.

    The demand's set holds the matters for examination (Rule 30(b)(6)), none for a natural person; `documents` is Schedule B,
    what the witness is to bring.
    """

    __test__ = False  # pytest would take it for a test by its name

    demand = models.OneToOneField(Demand, on_delete=models.CASCADE, primary_key=True, related_name="testimony")
    place = models.TextField(_("place"), blank=True, help_text=_("Street and city; for a remote deposition how it is joined"))
    remote = models.BooleanField(
        _("by remote means"), default=False, help_text=_("By stipulation or order, Fed. R. Civ. P. 30(b)(4)")
    )
    courtroom = models.CharField(_("courtroom"), max_length=60, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    hour = models.TimeField(_("hour"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="America/Los_Angeles", validators=[known_zone])
    printed_zone = models.CharField(
        _("time zone as printed"), max_length=12, blank=True, help_text=_("PST, PDT, Pacific: printed as you type it")
    )
    officer = models.CharField(
        _("officer"), max_length=200, blank=True, help_text=_("Before whom it is taken, Fed. R. Civ. P. 28(a), 30(b)(5)(A)")
    )
    recording = models.CharField(
        _("recorded by"), max_length=200, blank=True, help_text=_("Stenographic means and video: Fed. R. Civ. P. 30(b)(3)(A)")
    )
    day_to_day = models.BooleanField(_("continues from day to day"), default=True)
    conferral = models.TextField(
        _("statement on conferring"), blank=True, help_text=_("Of an organization’s matters: Fed. R. Civ. P. 30(b)(6)")
    )
    bring = models.TextField(
        _("what to bring"), blank=True, help_text=_("As the form prints it: the documents listed on Schedule B")
    )
    documents = models.ForeignKey(
        RequestSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="brought_to",
        verbose_name=_("documents to bring"),
        help_text=_("Printed as Schedule B"),
    )

    objects = TestimonyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("testimony"), _("testimonies")

    def __str__(self) -> str:
        return str(self.demand)

    @property
    def asks_documents(self) -> bool:
        """Whether the witness must bring something: a schedule of documents or what stands in words."""
        return self.documents_id is not None or bool(self.bring.strip())

    def moment(self) -> datetime | None:
        """Return when it begins with its zone, or None while date or hour is missing."""
        if self.day is None or self.hour is None:
            return None
        return datetime.combine(self.day, self.hour, ZoneInfo(self.zone))
