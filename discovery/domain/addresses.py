"""How programs outside know this installation and its rows: links back to it, and ids that stay the same."""

from __future__ import annotations

from django.urls import reverse
from django.utils.crypto import salted_hmac

from discovery.models import Deadline


def installation() -> str:
    """Return what tells this installation's ids from another one's; it changes with the secret key alone and does not betray it."""
    return salted_hmac("discovery.domain.addresses", "installation").hexdigest()[:16]


def page_of(deadline: Deadline, site: str) -> str:
    """Return the address of a deadline's page; `site` is where people open Tecum, without a slash at its end."""
    return f"{site}{reverse('deadline-detail', args=[deadline.pk])}"
