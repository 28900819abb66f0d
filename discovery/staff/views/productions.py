"""The screens of productions: all of a case, a new volume with its requests, one volume, corrections, ties in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discovery.domain.productions.coverage import ANSWERED_BY_PAGES, pages_of, ranges_of, tied_by_row
from discovery.enums import DeadlineKind, DeadlineState, DemandStatus, PaperKind, Side
from discovery.law.bates import Pages, count, listed, without
from discovery.models import Case, Deadline, Demand, Draft, Event, Production, RespondingParty
from discovery.staff.access import CaseMixin, StaffView, get_editable, get_visible, may_edit
from discovery.staff.due import due_of
from discovery.staff.forms.base import StaffForm
from discovery.staff.forms.productions import ProductionForm, RangesForm, RequestLine, TieForm, grouped, one_a_line, rows_for
from discovery.staff.ids import is_id
from discovery.staff.paging import paginate
from discovery.staff.records import UNPROCESSABLE, Crumb, RecordScreen
from discovery.staff.sentences import sentences

PRODUCTIONS = Production.objects.select_related("case__court", "responding_party__person", "paper", "recorded_by")
MET_BY_PAGES = (DeadlineKind.COMPLIANCE.value, DeadlineKind.ORDER_COMPLIANCE.value, DeadlineKind.COMMITMENT.value)
"""What a production can meet; whether it does is for a person to say."""
EVENTS_SHOWN = 40
DEMANDS_SHOWN = 50


def crumbs_of(case: Case) -> list[Crumb]:
    """Return the way to the productions of a case."""
    return [
        (_("Cases"), reverse("case-list")),
        (case.name, reverse("case-detail", args=[case.pk])),
        (_("Productions"), reverse("production-list", args=[case.pk])),
    ]


class ProductionList(CaseMixin):
    """The productions of a case, newest first, and how far each demand is covered (a fixed number of queries)."""

    template_name = "staff/productions/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show them."""
        rows = Production.objects.filter(case=self.case).select_related("responding_party__person")
        counted = (
            rows.annotate(requests=Count("ranges__ties__row", distinct=True))
            .prefetch_related("ranges")
            .order_by("-produced_on", "-pk")
        )
        page = paginate(counted, request)
        demands = list(self.demands()[: DEMANDS_SHOWN + 1])
        context = {
            "case": self.case,
            "may_edit": self.may_edit_case,
            "page": page,
            "lines": [(one, *_told([pages_of(part) for part in one.ranges.all()])) for one in page.object_list],
            "demands": demands[:DEMANDS_SHOWN],
            "more_demands": len(demands) > DEMANDS_SHOWN,
        }
        return self.page(context)

    def demands(self) -> QuerySet[Demand]:
        """Return the demands that pages can answer, each with how many requests it has and how many of them have pages."""
        return (
            Demand.objects.filter(case=self.case, status=DemandStatus.SERVED.value, kind__in=ANSWERED_BY_PAGES)
            .select_related("responding_party__person", "request_set")
            .annotate(asked=Count("rows", distinct=True), with_pages=Count("rows__ties__row", distinct=True))
            .order_by("-created_at", "-pk")
        )


