"""Opening a case and deciding who belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
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
    record(Act.CASE_OPENED, case, case=case, by=by, summary=str(case))
    return case


@verb
def add_member(case: Case, user: User, role: str, *, by: User, may_approve: bool = False) -> CaseMembership:
    """Let a user into the case. Raises Refused when the user is in it already."""
    if CaseMembership.objects.filter(case=case, user=user).exists():
        raise Refused(_("%(user)s belongs to this case already.") % {"user": user}, field="user")
    member = CaseMembership(case=case, user=user, role=role, may_approve=may_approve)
    member.full_clean()
    member.save()
    record(Act.MEMBER_ADDED, member, case=case, by=by, summary=f"{user}: {member.get_role_display()}")
    return member


@verb
def change_member(member: CaseMembership, role: str, *, by: User, may_approve: bool = False) -> CaseMembership:
    """Change a member's role. Raises Refused when the case would be left without an owner."""
    if role != MemberRole.OWNER:
        _keep_an_owner(member)
    member.role, member.may_approve = role, may_approve
    member.full_clean()
    member.save(update_fields=["role", "may_approve"])
    record(Act.MEMBER_CHANGED, member, case=member.case, by=by, summary=f"{member.user}: {member.get_role_display()}")
    return member


@verb
def remove_member(member: CaseMembership, *, by: User) -> None:
    """Put a member outside the wall. Raises Refused when the case would be left without an owner."""
    _keep_an_owner(member)
    subject = CaseMembership(pk=member.pk)
    member.delete()
    record(Act.MEMBER_REMOVED, subject, case=member.case, by=by, summary=str(member.user))


def _keep_an_owner(member: CaseMembership) -> None:
    others = CaseMembership.objects.filter(case=member.case, role=MemberRole.OWNER.value).exclude(pk=member.pk)
    if member.role == MemberRole.OWNER and not others.exists():
        raise Refused(_("A case needs an owner: make somebody else owner first."), field="role")
