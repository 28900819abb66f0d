"""Opening a case and deciding who belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from discovery.domain.errors import NotYours, Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.enums import Act, MemberRole
from discovery.models import Case, CaseMembership

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@verb
def open_case(case: Case, *, by: User, may_approve: bool = True) -> Case:
    """Open a case; who opens it owns it. Raises ValidationError by field, so for a docket number the court has already."""
    case.full_clean()
    all_printable(case)
    case.save()
    CaseMembership.objects.create(case=case, user=by, role=MemberRole.OWNER.value, may_approve=may_approve)
    record(Act.CASE_OPENED, case, case=case, by=by, summary=lambda: str(case))
    return case


@verb
def add_member(case: Case, user: User, role: str, *, by: User, may_approve: bool = False) -> CaseMembership:
    """Let a user into the case. Raises NotYours for anyone but its owners and administrators, Refused for a member."""
    _members(case, by)
    if CaseMembership.objects.filter(case=case, user=user).exists():
        raise Refused(_("%(user)s belongs to this case already.") % {"user": user}, field="user")
    member = CaseMembership(case=case, user=user, role=role, may_approve=may_approve)
    _must_suit(member)
    member.save()
    record(Act.MEMBER_ADDED, member, case=case, by=by, summary=lambda: f"{user}: {member.get_role_display()}")
    return member


@verb
def change_member(member: CaseMembership, role: str, *, by: User, may_approve: bool = False) -> CaseMembership:
    """Change a member's role. Raises NotYours as `add_member`, Refused when the case would be left without an owner."""
    members = _members(member.case, by)
    if role != MemberRole.OWNER:
        _keep_an_owner(members, member.pk)
    member.refresh_from_db()
    before = member.role
    member.role, member.may_approve = role, may_approve
    _must_suit(member)
    member.save(update_fields=["role", "may_approve"])
    record(
        Act.MEMBER_CHANGED,
        member,
        case=member.case,
        by=by,
        summary=lambda: f"{member.user}: {member.get_role_display()}",
        details={"role": [before, role], "may_approve": may_approve},
    )
    return member


@verb
def remove_member(member: CaseMembership, *, by: User) -> None:
    """Put a member outside the wall. Raises NotYours as `add_member`, Refused when the case would be left without an owner."""
    _keep_an_owner(_members(member.case, by), member.pk)
    subject = CaseMembership(pk=member.pk)
    member.delete()
    record(Act.MEMBER_REMOVED, subject, case=member.case, by=by, summary=lambda: str(member.user))


def _members(case: Case, by: User) -> list[CaseMembership]:
    """Lock the case's memberships, in one order for everybody, and return them as stored. Raises NotYours."""
    members = list(CaseMembership.objects.select_for_update().filter(case=case).order_by("pk"))
    owns = any(member.user_id == by.pk and member.role == MemberRole.OWNER for member in members)
    if not owns and not by.is_superuser:
        raise NotYours(_("Who belongs to a case is its owners' decision."))
    return members


def _keep_an_owner(members: list[CaseMembership], pk: int) -> None:
    owners = [member.pk for member in members if member.role == MemberRole.OWNER]
    if owners == [pk]:
        raise Refused(_("A case needs an owner: make somebody else owner first."), field="role")


def _must_suit(member: CaseMembership) -> None:
    if member.role == MemberRole.READER and member.may_approve:
        raise Refused(_("A reader changes nothing and so cannot approve: make an editor of this member."), field="may_approve")
    member.full_clean()
