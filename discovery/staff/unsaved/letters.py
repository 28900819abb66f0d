"""What stands unsaved in the forms of a dispute ("dispute": its words and what is said on each request) and of a preservation
demand ("preservation").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discovery.domain.held import hold
from discovery.models import Dispute, PreservationDemand
from discovery.staff.forms.disputes import DisputeForm
from discovery.staff.forms.preservation import PreservationForm
from discovery.staff.unsaved.said import not_printable, parts_of, wrong

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict


def put_over_dispute(dispute: Dispute, data: QueryDict, *, by: User) -> list[str]:
    """Put what was typed over the dispute and what is said on its requests."""
    problems: list[str] = []
    for part, kind, _key in parts_of(data):
        if kind != "dispute":
            continue
        form = DisputeForm(data, instance=dispute, user=by, case=dispute.case, prefix=part)
        problems += [*wrong(form, ""), *not_printable(dispute)]
        if not form.errors:
            said = form.positions()
            for entry in form.entries:
                for name, words in said[entry.pk].items():
                    setattr(entry, name, words)
        hold(dispute, "requests", form.entries)
    return problems


def put_over_preservation(demand: PreservationDemand, data: QueryDict, *, by: User) -> list[str]:
    """Put what was typed over the letter."""
    problems: list[str] = []
    for part, kind, _key in parts_of(data):
        if kind == "preservation":
            form = PreservationForm(data, instance=demand, user=by, case=demand.case, prefix=part)
            problems += [*wrong(form, ""), *not_printable(demand)]
    return problems
