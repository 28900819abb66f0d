"""Privilege logs and claw-backs."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from discovery.domain.privilege.clawbacks import note_clawback
from discovery.domain.privilege.logs import change_entries, start_log
from discovery.enums import LogKind
from discovery.models import Clawback, PrivilegeLogEntry, RespondingParty
from tests.access.lines import ACT, EDITORS, MEMBERS, Line
from tests.factories import World

LINES: dict[str, Line] = {
    "log-list": MEMBERS,
    "log-import": EDITORS,
    "log-new": EDITORS,
    "log-detail": MEMBERS,
    "log-export": MEMBERS,
    "log-challenge": EDITORS,
    "log-close": EDITORS,
    "log-served": EDITORS,
    "log-renew": ACT,
    "log-entry-new": EDITORS,
    "log-entry-edit": EDITORS,
    "clawback-list": MEMBERS,
    "clawback-new": EDITORS,
    "clawback-detail": MEMBERS,
    "clawback-act": EDITORS,
}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name: our own log with an entry, and a claw-back."""
    case = world.case
    ours, _made = RespondingParty.objects.get_or_create(case=case, person=world.client.person)
    log = start_log(ours, LogKind.DOCUMENT, "", by=world.alice)
    [entry] = change_entries(log, [PrivilegeLogEntry(description="Advice")], by=world.alice)
    notice = Clawback(responding_party=world.responder, pages="W000001", noticed_on=date(2025, 8, 1))
    clawback = note_clawback(notice, date(2025, 8, 8), by=world.alice)
    found = {name: reverse(name, args=[case.pk]) for name in ("log-list", "log-import", "log-new", "clawback-list", "clawback-new")}
    on_log = ("log-detail", "log-challenge", "log-close", "log-served", "log-renew", "log-entry-new")
    found |= {name: reverse(name, args=[log.pk]) for name in on_log}
    found["log-export"] = reverse("log-export", args=[log.pk, "csv"])
    found["log-entry-edit"] = reverse("log-entry-edit", args=[log.pk, entry.pk])
    found |= {name: reverse(name, args=[clawback.pk]) for name in ("clawback-detail", "clawback-act")}
    return found
