"""The screens of claw-backs: the notice with the day by which to act, what was done, the list with its clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from discovery.domain.privilege.clawbacks import note_clawback
from discovery.models import Clawback, Deadline
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, posted, statuses
from tests.staff.serving import proof


def noticed(world: World) -> Clawback:
    notice = Clawback(responding_party=world.responder, pages="8VC000001–8VC000034", noticed_on=date(2025, 8, 20))
    return note_clawback(notice, date(2025, 8, 25), by=world.alice)


def typed(world: World, **changes: Any) -> dict[str, Any]:
    told = {
        "responding_party": world.responder.pk,
        "pages": "8VC000001",
        "basis": "Advice of <counsel>",
        "noticed_on": "2025-08-20",
    }
    return {**told, "act_by": "2025-08-25", **changes}


def new(world: World) -> str:
    return reverse("clawback-new", args=[world.case.pk])


def test_members_read_and_editors_write(world: World, as_user: AsUser) -> None:
    row = noticed(world)
    detail, act = (reverse(name, args=[row.pk]) for name in ("clawback-detail", "clawback-act"))
    assert [statuses(as_user, world, url) for url in (detail, reverse("clawback-list", args=[world.case.pk]))] == [READ] * 2
    assert [statuses(as_user, world, url) for url in (act, new(world))] == [EDIT] * 2
    assert [posted(as_user, world, url, {"state": "returned"}) for url in (act, new(world))] == [DENIED] * 2


def test_a_notice_is_recorded_with_its_date(world: World, as_user: AsUser) -> None:
    shown = as_user(world.bob).post(new(world), typed(world, upload=proof("notice.pdf")), follow=True)

    row = Clawback.objects.get()
    assert shown.redirect_chain == [(reverse("clawback-detail", args=[row.pk]), 302)]
    assert (row.side, row.recorded_by, row.paper and row.paper.name) == ("theirs", world.bob, "notice.pdf")
    assert ("Advice of &lt;counsel&gt;" in shown.text, "Fed. R. Civ. P. 45(e)(2)(B)" in shown.text) == (True, True)
    assert Deadline.objects.get().due_on == date(2025, 8, 25)


def test_the_day_by_which_to_act_is_asked_for_and_never_filled_in(world: World, as_user: AsUser) -> None:
    bob = as_user(world.bob)
    asked = bob.get(new(world))
    assert asked.context["form"]["act_by"].value() is None
    answer = bob.post(new(world), typed(world, act_by=""))
    assert (answer.status_code, list(errors_of(answer))) == (422, ["act_by"])
    assert "Advice of &lt;counsel&gt;" in answer.text
    early = bob.post(new(world), typed(world, act_by="2025-08-19"))
    assert errors_of(early) == {"act_by": ["This lies before the notice. Check both days."]}
    assert Clawback.objects.count() == Deadline.objects.count() == 0


def test_only_what_the_table_allows_is_offered_and_taken(world: World, as_user: AsUser) -> None:
    row = noticed(world)
    bob, act = as_user(world.bob), reverse("clawback-act", args=[row.pk])
    told = {"state": "sequestered", "acted_on": "2025-08-21", "revision": row.revision}

    offered = [value for value, _label in bob.get(act).context["form"].fields["state"].choices]
    assert offered == ["", "returned", "sequestered", "destroyed", "submitted", "withdrawn"]
    assert "state" in errors_of(bob.post(act, {**told, "state": "upheld"}))
    done = bob.post(act, told, follow=True)
    assert "Recorded: Sequestered." in done.text
    stale = bob.post(act, {**told, "state": "returned", "acted_on": "2025-08-22"})
    assert "Somebody else changed this" in " ".join(errors_of(stale)["__all__"])
    assert Deadline.objects.get().state == "done"


def test_the_list_shows_who_is_late(world: World, as_user: AsUser) -> None:
    bob = as_user(world.bob)
    assert "No claw-back yet" in bob.get(reverse("clawback-list", args=[world.case.pk])).text
    noticed(world)
    assert [late for _row, _tone, late in bob.get(reverse("clawback-list", args=[world.case.pk])).context["lines"]] == [True]
