"""Who may see a screen: signed in, inside the wall (else 404), allowed to change (else 403, for those who may at least read)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from discovery.models import Case

if TYPE_CHECKING:
    from django.contrib.auth.models import User

M = TypeVar("M", bound=models.Model)
M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class Walled(Protocol[M_co]):
    """A manager or queryset that knows who sees and who edits its rows (law 7)."""

    def visible_to(self, user: User, /) -> models.QuerySet[M_co]:
        """Return the rows the user may see."""

    def editable_by(self, user: User, /) -> models.QuerySet[M_co]:
        """Return the rows the user may change."""


def get_visible(rows: Walled[M], user: User, pk: int | str, **lookup: object) -> M:
    """Return the row if the user may see it. Raises Http404 otherwise: a stranger does not learn that it exists."""
    return get_object_or_404(rows.visible_to(user), pk=pk, **lookup)


def get_editable(rows: Walled[M], user: User, pk: int | str, **lookup: object) -> M:
    """Return the row if the user may change it. Raises Http404 for strangers, PermissionDenied for those who may only read."""
    row = get_visible(rows, user, pk, **lookup)
    require_editable(rows, user, row)
    return row


def require_editable(rows: Walled[M], user: User, row: M) -> None:
    """Raise PermissionDenied, with a sentence for the page, unless the user may change this row, which he may see."""
    if not may_edit(rows, user, row):
        raise PermissionDenied(_("You may read this, but not change it. Ask an owner of the case, or the administrator."))


def may_edit(rows: Walled[M], user: User, row: M) -> bool:
    """Whether the user may change this row (one query)."""
    return rows.editable_by(user).filter(pk=row.pk).exists()


def editable_ids(rows: Walled[M], user: User, shown: Iterable[M]) -> set[int]:
    """Return the ids of those of a page's rows that the user may change (one query): the others are shown without a link."""
    return set(rows.editable_by(user).filter(pk__in=[row.pk for row in shown]).order_by().values_list("pk", flat=True))


class StaffView(LoginRequiredMixin, View):
    """A screen for people who signed in: subclass, name the template, return `self.page(...)` from `get` or `post`."""

    template_name: ClassVar[str] = ""

    @cached_property
    def user(self) -> User:
        """Who is signed in."""
        return cast("User", self.request.user)

    def page(self, context: Mapping[str, Any], *, status: int = 200, template: str = "") -> TemplateResponse:
        """Return the screen's page; 422 when a form is shown again with errors (htmx and browsers both render it)."""
        return TemplateResponse(self.request, template or self.template_name, dict(context), status=status)


class CaseMixin(StaffView):
    """A screen below /cases/<case_pk>/: `self.case` is the case, seen through the wall."""

    @cached_property
    def case(self) -> Case:
        """The case of the address. Raises Http404 for strangers."""
        return get_visible(Case.objects.select_related("court"), self.user, self.kwargs["case_pk"])

    @cached_property
    def may_edit_case(self) -> bool:
        """Whether the user is owner or editor of the case."""
        return may_edit(Case.objects, self.user, self.case)

    def require_editor(self) -> None:
        """Raise Http404 for strangers, PermissionDenied for readers."""
        require_editable(Case.objects, self.user, self.case)
