"""Demands: a set directed to one responding party; subpoenas with what the form prints; the notice to all parties."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import DemandKind, DemandStatus, Issuer, NoticeMethod
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.counsel import Appearance
from discovery.models.courts import Court, known_zone
from discovery.models.requests import RequestSet, SetVersion
from discovery.models.responders import RespondingParty
from discovery.models.snapshots import Snapshot

OPEN_STATUSES = (
    DemandStatus.DRAFT.value,
    DemandStatus.IN_REVIEW.value,
    DemandStatus.APPROVED.value,
    DemandStatus.SERVED.value,
)


class Demand(Recorded):
    """A request set directed to one responding party: the row that is carried from draft to order (law 1)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="demands")
    request_set = models.ForeignKey(RequestSet, on_delete=models.PROTECT, related_name="demands", verbose_name=_("request set"))
    responding_party = models.ForeignKey(
        RespondingParty, on_delete=models.PROTECT, related_name="demands", verbose_name=_("responding party")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=translated(DemandKind), default=DemandKind.SUBPOENA_DOCUMENTS.value)
    status = models.CharField(
        _("status"), max_length=12, choices=translated(DemandStatus), default=DemandStatus.DRAFT.value, editable=False
    )
    due_at = models.DateTimeField(
        _("due"), null=True, blank=True, editable=False, help_text=_("The time for compliance that the paper states")
    )
    attorney = models.ForeignKey(
        Appearance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="demands",
        verbose_name=_("attorney of record"),
    )
    approved_version = models.ForeignKey(
        SetVersion, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="demands"
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    approved_snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False, help_text=_("Goes up by one with each approval"))
    signed = models.CharField(
        _("signed"), max_length=120, blank=True, editable=False, help_text=_("/s/ Name; empty when signed by hand")
    )
    review_note = models.TextField(_("note of the reviewer"), blank=True, editable=False)
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="superseded_by",
        verbose_name=_("corrects"),
    )
    dated = models.DateField(_("date of the paper"), null=True, blank=True, help_text=_("Of a party set; empty: a line to fill in"))
    place = models.TextField(
        _("place and manner of production"),
        blank=True,
        help_text=_("Of a party set, as its opening paragraph prints it; empty: at the attorney’s office"),
    )
    necessity = models.TextField(
        _("why so many are needed"), blank=True, help_text=_("Of a California set above the limit: printed in its declaration")
    )

    objects = CaseBoundQuerySet["Demand"].as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name, verbose_name_plural = _("demand"), _("demands")
        constraints = [
            one_of("kind", DemandKind, "demand_kind_known"),
            one_of("status", DemandStatus, "demand_status_known"),
            models.UniqueConstraint(
                fields=["request_set", "responding_party"],
                condition=Q(status__in=OPEN_STATUSES),
                name="set_once_per_responder",
            ),
            models.CheckConstraint(
                condition=~Q(status=DemandStatus.APPROVED.value)
                | Q(
                    approved_version__isnull=False,
                    approved_snapshot__isnull=False,
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    version__gte=1,
                ),
                name="approved_has_version",
            ),
            # What was served on paper made elsewhere has its frozen text, but no approval and no paper of ours.
            models.CheckConstraint(
                condition=~Q(status=DemandStatus.SERVED.value) | Q(approved_version__isnull=False), name="served_is_frozen"
            ),
        ]
        # The list walks one of these in its order and stops after a page; the case at the end lets it ask who may see a row,
        # count and skip to a far page without reading the rows.
        indexes = [
            models.Index(fields=["case", "-created_at", "-id"], name="demand_by_case"),
            models.Index(fields=["case", "status", "-created_at", "-id"], name="demand_by_case_status"),
            models.Index(fields=["-created_at", "-id", "case"], name="demand_newest"),
            models.Index(fields=["status", "-created_at", "-id", "case"], name="demand_by_status"),
            models.Index(fields=["status", "kind", "-created_at", "-id", "case"], name="demand_by_status_kind"),
            models.Index(fields=["kind", "-created_at", "-id", "case"], name="demand_by_kind"),
            models.Index(fields=["responding_party", "-created_at", "-id", "case"], name="demand_by_responder"),
            models.Index(fields=["due_at", "-id", "case", "status"], name="demand_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.responding_party}"

    @property
    def approved(self) -> bool:
        """Whether the paper may go out: its text is frozen and an attorney approved it."""
        return self.status in {DemandStatus.APPROVED, DemandStatus.SERVED}

    @property
    def frozen(self) -> bool:
        """Whether what it prints was fixed by an approval, withdrawn and superseded papers included (law 2)."""
        return self.approved_snapshot_id is not None and self.status not in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}


class SubpoenaQuerySet(CaseBoundQuerySet["Subpoena"]):
    """Subpoenas, seen through their demand."""

    case_path = "demand__case_id"


class Subpoena(models.Model):
    """What a Rule 45 subpoena for documents states on form AO 88B. Its id is its demand's."""

    demand = models.OneToOneField(Demand, on_delete=models.CASCADE, primary_key=True, related_name="subpoena")
    issuing_court = models.ForeignKey(
        Court,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("issuing court"),
        help_text=_("Where the action is pending, Rule 45(a)(2)"),
    )
    compliance_court = models.ForeignKey(
        Court,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compliance court"),
        help_text=_("The district of the place of compliance; it hears motions, Rule 45(d)(2)(B)(i)"),
    )
    form = models.CharField(max_length=20, default="ao88b-2014-02", editable=False)
    addressee = models.TextField(_("to"), help_text=_("Name, then address or agent, as the form prints it"))
    production = models.BooleanField(_("command: production"), default=True)
    production_text = models.TextField(
        _("documents to produce"), blank=True, default="As instructed on Schedule A attached hereto."
    )
    place_email = models.EmailField(_("produce by e-mail to"), blank=True)
    place_name = models.CharField(_("place: name"), max_length=200, blank=True, help_text=_("Attn: ..., c/o ..."))
    place_street = models.CharField(_("place: street"), max_length=200, blank=True)
    place_city = models.CharField(_("place: city"), max_length=100, blank=True)
    place_state = models.CharField(_("place: state"), max_length=2, blank=True)
    place_postal_code = models.CharField(_("place: ZIP"), max_length=10, blank=True)
    compliance_date = models.DateField(_("date of compliance"), null=True, blank=True)
    compliance_time = models.TimeField(_("hour of compliance"), null=True, blank=True)
    compliance_zone = models.CharField(_("time zone"), max_length=40, default="America/Los_Angeles", validators=[known_zone])
    printed_zone = models.CharField(
        _("time zone as printed"), max_length=12, blank=True, help_text=_("PST, PDT, Pacific: printed as you type it")
    )
    inspection = models.BooleanField(_("command: inspection of premises"), default=False)
    inspection_place = models.TextField(_("premises to inspect"), blank=True)
    inspection_date = models.DateField(_("date of inspection"), null=True, blank=True)
    inspection_time = models.TimeField(_("hour of inspection"), null=True, blank=True)
    issue_date = models.DateField(_("date of issue"), null=True, blank=True)
    issuer = models.CharField(_("signed by"), max_length=10, choices=translated(Issuer), default=Issuer.ATTORNEY.value)
    representing = models.CharField(
        _("representing"), max_length=200, blank=True, help_text=_("Name of the party, as the form prints it")
    )
    fees_tendered = models.DecimalField(
        _("witness fees tendered"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("None for documents only: Rule 45(b)(1) asks for fees when attendance is commanded"),
    )

    objects = SubpoenaQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("subpoena"), _("subpoenas")
        constraints = [
            one_of("issuer", Issuer, "subpoena_issuer_known"),
            models.CheckConstraint(
                # law/rules.md section 4, check 5: a real error (Demaray, AO 88B of 12/12/2020 for 01/04/2020).
                condition=Q(compliance_date__isnull=True) | Q(issue_date__isnull=True) | Q(compliance_date__gte=F("issue_date")),
                name="compliance_not_before_issue",
            ),
            models.CheckConstraint(
                condition=Q(inspection_date__isnull=True) | Q(issue_date__isnull=True) | Q(inspection_date__gte=F("issue_date")),
                name="inspection_not_before_issue",
            ),
            models.CheckConstraint(condition=Q(fees_tendered__isnull=True) | Q(fees_tendered__gte=0), name="fees_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.demand)

    def compliance_at(self) -> datetime | None:
        """Return the moment of compliance with its zone, or None while date or hour is missing."""
        if self.compliance_date is None or self.compliance_time is None:
            return None
        return datetime.combine(self.compliance_date, self.compliance_time, ZoneInfo(self.compliance_zone))

    def has_place(self) -> bool:
        """Whether a place of compliance stands on the form: an e-mail address or a street with its city."""
        return bool(self.place_email or (self.place_street and self.place_city))


class PartyNotice(Recorded):
    """The notice to every party under Rule 45(a)(4), and its certificate of service. Blanks print as lines to fill in."""

    demand = models.OneToOneField(Demand, on_delete=models.CASCADE, primary_key=True, related_name="notice")
    dated = models.DateField(_("date of the notice"), null=True, blank=True)
    serve_not_before = models.DateField(_("subpoena to be served on or after"), null=True, blank=True)
    served_on = models.DateField(_("notice served on"), null=True, blank=True)
    method = models.CharField(_("served by"), max_length=10, choices=translated(NoticeMethod), blank=True)
    declarant = models.CharField(_("who served it"), max_length=120, blank=True)
    declarant_address = models.CharField(_("business address"), max_length=200, blank=True)
    certificate = models.JSONField(null=True, blank=True, editable=False)
    """What the certificate of service states, as it stood when it was certified; it prints this and nothing newer."""
    executed_at = models.CharField(_("signed at"), max_length=100, blank=True, help_text=_("Los Angeles, California"))

    class Meta:
        verbose_name, verbose_name_plural = _("notice to all parties"), _("notices to all parties")

    def __str__(self) -> str:
        return f"Notice: {self.demand}"
