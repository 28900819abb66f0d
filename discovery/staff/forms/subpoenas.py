"""Forms of a subpoena: what form AO 88B prints, the notice to all parties, and the short ones beside the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from discovery.domain.composing.subpoena import PARTS
from discovery.enums import TESTIMONY, DemandKind, PaperKind
from discovery.models import Appearance, Court, Demand, PartyNotice, Subpoena
from discovery.models.choices import translated
from discovery.staff.forms.base import StaffForm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    SubpoenaModelForm = forms.ModelForm[Subpoena]
    NoticeModelForm = forms.ModelForm[PartyNotice]
    AppearanceField = forms.ModelChoiceField[Appearance]
else:
    SubpoenaModelForm = NoticeModelForm = forms.ModelForm
    AppearanceField = forms.ModelChoiceField

US_ZONES = (
    ("America/New_York", gettext_noop("Eastern")),
    ("America/Detroit", gettext_noop("Eastern, Michigan")),
    ("America/Indiana/Indianapolis", gettext_noop("Eastern, Indiana")),
    ("America/Kentucky/Louisville", gettext_noop("Eastern, Kentucky")),
    ("America/Chicago", gettext_noop("Central")),
    ("America/Denver", gettext_noop("Mountain")),
    ("America/Boise", gettext_noop("Mountain, Idaho")),
    ("America/Phoenix", gettext_noop("Mountain without daylight time, Arizona")),
    ("America/Los_Angeles", gettext_noop("Pacific")),
    ("America/Anchorage", gettext_noop("Alaska")),
    ("America/Adak", gettext_noop("Aleutian")),
    ("Pacific/Honolulu", gettext_noop("Hawaii")),
    ("America/Puerto_Rico", gettext_noop("Atlantic, Puerto Rico and the Virgin Islands")),
    ("Pacific/Guam", gettext_noop("Guam and the Northern Marianas")),
    ("Pacific/Pago_Pago", gettext_noop("American Samoa")),
)

PLACE = ("place_name", "place_street", "place_city", "place_state", "place_postal_code")


def zone_choices(stored: str) -> list[tuple[str, str]]:
    """Return the zones of the United States, and the stored one if it is another."""
    zones = [(name, f"{_(label)} ({name})") for name, label in US_ZONES]
    if stored and stored not in dict(zones):
        zones.append((stored, stored))
    return zones


def attorneys_of(demand: Demand) -> QuerySet[Appearance]:
    """Return who may sign: counsel of the propounding group or of a client, and who signs now."""
    ours = (
        Q(group=demand.request_set.propounded_by_id)
        | Q(group__members__is_client=True)
        | Q(parties__is_client=True)
        | Q(pk=demand.attorney_id)
    )
    mine = Appearance.objects.filter(ours, case=demand.case_id)
    rows = Appearance.objects.filter(pk__in=mine.values("pk"))
    return rows.select_related("attorney__firm", "group").order_by("position", "pk")


class SubpoenaForm(StaffForm, SubpoenaModelForm):
    """What the form prints. A draft may be incomplete; what is there must not contradict itself."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    attorney = AppearanceField(queryset=Appearance.objects.none(), required=False, label=gettext_lazy("Attorney of record"))
    compliance_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))

    layout = (
        (gettext_lazy("To"), ("issuing_court", "addressee")),
        (gettext_lazy("Command: production"), ("production", "production_text")),
        (gettext_lazy("Place of compliance"), (*PLACE, "place_email", "compliance_court")),
        (
            gettext_lazy("Date and time of compliance"),
            ("compliance_date", "compliance_time", "compliance_zone", "printed_zone"),
        ),
        (gettext_lazy("Issued and signed"), ("issue_date", "issuer", "attorney", "representing")),
        (
            gettext_lazy("Command: inspection of premises"),
            ("inspection", "inspection_place", "inspection_date", "inspection_time"),
        ),
        (gettext_lazy("Fees"), ("fees_tendered",)),
    )
    widths = {
        "issuing_court": 6,
        "place_name": 6,
        "place_street": 6,
        "place_city": 6,
        "place_state": 3,
        "place_postal_code": 3,
        "place_email": 6,
        "compliance_court": 6,
        "compliance_date": 3,
        "compliance_time": 3,
        "compliance_zone": 6,
        "printed_zone": 6,
        "issue_date": 3,
        "issuer": 3,
        "attorney": 6,
        "inspection_date": 3,
        "inspection_time": 3,
        "fees_tendered": 4,
    }

    class Meta:
        model = Subpoena
        fields = [
            "issuing_court",
            "compliance_court",
            "addressee",
            "production",
            "production_text",
            "place_email",
            "place_name",
            "place_street",
            "place_city",
            "place_state",
            "place_postal_code",
            "compliance_date",
            "compliance_time",
            "compliance_zone",
            "printed_zone",
            "inspection",
            "inspection_place",
            "inspection_date",
            "inspection_time",
            "issue_date",
            "issuer",
            "representing",
            "fees_tendered",
        ]
        widgets = {
            "addressee": forms.Textarea(attrs={"rows": 3}),
            "production_text": forms.Textarea(attrs={"rows": 3}),
            "inspection_place": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demand = self.instance.demand
        self.initial["revision"] = demand.revision
        self.initial["attorney"] = demand.attorney_id
        zones = self.fields["compliance_zone"]
        assert isinstance(zones, forms.ChoiceField)
        zones.choices = zone_choices(self.instance.compliance_zone)
        attorney = self.fields["attorney"]
        assert isinstance(attorney, forms.ModelChoiceField)
        attorney.queryset = attorneys_of(demand)
        # Once somebody signs, somebody must: the paper may change hands, not go without.
        attorney.required = demand.attorney_id is not None
        attorney.error_messages["required"] = _("Name the attorney who issues and signs it, Rule 45(a)(3).")
        for name in ("issuing_court", "compliance_court"):
            court = self.fields[name]
            assert isinstance(court, forms.ModelChoiceField)
            court.queryset = Court.objects.order_by("short_name")

    def clean(self) -> dict[str, Any]:
        """Refuse a time before the issue and a place that nobody could find."""
        values = super().clean() or {}
        issued = values.get("issue_date")
        for name in ("compliance_date", "inspection_date"):
            day = values.get(name)
            if day and issued and day < issued:
                self.add_error(name, _("This lies before the date of issue. Check both dates."))
        if (values.get("fees_tendered") or 0) < 0:
            self.add_error("fees_tendered", _("Fees are not negative."))
        self._place(values)
        return values

    def _place(self, values: dict[str, Any]) -> None:
        begun = [name for name in PLACE if values.get(name)]
        if not begun:
            return
        if not values.get("place_street"):
            self.add_error("place_street", _("A place needs a street; or empty all lines of the place."))
        if not values.get("place_city"):
            self.add_error("place_city", _("A place needs a city; or empty all lines of the place."))


class NoticeForm(StaffForm, NoticeModelForm):
    """The dates of the notice to all parties, Rule 45(a)(4)."""

    prefix = "notice"
    widths = {"dated": 6, "serve_not_before": 6}

    class Meta:
        model = PartyNotice
        fields = ["dated", "serve_not_before"]

    def clean(self) -> dict[str, Any]:
        """Notice comes first: the subpoena may not be served before the notice is dated."""
        values = super().clean() or {}
        dated, serve = values.get("dated"), values.get("serve_not_before")
        if dated and serve and serve < dated:
            self.add_error("serve_not_before", _("This lies before the notice: Rule 45(a)(4) wants the notice served first."))
        return values


class CertificateForm(StaffForm, NoticeModelForm):
    """Who served the notice when and how: the facts of its certificate of service."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PartyNotice
        fields = ["served_on", "method", "declarant", "declarant_address", "executed_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision


class NoteForm(StaffForm, forms.Form):
    """What should change before the paper can be approved."""

    note = forms.CharField(label=gettext_lazy("What should change"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(StaffForm, forms.Form):
    """Why a paper is withdrawn."""

    reason = forms.CharField(label=gettext_lazy("Why it is withdrawn"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class OverrideForm(StaffForm, forms.Form):
    """Why a warning is set aside. It names the finding that was read, and the page to go back to."""

    check = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    back = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it is right as it stands"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


SUBPOENA_PAPERS = [(kind, label) for kind, label in translated(PaperKind) if kind in PARTS]
"""What a subpoena can be printed as before it is served; its proof of service has a button of its own."""


COURTESY = next((kind, label) for kind, label in translated(PaperKind) if kind == PaperKind.COURTESY_COPY)
"""What is made besides once the words are frozen."""
NOTICE_PAPERS = [(kind, label) for kind, label in translated(PaperKind) if kind == PaperKind.DEPOSITION_NOTICE]


def papers_of(demand: Demand) -> list[tuple[Any, Any]]:
    """Return what a demand with a page of its own can be printed as, apart from its proof of service."""
    if demand.kind == DemandKind.DEPOSITION:
        return NOTICE_PAPERS
    return [*SUBPOENA_PAPERS, *([COURTESY] if demand.approved and demand.kind not in TESTIMONY else [])]


class PaperForm(StaffForm, forms.Form):
    """Which paper to make."""

    paper = forms.ChoiceField(label=gettext_lazy("Paper"))

    def __init__(self, *args: Any, papers: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.fields["paper"]
        assert isinstance(paper, forms.ChoiceField)
        paper.choices = papers
