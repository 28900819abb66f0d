"""Counsel: firms, attorneys, and who appears for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import Admission
from discovery.models.base import CaseBoundQuerySet, Recorded, cases_edited_by, cases_seen_by
from discovery.models.cases import Case, CaseParty, PartyGroup
from discovery.models.choices import one_of, translated

if TYPE_CHECKING:
    from discovery.models.base import Reader


class FirmQuerySet(models.QuerySet["Firm"]):
    """Firms are seen through the appearances of their attorneys; one without any, by who recorded it."""

    def visible_to(self, user: Reader) -> Self:
        """Return firms with an attorney in one of the user's cases or among the user's loose records, and loose firms."""
        attorneys = Attorney.objects.visible_to(user).values("firm")
        loose = Firm.objects.filter(created_by_id=user.pk or 0).exclude(pk__in=Appearance.objects.values("attorney__firm"))
        return self.filter(Q(pk__in=attorneys) | Q(pk__in=loose.values("pk")))

    def editable_by(self, user: Reader) -> Self:
        """Return visible firms that stand in no case which the user may not edit."""
        elsewhere = Appearance.objects.exclude(case_id__in=cases_edited_by(user)).values("attorney__firm")
        return self.visible_to(user).exclude(pk__in=elsewhere)


class Firm(Recorded):
    """A law firm's office: two offices are two rows."""

    name = models.CharField(_("name"), max_length=200)
    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=40, blank=True)
    postal_code = models.CharField(_("ZIP or postal code"), max_length=12, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = FirmQuerySet.as_manager()

    class Meta:
        ordering = ["name", "city", "pk"]
        verbose_name, verbose_name_plural = _("firm"), _("firms")
        constraints = [models.UniqueConstraint(fields=["name", "street", "created_by"], name="firm_office_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}" if self.city else self.name

    def address_lines(self) -> list[str]:
        """Return the office's address as letterheads print it."""
        place = " ".join(part for part in (self.state, self.postal_code) if part)
        return [line for line in (self.street, ", ".join(part for part in (self.city, place) if part)) if line]


class AttorneyQuerySet(models.QuerySet["Attorney"]):
    """Attorneys are seen through their appearances; one without any, by who recorded the name."""

    def visible_to(self, user: Reader) -> Self:
        """Return attorneys who appear in one of the user's cases, and the user's own loose records."""
        appearing = Appearance.objects.filter(case_id__in=cases_seen_by(user)).values("attorney")
        loose = Attorney.objects.filter(created_by_id=user.pk or 0).exclude(pk__in=Appearance.objects.values("attorney"))
        return self.filter(Q(pk__in=appearing) | Q(pk__in=loose.values("pk")))

    def editable_by(self, user: Reader) -> Self:
        """Return visible attorneys who appear in no case which the user may not edit."""
        elsewhere = Appearance.objects.exclude(case_id__in=cases_edited_by(user)).values("attorney")
        return self.visible_to(user).exclude(pk__in=elsewhere)


class Attorney(Recorded):
    """A lawyer, with what a signature block must give (Rule 26(g)(1)): name, address, e-mail, telephone."""

    name = models.CharField(_("name"), max_length=120)
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="attorneys", verbose_name=_("firm"))
    bar = models.CharField(_("bar"), max_length=20, blank=True, help_text=_("CA SBN"))
    bar_number = models.CharField(_("bar number"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="attorneys",
        verbose_name=_("account"),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = AttorneyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name, verbose_name_plural = _("attorney"), _("attorneys")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="attorney_has_name")]

    def __str__(self) -> str:
        return self.name

    def telephone_number(self) -> str:
        """Return the attorney's own number, or the firm's."""
        return self.telephone or self.firm.telephone


class Appearance(Recorded):
    """An attorney of record in a case, and for whom: a party group or single parties."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appearances")
    attorney = models.ForeignKey(Attorney, on_delete=models.PROTECT, related_name="appearances", verbose_name=_("attorney"))
    group = models.ForeignKey(
        PartyGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        verbose_name=_("for the group"),
    )
    parties = models.ManyToManyField(CaseParty, blank=True, related_name="appearances", verbose_name=_("for the parties"))
    admission = models.CharField(_("admission"), max_length=14, choices=translated(Admission), default=Admission.ADMITTED.value)
    accepts_email = models.BooleanField(
        _("consents to service by e-mail"), default=False, help_text=_("In writing, Rule 5(b)(2)(E)")
    )
    position = models.PositiveSmallIntegerField(_("order in the counsel block"), default=1)

    objects = CaseBoundQuerySet["Appearance"].as_manager()

    class Meta:
        ordering = ["case", "position", "pk"]
        verbose_name, verbose_name_plural = _("appearance"), _("appearances")
        constraints = [
            models.UniqueConstraint(fields=["case", "attorney"], name="attorney_once_per_case"),
            one_of("admission", Admission, "appearance_admission_known"),
        ]

    def __str__(self) -> str:
        return f"{self.attorney} ({self.group})" if self.group else str(self.attorney)

    def clean(self) -> None:
        """Refuse a group of another case."""
        if self.group is not None and self.group.case_id != self.case_id:
            raise ValidationError({"group": _("Choose a group of this case.")})
