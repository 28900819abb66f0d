"""The editor of a response, request by request, for both directions; starting, serving and verifying ours.

With scripts, htmx saves one request at a time and shows the next; without, the same address serves whole pages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.answers.by_request import Answer, record_answers, start_response
from discovery.domain.errors import Refused
from discovery.enums import ResponseKind, ResponseStatus
from discovery.models import Case, Demand, Response
from discovery.staff.access import StaffView, get_editable, get_visible, may_edit, require_editable
from discovery.staff.actor import by_htmx
from discovery.staff.answer_sheet import SHEETS, Line, Sheet, spoken
from discovery.staff.forms.answers import AnswerForm, FrameForm, ServeForm, VerifyForm
from discovery.staff.previewed import preview_of
from discovery.staff.records import UNPROCESSABLE, Crumb, RecordScreen
from discovery.staff.served import date_rows, demand_url, told_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = Response.objects.select_related(*SHEETS)


def answers_url(response: Response, number: int | str = "") -> str:
    """Return the editor of a response, open at a request."""
    address = reverse("response-answers", args=[response.pk])
    return f"{address}?no={number}" if number else address


class Answers(StaffView):
    """What a response says to each request: read by members, written by editors while it may be."""

    template_name = "staff/answers/page.html"

    @cached_property
    def response(self) -> Response:
        """The response of the address. Raises Http404 for strangers."""
        return get_visible(ROWS.all(), self.user, self.kwargs["pk"])

    def sheet(self) -> Sheet:
        """Everything about the response as it is stored now."""
        return Sheet(self.response, may_edit=may_edit(Response.objects, self.user, self.response))

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it, open at ?no=, else at the first request that is unanswered."""
        sheet = self.sheet()
        line = sheet.line(request.GET.get("no", ""))
        form = self.form(sheet, line) if line is not None and sheet.writes(line) else None
        return self.page(self.shown(sheet, line, form))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Write the answer, to others as well if asked for, and go where was asked for; or show it again with what is wrong."""
        require_editable(Response.objects, self.user, self.response)
        sheet = self.sheet()
        line = sheet.line(request.POST.get("number", ""))
        if line is None:
            return HttpResponseRedirect(answers_url(self.response))
        form = self.form(sheet, line, request.POST)
        said = form.attempt(lambda: self.write(form, sheet)) if form.is_valid() else None
        if said is None:
            return self.refused(sheet, line, form)
        del self.response  # read it anew: an answer of theirs may have changed what counts
        fresh = self.sheet()
        if by_htmx(request):
            return self.swapped(fresh, line, wanted=request.POST.get("go", ""))
        messages.success(request, said)
        return HttpResponseRedirect(answers_url(self.response, request.POST.get("go") or line.number))

    def form(self, sheet: Sheet, line: Line, data: Any = None) -> AnswerForm:
        """Return the form of one request."""
        return AnswerForm(
            data, response=self.response, number=line.number, stored=line.answer, offered=sheet.offered, ours=sheet.ours
        )

    def write(self, form: AnswerForm, sheet: Sheet) -> str:
        """Call the verb, for this request and those it is to be copied to, and return what to say."""
        answer = form.answer()
        others = list(self.others(answer, sheet))
        record_answers(self.response, [answer, *others], by=self.user)
        if not others:
            return gettext("Saved: No. %(number)s.") % {"number": answer.number}
        count = len(others)
        words = ngettext(
            "Saved: No. %(number)s, and the same for %(n)d other request.",
            "Saved: No. %(number)s, and the same for %(n)d other requests.",
            count,
        )
        return words % {"number": answer.number, "n": count}

    def others(self, answer: Answer, sheet: Sheet) -> Iterator[Answer]:
        """Yield the same answer for the requests that were selected, or for all that are unanswered; pages and notes stay."""
        apply = self.request.POST.get("apply", "")
        if not apply or "auto" in self.request.POST:
            return
        wanted = set(self.request.POST.getlist("to"))
        if apply == "selected" and not wanted:
            raise Refused(gettext("Select the requests in the list first."))
        for line in sheet.lines:
            chosen = str(line.number) in wanted if apply == "selected" else not line.answered
            if chosen and line.number != answer.number:
                one = line.answer
                bates, note = (one.bates, one.note) if one is not None else ("", "")
                yield replace(answer, number=line.number, bates=bates, note=note, revision=None)

    def refused(self, sheet: Sheet, line: Line, form: AnswerForm) -> HttpResponse:
        """Show the form again; what saves itself while somebody types only says so, and touches nothing."""
        if by_htmx(self.request):
            context = self.shown(sheet, line, form)
            if "auto" not in self.request.POST:
                return self.page(context, status=UNPROCESSABLE, template="staff/answers/_pane.html")
            answer = self.page(context, status=UNPROCESSABLE, template="staff/answers/_not_saved.html")
            answer["HX-Retarget"], answer["HX-Reswap"] = "#answer-said", "innerHTML"
            return answer
        return self.page(self.shown(sheet, line, form), status=UNPROCESSABLE)

    def swapped(self, sheet: Sheet, line: Line, *, wanted: str) -> HttpResponse:
        """Return what changes on the page: the request that was asked for, its line and the saved one's, the checks."""
        context = {"saved_at": timezone.now(), "whole_list": bool(self.request.POST.get("apply"))}
        if "auto" in self.request.POST:
            now = sheet.line(str(line.number))
            assert now is not None
            answer = self.page({**self.shown(sheet, now, None), **context, "touched": [now]}, template="staff/answers/_saved.html")
            answer["HX-Reswap"] = "none"
            return answer
        shown = sheet.line(wanted or str(line.number))
        assert shown is not None
        form = self.form(sheet, shown) if sheet.writes(shown) else None
        touched = [one for one in sheet.lines if one.number in {line.number, shown.number}]
        answer = self.page({**self.shown(sheet, shown, form), **context, "touched": touched}, template="staff/answers/_moved.html")
        answer["HX-Replace-Url"] = answers_url(self.response, shown.number)
        return answer

    def shown(self, sheet: Sheet, line: Line | None, form: AnswerForm | None) -> dict[str, Any]:
        """Return what the page, or a piece of it, shows."""
        response = self.response
        answered, total = sheet.tally
        return {
            "response": response,
            "demand": response.demand,
            "case": response.demand.case,
            "sheet": sheet,
            "line": line,
            "lines": sheet.lines,
            "form": form,
            "beside": sheet.beside(line) if line is not None else {},
            "answered": answered,
            "total": total,
            "left": total - answered - (0 if line is None or line.answered else 1),
            "back": f"{demand_url(response.demand)}#service",
            "place": sheet.place(line) if line is not None else 0,
            **preview_of(response if sheet.draft and sheet.may_edit else None),
            "shown_parts": _parts(line) if line is not None and form is None else [],
        }


