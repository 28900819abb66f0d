"""Taking in a file that proves something: looked at, named by its content, kept as it came."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.intake.tables import DAMAGED
from discovery.models import Attachment, Case
from discovery.models.attachments import attachment_storage

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import UploadedFile

    Upload = UploadedFile[bytes]

MEGABYTE = 1024 * 1024
KINDS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".msg": ("application/vnd.ms-outlook", b"\xd0\xcf\x11\xe0"),
    ".eml": ("message/rfc822", b""),
    ".txt": ("text/plain", b""),
}
"""What is taken in, by the ending of its name: its media type and the bytes it must begin with ("" for text)."""
PAPERS_AND_SHEETS = KINDS | {
    ".csv": ("text/csv", b""),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
}
"""What a privilege log comes as."""
OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
"""The part that a zip must hold to be what its name says."""
UNPACKED_LIMIT = 200 * MEGABYTE


def keep_attachment(
    case: Case, upload: Upload, *, by: User, field: str, kinds: Mapping[str, tuple[str, bytes]] = KINDS
) -> Attachment:
    """Store an uploaded file and return its row; part of the verb that the file proves something for, which writes the event.

    `kinds` are those taken, papers and pictures as a rule. Raises Refused at `field`, naming what would be taken,
    for a file too large, of a kind not taken, or not what its name says.
    """
    limit = settings.ATTACHMENT_MEGABYTES * MEGABYTE
    if not upload.size:
        raise Refused(_("The file is empty. Choose it again."), field=field)
    if upload.size > limit:
        raise Refused(
            _("The file has %(size)d MB; at most %(limit)d MB are taken. Scan it at a lower resolution, or split it.")
            % {"size": -(-upload.size // MEGABYTE), "limit": settings.ATTACHMENT_MEGABYTES},
            field=field,
        )
    name = PurePosixPath(str(upload.name).replace("\\", "/")).name[:200]
    ending = PurePosixPath(name).suffix.lower()
    content = upload.read()
    media_type = _media_type(ending, content, field, kinds)
    sha256 = hashlib.sha256(content).hexdigest()
    stored = f"attachments/{sha256[:2]}/{sha256}{ending}"
    storage = attachment_storage()
    if not storage.exists(stored):
        stored = storage.save(stored, ContentFile(content))
    kept = Attachment(case=case, name=name, file=stored, media_type=media_type, sha256=sha256, size=len(content), added_by=by)
    kept.save()
    return kept


def _media_type(ending: str, content: bytes, field: str, kinds: Mapping[str, tuple[str, bytes]]) -> str:
    if ending not in kinds:
        known = ", ".join(kind.removeprefix(".").upper() for kind in kinds if kind != ".jpeg")
        raise Refused(_("This kind of file is not taken. Taken are: %(kinds)s.") % {"kinds": known}, field=field)
    media_type, magic = kinds[ending]
    told = content.startswith(magic) if magic else _is_text(content)
    if told and ending in OFFICE_PARTS:
        told = _holds(content, OFFICE_PARTS[ending])
    if not told:
        raise Refused(
            _("The file is named %(ending)s but is something else inside. Save it anew in that format, or choose another file.")
            % {"ending": ending},
            field=field,
        )
    return media_type


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content[:65536]


def _holds(content: bytes, part: str) -> bool:
    """Whether a zip holds a part of an office document and unpacks to a sane size; nothing of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            size = sum(entry.file_size for entry in archive.infolist())
    except DAMAGED:
        return False
    return part in names and size <= UNPACKED_LIMIT
