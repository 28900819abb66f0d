"""The first administrator of an installation."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.contrib.auth import get_user_model

USERNAME = "admin"


def password_file(data: Path) -> Path:
    """Return where the generated password is kept until somebody changes it and deletes the file."""
    return data / "admin-password"


def create_administrator(data: Path) -> bool:
    """Create the user `admin` with a generated password when there is no user at all; say whether that was needed.

    The password is written to its file (mode 600) before the user exists, so that no start that is cut off in
    between leaves an administrator whose password nobody knows.
    """
    users = get_user_model().objects
    if users.exists():
        return False
    password = secrets.token_urlsafe(15)
    descriptor = os.open(password_file(data), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)  # a file that was there already keeps its mode otherwise
        file.write(password + "\n")
    users.create_superuser(USERNAME, email="", password=password)
    return True
