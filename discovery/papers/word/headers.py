"""What stands outside the text: the numbered lines and rules of pleading paper, DRAFT, the foot of the page.

All in headers and footers, so that people type in a text and nothing else, and none of it is copied with the text. The numbers
stand in a frame of their own in the margin, each line as high as a numbered line; rules and DRAFT are drawn shapes behind the
text (VML, which both Word and LibreOffice read).
"""

from __future__ import annotations

from dataclasses import replace

from discovery.law.paper_styles import PaperStyle
from discovery.papers.word.inline import BREAK, Piece, runs_of
from discovery.papers.word.lengths import twips
from discovery.papers.word.looks import Type
from discovery.papers.word.pages import PAGE_NUMBER, PAGES, ROMAN, Foot, PageLook
from discovery.papers.word.paragraphs import NO_EDGES, Edges, Paragraph, Setting, Styles, paragraph_xml
from discovery.papers.word.style_names import FOOTER, LINE_NUMBERS, SPACER

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
NUMBERS_WIDE = 30.0
DRAFT_SIZE = (400.0, 133.0)
"""How large DRAFT is drawn across the page, in points, before it is turned by 45 degrees."""
FIELD = (
    '<w:r>{how}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{how}<w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
    '<w:r>{how}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{how}<w:t>1</w:t></w:r>'
    '<w:r>{how}<w:fldChar w:fldCharType="end"/></w:r>'
)
FIELDS = {PAGE_NUMBER: "PAGE", ROMAN: "PAGE \\* roman", PAGES: "SECTIONPAGES"}


def numbers(style: PaperStyle) -> list[Paragraph]:
    """Return the paragraphs that print a paper style's line numbers, for the styles of the document."""
    how = Setting(align="right", line=float(style.pitch), exact=True)
    return [Paragraph(LINE_NUMBERS, how, Type(), runs=[(None, f"<w:t>{number}</w:t>")]) for number in range(1, style.lines + 1)]


def header_xml(page: PageLook, style: PaperStyle | None, styles: Styles, *, draft: bool) -> str:
    """Return a header part: empty, or with DRAFT, numbered lines and rules."""
    parts: list[str] = []
    shapes: list[str] = []
    if style is not None and style.lines:
        frame = (
            f'<w:framePr w:w="{twips(NUMBERS_WIDE)}" w:h="{twips(style.lines * style.pitch)}" w:hRule="exact"'
            ' w:hSpace="0" w:wrap="around"'
            f' w:vAnchor="page" w:hAnchor="page" w:x="{twips(style.numbers_right - NUMBERS_WIDE)}" w:y="{twips(style.top)}"/>'
        )
        for one in numbers(style):
            xml = paragraph_xml(one, styles)
            at = xml.index("/>") + 2  # after pStyle, before what follows in the schema's order
            parts.append(xml[:at] + frame + xml[at:])
        shapes += [_rule(x, page.height, index) for index, x in enumerate((*style.left_rules, *style.right_rules), start=1)]
    if draft:
        shapes.append(_draft())
    anchor = Paragraph(SPACER, Setting(line=1.0, exact=True), runs=[(None, shape) for shape in shapes])
    return f"<w:hdr {NAMESPACES}>{''.join(parts)}{paragraph_xml(anchor, styles)}</w:hdr>"


def _rule(x: float, height: float, number: int) -> str:
    place = "position:absolute;z-index:-10;mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    return (
        f'<w:pict><v:line id="rule{number}" style="{place}" from="{x}pt,0" to="{x}pt,{height}pt"'
        ' strokecolor="black" strokeweight=".5pt"/>'
        "</w:pict>"
    )


def _draft() -> str:
    width, height = DRAFT_SIZE
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;z-index:-20;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    return (
        '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" style="{place}"'
        ' fillcolor="#e6e6e6" stroked="f">'
        '<v:textpath style="font-family:\'Times New Roman\';font-size:1pt" string="DRAFT"/></v:shape></w:pict>'
    )


def foot_paragraphs(feet: tuple[Foot, ...], page: PageLook) -> list[Paragraph]:
    """Return what the foot of a page prints; boxes side by side stand on one line with tabs between them."""
    if not feet:
        return []
    look = feet[0].look
    across = look.width or page.room
    setting = Setting(line=look.line, align=look.align if len(feet) == 1 else "", edges=_edges(feet[0]))
    if len(feet) > 1:
        setting = replace(setting, align="")
    one = Paragraph(FOOTER, setting, look.type)
    one.tabs = (
        ()
        if len(feet) == 1
        else tuple((foot.where, page.room / 2 if foot.where == "center" else page.room, "") for foot in feet[1:])
    )
    found: list[Paragraph] = []
    if len(feet) == 1:
        side = max(0.0, (page.room - across) / 2)
        for number, line in enumerate(feet[0].lines):
            edges = setting.edges if number == 0 else NO_EDGES
            found.append(
                Paragraph(FOOTER, replace(setting, edges=edges, left=side, right=side), look.type, runs=_line_runs(line, look.type))
            )
        return found
    pieces: list[tuple[Type | None, str]] = []
    for index, foot in enumerate(feet):
        pieces += [(None, "<w:tab/>")] if index else []
        for number, line in enumerate(foot.lines):
            pieces += runs_of([BREAK]) if number else []
            pieces += _line_runs(line, foot.look.type)
    one.runs = pieces
    return [one]


def _edges(foot: Foot) -> Edges:
    return (foot.look.border[0], foot.look.padding[0]), NO_EDGES[1], NO_EDGES[2], NO_EDGES[3]


def _line_runs(line: tuple[str, ...], made: Type) -> list[tuple[Type | None, str]]:
    found: list[tuple[Type | None, str]] = []
    for part in line:
        if part in FIELDS:
            how = f'<w:rPr><w:sz w:val="{round(made.size * 2)}"/></w:rPr>'
            found.append((None, FIELD.format(how=how, name=FIELDS[part])))
        else:
            found += runs_of([Piece("text", made, part)])
    return found


def footer_xml(paragraphs: list[Paragraph], styles: Styles) -> str:
    """Return a footer part."""
    body = "".join(paragraph_xml(one, styles) for one in paragraphs) or "<w:p/>"
    return f"<w:ftr {NAMESPACES}>{body}</w:ftr>"
