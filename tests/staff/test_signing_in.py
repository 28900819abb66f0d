"""Signing in and out, the password, the language, and the pages that say no."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from tests.factories import PASSWORD, World
from tests.staff.screens import AsUser, errors_of

NAMES = [
    pattern.name
    for pattern in get_resolver("discovery.staff.urls").url_patterns
    if isinstance(pattern, URLPattern) and pattern.name and pattern.name not in {"login", "logout", "feed-ics"}
]


def test_who_signs_in_gets_where_he_wanted(world: World, client: Client) -> None:
    response = client.post("/login/", {"username": "alice", "password": PASSWORD, "next": "/cases/"})

    assert (response.status_code, response["Location"]) == (302, "/cases/")


def test_a_wrong_password_is_said_and_the_name_is_kept(world: World, client: Client) -> None:
    response = client.post("/login/", {"username": "alice", "password": "wrong"})

    assert list(errors_of(response)) == ["__all__"]
    assert 'value="alice"' in response.text


@pytest.mark.parametrize("name", NAMES)
def test_every_screen_asks_to_sign_in_first(name: str, world: World, client: Client) -> None:
    names = {"case_pk": world.case.pk, "pk": 1, "responder_pk": world.responder.pk, "court_pk": world.case.court_id}
    wanted = get_resolver("discovery.staff.urls").reverse_dict.getlist(name)[0][0][0][1]
    url = reverse(name, kwargs={key: names[key] for key in wanted})

    response = client.get(url)

    assert (response.status_code, response["Location"]) == (302, f"/login/?next={url}")


def test_signing_out_is_a_post(world: World, as_user: AsUser) -> None:
    client = as_user(world.alice)

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/")["Location"] == "/login/?next=/"


def test_the_password_changes_with_the_old_one(world: World, as_user: AsUser) -> None:
    client = as_user(world.alice)
    new = {"new_password1": "another horse staple", "new_password2": "another horse staple"}

    assert list(errors_of(client.post("/password/", {"old_password": "wrong", **new}))) == ["old_password"]
    assert client.post("/password/", {"old_password": PASSWORD, **new})["Location"] == "/"


def test_the_language_is_switched(world: World, as_user: AsUser) -> None:
    client = as_user(world.alice)
    response = client.post(reverse("set_language"), {"language": "fr", "next": "/cases/"})

    assert response["Location"] == "/cases/"
    assert '<html lang="fr"' in client.get("/cases/").text


def test_a_reader_is_told_why_not(world: World, as_user: AsUser) -> None:
    response = as_user(world.rita).get(reverse("case-edit", args=[world.case.pk]))

    assert response.status_code == 403
    assert "You may read this, but not change it. Ask an owner of the case, or the administrator." in response.text
    assert "Roe v. Doe" not in response.text


def test_a_forged_form_is_refused_with_advice(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.alice)
    response = client.post(reverse("case-edit", args=[world.case.pk]), {"name": "Forged"})

    assert response.status_code == 403
    assert "This page was open too long" in response.text


def test_a_crash_says_so_without_details(world: World, as_user: AsUser, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_user(world.alice)
    client.raise_request_exception = False

    def crash(*_args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("discovery.staff.views.home.tasks", crash)
    response = client.get("/")

    assert response.status_code == 500
    assert "The program made a mistake." in response.text
    assert "secret detail" not in response.text
