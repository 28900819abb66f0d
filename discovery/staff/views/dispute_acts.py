"""What is done with a dispute: making its papers, declaring it ready, recording that it went out, closing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.disputes.disputing import make_ready, reopen_dispute
from discovery.domain.disputes.readiness import offered_papers
from discovery.domain.disputes.states import LETTERS
from discovery.domain.drafts.drafting import request_draft
from discovery.domain.errors import Refused
from discovery.models import Dispute
from discovery.staff.forms.disputes import CloseForm, SubmitForm
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.views.disputes import DisputeScreen

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label


class DisputeAct(DisputeScreen):
    """An act without a form: does it and goes back to the dispute's page, which says why not if it was refused."""

    http_method_names = ["post"]
    anchor: ClassVar[str] = ""

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Do it."""
        dispute = self.editable
        try:
            said = self.act(request, dispute)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            if said:
                messages.success(request, said)
        return HttpResponseRedirect(f"{self.home()}{self.anchor}")

    def act(self, request: HttpRequest, dispute: Dispute) -> str:
        """Call the verb and return what to say: override."""
        raise NotImplementedError


class DisputeMake(DisputeAct):
    """Make one of its papers; its pages are then reported on the dispute's page."""

    anchor = "#papers"

    def act(self, request: HttpRequest, dispute: Dispute) -> str:
        """Ask for the paper that ?paper= names, its own by default."""
        offered = offered_papers(dispute)
        paper = request.POST.get("paper") or (offered[0] if offered else "")
        if paper not in offered:
            raise Refused(_("There is no such paper for %(demand)s.") % {"demand": dispute})
        request_draft(dispute, paper, by=self.user)
        return ""


class DisputeReady(DisputeAct):
    """Declare it ready; its paper without DRAFT across it is made at once."""

    def act(self, request: HttpRequest, dispute: Dispute) -> str:
        """Ready, then the paper."""
        del request
        make_ready(dispute, by=self.user)
        offered = offered_papers(dispute)
        if offered:
            request_draft(dispute, offered[0], by=self.user)
        return _("Ready. The paper without DRAFT across it is being made; record here when it was sent or filed.")


class DisputeReopen(DisputeAct):
    """Take it back for changes."""

    def act(self, request: HttpRequest, dispute: Dispute) -> str:
        """Reopen."""
        del request
        reopen_dispute(dispute, by=self.user)
        return _("It is a draft again.")


class FormAct(DisputeScreen):
    """An act that asks something first."""

    template_name = "staff/disputes/act.html"
    form_class: ClassVar[type[SubmitForm | CloseForm]]
    heading: ClassVar[Label]
    button: ClassVar[Label]
    today: ClassVar[str]

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        today = CourtLaw(self.editable.case.court).today()
        return self.show(self.form_class(initial={self.today: today}))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Record it and go back to the dispute's page; or show the form again with everything typed."""
        dispute = self.editable
        form = self.form_class(request.POST, request.FILES)
        store: Callable[[], Dispute] = lambda: form.store(dispute, by=self.user)  # noqa: E731 - what `attempt` runs
        if not form.is_valid() or form.attempt(store) is None:
            return self.show(form, status=UNPROCESSABLE)
        dispute.refresh_from_db()
        self.follow_up(dispute)
        messages.success(request, self.said(dispute))
        return HttpResponseRedirect(self.home())

    def follow_up(self, dispute: Dispute) -> None:
        """Do what follows by itself: nothing."""

    def said(self, dispute: Dispute) -> str:
        """Say what was recorded."""
        del dispute
        return _("Recorded.")

    def show(self, form: SubmitForm | CloseForm, *, status: int = 200) -> HttpResponse:
        """Return the page."""
        dispute = self.editable
        context = {
            "form": form,
            "dispute": dispute,
            "case": dispute.case,
            "heading": self.heading,
            "button": self.button,
            "crumbs": self.crumbs(dispute),
            "back": self.home(),
        }
        return self.page(context, status=status)


class DisputeSubmit(FormAct):
    """Record that it was sent or filed."""

    form_class = SubmitForm
    heading = gettext_lazy("Record that it was sent or filed")
    button = gettext_lazy("Record")
    today = "submitted_on"

    def follow_up(self, dispute: Dispute) -> None:
        """Make the paper again once it was signed electronically: as it went out it says "/s/"."""
        offered = offered_papers(dispute)
        if dispute.signed and offered:
            request_draft(dispute, offered[0], by=self.user)

    def said(self, dispute: Dispute) -> str:
        """Say which date chases the answer."""
        if dispute.answer_by is not None and dispute.kind in LETTERS:
            return _("Recorded. The answer asked for by %(day)s stands among the dates.") % {
                "day": date_format(dispute.answer_by, "SHORT_DATE_FORMAT")
            }
        return super().said(dispute)


class DisputeClose(FormAct):
    """Close it without a ruling."""

    form_class = CloseForm
    heading = gettext_lazy("Close without a ruling")
    button = pgettext_lazy("a dispute", "Close")
    today = "closed_on"