def _parts(line: Line) -> list[tuple[str, str]]:
    """Return what an answer says, for those who only read it."""
    return [(label, words) for label, words in spoken(line.answer).items() if words]


class ResponseStart(StaffView):
    """Start our response, or an amended or supplemental one."""

    def post(self, request: HttpRequest, demand_pk: int) -> HttpResponse:
        """Start it and open its editor; where a draft stands already, open that one and say so."""
        rows = Demand.objects.select_related("case__court", "request_set", "responding_party__person")
        demand = get_editable(rows, self.user, demand_pk)
        kind = request.POST.get("kind") or ResponseKind.INITIAL.value
        try:
            response = start_response(demand, by=self.user, kind=kind)
        except (Refused, ValidationError) as refused:
            messages.error(request, str(refused) if isinstance(refused, Refused) else " ".join(refused.messages))
            draft = Response.objects.filter(demand=demand, status=ResponseStatus.DRAFT.value).first()
            return HttpResponseRedirect(answers_url(draft) if draft is not None else f"{demand_url(demand)}#service")
        return HttpResponseRedirect(answers_url(response))


class OurResponseScreen(RecordScreen[Response]):
    """Something about a response as a whole: editors of its case only; back to its editor."""

    form_class: ClassVar[Any]

    @cached_property
    def found(self) -> Response:
        """The response of the address. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(ROWS.all(), self.user, self.kwargs["pk"])

    @property
    def owning_case(self) -> Case:
        """The case of its demand."""
        return self.found.demand.case

    def home_url(self) -> str:
        """Its editor."""
        return answers_url(self.found)

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, the demand, the response."""
        demand = self.found.demand
        return [
            (gettext("Cases"), reverse("case-list")),
            (demand.case.name, reverse("case-detail", args=[demand.case_id])),
            (demand.responding_party, demand_url(demand)),
            (self.found.get_kind_display(), answers_url(self.found)),
        ]

    def form_kwargs(self) -> dict[str, Any]:
        """The response and who acts on it."""
        return {"response": self.found, "user": self.user}

    def dates_told(self) -> str:
        """Say which open dates the demand has now."""
        demand = self.found.demand
        open_ones = demand.deadlines.filter(state="open").select_related("confirmed_by")
        return told_dates(date_rows(open_ones, demand, timezone.now()))


class ResponseFrame(OurResponseScreen):
    """The preliminary statement, general objections and signer of our draft."""

    form_class = FrameForm
    heading = _("Statement and signature")

    def form_kwargs(self) -> dict[str, Any]:
        """The response as the record that the form changes."""
        return {"instance": self.found, "user": self.user, "case": self.owning_case}

    def more(self, form: Any) -> dict[str, Any]:
        """The paper beside the form."""
        del form
        return {**preview_of(self.found), "previewed_part": "frame"}


class ResponseServe(OurResponseScreen):
    """Record that our response was served."""

    template_name = "staff/answers/act.html"
    form_class = ServeForm
    heading = _("Record the service of our response")

    def saved_message(self, row: Response) -> str:
        """Say which dates follow."""
        del row
        return gettext("The response is recorded as served. %(dates)s") % {"dates": self.dates_told()}

    def more(self, form: Any) -> dict[str, Any]:
        """What the checks say of it, and what cannot be undone."""
        del form
        sheet = Sheet(self.found, may_edit=True)
        return {"remarks": sheet.remarks, "once": True}


class ResponseVerify(OurResponseScreen):
    """Record the verification of a response, ours or theirs."""

    template_name = "staff/answers/act.html"
    form_class = VerifyForm
    heading = _("Record the verification")

    def saved_message(self, row: Response) -> str:
        """Say which dates are open still."""
        del row
        return gettext("The verification is recorded. %(dates)s") % {"dates": self.dates_told()}
