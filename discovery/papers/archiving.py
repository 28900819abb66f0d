"""PDF/A-3u beside PDF/UA-1, for courts that ask for it (the `archive` of a paper style).

WeasyPrint 70 writes one variant, and ours is PDF/UA-1. What PDF/A-3u (ISO 19005-3) asks beyond it is added here: an output intent
for the colours (6.2.3), annotations that print (6.3.2), the identification in the XMP metadata (6.6.4), and there a description of
the PDF/UA identification, which PDF/A's own schemas do not know (6.6.2.3). The engine's own `output_intent` will not do: it leaves
the profile in the laid-out document, which is kept and joined to other papers.
No validator of ISO 19005 runs here; the tests read these marks back.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import pydyf

from discovery.law.paper_styles import paper_style
from discovery.papers.parts import Section

PRINTED = 4
"""The flag of an annotation that is printed (ISO 32000-1, table 165)."""

_IDENTIFICATION = """<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" rdf:about="">
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def archive_of(made: tuple[Section, ...]) -> str:
    """Return the PDF/A that a paper is to be, "3u" or "": what the style of one of its sections asks for."""
    asked = {paper_style(section.paper_style).archive for section in made if section.paper_style}
    return max(asked, default="")


def make_archive(pdf: Any, archive: str) -> None:
    """Turn a finished pydyf PDF/UA into a PDF/A as well; `archive` is part and level, "3u"."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Annot":
            thing["F"] = PRINTED
    profile = pydyf.Stream([_srgb()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    name = pydyf.String("sRGB IEC61966-2.1")
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "OutputConditionIdentifier": name, "Info": name}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary({**intent, "DestOutputProfile": profile.reference})])
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    marks = _IDENTIFICATION.format(part=archive[:-1], level=archive[-1].upper()).encode()
    metadata.stream = [part.replace(b"</rdf:RDF>", marks + b"</rdf:RDF>", 1) for part in metadata.stream]


@cache
def _srgb() -> bytes:
    """Return the colour profile that comes with the engine: the International Color Consortium's sRGB2014."""
    return (resources.files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
