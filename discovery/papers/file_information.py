"""What a PDF says of itself: title, author, language, dates, and whether it claims to follow PDF/UA-1."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, String

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
ASSOCIATED = Name("/Data")
"""The relationship of an attached file to its document (ISO 32000-2, table 43)."""
_CLAIM = re.compile(rb"pdfuaid:part(\s*=\s*[\"']1[\"']|>\s*1\s*<)")


@dataclass(frozen=True, slots=True)
class About:
    """A file's own description; `created` is an ISO 8601 date-time with zone, `creator` the program with its release."""

    title: str
    language: str
    creator: str
    created: str
    author: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a PDF carries; `media_type` as PDF names it: "application/json"."""

    name: str
    description: str
    content: bytes
    media_type: str


def attach(pdf: Pdf, attached: Attached, moment: datetime) -> None:
    """Put a file into a PDF as data that belongs to the whole document, with the paper's date and not the clock's."""
    stamp = String(pdf_date(moment))
    checksum = hashlib.md5(attached.content, usedforsecurity=False).digest()  # what the format asks for, not a protection
    stream = pdf.make_stream(attached.content)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{attached.media_type}")
    stream.Params = Dictionary(CheckSum=String(checksum), Size=len(attached.content), CreationDate=stamp, ModDate=stamp)
    name = String(attached.name)
    specification = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=name,
            UF=name,
            Desc=String(attached.description),
            EF=Dictionary(F=stream, UF=stream),
            AFRelationship=ASSOCIATED,
        )
    )
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array([name, specification]))
    pdf.Root.AF = Array([specification])


def claims_accessibility(pdf: Pdf) -> bool:
    """Return whether a PDF says that it follows PDF/UA-1 (ISO 14289-1, 5)."""
    metadata = pdf.Root.get("/Metadata")
    return metadata is not None and _CLAIM.search(metadata.read_bytes()) is not None


def write_information(pdf: Pdf, about: About, *, accessible: bool) -> None:
    """Write title, language, author and dates into a PDF, twice as the standard has it: document information and XMP."""
    pdf.Root.Lang = String(about.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    moment = datetime.fromisoformat(about.created)
    stamp = pdf_date(moment)
    keywords = ", ".join(about.keywords)
    facts = {"/Title": about.title, "/Author": about.author, "/Keywords": keywords, "/Creator": about.creator}
    information = Dictionary({key: String(value) for key, value in facts.items() if value})
    information.Producer = String(about.creator)
    information.CreationDate = information.ModDate = String(stamp)
    pdf.trailer.Info = pdf.make_indirect(information)
    metadata = pdf.make_stream(_packet(about, moment, keywords, accessible=accessible).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata


def pdf_date(moment: datetime) -> str:
    """Return a moment as PDF writes it: D:20250618093000-07'00 (ISO 32000-1, 7.9.4)."""
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:5]}" if zone else "Z")


def _packet(about: About, moment: datetime, keywords: str, *, accessible: bool) -> str:
    stamp = moment.isoformat(timespec="seconds")
    lines = [
        "<pdfuaid:part>1</pdfuaid:part>" if accessible else "",
        f"<pdf:Producer>{escape(about.creator)}</pdf:Producer>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>" if about.author else "",
        f"<pdf:Keywords>{escape(keywords)}</pdf:Keywords>" if keywords else "",
        f"<xmp:CreatorTool>{escape(about.creator)}</xmp:CreatorTool>",
        f"<xmp:CreateDate>{stamp}</xmp:CreateDate>",
        f"<xmp:ModifyDate>{stamp}</xmp:ModifyDate>",
    ]
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    body = "\n".join(line for line in lines if line)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF {spaces}>\n<rdf:Description rdf:about="">\n{body}\n</rdf:Description>\n</rdf:RDF>\n'
        '</x:xmpmeta>\n<?xpacket end="r"?>'
    )
