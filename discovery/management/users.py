"""For whom a shell command acts."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.management.base import CommandError


def acting_user(name: str | None, *, returncode: int = 1) -> User:
    """Return the active user of a name, the first administrator without one. Raises CommandError when there is none."""
    users = User.objects.filter(is_active=True)
    user = users.filter(username=name).first() if name else users.filter(is_superuser=True).order_by("pk").first()
    if user is None:
        raise CommandError("There is no such user. Create one with: manage.py createsuperuser", returncode=returncode)
    return user
