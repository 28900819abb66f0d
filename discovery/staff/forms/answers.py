"""Forms of a response: what it says to one request, what stands around its answers, its service, its verification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.answers.by_request import change_response, record_verification, serve_response
from discovery.domain.answers.objections import Offered
from discovery.domain.answers.words import KINDS_OF, Answer, Objecting
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import moving_from
from discovery.enums import AnswerKind, DemandKind, Ground, Withholding
from discovery.models import Appearance, RequestResponse, Response
from discovery.staff.forms.base import RecordForm, StaffForm, dress
from discovery.staff.forms.methods import name_stored, offer_methods, typed_day, upload_field

if TYPE_CHECKING:
    from django.contrib.auth.models import User

KIND_KEYS = {
    AnswerKind.PRODUCE.value: "p",
    AnswerKind.PARTIAL.value: "t",
    AnswerKind.OBJECTION.value: "o",
    AnswerKind.NONE_EXIST.value: "z",
    AnswerKind.ANSWERED.value: "a",
    AnswerKind.RECORDS.value: "r",
    AnswerKind.ADMIT.value: "a",
    AnswerKind.QUALIFIED.value: "t",
    AnswerKind.DENY.value: "d",
    AnswerKind.LACKS_KNOWLEDGE.value: "l",
    AnswerKind.SILENT.value: "u",
}
WITHHELD_KEYS = {Withholding.YES.value: "y", Withholding.NO.value: "n", Withholding.NOT_SAID.value: "m"}
ABOUT_DOCUMENTS = ("will_produce", "produce_by")
NO_DOCUMENTS = (DemandKind.ROG.value, DemandKind.RFA.value)


@dataclass(frozen=True, slots=True)
class GroundFields:
    """One ground of objection on the form: its switch, its reason and rule, and what the library says."""

    ground: str
    label: str
    key: str
    on: BoundField
    reason: BoundField
    rule: BoundField
    library: Offered | None

    @property
    def ticked(self) -> bool:
        """Whether the answer objects on this ground."""
        return bool(self.on.value())

    @property
    def speaks(self) -> bool:
        """Whether something is to be said at its fields, so that they are shown whether it is ticked or not."""
        return bool(self.reason.errors or self.rule.errors or self.reason.theirs or self.rule.theirs)  # type: ignore[attr-defined]


class AnswerForm(StaffForm, forms.Form):
    """What a response says to one request."""

    number = forms.IntegerField(widget=forms.HiddenInput, label=gettext_lazy("number"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("answer"), widget=forms.RadioSelect)
    withheld = forms.ChoiceField(
        label=gettext_lazy("withheld because of an objection"),
        widget=forms.RadioSelect,
        required=False,
        choices=[(word.value, gettext_lazy(word.label)) for word in Withholding],
    )
    text = forms.CharField(label=gettext_lazy("words of the response"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    will_produce = forms.CharField(
        label=gettext_lazy("what will be produced"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    produce_by = forms.DateField(label=gettext_lazy("by"), required=False)
    bates = forms.CharField(label=gettext_lazy("Bates"), required=False, max_length=200)
    note = forms.CharField(
        label=gettext_lazy("note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Work product: never printed"),
    )

    def __init__(
        self,
        *args: Any,
        response: Response,
        number: int,
        stored: RequestResponse | None,
        offered: Sequence[Offered],
        ours: bool,
        **kwargs: Any,
    ) -> None:
        self.response, self.stored, self.ours, self.demand_kind = response, stored, ours, response.demand.kind
        self.library = {one.ground: one for one in offered}
        self.grounds_in_order = [*self.library, *(ground for ground in Ground if ground not in self.library)]
        kwargs["initial"] = {**self._stored_values(), "number": number}
        super().__init__(*args, auto_id="answer_%s", **kwargs)
        self._fit()

    def _stored_values(self) -> dict[str, Any]:
        one = self.stored or RequestResponse()
        names = ("kind", "withheld", "text", "will_produce", "produce_by", "bates", "note")
        return {
            **{name: getattr(one, name) for name in names},
            "revision": self.stored.revision if self.stored is not None else 0,
            **self._stored_objections(self.stored),
        }

    def _stored_objections(self, stored: RequestResponse | None) -> dict[str, Any]:
        made = {one.ground: one for one in stored.objections.all()} if stored is not None else {}
        values: dict[str, Any] = {}
        for ground in Ground:
            one = made.get(ground.value)
            values |= {
                f"on_{ground.value}": one is not None,
                f"reason_{ground.value}": one.reason if one is not None else "",
                f"rule_{ground.value}": one.rule if one is not None else "",
            }
        return values

    def _fit(self) -> None:
        """Leave the fields that the kind of set has, and give the form three for each ground."""
        if self.demand_kind in NO_DOCUMENTS:
            for name in ABOUT_DOCUMENTS:
                del self.fields[name]
        if self.demand_kind == DemandKind.RFA:
            del self.fields["bates"]
            del self.fields["withheld"]
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [(word.value, _(word.label)) for word in KINDS_OF[self.demand_kind]]
        for ground in self.grounds_in_order:
            label = _(Ground(ground).label)
            self.fields[f"on_{ground}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"reason_{ground}"] = forms.CharField(
                label=_("Reason: %(ground)s") % {"ground": label}, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"rule_{ground}"] = forms.CharField(
                label=_("Rule: %(ground)s") % {"ground": label}, required=False, max_length=120
            )
            for part in ("on", "reason", "rule"):
                dress(self.fields[f"{part}_{ground}"])

    @property
    def grounds(self) -> list[GroundFields]:
        """The grounds in the library's order, then the others."""
        found = []
        for ground in self.grounds_in_order:
            library = self.library.get(ground)
            found.append(
                GroundFields(
                    ground=str(ground),
                    label=_(Ground(ground).label),
                    key=library.key if library is not None else "",
                    on=self[f"on_{ground}"],
                    reason=self[f"reason_{ground}"],
                    rule=self[f"rule_{ground}"],
                    library=library,
                )
            )
        return found

    @property
    def ready_grounds(self) -> list[GroundFields]:
        """Those with a number key."""
        return [one for one in self.grounds if one.key]

    @property
    def more_grounds(self) -> list[GroundFields]:
        """Those without."""
        return [one for one in self.grounds if not one.key]

    @property
    def more_open(self) -> bool:
        """Whether one of those without a key is in use."""
        return any(one.ticked or one.speaks for one in self.more_grounds)

    @property
    def kind_options(self) -> Iterator[tuple[Any, str]]:
        """The answers with their keys."""
        for option in self["kind"]:
            yield option, KIND_KEYS[str(option.data["value"])]

    @property
    def withheld_options(self) -> Iterator[tuple[Any, str]]:
        """Withheld or not, with the keys."""
        if "withheld" in self.fields:
            for option in self["withheld"]:
                yield option, WITHHELD_KEYS[str(option.data["value"])]

    def answer(self) -> Answer:
        """Return what was typed, for the verb; ours takes the library's words for an objection made without any."""
        values = self.cleaned_data
        return Answer(
            number=values["number"],
            kind=values["kind"],
            withheld=values.get("withheld") or Withholding.NOT_SAID.value,
            objections=tuple(self._objecting(values)),
            text=values["text"],
            will_produce=values.get("will_produce", ""),
            produce_by=values.get("produce_by"),
            bates=values.get("bates", ""),
            note=values["note"],
            revision=values["revision"],
        )

    def _objecting(self, values: Mapping[str, Any]) -> Iterator[Objecting]:
        before = {one.ground for one in self.stored.objections.all()} if self.stored is not None else set()
        for ground in self.grounds_in_order:
            if not values[f"on_{ground}"]:
                continue
            reason, rule = values[f"reason_{ground}"], values[f"rule_{ground}"]
            library = self.library.get(ground)
            if self.ours and library is not None and not reason.strip() and ground not in before:
                reason, rule = library.reason, rule.strip() or library.rule
            yield Objecting(str(ground), reason, rule)

    def place_conflict(self, theirs: Mapping[str, object], revision: int) -> None:
        """Show what the other one stored beside what was typed, objections too."""
        number = self.cleaned_data["number"]
        now = RequestResponse.objects.filter(response=self.response, row__number=number).prefetch_related("objections").first()
        super().place_conflict({**theirs, **self._stored_objections(now)}, revision)


