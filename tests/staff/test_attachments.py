"""Files that prove something are handed out to those who see their case, and never opened in our pages."""

from __future__ import annotations

from django.urls import reverse
from pytest_django import Settings

from discovery.domain.service.serving import serve
from discovery.models import Attachment, Service
from tests.factories import World
from tests.staff.screens import AsUser
from tests.staff.serving import PDF, SERVED, approved, proof


def kept(world: World, name: str = "proof.pdf") -> str:
    serve(approved(world), Service(served_on=SERVED, method="personal"), by=world.alice, upload=proof(name))
    return reverse("attachment-file", args=[Attachment.objects.get().pk])


def test_members_get_it_and_strangers_get_what_does_not_exist(world: World, as_user: AsUser) -> None:
    url = kept(world)

    found = {user.username: as_user(user).get(url) for user in (world.alice, world.bob, world.rita, world.charlie)}

    assert {who: answer.status_code for who, answer in found.items()} == {"alice": 200, "bob": 200, "rita": 200, "charlie": 404}
    assert found["rita"].getvalue() == PDF
    for who in ("alice", "bob"):
        found[who].getvalue()


def test_it_is_saved_and_kept_by_nobody_else(world: World, as_user: AsUser) -> None:
    answer = as_user(world.rita).get(kept(world, 'pro"of é.pdf'))

    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''pro%22of%20%C3%A9.pdf"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert {part.strip() for part in answer["Cache-Control"].split(",")} == {"private", "no-store"}
    answer.getvalue()


def test_it_is_only_read(world: World, as_user: AsUser) -> None:
    assert as_user(world.alice).post(kept(world)).status_code == 405


def test_a_file_that_is_gone_is_said_to_be(world: World, as_user: AsUser, settings: Settings) -> None:
    url = kept(world)
    (settings.MEDIA_ROOT / str(Attachment.objects.get().file.name)).unlink()

    answer = as_user(world.rita).get(url)

    assert (answer.status_code, "no longer where it was stored" in answer.text) == (410, True)
