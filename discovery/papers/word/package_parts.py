"""The parts of a Word file beside its text, styles, headers and feet: settings, fonts, footnotes, what made it."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from discovery.papers.word.headers import NAMESPACES
from discovery.papers.word.notes import Footnotes
from discovery.papers.word.paragraphs import FACE, FACE_EAST_ASIAN, Styles, paragraph_xml

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
REPLACED = {
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
"""Parts of python-docx's own template that a paper has of its own or does not need. Numbering: every number of ours is literal."""
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
FONTS = (
    (FACE, "Liberation Serif,Tinos,Times", "02020603050405020304", "00", "roman"),
    ("Segoe UI Symbol", "Apple Symbols,DejaVu Sans", "020B0502040204020203", "00", "swiss"),
    (FACE_EAST_ASIAN, "Songti SC,Droid Sans Fallback", "02010600030101010101", "86", "auto"),
)
"""Faces with what stands in for them where they are missing: names, PANOSE class, character set (hexadecimal), family."""


def settings_xml(language: str) -> str:
    """Return settings.xml: Word 2013's layout, no compatibility mode, the footnotes' separators, the language.

    The separators must stand in footnotes.xml too, also where nobody wrote a note: Word takes a name of nothing for damage.
    """
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        "<w:compat>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f"<w:themeFontLang w:val={quoteattr(language)}/></w:settings>"
    )


def add_parts(package: Any, footnotes: Footnotes, styles: Styles) -> None:
    """Put the parts into a document of python-docx from which REPLACED were taken."""
    whole, text = package.part.package, package.part
    _add(whole, "/docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, _application())
    _add(text, "/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, _fonts())
    _add(text, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, _footnotes(footnotes, styles))


def _add(owner: Any, name: str, kind: str, relation: str, xml: str) -> None:
    whole = getattr(owner, "package", owner)
    owner.relate_to(Part(PackURI(name), kind, (DECLARATION + xml).encode(), whole), relation)


def _application() -> str:
    """What made the file: the template's own words say that Word did."""
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{namespace}"><Application>Tecum</Application></Properties>'


def _fonts() -> str:
    made = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(instead)}/>"
        f'<w:panose1 w:val="{escape(panose)}"/><w:charset w:val="{signs}"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, instead, panose, signs, family in FONTS
    )
    return f"<w:fonts {NAMESPACES}>{made}</w:fonts>"


def _footnotes(footnotes: Footnotes, styles: Styles) -> str:
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph_xml(one, styles)}</w:footnote>'
        for number, one in enumerate(footnotes.made, start=1)
    )
    return f"<w:footnotes {NAMESPACES}>{SEPARATORS}{notes}</w:footnotes>"
