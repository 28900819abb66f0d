"""The form that records a party set served on a paper made elsewhere, ours or theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import MovesToAccept, moving_from
from discovery.domain.errors import Refused
from discovery.domain.party_sets import ASKS_FOR, words_here
from discovery.domain.records import add_record
from discovery.domain.service.serving import log_served_set
from discovery.domain.sets import NewText, split_texts
from discovery.enums import DemandKind
from discovery.models import Case, CaseParty, Demand, PartyGroup, RequestSet, Service
from discovery.staff.forms.base import StaffForm
from discovery.staff.forms.choosing import choose
from discovery.staff.forms.methods import offer_methods, several_field, typed_day, upload_field

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    GroupField = forms.ModelChoiceField[PartyGroup]
    PartiesField = forms.ModelMultipleChoiceField[CaseParty]
else:
    GroupField = forms.ModelChoiceField
    PartiesField = forms.ModelMultipleChoiceField

LOGGED = tuple(ASKS_FOR)


class SomePartiesField(PartiesField):
    """Parties of the case; our own side says so."""

    def label_from_instance(self, obj: CaseParty) -> str:
        """Return the name, and whether it is our client."""
        return _("%(name)s (our client)") % {"name": obj.person.name} if obj.is_client else obj.person.name


class SetLogForm(StaffForm, forms.Form):
    """Who asks whom for what, and how the paper was served."""

    kind = forms.ChoiceField(
        label=gettext_lazy("kind"),
        choices=[(kind.value, gettext_lazy(kind.label)) for kind in LOGGED],
        widget=forms.RadioSelect,
        initial=DemandKind.RFP.value,
    )
    number = forms.IntegerField(
        label=gettext_lazy("set number"), required=False, min_value=1, max_value=999, help_text=gettext_lazy("1 is “Set One”")
    )
    name = forms.CharField(
        label=gettext_lazy("name in lists"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Empty: who asks, what, and the number"),
    )
    propounded_by = GroupField(queryset=PartyGroup.objects.none(), required=False, label=gettext_lazy("who asks"), empty_label=None)
    askers = SomePartiesField(
        queryset=CaseParty.objects.none(),
        required=False,
        label=gettext_lazy("its parties"),
        widget=forms.CheckboxSelectMultiple,
    )
    group_name = forms.CharField(
        label=gettext_lazy("its name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Empty: the names of the parties"),
    )
    recipients = SomePartiesField(
        queryset=CaseParty.objects.none(),
        label=gettext_lazy("who must answer"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one responding party.")},
    )
    served_on = forms.DateField(label=gettext_lazy("served on"))
    method = forms.CharField(label=gettext_lazy("method"), max_length=20)
    methods = several_field()
    upload = upload_field(gettext_lazy("proof of service"))
    pasted = forms.CharField(
        label=gettext_lazy("the requests"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Optional. One a paragraph, an empty line between two; typed numbers are dropped. The text is frozen as it was served."
        ),
    )
    layout = (
        (gettext_lazy("The set"), ("kind", "number", "name")),
        (gettext_lazy("Between whom"), ("propounded_by",)),
        (gettext_lazy("A new group asks"), ("askers", "group_name"), "propounded_by="),
        ("", ("recipients",)),
        (gettext_lazy("Service"), ("served_on", "method", "methods", "upload")),
        (gettext_lazy("The text"), ("pasted",)),
    )
    widths = {"number": 3, "name": 9, "served_on": 4, "method": 8}

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user = case, user
        parties = CaseParty.objects.filter(case=case, left_on__isnull=True).select_related("person")
        choose(self.fields["recipients"], parties)
        choose(self.fields["askers"], parties)
        group = self.fields["propounded_by"]
        assert isinstance(group, forms.ModelChoiceField)
        group.empty_label = _("A new group of the parties ticked below")
        group.queryset = PartyGroup.objects.filter(case=case)
        self.initial.setdefault("propounded_by", group.queryset.order_by("pk").first())
        law = CourtLaw(case.court)
        self.initial.setdefault("served_on", law.today())
        offer_methods(self, law, typed_day(self, "served_on") or law.today())

    def clean_pasted(self) -> str:
        """Split the pasted text once; a text that is all numbers and blanks says so."""
        pasted: str = self.cleaned_data["pasted"]
        self.texts: list[NewText] = split_texts(pasted)
        if pasted.strip() and not self.texts:
            raise ValidationError(_("There is no text in this, only numbers or empty lines."))
        return pasted

    def clean(self) -> dict[str, Any]:
        """A group, or the parties of a new one."""
        values = super().clean() or self.cleaned_data
        if not values.get("propounded_by") and not values.get("askers") and not {"propounded_by", "askers"} & set(self.errors):
            self.add_error("propounded_by", _("Choose the group that asks, or tick its parties below."))
        return values

    def place(self, error: Refused | ValidationError) -> None:
        """Show a refusal where this form asks for what the verbs refused."""
        if isinstance(error, ValidationError) and "set_number_once" in str(error):
            self.add_error("number", _("A set of this group with this number is recorded already; open that one."))
            return
        if isinstance(error, Refused) and not isinstance(error, MovesToAccept):
            error.field = {"text": "pasted", "label": "pasted"}.get(error.field, error.field)
        super().place(error)

    def store(self) -> list[Demand]:
        """Record the group if it is new, then the set with its service: all of it or nothing."""
        values = self.cleaned_data
        kind = DemandKind(values["kind"])
        group = values["propounded_by"] or self._new_group()
        request_set = RequestSet(
            case=self.case,
            propounded_by=group,
            kind=ASKS_FOR[kind].value,
            name=values["name"].strip() or self._name(group, kind),
            number=values["number"],
            request_heading=words_here(self.case, kind).heading,
        )
        return log_served_set(
            request_set,
            [party.person for party in values["recipients"]],
            kind,
            Service(served_on=values["served_on"], method=values["method"]),
            by=self.user,
            texts=self.texts,
            upload=values["upload"],
            methods=values.get("methods", []),
            moving=moving_from(self.data),
        )

    def _new_group(self) -> PartyGroup:
        """Return the group of exactly these parties, written down if there is none."""
        askers = list(self.cleaned_data["askers"])
        wanted = {party.pk for party in askers}
        for group in self.case.groups.prefetch_related("members"):
            if {member.pk for member in group.members.all()} == wanted:
                return group
        name = self.cleaned_data["group_name"].strip() or ", ".join(party.person.name for party in askers)[:120]
        return add_record(PartyGroup(case=self.case, name=name), by=self.user, links={"members": askers})

    def _name(self, group: PartyGroup, kind: DemandKind) -> str:
        what = str(dict(RequestSet._meta.get_field("kind").flatchoices)[ASKS_FOR[kind].value])
        words = {"who": group.name, "what": what, "number": self.cleaned_data["number"]}
        if words["number"]:
            return (_("%(who)s: %(what)s, Set %(number)s") % words)[:160]
        return (_("%(who)s: %(what)s") % words)[:160]
