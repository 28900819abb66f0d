"""Stamping pages: an exhibit's label or a Bates number on each, in words that can be searched and copied, tagged as no text.

Outlines would look the same and cost no font, but a Bates number that cannot be found with the reader's search is of no use;
so it is text in a small embedded subset, inside an artifact (ISO 14289-1, 7.1), which screen readers leave out.
The page below stays untouched: nothing is covered, moved or scaled.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf

from discovery.papers.assembly import opened, saved
from discovery.papers.errors import PaperBroken, PaperRefused
from discovery.papers.fontset import faces

SIZE = 10.0
MARGIN = 18.0
"""Points from the edges of the visible page: a quarter of an inch, inside what every printer prints."""
FAMILY = "Liberation Serif"
PLACES = ("bottom-right", "bottom-center", "top-right")
FIRST, LAST = 0x20, 0x7E
"""The stamp's letters: what Bates prefixes and exhibit labels are made of."""
KINDS = {"exhibit": "/Footer", "bates": "/BatesN"}
"""The artifact's subtype: BatesN is the name of ISO 32000-2, table 363."""


def stamped(pdf: bytes, texts: Sequence[str], place: str = "bottom-right", *, kind: str = "exhibit", name: str = "") -> bytes:
    """Stamp each page of a PDF with its text; an empty one leaves the page as it is.

    Raises PaperRefused for a file that cannot be read, and for a character that a stamp has no letter for.
    """
    with opened(pdf, name) as document:
        stamp_pages(document, document.pages, texts, place, kind=kind)
        return saved(document)


def stamp_pages(document: Pdf, pages: Any, texts: Sequence[str], place: str, *, kind: str = "exhibit") -> None:
    """Stamp the given pages of an open document, as `stamped` does. Its tags and bookmarks stay as they are."""
    if len(texts) != len(pages):
        raise PaperBroken(f"There are {len(texts)} stamps for {len(pages)} pages.")
    if place not in PLACES:
        raise PaperBroken(f"A stamp has no place called {place}.")
    used = "".join(sorted(set("".join(texts))))
    if not used:
        return
    wrong = [letter for letter in used if not FIRST <= ord(letter) <= LAST]
    if wrong:
        said = gettext("A stamp is made of plain letters, digits and signs; “%(letter)s” is not one of them.")
        raise PaperRefused(said % {"letter": wrong[0]})
    font = _font(document, used)
    opening, closing = document.make_stream(b"q\n"), document.make_stream(b"\nQ\n")
    for page, text in zip(pages, texts, strict=True):
        if text:
            _stamp(document, page.obj, text, place, font, (opening, closing), KINDS[kind])


def _stamp(document: Pdf, page: Any, text: str, place: str, font: Any, around: tuple[Any, Any], subtype: str) -> None:
    resources = page.get("/Resources", Dictionary())
    fonts = Dictionary(dict(resources.get("/Font", Dictionary()).items()))
    name = next(f"/Stamp{number}" for number in range(len(fonts) + 1) if f"/Stamp{number}" not in fonts)
    fonts[name] = font
    own = Dictionary(dict(resources.items()))  # a copy: other pages may share it
    own.Font = fonts
    page.Resources = own
    matrix = " ".join(f"{figure:.3f}".rstrip("0").rstrip(".") for figure in _matrix(page, width(text), place))
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    drawn = (
        f"/Artifact <</Type /Pagination /Subtype {subtype}>> BDC\n"
        f"q\n{matrix} cm\nBT\n0 g\n{name} {SIZE:g} Tf\n({escaped}) Tj\nET\nQ\nEMC\n"
    )
    contents = page.get("/Contents", Array())
    before = list(contents) if isinstance(contents, Array) else [contents]
    # What a foreign page leaves of its graphics state must not move the stamp.
    page.Contents = Array([around[0], *before, around[1], document.make_stream(drawn.encode("ascii"))])


def _matrix(page: Any, long: float, place: str) -> tuple[float, ...]:
    """Return the matrix that takes the stamp to its place on the page as it is looked at, turned pages included."""
    left, bottom, right, top = box_of(page)
    turned = int(_inherited(page, "/Rotate", 0)) % 360
    wide, high = (top - bottom, right - left) if turned in (90, 270) else (right - left, top - bottom)
    x = (wide - long) / 2 if place == "bottom-center" else wide - MARGIN - long
    y = high - MARGIN - SIZE * 0.66 if place == "top-right" else MARGIN
    if turned == 90:
        return 0, 1, -1, 0, right - y, bottom + x
    if turned == 180:
        return -1, 0, 0, -1, right - x, top - y
    if turned == 270:
        return 0, -1, 1, 0, left + y, top - x
    return 1, 0, 0, 1, left + x, bottom + y


def box_of(page: Any) -> tuple[float, float, float, float]:
    """Return the visible box of a page: left, bottom, right, top."""
    box = [float(edge) for edge in _inherited(page, "/CropBox", _inherited(page, "/MediaBox", [0, 0, 612, 792]))]
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def _inherited(page: Any, key: str, missing: Any) -> Any:
    node, depth = page, 0
    while isinstance(node, Dictionary) and depth < 50:
        if key in node:
            return node[key]
        node, depth = node.get("/Parent"), depth + 1
    return missing


def width(text: str) -> float:
    """Return the length of a stamp in points."""
    widths = _widths()
    return sum(widths[ord(letter) - FIRST] for letter in text) * SIZE / 1000


def _font(document: Pdf, letters: str) -> Any:
    file = document.make_stream(_subset(letters))
    metrics = _face()
    scale = 1000 / metrics["head"].unitsPerEm
    head, hhea = metrics["head"], metrics["hhea"]
    base = Name(f"/{_tag(letters)}+LiberationSerif-Bold")
    descriptor = document.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=32,
            FontBBox=Array([round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]),
            ItalicAngle=0,
            Ascent=round(hhea.ascent * scale),
            Descent=round(hhea.descent * scale),
            CapHeight=655,
            StemV=140,
            FontFile2=file,
        )
    )
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=base,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=FIRST,
            LastChar=LAST,
            Widths=Array(list(_widths())),
            FontDescriptor=descriptor,
        )
    )


def _tag(letters: str) -> str:
    """Return six capitals that stand for which letters a subset has (ISO 32000-1, 9.6.4)."""
    number = sum(1 << (ord(letter) - FIRST) for letter in letters) % 26**6
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))


@cache
def _subset(letters: str) -> bytes:
    options = Options()
    options.layout_features, options.hinting, options.notdef_outline = [], False, True
    options.drop_tables += ["FFTM"]  # FontForge's own dates
    font = TTFont(_path(), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


@cache
def _face() -> Any:
    return TTFont(_path(), lazy=True)


@cache
def _widths() -> tuple[int, ...]:
    face = _face()
    table, metrics, unit = face.getBestCmap(), face["hmtx"], face["head"].unitsPerEm
    return tuple(round(metrics[table[code]][0] * 1000 / unit) for code in range(FIRST, LAST + 1))


def _path() -> Any:
    return next(face.path for face in faces() if face.name == FAMILY and face.style == "bold")
