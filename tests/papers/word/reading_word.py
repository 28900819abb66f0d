"""Reads Word files back: their words in order, their styles, their parts, and what LibreOffice makes of them."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from discovery.papers.composition import sections
from discovery.papers.fontset import FONTS
from discovery.papers.snapshots import from_json

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = shutil.which("soffice")
_MADE_UP = re.compile(r"[•_\s]+")
"""What a page shows for a list item and for a blank, which are no words; and white space, which the two files set otherwise."""


def parts(word: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(word: bytes, name: str = "word/document.xml") -> Any:
    """Return one part as a tree of elements."""
    return etree.fromstring(parts(word)[name])


def words(word: bytes) -> str:
    """Return everything that a Word file's text says, in order, footnotes where they are called for, without white space."""
    found = parts(word)
    notes = {}
    if "word/footnotes.xml" in found:
        notes = {one.get(f"{W}id"): _said(one, {}) for one in etree.fromstring(found["word/footnotes.xml"]).iter(f"{W}footnote")}
    return _MADE_UP.sub("", _said(etree.fromstring(found["word/document.xml"]).find(f"{W}body"), notes))


def _said(element: Any, notes: dict[str, str]) -> str:
    said = []
    for one in element.iter(f"{W}t", f"{W}softHyphen", f"{W}footnoteReference"):
        style = one.getparent().getparent().find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == "CaptionSign":
            continue  # the PDF draws them
        if one.tag == f"{W}t":
            said.append(one.text or "")
        elif one.tag == f"{W}softHyphen":
            said.append("\u00ad")
        else:
            said.append(notes[one.get(f"{W}id")])
    return "".join(said)


def words_of_sections(canonical: str) -> str:
    """Return everything that the HTML of a paper says, in order, without white space."""
    bodies = (lxml.html.document_fromstring(section.markup).find("body") for section in sections(from_json(canonical)))
    return _MADE_UP.sub("", "".join(body.text_content() for body in bodies))


def styles(word: bytes) -> dict[str, str]:
    """Return the names of the styles that paragraphs of the text have, each with the words of its first paragraph."""
    names = {one.get(f"{W}styleId"): one.find(f"{W}name").get(f"{W}val") for one in tree(word, "word/styles.xml").iter(f"{W}style")}
    found: dict[str, str] = {}
    for one in tree(word).iter(f"{W}p"):
        style = one.find(f"{W}pPr/{W}pStyle")
        found.setdefault("Normal" if style is None else names[style.get(f"{W}val")], "".join(one.itertext()))
    return found


def converted(folder: Path) -> dict[str, bytes]:
    """Let LibreOffice convert every Word file of a folder to PDF, with the fonts that papers have; return the PDFs by name."""
    assert OFFICE is not None
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir>"
        '<match target="pattern"><test name="family"><string>Times New Roman</string></test><edit name="family" mode="assign" '
        'binding="strong"><string>Liberation Serif</string></edit></match></fontconfig>',
        encoding="utf-8",
    )
    names = sorted(str(path) for path in folder.glob("*.docx"))
    command = [
        OFFICE,
        f"-env:UserInstallation=file://{folder / 'profile'}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run(
        [*command, *names], check=True, capture_output=True, timeout=300, env={**os.environ, "FONTCONFIG_FILE": str(fonts)}
    )
    return {Path(name).stem: Path(name).with_suffix(".pdf").read_bytes() for name in names}
