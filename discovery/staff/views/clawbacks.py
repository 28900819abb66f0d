"""Claw-backs of a case: the list with its clock, the notice, what was done with the material."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.privilege.clawbacks import MOVES, act_on_clawback, rule_of_clawback
from discovery.enums import ClawbackState
from discovery.models import Clawback, Event
from discovery.staff.access import CaseMixin, StaffView, get_editable, get_visible, may_edit
from discovery.staff.forms.clawbacks import ClawbackActForm, ClawbackForm
from discovery.staff.forms.privilege_logs import today_at
from discovery.staff.paging import paginate
from discovery.staff.records import UNPROCESSABLE, CaseRecordScreen, Crumb
from discovery.staff.sentences import sentences

CLAWBACKS = Clawback.objects.select_related(
    "case__court", "responding_party__person", "responding_party__case", "production", "deadline", "paper"
)
TONES = {
    ClawbackState.NOTICED.value: "warn",
    ClawbackState.SUBMITTED.value: "in_review",
    ClawbackState.OVERRULED.value: "ready",
    ClawbackState.WITHDRAWN.value: "withdrawn",
}


def crumbs_of(case: Any) -> list[Crumb]:
    """Return the way to the claw-backs of a case."""
    return [
        (gettext("Cases"), reverse("case-list")),
        (case.name, reverse("case-detail", args=[case.pk])),
        (gettext("Claw-backs"), reverse("clawback-list", args=[case.pk])),
    ]


class ClawbackList(CaseMixin):
    """The claw-backs of a case (a fixed number of queries)."""

    template_name = "staff/clawbacks/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show them, the latest notice first."""
        page = paginate(CLAWBACKS.filter(case=self.case), request)
        now = timezone.now()
        lines = [(row, TONES.get(row.state, "note"), row.deadline is not None and row.deadline.overdue(now)) for row in page]
        return self.page({"case": self.case, "page": page, "lines": lines, "may_edit": self.may_edit_case})


class ClawbackNew(CaseRecordScreen[Clawback]):
    """Record notice of a claim."""

    template_name = "staff/logs/form.html"
    form_class = ClawbackForm
    heading = _("Record a claw-back notice")
    is_new = True

    def home_url(self) -> str:
        """The list."""
        return reverse("clawback-list", args=[self.case.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, its claw-backs."""
        return crumbs_of(self.case)

    def after(self, row: Clawback) -> str:
        """The claw-back's own page."""
        return reverse("clawback-detail", args=[row.pk])

    def saved_message(self, row: Clawback) -> str:
        """Say which day was kept."""
        assert row.deadline is not None
        assert row.deadline.due_on is not None
        return gettext("Recorded. The day by which to act, %(day)s, is a date of the case now.") % {
            "day": date_format(row.deadline.due_on, "SHORT_DATE_FORMAT")
        }


class ClawbackScreen(StaffView):
    """A screen about one claw-back."""

    @cached_property
    def clawback(self) -> Clawback:
        """The claw-back, seen through the wall."""
        return get_visible(CLAWBACKS.all(), self.user, self.kwargs["pk"])


class ClawbackDetail(ClawbackScreen):
    """A claw-back: what is claimed, by when to act, what was done."""

    template_name = "staff/clawbacks/detail.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it."""
        row = self.clawback
        events = Event.objects.filter(case=row.case_id, subject=f"clawback:{row.pk}").select_related("actor").order_by("-number")
        context = {
            "clawback": row,
            "case": row.case,
            "rule": rule_of_clawback(row.responding_party),
            "tone": TONES.get(row.state, "note"),
            "overdue": row.deadline is not None and row.deadline.overdue(timezone.now()),
            "may_act": bool(MOVES[row.state]) and may_edit(Clawback.objects, self.user, row),
            "events": sentences(events),
            "crumbs": crumbs_of(row.case),
        }
        return self.page(context)


class ClawbackAct(ClawbackScreen):
    """Record what was done with the material, or what came of the claim."""

    template_name = "staff/logs/form.html"

    @cached_property
    def clawback(self) -> Clawback:
        """The claw-back. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(CLAWBACKS.all(), self.user, self.kwargs["pk"])

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        begins = {
            "acted_on": today_at(self.clawback.case),
            "revision": self.clawback.revision,
            "state": request.GET.get("state", ""),
        }
        return self.show(ClawbackActForm(clawback=self.clawback, initial=begins))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Record it."""
        form = ClawbackActForm(request.POST, clawback=self.clawback)
        done = form.attempt(lambda: self.act(form)) if form.is_valid() else None
        if done is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, gettext("Recorded: %(state)s.") % {"state": done.get_state_display()})
        return HttpResponseRedirect(reverse("clawback-detail", args=[done.pk]))

    def act(self, form: ClawbackActForm) -> Clawback:
        """Call the verb."""
        told = form.cleaned_data
        return act_on_clawback(
            self.clawback,
            ClawbackState(told["state"]),
            told["acted_on"],
            by=self.user,
            note=told["note"],
            docket_entry=told["docket_entry"],
            revision=told["revision"],
        )

    def show(self, form: ClawbackActForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        row = self.clawback
        context = {
            "form": form,
            "heading": gettext("Record what was done"),
            "crumbs": [*crumbs_of(row.case), (row.pages, reverse("clawback-detail", args=[row.pk]))],
            "back": reverse("clawback-detail", args=[row.pk]),
            "case": row.case,
        }
        return self.page(context, status=status)
