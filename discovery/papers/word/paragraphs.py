"""Paragraphs as WordprocessingML, and the styles that they are set in.

A paper is converted twice over: first every paragraph is kept with all its values, then each named style gets the values that
most of its paragraphs have, and only what differs stands at a paragraph. So people who change a style change the paper.
The order of elements is the schema's (ISO/IEC 29500-1, 17.3.1 and 17.3.2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape, quoteattr

from discovery.papers.word.lengths import eighths, half_points, twips
from discovery.papers.word.looks import PLAIN, SIDES, Border, Type
from discovery.papers.word.style_names import BODY_TEXT, BUILT_IN, NEXT, UNSEEN, outline_level, style_id

Edges = tuple[tuple[Border, float], tuple[Border, float], tuple[Border, float], tuple[Border, float]]
NO_EDGES: Edges = ((Border(), 0.0), (Border(), 0.0), (Border(), 0.0), (Border(), 0.0))

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 cannot hold; a snapshot with such characters is refused before."""
_RIGHT_TO_LEFT = re.compile("([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:[ \u00a0]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*)")
SOFT_HYPHEN = "\u00ad"
FACE, FACE_EAST_ASIAN = "Times New Roman", "SimSun"
"""The face of everything, and of Chinese, Japanese and Korean, for which the former has no characters."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set; lengths in points, `line` None for the font's own."""

    align: str = ""
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    line: float | None = None
    exact: bool = False
    with_next: bool = False
    together: bool = False
    edges: Edges = NO_EDGES
    shade: str = ""


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its style, its values, its runs as (type, XML of the contents)."""

    style: str
    setting: Setting = Setting()
    type: Type = PLAIN
    runs: list[tuple[Type | None, str]] = field(default_factory=list)
    after: float = 0.0
    page_break: bool = False
    bidi: bool = False
    tabs: tuple[tuple[str, float, str], ...] = ()  # "left", "center" or "right", where, and what fills it: "", "dot", "hyphen"
    marks: tuple[tuple[int, str], ...] = ()  # bookmarks: number and name
    lines: int = 1  # how many lines its words take, as far as it can be told
    section: str = ""  # the properties of the section that ends here

    @property
    def height(self) -> float:
        """How high its lines are."""
        return self.lines * (self.setting.line or self.type.size * 1.15)


Styles = dict[str, tuple[Setting, Type]]


def defined(paragraphs: Iterable[Paragraph]) -> Styles:
    """Return each style's values: those that most of its paragraphs have, the earliest of equals."""
    # Paragraphs that look alike mostly share their values; counting those first spares comparing them sixty thousand times.
    shared: dict[tuple[str, int, int], tuple[Paragraph, int]] = {}
    for one in paragraphs:
        key = (one.style, id(one.setting), id(one.type))
        first, count = shared.get(key, (one, 0))
        shared[key] = (first, count + 1)
    counted: dict[str, Counter[tuple[Setting, Type]]] = {}
    for one, count in shared.values():
        counted.setdefault(one.style, Counter())[(one.setting, one.type)] += count
    return {name: counts.most_common(1)[0][0] for name, counts in counted.items()}


def text_runs(text: str) -> str:
    """Return the contents of a run for a text: its words, soft hyphens as Word's own, what XML forbids left out."""
    clean = _FORBIDDEN.sub("", text)
    parts = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in clean.split(SOFT_HYPHEN)]
    return "<w:softHyphen/>".join(parts)


