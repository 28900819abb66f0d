"""Privilege logs of a case: the list, one log with its findings and challenges, our own log's entries and service, exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.composing.log import standing_of
from discovery.domain.errors import Refused
from discovery.domain.privilege.challenges import challenge_entries, close_challenge
from discovery.domain.privilege.logs import change_entries, mark_log_served, next_version, rule_of_claim, start_log
from discovery.enums import ChallengeOutcome, DeadlineKind, DeadlineState, LogKind, Side
from discovery.models import Clawback, Deadline, Draft, PrivilegeLog, PrivilegeLogEntry
from discovery.staff.access import CaseMixin, StaffView, get_editable, get_visible, may_edit
from discovery.staff.forms.base import RecordForm, StaffForm
from discovery.staff.forms.privilege_logs import (
    ChallengeForm,
    CloseForm,
    LogEntryForm,
    LogServedForm,
    LogStartForm,
    today_at,
)
from discovery.staff.ids import ids_in
from discovery.staff.log_rows import CHALLENGES, LogFilter, export_head, export_rows, grouped, version_story
from discovery.staff.paging import paginate
from discovery.staff.records import UNPROCESSABLE, Crumb, RecordScreen
from discovery.staff.sheets import csv_answer, xlsx_answer

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

LOGS = PrivilegeLog.objects.select_related(
    "case__court", "responding_party__person", "responding_party__case", "paper", "recorded_by"
)


def case_crumbs(case: Any) -> list[Crumb]:
    """Return the way to the logs of a case."""
    return [
        (gettext("Cases"), reverse("case-list")),
        (case.name, reverse("case-detail", args=[case.pk])),
        (gettext("Privilege logs"), reverse("log-list", args=[case.pk])),
    ]


class LogList(CaseMixin):
    """The logs of a case, a line for each version, the current ones first (a fixed number of queries)."""

    template_name = "staff/logs/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show them."""
        rows = (
            PrivilegeLog.objects.filter(case=self.case)
            .select_related("responding_party__person", "paper")
            .annotate(
                entry_count=Count("entries"),
                open_count=Count("entries", filter=Q(entries__challenge=ChallengeOutcome.OPEN.value)),
            )
            .order_by("superseded", "responding_party__person__name", "-number", "pk")
        )
        context = {
            "case": self.case,
            "page": paginate(rows, request),
            "may_edit": self.may_edit_case,
            "clawbacks": Clawback.objects.filter(case=self.case).count(),
        }
        return self.page(context)


class LogScreen(StaffView):
    """A screen about one log, `pk` of the address."""

    @cached_property
    def log(self) -> PrivilegeLog:
        """The log, seen through the wall. Raises Http404 for strangers."""
        return get_visible(LOGS.all(), self.user, self.kwargs["pk"])

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, its logs, this one."""
        return [*case_crumbs(self.log.case), (log_name(self.log), reverse("log-detail", args=[self.log.pk]))]


def log_name(log: PrivilegeLog) -> str:
    """Return how a log is called on screens."""
    return gettext("%(party)s, version %(number)d") % {"party": log.responding_party, "number": log.number}


class LogDetail(LogScreen):
    """A log with its entries, 50 a page, filtered by finding, challenge and text."""

    template_name = "staff/logs/detail.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it."""
        log = self.log
        asked = LogFilter(log, request.GET)
        page = paginate(asked.rows(), request)
        edits = may_edit(PrivilegeLog.objects, self.user, log)
        ours = log.side == Side.OURS
        story = version_story(log)
        context = {
            "log": log,
            "case": log.case,
            "heading": log_name(log),
            "rule": rule_of_claim(log.responding_party),
            "standing": standing_of(log.responding_party),
            "crumbs": case_crumbs(log.case),
            "filter": asked,
            "chips": asked.chips(),
            "challenges": CHALLENGES,
            "page": page,
            "lines": asked.lines(page),
            "may_edit": edits,
            "may_challenge": edits and not log.superseded and (log.served_on is not None or not ours),
            "may_write": edits and ours and not log.superseded and log.served_on is None,
            "may_renew": edits and ours and not log.superseded and log.served_on is not None,
            "story": story,
            "changed": grouped(story.get("changed", [])),
            "vanished": grouped(story.get("vanished", [])),
            "lost": grouped(story.get("lost", [])),
            "due": list(
                Deadline.objects.filter(
                    case=log.case_id,
                    kind=DeadlineKind.PRIVILEGE_LOG.value,
                    state=DeadlineState.OPEN.value,
                    demand__responding_party=log.responding_party_id,
                ).order_by("due_at", "pk")
            ),
            "versions": list(
                PrivilegeLog.objects.filter(case=log.case_id, responding_party=log.responding_party_id).order_by("-number")
            ),
            "drafts": list(Draft.objects.filter(log=log).order_by("-pk")[:5]),
            "query": request.GET.urlencode(),
        }
        return self.page(context)


