"""Disputes over requests: letters, joint letters and motions, with what each side says on every request in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import AuthorityGroup, DisputeKind, DisputeStatus, Side
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.counsel import Appearance
from discovery.models.responders import RespondingParty
from discovery.models.rows import RequestRow


class Dispute(Recorded):
    """A letter or motion about requests. It is drafted, made ready, sent or filed, and then decided, resolved or withdrawn."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disputes")
    responding_party = models.ForeignKey(
        RespondingParty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="disputes",
        verbose_name=_("responding party"),
        help_text=_("Empty when it concerns no single one"),
    )
    number = models.PositiveSmallIntegerField(editable=False, help_text="Runs from 1 within the case")
    kind = models.CharField(_("kind"), max_length=20, choices=translated(DisputeKind), default=DisputeKind.JOINT_LETTER.value)
    status = models.CharField(
        _("status"), max_length=10, choices=translated(DisputeStatus), default=DisputeStatus.DRAFT.value, editable=False
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("Joint letter on Requests 3 and 4 to Meta"))
    moved_by = models.CharField(_("who moves or writes"), max_length=200, help_text=_("OpenAI Defendants"))
    opposed_by = models.CharField(_("who opposes or receives"), max_length=200, blank=True)
    side = models.CharField(_("moved by"), max_length=6, choices=translated(Side), default=Side.OURS.value)
    format = models.CharField(_("format"), max_length=40, blank=True, help_text=_("The judge's format for joint letters"))
    page_limit = models.PositiveSmallIntegerField(
        _("page limit"), null=True, blank=True, help_text=_("Empty: as the format or the case says")
    )
    addressed_to = models.TextField(_("addressed to"), blank=True)
    signer = models.ForeignKey(
        Appearance, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    dated = models.DateField(_("dated"), null=True, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    our_statement = models.TextField(_("our statement"), blank=True)
    their_statement = models.TextField(_("their statement"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    answer_by = models.DateField(_("answer asked for by"), null=True, blank=True)
    exhibits = models.TextField(
        _("exhibits"), blank=True, help_text=_("One a line: Exhibit A: Schedule A as served on June 18, 2025")
    )
    hearing_on = models.DateField(_("hearing on"), null=True, blank=True)
    hearing_at = models.TimeField(_("at"), null=True, blank=True)
    courtroom = models.CharField(_("courtroom"), max_length=120, blank=True, help_text=_("Courtroom E, 15th Floor"))
    signed = models.CharField(
        max_length=120, blank=True, editable=False, help_text="/s/ Name, as the person who sent it said; empty when signed by hand"
    )
    submitted_on = models.DateField(_("sent or filed on"), null=True, blank=True, editable=False)
    docket_entry = models.CharField(_("where it stands"), max_length=40, blank=True, help_text=_("Dkt. 230"))
    paper = models.ForeignKey(
        Attachment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("as sent or filed"),
    )
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_because = models.CharField(max_length=300, blank=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = CaseBoundQuerySet["Dispute"].as_manager()

    class Meta:
        ordering = ["case", "-pk"]
        verbose_name, verbose_name_plural = _("dispute"), _("disputes")
        constraints = [
            one_of("kind", DisputeKind, "dispute_kind_known"),
            one_of("status", DisputeStatus, "dispute_status_known"),
            one_of("side", Side, "dispute_side_known"),
            models.UniqueConstraint(fields=["case", "number"], name="dispute_number_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(moved_by=""), name="dispute_has_title_and_mover"),
            models.CheckConstraint(
                condition=~Q(status__in=[DisputeStatus.SUBMITTED.value, DisputeStatus.DECIDED.value])
                | Q(submitted_on__isnull=False),
                name="submitted_says_when",
            ),
            models.CheckConstraint(
                condition=Q(hearing_at__isnull=True) | Q(hearing_on__isnull=False), name="dispute_hearing_hour_has_day"
            ),
        ]
        indexes = [models.Index(fields=["case", "status", "-id"], name="dispute_by_case")]

    def __str__(self) -> str:
        return self.title


class DisputedRequestQuerySet(CaseBoundQuerySet["DisputedRequest"]):
    """Disputed requests, seen through their dispute."""

    case_path = "dispute__case_id"


class DisputedRequest(Recorded):
    """One request in a dispute, with what each side says on it."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="requests")
    row = models.ForeignKey(RequestRow, on_delete=models.PROTECT, related_name="disputed")
    position = models.PositiveSmallIntegerField(default=1)
    theme = models.CharField(_("theme"), max_length=160, blank=True, help_text=_("A heading over the rows that follow"))
    our_position = models.TextField(_("our position"), blank=True)
    their_position = models.TextField(_("their position"), blank=True)
    proposal = models.TextField(_("what we propose"), blank=True)
    question = models.TextField(_("what we ask"), blank=True)

    objects = DisputedRequestQuerySet.as_manager()

    class Meta:
        ordering = ["dispute", "position", "pk"]
        verbose_name, verbose_name_plural = _("disputed request"), _("disputed requests")
        constraints = [models.UniqueConstraint(fields=["dispute", "row"], name="row_once_per_dispute")]
        indexes = [models.Index(fields=["row", "dispute"], name="disputed_by_row")]

    def __str__(self) -> str:
        return f"{self.dispute}: {self.row}"


class AuthorityQuerySet(CaseBoundQuerySet["Authority"]):
    """Decisions about authorities, seen through their dispute."""

    case_path = "dispute__case_id"


class Authority(Recorded):
    """What a person decided about one authority that a dispute's paper cites: how the table lists it, or that it does not.

    What was found and stands as found has no row. `words` are the words of the text that cite it.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="authorities")
    words = models.CharField(_("words in the text"), max_length=300, help_text=_("329 U.S. 495"))
    listed = models.CharField(_("as listed"), max_length=400, help_text=_("Hickman v. Taylor, 329 U.S. 495 (1947)"))
    group = models.CharField(_("group"), max_length=10, choices=translated(AuthorityGroup), default=AuthorityGroup.CASES.value)
    left_out = models.BooleanField(_("left out"), default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["dispute", "group", "listed"]
        verbose_name, verbose_name_plural = _("authority"), _("authorities")
        constraints = [
            one_of("group", AuthorityGroup, "authority_group_known"),
            models.UniqueConstraint(fields=["dispute", "words"], name="authority_once_per_dispute"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(listed=""), name="authority_has_words"),
        ]

    def __str__(self) -> str:
        return self.listed
