"""The table of authorities of a motion: a line added or corrected, left out, taken back. The dispute's page shows the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from discovery.domain.disputes.authorities import authorities_of, forget_authority, leave_out_authority
from discovery.enums import AuthorityGroup
from discovery.models import Dispute
from discovery.staff.forms.authorities import AuthorityForm
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.views.dispute_acts import DisputeAct
from discovery.staff.views.disputes import DisputeScreen

ANCHOR = "#authorities"


class AuthorityList(DisputeScreen):
    """Add a line, or correct the one that ?words= names."""

    template_name = "staff/disputes/act.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask; a line of the list comes with how it is listed now, other words with themselves."""
        dispute, words = self.editable, request.GET.get("words", "")
        initial: dict[str, Any] = {"words": words, "group": AuthorityGroup.CASES.value}
        found = authorities_of(dispute) if words else None
        line = next((one for one in found.lines if one.words == words), None) if found is not None else None
        if line is not None:
            initial |= {"listed": line.listed, "group": line.group}
        return self.show(AuthorityForm(initial=initial, fixed=line is not None), correcting=line is not None)

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """List it and go back to the list; or show the form again with everything typed."""
        dispute = self.editable
        correcting = bool(request.GET.get("words"))
        form = AuthorityForm(request.POST)
        if not form.is_valid() or form.attempt(lambda: form.store(dispute, by=self.user)) is None:
            return self.show(form, correcting=correcting, status=UNPROCESSABLE)
        messages.success(request, _("Listed."))
        return HttpResponseRedirect(f"{self.home()}{ANCHOR}")

    def show(self, form: AuthorityForm, *, correcting: bool, status: int = 200) -> HttpResponse:
        """Return the page."""
        dispute = self.editable
        context = {
            "form": form,
            "dispute": dispute,
            "case": dispute.case,
            "heading": _("Correct how it is listed") if correcting else _("Add an authority"),
            "button": _("List it so"),
            "crumbs": self.crumbs(dispute),
            "back": f"{self.home()}{ANCHOR}",
        }
        return self.page(context, status=status)


class AuthorityLeaveOut(DisputeAct):
    """Leave one out of the table."""

    anchor = ANCHOR

    def act(self, request: HttpRequest, dispute: Dispute) -> str:
        """Leave out what the button names."""
        leave_out_authority(dispute, request.POST.get("words", ""), by=self.user)
        return ""


class AuthorityForget(DisputeAct):
    """Take a decision about one back."""

    anchor = ANCHOR

    def act(self, request: HttpRequest, dispute: Dispute) -> str:
        """Forget what was decided about what the button names."""
        forget_authority(dispute, request.POST.get("words", ""), by=self.user)
        return ""
