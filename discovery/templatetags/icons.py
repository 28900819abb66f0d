"""Icons of the sprite: `{% icon "house" %}`, `{% icon "x-lg" "icon-small" %}`. A page has dozens; an include each is slow."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "vendor/bootstrap-icons/sprite.svg"
STATUS_ICONS = {
    "draft": "pencil",
    "in_review": "eye",
    "approved": "check-circle-fill",
    "served": "send-check",
    "withdrawn": "slash-circle",
    "superseded": "arrow-repeat",
    "queued": "clock",
    "rendering": "hourglass-split",
    "ready": "file-earmark-pdf",
    "failed": "x-octagon",
    "frozen": "lock",
    "sending": "hourglass-split",
    "sent": "send-check",
    "dropped": "slash-circle",
    "submitted": "send-check",
    "decided": "hammer",
    "resolved": "check-circle",
    "granted": "check-circle-fill",
    "granted_in_part": "circle-half",
    "denied": "x-octagon",
    "deferred": "pause-circle",
    "moot": "dash-circle",
    "silent": "question-circle",
    "objection": "sign-stop",
    "partial": "circle-half",
    "produce": "check-circle",
    "impasse": "x-circle",
    "narrowed": "scissors",
    "noticed": "bell",
    "returned": "reply",
    "sequestered": "lock",
    "destroyed": "trash",
    "upheld": "shield-check",
    "overruled": "x-octagon",
}
"""The icon of each word that says where a demand, a paper or a set stands."""

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return an icon for people who see; words beside it say the same to those who do not."""
    return _drawn(name, css)


@register.simple_tag
def status_icon(status: str) -> SafeString:
    """Return the icon of a status, a circle for one without an icon of its own."""
    return _drawn(STATUS_ICONS.get(status, "circle"), "")


@lru_cache(maxsize=1024)
def _drawn(name: str, css: str) -> SafeString:
    """Return the icon's HTML; kept, since the sprite's address changes with a release only (or with a test's settings)."""
    look = f"icon {css}" if css else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', look, static(SPRITE), name
    )


@receiver(setting_changed)
def _forget(**_signal: object) -> None:
    _drawn.cache_clear()
