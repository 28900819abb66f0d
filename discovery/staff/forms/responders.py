"""Forms of those from whom discovery is sought: responding parties, custodians."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.enums import AddressKind, PersonKind
from discovery.models import Address, Attorney, Custodian, Person, RespondingParty
from discovery.staff.forms.base import dress
from discovery.staff.forms.choosing import PersonChoiceForm, choose, new_address, new_kind_field, new_name_field, new_person


def address_fields(prefix: str) -> dict[str, forms.CharField]:
    """Return the four optional fields of an address to write down, in the order of an envelope."""
    parts = (
        ("street", _("street"), 200),
        ("city", _("city"), 100),
        ("state", _("state"), 40),
        ("postal_code", _("ZIP or postal code"), 12),
    )
    return {f"{prefix}_{name}": forms.CharField(label=label, max_length=size, required=False) for name, label, size in parts}


class ResponderForm(PersonChoiceForm[RespondingParty]):
    """From whom discovery is sought: a recorded person, or a new one with address and registered agent in the same step."""

    new_name = new_name_field()
    new_kind = new_kind_field()
    agent = forms.ModelChoiceField(label=_("registered agent"), queryset=Person.objects.none(), required=False)
    agent_name = forms.CharField(
        label=_("or a new agent: name"), max_length=200, required=False, help_text=_("Who accepts service for an organization")
    )
    layout = (
        (_("Who"), ("person", "new_name", "new_kind")),
        (_("Address of the new person"), ("new_street", "new_city", "new_state", "new_postal_code")),
        (
            _("Registered agent of the new person"),
            ("agent", "agent_name", "agent_street", "agent_city", "agent_state", "agent_postal_code"),
        ),
        (_("In this case"), ("serve_at", "counsel", "notes")),
    )
    widths = {
        "new_name": 8,
        "new_kind": 4,
        "new_city": 5,
        "new_state": 4,
        "new_postal_code": 3,
        "agent": 6,
        "agent_name": 6,
        "agent_city": 5,
        "agent_state": 4,
        "agent_postal_code": 3,
    }
    duplicates = {"responder_once_per_case": ("person", _("Discovery is sought from this person already: open that entry."))}
    new_only = ("agent", "agent_name", *address_fields("new"), *address_fields("agent"))

    class Meta:
        model = RespondingParty
        fields = ["person", "serve_at", "counsel", "notes"]
        widgets = {"counsel": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_new:
            envelope = {**address_fields("new"), **address_fields("agent")}
            for field in envelope.values():
                dress(field)
            self.fields.update(envelope)

    def narrow(self) -> None:
        """Persons and attorneys the user may see; addresses of the person or of its agent."""
        super().narrow()
        choose(self.fields["counsel"], Attorney.objects.visible_to(self.user).select_related("firm"))
        if self.is_new:
            self.fields.pop("serve_at")  # follows from the person; changed on the stored record
            choose(self.fields["agent"], Person.objects.visible_to(self.user))
            return
        for name in ("agent", "agent_name"):
            self.fields.pop(name)
        person = self.instance.person
        choose(self.fields["serve_at"], Address.objects.filter(Q(person=person) | Q(person__agent_for=person)).distinct())

    def clean(self) -> dict[str, Any]:
        """Address and agent belong to a new person; a street needs its city."""
        cleaned = super().clean()
        if not self.is_new:
            return cleaned
        for prefix in ("new", "agent"):
            if cleaned.get(f"{prefix}_street") and not cleaned.get(f"{prefix}_city"):
                self.add_error(f"{prefix}_city", gettext("An address needs its city."))
            if cleaned.get(f"{prefix}_city") and not cleaned.get(f"{prefix}_street"):
                self.add_error(f"{prefix}_street", gettext("An address needs its street."))
        if cleaned.get("agent") and cleaned.get("agent_name"):
            self.add_error("agent_name", gettext("Either choose a recorded agent or name a new one, not both."))
        if cleaned.get("agent_street") and not cleaned.get("agent_name"):
            self.add_error("agent_name", gettext("Name the agent whose address this is."))
        if cleaned.get("person") and any(cleaned.get(name) for name in self.new_only):
            self.add_error("person", gettext("This person is recorded: change address and agent on the person’s own page."))
        return cleaned

    def settle_person(self) -> None:
        """Write down agent, person and both addresses; service goes to the agent when there is one."""
        if not self.is_new:
            return
        cleaned, by = self.cleaned_data, self.user
        if cleaned.get("person"):
            self.instance.serve_at = _first_address(cleaned["person"])
            return
        agent, at_agent = cleaned.get("agent"), None
        if cleaned.get("agent_name"):
            agent = new_person(cleaned["agent_name"], PersonKind.ENTITY.value, by=by)
            at_agent = new_address(agent, AddressKind.AGENT, cleaned, "agent", by=by)
        elif agent is not None:
            at_agent = agent.addresses.first()
        kind = cleaned.get("new_kind") or PersonKind.ENTITY.value
        person = new_person(cleaned["new_name"], kind, by=by, agent=agent)
        own_kind = AddressKind.RESIDENCE if kind == PersonKind.NATURAL else AddressKind.BUSINESS
        own = new_address(person, own_kind, cleaned, "new", by=by)
        self.instance.person, self.instance.serve_at = person, at_agent or own


def _first_address(person: Person) -> Address | None:
    """Return where the person is served by default: at the agent's address, else at its own."""
    if person.registered_agent is not None and (address := person.registered_agent.addresses.first()):
        return address
    return person.addresses.first()


class CustodianForm(PersonChoiceForm[Custodian]):
    """A natural person whose files the responding party holds."""

    new_name = forms.CharField(label=_("or somebody new: name"), max_length=200, required=False)
    new_kind_default = PersonKind.NATURAL
    layout = (("", ("person", "new_name", "title")),)
    widths = {"person": 6, "new_name": 6}
    duplicates = {"custodian_once": ("person", _("This person is a custodian here already."))}

    class Meta:
        model = Custodian
        fields = ["person", "title"]
        help_texts = {"title": _("Chief Technology Officer")}

    def narrow(self) -> None:
        """Only natural persons."""
        super().narrow()
        if "person" in self.fields:
            choose(self.fields["person"], Person.objects.visible_to(self.user).filter(kind=PersonKind.NATURAL.value))
