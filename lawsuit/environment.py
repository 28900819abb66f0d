"""Readers of the environment that refuse nonsense: a typing error in a setting stops the start and is not guessed at."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return the variable's text, stripped, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes-or-no variable. Raises ImproperlyConfigured for anything but 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number of at least `least`. Raises ImproperlyConfigured otherwise."""
    value = text(name)
    if not value:
        return default
    if not re.fullmatch(r"\d+", value) or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret_key(data: Path) -> str:
    """Return TECUM_SECRET_KEY, or the key kept in `<data>/secret-key` (made on first use, mode 600).

    Raises ImproperlyConfigured when neither can be had or the key is too short to protect sessions.
    """
    key = text("TECUM_SECRET_KEY")
    path = data / "secret-key"
    if not key and path.exists():
        key = path.read_text().strip()
    if not key:
        key = secrets.token_urlsafe(50)
        try:
            data.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(key + "\n")
        except FileExistsError:
            key = path.read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"Set TECUM_SECRET_KEY, or make {data} writable: {error.strerror}.") from error
    if len(key) < 32:
        raise ImproperlyConfigured("TECUM_SECRET_KEY must have at least 32 characters.")
    return key
