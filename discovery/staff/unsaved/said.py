"""The forms that a page has open, by their parts, and what is wrong in them, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from discovery.domain.errors import Refused
from discovery.domain.printing import all_printable

if TYPE_CHECKING:
    from django import forms
    from django.http import QueryDict

MOST_PARTS = 100
REQUIRED = "required"
"""How the errors of a field that must be filled in are told from others."""


def parts_of(data: QueryDict) -> Iterator[tuple[str, str, str]]:
    """Yield each open form's part, as it stands before the names of its fields, its kind and the rest: "request-12" is
    ("request-12", "request", "12").
    """
    for part in data.getlist("parts")[:MOST_PARTS]:
        kind, _dash, key = part.partition("-")
        yield part, kind, key


def wrong(form: forms.BaseForm, place: str, *, may_lack: bool = False) -> Iterator[str]:
    """Yield what is wrong in a form, with the place ("" for none) and the field in front.

    `may_lack`: what is only missing is not wrong yet.
    """
    for name, found in form.errors.as_data().items():
        errors = [words for one in found if not (may_lack and one.code == REQUIRED) for words in one.messages]
        label = str(form.fields[name].label or form[name].label) if name in form.fields else ""
        where = ", ".join(filter(None, (place, label)))
        for error in errors:
            yield f"{where}: {error}" if where else str(error)


def not_printable(row: Any) -> Iterator[str]:
    """Yield which character of a row cannot be printed, with its field in front."""
    try:
        all_printable(row)
    except Refused as refusal:
        yield f"{capfirst(row._meta.get_field(refusal.field).verbose_name)}: {refusal}"
