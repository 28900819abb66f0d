"""What an approval freezes, by kind of demand: who composes it from the live rows, for which papers, what a review compares.

A kind without a line here cannot be approved: no paper of it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from discovery.domain.composing import subpoena, testimony
from discovery.domain.composing.requests import compose_requests_live
from discovery.domain.errors import Refused
from discovery.enums import PARTY_SETS, DemandKind, PaperKind
from discovery.models import Demand
from discovery.papers import snapshots
from discovery.papers.deposition import DepositionPaper
from discovery.papers.requests import RequestsPaper
from discovery.papers.standing import Approval
from discovery.papers.subpoena_snapshot import Examination, Schedule, SubpoenaForm, SubpoenaPaper

FACT_NAMES = {
    "to": gettext_noop("To"),
    "production_text": gettext_noop("Documents to produce"),
    "production_place": gettext_noop("Place"),
    "production_when": gettext_noop("Date and time"),
    "inspection_place": gettext_noop("Premises to inspect"),
    "inspection_when": gettext_noop("Inspection: date and time"),
    "testimony_place": gettext_noop("Place of the testimony"),
    "testimony_when": gettext_noop("Date and time of the testimony"),
    "courtroom": gettext_noop("Courtroom"),
    "recording": gettext_noop("Recorded by"),
    "officer": gettext_noop("Officer"),
    "conferral": gettext_noop("Statement on conferring"),
    "bring": gettext_noop("Documents to bring"),
    "issued": gettext_noop("Date of issue"),
    "representing": gettext_noop("Representing"),
    "attorney_contact": gettext_noop("Attorney"),
    "title": gettext_noop("Title"),
    "opening": gettext_noop("Opening paragraph"),
    "dated": gettext_noop("Date"),
    "signer": gettext_noop("Attorney"),
}
"""What people call the facts that a paper prints beside its texts; papers print these words, screens their translation."""
ComposeLive = Callable[[Demand, Approval, datetime | None], snapshots.Paper]


@dataclass(frozen=True, slots=True)
class Approvable:
    """How a kind of demand is frozen. `facts` names what its paper prints beside the texts of the set, for a redline."""

    compose_live: ComposeLive
    papers: tuple[str, ...]
    facts: Callable[[Any], Mapping[str, str]]


def _of_form(paper: SubpoenaPaper) -> dict[str, str]:
    names = ("to", "production_text", "production_place", "production_when", "inspection_place", "inspection_when", "issued")
    return {name: str(getattr(paper.form, name)) for name in (*names, "representing", "attorney_contact")}


def _of_testimony(paper: SubpoenaPaper) -> dict[str, str]:
    """Return what a form for testimony prints; `bring` is the box, or the texts of the schedule that it points to."""
    told = {name: str(getattr(paper.form, name)) for name in ("to", "issued", "representing", "attorney_contact")}
    return {**told, "courtroom": paper.form.courtroom, **_of_examination(paper.examination[0], paper.documents, paper.form)}


def _of_notice(paper: DepositionPaper) -> dict[str, str]:
    told = {"title": paper.title, "dated": paper.signature.dated, "signer": paper.signature.name}
    return {**told, **_of_examination(paper.examination, paper.documents)}


def _of_examination(
    exam: Examination,
    documents: tuple[Schedule, ...],
    form: SubpoenaForm | None = None,
) -> dict[str, str]:
    brought = [request.text for schedule in documents for request in schedule.requests]
    if not brought and form is not None:
        brought = [form.production_text]
    return {
        "testimony_place": exam.place,
        "testimony_when": exam.when,
        "recording": exam.recording,
        "officer": exam.officer,
        "conferral": exam.conferral,
        "bring": "\n\n".join(brought),
    }


def _of_set(paper: RequestsPaper) -> dict[str, str]:
    return {"title": paper.title, "opening": paper.preamble, "dated": paper.signature.dated, "signer": paper.signature.name}


APPROVABLE: dict[str, Approvable] = {
    DemandKind.SUBPOENA_DOCUMENTS.value: Approvable(subpoena.compose_live, tuple(subpoena.PARTS), _of_form),
    **dict.fromkeys(
        (DemandKind.SUBPOENA_DEPOSITION.value, DemandKind.SUBPOENA_TRIAL.value),
        Approvable(testimony.compose_subpoena_live, tuple(subpoena.PARTS), _of_testimony),
    ),
    DemandKind.DEPOSITION.value: Approvable(testimony.compose_deposition_live, (PaperKind.DEPOSITION_NOTICE.value,), _of_notice),
    **dict.fromkeys(PARTY_SETS, Approvable(compose_requests_live, (PaperKind.REQUESTS.value,), _of_set)),
}


def approvable(demand: Demand) -> Approvable:
    """Return how a demand is frozen. Raises Refused for a kind of which no paper is made here."""
    found = APPROVABLE.get(demand.kind)
    if found is None:
        raise Refused(_("Papers of this kind are not made by this release, so there is nothing to approve."))
    return found


def live(demand: Demand) -> snapshots.Paper:
    """Return what would be frozen now, as a draft. Raises Refused as `approvable`."""
    return approvable(demand).compose_live(demand, subpoena.UNAPPROVED, None)


def facts_of(demand: Demand, *, approved: bool) -> Mapping[str, str]:
    """Return what a demand's paper prints beside its texts: as it was approved last, or as it stands; nothing if it never was."""
    told, kept = approvable(demand).facts, demand.approved_snapshot
    if approved or demand.frozen:
        return told(snapshots.from_json(kept.content)) if kept is not None else {}
    return told(live(demand))