class ProductionNew(CaseMixin):
    """Record a volume: range, date and requests on one page. ?demand= or ?responder= says who produced it; else it is asked."""

    template_name = "staff/productions/form.html"

    @cached_property
    def demand(self) -> Demand | None:
        """The demand that ?demand= names, of this case. Raises Http404 for another one."""
        asked = self.request.GET.get("demand", "")
        if not asked:
            return None
        if not is_id(asked):
            raise Http404
        rows = Demand.objects.select_related("responding_party__person", "request_set")
        return get_visible(rows, self.user, asked, case=self.case)

    @cached_property
    def responder(self) -> RespondingParty | None:
        """Who produced: as the address says, or the only responding party there is."""
        if self.demand is not None:
            return self.demand.responding_party
        asked = self.request.GET.get("responder", "")
        if is_id(asked):
            return get_visible(RespondingParty.objects.select_related("person"), self.user, asked, case=self.case)
        found = list(RespondingParty.objects.filter(case=self.case).select_related("person")[:2])
        return found[0] if len(found) == 1 else None

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask for the volume, or first who produced it."""
        self.require_editor()
        if self.responder is None:
            return self.choose()
        return self.show(self.form())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Record it and show the coverage; or show the form again with everything typed."""
        self.require_editor()
        if self.responder is None:
            return self.choose(status=UNPROCESSABLE)
        form = self.form(request.POST, request.FILES)
        made = form.attempt(form.store) if form.is_valid() else None
        if made is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, _said(made, count(form.cleaned_data["ranges"]), len(form.ties)))
        return HttpResponseRedirect(self.after(made, form))

    def after(self, made: Production, form: ProductionForm) -> str:
        """The coverage of the demand, when there is one to show; else the volume."""
        demands = {tie.row.demand_id for tie in form.ties}
        if self.demand is not None:
            demands = {self.demand.pk}
        if len(demands) == 1:
            return reverse("demand-coverage", args=[demands.pop()])
        return reverse("production-detail", args=[made.pk])

    def form(self, *data: Any) -> ProductionForm:
        """Return the form of a new volume of the responder."""
        new = Production(case=self.case, responding_party=self.responder)
        return ProductionForm(*data, user=self.user, case=self.case, instance=new, demand=self.demand)

    def show(self, form: ProductionForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        context = {
            "form": form,
            "groups": form.groups(),
            "case": self.case,
            "heading": _("Record a production"),
            "responder": self.responder,
            "demand": self.demand,
            "choosable": self.case.responding_parties.count() > 1,
            "crumbs": crumbs_of(self.case),
            "back": self.back(),
        }
        return self.page(context, status=status)

    def back(self) -> str:
        """Where cancelling leads."""
        if self.demand is not None:
            return reverse("demand-coverage", args=[self.demand.pk])
        return reverse("production-list", args=[self.case.pk])

    def choose(self, *, status: int = 200) -> HttpResponse:
        """Return the page that asks who produced."""
        rows = RespondingParty.objects.filter(case=self.case).select_related("person")
        context = {
            "case": self.case,
            "heading": _("Who produced?"),
            "responders": rows.annotate(asked=Count("demands__rows", distinct=True)).order_by("-asked", "person__name"),
            "crumbs": crumbs_of(self.case),
        }
        return self.page(context, status=status, template="staff/productions/choose.html")


class ProductionScreen(StaffView):
    """A screen of one production, `pk` of the address."""

    edits: ClassVar[bool] = False

    @cached_property
    def production(self) -> Production:
        """The production. Raises Http404 for strangers, and PermissionDenied for readers where it is changed."""
        fetch = get_editable if self.edits else get_visible
        return fetch(PRODUCTIONS.all(), self.user, self.kwargs["pk"])

    def home_url(self) -> str:
        """Its page."""
        return reverse("production-detail", args=[self.production.pk])

    def crumbs(self) -> list[Crumb]:
        """The way to it."""
        return [*crumbs_of(self.production.case), (self.production.volume, self.home_url())]


class ProductionDetail(ProductionScreen):
    """A volume: its facts, ranges, requests, what is tied to nothing, the dates it may meet, its papers and history."""

    template_name = "staff/productions/detail.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it (a fixed number of queries)."""
        one, now = self.production, timezone.now()
        ranges, tied = ranges_of(one), tied_by_row(one)
        untied = without(ranges, [piece for pages in tied.values() for piece in pages])
        lines = [
            RequestLine(row, text["label"], text["text"], tied=listed(tied[row.pk]))
            for row, text in rows_for(one.responding_party)
            if row.pk in tied
        ]
        events = Event.objects.filter(subject=f"production:{one.pk}", case=one.case_id).select_related("actor")
        context = {
            "production": one,
            "case": one.case,
            "may_edit": may_edit(Production.objects, self.user, one),
            "ours": one.side == Side.OURS,
            "ranges": [(part, len(part)) for part in ranges],
            "total": count(ranges),
            "groups": grouped(lines, None),
            "untied": untied,
            "untied_count": count(untied),
            "dates": [(row, due_of(row, now)) for row in self.dates()],
            "letters": Draft.objects.filter(production=one, paper=PaperKind.COVER_LETTER.value).order_by("-pk")[:5],
            "told": sentences(events.order_by("-pk")[:EVENTS_SHOWN]),
            "crumbs": crumbs_of(one.case),
        }
        return self.page(context)

    def dates(self) -> QuerySet[Deadline]:
        """Return the open dates that this party has to comply with."""
        rows = Deadline.objects.filter(
            demand__responding_party=self.production.responding_party,
            kind__in=MET_BY_PAGES,
            state=DeadlineState.OPEN.value,
        )
        return rows.select_related("demand__request_set").order_by("due_at", "pk")


class ProductionEdit(RecordScreen[Production]):
    """Correct the record of a volume; what stood there before stays in its history."""

    template_name = "staff/productions/edit.html"
    form_class = ProductionForm
    heading = gettext_lazy("Correct the record of a production")

    def row(self) -> Production:
        """The production, for editors of its case."""
        return get_editable(PRODUCTIONS.all(), self.user, self.kwargs["pk"])

    @property
    def owning_case(self) -> Case:
        """Its case."""
        assert self.found is not None
        return self.found.case

    def home_url(self) -> str:
        """Its page."""
        return reverse("production-detail", args=[self.kwargs["pk"]])

    def crumbs(self) -> list[Crumb]:
        """The way to it."""
        assert self.found is not None
        return [*crumbs_of(self.found.case), (self.found.volume, self.home_url())]


class ProductionAct(ProductionScreen):
    """A form about one volume: a subclass names it, says what it did, and shows it."""

    edits = True

    def form(self, *data: Any) -> Any:
        """Return the form, bound to what was sent: override."""
        raise NotImplementedError

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it."""
        return self.show(self.form())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Call the verb; or show the form again with everything typed."""
        form = self.form(request.POST)
        done = form.attempt(form.store) if form.is_valid() else None
        if done is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, self.said(form, done))
        return HttpResponseRedirect(self.after())

    def said(self, form: Any, done: Any) -> str:
        """Say what was done: override."""
        raise NotImplementedError

    def after(self) -> str:
        """Where it leads."""
        return self.home_url()

    def show(self, form: StaffForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        shown = {"form": form, "case": self.production.case, "production": self.production, "crumbs": self.crumbs()}
        return self.page({**shown, "back": self.home_url(), **self.more(form)}, status=status)

    def more(self, form: Any) -> dict[str, Any]:
        """What else the page shows."""
        del form
        return {}


class ProductionRanges(ProductionAct):
    """Add pages that came later under the same volume."""

    template_name = "staff/productions/ranges.html"

    def form(self, *data: Any) -> RangesForm:
        """The form with one field."""
        return RangesForm(*data, production=self.production, user=self.user)

    def said(self, form: Any, done: Any) -> str:
        """Name them."""
        del done
        return _("Added: %(pages)s.") % {"pages": listed(form.cleaned_data["ranges"])}

    def more(self, form: Any) -> dict[str, Any]:
        """What the volume has already."""
        del form
        return {"heading": _("Add pages to %(volume)s") % {"volume": self.production}, "have": one_a_line(self.production)}


class ProductionTie(ProductionAct):
    """Tie pages to requests in bulk, or untie them. ?pages=untied fills in what is tied to nothing, ?demand= opens its requests."""

    template_name = "staff/productions/tie.html"

    def form(self, *data: Any) -> TieForm:
        """The form with the requests."""
        asked = self.request.GET.get("pages") == "untied"
        initial = {"pages": listed(self.untied)} if asked else {}
        return TieForm(*data, production=self.production, user=self.user, initial=initial)

    @cached_property
    def tied(self) -> dict[int, list[Pages]]:
        """Which pages each request has."""
        return tied_by_row(self.production)

    @cached_property
    def untied(self) -> list[Pages]:
        """What is tied to nothing."""
        return without(ranges_of(self.production), [piece for pages in self.tied.values() for piece in pages])

    def said(self, form: Any, done: Any) -> str:
        """Say how many requests it changed."""
        if form.cleaned_data["act"] == "untie":
            return ngettext("Pages untied from %(n)d request.", "Pages untied from %(n)d requests.", done) % {"n": done}
        return ngettext("Pages tied to %(n)d request.", "Pages tied to %(n)d requests.", done) % {"n": done}

    def after(self) -> str:
        """Back to the coverage it was opened from, else to the volume."""
        demand = self.asked_demand()
        return reverse("demand-coverage", args=[demand]) if demand else self.home_url()

    def asked_demand(self) -> int | None:
        """Return the demand that ?demand= names, if it is one of this party's."""
        asked = self.request.GET.get("demand", "")
        rows = Demand.objects.filter(responding_party=self.production.responding_party)
        return int(asked) if is_id(asked) and rows.filter(pk=asked).exists() else None

    def more(self, form: Any) -> dict[str, Any]:
        """The requests, and what is tied to nothing."""
        demand = self.asked_demand()
        return {
            "heading": _("Tie pages of %(volume)s") % {"volume": self.production},
            "groups": form.groups(self.tied, demand),
            "ranges": ranges_of(self.production),
            "untied": self.untied,
            "demand_pk": demand,
            "back": self.after(),
        }


def _told(ranges: Iterable[Pages]) -> tuple[list[Pages], int]:
    found = sorted(ranges)
    return found, count(found)


def _said(made: Production, pages: int, tied: int) -> str:
    words = ngettext("%(volume)s is recorded: %(n)d page", "%(volume)s is recorded: %(n)d pages", pages)
    told = words % {"volume": made.volume, "n": pages}
    if not tied:
        return _("%(told)s, tied to no request yet.") % {"told": told}
    words = ngettext("%(told)s, tied to %(n)d request.", "%(told)s, tied to %(n)d requests.", tied)
    return words % {"told": told, "n": tied}
