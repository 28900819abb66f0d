"""The screens of preservation demands: the list of a case, writing one, its page, sent, acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.composing.preservation import PRESERVATION_ROWS, lacks_address
from discovery.domain.dates.counting import CourtLaw
from discovery.enums import PaperKind
from discovery.models import Case, Draft, Event, PreservationDemand
from discovery.staff.access import CaseMixin, StaffView, get_editable, get_visible, may_edit
from discovery.staff.forms.preservation import PreservationAcknowledgeForm, PreservationForm, PreservationSendForm
from discovery.staff.paging import paginate
from discovery.staff.previewed import preview_of
from discovery.staff.records import UNPROCESSABLE, Crumb, RecordScreen
from discovery.staff.sentences import sentences

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label

ROWS = PreservationDemand.objects.select_related(*PRESERVATION_ROWS, "deadline", "paper")
PAPERS_SHOWN = 8
DRAFT, SENT, ACKNOWLEDGED, LATE = "draft", "sent", "agreed", "late"
LABELS = {
    DRAFT: gettext_lazy("Draft"),
    SENT: gettext_lazy("Sent"),
    ACKNOWLEDGED: gettext_lazy("Acknowledged"),
    LATE: gettext_lazy("Not acknowledged in time"),
}
TONES = {DRAFT: "draft", SENT: "in_review", ACKNOWLEDGED: "ready", LATE: "late"}
ICONS = {DRAFT: "pencil", SENT: "send-check", ACKNOWLEDGED: "check-circle", LATE: "exclamation-triangle"}


def crumbs_of(case: Case, demand: PreservationDemand | None = None) -> list[Crumb]:
    """Return the way to a page of a case's preservation demands."""
    found: list[Crumb] = [
        (_("Cases"), reverse("case-list")),
        (case.name, reverse("case-detail", args=[case.pk])),
        (_("Preservation"), reverse("preservation-list", args=[case.pk])),
    ]
    return found if demand is None else [*found, (demand.recipient.name, reverse("preservation-detail", args=[demand.pk]))]


def stand_of(demand: PreservationDemand) -> dict[str, object]:
    """Return where a letter stands, as the pages show it; whether it is late is asked of the clock (law 8)."""
    late = demand.deadline is not None and demand.deadline.overdue(timezone.now())
    word = ACKNOWLEDGED if demand.acknowledged_on else LATE if late else SENT if demand.sent_on else DRAFT
    return {"word": word, "label": LABELS[word], "tone": TONES[word], "icon": ICONS[word]}


class PreservationList(CaseMixin):
    """The preservation demands of a case, newest first."""

    template_name = "staff/preservation/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show a page of them (a fixed number of queries)."""
        page = paginate(ROWS.filter(case=self.case).order_by("-pk"), request)
        lines = [(row, stand_of(row)) for row in page]
        return self.page({"case": self.case, "page": page, "lines": lines, "may_edit": self.may_edit_case})


