"""Putting finished papers into storage, named by their content, and packing them for download."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext as _

from discovery.models import Draft
from discovery.models.drafts import paper_storage
from discovery.papers.errors import PaperRefused
from discovery.papers.rendering import Rendered

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The zip format's first day: the same papers give the same zip."""


class FinishedFile(File):  # type: ignore[type-arg]
    """A file written in full beside its destination; storage moves it into place, so nobody ever sees half a paper."""

    def __init__(self, content: bytes, folder: Path) -> None:
        """Write the content to a temporary file in `folder`, which lies on the storage's own disk."""
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix="rendering-", delete=False) as file:
            file.write(content)
        super().__init__(Path(file.name).open("rb"), name=file.name)  # noqa: SIM115 - `store` closes it

    def temporary_file_path(self) -> str:
        """Tell the storage that it may move the file instead of copying it."""
        assert self.name is not None
        return self.name


def store(rendered: Rendered) -> str:
    """Put a rendered paper into storage under the hash of its bytes and return the name."""
    return store_pdf(rendered.pdf, rendered.sha256)


def store_pdf(pdf: bytes, sha256: str) -> str:
    """Put a PDF into storage under the hash of its bytes and return the name; one that is there stays as it is."""
    return keep(f"papers/{sha256[:2]}/{sha256}.pdf", pdf)


def keep(name: str, content: bytes) -> str:
    """Put finished bytes into storage under a name made of their hash and return it; what is there stays as it is."""
    storage = paper_storage()
    if storage.exists(name):
        return name
    if not isinstance(storage, FileSystemStorage):
        return storage.save(name, File(io.BytesIO(content), name=name))
    file = FinishedFile(content, Path(storage.location) / name.split("/", maxsplit=1)[0])
    try:
        kept = storage.save(name, file)
    finally:
        file.close()
    if kept != name:
        # Another worker stored the same bytes between the look and the move: one copy is enough.
        storage.delete(kept)
    return name


def stored_pdf(sha256: str) -> bytes:
    """Return a paper or an attached PDF by its hash. Raises PaperRefused when it is no longer in storage."""
    storage = paper_storage()
    for folder in ("papers", "attachments"):
        name = f"{folder}/{sha256[:2]}/{sha256}.pdf"
        if storage.exists(name):
            with storage.open(name) as file:
                content: bytes = file.read()
                return content
    raise PaperRefused(_("The file of an exhibit is no longer where it was stored: make or attach it again."))


def zip_of(drafts: Iterable[Draft]) -> IO[bytes]:
    """Return a zip of the ready drafts' files, spooled to disk when large. Equal names get a number.

    Raises FileNotFoundError when a file is no longer in storage.
    """
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115 - the caller sends and closes it
    taken: set[str] = set()
    try:
        with zipfile.ZipFile(spool, "w", compression=zipfile.ZIP_STORED) as archive:
            for draft in drafts:
                if not draft.file:
                    continue
                name = _free_name(draft.download_name(), taken)
                with paper_storage().open(str(draft.file.name)) as file:
                    archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), file.read())
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


def _free_name(wanted: str, taken: set[str]) -> str:
    stem, dot, ending = wanted.rpartition(".")
    name, count = wanted, 1
    while name.casefold() in taken:  # Windows and macOS unpack "META" over "Meta"
        count += 1
        name = f"{stem}-{count}{dot}{ending}"
    taken.add(name.casefold())
    return name