class LogExport(LogScreen):
    """The entries as they are filtered, as .csv or .xlsx, with the headings that an import reads."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Hand them out."""
        rows = export_rows(LogFilter(self.log, request.GET).rows())
        name = f"privilege-log-{self.log.pk}-v{self.log.number}"
        if kwargs["ending"] == "csv":
            return csv_answer(name, export_head(), rows)
        return xlsx_answer(name, gettext("Privilege log"), export_head(), rows)


class LogFormScreen(LogScreen):
    """A form about one log, for editors: subclass, name the form and the act."""

    template_name = "staff/logs/form.html"
    heading: Any = ""

    @cached_property
    def log(self) -> PrivilegeLog:
        """The log. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(LOGS.all(), self.user, self.kwargs["pk"])

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        return self.show(self.form())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Act, or show the form again with everything typed."""
        form = self.form(request.POST)
        done = form.attempt(lambda: self.act(form)) if form.is_valid() else None
        if done is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, done)
        return HttpResponseRedirect(reverse("log-detail", args=[self.log.pk]))

    def form(self, data: Any = None) -> StaffForm:
        """The form, with what it begins with: override."""
        raise NotImplementedError

    def act(self, form: StaffForm) -> str:
        """Call the verb and return what is to be said: override."""
        raise NotImplementedError

    def show(self, form: StaffForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        context = {
            "form": form,
            "heading": self.heading,
            "crumbs": self.crumbs(),
            "back": reverse("log-detail", args=[self.log.pk]),
            "case": self.log.case,
        }
        return self.page(context, status=status)

    def chosen(self) -> str:
        """The entries that the list's selection names, or with ?all=1 every one that its filter finds."""
        if "all" in self.request.GET:
            return grouped(LogFilter(self.log, self.request.GET).rows().values_list("number", flat=True))
        keys = ids_in(self.request.GET.getlist("pk"))
        numbers = list(self.log.entries.filter(pk__in=keys).values_list("number", flat=True)) if keys else []
        return grouped(numbers) if numbers else ""


class LogChallenge(LogFormScreen):
    """Challenge entries: those selected on the list, or written down."""

    heading = _("Challenge entries")

    def form(self, data: Any = None) -> ChallengeForm:
        """Begin with the selection and today."""
        return ChallengeForm(data, initial={"numbers": self.chosen(), "challenged_on": today_at(self.log.case)})

    def act(self, form: StaffForm) -> str:
        """Record the challenge."""
        assert isinstance(form, ChallengeForm)
        told = form.cleaned_data
        count = challenge_entries(self.log, told["numbers"], told["note"], told["challenged_on"], by=self.user)
        return ngettext("%(n)d entry challenged.", "%(n)d entries challenged.", count) % {"n": count}


class LogChallengeClose(LogFormScreen):
    """Record what came of the challenge of entries."""

    heading = _("Close challenges")

    def form(self, data: Any = None) -> CloseForm:
        """Begin with the selection and today."""
        return CloseForm(data, initial={"numbers": self.chosen(), "closed_on": today_at(self.log.case)})

    def act(self, form: StaffForm) -> str:
        """Record the outcome."""
        assert isinstance(form, CloseForm)
        told = form.cleaned_data
        outcome = ChallengeOutcome(told["outcome"])
        count = close_challenge(self.log, told["numbers"], outcome, told["closed_on"], by=self.user, note=told["note"])
        return ngettext("%(n)d challenge closed.", "%(n)d challenges closed.", count) % {"n": count}


class LogServed(LogFormScreen):
    """Record that our log was served."""

    heading = _("Record the service of the log")

    def form(self, data: Any = None) -> LogServedForm:
        """Begin with today."""
        return LogServedForm(data, initial={"served_on": today_at(self.log.case), "revision": self.log.revision})

    def act(self, form: StaffForm) -> str:
        """Record it."""
        assert isinstance(form, LogServedForm)
        told = form.cleaned_data
        mark_log_served(self.log, told["served_on"], by=self.user, revision=told["revision"])
        return gettext("Recorded. This version stays as it is; changes go into the next one.")


class LogRenew(LogScreen):
    """Start the next version of our log."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Copy the entries into a new version."""
        log = get_editable(LOGS.all(), self.user, kwargs["pk"])
        try:
            new = next_version(log, by=self.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("log-detail", pk=log.pk)
        messages.success(request, gettext("Version %(number)d begins with the same entries.") % {"number": new.number})
        return redirect("log-detail", pk=new.pk)


class LogStart(CaseMixin):
    """Begin the log of our own client."""

    template_name = "staff/logs/form.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        self.require_editor()
        return self.show(LogStartForm(case=self.case))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Begin it."""
        self.require_editor()
        form = LogStartForm(request.POST, case=self.case)
        log = form.attempt(lambda: self.begin(form)) if form.is_valid() else None
        if log is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, gettext("The log begins. Add its entries, or import them."))
        return redirect("log-detail", pk=log.pk)

    def begin(self, form: LogStartForm) -> PrivilegeLog:
        """Call the verb."""
        told = form.cleaned_data
        return start_log(told["responding_party"], LogKind(told["kind"]), told["note"], by=self.user)

    def show(self, form: LogStartForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        context = {
            "form": form,
            "heading": gettext("Start our log"),
            "crumbs": case_crumbs(self.case),
            "back": reverse("log-list", args=[self.case.pk]),
            "case": self.case,
        }
        return self.page(context, status=status)


class LogEntryScreen(RecordScreen[PrivilegeLogEntry]):
    """An entry of our log, `log_pk` of the address; back to the log."""

    form_class = LogEntryForm

    @cached_property
    def log(self) -> PrivilegeLog:
        """The log. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(LOGS.all(), self.user, self.kwargs["log_pk"])

    @property
    def owning_case(self) -> Any:
        """The log's case."""
        return self.log.case

    def form_kwargs(self) -> dict[str, Any]:
        """The log whose entry it is."""
        return {**super().form_kwargs(), "log": self.log}

    def home_url(self) -> str:
        """The log's page."""
        return reverse("log-detail", args=[self.log.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, its logs, this one."""
        return [*case_crumbs(self.log.case), (log_name(self.log), self.home_url())]

    def saved_message(self, row: PrivilegeLogEntry) -> str:
        """Say which entry was stored."""
        return gettext("Entry %(number)d is stored.") % {"number": row.number}


class LogEntryNew(LogEntryScreen):
    """Add an entry; the next one can follow at once."""

    template_name = "staff/logs/entry_form.html"
    heading = _("Add an entry")

    def row(self) -> PrivilegeLogEntry | None:
        """A new one, for editors of the case."""
        assert self.log.pk
        return None

    def after(self, row: PrivilegeLogEntry) -> str:
        """Back to the log, or to the next new entry."""
        return self.request.path if "another" in self.request.POST else super().after(row)


class LogEntryEdit(LogEntryScreen):
    """Change an entry, or take it out, while the log is not served."""

    template_name = "staff/logs/entry_form.html"
    heading = _("Change an entry")

    def row(self) -> PrivilegeLogEntry:
        """An entry of this log."""
        return get_editable(PrivilegeLogEntry.objects.all(), self.user, self.kwargs["pk"], log=self.log)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Store, or take out."""
        if "remove" not in request.POST:
            return super().post(request, **kwargs)
        entry = self.found
        assert entry is not None
        try:
            change_entries(self.log, by=self.user, removed=[entry.number])
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("Entry %(number)d is taken out.") % {"number": entry.number})
        return HttpResponseRedirect(self.home_url())

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """Whether it can be taken out."""
        del form
        return {"may_remove": True}
