"""Whether texts can be printed: a character that no font of ours has is refused by name, where it was typed."""

from __future__ import annotations

from django.db import models

from discovery.domain.errors import Refused
from discovery.papers.characters import describe, unprintable


def printable(text: str, field: str = "text") -> None:
    """Raise Refused, naming the first character that no font of ours can print; better than a box on a court paper."""
    found = unprintable(text)
    if found:
        raise Refused(describe(found[0]), field=field)


def all_printable(row: models.Model) -> None:
    """Raise Refused for the first text field of a row with a character that cannot be printed; notes never are printed."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name != "notes":
            printable(getattr(row, field.name), field.name)
