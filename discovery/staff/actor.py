"""Who acts on a screen."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def actor(request: HttpRequest) -> User:
    """Return the signed-in user of a view behind `login_required`; this tells the type checker what the decorator made sure of."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def by_htmx(request: HttpRequest) -> bool:
    """Whether a script asks for a fragment; without scripts the same address answers with a whole page."""
    return request.headers.get("HX-Request") == "true"
