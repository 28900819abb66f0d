"""What stands unsaved in the forms of a dispute ("dispute": its words and what is said on each request) and of a preservation
demand ("preservation"), also of one that nobody saved yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discovery.domain.disputes.disputing import usual_signer
from discovery.domain.held import hold
from discovery.enums import PersonKind
from discovery.models import Address, Case, Dispute, Person, PreservationDemand
from discovery.staff.forms.choosing import ADDRESS_PARTS
from discovery.staff.forms.disputes import DisputeForm
from discovery.staff.forms.preservation import PreservationForm
from discovery.staff.unsaved.said import not_printable, parts_of, wrong

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict


BLANK = "__________"
"""Printed for what a new letter cannot do without and nobody typed yet."""
UNSAVED = -1
"""An id that no row has: relations can be asked of a row with it."""


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


def begun_preservation(case: Case, data: QueryDict, *, by: User) -> tuple[PreservationDemand, list[str]]:
    """Return the letter that a form is starting, in memory, as `write_preservation` would keep it, and what is wrong in it.

    What is missing yet is no wrong: it stands blank in the paper.
    """
    demand, problems = PreservationDemand(case=case, recipient=Person(pk=UNSAVED, name=BLANK), facts=BLANK), []
    for part, kind, _key in parts_of(data):
        if kind == "preservation":
            form = PreservationForm(data, instance=demand, user=by, case=case, prefix=part)
            problems += [*wrong(form, "", may_lack=True), *not_printable(demand)]
            if form.cleaned_data.get("recipient") is None:
                demand.recipient, address = _new_recipient(form)
                problems += [*not_printable(demand.recipient), *not_printable(address)]
    demand.signer = demand.signer or usual_signer(case, by)
    return demand, problems


def _new_recipient(form: PreservationForm) -> tuple[Person, Address]:
    """Return the person that the form would write down, with the address, in memory alone."""
    told = form.cleaned_data
    kind = told.get("new_kind") or PersonKind.ENTITY.value
    person = Person(pk=UNSAVED, name=told.get("new_name") or BLANK, kind=kind)
    address = Address(person=person, **{name: told.get(f"new_{name}") or "" for name in ADDRESS_PARTS})
    hold(person, "addresses", [address] if address.street else [])
    return person, address
