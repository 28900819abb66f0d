"""Forms that record how a demand was served and what answered it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.answers.answering import correct_response, record_response
from discovery.domain.answers.by_request import must_be_sworn
from discovery.domain.dates.counting import CourtLaw, in_words
from discovery.domain.dates.following import moving_from
from discovery.domain.service.attempts import log_attempt
from discovery.domain.service.serving import FEE_FIELDS, commands_production, correct_service, serve
from discovery.enums import SUBPOENAS, TESTIMONY, ResponseKind, ResponseStatus
from discovery.law.refusals import LawRefused
from discovery.law.witness_fees import attendance_on, mileage_on
from discovery.models import Demand, Response, Service, ServiceAttempt
from discovery.staff.forms.base import RecordForm, Section
from discovery.staff.forms.methods import name_stored, offer_methods, several_field, typed_day, upload_field

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict

FEES = gettext_lazy("Fees and mileage")


class ServiceForm(RecordForm[Service]):
    """How, when, where, by whom and on whom a demand was served, what was tendered, and what proves it."""

    methods = several_field()
    upload = upload_field(gettext_lazy("proof of service"))
    layout = (
        (gettext_lazy("When and how"), ("served_on", "served_time", "method", "methods")),
        (gettext_lazy("Notice to the parties"), ("without_notice",)),
        (gettext_lazy("On whom and where"), ("person_served", "agent", "place")),
        (gettext_lazy("By whom"), ("server", "received_on", "server_address")),
        (FEES, tuple(FEE_FIELDS)),
        (gettext_lazy("Proof"), ("upload", "note")),
    )
    widths = {
        "served_on": 3,
        "served_time": 3,
        "method": 6,
        "person_served": 6,
        "agent": 6,
        "place": 12,
        "server": 6,
        "received_on": 6,
        "server_address": 12,
        "upload": 12,
        "attendance_fee": 4,
        "miles": 3,
        "mileage_fee": 5,
        "travel_fee": 6,
        "service_fee": 6,
    }
    duplicates = {f"{name}_counts_up": (name, gettext_lazy("This cannot be less than nothing.")) for name in FEE_FIELDS}

    class Meta:
        model = Service
        fields = [
            *("served_on", "served_time", "method", "person_served", "agent", "place", "server", "server_address", "received_on"),
            *FEE_FIELDS,
            *("without_notice", "note"),
        ]
        widgets = {"without_notice": forms.Textarea(attrs={"rows": 2}), "note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, demand: Demand, **kwargs: Any) -> None:
        self.demand = demand
        super().__init__(*args, **kwargs)

    @property
    def sections(self) -> list[Section]:
        """All groups but the fees, which the page folds away below them."""
        return [section for section in super().sections if section.heading != FEES]

    @property
    def fees(self) -> Section | None:
        """The fees, for a subpoena."""
        return next((section for section in super().sections if section.heading == FEES), None)

    @property
    def fees_open(self) -> bool:
        """Whether the fees are shown at once: something stands there, or is wrong there."""
        return self.fees is not None and any(bound.errors or bound.value() not in {None, ""} for bound in self.fees.fields)

    def narrow(self) -> None:
        """Offer what the court's rules know; ask for the reason only where the parties had no notice before."""
        law = CourtLaw(self.demand.case.court)
        if self.is_new:
            self.initial["served_on"] = self.initial.get("served_on") or law.today()
        offer_methods(self, law, typed_day(self, "served_on") or law.today(), stored=self.instance.method)
        name_stored(self.fields["upload"], self.instance.proof)
        if not self.without_earlier_notice():
            self.fields.pop("without_notice")
        if self.demand.kind not in SUBPOENAS:
            for name in (*FEE_FIELDS, "agent", "received_on"):
                self.fields.pop(name)
            # Who may serve is limited for subpoenas, Rule 45(b)(1); papers between parties go under Rule 5(b).
            self.fields["server"].help_text = _("Who signs the certificate of service")
            return
        day = typed_day(self, "served_on") or law.today()
        if self.demand.kind in TESTIMONY:
            # Rule 45(b)(1): one day's attendance and the mileage are tendered with the subpoena (28 U.S.C. 1821).
            self.fields["attendance_fee"].help_text = _("Tendered with the subpoena, Rule 45(b)(1). One day: %(fee)s") % {
                "fee": attendance_words(day)
            }
            self.fields["mileage_fee"].help_text = _("Tendered with the subpoena, Rule 45(b)(1). %(rate)s") % {
                "rate": rate_words(day)
            }
            return
        # law/rules.md section 1: no fees for a subpoena that commands documents only.
        self.fields["attendance_fee"].help_text = _(
            "None is due for documents alone; record it only if it was tendered. One day: %(fee)s"
        ) % {"fee": attendance_words(day)}
        self.fields["mileage_fee"].help_text = _("None is due for documents alone. %(rate)s") % {"rate": rate_words(day)}

    def without_earlier_notice(self) -> bool:
        """Whether no notice to the parties is on record from before the day of service, Rule 45(a)(4)."""
        if not commands_production(self.demand):
            return False
        notice = getattr(self.demand, "notice", None)
        given = notice.served_on if notice is not None else None
        served = typed_day(self, "served_on")
        return bool(given is None or (served and given >= served) or self.instance.without_notice)

    def clean(self) -> dict[str, Any]:
        """Propose the mileage from the miles when no amount was typed: the page comes back with it, to be kept or changed."""
        values = super().clean() or self.cleaned_data
        miles, day = values.get("miles"), values.get("served_on")
        if miles is None or day is None or values.get("mileage_fee") is not None or "mileage_fee" in self.errors:
            return values
        try:
            proposed = mileage_on(miles, day)
        except LawRefused as refusal:
            self.add_error("mileage_fee", in_words(refusal))
            return values
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("mileage_fee")] = str(proposed.amount)
        self.data = data
        words = {"miles": localize(miles), "rate": proposed.rate.amount, "amount": proposed.amount, "rule": proposed.rate.rule}
        self.add_error(
            "mileage_fee",
            _(
                "Proposed from the miles: %(miles)s at $%(rate)s are $%(amount)s (%(rule)s). Save again to keep it, or type what "
                "was tendered."
            )
            % words,
        )
        return values

    def store(self) -> Service:
        """Record the service, or mend its record."""
        values, moving = self.cleaned_data, moving_from(self.data)
        upload, methods = values["upload"], values.get("methods", [])
        if self.is_new:
            return serve(self.demand, self.instance, by=self.user, upload=upload, methods=methods, moving=moving)
        return correct_service(
            self.instance, by=self.user, revision=values["revision"], upload=upload, methods=methods, moving=moving
        )


