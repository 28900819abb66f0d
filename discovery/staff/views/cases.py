"""The list of cases, the case's page, opening and editing a case."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.captions import sides_of
from discovery.domain.drafts.renewing import with_old_caption
from discovery.enums import DeadlineState, MemberRole
from discovery.models import Case, CaseMembership, Deadline, Demand, Event
from discovery.models.demands import OPEN_STATUSES
from discovery.staff.access import CaseMixin, StaffView, get_editable
from discovery.staff.batching import offers, ticks_of
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.cases import CaseForm
from discovery.staff.paging import paginate, sort_rows
from discovery.staff.records import Crumb, RecordScreen
from discovery.staff.sentences import Sentence, sentences
from discovery.staff.views.casedates import next_dates

SORTS = {
    "name": ["name"],
    "court": ["court__short_name", "name"],
    "number": ["docket_number"],
    "filed": ["filed_on"],
    "open": ["open_demands", "name"],
}
SHOWN_EVENTS, SHOWN_DEMANDS = 8, 15


def with_open_demands(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Add `open_demands`: how many demands of the case are on their way."""
    counted = (
        Demand.objects.filter(case=OuterRef("pk"), status__in=OPEN_STATUSES)
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return cases.annotate(open_demands=Coalesce(Subquery(counted), 0))


def with_next_due(demands: QuerySet[Demand]) -> QuerySet[Demand]:
    """Add `next_due`: the day of the next open date of each demand."""
    dates = Deadline.objects.filter(demand=OuterRef("pk"), state=DeadlineState.OPEN.value, due_at__isnull=False)
    return demands.annotate(next_due=Subquery(dates.order_by("due_at").values("due_on")[:1]))


def busiest_first(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Order cases by what is on its way in them, the latest changed first among equals."""
    return with_open_demands(cases).order_by(F("open_demands").desc(), "-changed_at", "-pk")


class CaseList(StaffView):
    """The cases the user is a member of."""

    template_name = "staff/cases/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them: ?text= searches name, number, caption and judge."""
        text = request.GET.get("text", "").strip()
        rows = Case.objects.visible_to(self.user).select_related("court")
        if text:
            rows = rows.filter(
                Q(name__icontains=text)
                | Q(docket_number__icontains=text)
                | Q(first_side__icontains=text)
                | Q(second_side__icontains=text)
                | Q(judge__icontains=text)
            )
        ordered, sort = sort_rows(with_open_demands(rows), request, SORTS, default="name")
        return self.page({"page": paginate(ordered, request), "sort": sort, "text": text})


class CaseDetail(CaseMixin):
    """Everything the team records about a case, on one page."""

    template_name = "staff/cases/detail.html"

    def get(self, request: HttpRequest, *, case_pk: int) -> HttpResponse:
        """Show the case; the number of queries does not grow with its rows."""
        del case_pk
        case = self.case
        order = [role.value for role in MemberRole]
        members = sorted(
            case.memberships.select_related("user"), key=lambda member: (order.index(member.role), member.user.username)
        )
        mine = next(member for member in members if member.user_id == self.user.pk)
        demands = with_next_due(case.demands.select_related("responding_party__person", "request_set", "subpoena"))
        shown, ticks = list(demands[:SHOWN_DEMANDS]), ticks_of(request)
        coming, more_dates = next_dates(case)
        return self.page(
            {
                "case": case,
                "may_edit": self.may_edit_case,
                "owns": mine.role == MemberRole.OWNER,
                "parties": list(case.parties.select_related("person").prefetch_related("roles")),
                "groups": list(case.groups.prefetch_related("members__person")),
                "appearances": list(case.appearances.select_related("attorney__firm", "group").prefetch_related("parties__person")),
                "responders": list(
                    case.responding_parties.select_related("person__registered_agent", "serve_at").prefetch_related(
                        "custodians__person", "counsel__firm", "person__addresses", "person__registered_agent__addresses"
                    )
                ),
                "party_persons": set(case.parties.values_list("person_id", flat=True)),
                "next_dates": coming,
                "more_dates": more_dates,
                "schedule": list(case.schedule.all()),
                "sides": sides_of(case).first,
                "related": list(case.related_cases.all()),
                "old_captions": with_old_caption(case),
                "orders": list(case.orders.select_related("demand__responding_party__person", "paper")),
                "sets": list(
                    case.request_sets.select_related("propounded_by").annotate(
                        request_count=Count("requests", distinct=True), demand_count=Count("demands", distinct=True)
                    )
                ),
                "demands": shown,
                "ticked": ticks.rows,
                "offers": offers((demand.kind for demand in shown), ticks),
                "demand_count": case.demands.count(),
                "members": members,
                "events": self.recent(),
            }
        )

    def recent(self) -> list[Sentence]:
        """Return the latest acts."""
        return sentences(Event.objects.filter(case=self.case).select_related("actor")[:SHOWN_EVENTS])


class CaseNew(RecordScreen[Case]):
    """Open a case; who opens it owns it."""

    template_name = "staff/cases/form.html"
    form_class = CaseForm
    heading = _("Open a case")

    def row(self) -> Case | None:
        """Anyone signed in may open a case."""
        return None

    def crumbs(self) -> list[Crumb]:
        """Cases."""
        return [(gettext("Cases"), reverse("case-list"))]

    def home_url(self) -> str:
        """The list."""
        return reverse("case-list")

    def after(self, row: Case) -> str:
        """Go to the new case, which says what to record next."""
        return reverse("case-detail", args=[row.pk])


class CaseEdit(CaseMixin, RecordScreen[Case]):
    """Edit the case's facts."""

    template_name = "staff/cases/form.html"
    form_class = CaseForm
    heading = _("Edit the case")

    def row(self) -> Case:
        """The case of the address, for its editors."""
        found: Case = get_editable(Case.objects, self.user, self.kwargs["case_pk"])
        return found

    @cached_property
    def stored_name(self) -> str:
        """The name as stored: the form writes what was typed into the record, right or wrong."""
        return self.case.name

    def crumbs(self) -> list[Crumb]:
        """Cases, this case."""
        return [(gettext("Cases"), reverse("case-list")), (self.stored_name, self.home_url())]

    def home_url(self) -> str:
        """The case's page."""
        return reverse("case-detail", args=[self.kwargs["case_pk"]])

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """The case whose rooms are shown; whether the user may hand it on is decided at its members."""
        del form
        owns = CaseMembership.objects.editable_by(self.user).filter(case_id=self.kwargs["case_pk"]).exists()
        return {"case": self.case, "owns": owns}
