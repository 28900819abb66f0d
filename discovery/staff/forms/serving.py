"""Forms that record how a demand was served and what answered it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.answering import correct_response, record_response
from discovery.domain.answers import must_be_sworn
from discovery.domain.counting import CourtLaw
from discovery.domain.following import moving_from
from discovery.domain.serving import correct_service, serve
from discovery.enums import DemandKind, ResponseKind, ResponseStatus
from discovery.models import Demand, Response, Service
from discovery.staff.forms.base import RecordForm
from discovery.staff.forms.methods import name_stored, offer_methods, several_field, typed_day, upload_field


class ServiceForm(RecordForm[Service]):
    """How, when, where, by whom and on whom a demand was served, and what proves it."""

    methods = several_field()
    upload = upload_field(gettext_lazy("proof of service"))
    layout = (
        (gettext_lazy("When and how"), ("served_on", "served_time", "method", "methods")),
        (gettext_lazy("Notice to the parties"), ("without_notice",)),
        (gettext_lazy("Who and where"), ("person_served", "place", "server")),
        (gettext_lazy("Proof"), ("upload", "note")),
    )
    widths = {"served_on": 3, "served_time": 3, "method": 6, "person_served": 6, "place": 6, "server": 6}

    class Meta:
        model = Service
        fields = ["served_on", "served_time", "method", "person_served", "place", "server", "without_notice", "note"]
        widgets = {"without_notice": forms.Textarea(attrs={"rows": 2}), "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, demand: Demand, **kwargs: Any) -> None:
        self.demand = demand
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        """Offer what the court's rules know; ask for the reason only where the parties had no notice before."""
        law = CourtLaw(self.demand.case.court)
        if self.is_new:
            self.initial["served_on"] = self.initial.get("served_on") or law.today()
        offer_methods(self, law, typed_day(self, "served_on") or law.today(), stored=self.instance.method)
        name_stored(self.fields["upload"], self.instance.proof)
        if not self.without_earlier_notice():
            self.fields.pop("without_notice")

    def without_earlier_notice(self) -> bool:
        """Whether no notice to the parties is on record from before the day of service, Rule 45(a)(4)."""
        if self.demand.kind != DemandKind.SUBPOENA_DOCUMENTS:
            return False
        notice = getattr(self.demand, "notice", None)
        given = notice.served_on if notice is not None else None
        served = typed_day(self, "served_on")
        return bool(given is None or (served and given >= served) or self.instance.without_notice)

    def store(self) -> Service:
        """Record the service, or mend its record."""
        values, moving = self.cleaned_data, moving_from(self.data)
        upload, methods = values["upload"], values.get("methods", [])
        if self.is_new:
            return serve(self.demand, self.instance, by=self.user, upload=upload, methods=methods, moving=moving)
        return correct_service(
            self.instance, by=self.user, revision=values["revision"], upload=upload, methods=methods, moving=moving
        )


class ResponseForm(RecordForm[Response]):
    """The paper that answered a demand."""

    upload = upload_field(gettext_lazy("the paper"))
    layout = (("", ("kind", "served_on", "method", "objections_only", "verified_on", "upload", "note")),)
    widths = {"kind": 4, "served_on": 3, "method": 5, "verified_on": 4}

    class Meta:
        model = Response
        fields = ["kind", "served_on", "method", "objections_only", "verified_on", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "verified_on": gettext_lazy("The day on which the answers were signed under oath, Rule 33(b)(3), (5)"),
            "objections_only": gettext_lazy("Nothing was answered or produced beside the objections"),
        }

    def narrow(self) -> None:
        """Offer what the court's rules know; ask for the oath where they want one (interrogatories; in California all kinds)."""
        demand = self.instance.demand
        law = CourtLaw(demand.case.court)
        if self.is_new:
            self.initial["served_on"] = self.initial.get("served_on") or law.today()
            if demand.responses.filter(status=ResponseStatus.SERVED.value).exists():
                self.initial["kind"] = ResponseKind.SUPPLEMENTAL.value
        offer_methods(self, law, typed_day(self, "served_on") or law.today(), stored=self.instance.method)
        name_stored(self.fields["upload"], self.instance.paper)
        if not must_be_sworn(demand, law) and self.instance.verified_on is None:
            self.fields.pop("verified_on")

    def clean(self) -> dict[str, Any]:
        """Objections alone are not sworn to."""
        values = super().clean() or self.cleaned_data
        if values.get("objections_only") and values.get("verified_on"):
            self.add_error("verified_on", _("Objections are signed by counsel, not sworn to: leave one of the two out."))
        return values

    def store(self) -> Response:
        """Record the response, or mend its record."""
        values, moving = self.cleaned_data, moving_from(self.data)
        if self.is_new:
            return record_response(self.instance, by=self.user, upload=values["upload"], moving=moving)
        return correct_response(self.instance, by=self.user, revision=values["revision"], upload=values["upload"], moving=moving)
