"""What every list of words is made of: a stored word with its English label for translation."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


def gettext_noop(message: str) -> str:
    """Mark a label for the message catalogue without translating it here (this module knows no Django)."""
    return message


class Vocabulary(StrEnum):
    """A word with its English label: `DRAFT = "draft", _("Draft")`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member whose value is the stored word and whose `label` is what people read."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member
