"""Where the row that a paper is made of is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from discovery.models import Demand
from discovery.models.drafts import SUBJECTS
from discovery.staff.served import demand_url

if TYPE_CHECKING:
    from django.db import models

    from discovery.models import Draft

PAGES = {
    "deadline": "deadline-detail",
    "response": "response-answers",
    "dispute": "dispute-detail",
    "production": "production-detail",
    "log": "log-detail",
    "preservation": "preservation-detail",
    "case": "case-detail",
    "binder": "binder-detail",
}
"""The pages by what `Draft` calls the row; a demand's depends on its kind."""


def subject_name(draft: Draft) -> str:
    """Return by which name a draft points to the row it is made of: its case when it names no other."""
    return next((name for name in SUBJECTS if getattr(draft, f"{name}_id") is not None), "case")


def subject_url(name: str, subject: models.Model) -> str:
    """Return the address of the page of a row that papers are made of."""
    if isinstance(subject, Demand):
        return demand_url(subject)
    return reverse(PAGES[name], args=[subject.pk])
