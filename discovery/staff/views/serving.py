"""The screens that record how a demand was served, what answered it, and a party set served on paper made elsewhere."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.service.attempts import SERVABLE
from discovery.enums import SUBPOENAS, AttemptOutcome
from discovery.models import Case, Demand, Response, Service, ServiceAttempt
from discovery.staff.access import CaseMixin, get_editable
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.serving import AttemptForm, ResponseForm, ServiceForm
from discovery.staff.forms.setlog import SetLogForm
from discovery.staff.records import UNPROCESSABLE, Crumb, RecordScreen
from discovery.staff.served import date_rows, demand_url, service_url, told_dates

M = TypeVar("M", bound=models.Model)
DEMANDS = Demand.objects.select_related(
    "case__court", "request_set__propounded_by", "responding_party__person", "subpoena", "testimony", "notice", "approved_version"
)


class DemandRecordScreen(RecordScreen[M]):
    """A record of one demand, `demand_pk` of the address: editors of its case only; back to “Service and dates” on its page."""

    @cached_property
    def demand(self) -> Demand:
        """The demand of the address. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(DEMANDS.all(), self.user, self.kwargs["demand_pk"])

    @property
    def owning_case(self) -> Case:
        """The demand's case."""
        return self.demand.case

    def home_url(self) -> str:
        """The panel on the demand's page."""
        return f"{demand_url(self.demand)}#service"

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, the demand."""
        return [
            (gettext("Cases"), reverse("case-list")),
            (self.demand.case.name, reverse("case-detail", args=[self.demand.case_id])),
            (self.demand.responding_party, demand_url(self.demand)),
        ]

    def dates_told(self) -> str:
        """Say which open dates the demand has now."""
        rows = date_rows(self.demand.deadlines.filter(state="open").select_related("confirmed_by"), self.demand, timezone.now())
        return told_dates(rows)


class ServiceRecord(DemandRecordScreen[Service]):
    """Record a service; once served, correct its record, or with ?again=1 record that the demand was served again."""

    template_name = "staff/demands/service_form.html"
    form_class = ServiceForm
    of_subpoena = True

    @cached_property
    def demand(self) -> Demand:
        """A subpoena at its own address, another demand at the other."""
        rows = DEMANDS.filter(kind__in=SUBPOENAS) if self.of_subpoena else DEMANDS.exclude(kind__in=SUBPOENAS)
        return get_editable(rows, self.user, self.kwargs["demand_pk"])

    def row(self) -> Service | None:
        """The service that counts now, unless another one is to be recorded."""
        if "again" in self.request.GET:
            return None
        found: Service | None = Service.objects.filter(demand=self.demand, superseded=False).select_related("proof").first()
        return found

    def form_kwargs(self) -> dict[str, Any]:
        """The demand that was served."""
        demand = self.demand
        return {**super().form_kwargs(), "demand": demand}

    def saved_message(self, row: Service) -> str:
        """Say which dates follow."""
        del row
        return gettext("The service is recorded. %(dates)s") % {"dates": self.dates_told()}

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """What the page says before the form."""
        notice = getattr(self.demand, "notice", None)
        return {
            "demand": self.demand,
            "heading": gettext("Correct the record of service") if self.found else gettext("Record the service"),
            "again": "again" in self.request.GET,
            "not_yet": self.demand.status not in SERVABLE,
            "notice": notice,
            "ask_notice": "without_notice" in form.fields,
        }


class DemandService(ServiceRecord):
    """The same for a demand that is no subpoena."""

    of_subpoena = False


class AttemptNew(DemandRecordScreen[ServiceAttempt]):
    """Record an attempt at service; one that succeeded leads on to the record of service, filled in with what is known."""

    template_name = "staff/demands/attempt_form.html"
    form_class = AttemptForm
    heading = _("Record an attempt at service")

    def row(self) -> ServiceAttempt | None:
        """A new one, for editors of the case."""
        assert self.demand.pk
        return None

    def form_kwargs(self) -> dict[str, Any]:
        """Tie the new attempt to its demand."""
        return {**super().form_kwargs(), "instance": ServiceAttempt(demand=self.demand)}

    def saved_message(self, row: ServiceAttempt) -> str:
        """Say what to do next."""
        if self.served_by(row):
            return gettext("The attempt is recorded. Now record the service itself: what is known is filled in.")
        return gettext("The attempt is recorded.")

    def after(self, row: ServiceAttempt) -> str:
        """Lead on to the service, if this attempt was it."""
        if not self.served_by(row):
            return self.back_url()
        known = {"served_on": row.tried_on, "served_time": row.tried_time, "place": row.place, "server": row.server}
        return f"{service_url(self.demand)}?{urlencode({name: str(value) for name, value in known.items() if value})}"

    def served_by(self, row: ServiceAttempt) -> bool:
        """Whether this attempt served the paper and no service is on record yet."""
        return row.outcome == AttemptOutcome.SERVED and not self.demand.services.exists()

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """Whose attempt it is, and whether it can have been made."""
        del form
        return {"demand": self.demand, "not_yet": self.demand.status not in SERVABLE}


class ResponseScreen(DemandRecordScreen[Response]):
    """What answered the demand."""

    template_name = "staff/demands/response_form.html"
    form_class = ResponseForm

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """Whose response it is, and to what."""
        del form
        return {"demand": self.demand}


class ResponseNew(ResponseScreen):
    """Record a response."""

    heading = _("Record a response")

    def row(self) -> Response | None:
        """A new one, for editors of the case."""
        assert self.demand.pk
        return None

    def form_kwargs(self) -> dict[str, Any]:
        """Tie the new response to its demand."""
        return {**super().form_kwargs(), "instance": Response(demand=self.demand)}

    def saved_message(self, row: Response) -> str:
        """Say what comes next, and what is still due."""
        del row
        said = gettext("The response is recorded.")
        if self.demand.rows.exists():
            said = gettext("The response is recorded. Now record what it says on each request.")
        return f"{said} {self.dates_told()}"

    def after(self, row: Response) -> str:
        """On to what it says on each request; a set without its text has none."""
        return reverse("response-answers", args=[row.pk]) if self.demand.rows.exists() else self.back_url()


class ResponseEdit(ResponseScreen):
    """Mend the record of a response."""

    heading = _("Correct the record of the response")

    def row(self) -> Response:
        """A response to this demand."""
        found: Response = get_editable(
            Response.objects.select_related("demand__case__court", "paper"), self.user, self.kwargs["pk"], demand=self.demand
        )
        return found


class SetLog(CaseMixin):
    """Record a set that went out or came in on paper, with its service; its clocks start (product.md, task 2)."""

    template_name = "staff/demands/set_log.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        self.require_editor()
        return self.show(SetLogForm(case=self.case, user=self.user))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Record it; the first demand's page then shows the dates with their counts."""
        self.require_editor()
        form = SetLogForm(request.POST, request.FILES, case=self.case, user=self.user)
        demands = form.attempt(form.store) if form.is_valid() else None
        if demands is None:
            return self.show(form, status=UNPROCESSABLE)
        rows = date_rows(demands[0].deadlines.select_related("confirmed_by"), demands[0], timezone.now())
        said = ngettext("Recorded for %(n)d recipient.", "Recorded for %(n)d recipients.", len(demands)) % {"n": len(demands)}
        messages.success(request, f"{said} {told_dates(rows)}")
        return HttpResponseRedirect(f"{demand_url(demands[0])}#service")

    def show(self, form: SetLogForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        case = self.case
        crumbs = [(gettext("Cases"), reverse("case-list")), (case.name, reverse("case-detail", args=[case.pk]))]
        context = {
            "form": form,
            "heading": gettext("Record a served set"),
            "crumbs": crumbs,
            "back": f"{reverse('case-detail', args=[case.pk])}#demands",
            "case": case,
            "parties": case.parties.exists(),
        }
        return self.page(context, status=status)
