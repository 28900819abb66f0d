"""Uploads between their preview and the word of a person to import them: kept a day, found again by a signed token alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from discovery.models.attachments import attachment_storage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FOLDER = "pending"
KEPT = timedelta(days=1)
SALT = "discovery.staff.pending"


@dataclass(frozen=True, slots=True)
class Pending:
    """An upload that waits: its file as it came, and what its form said."""

    upload: SimpleUploadedFile
    content: bytes
    told: dict[str, Any]


def keep(name: str, content: bytes, told: dict[str, Any], *, user: User) -> str:
    """Store an upload until its owner decides, and return the token that leads back to it; others' forgotten ones are removed."""
    _forget_old()
    stored = _path(hashlib.sha256(content).hexdigest(), user)
    storage = attachment_storage()
    if not storage.exists(stored):
        storage.save(stored, ContentFile(content))
    facts = {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "user": user.pk, "told": told}
    return signing.dumps(facts, salt=SALT, compress=True)


def fetch(token: str, *, user: User) -> Pending | None:
    """Return the upload of a token, or None when it is not this user's, older than a day, or gone."""
    try:
        facts = signing.loads(token, salt=SALT, max_age=KEPT)
        if facts["user"] != user.pk:
            return None
        with attachment_storage().open(_path(facts["sha256"], user)) as file:
            content: bytes = file.read()
    except (signing.BadSignature, FileNotFoundError):
        return None
    return Pending(SimpleUploadedFile(facts["name"], content), content, facts["told"])


def drop(pending: Pending, *, user: User) -> None:
    """Remove an upload that was imported or given up."""
    attachment_storage().delete(_path(hashlib.sha256(pending.content).hexdigest(), user))


def _path(sha256: str, user: User) -> str:
    return f"{FOLDER}/{user.pk}-{sha256}"


def _forget_old() -> None:
    storage = attachment_storage()
    if not storage.exists(FOLDER):
        return
    before = timezone.now() - KEPT
    for name in storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if storage.get_modified_time(path) < before:
            storage.delete(path)
