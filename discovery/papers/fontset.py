"""The vendored fonts, and a Fontconfig that sees them and nothing else.

Importing this module points FONTCONFIG_FILE at a configuration of our own; a module that imports WeasyPrint imports this
one first, because WeasyPrint asks Fontconfig for its fonts as it is imported. The configuration and Fontconfig's cache
are written under $TECUM_DATA when that is set, else in a private temporary directory: never into the source tree.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent
"""The only folder that the engine may read files from: fonts and styles (papers.fetcher)."""
FONTS = ROOT / "fonts"
STYLES = ROOT / "styles"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file; `style` is "regular", "bold", "italic" or "bold italic"."""

    file: str
    name: str
    style: str
    version: str
    license: str
    license_file: str
    home: str
    sha256: str

    @property
    def path(self) -> Path:
        """Where the font file is."""
        return FONTS / self.file


@cache
def faces() -> tuple[Face, ...]:
    """Return every vendored face, in the order in which they are tried for a character (fonts/MANIFEST.toml)."""
    manifest = tomllib.loads((FONTS / "MANIFEST.toml").read_text(encoding="utf-8"))
    return tuple(Face(**entry) for entry in manifest["font"])


def install() -> Path:
    """Write the Fontconfig configuration, point FONTCONFIG_FILE at it and return its path.

    Two processes that start at once write the same bytes under the same name; each rename is atomic.
    """
    folder = _writable_folder()
    text = (FONTS / "fonts.conf").read_text(encoding="utf-8")
    text = text.replace("@FONTS@", escape(str(FONTS))).replace("@CACHE@", escape(str(folder / "cache")))
    target = folder / f"fonts-{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    if not target.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as draft:
            draft.write(text)
        Path(draft.name).replace(target)
    os.environ["FONTCONFIG_FILE"] = str(target)
    return target


def _writable_folder() -> Path:
    data = os.environ.get("TECUM_DATA", "")
    if data:
        folder = Path(data).expanduser().resolve() / "fontconfig"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:  # a read-only data directory: a worker of a hardened installation; a temporary one will do
            return _temporary_folder()
        if os.access(folder, os.W_OK):
            return folder
    return _temporary_folder()


def _temporary_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tecum-fonts-"))
    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # a forked worker still reads what its parent made
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder


CONFIGURATION = install()