class FrameForm(RecordForm[Response]):
    """What stands around the answers of our draft."""

    class Meta:
        model = Response
        fields = ["signer", "preliminary", "general_objections"]
        widgets = {"preliminary": forms.Textarea(attrs={"rows": 6}), "general_objections": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"signer": gettext_lazy("Signs for the client, Rule 26(g)(1)")}

    def narrow(self) -> None:
        """Offer who appears in the case."""
        signer = self.fields["signer"]
        assert isinstance(signer, forms.ModelChoiceField)
        rows = Appearance.objects.filter(case=self.instance.demand.case_id)
        signer.queryset = rows.select_related("attorney", "group").order_by("position", "pk")

    def store(self) -> Response:
        """Write it through its verb."""
        return change_response(self.instance, by=self.user, revision=self.cleaned_data["revision"])


class ServeForm(StaffForm, forms.Form):
    """When and how our response was served, with the paper as it went out."""

    served_on = forms.DateField(label=gettext_lazy("served on"))
    method = forms.CharField(label=gettext_lazy("method"), max_length=20)
    upload = upload_field(gettext_lazy("the paper as served"))
    widths = {"served_on": 4, "method": 8}

    def __init__(self, *args: Any, response: Response, user: User, **kwargs: Any) -> None:
        self.response, self.user = response, user
        super().__init__(*args, **kwargs)
        law = CourtLaw(response.demand.case.court)
        self.initial["served_on"] = self.initial.get("served_on") or law.today()
        offer_methods(self, law, typed_day(self, "served_on") or law.today())

    def store(self) -> Response:
        """Serve it."""
        values = self.cleaned_data
        return serve_response(
            self.response,
            values["served_on"],
            values["method"],
            by=self.user,
            upload=values["upload"],
            moving=moving_from(self.data),
        )


class VerifyForm(StaffForm, forms.Form):
    """On which day the answers were sworn to."""

    verified_on = forms.DateField(
        label=gettext_lazy("sworn to on"), help_text=gettext_lazy("The day on the verification, Rule 33(b)(3), (5)")
    )
    upload = upload_field(gettext_lazy("the verification"))
    widths = {"verified_on": 5}

    def __init__(self, *args: Any, response: Response, user: User, **kwargs: Any) -> None:
        self.response, self.user = response, user
        super().__init__(*args, **kwargs)
        self.initial["verified_on"] = response.verified_on
        name_stored(self.fields["upload"], response.verification)

    def store(self) -> Response:
        """Record it."""
        values = self.cleaned_data
        return record_verification(self.response, values["verified_on"], by=self.user, upload=values["upload"])
