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
