"""What the forms about services and papers share: the methods of service that a court's rules know, and a file to attach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discovery.domain.attachments import KINDS
from discovery.domain.dates.counting import CourtLaw
from discovery.staff.forms.base import StaffForm, dress

if TYPE_CHECKING:
    from discovery.law.rulesets import ServiceMethod
    from discovery.models import Attachment
    from discovery.staff.forms.base import Label


def upload_field(label: Label, taken: Iterable[str] = KINDS) -> forms.FileField:
    """Return the field for a file that proves something; what is taken is decided by the verb, which takes these endings."""
    kinds = ", ".join(kind.removeprefix(".").upper() for kind in taken if kind != ".jpeg")
    return forms.FileField(
        label=label,
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(taken)}),
        help_text=format_lazy(gettext_lazy("{kinds}; up to {limit} MB"), kinds=kinds, limit=settings.ATTACHMENT_MEGABYTES),
    )


def name_stored(field: forms.Field, stored: Attachment | None) -> None:
    """Say which file stands on record already."""
    if stored is not None:
        field.help_text = _("On record: %(name)s. A new file takes its place; the old one is kept.") % {"name": stored.name}


def several_field() -> forms.MultipleChoiceField:
    """Return the field for the other methods that a proof names."""
    return forms.MultipleChoiceField(
        label=gettext_lazy("also named on the proof"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "When the proof names several methods. If they give different dates you are asked which one counts: "
            "choose it above and take the ticks away here."
        ),
    )


def offer_methods(form: StaffForm, law: CourtLaw, on: date, *, stored: str = "") -> None:
    """Let `method` (and `methods`, where the form has it) offer what the court's rules know on a day, each with its rule.

    Without a rule set the method is written down as it stands, and no date follows from it.
    """
    known = law.methods(on)
    if not known:
        form.fields.pop("methods", None)
        form.fields["method"].help_text = _("This court has no rule set on record: write down what the proof says.")
        return
    choices = [(one.id, method_label(one)) for one in known]
    if stored and stored not in dict(choices):
        choices.append((stored, stored))
    if "methods" in form.fields:
        several = form.fields["methods"]
        assert isinstance(several, forms.MultipleChoiceField)
        several.choices = [(one.id, short_label(one)) for one in known]
    label = form.fields["method"].label
    method = forms.ChoiceField(label=label, choices=[("", _("Choose…")), *choices], initial=form.fields["method"].initial)
    dress(method)
    form.fields["method"] = method


def method_label(method: ServiceMethod) -> str:
    """Return a method with its rule and what it adds."""
    return _("%(label)s – %(rule)s") % {"label": short_label(method), "rule": method.rule}


def short_label(method: ServiceMethod) -> str:
    """Return a method with what it adds."""
    label = _(method.label)
    if not method.add:
        return label
    words = ngettext("%(label)s (adds %(n)d day)", "%(label)s (adds %(n)d days)", method.add)
    return words % {"label": label, "n": method.add}


def typed_day(form: StaffForm, name: str) -> date | None:
    """Return the day that stands in a field now: what was typed, else what it starts from; None for no day."""
    value: Any = form[name].value()
    try:
        found = form.fields[name].to_python(value)
    except ValidationError:
        return None
    return found if isinstance(found, date) else None