class AttemptForm(RecordForm[ServiceAttempt]):
    """One attempt at service, and what came of it."""

    layout = (("", ("tried_on", "tried_time", "outcome", "place", "server", "note")),)
    widths = {"tried_on": 4, "tried_time": 3, "outcome": 5, "place": 6, "server": 6}

    class Meta:
        model = ServiceAttempt
        fields = ["tried_on", "tried_time", "outcome", "place", "server", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"note": gettext_lazy("Printed on the proof of service. What is saved stays as it is.")}

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, user=cast("User", user), **kwargs)  # nobody, for a form that is only shown

    def narrow(self) -> None:
        """Begin with today."""
        self.initial["tried_on"] = self.initial.get("tried_on") or CourtLaw(self.instance.demand.case.court).today()

    def store(self) -> ServiceAttempt:
        """Record it."""
        return log_attempt(self.instance, by=self.user)


def attendance_words(day: date) -> str:
    """Return the fee for a day's attendance with its rule: "$40.00 (28 U.S.C. 1821(b))"; or that none is on record."""
    try:
        rate = attendance_on(day)
    except LawRefused as refusal:
        return in_words(refusal)
    return f"${rate.amount} ({rate.rule})"


def rate_words(day: date) -> str:
    """Return the mileage rate of a day with its rule, and that it changes every year; or that none is on record."""
    try:
        rate = mileage_on(Decimal(0), day).rate
    except LawRefused as refusal:
        return in_words(refusal)
    return _("Empty: proposed from the miles at $%(rate)s, %(rule)s, the GSA rate of %(year)s; verify it every year.") % {
        "rate": rate.amount,
        "rule": rate.rule,
        "year": day.year,
    }


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
