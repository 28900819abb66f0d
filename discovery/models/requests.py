"""Request sets: the content that is propounded, its frozen versions, and the clause library it starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from discovery.enums import ClauseKind, Ground, SetKind, SetStatus
from discovery.models.base import CaseBoundQuerySet, M_co, Recorded
from discovery.models.cases import Case, PartyGroup
from discovery.models.choices import one_of, translated
from discovery.models.immutable import AppendOnly
from discovery.models.people import Person

if TYPE_CHECKING:
    from discovery.models.base import Reader


class RequestSet(Recorded):
    """Definitions, instructions, a period and numbered requests; Schedule A of a subpoena or a party set."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="request_sets")
    kind = models.CharField(_("kind"), max_length=16, choices=translated(SetKind), default=SetKind.DOCUMENTS.value)
    status = models.CharField(max_length=10, choices=translated(SetStatus), default=SetStatus.DRAFT.value, editable=False)
    propounded_by = models.ForeignKey(
        PartyGroup, on_delete=models.PROTECT, related_name="request_sets", verbose_name=_("propounded by")
    )
    name = models.CharField(_("name in lists"), max_length=160, help_text=_("Schedule A to Meta"))
    number = models.PositiveSmallIntegerField(
        _("set number"), null=True, blank=True, help_text=_("For a party set: 1 is “Set One”")
    )
    preamble = models.TextField(_("preamble"), blank=True)
    definitions_note = models.TextField(_("note on the definitions"), blank=True)
    request_heading = models.CharField(
        _("heading of each request"),
        max_length=80,
        default="Request For Production No. {number}:",
        help_text=_("{number} stands for the number: Request For Production No. {number}:"),
    )
    period_from = models.DateField(_("relevant period from"), null=True, blank=True)
    period_to = models.DateField(pgettext_lazy("the end of a period", "to"), null=True, blank=True)
    period_open = models.BooleanField(_("to the date of production"), default=False)

    objects = CaseBoundQuerySet["RequestSet"].as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name, verbose_name_plural = _("request set"), _("request sets")
        constraints = [
            one_of("kind", SetKind, "set_kind_known"),
            one_of("status", SetStatus, "set_status_known"),
            models.UniqueConstraint(
                fields=["case", "kind", "propounded_by", "number"],
                condition=Q(number__isnull=False),
                name="set_number_once",
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True) | Q(period_to__isnull=True) | Q(period_to__gte=models.F("period_from")),
                name="period_runs_forward",
            ),
            models.CheckConstraint(condition=~Q(period_open=True) | Q(period_to__isnull=True), name="period_has_one_end"),
        ]
        indexes = [models.Index(fields=["case", "-created_at", "-id"], name="set_by_case")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a group of another case."""
        if self.propounded_by.case_id != self.case_id:
            raise ValidationError({"propounded_by": _("Choose a group of this case.")})

    @property
    def frozen(self) -> bool:
        """Whether the text has been approved; then nobody edits it, `reopen` makes a next version."""
        return self.status == SetStatus.FROZEN


class SetItemQuerySet(CaseBoundQuerySet[M_co]):
    """Numbered texts, seen through their set."""

    case_path = "request_set__case_id"


class NumberedText(Recorded):
    """A numbered text of a set. Numbers run from 1 without a gap while the set is a draft; frozen ones never change."""

    request_set = models.ForeignKey(RequestSet, on_delete=models.CASCADE)
    number = models.PositiveIntegerField(_("number"), editable=False)
    label = models.CharField(_("label"), max_length=160, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        abstract = True
        ordering = ["request_set", "number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}" if self.label else str(self.number)


def numbered(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of one kind of numbered text: no number twice in a set, no empty text."""
    return [
        models.UniqueConstraint(fields=["request_set", "number"], name=f"{name}_number_once"),
        models.CheckConstraint(condition=~Q(text=""), name=f"{name}_has_text"),
    ]


class Definition(NumberedText):
    """A defined term (`label`) and what it means."""

    objects = SetItemQuerySet["Definition"].as_manager()

    class Meta(NumberedText.Meta):
        verbose_name, verbose_name_plural = _("definition"), _("definitions")
        default_related_name = "definitions"
        constraints = numbered("definition")


class Instruction(NumberedText):
    """An instruction to the responding party."""

    objects = SetItemQuerySet["Instruction"].as_manager()

    class Meta(NumberedText.Meta):
        verbose_name, verbose_name_plural = _("instruction"), _("instructions")
        default_related_name = "instructions"
        constraints = numbered("instruction")


class Request(NumberedText):
    """One numbered demand: a short label for lists, the full text for papers, the custodians it names."""

    custodians = models.ManyToManyField(Person, blank=True, related_name="named_in_requests", verbose_name=_("custodians"))

    objects = SetItemQuerySet["Request"].as_manager()

    class Meta(NumberedText.Meta):
        verbose_name, verbose_name_plural = _("request"), _("requests")
        default_related_name = "requests"
        constraints = numbered("request")


class Exhibit(Recorded):
    """A list attached to a set ("Exhibit A"), one line an entry."""

    request_set = models.ForeignKey(RequestSet, on_delete=models.CASCADE, related_name="exhibits")
    letter = models.CharField(_("letter"), max_length=3)
    title = models.CharField(_("title"), max_length=200, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    lines = models.TextField(_("entries"), help_text=_("One entry a line; numbers are added"))

    objects = SetItemQuerySet["Exhibit"].as_manager()

    class Meta:
        ordering = ["request_set", "letter"]
        verbose_name, verbose_name_plural = _("exhibit"), _("exhibits")
        constraints = [
            models.UniqueConstraint(fields=["request_set", "letter"], name="exhibit_letter_once"),
            models.CheckConstraint(condition=~Q(lines="") & ~Q(letter=""), name="exhibit_has_letter_and_lines"),
        ]

    def __str__(self) -> str:
        return f"Exhibit {self.letter}"

    def entries(self) -> list[str]:
        """Return the entries without blank lines; entry n is number n."""
        return [line.strip() for line in self.lines.splitlines() if line.strip()]


class SetVersion(AppendOnly):
    """What was approved: the set's whole text as it stood, never changed after (law 2)."""

    request_set = models.ForeignKey(RequestSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    approved_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SetItemQuerySet["SetVersion"].as_manager()

    class Meta:
        ordering = ["request_set", "number"]
        constraints = [
            models.UniqueConstraint(fields=["request_set", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.request_set}, version {self.number}"

    def part(self, name: str) -> list[dict[str, Any]]:
        """Return one list of the frozen content: "definitions", "instructions", "requests" or "exhibits"."""
        part: list[dict[str, Any]] = self.content[name]
        return part


class ClauseQuerySet(models.QuerySet["Clause"]):
    """The library is the firm's: everyone signed in reads it, staff keeps it."""

    def visible_to(self, user: Reader) -> Self:
        """Return all clauses to anyone signed in."""
        return self.all() if user.is_authenticated else self.none()

    def editable_by(self, user: Reader) -> Self:
        """Return all clauses to staff, none to others."""
        return self.all() if user.is_authenticated and user.is_staff else self.none()


class Clause(Recorded):
    """A text of the library that a set can start from. {recipient} and {propounder} are filled in on each paper."""

    kind = models.CharField(_("kind"), max_length=12, choices=translated(ClauseKind))
    label = models.CharField(_("label"), max_length=160)
    text = models.TextField(_("text"))
    ground = models.CharField(_("ground"), max_length=16, choices=translated(Ground), blank=True, help_text=_("Of an objection"))
    rule = models.CharField(_("rule"), max_length=120, blank=True, help_text=_("Of an objection"))
    language = models.CharField(_("language"), max_length=10, default="en-US")
    position = models.PositiveIntegerField(_("order"), default=100)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "label"]
        verbose_name, verbose_name_plural = _("clause"), _("clauses")
        constraints = [
            one_of("kind", ClauseKind, "clause_kind_known"),
            one_of("ground", Ground, "clause_ground_known", or_blank=True),
            models.CheckConstraint(
                condition=~Q(kind=ClauseKind.OBJECTION.value) | ~Q(ground=""), name="objection_clause_has_ground"
            ),
            models.UniqueConstraint(fields=["kind", "label", "language"], name="clause_once"),
            models.CheckConstraint(condition=~Q(text=""), name="clause_has_text"),
        ]

    def __str__(self) -> str:
        return self.label
