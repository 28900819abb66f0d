"""Choosing rows and papers for a batch, alike on every list of demands: what is offered, what was ticked, who is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discovery.domain.drafts.batches import ITSELF
from discovery.enums import PARTY_SETS, SUBPOENAS, DemandKind, PaperKind
from discovery.models.choices import translated
from discovery.staff.forms.base import StaffForm
from discovery.staff.ids import ids_in

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from discovery.models import Demand

EVERY_KIND = tuple(kind.value for kind in DemandKind)
OF_SUBPOENAS = tuple(kind.value for kind in DemandKind if kind in SUBPOENAS)
OFFERED: dict[str, tuple[str, ...]] = {
    PaperKind.SUBPOENA_PACKAGE.value: OF_SUBPOENAS,
    PaperKind.SERVICE_COPY.value: OF_SUBPOENAS,
    PaperKind.NOTICE.value: OF_SUBPOENAS,
    PaperKind.DEPOSITION_NOTICE.value: (DemandKind.DEPOSITION.value,),
    PaperKind.REQUESTS.value: PARTY_SETS,
    PaperKind.COURTESY_COPY.value: (*PARTY_SETS, DemandKind.SUBPOENA_DOCUMENTS.value),
    PaperKind.PROOF_OF_SERVICE.value: EVERY_KIND,
}
"""What can be asked for of many demands at once, and the kinds that have such a paper."""
NAMED = 5
"""So many of those left out are named for each paper; the others are counted."""
KEPT = 200
"""So many ticks come back after a refusal: more than a page of any list."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper to choose: `kinds` as the page's script reads them, `chosen` when its box is ticked already."""

    paper: str
    label: str
    kinds: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was ticked before a refusal brought the list back: rows and papers."""

    rows: frozenset[int]
    papers: tuple[str, ...]


class BatchForm(StaffForm, forms.Form):
    """Which papers to make of each row."""

    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Papers"), choices=[pair for pair in translated(PaperKind) if pair[0] in OFFERED]
    )


def offers(kinds: Iterable[str], ticks: Ticks) -> list[Offer]:
    """Return the papers that any of these kinds of demand has; ticked are the last choice, else what each itself is printed as."""
    here, labels = set(kinds), dict(translated(PaperKind))
    chosen = ticks.papers or ITSELF
    return [
        Offer(paper, str(labels[paper]), " ".join(having), paper in chosen)
        for paper, having in OFFERED.items()
        if here & set(having)
    ]


def ticks_of(request: HttpRequest) -> Ticks:
    """Return what an address says was ticked: ?tick=1,2&make=notice."""
    papers = tuple(one for one in request.GET.get("make", "").split(",") if one in OFFERED)
    return Ticks(frozenset(ids_in(request.GET.getlist("tick"))), papers)


def without_ticks(query: QueryDict) -> str:
    """Return a list's address without what was ticked, as its form carries it."""
    bare = query.copy()
    for name in ("tick", "make"):
        bare.pop(name, None)
    return bare.urlencode()


def with_ticks(query: QueryDict, typed: QueryDict) -> str:
    """Return a list's address with what was ticked in its form, so that a refusal loses none of it."""
    full = query.copy()
    rows, papers = ids_in(typed.getlist("pk"))[:KEPT], [one for one in typed.getlist("papers") if one in OFFERED]
    for name, values in (("tick", map(str, rows)), ("make", papers)):
        full.pop(name, None)
        joined = ",".join(values)
        if joined:
            full[name] = joined
    return full.urlencode(safe=",")


def told_left_out(without: Mapping[str, list[Demand]]) -> str:
    """Return one sentence on the rows that have no such paper, by paper; "" when there are none."""
    labels = dict(translated(PaperKind))
    parts = [f"{labels[paper]}: {_names(rows)}" for paper, rows in without.items()]
    if not parts:
        return ""
    # A line each: the message may name twenty rows.
    return _("Left out, since they have no such paper, or not yet. %(what)s.") % {"what": "".join(f"\n{part}" for part in parts)}


def _names(rows: list[Demand]) -> str:
    named = [f"{row.responding_party.person.name}, {row.request_set.name}" for row in rows[:NAMED]]
    more = len(rows) - len(named)
    if more:
        named.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    return " · ".join(named)
