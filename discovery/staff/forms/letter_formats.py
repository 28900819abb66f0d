"""Choosing the format of joint letters, for a case and for a dispute."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.disputes.limits import format_of_case
from discovery.law.formats import LetterFormat, format_for, letter_formats
from discovery.models import Case
from discovery.staff.forms.base import dress


def format_label(one: LetterFormat) -> str:
    """Return a format by its title and its limit."""
    if not one.pages:
        return _("%(title)s: no page limit") % {"title": one.title}
    pages = ngettext("%(n)d page", "%(n)d pages", one.pages) % {"n": one.pages}
    return f"{one.title}: {pages}"


def offer_formats(form: forms.BaseForm, name: str, empty: str, stored: str = "") -> None:
    """Let a form's field choose a format; `empty` says what none means. A format that this release lacks stays choosable."""
    choices = [("", empty), *((one.id, format_label(one)) for one in letter_formats())]
    if stored and stored not in dict(choices):
        choices.append((stored, stored))
    before = form.fields[name]
    field = forms.ChoiceField(label=before.label, help_text=before.help_text, choices=choices, required=False)
    dress(field)
    form.fields[name] = field


def as_for_the_case(case: Case) -> str:
    """Return what a dispute without a format of its own has."""
    return _("As for this case – %(format)s") % {"format": format_label(format_of_case(case))}


def as_the_judge_asks(case: Case) -> str:
    """Return what a case without a format has: its judge's, as far as it is known."""
    if not case.court_id:
        return _("As the judge asks for, if that is known")
    return _("As the judge asks for – %(format)s") % {
        "format": format_label(format_for(case.court.short_name, (case.magistrate_judge, case.judge)))
    }
