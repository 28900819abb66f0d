"""Drafts: papers being made. The row is the job; the broker only rings the bell (law 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discovery.enums import PARTY_SETS, DraftState, PaperKind
from discovery.models.answers import Response
from discovery.models.base import CaseBoundQuerySet, cases_seen_by
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.deadlines import Deadline
from discovery.models.demands import Demand
from discovery.models.disputes import Dispute
from discovery.models.preservation import PreservationDemand
from discovery.models.privilege import PrivilegeLog
from discovery.models.productions import Production
from discovery.models.snapshots import Snapshot

if TYPE_CHECKING:
    from django.core.files.storage import Storage

    from discovery.models.base import Reader


def paper_storage() -> Storage:
    """Return where finished papers lie, asked each time so that a setting decides and not the first import."""
    return storages["default"]


SUBJECTS = ("demand", "deadline", "response", "dispute", "production", "log", "preservation", "binder")
"""What a paper can be of: at most one of these is named; none when the paper is of the case itself."""


NAMED = (
    "case",
    "demand__responding_party__person",
    "demand__request_set",
    "deadline",
    "response__demand__request_set",
    "response__demand__responding_party__person",
    "dispute",
    "production",
    "log__responding_party__person",
    "preservation__recipient",
    "binder",
)
"""What a list fetches with its drafts so that `Draft.about` and `Draft.of_set` cost no query of their own."""


def _of_at_most_one() -> Q:
    alternatives = Q(**{f"{name}__isnull": True for name in SUBJECTS})
    for subject in SUBJECTS:
        alternatives |= Q(**{f"{name}__isnull": name != subject for name in SUBJECTS})
    return alternatives


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches: seen by who asked for them, while every paper in them is still theirs to see."""

    def visible_to(self, user: Reader) -> Self:
        """Return the user's batches whose drafts all belong to cases the user is a member of."""
        walled = Draft.objects.filter(batch__isnull=False).exclude(case_id__in=cases_seen_by(user))
        return self.filter(requested_by_id=user.pk or 0).exclude(pk__in=walled.values("batch_id"))

    def editable_by(self, user: Reader) -> Self:
        """Return the same: a batch has nothing to edit but what its drafts allow."""
        return self.visible_to(user)


class Batch(models.Model):
    """Many papers asked for at once; its progress is counted from its drafts."""

    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="batches")
    papers = models.JSONField(default=list, blank=True, help_text="The kinds of paper asked for, one draft each for every row")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    merged_file = models.FileField(storage=paper_storage, max_length=120, blank=True)
    merged_size = models.PositiveIntegerField(default=0)
    merged_error = models.TextField(blank=True)
    merging_until = models.DateTimeField(null=True, blank=True, help_text=_("Lease of the worker that joins it"))
    merging_attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name, verbose_name_plural = _("batch"), _("batches")

    def __str__(self) -> str:
        return f"Batch {self.pk}"


BEGUN = "begun"
"""What stands in `Draft.accessibility` until the report does: how often a worker began to read the paper back."""


