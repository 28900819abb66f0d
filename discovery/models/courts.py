"""Courts: public facts, the same for every case that is pending there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from discovery.enums import CourtKind
from discovery.law.paper_styles import paper_styles
from discovery.models.base import Recorded
from discovery.models.choices import one_of, translated

if TYPE_CHECKING:
    from discovery.models.base import Reader


def known_zone(name: str) -> None:
    """Refuse a name that is no IANA time zone: deadlines end at midnight in the court's zone (Rule 6(a)(4))."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone. Write it like America/Los_Angeles."), params={"name": name})


def known_style(key: str) -> None:
    """Refuse a paper style that has no data file (law/paper_styles)."""
    if key not in paper_styles():
        raise ValidationError(_("There is no paper style “%(key)s”. Choose one of the list."), params={"key": key})


dated_edition = RegexValidator(
    r"^[a-z0-9]+-[0-9]{4}-[0-9]{2}(-[0-9]{2})?$", _("Write a name and a date, like ao88b-2014-02 or frcp45-2013-12-01.")
)
"""An edition is compared by its date."""


class CourtQuerySet(models.QuerySet["Court"]):
    """Courts hold no secrets; those who keep the firm's records (staff) may change them."""

    def visible_to(self, user: Reader) -> Self:
        """Return all courts to anyone signed in."""
        return self.all() if user.is_authenticated else self.none()

    def editable_by(self, user: Reader) -> Self:
        """Return all courts to staff, none to others."""
        return self.all() if user.is_authenticated and user.is_staff else self.none()


class Court(Recorded):
    """A court with the words its papers print, its rule set and its paper style."""

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        help_text=_("United States District Court for the Northern District of California"),
    )
    short_name = models.CharField(_("short name"), max_length=40, unique=True, help_text=_("N.D. Cal."))
    kind = models.CharField(_("kind"), max_length=20, choices=translated(CourtKind), default=CourtKind.FEDERAL_DISTRICT.value)
    title = models.CharField(_("title on papers"), max_length=120, default="United States District Court")
    district = models.CharField(_("district on papers"), max_length=120, blank=True, help_text=_("Northern District of California"))
    form_district = models.CharField(
        _("first blank of the form"), max_length=60, blank=True, help_text=_("Northern: “____ District of ____”")
    )
    form_state = models.CharField(_("second blank of the form"), max_length=60, blank=True, help_text=_("California"))
    state = models.CharField(_("state"), max_length=2, blank=True, help_text=_("Postal abbreviation, CA"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Los_Angeles", validators=[known_zone])
    rule_set = models.CharField(_("rule set"), max_length=20, blank=True, help_text=_("FRCP-CAND"))
    paper_style = models.CharField(
        _("paper style"),
        max_length=20,
        default="federal-plain",
        validators=[known_style],
        help_text=_("How its papers look: pleading paper with 28 or 25 numbered lines, plain paper, and which caption"),
    )
    number_label = models.CharField(
        _("label of the case number"), max_length=20, blank=True, help_text=_("Empty: as the paper style says")
    )
    presidential_closings = models.CharField(
        _("days closed by the President"),
        max_length=3,
        blank=True,
        choices=[
            ("", _("as the rule set says")),
            ("off", _("not legal holidays")),
            ("on", _("legal holidays")),
            ("ask", _("show both dates")),
        ],
        help_text=_("Whether they are legal holidays under Rule 6(a)(6)(B) is not settled"),
    )
    form_edition = models.CharField(
        _("current subpoena form"), max_length=20, blank=True, validators=[dated_edition], help_text=_("ao88b-2014-02")
    )
    rule_text = models.CharField(
        _("current text of Rule 45"), max_length=20, blank=True, validators=[dated_edition], help_text=_("frcp45-2013-12-01")
    )
    profile_date = models.DateField(
        _("forms and rules checked on"), null=True, blank=True, help_text=_("The day on which somebody last looked them up")
    )
    language = models.CharField(_("language of its papers"), max_length=10, default="en-US")
    address = models.TextField(_("address"), blank=True)

    objects = CourtQuerySet.as_manager()

    class Meta:
        ordering = ["short_name"]
        verbose_name, verbose_name_plural = _("court"), _("courts")
        constraints = [one_of("kind", CourtKind, "court_kind_known")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def zone(self) -> ZoneInfo:
        """The court's time zone, in which its days begin and end."""
        return ZoneInfo(self.time_zone)


class CourtClosureQuerySet(models.QuerySet["CourtClosure"]):
    """Closures are public facts of their court."""

    def visible_to(self, user: Reader) -> Self:
        """Return all closures to anyone signed in."""
        return self.all() if user.is_authenticated else self.none()

    def editable_by(self, user: Reader) -> Self:
        """Return all closures to staff, none to others."""
        return self.all() if user.is_authenticated and user.is_staff else self.none()


class CourtClosure(Recorded):
    """A day on which one court was closed beside its calendar, or its clerk's office could not be reached (Rule 6(a)(3))."""

    court = models.ForeignKey(Court, on_delete=models.CASCADE, related_name="closures", verbose_name=_("court"))
    day = models.DateField(_("day"))
    name = models.CharField(_("what happened"), max_length=120, help_text=_("Courthouse closed for flooding"))
    filing_only = models.BooleanField(
        _("only the clerk’s office was inaccessible"),
        default=False,
        help_text=_("Then it moves what is met by filing, Rule 6(a)(3), and no service of discovery"),
    )
    source = models.CharField(_("source"), max_length=200, help_text=_("General Order No. 72"))

    objects = CourtClosureQuerySet.as_manager()

    class Meta:
        ordering = ["court", "day"]
        verbose_name, verbose_name_plural = _("court closure"), _("court closures")
        constraints = [
            models.UniqueConstraint(fields=["court", "day"], name="closure_once_per_day"),
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(source=""), name="closure_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.court}: {self.name}, {date_format(self.day)}"
