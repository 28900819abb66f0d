"""Days that people read are in their language's form; the record and the law keep 2025-07-02."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import DateField
from django.utils import translation

from discovery.domain.dates.counting import in_words, kept, stored_words
from discovery.domain.dates.written import on_screen
from discovery.law.refusals import BadTrigger

MODELS = apps.get_app_config("discovery").get_models()
DAYS = {field.name for model in MODELS for field in model._meta.fields if isinstance(field, DateField)}
SAYING = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def raw_days(tree: ast.AST) -> list[tuple[int, str]]:
    """Return where a sentence is filled with a day as it is stored: `_("... %(day)s") % {"day": row.served_on}`."""
    return [
        (value.lineno, ast.unparse(value))
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.right, ast.Dict)
        if isinstance(node.left, ast.Call) and isinstance(node.left.func, ast.Name) and node.left.func.id in SAYING
        for value in node.right.values
        if isinstance(value, ast.Attribute) and value.attr in DAYS
    ]


def test_no_sentence_is_filled_with_a_stored_day() -> None:
    found = {
        str(file.relative_to(settings.BASE_DIR)): raw
        for file in sorted(Path(settings.BASE_DIR, "discovery").rglob("*.py"))
        if (raw := raw_days(ast.parse(file.read_text(encoding="utf-8"))))
    }
    assert found == {}
    assert raw_days(ast.parse('_("On %(day)s.") % {"day": row.sent_on}')) == [(1, "row.sent_on")]


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("en", "mail: 2026-02-17, email: 2026-02-12", "mail: Feb. 17, 2026, email: Feb. 12, 2026"),
        ("en", "2026-01-15T10:00:00", "Jan. 15, 2026, 10 a.m."),
        ("fr", "2025-07-02", "2 juillet 2025"),
        ("en", "2025-13-45 of 4:24-cv-04722", "2025-13-45 of 4:24-cv-04722"),
    ],
)
def test_a_stored_day_is_read_in_the_readers_form(language: str, text: str, read: str) -> None:
    with translation.override(language):
        assert on_screen(text) == read


def test_the_law_refuses_in_the_readers_form_and_is_kept_in_its_own() -> None:
    refusal = BadTrigger("The time ran out on %(due)s; %(number)d.", due=date(2025, 7, 2), number=3)
    assert in_words(refusal) == "The time ran out on July 2, 2025; 3."
    assert kept(refusal)["values"] == {"due": "2025-07-02", "number": 3}
    assert stored_words(kept(refusal)) == in_words(refusal)
