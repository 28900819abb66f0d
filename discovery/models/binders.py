"""Binders: exhibits behind their slip sheets, in order, stamped, as one file."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import TabStamp
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.drafts import Draft


class Binder(Recorded):
    """A named collection of exhibits: to a letter or motion, for a deposition, for a hearing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="binders")
    title = models.CharField(_("title"), max_length=200, help_text=_("Exhibits to the joint letter on Requests 3 and 4"))
    stamp = models.CharField(_("stamp on each page"), max_length=10, choices=translated(TabStamp), default=TabStamp.EXHIBIT.value)
    bates_prefix = models.CharField(
        _("Bates prefix"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z][A-Za-z0-9_-]*$", _("Letters first, then letters, digits, - and _."))],
    )
    bates_start = models.PositiveIntegerField(_("first number"), default=1)
    bates_digits = models.PositiveSmallIntegerField(_("digits"), default=6)

    objects = CaseBoundQuerySet["Binder"].as_manager()

    class Meta:
        ordering = ["case", "-pk"]
        verbose_name, verbose_name_plural = _("binder"), _("binders")
        constraints = [
            one_of("stamp", TabStamp, "binder_stamp_known"),
            models.CheckConstraint(condition=~Q(title=""), name="binder_has_title"),
            models.CheckConstraint(condition=~Q(stamp=TabStamp.BATES.value) | ~Q(bates_prefix=""), name="bates_binder_has_prefix"),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="binder_by_case")]

    def __str__(self) -> str:
        return self.title


class BinderTabQuerySet(CaseBoundQuerySet["BinderTab"]):
    """Tabs, seen through their binder."""

    case_path = "binder__case_id"


class BinderTab(models.Model):
    """One exhibit: a paper that was made here, or a PDF that was attached; its file is the one named by its hash."""

    binder = models.ForeignKey(Binder, on_delete=models.CASCADE, related_name="tabs")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    label = models.CharField(_("label"), max_length=12, help_text=_("A, B, 1, 2"))
    title = models.CharField(_("what it is"), max_length=200, help_text=_("Subpoena to Meta Platforms, Inc., June 18, 2025"))
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = BinderTabQuerySet.as_manager()

    class Meta:
        ordering = ["binder", "position", "pk"]
        verbose_name, verbose_name_plural = _("exhibit"), _("exhibits")
        constraints = [
            models.UniqueConstraint(fields=["binder", "label"], name="tab_label_once"),
            models.CheckConstraint(condition=Q(draft__isnull=True) | Q(attachment__isnull=True), name="tab_of_one_file"),
            models.CheckConstraint(condition=~Q(label="") & ~Q(title=""), name="tab_has_label_and_title"),
        ]

    def __str__(self) -> str:
        return f"Exhibit {self.label}"
