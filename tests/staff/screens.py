"""What the tests of screens share: the four readers of each screen, and a second case to reach for by a wrong id."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.forms import BaseForm
from django.test import Client

from discovery.enums import MemberRole, Role
from discovery.models import (
    Appearance,
    Case,
    CaseMembership,
    CaseParty,
    PartyGroup,
    PartyRole,
    Person,
    RespondingParty,
    ScheduleEntry,
)
from tests.factories import World, make_court

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

AsUser = Callable[[User], Client]
READ = {"alice": 200, "bob": 200, "rita": 200, "charlie": 404}
EDIT = {"alice": 200, "bob": 200, "rita": 403, "charlie": 404}
OWN = {"alice": 200, "bob": 403, "rita": 403, "charlie": 404}


def statuses(as_user: AsUser, world: World, url: str) -> dict[str, int]:
    """Return what each of the four gets for a GET."""
    users = (world.alice, world.bob, world.rita, world.charlie)
    return {user.username: as_user(user).get(url).status_code for user in users}


def posted(as_user: AsUser, world: World, url: str, data: dict[str, Any]) -> dict[str, int]:
    """Return what reader and stranger get for a POST: neither may write, whatever the page showed."""
    return {user.username: as_user(user).post(url, data).status_code for user in (world.rita, world.charlie)}


DENIED = {"rita": 403, "charlie": 404}


def form_of(response: Response) -> BaseForm:
    """Return the form of a page that was shown again."""
    form = response.context["form"]
    assert isinstance(form, BaseForm)
    return form


def errors_of(response: Response) -> dict[str, list[str]]:
    """Return the messages at each field; '__all__' holds those above the form."""
    return {name: [str(message) for message in messages] for name, messages in form_of(response).errors.items()}


def another_case(world: World) -> dict[str, int]:
    """Return the ids of one row of each kind in another case of Alice's, for addresses that mix two cases."""
    case = Case.objects.create(
        court=make_court(), docket_number="5:20-cv-09341-EJD", name="Other v. Case", first_side="OTHER", second_side="CASE"
    )
    CaseMembership.objects.create(case=case, user=world.alice, role=MemberRole.OWNER.value, may_approve=True)
    person = Person.objects.create(name="Other Person", kind="natural", created_by=world.alice)
    party = CaseParty.objects.create(case=case, person=person)
    PartyRole.objects.create(party=party, role=Role.PLAINTIFF.value)
    group = PartyGroup.objects.create(case=case, name="Others")
    appearance = Appearance.objects.create(case=case, attorney=world.appearance.attorney, group=group)
    responder = RespondingParty.objects.create(
        case=case, person=Person.objects.create(name="Other Witness", created_by=world.alice)
    )
    custodian = responder.custodians.create(person=person)
    entry = ScheduleEntry.objects.create(case=case, kind="trial", day="2027-03-01")
    member = CaseMembership.objects.create(case=case, user=world.bob)
    return {
        "case": case.pk,
        "party": party.pk,
        "group": group.pk,
        "appearance": appearance.pk,
        "responder": responder.pk,
        "custodian": custodian.pk,
        "schedule": entry.pk,
        "member": member.pk,
    }
