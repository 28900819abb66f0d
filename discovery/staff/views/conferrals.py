"""The screens of conferences: the list, recording and correcting one, its page with the dates that may move; commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.conferrals.commitments import release_commitment
from discovery.domain.conferrals.narrowing import narrowings_in_force
from discovery.domain.redline import redline
from discovery.domain.service.rows import WITH_TEXTS, with_texts
from discovery.enums import ConferralOutcome
from discovery.models import Case, Commitment, Conferral, ConferredRequest, Event, Narrowing, RequestRow
from discovery.staff.access import CaseMixin, StaffView, get_editable, get_visible, may_edit
from discovery.staff.conferences import (
    commitment_lines,
    commitments,
    conference_line,
    conferences,
    dates_that_may_move,
    held_about,
    outcome_mark,
    promised_about,
    served_demands,
)
from discovery.staff.due import due_of
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.conferrals import ConferralForm
from discovery.staff.forms.narrowing import CommitmentForm, ReleaseForm
from discovery.staff.ids import ids_in
from discovery.staff.paging import paginate
from discovery.staff.records import UNPROCESSABLE, CaseRecordScreen, Crumb, RecordScreen
from discovery.staff.sentences import sentences
from discovery.staff.views.casedates import lines_of

MOST_ROWS = 500
"""A conference about more requests than that is a slip: their form would not be read by anybody."""
EVENTS_SHOWN = 40


def texts_of(case: Case, **lookup: object) -> list[tuple[RequestRow, Mapping[str, Any]]]:
    """Return rows of a case with what was served, a demand after the other."""
    found = RequestRow.objects.filter(case=case, **lookup).select_related(*WITH_TEXTS)
    return list(with_texts(found.order_by("demand__responding_party__person__name", "demand", "number")[:MOST_ROWS]))


class ConferralList(CaseMixin):
    """The conferences of a case and what was promised; ?demand= keeps those about one demand."""

    template_name = "staff/conferrals/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show them (a fixed number of queries)."""
        demands = list(served_demands(self.case))
        chosen = next((one for one in demands if str(one.pk) == request.GET.get("demand")), None)
        rows, promised = conferences().filter(case=self.case), commitments().filter(case=self.case)
        if chosen is not None:
            rows, promised = rows.filter(held_about(chosen)), promised.filter(promised_about(chosen))
        page = paginate(rows, request)
        lines = commitment_lines(promised)
        context = {
            "case": self.case,
            "may_edit": self.may_edit_case,
            "demands": demands,
            "chosen": chosen,
            "page": page,
            "lines": [conference_line(row) for row in page.object_list],
            "open_commitments": [line for line in lines if line.open],
            "closed_commitments": [line for line in lines if not line.open],
        }
        return self.page(context)


class ConferralScreen(RecordScreen[Conferral]):
    """What recording and correcting a conference share."""

    template_name = "staff/conferrals/form.html"
    form_class = ConferralForm

    def offered(self) -> list[tuple[RequestRow, Mapping[str, Any]]]:
        """Return the requests that the form shows: override."""
        raise NotImplementedError

    @cached_property
    def shown(self) -> list[tuple[RequestRow, Mapping[str, Any]]]:
        """The requests that the form shows, read once."""
        return self.offered()

    @cached_property
    def chosen(self) -> set[int]:
        """The ids of those that are ticked at first: override."""
        raise NotImplementedError

    def form_kwargs(self) -> dict[str, Any]:
        """The requests, and which narrower texts are in force."""
        in_force = narrowings_in_force([row for row, _served in self.shown])
        return {**super().form_kwargs(), "rows": self.shown, "chosen": self.chosen, "in_force": in_force}

    def after(self, row: Conferral) -> str:
        """Its page, with the dates that may move."""
        return reverse("conferral-detail", args=[row.pk])

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """The ids that the form carries along."""
        del form
        return {"row_ids": ",".join(str(row.pk) for row, _served in self.shown)}


