"""Who belongs to a case, and what they may do in it: the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from discovery.enums import MemberRole
from discovery.models.choices import one_of, translated

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class MembershipQuerySet(models.QuerySet["CaseMembership"]):
    """Memberships: visible to the members of the case, editable by its owners."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the memberships of the cases the user belongs to."""
        return self.filter(case_id__in=CaseMembership.objects.filter(user_id=user.pk or 0).values("case_id"))

    def editable_by(self, user: User | AnonymousUser) -> Self:
        """Return the memberships of the cases the user owns."""
        owned = CaseMembership.objects.filter(user_id=user.pk or 0, role=MemberRole.OWNER.value)
        return self.filter(case_id__in=owned.values("case_id"))


class CaseMembership(models.Model):
    """One person's place in one case. Without a row here nobody, administrator included, sees anything of the case."""

    case = models.ForeignKey("discovery.Case", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_memberships")
    role = models.CharField(max_length=10, choices=translated(MemberRole), default=MemberRole.EDITOR.value)
    may_approve = models.BooleanField(
        default=False,
        help_text="An attorney who may approve papers: approval is the attorney's act (Rule 26(g), Rule 45(a)(3)).",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="member_once_per_case"),
            one_of("role", MemberRole, "member_role_known"),
            models.CheckConstraint(
                condition=~models.Q(role=MemberRole.READER.value, may_approve=True), name="readers_do_not_approve"
            ),
        ]
        indexes = [models.Index(fields=["user", "role", "case"], name="member_by_user")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
