"""One due date: its facts, how it was counted day by day, and what people do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from discovery.domain.dates.counting import CourtLaw, stored_words
from discovery.domain.dates.deadlines import (
    accept_proposal,
    assign,
    confirm,
    keep_date,
)
from discovery.enums import WITH_PAGE, DeadlineState
from discovery.models import Deadline, Event
from discovery.staff.access import StaffView, get_visible, may_edit, require_editable
from discovery.staff.daycount import as_proposed, day_count
from discovery.staff.due import due_of
from discovery.staff.forms.deadlines import (
    DateForm,
    DecisionForm,
    OwnerForm,
)
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.sentences import sentences

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label, StaffForm

DEADLINES = Deadline.objects.select_related(
    "case__court",
    "demand__responding_party__person",
    "demand__request_set",
    "owner",
    "set_by",
    "confirmed_by",
    "done_by",
    "evidence",
)
EVENTS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be done with a date as it stands, by whom is looking at it."""

    change: bool
    extend: bool
    confirm: bool
    set_by_reader: bool
    by_hand: bool
    reopen: bool
    memo: bool


class DeadlineScreen(StaffView):
    """A screen of one due date: `self.deadline` is the date, seen through the wall."""

    @cached_property
    def deadline(self) -> Deadline:
        """The date of the address. Raises Http404 for strangers."""
        return get_visible(DEADLINES.all(), self.user, self.kwargs["pk"])

    def require_editor(self) -> None:
        """Raise Http404 for strangers, PermissionDenied for readers."""
        require_editable(Deadline.objects, self.user, self.deadline)

    def home_url(self) -> str:
        """The date's own page."""
        return reverse("deadline-detail", args=[self.kwargs["pk"]])

    def facts(self) -> dict[str, Any]:
        """Return what each page of a date says about it."""
        deadline = self.deadline
        demand = deadline.demand
        subpoena = demand is not None and demand.kind in WITH_PAGE
        return {
            "deadline": deadline,
            "case": deadline.case,
            "demand": demand,
            "demand_page": "subpoena-detail" if subpoena else "demand-detail",
            "due": due_of(deadline, timezone.now()),
            "refusal": stored_words(deadline.refusal),
        }


class DatePage(DeadlineScreen):
    """The page of a date; the buttons on it post to screens that show the same page again when the verb refuses."""

    template_name = "staff/dates/detail.html"

    def show(self, *, status: int = 200, **forms: StaffForm) -> HttpResponse:
        """Return the page."""
        deadline = self.deadline
        trail = deadline.trail()
        proposed = deadline.proposed_derivation is not None
        instead, why_none = as_proposed(deadline) if proposed else (None, "")
        offered = self.offered()
        events = Event.objects.filter(subject=f"deadline:{deadline.pk}", case=deadline.case_id).select_related("actor")
        context = {
            **self.facts(),
            "count": day_count(trail) if trail is not None else None,
            "proposed": proposed,
            "instead": instead,
            "why_none": why_none,
            "extensions": list(deadline.extensions.select_related("evidence", "recorded_by").order_by("pk")),
            "offered": offered,
            "no_rules": CourtLaw(deadline.case.court).known_rules is None,
            "told": sentences(events.order_by("-pk")[:EVENTS_SHOWN]),
            **forms,
        }
        if offered.change:
            context.setdefault("owner_form", OwnerForm(deadline=deadline))
        if proposed:
            context.setdefault("decision_form", DecisionForm(deadline=deadline))
        return self.page(context, status=status)

    def offered(self) -> Offered:
        """Return what the reader may do."""
        deadline = self.deadline
        edits = may_edit(Deadline.objects, self.user, deadline)
        change = edits and deadline.state == DeadlineState.OPEN
        decided = change and deadline.due_on is not None and deadline.proposed_derivation is None
        mine = deadline.set_by_id == self.user.pk
        return Offered(
            change=change,
            extend=decided,
            confirm=decided and not deadline.confirmed and not mine,
            set_by_reader=decided and not deadline.confirmed and mine,
            by_hand=change and deadline.due_on is None,
            reopen=edits and deadline.state == DeadlineState.DONE,
            memo=edits and deadline.derivation is not None,
        )


class DeadlineDetail(DatePage):
    """A due date: facts left, the count right."""

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it."""
        return self.show()


class PageAct(DatePage):
    """A button or a short form on the page of a date: override `act`."""

    form_class: ClassVar[type[DateForm]] = DateForm
    form_name: ClassVar[str] = ""
    done: ClassVar[Label] = ""

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Call the verb; a refusal comes back on the page, at the field with what was typed."""
        self.require_editor()
        form = self.form_class(request.POST, deadline=self.deadline)
        if form.is_valid() and form.attempt(lambda: self.act(form)) is not None:
            messages.success(request, str(self.done))
            return HttpResponseRedirect(self.home_url())
        for error in form.non_field_errors():
            messages.error(request, str(error))
        del self.deadline  # as it stands now, with the revision to save at
        return self.show(status=UNPROCESSABLE, **({self.form_name: form} if self.form_name else {}))

    def act(self, form: Any) -> object:
        """Call the verb; return something."""
        raise NotImplementedError


class DeadlineConfirm(PageAct):
    """Confirm as a second person."""

    done = _("Confirmed. From now on this date moves only when somebody is asked.")

    def act(self, form: Any) -> object:
        """Confirm what was on the screen."""
        return confirm(self.deadline, by=self.user, revision=form.cleaned_data["revision"])


class DeadlineAssign(PageAct):
    """Name who looks after a date."""

    form_class = OwnerForm
    form_name = "owner_form"
    done = _("Saved who looks after this date.")

    def act(self, form: Any) -> object:
        """Assign."""
        return assign(self.deadline, form.cleaned_data["owner"], by=self.user)


class ProposalAccept(PageAct):
    """Let a date move as proposed."""

    form_class = DecisionForm
    form_name = "decision_form"
    done = _("Accepted. A second person confirms the new date.")

    def act(self, form: Any) -> object:
        """Accept."""
        values = form.cleaned_data
        return accept_proposal(self.deadline, values["reason"], by=self.user, revision=values["revision"])


class ProposalKeep(PageAct):
    """Keep a date although another is proposed."""

    form_class = DecisionForm
    form_name = "decision_form"
    done = _("Kept. The date now rests on this decision and is not computed again.")

    def act(self, form: Any) -> object:
        """Keep."""
        values = form.cleaned_data
        return keep_date(self.deadline, values["reason"], by=self.user, revision=values["revision"])
