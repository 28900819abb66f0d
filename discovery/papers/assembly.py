"""Joining finished PDFs into one: pages, structure trees, bookmarks, destinations, form fields; equal fonts and streams once.

A part is any PDF. Of parts that claim PDF/UA-1 comes a file that claims it too; one that came from outside without tags
(a scan, an exhibit) is let in, and the result then makes no such claim and names the part (`Joined.untagged`).

Scripts, launch actions and whatever else a foreign file does by itself stay behind: only pages, their links within the file and
to the web, tags, bookmarks and form fields come along. Equal parts in equal order give equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pikepdf
from django.utils.translation import gettext
from pikepdf import Array, Dictionary, Name, Pdf

from discovery.papers import bookmarks, tagging
from discovery.papers.errors import PaperRefused
from discovery.papers.file_information import About, Attached, attach, claims_accessibility, write_information
from discovery.papers.folding import Folder
from discovery.papers.links import Destinations, drop, tame, tame_field

MALFORMED = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError, IndexError)
"""What pikepdf raises where a file has something else than the standard says: a number for a dictionary, a tree without leaves."""

LAYER_LISTS = ("/ON", "/OFF", "/Order", "/AS")


@dataclass(frozen=True, slots=True)
class Part:
    """A finished PDF and the bookmarks under which it stands: ("Meta Platforms, Inc.", "Subpoena package").

    Parts that follow one another and share the first of those share the bookmark. () gives it none of its own: its bookmarks stand
    where those of the whole stand; ("Exhibit A", "") puts them under the bookmark of the part before.
    `title` names it in its tag and in a refusal.
    """

    pdf: bytes
    bookmark: tuple[str, ...] = ()
    title: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title or (self.bookmark[-1] if self.bookmark else "")


@dataclass(frozen=True, slots=True)
class Joined:
    """The one file: its bytes, its pages, and the names of parts because of which it cannot claim PDF/UA-1."""

    pdf: bytes
    pages: int
    untagged: tuple[str, ...]


def joined(parts: Iterable[Part], about: About, attached: Attached | None = None) -> Joined:
    """Join parts, in order, into one PDF that carries `attached`. They are taken one by one, so `parts` may read each as it comes.

    Raises PaperRefused, naming the part, for one that is encrypted, damaged or without pages; and for no part at all.
    """
    with Pdf.new() as whole:
        assembly = _Assembly(whole, about)
        for part in parts:
            try:
                assembly.add(part)
            except MALFORMED as error:
                raise PaperRefused(_damaged(part.name)) from error
        if not len(whole.pages):
            raise PaperRefused(gettext("There is nothing to join."))
        assembly.close()
        if attached is not None:
            attach(whole, attached, datetime.fromisoformat(about.created))
        return Joined(saved(whole), len(whole.pages), tuple(assembly.untagged))


def opened(pdf: bytes, name: str) -> Pdf:
    """Open a part. Raises PaperRefused, naming it, for one that is encrypted, damaged or without pages.

    Nothing is repaired: a repair may lose pages without a word, which an exhibit must not.
    """
    try:
        source = pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True)
        count = len(source.pages)
    except pikepdf.PasswordError as error:
        raise PaperRefused(_protected(name)) from error
    except MALFORMED as error:
        raise PaperRefused(_damaged(name)) from error
    if source.is_encrypted:
        raise PaperRefused(_protected(name))
    if not count:
        raise PaperRefused(gettext("“%(name)s” has no pages.") % {"name": name})
    return source


def saved(pdf: Pdf) -> bytes:
    """Write a PDF so that equal content has equal bytes: the identifier is made of the content, no clock is asked."""
    target = io.BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        recompress_flate=False,
    )
    return target.getvalue()


def _damaged(name: str) -> str:
    return gettext("“%(name)s” is damaged or no PDF. Print it to PDF anew and attach that.") % {"name": name}


def _protected(name: str) -> str:
    said = gettext("“%(name)s” is protected by a password or against changes. Save a copy without protection and attach that.")
    return said % {"name": name}


class _Assembly:
    """One join under way."""

    def __init__(self, whole: Pdf, about: About) -> None:
        self.untagged: list[str] = []
        self._whole, self._about = whole, about
        self._tags = tagging.Tags(whole)
        self._folder = Folder()
        self._marks = bookmarks.Bookmarks(whole)
        self._destinations = Destinations(whole)
        self._fields = _Fields(whole)

    def add(self, part: Part) -> None:
        source = opened(part.pdf, part.name)
        first = len(self._whole.pages)
        # Pages first: what refers to them afterwards finds the copies that are there already.
        for page in source.pages:
            self._whole.pages.append(page)  # `extend` would warn of what it leaves, which is taken over below
        pages = [page.obj for page in list(self._whole.pages)[first:]]
        tagged = self._tags.add(source, pages, part.name, language=self._about.language)
        if not (tagged and claims_accessibility(source)):
            self.untagged.append(part.name)
        named = self._destinations.add(source)
        for sheet in pages:
            tame(sheet, named)
            self._folder.fold_page(sheet)
        self._marks.add(part.bookmark, source, pages[0], named)
        self._fields.add(source, named)
        _add_layers(self._whole, source)

    def close(self) -> None:
        self._tags.close(marked=not self.untagged)
        self._marks.close()
        self._destinations.close()
        self._fields.close()
        write_information(self._whole, self._about, accessible=not self.untagged)


class _Fields:
    """The form fields of the whole; a name that is taken gets a number."""

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._fields: list[Any] = []
        self._names: set[str] = set()
        self._resources: dict[str, Any] = {}
        self._appearance: Any = None
        self._redraw = False

    def add(self, source: Pdf, named: dict[bytes, Any]) -> None:
        form = source.Root.get("/AcroForm")
        if not isinstance(form, Dictionary) or not len(form.get("/Fields", [])):
            return
        drop(form, "/XFA")
        own = self._whole.copy_foreign(form if form.is_indirect else source.make_indirect(form))
        for field in list(own.Fields):
            tame_field(field, named)
            self._add_field(field)
        for kind, entries in own.get("/DR", Dictionary()).items():
            known = self._resources.setdefault(str(kind), Dictionary())
            for name, entry in entries.items() if isinstance(entries, Dictionary) else ():
                if name not in known:
                    known[name] = entry
        self._appearance = self._appearance or own.get("/DA")
        self._redraw = self._redraw or bool(own.get("/NeedAppearances", False))

    def _add_field(self, field: Any) -> None:
        wanted = str(field.get("/T", "field"))
        name, count = wanted, 1
        while name in self._names:
            count += 1
            name = f"{wanted}-{count}"
        self._names.add(name)
        field.T = pikepdf.String(name)
        if field.get("/FT") == Name.Sig:
            drop(field, "/V")  # a signature covers the bytes of the file it was made in, no others
        self._fields.append(field)

    def close(self) -> None:
        if not self._fields:
            return
        form = Dictionary(Fields=Array(self._fields))
        if self._resources:
            form.DR = Dictionary(self._resources)
        if self._appearance is not None:
            form.DA = self._appearance
        if self._redraw:
            form.NeedAppearances = True
        self._whole.Root.AcroForm = self._whole.make_indirect(form)


def _add_layers(whole: Pdf, source: Pdf) -> None:
    """Bring a part's optional content along: which layers there are and which of them show."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return
    own = whole.copy_foreign(layers if layers.is_indirect else source.make_indirect(layers))
    known = whole.Root.get("/OCProperties")
    if known is None:
        whole.Root.OCProperties = own
        return
    known.OCGs = Array([*known.get("/OCGs", []), *own.get("/OCGs", [])])
    into, of = known.get("/D", Dictionary()), own.get("/D", Dictionary())
    for key in LAYER_LISTS:
        if key in of:
            into[key] = Array([*into.get(key, []), *of[key]])
    known.D = into
