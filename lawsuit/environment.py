"""Readers of the environment that refuse nonsense: a typing error in a setting stops the start and is not guessed at."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

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


def numbers(name: str, default: str, *, least: int, most: int) -> tuple[int, ...]:
    """Return different whole numbers, separated by commas, the greatest first. Raises ImproperlyConfigured for anything else."""
    found = words(name, default)
    if not found or not all(re.fullmatch(r"\d{1,9}", word) and least <= int(word) <= most for word in found):
        raise ImproperlyConfigured(f"{name} must be whole numbers from {least} to {most}, separated by commas, not {text(name)!r}.")
    if len({int(word) for word in found}) < len(found):
        raise ImproperlyConfigured(f"{name} must not name a number twice: {text(name)!r}.")
    return tuple(sorted((int(word) for word in found), reverse=True))


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed in. `starttls` turns a plain connection into an encrypted one, `tls` opens an encrypted one."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


MAIL_SCHEMES = {"smtp": (587, True, False), "smtps": (465, False, True), "smtp+plain": (25, False, False)}
"""Scheme to port, STARTTLS, TLS from the first byte."""
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def mail_server(name: str) -> MailServer | None:
    """Return the server that smtp://user:password@host:port names, or None when the variable is empty: then no e-mail leaves.

    Raises ImproperlyConfigured for another address, and for a password that would cross the network unencrypted. What is in the
    variable is never repeated, since it holds a password.
    """
    value = text(name)
    if not value:
        return None
    parts, port = _split(value)
    if parts is None or parts.scheme not in MAIL_SCHEMES or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(f"{name} must look like smtp://user:password@mail.example.com:587, smtps:// or smtp+plain://.")
    usual, starttls, tls = MAIL_SCHEMES[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and not (starttls or tls) and parts.hostname not in THIS_MACHINE:
        raise ImproperlyConfigured(f"{name} would send a password unencrypted: use smtp:// or smtps://.")
    return MailServer(parts.hostname, port or usual, user, password, starttls, tls)


def mail_address(name: str, *, needed_for: str = "") -> str:
    """Return an address such as `Tecum <tecum@example.com>`. Raises ImproperlyConfigured for none when it is needed, or another."""
    value = text(name)
    if not value and not needed_for:
        return ""
    if not re.fullmatch(r"[^@\s:/]+@[^@\s:/]+", parseaddr(value)[1]):
        why = f" (needed with {needed_for})" if needed_for else ""
        raise ImproperlyConfigured(f"{name} must be an address like Tecum <tecum@example.com>{why}, not {value!r}.")
    return value


def site_address(name: str, *, needed_for: str = "") -> str:
    """Return the address under which people open the site, without a slash at its end. Raises ImproperlyConfigured otherwise."""
    value = text(name)
    if not value and not needed_for:
        return ""
    parts, _port = _split(value)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname or "@" in value or parts.path.strip("/"):
        why = f" (needed with {needed_for})" if needed_for else ""
        raise ImproperlyConfigured(f"{name} must be an address like https://tecum.example.com{why}, not {value!r}.")
    return f"{parts.scheme}://{parts.netloc}"


def _split(value: str) -> tuple[SplitResult | None, int | None]:
    """Return the parts of an address and its port, or None for what is none."""
    try:
        parts = urlsplit(value)
        return parts, parts.port
    except ValueError:
        return None, None


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
