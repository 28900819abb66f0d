"""Vocabulary as Django choices, with labels that follow the reader's language."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy

from discovery.enums import Vocabulary


def translated(words: type[Vocabulary]) -> list[tuple[str, object]]:
    """Return `(stored word, lazy label)` pairs for a field's `choices`."""
    return [(word.value, gettext_lazy(word.label)) for word in words]


def one_of(field: str, words: type[Vocabulary], name: str, *, or_blank: bool = False) -> CheckConstraint:
    """Return a database constraint that the field holds a word of the vocabulary: choices alone bind only forms."""
    known = [word.value for word in words]
    return CheckConstraint(condition=Q(**{f"{field}__in": ["", *known] if or_blank else known}), name=name)