class ConferralNew(CaseMixin, ConferralScreen):
    """Record a conference: ?rows=1,2,3 ticks requests, ?demand= shows those of one demand; without either one is chosen first."""

    heading = _("Record a conference")

    @property
    def owning_case(self) -> Case:
        """The case of the address."""
        return self.case

    def row(self) -> Conferral | None:
        """A new one, for editors of the case."""
        self.require_editor()
        return None

    @cached_property
    def asked(self) -> list[int]:
        """The ids of requests that the address or the form names."""
        return ids_in([*self.request.POST.getlist("rows"), *self.request.GET.getlist("rows")])[:MOST_ROWS]

    def offered(self) -> list[tuple[RequestRow, Mapping[str, Any]]]:
        """Return the requests that are named, else all of the demand that is."""
        if self.asked:
            return texts_of(self.case, pk__in=self.asked)
        demand = ids_in([self.request.GET.get("demand", "")])
        return texts_of(self.case, demand__in=demand) if demand else []

    @cached_property
    def chosen(self) -> set[int]:
        """Those named one by one."""
        return set(self.asked)

    def get(self, _request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Show the form, or ask which demand it was about."""
        self.require_editor()
        if self.shown:
            return super().get(_request, **kwargs)
        context = {
            "case": self.case,
            "heading": self.heading,
            "crumbs": self.crumbs(),
            "demands": list(served_demands(self.case)),
        }
        return self.page(context, template="staff/conferrals/choose.html")

    def home_url(self) -> str:
        """The list."""
        return reverse("conferral-list", args=[self.case.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, its conferences."""
        return case_crumbs(self.case)

    def after(self, row: Conferral) -> str:
        """The date that was agreed to move, old and new side by side; else its page."""
        chosen = ids_in([self.request.POST.get("extended", "")])  # the form has looked whether it may be chosen
        return f"{reverse('deadline-extend', args=chosen)}?conferral={row.pk}" if chosen else super().after(row)

    def saved_message(self, row: Conferral) -> str:
        """Say what is on record now."""
        count = row.requests.count()
        return ngettext(
            "The conference is on record, with its outcome on %(n)d request.",
            "The conference is on record, with its outcome on %(n)d requests.",
            count,
        ) % {"n": count}


class ConferralEdit(ConferralScreen):
    """Correct the record of a conference; what was promised or narrowed there has its own screens."""

    heading = _("Correct the record of the conference")

    @property
    def owning_case(self) -> Case:
        """The conference's case."""
        assert self.found is not None
        return self.found.case

    def row(self) -> Conferral:
        """The conference of the address. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(Conferral.objects.select_related("case__court"), self.user, self.kwargs["pk"])

    @cached_property
    def chosen(self) -> set[int]:
        """Those on record."""
        assert self.found is not None
        return set(ConferredRequest.objects.filter(conferral=self.found).values_list("row_id", flat=True))

    def offered(self) -> list[tuple[RequestRow, Mapping[str, Any]]]:
        """Return every request of the demands that it was about."""
        demands = RequestRow.objects.filter(pk__in=self.chosen).values("demand")
        return texts_of(self.owning_case, demand__in=demands)

    def home_url(self) -> str:
        """The conference."""
        assert self.found is not None
        return reverse("conferral-detail", args=[self.found.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, its conferences, this one."""
        assert self.found is not None
        return [*case_crumbs(self.owning_case), (self.found, self.home_url())]


def case_crumbs(case: Case) -> list[Crumb]:
    """Return the way to the conferences of a case."""
    return [
        (gettext("Cases"), reverse("case-list")),
        (case.name, reverse("case-detail", args=[case.pk])),
        (gettext("Conferences"), reverse("conferral-list", args=[case.pk])),
    ]


class ConferralDetail(StaffView):
    """A conference: facts, people, outcomes, what was promised and narrowed, and the open dates of its demands."""

    template_name = "staff/conferrals/detail.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it (a fixed number of queries)."""
        row = get_visible(conferences().select_related("case__court", "recorded_by"), self.user, self.kwargs["pk"])
        rows = [one.row for one in row.requests.all()]
        demands = {one.demand_id for one in rows}
        texts = {one.pk: served for one, served in texts_of(row.case, pk__in=[one.pk for one in rows])}
        events = Event.objects.filter(subject=f"conferral:{row.pk}", case=row.case_id).select_related("actor").order_by("-pk")
        line = conference_line(row)
        context = {
            "case": row.case,
            "row": row,
            "line": line,
            "crumbs": case_crumbs(row.case),
            "may_edit": may_edit(Conferral.objects, self.user, row),
            "said": [(one, texts.get(one.row_id, {}), outcome_mark(ConferralOutcome(one.outcome))) for one in row.requests.all()],
            "narrowings": self.narrowings(row, texts),
            "commitments": commitment_lines(commitments().filter(conferral=row)),
            "dates": lines_of(list(dates_that_may_move(demands)), timezone.now()),
            "row_ids": ",".join(str(one.pk) for one in rows),
            "demands": list(served_demands(row.case).filter(pk__in=demands)),
            "told": sentences(events[:EVENTS_SHOWN]),
        }
        return self.page(context)

    def narrowings(self, row: Conferral, texts: Mapping[int, Mapping[str, Any]]) -> list[tuple[Narrowing, Any]]:
        """Return the narrower texts of a conference with their redline against what was served."""
        found = (
            Narrowing.objects.filter(conferral=row)
            .select_related("row__demand__responding_party__person")
            .order_by("row", "number")
        )
        served = {one.row_id: texts.get(one.row_id, {}) for one in found}
        missing = [pk for pk, told in served.items() if not told]
        served |= {one.pk: told for one, told in texts_of(row.case, pk__in=missing)} if missing else {}
        return [(one, redline(served[one.row_id]["text"], one.text)) for one in found]


class CommitmentNew(CaseRecordScreen[Commitment]):
    """Record a promise made outside a conference: ?rows=1,2 names requests, ?conferral= the conference it was left out of."""

    form_class = CommitmentForm
    heading, is_new = _("Record a commitment"), True

    def form_kwargs(self) -> dict[str, Any]:
        """The requests it may concern."""
        offered = ids_in([*self.request.GET.getlist("rows"), *self.request.POST.getlist("rows")])[:MOST_ROWS]
        return {**super().form_kwargs(), "offered": offered}

    def home_url(self) -> str:
        """The list."""
        return reverse("conferral-list", args=[self.case.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, its conferences."""
        return case_crumbs(self.case)

    def saved_message(self, row: Commitment) -> str:
        """Say that it chases itself now."""
        del row
        return gettext("The commitment is on record. It stands on Today with its date until it is kept or released.")


class CommitmentRelease(StaffView):
    """Close a commitment that need not be kept."""

    template_name = "staff/conferrals/release.html"

    @cached_property
    def commitment(self) -> Commitment:
        """The commitment of the address. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(Commitment.objects.select_related("case", "deadline", "conferral"), self.user, self.kwargs["pk"])

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask why."""
        return self.show(ReleaseForm())

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Release it, or say why not."""
        form, row = ReleaseForm(request.POST), self.commitment
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            if form.attempt(lambda: release_commitment(row, reason, by=self.user)) is not None:
                messages.success(request, gettext("Released: it is due no more."))
                return HttpResponseRedirect(self.home_url())
        return self.show(form, status=UNPROCESSABLE)

    def home_url(self) -> str:
        """The conference at which it was made, else the list."""
        row = self.commitment
        if row.conferral is not None:
            return reverse("conferral-detail", args=[row.conferral.pk])
        return reverse("conferral-list", args=[row.case_id])

    def show(self, form: ReleaseForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        row = self.commitment
        context = {
            "form": form,
            "heading": gettext("Release the commitment"),
            "commitment": row,
            "due": due_of(row.deadline, timezone.now()),
            "crumbs": case_crumbs(row.case),
            "back": self.home_url(),
            "case": row.case,
        }
        return self.page(context, status=status)
