"""The form of a motion that others made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.disputes.motions import record_motion
from discovery.domain.disputes.ruling import BEFORE_THE_COURT
from discovery.enums import DisputeKind, Side
from discovery.models import Dispute, RequestRow, RespondingParty
from discovery.models.choices import translated
from discovery.staff.forms.base import RecordForm, dress
from discovery.staff.forms.choosing import choose
from discovery.staff.forms.methods import upload_field

if TYPE_CHECKING:
    from discovery.models import Demand

    RowsField = forms.ModelMultipleChoiceField[RequestRow]
else:
    RowsField = forms.ModelMultipleChoiceField


class RowChoiceField(RowsField):
    """Requests to tick, named by their number and short label; whose they are stands above."""

    def label_from_instance(self, obj: RequestRow) -> str:
        """Return "No. 3: Internal communications"."""
        name = gettext("No. %(number)d") % {"number": obj.number}
        return name + gettext(": ") + obj.request.label if obj.request.label else name


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The requests of one demand, as boxes to tick."""

    demand: Demand
    boxes: list[Any]
    chosen: int


class MotionForm(RecordForm[Dispute]):
    """A motion as it was filed: by whom, when, where it stands, about which requests."""

    submitted_on = forms.DateField(label=_("filed on"))
    upload = upload_field(_("the paper"))
    rows = RowChoiceField(
        queryset=RequestRow.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("requests"),
        help_text=_("None: the motion is about the discovery as a whole, and so is the ruling"),
    )
    apart = ("rows",)
    layout = (
        (_("The motion"), ("kind", "title", "side", "moved_by", "opposed_by", "responding_party")),
        (_("As filed"), ("submitted_on", "docket_entry", "upload")),
    )
    widths = {"kind": 5, "title": 7, "side": 4, "moved_by": 4, "opposed_by": 4, "submitted_on": 4, "docket_entry": 4}

    class Meta:
        model = Dispute
        fields = ["kind", "title", "side", "moved_by", "opposed_by", "responding_party", "docket_entry"]
        labels = {"side": _("side"), "moved_by": _("moved by"), "opposed_by": _("opposed by")}
        help_texts = {
            "kind": _("To quash: Rule 45(d)(3), in the court of the place of compliance. Protective order: Rule 26(c)."),
            "title": _("Motion of Witness Corp. to quash"),
            "responding_party": _("From whom the discovery is sought; empty for several"),
        }

    def narrow(self) -> None:
        """Only what is before a court, and rows and responding parties of this case."""
        assert self.case is not None
        kinds = [(word, label) for word, label in translated(DisputeKind) if word in BEFORE_THE_COURT]
        kind = forms.ChoiceField(label=self.fields["kind"].label, choices=kinds, help_text=self.fields["kind"].help_text)
        dress(kind)
        self.fields["kind"] = kind
        self.initial["kind"] = self.initial.get("kind") or DisputeKind.MOTION_TO_QUASH.value
        if self.is_new and "side" not in self.data:
            self.initial["side"] = Side.THEIRS.value
        choose(self.fields["responding_party"], RespondingParty.objects.filter(case=self.case).select_related("person"))
        rows = RequestRow.objects.filter(case=self.case).select_related(
            "request", "demand__responding_party__person", "demand__request_set"
        )
        choose(self.fields["rows"], rows.order_by("demand__responding_party__person__name", "demand", "number"))

    @property
    def row_groups(self) -> Iterator[RowGroup]:
        """The boxes by demand, for the page."""
        for demand, boxes in groupby(self["rows"], key=lambda box: box.data["value"].instance.demand):
            found = list(boxes)
            yield RowGroup(demand, found, sum(1 for box in found if box.data["selected"]))

    def store(self) -> Dispute:
        """Record the motion."""
        values = self.cleaned_data
        return record_motion(self.instance, values["rows"], values["submitted_on"], by=self.user, upload=values["upload"])
