"""What Word itself would say of a file, and LibreOffice does not: its schema, and the rules that no schema has.

openxml-audit knows the order of elements, their values and what refers to what (the rules of Microsoft's Open XML SDK). It does not
ask for attributes that nobody knows, nor for the rest that is looked for here. Word refuses a file for any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from tests.papers.word.reading_word import W, parts

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
EDGE = "val sz space color w type"
VALUED = (
    *("b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "color", "sz", "szCs", "u", "vertAlign", "lang", "rStyle"),
    *("pStyle", "keepNext", "keepLines", "jc", "outlineLvl", "gridSpan", "vMerge", "vAlign", "type"),
    *("name", "basedOn", "next", "uiPriority", "altName", "panose1", "charset", "family", "pitch"),
    *("defaultTabStop", "characterSpacingControl", "themeFontLang"),
)
"""Elements that have a value and nothing else."""
OF_ELEMENT = {
    "spacing": "before after line lineRule",
    "rFonts": "ascii hAnsi eastAsia cs",
    "pgMar": "top right bottom left header footer gutter",
    "pgSz": "w h orient",
    "pgNumType": "start",
    "shd": "val color fill",
    **dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), EDGE),
    "style": "type styleId default customStyle",
    "ind": "left right firstLine hanging",
    "fldChar": "fldCharType",
    "framePr": "w h hRule hSpace wrap vAnchor hAnchor x y",
    "trHeight": "val hRule",
    "bookmarkStart": "id name",
    "bookmarkEnd": "id",
    "footnoteReference": "id",
    "footnote": "id type",
    "tab": "val leader pos",
    "font": "name",
    "compatSetting": "name uri val",
    "zoom": "percent",
    "tblLayout": "type",
    **dict.fromkeys(("tblInd", "tblW", "tcW"), "w type"),
    "gridCol": "w",
    **dict.fromkeys(("headerReference", "footerReference"), f"type {R}id"),
    **dict.fromkeys(("t", "instrText"), SPACE),
    **dict.fromkeys(VALUED, "val"),
}
"""The attributes that each element of ours may have (ISO/IEC 29500-1, 17); one that is not named here may have none."""


def faults(word: bytes, folder: Path) -> list[str]:
    """Return what is wrong with a Word file; none, and Word opens it as it is."""
    path = folder / "checked.docx"
    path.write_bytes(word)
    # A validator keeps what it read of the file before: each file has one of its own.
    told = OpenXmlValidator(FileFormat.OFFICE_2019, max_errors=0).validate(path)
    return [*(f"{one.part_uri}: {one.description}" for one in told.errors), *_others(parts(word))]


def _others(found: dict[str, bytes]) -> Iterator[str]:
    for name, content in found.items():
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
            root = etree.fromstring(content)
            yield from (f"{name}: {wrong}" for wrong in (*_attributes(root), *_tables(root), *_bookmarks(root), *_sections(root)))
    yield from _content_types(found)
    for tag, count in Counter(one.tag for one in etree.fromstring(found["docProps/core.xml"])).items():
        if count > 1:
            yield f"two of {tag}"


def _attributes(root: Any) -> Iterator[str]:
    for one in root.iter(f"{W}*"):
        name = one.tag.removeprefix(W)
        known = set(OF_ELEMENT.get(name, "").split())
        yield from (f"{name} has {key}" for key in one.attrib if key.removeprefix(W) not in known)
        if name in {"pgMar", "pgSz"} and not known - {"orient"} <= {key.removeprefix(W) for key in one.attrib}:
            yield f"{name} lacks some of its sides"


def _tables(root: Any) -> Iterator[str]:
    for one in root.iter(f"{W}tc"):
        if one[-1].tag != f"{W}p":
            yield "a cell does not end with a paragraph"
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iterfind(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iterfind(f"{W}tc")]
            if sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) != columns:
                yield "a row has not as many columns as its table"


def _bookmarks(root: Any) -> Iterator[str]:
    begun = [one.get(f"{W}id") for one in root.iter(f"{W}bookmarkStart")]
    if sorted(begun) != sorted(one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd")):
        yield "bookmarks do not end where they begin"
    names = [one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")]
    if len({name.casefold() for name in names}) != len(names):
        yield "two bookmarks have one name"
    yield from (f"{name} is no name for a bookmark" for name in names if not (name.isidentifier() and name[0].isalpha()))


def _sections(root: Any) -> Iterator[str]:
    for one in root.iter(f"{W}sectPr"):
        kinds = [(each.tag, each.get(f"{W}type")) for each in one if each.get(f"{R}id")]
        if len(set(kinds)) != len(kinds):
            yield "a section has two headers or feet of one kind"


def _content_types(found: dict[str, bytes]) -> Iterator[str]:
    named = {one.get("PartName") for one in etree.fromstring(found["[Content_Types].xml"])}
    for name in found:
        if name.endswith(".xml") and name != "[Content_Types].xml" and f"/{name}" not in named:
            yield f"{name} has no content type of its own"
