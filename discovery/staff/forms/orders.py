"""The form of an order of the court."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import moving_from
from discovery.domain.disputes.orders import TYPED_FIELDS, correct_order, enter_order
from discovery.models import Demand, Order
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.choosing import choose
from discovery.staff.forms.methods import name_stored, offer_methods, typed_day, upload_field

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    DemandField = forms.ModelChoiceField[Demand]
else:
    DemandField = forms.ModelChoiceField


class AboutDemandField(DemandField):
    """A demand that an order is about, told apart from the others of its case."""

    def label_from_instance(self, obj: Demand) -> str:
        """Return whom it went to, by which vehicle, and which set."""
        return f"{obj.responding_party}: {obj.get_kind_display()}, {obj.request_set.name}"


class OrderForm(RecordForm[Order]):
    """An order: what the judge wrote, about what, and the day it states."""

    demand = AboutDemandField(
        queryset=Demand.objects.none(),
        required=False,
        label=_("about the demand"),
        help_text=_("Empty for an order about the whole case"),
    )
    upload = upload_field(_("the paper"))
    apart = ("fees_to", "fees_amount", "fees_rule")
    layout = (
        (_("The order"), ("title", "docket_entry", "judge", "by_magistrate", "demand", "reconsiders")),
        (_("Entered and served"), ("entered_on", "served_on", "method")),
        (_("What it commands"), ("commands", "comply_by", "comply_time", "binds_us")),
        (_("On file"), ("upload", "note")),
    )
    widths = {
        "title": 8,
        "docket_entry": 4,
        "judge": 6,
        "by_magistrate": 6,
        "entered_on": 3,
        "served_on": 3,
        "method": 6,
        "commands": 6,
        "comply_by": 3,
        "comply_time": 3,
        "demand": 6,
        "reconsiders": 6,
        "fees_to": 6,
        "fees_amount": 3,
        "fees_rule": 3,
    }
    duplicates = {
        "order_served_after_entry": ("served_on", _("An order is served on the day it is entered or later. Check both days.")),
        "order_obeyed_after_entry": ("comply_by", _("This lies before the day the order was entered. Check both days.")),
        "order_hour_has_day": ("comply_by", _("An hour needs its day.")),
        "fees_say_to_whom": ("fees_to", _("Say to whom the amount was awarded.")),
    }

    class Meta:
        model = Order
        fields = TYPED_FIELDS
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "comply_by": _("As the order states it; nobody recomputes it"),
            "reconsiders": _("An earlier order that this one takes back or changes; its rulings stay on record"),
            # Rule 37(a)(5) shifts the expenses of a motion between parties; a non-party has Rule 45(d)(1) and (d)(2)(B)(ii).
            "fees_rule": _("Between parties Rule 37(a)(5); for a non-party Rule 45(d)(1) or 45(d)(2)(B)(ii)"),
        }

    def narrow(self) -> None:
        """Only demands of this case; the methods of its court."""
        assert self.case is not None
        demands = Demand.objects.filter(case=self.case).select_related("responding_party__person", "request_set")
        choose(self.fields["demand"], demands)
        orders = Order.objects.filter(case=self.case).exclude(pk=self.instance.pk)
        choose(self.fields["reconsiders"], orders)
        law = CourtLaw(self.case.court)
        if self.is_new:
            self.initial["entered_on"] = self.initial.get("entered_on") or law.today()
        offer_methods(self, law, typed_day(self, "entered_on") or law.today(), stored=self.instance.method)
        name_stored(self.fields["upload"], self.instance.paper)

    @property
    def fees(self) -> list[BoundField]:
        """Who bears the expenses: folded away, as most orders do not say."""
        return [self[name] for name in self.apart]

    @property
    def fees_told(self) -> bool:
        """Whether the order says so, or what was typed there is wrong."""
        return any(field.value() or field.errors for field in self.fees)

    def store(self) -> Order:
        """Record the order, or mend its record."""
        values, moving = self.cleaned_data, moving_from(self.data)
        if self.is_new:
            return enter_order(self.instance, by=self.user, upload=values["upload"], moving=moving)
        return correct_order(self.instance, by=self.user, revision=values["revision"], upload=values["upload"], moving=moving)
