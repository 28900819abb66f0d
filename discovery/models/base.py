"""What every aggregate shares: the clock columns, the revision for two people at once, and permission as a queryset (law 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.utils import timezone

from discovery.enums import MemberRole
from discovery.models.membership import CaseMembership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    Reader = User | AnonymousUser

M_co = TypeVar("M_co", bound=models.Model, covariant=True)

EDITING_ROLES = (MemberRole.OWNER.value, MemberRole.EDITOR.value)


def cases_seen_by(user: Reader) -> models.QuerySet[CaseMembership, Any]:
    """Return the ids of the cases the user is a member of, for use inside `__in`; nobody is a member by being powerful."""
    return CaseMembership.objects.filter(user_id=user.pk or 0).values("case_id")


def cases_edited_by(user: Reader) -> models.QuerySet[CaseMembership, Any]:
    """Return the ids of the cases in which the user is owner or editor."""
    return CaseMembership.objects.filter(user_id=user.pk or 0, role__in=EDITING_ROLES).values("case_id")


class CaseBoundQuerySet(models.QuerySet[M_co]):
    """Rows of one case each; `case_path` leads from the row to its case."""

    case_path: ClassVar[str] = "case_id"

    def visible_to(self, user: Reader) -> Self:
        """Return the rows of the cases the user is a member of."""
        return self.filter(**{f"{self.case_path}__in": cases_seen_by(user)})

    def editable_by(self, user: Reader) -> Self:
        """Return the rows of the cases in which the user may change things."""
        return self.filter(**{f"{self.case_path}__in": cases_edited_by(user)})


class Recorded(models.Model):
    """A row that knows when it was made and how often it was changed.

    `revision` goes up by one with each change made through a verb; a form carries the revision it was opened at, so that
    the second of two people who edit at once is shown both texts instead of overwriting the first.
    """

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
