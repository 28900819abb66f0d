"""The screens of what belongs to a case: parties, groups, appearances, responding parties, custodians, dates, members."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.cases import remove_member
from discovery.models import (
    Appearance,
    CaseMembership,
    CaseParty,
    Custodian,
    PartyGroup,
    RelatedCase,
    RespondingParty,
    ScheduleEntry,
)
from discovery.staff.access import get_editable, get_visible
from discovery.staff.forms.cases import GroupForm, RelatedForm, ScheduleForm
from discovery.staff.forms.counsel import AppearanceForm
from discovery.staff.forms.members import MemberForm
from discovery.staff.forms.parties import PartyForm
from discovery.staff.forms.responders import CustodianForm, ResponderForm
from discovery.staff.records import CaseRecordScreen, RemoveCaseRecord


class PartyScreen(CaseRecordScreen[CaseParty]):
    """Parties."""

    rows, form_class, section, remove_name = CaseParty.objects, PartyForm, "parties", "party-remove"


class PartyNew(PartyScreen):
    """Add a party."""

    heading, is_new = _("Add a party"), True


class PartyEdit(PartyScreen):
    """Change a party; the person itself is changed on its own page."""

    template_name = "staff/cases/party_form.html"
    heading = _("Edit the party")


class PartyRemove(RemoveCaseRecord[CaseParty]):
    """Remove a party."""

    rows, section, heading = CaseParty.objects, "parties", _("Remove the party")
    consequence = _(
        "Its roles in this case go with it. The person stays recorded. For a party that left the case, give the date instead."
    )


class GroupScreen(CaseRecordScreen[PartyGroup]):
    """Party groups."""

    rows, form_class, section, remove_name = PartyGroup.objects, GroupForm, "groups", "group-remove"


class GroupNew(GroupScreen):
    """Add a group."""

    heading, is_new = _("Add a party group"), True


class GroupEdit(GroupScreen):
    """Change a group."""

    heading = _("Edit the party group")


class GroupRemove(RemoveCaseRecord[PartyGroup]):
    """Remove a group."""

    rows, section, heading = PartyGroup.objects, "groups", _("Remove the party group")
    consequence = _("Its members stay parties of the case.")


class AppearanceScreen(CaseRecordScreen[Appearance]):
    """Appearances of counsel."""

    template_name = "staff/cases/appearance_form.html"
    rows, form_class, section, remove_name = Appearance.objects, AppearanceForm, "counsel", "appearance-remove"


class AppearanceNew(AppearanceScreen):
    """Add an appearance."""

    heading, is_new = _("Add an attorney of record"), True


class AppearanceEdit(AppearanceScreen):
    """Change an appearance."""

    heading = _("Edit the appearance")


class AppearanceRemove(RemoveCaseRecord[Appearance]):
    """Remove an appearance."""

    rows, section, heading = Appearance.objects, "counsel", _("Remove the appearance")
    consequence = _("The attorney stays recorded.")


class ResponderScreen(CaseRecordScreen[RespondingParty]):
    """Responding parties."""

    template_name = "staff/cases/responder_form.html"
    rows, form_class, section, remove_name = RespondingParty.objects, ResponderForm, "responders", "responder-remove"


class ResponderNew(ResponderScreen):
    """Add a responding party, with a new person in the same step if need be."""

    heading, is_new = _("Add a responding party"), True


class ResponderEdit(ResponderScreen):
    """Change a responding party."""

    heading = _("Edit the responding party")


class ResponderRemove(RemoveCaseRecord[RespondingParty]):
    """Remove a responding party."""

    rows, section, heading = RespondingParty.objects, "responders", _("Remove the responding party")
    consequence = _("Its list of custodians goes with it. The persons stay recorded.")


class CustodianScreen(CaseRecordScreen[Custodian]):
    """Custodians of a responding party of this case."""

    template_name = "staff/cases/custodian_form.html"
    rows, form_class, section, remove_name = Custodian.objects, CustodianForm, "responders", "custodian-remove"
    case_lookup = "responding_party__case"

    def more(self, form: Any) -> dict[str, Any]:
        """Say whose custodian it is."""
        return {"responder": form.instance.responding_party}


class CustodianNew(CustodianScreen):
    """Add a custodian to /cases/<case_pk>/responders/<responder_pk>/."""

    heading, is_new = _("Add a custodian"), True

    @cached_property
    def responder(self) -> RespondingParty:
        """The responding party of the address, of this case."""
        found: RespondingParty = get_visible(RespondingParty.objects, self.user, self.kwargs["responder_pk"], case=self.case)
        return found

    def form_kwargs(self) -> dict[str, Any]:
        """Tie the new custodian to its responding party."""
        self.require_editor()
        return {**super().form_kwargs(), "instance": Custodian(responding_party=self.responder)}


class CustodianEdit(CustodianScreen):
    """Change a custodian."""

    heading = _("Edit the custodian")


class CustodianRemove(RemoveCaseRecord[Custodian]):
    """Remove a custodian."""

    rows, section, heading = Custodian.objects, "responders", _("Remove the custodian")
    case_lookup = "responding_party__case"
    consequence = _("The person stays recorded.")


class ScheduleScreen(CaseRecordScreen[ScheduleEntry]):
    """Dates that a judge set."""

    rows, form_class, section, remove_name = ScheduleEntry.objects, ScheduleForm, "schedule", "schedule-remove"


class ScheduleNew(ScheduleScreen):
    """Add a date."""

    heading, is_new = _("Add a date that the court set"), True


class ScheduleEdit(ScheduleScreen):
    """Change a date."""

    heading = _("Edit the date")


class ScheduleRemove(RemoveCaseRecord[ScheduleEntry]):
    """Remove a date."""

    rows, section, heading = ScheduleEntry.objects, "schedule", _("Remove the date")


class RelatedScreen(CaseRecordScreen[RelatedCase]):
    """Other actions that the caption names."""

    rows, form_class, section, remove_name = RelatedCase.objects, RelatedForm, "related", "related-remove"


class RelatedNew(RelatedScreen):
    """Add a related case."""

    heading, is_new = _("Add a related case"), True


class RelatedEdit(RelatedScreen):
    """Change a related case."""

    heading = _("Edit the related case")


class RelatedRemove(RemoveCaseRecord[RelatedCase]):
    """Remove a related case."""

    rows, section, heading = RelatedCase.objects, "related", _("Remove the related case")
    consequence = _("Captions no longer name it. What was approved or served stays as it was.")


class MemberScreen(CaseRecordScreen[CaseMembership]):
    """Members: for owners of the case only."""

    rows, form_class, section, remove_name = CaseMembership.objects, MemberForm, "members", "member-remove"

    def row(self) -> CaseMembership | None:
        """The membership, for owners. Raises PermissionDenied for editors and readers, Http404 for strangers."""
        return member_for_owner(self)


class MemberNew(MemberScreen):
    """Let somebody in."""

    heading, is_new = _("Add a member"), True


class MemberEdit(MemberScreen):
    """Change what a member may do."""

    template_name = "staff/cases/member_form.html"
    heading = _("Edit the member")


class MemberRemove(RemoveCaseRecord[CaseMembership]):
    """Put a member outside the wall."""

    rows, section, heading = CaseMembership.objects, "members", _("Remove the member")
    consequence = _("From now on this user sees nothing of the case. What he or she did stays on record.")

    def row(self) -> CaseMembership | None:
        """The membership, for owners."""
        return member_for_owner(self)

    def remove(self, row: CaseMembership) -> None:
        """Members leave by their own verb."""
        remove_member(row, by=self.user)

    def home_url(self) -> str:
        """Who removed himself goes to the list: the case is out of sight now."""
        if self.case.memberships.filter(user=self.user).exists():
            return super().home_url()
        return reverse("case-list")


def member_for_owner(screen: CaseRecordScreen[CaseMembership]) -> CaseMembership | None:
    """Return the membership that a screen is about, None for a new one. Raises PermissionDenied unless the user owns the case."""
    case = screen.case
    if screen.is_new:
        if not CaseMembership.objects.editable_by(screen.user).filter(case=case).exists():
            raise PermissionDenied(gettext("Who belongs to a case is decided by its owners."))
        return None
    found: CaseMembership = get_editable(CaseMembership.objects, screen.user, screen.kwargs["pk"], case=case)
    return found
