"""The pages on which people act on a due date: each keeps what was typed, shows refusals at the field, and calls its verb."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from discovery.domain.dates.deadlines import extend, mark_done
from discovery.enums import Basis, DeadlineState
from discovery.models import Deadline, Event, Extension
from tests.factories import World
from tests.staff.dates import AGREED, by_hand, objections, refused, url
from tests.staff.desk import HTMX
from tests.staff.screens import DENIED, EDIT, AsUser, errors_of, posted, statuses

TYPED: dict[str, Any] = {
    "kind": "days",
    "days": "7",
    "agreed_on": "2025-06-30",
    "agreed_with": "Theo Theirs",
    "terms": "E-mail of June 30, 2025",
}


def made(world: World, act: str) -> Deadline:
    """Return a date on which the act is possible."""
    row = refused(world) if act == "by-hand" else objections(world)
    if act == "reopen":
        mark_done(row, date(2025, 7, 1), "Letter", by=world.alice)
    return row


FORMS: dict[str, dict[str, Any]] = {
    "extend": TYPED,
    "order": {"due": "2025-07-05", "source": "Dkt. 215"},
    "by-hand": {"due": "2025-07-05", "reason": "Counted"},
    "done": {"done_on": "2025-07-01", "done_note": "Letter"},
    "reopen": {"reason": "Another letter"},
}


@pytest.mark.parametrize("act", FORMS)
def test_editors_act_and_others_do_not(world: World, as_user: AsUser, act: str) -> None:
    row = made(world, act)
    assert statuses(as_user, world, url(row, act)) == EDIT
    before = Event.objects.count()
    assert posted(as_user, world, url(row, act), FORMS[act]) == DENIED
    assert Event.objects.count() == before

    response = as_user(world.bob).post(url(row, act), {**FORMS[act], "revision": row.revision})

    assert (response.status_code, response["Location"]) == (302, url(row))
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize("act", ["extend", "order", "by-hand", "done"])
def test_what_was_typed_against_an_old_date_is_kept(world: World, as_user: AsUser, act: str) -> None:
    row = made(world, act)
    client = as_user(world.bob)

    response = client.post(url(row, act), {**FORMS[act], "revision": row.revision - 1})

    assert response.status_code == 422
    assert "Somebody else changed this date" in errors_of(response)["__all__"][0]
    assert [response.context["form"][name].value() for name in FORMS[act]] == list(FORMS[act].values())
    again = client.post(url(row, act), {**FORMS[act], "revision": response.context["form"]["revision"].value()})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"days": ""}, {"days": ["Say how far it is extended."]}),
        ({"days": "-3"}, {"days": ["Ensure this value is greater than or equal to 0."]}),
        ({"days": "x" * 9}, {"days": ["Enter a whole number."]}),
        ({"kind": "date", "to_date": "2025-07-01"}, {"to_date": ["The new date, July 1, 2025, is not later than July 2, 2025."]}),
        ({"kind": "tolling", "tolled_from": "2025-06-20"}, {"tolled_to": ["Say how far it is extended."]}),
        ({"agreed_on": "2999-01-01"}, {"agreed_on": ["This day lies ahead. Record it when it has happened."]}),
        ({"agreed_with": ""}, {"agreed_with": ["This field is required."]}),
        ({"kind": "sideways"}, {"kind": ["Select a valid choice. sideways is not one of the available choices."]}),
    ],
)
def test_an_extension_that_says_too_little_comes_back(
    world: World, as_user: AsUser, changed: dict[str, str], errors: dict[str, list[str]]
) -> None:
    row = objections(world)

    response = as_user(world.bob).post(url(row, "extend"), {**TYPED, **changed, "revision": row.revision})

    assert (response.status_code, errors_of(response)) == (422, errors)
    assert response.context["form"]["terms"].value() == TYPED["terms"]
    assert not Extension.objects.exists()


def test_what_is_typed_for_another_kind_is_no_error(world: World, as_user: AsUser) -> None:
    row = objections(world)

    as_user(world.bob).post(url(row, "extend"), {**TYPED, "to_date": "nonsense", "revision": row.revision})

    extension = Extension.objects.get()
    assert (extension.days, extension.to_date, str(extension.new_due)) == (7, None, "2025-07-09")


def test_the_new_date_is_shown_before_it_is_saved(world: World, as_user: AsUser) -> None:
    row = objections(world)
    client = as_user(world.bob)

    piece = client.post(url(row, "extend"), {"kind": "days", "days": "2", "preview": "1"}, headers=HTMX)
    assert piece.status_code == 200
    assert "<strong>Monday, 7 July 2025</strong>" in piece.text
    assert "<html" not in piece.text
    assert [line.what for line in piece.context["preview"].lines][-1] == "runs on to this day"

    page = client.post(url(row, "extend"), {"kind": "date", "to_date": "2025-07-12", "preview": "1", "terms": "Mail"})
    assert page.status_code == 200
    assert "<strong>Saturday, 12 July 2025</strong>" in page.text
    assert page.context["form"]["terms"].value() == "Mail"
    assert errors_of(page) == {}

    late = client.post(url(row, "extend"), {"kind": "date", "to_date": "2025-07-01", "preview": "1"}, headers=HTMX)
    assert "is not later than July 2, 2025" in late.text
    empty = client.post(url(row, "extend"), {"kind": "days", "days": "", "preview": "1"}, headers=HTMX)
    assert (empty.context["preview"], empty.context["said"]) == (None, "")
    assert (Extension.objects.count(), Event.objects.filter(act="deadline_extended").count()) == (0, 0)
    assert posted(as_user, world, url(row, "extend"), {"kind": "days", "days": "2", "preview": "1"}) == DENIED


def test_evidence_is_kept_and_a_wrong_file_is_refused_at_its_field(world: World, as_user: AsUser) -> None:
    row = objections(world)
    client = as_user(world.bob)

    wrong = SimpleUploadedFile("stipulation.pdf", b"no pdf")
    response = client.post(url(row, "extend"), {**TYPED, "upload": wrong, "revision": row.revision})
    assert (response.status_code, list(errors_of(response))) == (422, ["upload"])
    assert not Extension.objects.exists()

    right = SimpleUploadedFile("stipulation.pdf", b"%PDF-1.7 a stipulation")
    client.post(url(row, "extend"), {**TYPED, "upload": right, "revision": row.revision})
    evidence = Extension.objects.get().evidence
    assert evidence is not None
    assert evidence.name == "stipulation.pdf"
    assert "stipulation.pdf" in client.get(url(row)).text


def test_one_that_waits_for_the_court_is_approved_on_its_page(world: World, as_user: AsUser) -> None:
    row = objections(world)
    client = as_user(world.bob)
    client.post(url(row, "extend"), {**TYPED, "needs_approval": "on", "revision": row.revision})
    row.refresh_from_db()
    extension = Extension.objects.get()
    address = reverse("extension-approve", args=[row.pk, extension.pk])
    assert str(row.due_on) == "2025-07-02"
    assert (f'href="{address}"' in client.get(url(row)).text, "Waits for the court" in client.get(url(row)).text) == (True, True)
    assert statuses(as_user, world, address) == EDIT
    assert posted(as_user, world, address, {"approved_on": "2025-07-01"}) == DENIED
    ahead = client.post(address, {"approved_on": "2999-07-01", "revision": row.revision})
    assert list(errors_of(ahead)) == ["approved_on"]

    client.post(address, {"approved_on": "2025-07-01", "revision": row.revision})

    row.refresh_from_db()
    assert (str(row.due_on), row.basis) == ("2025-07-09", Basis.EXTENDED)
    again = client.post(address, {"approved_on": "2025-07-01", "revision": row.revision})
    assert errors_of(again) == {"__all__": ["This extension is in force already."]}


def test_an_extension_is_one_of_the_date_in_the_address(world: World, as_user: AsUser) -> None:
    row, other = objections(world), by_hand(world)
    extension = extend(other, Extension(kind="days", days=3, needs_approval=True, **AGREED), by=world.alice)

    assert as_user(world.bob).get(reverse("extension-approve", args=[row.pk, extension.pk])).status_code == 404


def test_the_court_sets_a_day_and_an_hour(world: World, as_user: AsUser) -> None:
    row = objections(world)
    client = as_user(world.bob)
    bad = client.post(url(row, "order"), {"due": "", "hour": "25:00", "source": ""})
    assert sorted(errors_of(bad)) == ["due", "hour"]
    unnamed = client.post(url(row, "order"), {"due": "2025-07-05", "source": " ", "revision": row.revision})
    assert errors_of(unnamed) == {"source": ["Say which order sets it."]}

    client.post(url(row, "order"), {"due": "2025-07-05", "hour": "17:00", "source": "Dkt. 215", "revision": row.revision})

    text = " ".join(client.get(url(row)).text.split())
    assert "Saturday, 5 July 2025" in text
    assert "by 5 p.m." in text
    assert "Set by the court" in text
    assert "The rule alone gives Wednesday, 2 July 2025." in text


def test_done_and_reopened(world: World, as_user: AsUser) -> None:
    row = objections(world)
    client = as_user(world.bob)
    bare = client.post(url(row, "done"), {"done_on": "2025-07-01", "done_note": "", "revision": row.revision})
    assert errors_of(bare) == {"done_note": ["Say what shows that it is done, or attach it."]}

    letter = SimpleUploadedFile("letter.txt", b"We object.")
    client.post(url(row, "done"), {"done_on": "2025-07-01", "upload": letter, "revision": row.revision})
    row.refresh_from_db()
    assert row.state == DeadlineState.DONE
    text = client.get(url(row)).text
    assert ("letter.txt" in text, f'href="{url(row, "reopen")}"' in text, f'href="{url(row, "done")}"' in text) == (
        True,
        True,
        False,
    )

    silent = client.post(url(row, "reopen"), {"reason": ""})
    assert errors_of(silent) == {"reason": ["Say why; the reason stays on record."]}
    client.post(url(row, "reopen"), {"reason": "Wrong letter"})
    row.refresh_from_db()
    assert row.state == DeadlineState.OPEN


def test_a_task_without_a_date_gets_one(world: World, as_user: AsUser) -> None:
    row = refused(world)
    client = as_user(world.bob)

    client.post(url(row, "by-hand"), {"due": "2025-07-05", "hour": "09:30", "reason": "Counted twice", "revision": row.revision})

    row.refresh_from_db()
    assert (str(row.due_on), row.by_hour, row.basis, row.refusal) == ("2025-07-05", True, Basis.BY_HAND, None)
    assert errors_of(client.post(url(row, "by-hand"), {"due": "2025-07-06", "reason": "More"})) == {
        "__all__": ["It has a date. Extend it, or record the date that the court set."]
    }
