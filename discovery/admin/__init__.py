"""The web admin: one file per aggregate. It shows what the walls allow and saves through the same verbs as the screens."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from discovery.admin import (
    answers,
    binders,
    cases,
    conferrals,
    counsel,
    courts,
    deadlines,
    demands,
    disputes,
    drafts,
    events,
    feeds,
    findings,
    people,
    preservation,
    privilege,
    productions,
    requests,
    responders,
    rows,
    rulings,
    serving,
)

__all__ = [
    "answers",
    "binders",
    "cases",
    "conferrals",
    "counsel",
    "courts",
    "deadlines",
    "demands",
    "disputes",
    "drafts",
    "events",
    "feeds",
    "findings",
    "people",
    "preservation",
    "privilege",
    "productions",
    "requests",
    "responders",
    "rows",
    "rulings",
    "serving",
]

admin.site.site_header = _("Tecum administration")
admin.site.site_title = _("Tecum")
admin.site.index_title = _("Records")
