"""Taking a set, then its demands, for oneself while a verb acts on them.

A view loads its rows before the verb's transaction begins, so what it holds may be old: every verb that changes a set or a demand
locks and reads the row again first, always in the order set, then demand, and decides and writes on what it read. On SQLite the
transaction itself excludes other writers from its first statement on (transaction mode IMMEDIATE); on PostgreSQL the row locks do.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.enums import SetStatus
from discovery.models import Demand, RequestSet


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
