"""The screens of narrower texts: writing one beside the served text, with the redline as it is typed, and agreeing to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.conferrals.narrowing import agree_narrowing, text_in_force
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.redline import Piece, redline
from discovery.domain.service.rows import WITH_TEXTS, served_texts
from discovery.models import Case, Narrowing, RequestRow
from discovery.staff.access import StaffView, get_editable
from discovery.staff.actor import by_htmx
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.narrowing import AgreeForm, NarrowingForm
from discovery.staff.records import UNPROCESSABLE, Crumb, RecordScreen
from discovery.staff.served import demand_url

ROWS = RequestRow.objects.select_related("case__court", *WITH_TEXTS)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A narrower text of a row beside what was served."""

    row: Narrowing
    pieces: list[Piece]


def chain_of(row: RequestRow, served: str) -> list[Narrowed]:
    """Return the narrower texts of a row, the newest first, each with its redline against what was served."""
    found = row.narrowings.select_related("conferral").order_by("-number")
    return [Narrowed(one, redline(served, one.text)) for one in found]


def row_crumbs(row: RequestRow) -> list[Crumb]:
    """Return the way to a row's screens."""
    return [
        (gettext("Cases"), reverse("case-list")),
        (row.case.name, reverse("case-detail", args=[row.case_id])),
        (row.demand.responding_party, demand_url(row.demand)),
        (gettext("Request No. %(number)d") % {"number": row.number}, reverse("row-detail", args=[row.pk])),
    ]


class NarrowingNew(RecordScreen[Narrowing]):
    """Record a narrower text that was proposed or agreed; the served one stands beside it and stays as it is."""

    template_name = "staff/conferrals/narrow.html"
    form_class = NarrowingForm
    heading = _("Narrow the request")

    @cached_property
    def request_row(self) -> RequestRow:
        """The row of the address. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(ROWS.all(), self.user, self.kwargs["row_pk"])

    @cached_property
    def served(self) -> dict[str, Any]:
        """What was served."""
        return served_texts(self.request_row.demand)[self.request_row.number]

    @property
    def owning_case(self) -> Case:
        """The row's case."""
        return self.request_row.case

    def row(self) -> Narrowing | None:
        """A new one, for editors."""
        assert self.request_row.pk
        return None

    def form_kwargs(self) -> dict[str, Any]:
        """Tie it to its row; the text starts from the one in force."""
        return {**super().form_kwargs(), "instance": Narrowing(row=self.request_row)}

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the form with the text in force."""
        row = self.request_row
        initial: dict[str, Any] = {"text": text_in_force(row), "proposed_by": str(row.demand.responding_party)}
        initial |= {name: value for name, value in self.request.GET.items() if name != "next"}
        return self.show(self.form_class(initial=initial, **self.form_kwargs()))

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Show what the text changes, or record it."""
        assert self.request_row.pk  # through the wall, whatever was sent
        if "preview" not in request.POST:
            return super().post(request, **kwargs)
        if by_htmx(request):
            return self.page(self.change(request.POST.get("text", "")), template="staff/conferrals/_redline.html")
        # Asked only what the text changes: what is still empty is no mistake.
        return self.show(self.form_class(initial=request.POST.dict(), **self.form_kwargs()))

    def change(self, text: str) -> dict[str, Any]:
        """Return the redline of a text against what was served."""
        served = self.served["text"]
        typed = text.replace("\r\n", "\n")
        return {"pieces": redline(served, typed), "same": " ".join(served.split()) == " ".join(typed.split())}

    def home_url(self) -> str:
        """The page of the row."""
        return reverse("row-detail", args=[self.request_row.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, the demand, the request."""
        return row_crumbs(self.request_row)

    def saved_message(self, row: Narrowing) -> str:
        """Say whether it is in force."""
        if row.agreed_on is not None:
            return gettext("The agreed narrower text is on record and in force. What was served stays as it is.")
        return gettext("The proposed text is on record. It is in force once its agreement is recorded.")

    def more(self, form: RecordForm[Any]) -> dict[str, Any]:
        """The served text, the texts before this one, and what the typed one changes."""
        row, served = self.request_row, self.served
        return {
            "request_row": row,
            "served": served,
            "chain": chain_of(row, served["text"]),
            "may_edit": True,
            **self.change(str(form["text"].value() or "")),
        }


class NarrowingAgree(StaffView):
    """Record that a proposed text was agreed."""

    template_name = "staff/conferrals/agree.html"

    @cached_property
    def narrowing(self) -> Narrowing:
        """The proposal of the address. Raises Http404 for strangers, PermissionDenied for readers."""
        related = [f"row__{name}" for name in ("case__court", *WITH_TEXTS)]
        return get_editable(Narrowing.objects.select_related("conferral", *related), self.user, self.kwargs["pk"])

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show the text and the form."""
        row = self.narrowing
        today = CourtLaw(row.row.case.court).today()
        who = row.row.demand.request_set.propounded_by.name
        initial = {"revision": row.revision, "agreed_on": today, "agreed_by": who, "source": row.source}
        return self.show(AgreeForm(initial=initial))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Record it, or say why not."""
        form, row = AgreeForm(request.POST), self.narrowing
        if form.is_valid() and form.attempt(lambda: self.agree(form)) is not None:
            messages.success(request, gettext("The narrower text is in force. What was served stays as it is."))
            return HttpResponseRedirect(reverse("row-detail", args=[row.row_id]))
        return self.show(form, status=UNPROCESSABLE)

    def agree(self, form: AgreeForm) -> Narrowing:
        """Call the verb."""
        values = form.cleaned_data
        told = {"source": values["source"], "revision": values["revision"]}
        return agree_narrowing(self.narrowing, values["agreed_by"], values["agreed_on"], by=self.user, **told)

    def show(self, form: AgreeForm, *, status: int = 200) -> HttpResponse:
        """Return the page."""
        narrowing, row = self.narrowing, self.narrowing.row
        served = served_texts(row.demand)[row.number]
        context = {
            "form": form,
            "heading": gettext("Agree to the narrower text"),
            "narrowing": narrowing,
            "request_row": row,
            "served": served,
            "pieces": redline(served["text"], narrowing.text),
            "crumbs": row_crumbs(row),
            "back": reverse("row-detail", args=[row.pk]),
            "case": row.case,
        }
        return self.page(context, status=status)
