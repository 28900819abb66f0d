"""What every page of the web admin shares: the wall (law 7), and saving through verbs (law 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from discovery.domain.dates.following import MovesToAccept
from discovery.domain.errors import Refused
from discovery.domain.records import add_record, change_record, remove_record

if TYPE_CHECKING:
    from django.contrib.auth.models import User

M = TypeVar("M", bound=models.Model)


def who(request: HttpRequest) -> User:
    """Return the signed-in user; the admin lets nobody else in."""
    assert request.user.is_authenticated
    return request.user


class OpenedForm(forms.ModelForm[Any]):
    """A form that remembers which revision of its row it was opened at, so that nobody overwrites what was not seen."""

    opened_at = forms.IntegerField(required=False, widget=forms.HiddenInput, label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_at"].initial = getattr(self.instance, "revision", None)


class WalledAdmin(admin.ModelAdmin[M]):
    """Shows the rows the user may see, lets change those the user may edit, whatever permissions the account has besides.

    A superuser who is no member of a case sees nothing of it here either. Rows of another case in an address give the same
    answer as rows that do not exist.
    """

    form = OpenedForm
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[M]:
        """Return what the user may see."""
        rows: models.QuerySet[M] = self.model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the model to staff; which rows there are is the queryset's affair."""
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let staff view the rows that `get_queryset` gives."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let staff add rows; the form offers only cases they may edit."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let staff change the rows that they may edit."""
        return self.has_module_permission(request) and (obj is None or self._editable(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Let staff remove the rows that they may edit, one at a time through the verb, which says what still refers to them."""
        return self.has_module_permission(request) and obj is not None and self._editable(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        """Keep a row in its case: it is added anew in another one."""
        fixed = super().get_readonly_fields(request, obj)
        has_case = any(field.name == "case" for field in self.model._meta.fields)
        return [*fixed, "case"] if obj is not None and has_case and "case" not in fixed else fixed

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer no bulk deletion: each removal is an event of its own."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Show the row alone before it is removed: what else refers to it may stand behind a wall, and the verb refuses then."""
        return [str(obj) for obj in objs], {self.model._meta.verbose_name_plural: len(objs)}, set(), []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only rows the user may see, and only cases the user may edit."""
        kwargs["queryset"] = offered(db_field.remote_field.model, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only rows the user may see."""
        kwargs["queryset"] = offered(db_field.remote_field.model, request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        """Save through the verbs, many-to-many choices included, so that the admin writes the same events as the screens."""
        links = {
            field.name: list(form.cleaned_data[field.name])
            for field in self.model._meta.many_to_many
            if field.name in form.cleaned_data
        }
        if change:
            change_record(obj, by=who(request), revision=form.cleaned_data.get("opened_at"), links=links)
        else:
            add_record(obj, by=who(request), links=links)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows edited on the same page; the many-to-many choices were saved by the verb."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Add, change and remove each row of an inline through its verb."""
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            remove_record(row, by=who(request))
        for row in rows:
            if row._state.adding:
                add_record(row, by=who(request))
            else:
                change_record(row, by=who(request))

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        """Remove through the verb."""
        remove_record(obj, by=who(request))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show a verb's refusal as a message instead of an error page; nothing of the page was saved then."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            return self._refused(request, refusal)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Show a verb's refusal as a message instead of claiming that the row was removed."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            return self._refused(request, refusal)

    def _refused(self, request: HttpRequest, refusal: Refused) -> HttpResponse:
        said = str(refusal)
        if isinstance(refusal, MovesToAccept):
            said = _("Recorded dates would move. Change this on the case’s own page, which shows the old and the new dates.")
        self.message_user(request, said, level=messages.ERROR)
        return HttpResponseRedirect(request.path)

    def _editable(self, request: HttpRequest, obj: M) -> bool:
        manager = self.model._default_manager
        found: bool = manager.editable_by(request.user).filter(pk=obj.pk).exists()  # type: ignore[attr-defined]
        return found


class ReadOnlyAdmin(WalledAdmin[M]):
    """Rows that nobody changes by hand: events, versions, drafts, and demands (whose verbs live on the screens)."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds these by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Nobody changes these by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Nobody removes these."""
        return False


class WalledInline(admin.TabularInline[Any, Any]):
    """Rows edited on their parent's page; the parent's permission decides, and each row shows only to those who may see it."""

    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows the user may see."""
        return self.model._default_manager.visible_to(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let staff see them on their parent's page."""
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those add who may edit the parent."""
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those change who may edit the parent."""
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those remove who may edit the parent."""
        return self._may_edit(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only rows the user may see."""
        kwargs["queryset"] = offered(db_field.remote_field.model, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _may_edit(self, request: HttpRequest, obj: Any) -> bool:
        if not (request.user.is_active and request.user.is_staff):
            return False
        if obj is None or obj.pk is None:
            return True
        found: bool = self.parent_model._default_manager.editable_by(request.user).filter(pk=obj.pk).exists()
        return found


def offered(model: type[models.Model], request: HttpRequest) -> Any:
    """Return the rows a choice may offer: cases the user may edit, other rows the user may see, all accounts; else nothing."""
    manager: Any = model._default_manager
    if issubclass(model, get_user_model()):
        return manager.all()
    if not hasattr(manager, "visible_to"):
        return manager.none()
    return manager.editable_by(request.user) if model._meta.model_name == "case" else manager.visible_to(request.user)