class PreservationNew(CaseMixin, RecordScreen[PreservationDemand]):
    """Write one."""

    form_class = PreservationForm
    heading = gettext_lazy("Write a preservation demand")

    @property
    def owning_case(self) -> Case:
        """The case of the address."""
        return self.case

    def row(self) -> PreservationDemand | None:
        """A new one, for editors of the case."""
        self.require_editor()
        return None

    def home_url(self) -> str:
        """The list."""
        return reverse("preservation-list", args=[self.case.pk])

    def after(self, row: PreservationDemand) -> str:
        """Its page, where the letter is made."""
        return reverse("preservation-detail", args=[row.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, this case, its letters."""
        return crumbs_of(self.case)

    def more(self, form: Any) -> dict[str, Any]:
        """The letter beside the form, before it is saved for the first time."""
        del form
        return {**preview_of(PreservationDemand(case=self.case)), "previewed_part": "preservation"}

    def saved_message(self, row: PreservationDemand) -> str:
        """Say what comes next."""
        return _("Written. Read the letter to %(who)s over, then record when it was sent.") % {"who": row.recipient}


class PreservationScreen(StaffView):
    """A page of one letter."""

    @cached_property
    def demand(self) -> PreservationDemand:
        """The letter, for members. Raises Http404."""
        return get_visible(ROWS.all(), self.user, self.kwargs["pk"])

    @cached_property
    def editable(self) -> PreservationDemand:
        """The letter, for editors. Raises Http404 for strangers, PermissionDenied for readers."""
        return get_editable(ROWS.all(), self.user, self.kwargs["pk"])

    def home(self) -> str:
        """The letter's page."""
        return reverse("preservation-detail", args=[self.kwargs["pk"]])


class PreservationDetail(PreservationScreen):
    """A letter: what it asks, where it stands, its papers, what was done."""

    template_name = "staff/preservation/detail.html"

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show it."""
        row = self.demand
        events = Event.objects.filter(case=row.case_id, subject=f"preservationdemand:{row.pk}")
        edits = may_edit(PreservationDemand.objects, self.user, row)
        papers = Draft.objects.filter(preservation=row).select_related("requested_by").order_by("-queued_at", "-pk")
        return self.page(
            {
                "demand": row,
                "case": row.case,
                "stand": stand_of(row),
                "kind": PaperKind.PRESERVATION.value,
                "papers": list(papers[:PAPERS_SHOWN]),
                "may_edit": edits,
                "may_change": edits and row.sent_on is None,
                "may_acknowledge": edits and row.sent_on is not None and row.acknowledged_on is None,
                "lacks_address": row.sent_on is None and lacks_address(row),
                "events": sentences(events.select_related("actor").order_by("-number")),
                "crumbs": crumbs_of(row.case),
            }
        )


class PreservationEdit(PreservationScreen, RecordScreen[PreservationDemand]):
    """Change one that was not sent yet."""

    form_class = PreservationForm
    heading = gettext_lazy("Change the preservation demand")

    @property
    def owning_case(self) -> Case:
        """The letter's case."""
        return self.editable.case

    def row(self) -> PreservationDemand:
        """The letter."""
        return self.editable

    def home_url(self) -> str:
        """Its page."""
        return self.home()

    def crumbs(self) -> list[Crumb]:
        """Cases, the case, its letters, this one as stored."""
        return crumbs_of(self.stored.case, self.stored)

    @cached_property
    def stored(self) -> PreservationDemand:
        """The letter as stored: the form writes what was typed into the other."""
        return ROWS.get(pk=self.editable.pk)

    def more(self, form: Any) -> dict[str, Any]:
        """The letter beside the form."""
        del form
        return {**preview_of(self.editable), "previewed_part": "preservation"}

    def get(self, _request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Show the form, until it was sent."""
        if self.editable.sent_on is not None:
            messages.info(self.request, _("It was sent and is not changed any more. Write a new one that refers to it."))
            return HttpResponseRedirect(self.home())
        return super().get(_request, **kwargs)


class PreservationAct(PreservationScreen):
    """An act that asks something first."""

    template_name = "staff/record_form.html"
    form_class: ClassVar[type[PreservationSendForm | PreservationAcknowledgeForm]]
    heading: ClassVar[Label]
    today: ClassVar[str]

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        return self.show(self.form_class(initial={self.today: CourtLaw(self.editable.case.court).today()}))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Record it and go back; or show the form again with everything typed."""
        form, row = self.form_class(request.POST, request.FILES), self.editable
        done = form.attempt(lambda: form.store(row, by=self.user)) if form.is_valid() else None
        if done is None:
            return self.show(form, status=UNPROCESSABLE)
        messages.success(request, self.said(done))
        return HttpResponseRedirect(self.home())

    def said(self, row: PreservationDemand) -> str:
        """Say what was recorded."""
        del row
        return _("Recorded.")

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        row = self.editable
        context = {"form": form, "case": row.case, "heading": self.heading, "crumbs": crumbs_of(row.case, row), "back": self.home()}
        return self.page(context, status=status)


class PreservationSend(PreservationAct):
    """Record that it was sent; its words stand from then on."""

    form_class = PreservationSendForm
    heading = gettext_lazy("Record that it was sent")
    today = "sent_on"

    def said(self, row: PreservationDemand) -> str:
        """Say which date chases the answer."""
        if row.acknowledge_by is None:
            return _("Recorded. Its words stand from now on.")
        day = date_format(row.acknowledge_by, "SHORT_DATE_FORMAT")
        return _("Recorded. The acknowledgment asked for by %(day)s is a date of the case now.") % {"day": day}


class PreservationAcknowledge(PreservationAct):
    """Record that the recipient acknowledged it."""

    form_class = PreservationAcknowledgeForm
    heading = gettext_lazy("Record the acknowledgment")
    today = "acknowledged_on"
