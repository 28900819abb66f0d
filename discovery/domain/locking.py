"""Taking a set, then its demands, or the dates of a case for oneself while a verb acts on them.

A view loads its rows before the verb's transaction begins, so what it holds may be old: every verb that changes a set or a demand
locks and reads the row again first, always in the order set, then demand, and decides and writes on what it read. On SQLite the
transaction itself excludes other writers from its first statement on (transaction mode IMMEDIATE); on PostgreSQL the row locks do.

Who writes several dates at once locks the case before them; who acts on a single one locks that row alone, and never a case after
it: so nobody waits in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.enums import SetStatus
from discovery.models import Case, Deadline, Demand, RequestSet

if TYPE_CHECKING:
    from django.db.models import QuerySet


def lock_set(pk: int) -> RequestSet:
    """Lock a set and return it as it is stored now."""
    return RequestSet.objects.select_for_update(of=("self",)).select_related("case", "propounded_by").get(pk=pk)


def lock_draft_set(pk: int) -> RequestSet:
    """Lock a set whose text may still change. Raises Refused when it was frozen by an approval."""
    request_set = lock_set(pk)
    if request_set.status != SetStatus.DRAFT:
        raise Refused(_("This text was approved and is frozen. Reopen the paper for changes, or start a new set from this one."))
    return request_set


PRINTED = (
    "case__court",
    "request_set__propounded_by",
    "responding_party__person",
    "attorney__attorney__firm",
    "subpoena__issuing_court",
    "testimony__documents",
    "notice",
    "approved_snapshot",
    "approved_version",
)
"""What papers are composed from, fetched with the demand in one query."""


def lock_demand(demand: Demand) -> Demand:
    """Lock a demand, its set first, and return it as it is stored now with what papers are composed from."""
    lock_set(demand.request_set_id)
    return Demand.objects.select_for_update(of=("self",)).select_related(*PRINTED).get(pk=demand.pk)


def lock_dates(case_id: int) -> QuerySet[Deadline]:
    """Lock a case, and return its dates as a query that locks those it finds, to be written once they are read.

    Between reading and writing nobody else can extend, confirm or close one. The case stays open to be referred to (NO KEY UPDATE).
    """
    Case.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=case_id)
    return Deadline.objects.select_for_update(of=("self",)).filter(case=case_id).order_by("pk")
