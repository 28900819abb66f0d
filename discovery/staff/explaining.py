"""Why a row stands where it stands: the acts that brought it there, who did them when, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from discovery.enums import Act
from discovery.models import Clawback, Demand, Dispute, Draft, Event, RequestSet, Response
from discovery.staff.sentences import Sentence, sentences

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label

DEMAND_ACTS = (
    Act.DEMAND_STARTED,
    Act.SUBMITTED,
    Act.RETURNED,
    Act.APPROVED,
    Act.REOPENED,
    Act.SET_LOGGED,
    Act.SERVED,
    Act.SERVICE_CHANGED,
    Act.WITHDRAWN,
    Act.SUPERSEDED,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row that has a status: its model, what is fetched with it, and the acts that change where it stands."""

    model: type[models.Model]
    rows: tuple[str, ...]
    acts: tuple[Act, ...]
    field: str = "status"


KINDS: Mapping[str, Kind] = {
    "demand": Kind(Demand, ("case", "request_set", "responding_party__person"), DEMAND_ACTS),
    "requestset": Kind(RequestSet, ("case",), (Act.SET_STARTED, *DEMAND_ACTS)),
    "draft": Kind(Draft, ("case",), (Act.DRAFT_QUEUED, Act.DRAFT_READY, Act.DRAFT_FAILED, Act.DRAFT_RETRIED), "state"),
    "dispute": Kind(
        Dispute,
        ("case",),
        (
            Act.DISPUTE_STARTED,
            Act.DISPUTE_READY,
            Act.DISPUTE_REOPENED,
            Act.DISPUTE_SUBMITTED,
            Act.DISPUTE_CLOSED,
            Act.RULED,
        ),
    ),
    "response": Kind(
        Response,
        ("demand__case", "demand__responding_party__person"),
        (Act.RESPONSE_STARTED, Act.RESPONSE_RECORDED, Act.RESPONSE_SERVED, Act.RESPONSE_CHANGED),
    ),
    "clawback": Kind(Clawback, ("case",), (Act.CLAWBACK_NOTICED, Act.CLAWBACK_CHANGED), "state"),
}
NEXT: Mapping[tuple[str, str], Label] = {
    ("demand", "draft"): _("It can be edited. Submit it for approval when its checks are clear."),
    ("demand", "in_review"): _("An attorney of record approves it, or returns it with a note."),
    ("demand", "approved"): _("Its words are frozen. Give notice to the parties, have it served, and record the service."),
    ("demand", "served"): _("Nothing in it changes any more. Record what answers it; the dates that follow stand beside it."),
    ("demand", "withdrawn"): _("It stays on record and nothing is due from it."),
    ("demand", "superseded"): _("A later paper counts instead."),
    ("requestset", "draft"): _("Its text can change until a paper made of it is approved."),
    ("requestset", "frozen"): _("A paper made of it was approved. Reopen that paper to change the text, if it was not served."),
    ("draft", "queued"): _("It waits for a worker."),
    ("draft", "rendering"): _("A worker is making it."),
    ("draft", "ready"): _("Download it, or look at how it was made."),
    ("draft", "failed"): _("Read the reason on its page, mend it, and try again."),
    ("dispute", "draft"): _("Write both sides’ positions, then declare it ready."),
    ("dispute", "ready"): _("Send or file it, and record the day."),
    ("dispute", "submitted"): _("Record the order when the court rules, or close it when it is resolved."),
    ("dispute", "decided"): _("The order’s rulings stand on each of its requests."),
    ("dispute", "resolved"): _("It was settled without a ruling."),
    ("dispute", "withdrawn"): _("It is no longer pursued."),
    ("response", "draft"): _("Answer each request, make the paper, serve it, and record the service."),
    ("response", "served"): _("It stands as it was served; a change is an amended or a supplemental response."),
    ("clawback", "noticed"): _("Return, sequester or destroy the material promptly, and record what was done."),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the dialog shows."""

    row: Any
    word: str
    label: str
    acts: list[Sentence]
    next: Label


def explain(kind: str, row: Any) -> Explanation:
    """Return why a row stands where it stands (at most 2 queries)."""
    told = KINDS[kind]
    subjects = [f"{kind}:{row.pk}"]
    if isinstance(row, Demand):
        subjects.append(f"requestset:{row.request_set_id}")
    if isinstance(row, RequestSet):
        subjects += [f"demand:{pk}" for pk in row.demands.values_list("pk", flat=True)]
    if isinstance(row, Dispute):
        subjects += [f"order:{pk}" for pk in set(row.rulings.values_list("order_id", flat=True))]
    acts = Event.objects.filter(subject__in=subjects, act__in=[act.value for act in told.acts]).select_related("actor")
    word = getattr(row, told.field)
    label = getattr(row, f"get_{told.field}_display")()
    return Explanation(row, word, label, sentences(acts.order_by("number")), NEXT.get((kind, word), ""))