class Draft(models.Model):
    """One version of a paper on its way: queued, rendering, ready or failed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="drafts")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    production = models.ForeignKey(Production, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    log = models.ForeignKey(PrivilegeLog, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    preservation = models.ForeignKey(PreservationDemand, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    binder = models.ForeignKey("Binder", on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    paper = models.CharField(_("paper"), max_length=20, choices=translated(PaperKind))
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts", help_text="None: it could not be composed"
    )
    approved_version = models.PositiveIntegerField(default=0, help_text=_("0: made before approval, with DRAFT across every page"))
    state = models.CharField(_("state"), max_length=10, choices=translated(DraftState), default=DraftState.QUEUED.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True, help_text=_("Token of the worker that holds it"))
    lease_until = models.DateTimeField(null=True, blank=True)
    page = models.PositiveIntegerField(default=0, help_text=_("Page being laid out"))
    error = models.TextField(blank=True)
    file = models.FileField(storage=paper_storage, max_length=120, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    release = models.CharField(max_length=20, blank=True)
    timings = models.JSONField(default=dict, blank=True)
    measured = models.JSONField(
        default=dict, blank=True, help_text="What was counted on the finished pages: pages that count, their limit, lines over it"
    )
    manifest = models.JSONField(default=dict, blank=True, help_text="What the file was made of and with: papers.manifest")
    accessibility = models.JSONField(default=dict, blank=True, help_text="The report on PDF/UA-1: papers.accessibility")
    word_file = models.FileField(storage=paper_storage, max_length=120, blank=True)
    word_sha256 = models.CharField(max_length=64, blank=True)
    word_size = models.PositiveIntegerField(default=0)
    word_error = models.TextField(blank=True)
    word_attempts = models.PositiveSmallIntegerField(default=0, help_text=_("How often a worker began its Word file"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts")
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CaseBoundQuerySet["Draft"].as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        verbose_name, verbose_name_plural = _("draft"), _("drafts")
        constraints = [
            one_of("paper", PaperKind, "draft_paper_known"),
            one_of("state", DraftState, "draft_state_known"),
            models.CheckConstraint(
                condition=~Q(state=DraftState.READY.value) | (~Q(file="") & ~Q(file_sha256="")), name="ready_has_file"
            ),
            models.CheckConstraint(condition=~Q(state=DraftState.FAILED.value) | ~Q(error=""), name="failed_says_why"),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=False) | Q(state__in=[DraftState.FAILED.value, DraftState.CANCELLED.value]),
                name="draft_has_snapshot",
            ),
            models.CheckConstraint(condition=_of_at_most_one(), name="draft_of_one_thing"),
            models.CheckConstraint(
                condition=~Q(state=DraftState.RENDERING.value) | (~Q(lease="") & Q(lease_until__isnull=False)),
                name="rendering_has_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["-queued_at", "-id", "case"], name="draft_newest"),
            models.Index(fields=["state", "-queued_at", "-id", "case"], name="draft_by_state"),
            models.Index(fields=["demand", "-queued_at", "-id", "state"], name="draft_by_demand"),
            models.Index(fields=["deadline", "-queued_at"], condition=Q(deadline__isnull=False), name="draft_by_deadline"),
            models.Index(fields=["case", "-queued_at", "-id"], name="draft_by_case"),
            models.Index(fields=["batch", "state"], name="draft_by_batch"),
            models.Index(
                fields=["state", "lease_until"],
                condition=Q(state__in=[DraftState.QUEUED.value, DraftState.RENDERING.value]),
                name="draft_unfinished",
            ),
            models.Index(fields=["snapshot", "state"], name="draft_by_snapshot"),
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()} {self.pk}"

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in {DraftState.READY, DraftState.FAILED, DraftState.CANCELLED}

    @property
    def report(self) -> dict[str, Any]:
        """The report on its accessibility; empty while nobody has read it back."""
        return {} if BEGUN in self.accessibility else self.accessibility

    @property
    def subject(self) -> models.Model:
        """The row that the paper is of."""
        found: models.Model | None = next((row for row in (getattr(self, name) for name in SUBJECTS) if row is not None), None)
        return self.case if found is None else found

    @property
    def of_a_version(self) -> bool:
        """Whether the paper prints one version of a demand's text, or its draft: a redline prints two."""
        return self.demand_id is not None and self.paper != PaperKind.REDLINE

    @property
    def about(self) -> str:
        """What the paper is about, for lists: the responding party, what is due, the title of a dispute."""
        subject = self.subject
        if isinstance(subject, Demand):
            return str(subject.responding_party)
        if isinstance(subject, Response):
            return str(subject.demand.responding_party)
        return str(subject)

    @property
    def of_set(self) -> str:
        """The set whose text the paper prints or answers, by which the papers of one responding party are told apart; or ""."""
        demand = self.response.demand if self.response is not None else self.demand
        return demand.request_set.name if demand is not None else ""

    def download_name(self, ending: str = "pdf") -> str:
        """Return the file name under which people save it: paper, what it is about, version or DRAFT (memos: the day due)."""
        who = "".join(char if char.isalnum() else "-" for char in self.about).strip("-")
        stamp = f"v{self.approved_version}" if self.approved_version else f"DRAFT-{self.pk}"
        if self.deadline is not None:
            stamp = str(self.deadline.due_on or self.pk)
        elif not self.of_a_version or self.paper == PaperKind.CONFERRAL_DECLARATION:
            stamp = str(self.pk)
        asked = f"-{self.demand.kind}" if self.demand is not None and self.demand.kind in PARTY_SETS else ""
        return f"{self.paper}{asked}-{who}-{stamp}.{ending}".replace("--", "-")
