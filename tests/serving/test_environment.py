"""The readers of the environment: what they take and what they refuse."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lawsuit import environment

NAME = "TECUM_PROBE"


@pytest.mark.parametrize(("given", "read"), [(None, "x"), ("", "x"), ("  ", "x"), (" a b ", "a b")])
def test_text(given: str | None, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_or_unset(monkeypatch, given)
    assert environment.text(NAME, "x") == read


@pytest.mark.parametrize(
    ("given", "read"),
    [(None, True), ("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False), ("", False)],
)
def test_flag(given: str | None, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    set_or_unset(monkeypatch, given)
    assert environment.flag(NAME, default=True) is read


@pytest.mark.parametrize("given", ["2", "y es", "maybe", "tru"])
def test_flag_refuses(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, given)
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"{NAME} must be yes or no, not {given!r}.")):
        environment.flag(NAME)


@pytest.mark.parametrize(("given", "read"), [(None, 7), ("", 7), ("2", 2), (" 30 ", 30)])
def test_number(given: str | None, read: int, monkeypatch: pytest.MonkeyPatch) -> None:
    set_or_unset(monkeypatch, given)
    assert environment.number(NAME, 7, least=2) == read


@pytest.mark.parametrize("given", ["1", "-3", "2.5", "two", "1e3"])
def test_number_refuses(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, given)
    with pytest.raises(ImproperlyConfigured, match="must be a whole number of at least 2"):
        environment.number(NAME, 7, least=2)


@pytest.mark.parametrize(("given", "read"), [(None, ["a", "b"]), (" x ,, y,", ["x", "y"])])
def test_words(given: str | None, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    set_or_unset(monkeypatch, given)
    assert environment.words(NAME, "a,b") == read


def test_the_secret_key_is_made_once_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TECUM_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path / "data")
    assert len(key) >= 50
    assert environment.secret_key(tmp_path / "data") == key
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600


def test_a_given_secret_key_is_taken_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECUM_SECRET_KEY", "k" * 32)
    assert environment.secret_key(tmp_path) == "k" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_short_secret_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECUM_SECRET_KEY", "k" * 31)
    with pytest.raises(ImproperlyConfigured, match="at least 32 characters"):
        environment.secret_key(tmp_path)


def test_a_folder_that_cannot_keep_the_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TECUM_SECRET_KEY", raising=False)
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"Set TECUM_SECRET_KEY, or make .* writable"):
        environment.secret_key(tmp_path / "file" / "data")


def set_or_unset(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv(NAME, raising=False)
    else:
        monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize(("given", "read"), [(None, (7, 0)), ("", (7, 0)), (" 0, 30,3 ", (30, 3, 0)), ("365", (365,))])
def test_numbers(given: str | None, read: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    set_or_unset(monkeypatch, given)
    assert environment.numbers(NAME, "7,0", least=0, most=365) == read


@pytest.mark.parametrize("given", ["-1", "14;7", "7,366", "1.5", "one", ",", "7,3,7", "007,7"])
def test_numbers_refuses(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, given)
    with pytest.raises(ImproperlyConfigured, match=r"must be whole numbers from 0 to 365|must not name a number twice"):
        environment.numbers(NAME, "7,0", least=0, most=365)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (None, None),
        ("smtp://mail.example.com", ("mail.example.com", 587, "", "", True, False)),
        ("smtps://t%40x:a%2Fb%3A@mail.example.com", ("mail.example.com", 465, "t@x", "a/b:", False, True)),
        ("smtp+plain://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", False, False)),
        ("smtp+plain://u:p@localhost/", ("localhost", 25, "u", "p", False, False)),
    ],
)
def test_mail_server(given: str | None, read: tuple[object, ...] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    set_or_unset(monkeypatch, given)
    assert environment.mail_server(NAME) == (environment.MailServer(*read) if read else None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        "mail.example.com:587",
        "http://mail.example.com",
        "smtp://",
        "smtp://u:secret@h:port",
        "smtp://h/x",
        "smtp+plain://u:secret@h",
    ],
)
def test_mail_server_refuses_without_repeating_the_password(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, given)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} (must look like smtp://|would send a password unencrypted)") as refused:
        environment.mail_server(NAME)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("given", ["t@example.com", "Tecum <t@example.com>"])
def test_mail_address(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, given)
    assert environment.mail_address(NAME) == given


@pytest.mark.parametrize("given", ["https://tecum.example.com", "http://localhost:8000", "https://tecum.example.com/"])
def test_site_address(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, given)
    assert environment.site_address(NAME) == given.rstrip("/")


@pytest.mark.parametrize("given", [None, "nonsense", "ftp://x", "https://x/path", "https://a@x", "Tecum <t@>", "@example.com"])
def test_addresses_refuse(given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    set_or_unset(monkeypatch, given)
    for reader in (environment.mail_address, environment.site_address):
        with pytest.raises(ImproperlyConfigured, match=rf"{NAME} must be an address like .* \(needed with OTHER\)"):
            reader(NAME, needed_for="OTHER")
    if given is None:
        assert (environment.mail_address(NAME), environment.site_address(NAME)) == ("", "")
