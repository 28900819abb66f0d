"""Cases: the action, its parties in their roles, groups that act together, and the dates that a judge set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from discovery.enums import CaptionForm, CaseRelation, Role, ScheduleKind
from discovery.models.base import CaseBoundQuerySet, Recorded, cases_edited_by, cases_seen_by
from discovery.models.choices import one_of, translated
from discovery.models.courts import Court
from discovery.models.people import Person

if TYPE_CHECKING:
    from discovery.models.base import Reader


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases: the wall itself."""

    def visible_to(self, user: Reader) -> Self:
        """Return the cases the user is a member of."""
        return self.filter(pk__in=cases_seen_by(user))

    def editable_by(self, user: Reader) -> Self:
        """Return the cases in which the user is owner or editor."""
        return self.filter(pk__in=cases_edited_by(user))


class Case(Recorded):
    """An action in a court, with the caption its papers print."""

    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="cases", verbose_name=_("court"))
    docket_number = models.CharField(_("case number"), max_length=60, help_text=_("As papers print it: 4:24-cv-04722-YGR"))
    name = models.CharField(_("short name"), max_length=120, help_text=_("Musk v. Altman"))
    division = models.CharField(_("division"), max_length=80, blank=True, help_text=_("Oakland Division"))
    first_side = models.CharField(_("first side in the caption"), max_length=300, help_text=_("ELON MUSK, et al."))
    first_label = models.CharField(_("called"), max_length=60, default="Plaintiffs")
    second_side = models.CharField(_("second side in the caption"), max_length=300, help_text=_("SAMUEL ALTMAN, et al."))
    second_label = models.CharField(_("called"), max_length=60, default="Defendants")
    caption_form = models.CharField(
        _("sides of the caption"),
        max_length=8,
        choices=translated(CaptionForm),
        default=CaptionForm.TYPED.value,
        help_text=_("From the parties and their roles, or as typed above"),
    )
    caption_tail = models.CharField(_("line under the sides"), max_length=120, blank=True, help_text=_("AND RELATED COUNTERCLAIMS"))
    judge = models.CharField(_("judge"), max_length=120, blank=True)
    magistrate_judge = models.CharField(_("magistrate judge"), max_length=120, blank=True)
    filed_on = models.DateField(_("date filed"), null=True, blank=True)
    letter_format = models.CharField(
        _("format of joint letters"), max_length=40, blank=True, help_text=_("As the judge's standing order asks for it")
    )
    letter_pages = models.PositiveSmallIntegerField(
        _("page limit of joint letters"), null=True, blank=True, help_text=_("Empty: as the format says")
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("supervisor"),
        help_text=_("Who is told when an owner lets a date pass; a member of the case"),
    )
    notes = models.TextField(_("notes"), blank=True)
    dates_stamp = models.CharField(
        max_length=120, blank=True, editable=False, help_text="Which law and which closures its dates were last computed with"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name, verbose_name_plural = _("case"), _("cases")
        constraints = [
            models.UniqueConstraint("court", Lower("docket_number"), name="docket_number_once_per_court"),
            models.CheckConstraint(condition=~Q(docket_number="") & ~Q(name=""), name="case_has_name_and_number"),
            one_of("caption_form", CaptionForm, "caption_form_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.docket_number}"


class RelatedCase(Recorded):
    """Another action that the caption names: related, consolidated, or the lead case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="related_cases")
    relation = models.CharField(_("relation"), max_length=14, choices=translated(CaseRelation), default=CaseRelation.RELATED.value)
    docket_number = models.CharField(_("case number"), max_length=60)
    name = models.CharField(_("short name"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = CaseBoundQuerySet["RelatedCase"].as_manager()

    class Meta:
        ordering = ["case", "position", "pk"]
        verbose_name, verbose_name_plural = _("related case"), _("related cases")
        constraints = [
            one_of("relation", CaseRelation, "case_relation_known"),
            models.UniqueConstraint("case", Lower("docket_number"), name="related_once_per_case"),
            models.CheckConstraint(condition=~Q(docket_number=""), name="related_case_has_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.docket_number}"


class CaseParty(Recorded):
    """A person's standing in a case; its roles are rows of their own, since a plaintiff may be counterclaim-defendant too."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="case_parties", verbose_name=_("person"))
    position = models.PositiveSmallIntegerField(_("order in the caption"), default=1)
    is_client = models.BooleanField(_("our client"), default=False)
    left_on = models.DateField(_("no longer a party since"), null=True, blank=True)

    objects = CaseBoundQuerySet["CaseParty"].as_manager()

    class Meta:
        ordering = ["case", "position", "pk"]
        verbose_name, verbose_name_plural = _("party"), _("parties")
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="person_once_per_case")]
        indexes = [models.Index(fields=["person", "case"], name="party_by_person")]

    def __str__(self) -> str:
        return self.person.name


class PartyRoleQuerySet(CaseBoundQuerySet["PartyRole"]):
    """Roles, seen through their party."""

    case_path = "party__case_id"


class PartyRole(models.Model):
    """One role of one party."""

    party = models.ForeignKey(CaseParty, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=24, choices=translated(Role))

    objects = PartyRoleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name, verbose_name_plural = _("role"), _("roles")
        constraints = [
            models.UniqueConstraint(fields=["party", "role"], name="party_once_per_role"),
            one_of("role", Role, "party_role_known"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class PartyGroup(Recorded):
    """Parties that act together under a name ("OpenAI Defendants"); a group can propound requests."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=120, help_text=_("OpenAI Defendants"))
    printed_name = models.CharField(
        _("name on forms"),
        max_length=200,
        blank=True,
        help_text=_("If forms print it otherwise: OpenAI Defendants (as defined herein)"),
    )
    members = models.ManyToManyField(CaseParty, blank=True, related_name="groups", verbose_name=_("members"))

    objects = CaseBoundQuerySet["PartyGroup"].as_manager()

    class Meta:
        ordering = ["case", "name"]
        verbose_name, verbose_name_plural = _("party group"), _("party groups")
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="group_name_once_per_case"),
            models.CheckConstraint(condition=~Q(name=""), name="group_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ScheduleEntry(Recorded):
    """A date that a judge set: printed and counted from as it stands, never recomputed (law 4)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="schedule")
    kind = models.CharField(_("what it is for"), max_length=24, choices=translated(ScheduleKind))
    day = models.DateField(_("date"))
    phase = models.CharField(_("phase"), max_length=40, blank=True)
    ordered_on = models.DateField(_("date of the order"), null=True, blank=True)
    source = models.CharField(_("where it stands"), max_length=80, blank=True, help_text=_("Dkt. 146"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = CaseBoundQuerySet["ScheduleEntry"].as_manager()

    class Meta:
        ordering = ["case", "day", "pk"]
        verbose_name, verbose_name_plural = _("scheduled date"), _("scheduled dates")
        constraints = [
            one_of("kind", ScheduleKind, "schedule_kind_known"),
            models.UniqueConstraint(
                fields=["case", "kind", "phase"],
                condition=~Q(kind=ScheduleKind.OTHER.value),
                name="one_date_per_kind_and_phase",
            ),
        ]
        indexes = [models.Index(fields=["case", "day"], name="schedule_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {date_format(self.day)}"

    def kind_in_english(self) -> str:
        """Return what the date is for in the program's own language: what is stored must not depend on who typed it."""
        return ScheduleKind(self.kind).label
