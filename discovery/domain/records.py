"""Keeping the case record: adding, changing and removing the rows that describe the world (courts, persons, parties ...).

These rows have no life of their own beyond being right; what has a life (sets, demands, drafts) has its own verbs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from discovery.domain.dates.following import Moving, follow
from discovery.domain.drafts.bell import ring_for_dates_after_commit
from discovery.domain.drafts.renewing import captions_before, renew_changed
from discovery.domain.errors import Refused
from discovery.domain.events import in_english, record, verb
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.enums import Act
from discovery.models import (
    Case,
    CaseParty,
    Court,
    CourtClosure,
    Custodian,
    PartyRole,
    Relation,
    RespondingParty,
    ScheduleEntry,
)
from discovery.models.base import Recorded

if TYPE_CHECKING:
    from django.contrib.auth.models import User

R = TypeVar("R", bound=models.Model)
Links = Mapping[str, Iterable[models.Model]]


def case_of(row: models.Model) -> Case | None:
    """Return the case a record belongs to, or None for courts, persons, firms and attorneys."""
    if isinstance(row, Case):
        return row
    if isinstance(row, Custodian):
        return row.responding_party.case
    if isinstance(row, PartyRole):
        return row.party.case
    case = getattr(row, "case", None)
    return case if isinstance(case, Case) else None


@verb
def add_record(row: R, *, by: User, links: Links | None = None, moving: Moving | None = None) -> R:
    """Add a record with its many-to-many `links` (field name to rows) and return it saved; dates that follow from it follow, and
    papers that have not gone out are made anew when their caption changed.

    Raises django's ValidationError, with messages by field, for values that the model refuses; Refused, naming the character,
    for a text that cannot be printed, and for a responding party that is our own client.
    """
    if hasattr(row, "created_by_id") and row.created_by_id is None:
        row.created_by = by  # type: ignore[attr-defined]
    row.full_clean()
    all_printable(row)
    _check_ties(row, links)
    captions = captions_before(row)
    row.save()
    linked = _set_links(row, links) | _dates_follow(row, by=by, moving=moving)
    renew_changed(captions, by=by)
    record(Act.RECORD_ADDED, row, case=case_of(row), by=by, summary=lambda: f"{row._meta.verbose_name}: {row}", details=linked)
    return row


@verb
def change_record(row: R, *, by: User, revision: int | None = None, links: Links | None = None, moving: Moving | None = None) -> R:
    """Write a changed record. `revision` is the one its form was opened at, None when nobody looked at it before.

    Raises Conflict, with the stored values, when somebody else changed it since; MovesToAccept when due dates would move that
    `moving` does not speak of; ValidationError as `add_record`.
    """
    row.full_clean()
    all_printable(row)
    # Not FOR UPDATE: whoever writes rows of this case, such as an approval, need not wait for it, nor we for them.
    before = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    if case_of(before) != case_of(row):
        raise Refused(_("A record stays in its case. Add it anew in the other one."), field="case")
    _check_ties(row, links)
    if isinstance(row, Recorded):
        claim_revision(row, revision)
    changed, captions = _changes(before, row), captions_before(row)
    row.save(update_fields=[field.name for field in _typed(row)])
    changed |= _set_links(row, links) | _dates_follow(row, by=by, moving=moving)
    renew_changed(captions, by=by)
    record(Act.RECORD_CHANGED, row, case=case_of(row), by=by, summary=lambda: f"{row._meta.verbose_name}: {row}", details=changed)
    return row


@verb
def remove_record(row: models.Model, *, by: User, moving: Moving | None = None) -> None:
    """Remove a record that nothing refers to. Raises Refused, naming what refers to it, otherwise; MovesToAccept."""
    case, summary = case_of(row), in_english(lambda: f"{row._meta.verbose_name}: {row}")
    subject = type(row)(pk=row.pk)
    removed: dict[str, Any] = {field.name: str(field.value_from_object(row)) for field in row._meta.concrete_fields}
    _refuse_linked(row)
    captions = captions_before(row)
    try:
        pk = row.pk
        row.delete()
        row.pk = pk  # who is asked first whether dates may move tries again with the same object
    except ProtectedError as error:
        users = sorted({str(user._meta.verbose_name) for user in error.protected_objects})
        raise Refused(
            _("%(row)s is used by %(users)s: change or remove these first.") % {"row": row, "users": ", ".join(users)}
        ) from error
    if isinstance(row, ScheduleEntry) and case is not None:
        removed |= follow(case, by=by, moving=moving)
    renew_changed(captions, by=by)
    record(Act.RECORD_REMOVED, subject, case=None if isinstance(row, Case) else case, by=by, summary=summary, details=removed)


@verb
def set_roles(party: CaseParty, roles: Iterable[str], *, by: User) -> None:
    """Give a party exactly these roles, in this order. Raises Refused without any."""
    wanted = list(dict.fromkeys(roles))
    if not wanted:
        raise Refused(_("Choose at least one role."), field="roles")
    captions = captions_before(party)
    party.roles.exclude(role__in=wanted).delete()
    have = set(party.roles.values_list("role", flat=True))
    PartyRole.objects.bulk_create(PartyRole(party=party, role=role) for role in wanted if role not in have)
    renew_changed(captions, by=by)
    record(Act.RECORD_CHANGED, party, case=party.case, by=by, summary=lambda: f"{party}", details={"roles": wanted})


def _dates_follow(row: models.Model, *, by: User, moving: Moving | None) -> dict[str, Any]:
    """Bring deadlines up to a changed schedule; what stands outside the cases is looked at after the transaction."""
    if isinstance(row, ScheduleEntry):
        return follow(row.case, by=by, moving=moving)
    if isinstance(row, (Court, CourtClosure)):
        ring_for_dates_after_commit()
    return {}


def _refuse_linked(row: models.Model) -> None:
    """Refuse to remove what others name: groups, appearances, requests, relations would lose it without a word."""
    users = set()
    for relation in row._meta.related_objects:
        accessor = relation.get_accessor_name()
        named = relation.many_to_many or relation.related_model is Relation
        if accessor and named and getattr(row, accessor).exists():
            users.add(str(relation.related_model._meta.verbose_name))
    if users:
        raise Refused(
            _("%(row)s is used by %(users)s: change or remove these first.") % {"row": row, "users": ", ".join(sorted(users))}
        )


def _typed(row: models.Model) -> list[models.Field[Any, Any]]:
    """Return the fields that a person fills in; the others are written by verbs of their own, perhaps since the row was read."""
    return [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]


def _changes(before: models.Model, after: models.Model) -> dict[str, Any]:
    """Return `{field: [old, new]}` as text for the fields that differ."""
    pairs = {field.name: (field.value_from_object(before), field.value_from_object(after)) for field in _typed(after)}
    return {name: [str(old), str(new)] for name, (old, new) in pairs.items() if old != new}


def refuse_own_client(responding_party: RespondingParty) -> None:
    """Raise Refused when the responding party is our own client: discovery is sought from others."""
    case, person = responding_party.case_id, responding_party.person_id
    if CaseParty.objects.filter(case_id=case, person_id=person, is_client=True).exists():
        raise Refused(
            _("%(name)s is our own client in this case; discovery is sought from others.") % {"name": responding_party.person},
            field="person",
        )


def _check_ties(row: models.Model, links: Links | None) -> None:
    """Refuse what would tie two cases together, and our own client as a responding party."""
    if isinstance(row, RespondingParty):
        refuse_own_client(row)
    case = case_of(row)
    for name, rows in (links or {}).items():
        if any(case_of(linked) not in {None, case} for linked in rows):
            raise Refused(_("Choose among the rows of this case."), field=name)


def _set_links(row: models.Model, links: Links | None) -> dict[str, Any]:
    """Set the many-to-many links and return `{name: [before, after]}` as text for those that changed."""
    changed: dict[str, Any] = {}
    for name, rows in (links or {}).items():
        manager = getattr(row, name)
        before, after = sorted(map(str, manager.all())), list(rows)
        manager.set(after)
        if before != sorted(map(str, after)):
            changed[name] = [before, sorted(map(str, after))]
    return changed
