"""Cases, parties, groups, dates, members."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from discovery.admin.base import ReadOnlyAdmin, WalledAdmin, WalledInline, who
from discovery.domain.cases import add_member, change_member, open_case, remove_member
from discovery.domain.records import set_roles
from discovery.models import Case, CaseMembership, CaseParty, PartyGroup, PartyRole, RelatedCase, ScheduleEntry


class ScheduleInline(WalledInline):
    """Dates that a judge set."""

    model = ScheduleEntry


@admin.register(Case)
class CaseAdmin(WalledAdmin[Case]):
    """Cases the user is a member of."""

    list_display = ["name", "docket_number", "court", "filed_on"]
    list_select_related = ["court"]
    search_fields = ["name", "docket_number"]
    list_filter = ["court"]
    inlines = [ScheduleInline]

    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: bool) -> None:
        """Open a case through its verb, so that who opens it owns it."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            open_case(obj, by=who(request))


class RoleInline(WalledInline):
    """Roles of a party."""

    model = PartyRole
    min_num = 1


@admin.register(CaseParty)
class CasePartyAdmin(WalledAdmin[CaseParty]):
    """Parties in their roles."""

    list_display = ["person", "case", "is_client", "left_on"]
    list_select_related = ["person", "case"]
    search_fields = ["person__name"]
    list_filter = ["is_client"]
    inlines = [RoleInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Give the party exactly the roles that stand on the page."""
        kept = [row.cleaned_data["role"] for row in formset.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        set_roles(form.instance, kept, by=who(request))


@admin.register(PartyGroup)
class PartyGroupAdmin(WalledAdmin[PartyGroup]):
    """Groups that act together."""

    list_display = ["name", "case"]
    list_select_related = ["case"]
    search_fields = ["name"]
    filter_horizontal = ["members"]


@admin.register(ScheduleEntry)
class ScheduleEntryAdmin(WalledAdmin[ScheduleEntry]):
    """Dates that a judge set."""

    list_display = ["day", "kind", "case", "phase", "source"]
    list_select_related = ["case"]
    list_filter = ["kind"]
    date_hierarchy = "day"


@admin.register(RelatedCase)
class RelatedCaseAdmin(ReadOnlyAdmin[RelatedCase]):
    """Other actions that captions name: read here, recorded on the case's page."""

    list_display = ["docket_number", "relation", "name", "case"]
    list_select_related = ["case"]
    list_filter = ["relation"]
    search_fields = ["docket_number", "name"]


@admin.register(CaseMembership)
class CaseMembershipAdmin(WalledAdmin[CaseMembership]):
    """Who belongs to a case. Superusers see and keep all of these (and nothing else of the cases): the walls are theirs to keep."""

    list_display = ["user", "case", "role", "may_approve"]
    list_select_related = ["user", "case"]
    list_filter = ["role"]
    search_fields = ["user__username", "case__name"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[CaseMembership]:
        """Return the memberships of the user's cases; all of them for superusers."""
        if request.user.is_superuser:
            return CaseMembership.objects.all()
        return super().get_queryset(request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the cases the user owns; superusers any, since somebody must let the first member in."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "case":
            owned = CaseMembership.objects.editable_by(request.user).values("case")
            field.queryset = Case.objects.all() if request.user.is_superuser else Case.objects.filter(pk__in=owned)
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: CaseMembership | None = None) -> Any:
        """Keep a membership with its case and its account; another one is another membership."""
        return ["case", "user"] if obj is not None else []

    def save_model(self, request: HttpRequest, obj: CaseMembership, form: Any, change: bool) -> None:
        """Save through the verbs."""
        if change:
            change_member(obj, form.cleaned_data["role"], by=who(request), may_approve=form.cleaned_data["may_approve"])
        else:
            kept = add_member(obj.case, obj.user, obj.role, by=who(request), may_approve=obj.may_approve)
            obj.pk = kept.pk

    def delete_model(self, request: HttpRequest, obj: CaseMembership) -> None:
        """Remove through the verb."""
        remove_member(obj, by=who(request))

    def _editable(self, request: HttpRequest, obj: CaseMembership) -> bool:
        return request.user.is_superuser or super()._editable(request, obj)