def directed(text: str) -> list[tuple[str, bool]]:
    """Split a text into stretches, each with whether it reads from right to left."""
    parts = _RIGHT_TO_LEFT.split(text)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def paragraph_xml(one: Paragraph, styles: Styles) -> str:
    """Return a paragraph's XML: its style, and what it has otherwise than its style."""
    setting, type_ = styles[one.style]
    properties = f'<w:pStyle w:val="{style_id(one.style)}"/>{_setting_xml(one.setting, setting, one)}'
    runs = "".join(_run(made or one.type, type_, content) for made, content in one.runs)
    opened = "".join(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>' for number, name in one.marks)
    closed = "".join(f'<w:bookmarkEnd w:id="{number}"/>' for number, _name in one.marks)
    return f"<w:p><w:pPr>{properties}{one.section}</w:pPr>{opened}{runs}{closed}</w:p>"


def _run(made: Type, style: Type, content: str) -> str:
    if content.startswith("<w:r>"):
        return content
    right_to_left = content.startswith("<!--rtl-->")
    inner = content.removeprefix("<!--rtl-->")
    properties = type_xml(made, style) + ("<w:rtl/>" if right_to_left else "")
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def type_xml(made: Type, style: Type) -> str:
    """Return the run properties by which one type differs from another."""
    if made == style:
        return ""
    parts = []
    if made.face != style.face:
        face = quoteattr(made.face)
        parts.append(f"<w:rFonts w:ascii={face} w:hAnsi={face} w:cs={face}/>")
    for name, element in (("bold", "b"), ("italic", "i"), ("caps", "caps"), ("small_caps", "smallCaps"), ("strike", "strike")):
        wanted = getattr(made, name)
        if wanted != getattr(style, name):
            ends = ("", "Cs") if element in {"b", "i"} else ("",)
            parts += [f"<w:{element}{end}/>" if wanted else f'<w:{element}{end} w:val="0"/>' for end in ends]
    if made.color != style.color:
        parts.append(f'<w:color w:val="{made.color or "auto"}"/>')
    if made.size != style.size:
        parts.append(f'<w:sz w:val="{half_points(made.size)}"/><w:szCs w:val="{half_points(made.size)}"/>')
    if made.underline != style.underline:
        parts.append(f'<w:u w:val="{"single" if made.underline else "none"}"/>')
    if made.raised != style.raised:
        parts.append(f'<w:vertAlign w:val="{made.raised or "baseline"}"/>')
    return "".join(parts)


def _setting_xml(made: Setting, style: Setting, one: Paragraph | None = None) -> str:
    parts = [
        _switch("keepNext", made.with_next, style.with_next),
        _switch("keepLines", made.together, style.together),
        "<w:pageBreakBefore/>" if one is not None and one.page_break else "",
        edges_xml(made.edges, style.edges),
    ]
    if made.shade != style.shade:
        parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{made.shade or "auto"}"/>')
    if one is not None and one.tabs:
        parts.append(f"<w:tabs>{''.join(_tab(*tab) for tab in one.tabs)}</w:tabs>")
    if one is not None and one.bidi:
        parts.append("<w:bidi/>")
    parts += [_spacing(made, style, one), _indents(made, style)]
    if made.align != style.align:
        parts.append(f'<w:jc w:val="{ {"": "left", "justify": "both"}.get(made.align, made.align) }"/>')
    return "".join(parts)


def _tab(how: str, at: float, filled: str) -> str:
    leader = f' w:leader="{filled}"' if filled else ""
    return f'<w:tab w:val="{how}"{leader} w:pos="{twips(at)}"/>'


def _switch(name: str, wanted: bool, style: bool) -> str:
    if wanted == style:
        return ""
    return f"<w:{name}/>" if wanted else f'<w:{name} w:val="0"/>'


def _spacing(made: Setting, style: Setting, one: Paragraph | None) -> str:
    parts = [f'w:before="{twips(made.before)}"'] if made.before != style.before else []
    if one is not None and one.after:
        parts.append(f'w:after="{twips(one.after)}"')
    if (made.line, made.exact) != (style.line, style.exact):
        line, rule = (240, "auto") if made.line is None else (twips(made.line), "exact" if made.exact else "atLeast")
        parts.append(f'w:line="{line}" w:lineRule="{rule}"')
    return f"<w:spacing {' '.join(parts)}/>" if parts else ""


def _indents(made: Setting, style: Setting) -> str:
    parts = [
        f'w:{name}="{twips(getattr(made, name))}"' for name in ("left", "right") if getattr(made, name) != getattr(style, name)
    ]
    if made.first != style.first:
        parts.append(f'w:hanging="{twips(-made.first)}"' if made.first < 0 else f'w:firstLine="{twips(made.first)}"')
    return f"<w:ind {' '.join(parts)}/>" if parts else ""


def edges_xml(edges: Edges, style: Edges = NO_EDGES) -> str:
    """Return a paragraph's borders, in the schema's order: top, left, bottom, right."""
    if edges == style:
        return ""
    parts = []
    for index in (0, 3, 2, 1):
        border, space = edges[index]
        parts.append(border_xml(SIDES[index], border, min(31, round(space))))
    return f"<w:pBdr>{''.join(parts)}</w:pBdr>"


def border_xml(side: str, border: Border, space: int = 0) -> str:
    """Return one side's border."""
    if not border.width:
        return f'<w:{side} w:val="nil"/>'
    kind = "double" if border.double else "single"
    return f'<w:{side} w:val="{kind}" w:sz="{eighths(border.width)}" w:space="{space}" w:color="{border.color}"/>'


def styles_xml(styles: Styles, language: str) -> str:
    """Return styles.xml: the defaults, the language, a named style for every kind of paragraph, and the table's."""
    made = [_style(name, *values) for name, values in styles.items() if name != "Normal"]
    face = f'w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="{FACE_EAST_ASIAN}" w:cs="{FACE}"'
    return (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts {face}/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{''.join(made)}</w:styles>"
    )


def _style(name: str, setting: Setting, made: Type) -> str:
    level = outline_level(name)
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    following = f'<w:next w:val="{style_id(BODY_TEXT)}"/>' if name in NEXT else ""
    own = "" if name in BUILT_IN else ' w:customStyle="1"'
    properties = _setting_xml(replace(setting), Setting()) + outline
    seen = "<w:semiHidden/>" if name in UNSEEN else "<w:qFormat/>"
    type_ = type_xml(made, Type())
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style_id(name)}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{following}{seen}{f'<w:pPr>{properties}</w:pPr>' if properties else ''}"
        f"{f'<w:rPr>{type_}</w:rPr>' if type_ else ''}</w:style>"
    )
