"""Privilege logs: what was withheld and why, entry by entry, challenged or not; and claw-backs of what slipped out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import ChallengeOutcome, ClawbackState, LogKind, PrivilegeBasis, Side, Withheld
from discovery.models.attachments import Attachment
from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case
from discovery.models.choices import one_of, translated
from discovery.models.deadlines import Deadline
from discovery.models.productions import Production
from discovery.models.responders import RespondingParty
from discovery.models.rows import RequestRow


class PrivilegeLog(Recorded):
    """One version of a responding party's privilege log; a newer version supersedes the older."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="privilege_logs")
    responding_party = models.ForeignKey(
        RespondingParty, on_delete=models.PROTECT, related_name="privilege_logs", verbose_name=_("log of")
    )
    side = models.CharField(_("whose"), max_length=6, choices=translated(Side), default=Side.THEIRS.value)
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=translated(LogKind), default=LogKind.DOCUMENT.value)
    served_on = models.DateField(_("served on"), null=True, blank=True)
    superseded = models.BooleanField(default=False, editable=False)
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("as it came")
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = CaseBoundQuerySet["PrivilegeLog"].as_manager()

    class Meta:
        ordering = ["case", "responding_party", "-number"]
        verbose_name, verbose_name_plural = _("privilege log"), _("privilege logs")
        constraints = [
            one_of("kind", LogKind, "log_kind_known"),
            one_of("side", Side, "log_side_known"),
            models.UniqueConstraint(fields=["case", "responding_party", "number"], name="log_version_once"),
            models.UniqueConstraint(fields=["case", "responding_party"], condition=Q(superseded=False), name="one_current_log"),
        ]

    def __str__(self) -> str:
        return f"{self.responding_party}, {self.number}"


class LogEntryQuerySet(CaseBoundQuerySet["PrivilegeLogEntry"]):
    """Entries, seen through their log."""

    case_path = "log__case_id"


class PrivilegeLogEntry(models.Model):
    """One document or category that is kept back. Dates and numbers stand as they came; what cannot be read says so in a check."""

    log = models.ForeignKey(PrivilegeLog, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField(_("entry no."))
    bates_first = models.CharField(_("Bates from"), max_length=60, blank=True)
    bates_last = models.CharField(_("Bates to"), max_length=60, blank=True)
    documents = models.PositiveIntegerField(_("documents"), default=1, help_text=_("More than one in an entry by category"))
    attachments = models.PositiveIntegerField(_("attachments"), default=0)
    sent = models.CharField(_("date as logged"), max_length=40, blank=True)
    sent_on = models.DateField(_("date"), null=True, blank=True)
    sent_time = models.CharField(_("time as logged"), max_length=40, blank=True)
    document_type = models.CharField(_("type of document"), max_length=80, blank=True)
    custodian = models.CharField(_("custodian"), max_length=200, blank=True)
    author = models.TextField(_("author"), blank=True)
    sender = models.TextField(_("from"), blank=True)
    recipients = models.TextField(_("to"), blank=True)
    cc = models.TextField(_("cc"), blank=True)
    bcc = models.TextField(_("bcc"), blank=True)
    subject = models.TextField(_("subject"), blank=True)
    basis = models.CharField(_("privilege"), max_length=16, choices=translated(PrivilegeBasis), blank=True)
    basis_text = models.CharField(_("privilege as logged"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    withheld = models.CharField(_("kept back"), max_length=8, choices=translated(Withheld), default=Withheld.WHOLE.value)
    requests = models.CharField(_("request nos."), max_length=200, blank=True)
    rows = models.ManyToManyField(RequestRow, blank=True, related_name="log_entries", verbose_name=_("requests"))
    challenge = models.CharField(_("challenge"), max_length=10, choices=translated(ChallengeOutcome), blank=True, editable=False)
    challenged_on = models.DateField(_("challenged on"), null=True, blank=True, editable=False)
    challenge_note = models.TextField(_("why"), blank=True, editable=False)
    closed_on = models.DateField(_("challenge closed on"), null=True, blank=True, editable=False)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering = ["log", "number"]
        verbose_name, verbose_name_plural = _("privilege log entry"), _("privilege log entries")
        constraints = [
            one_of("basis", PrivilegeBasis, "entry_basis_known", or_blank=True),
            one_of("withheld", Withheld, "entry_withheld_known"),
            one_of("challenge", ChallengeOutcome, "entry_challenge_known", or_blank=True),
            models.UniqueConstraint(fields=["log", "number"], name="entry_number_once"),
            models.CheckConstraint(condition=Q(challenge="") | Q(challenged_on__isnull=False), name="challenge_says_when"),
        ]
        indexes = [models.Index(fields=["log", "challenge", "number"], name="entry_by_challenge")]

    def __str__(self) -> str:
        return f"{self.log}: {self.number}"


class Clawback(Recorded):
    """A claim of privilege over material that was produced: Rule 26(b)(5)(B) between parties, Rule 45(e)(2)(B) by a non-party."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clawbacks")
    responding_party = models.ForeignKey(
        RespondingParty, on_delete=models.PROTECT, related_name="clawbacks", verbose_name=_("whose material")
    )
    production = models.ForeignKey(
        Production, on_delete=models.PROTECT, null=True, blank=True, related_name="clawbacks", verbose_name=_("produced in")
    )
    side = models.CharField(_("who claims"), max_length=6, choices=translated(Side), default=Side.THEIRS.value)
    pages = models.CharField(_("pages"), max_length=200, help_text=_("8VC000001–8VC000034"))
    basis = models.TextField(_("basis of the claim"), blank=True)
    noticed_on = models.DateField(_("notice of"))
    state = models.CharField(
        _("state"), max_length=12, choices=translated(ClawbackState), default=ClawbackState.NOTICED.value, editable=False
    )
    deadline = models.OneToOneField(
        Deadline, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="clawback"
    )
    acted_on = models.DateField(null=True, blank=True, editable=False)
    docket_entry = models.CharField(_("where it stands"), max_length=40, blank=True)
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the notice")
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = CaseBoundQuerySet["Clawback"].as_manager()

    class Meta:
        ordering = ["case", "-noticed_on", "-pk"]
        verbose_name, verbose_name_plural = _("claw-back"), _("claw-backs")
        constraints = [
            one_of("state", ClawbackState, "clawback_state_known"),
            one_of("side", Side, "clawback_side_known"),
            models.CheckConstraint(condition=~Q(pages=""), name="clawback_names_pages"),
        ]

    def __str__(self) -> str:
        return self.pages
