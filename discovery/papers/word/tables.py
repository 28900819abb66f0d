"""Tables: those of the HTML, and boxes that stand beside each other (captions, the forms' fields, two signatures) as tables.

A table whose head is that of the table just before it goes on in it, so that a log of thousands of rows, which is laid out in
runs for the PDF, is one table in Word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from discovery.papers.fitting import SAFETY
from discovery.papers.glyphs import advance
from discovery.papers.word.around import Around, Converter, Seen
from discovery.papers.word.flow import Flow, Place, Table
from discovery.papers.word.lengths import twips
from discovery.papers.word.looks import SIDES, Look
from discovery.papers.word.paragraphs import Paragraph, Setting, border_xml
from discovery.papers.word.style_names import SIGNS

BESIDE = {"table", "inline-table", "flex", "inline-flex", "grid"}
SIGNED = {"caption-parens": ")", "caption-section": "§"}
"""Captions whose sides are divided from the particulars by a column of signs, by class; in the PDF it is drawn, no text."""
SIGN_WIDTH = 16.0
MOST_ROWS = 500
"""Rows of one table, its head with them; what a long log has more begins a page with a table of its own."""
SHORT = 324.0
"""Half a page, in points. A row that is higher may be divided, and is told no height of its own, even if the paper wants it whole:
else it would leave the page above it empty. (Word knows no height above 1584 pt.)"""
LONG_WORD = 110.0
"""A wider word, in points, is broken rather than given so wide a column."""
SAMPLED = 60
"""Rows looked at for the widths of columns that have none of their own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, with what it stands in."""

    element: Any
    seen: Seen
    around: Around
    span: int = 1
    rows: int = 1
    sign: bool = False  # a column of signs follows


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; `head` if it is repeated on every page, `whole` if it stays on one."""

    cells: tuple[Cell, ...]
    head: bool = False
    whole: bool = False
    sign: str = ""  # a column of these stands after the first cell


@dataclass(frozen=True, slots=True)
class High:
    """How high the cells of a row are: with all padding, without that below their words; the room that is kept to write in."""

    whole: float = 0.0
    words: float = 0.0
    room: float = 0.0

    def with_cell(self, flow: Flow, look: Look) -> High:
        """Return this with one more cell beside."""
        words = flow.used + look.padding[0]
        return High(max(self.whole, words + flow.above + look.padding[2]), max(self.words, words), max(self.room, flow.solid))


def is_table(element: Any, look: Look) -> bool:
    """Whether an element has its parts beside each other or in rows."""
    return element.etree_element.tag == "table" or look.display in BESIDE


def write_table(blocks: Converter, element: Any, seen: Seen, around: Around, flow: Flow, place: Place) -> None:
    """Write an element as a table, or its rows at the end of the table before it."""
    look = seen[1]
    inner = blocks.inside(element, seen, around)
    rows = list(_rows(blocks, element, inner))
    if not rows:
        return
    head = "|".join(_words(cell.element) for row in rows if row.head for cell in row.cells)
    last = flow.last_table if head and not flow.page_break else None
    if last is not None and last.head == head and last.rows + len(rows) > MOST_ROWS:
        flow.turn()
    elif last is not None and last.head == head:
        closing = flow.out.pop()
        widths = [float(width) for width in last.columns.split()]
        body = [row for row in rows if not row.head]
        pieces, height = _rows_xml(blocks, body, widths, _common(blocks, rows), look)
        flow.table([*pieces, closing], replace(last, rows=last.rows + len(body)), height)
        return
    flow.before_table()
    widths = _widths(rows, look, place)
    if rows[0].sign:
        widths[:1] = [widths[0] - SIGN_WIDTH, SIGN_WIDTH]
    indent = place.left + look.margin[3]
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    common = _common(blocks, rows)
    opening = (
        f'<w:tbl><w:tblPr>{"<w:bidiVisual/>" if inner.rtl else ""}<w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/>{_table_borders(look, common)}'
        f'<w:tblLayout w:type="fixed"/>{_margins("tblCellMar", common.padding)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    pieces, height = _rows_xml(blocks, rows, widths, common, look)
    flow.table([opening, *pieces, "</w:tbl>"], Table(head, " ".join(f"{width:.3f}" for width in widths), len(rows)), height)


def _rows(blocks: Converter, element: Any, around: Around, *, head: bool = False) -> Iterator[Row]:
    loose: list[Cell] = []
    for child in element.iter_children():
        if not isinstance(child.etree_element.tag, str):
            continue
        seen = blocks.seen(child, around)
        display = seen[1].display
        if display in {"none", "table-column", "table-column-group"}:
            continue
        inner = blocks.inside(child, seen, around)
        if display in {"table-row-group", "table-header-group", "table-footer-group"}:
            yield from _rows(blocks, child, inner, head=child.etree_element.tag == "thead" or display == "table-header-group")
        elif display == "table-row":
            cells = tuple(_cell(blocks, one, inner) for one in child.iter_children() if isinstance(one.etree_element.tag, str))
            if cells:
                yield Row(cells, head, seen[1].together)
        else:
            loose.append(_cell(blocks, child, around))
    if loose:
        classes = (element.etree_element.get("class") or "").split()
        sign = next((SIGNED[one] for one in classes if one in SIGNED), "") if len(loose) == 2 else ""
        loose[0] = replace(loose[0], sign=bool(sign))
        yield Row(tuple(loose), whole=True, sign=sign)


def _cell(blocks: Converter, element: Any, around: Around) -> Cell:
    seen = blocks.seen(element, around)
    made = element.etree_element
    inner = blocks.inside(element, seen, around)
    return Cell(element, seen, inner, max(1, int(made.get("colspan") or 1)), max(1, int(made.get("rowspan") or 1)))


def _widths(rows: list[Row], look: Look, place: Place) -> list[float]:
    """Return the columns' widths: those that the stylesheets give, the rest by the words that stand in them."""
    count = max(sum(cell.span for cell in row.cells) for row in rows)
    total = look.outer_width or (place.room * look.share / 100 if look.share else None)
    room = min(total or place.room, place.room - look.margin[3] + max(0.0, -look.margin[3])) if total is None else total
    known: list[float | None] = [None] * count
    weights, least = [1.0] * count, [0.0] * count
    for row in rows[:SAMPLED]:
        at = 0
        for cell in row.cells:
            if cell.span == 1 and at < count:
                known[at] = known[at] or _cell_width(cell, room)
                weights[at] = max(weights[at], _weight(cell.element))
                least[at] = max(least[at], _longest_word(cell))
            at += cell.span
    open_ones = [at for at in range(count) if known[at] is None]
    left = max(room - sum(width or 0.0 for width in known), 20.0 * len(open_ones))
    shared = _shared(left, [weights[at] for at in open_ones], [least[at] for at in open_ones])
    widths = [shared.pop(0) if width is None else width for width in known]
    # What the stylesheets give may be more than the page has (padding between the columns counted twice).
    shrink = min(1.0, room / sum(widths))
    return [width * shrink for width in widths]


def _shared(room: float, weights: list[float], least: list[float]) -> list[float]:
    """Return how wide each of some columns is: shared out by weight, but none narrower than its longest word if possible."""
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    held: set[int] = set()
    while True:
        left = room - sum(least[at] for at in held)
        free = sum(weight for at, weight in enumerate(weights) if at not in held)
        widths = [least[at] if at in held else left * weight / free for at, weight in enumerate(weights)]
        narrow = {at for at, width in enumerate(widths) if at not in held and width < least[at]}
        if not narrow:
            return widths
        held |= narrow


def _longest_word(cell: Cell) -> float:
    """Return how wide a cell is with its longest word on one line, up to what is broken anyway."""
    look = cell.seen[1]
    face = "bold" if look.type.bold else "regular"
    words = sorted(_words(cell.element).split(), key=len)[-4:]
    widest = max((sum(advance(sign, face) for sign in word) for word in words), default=0.0) * look.type.size
    return min(widest * SAFETY, LONG_WORD) + look.padding[1] + look.padding[3] + 1


def _cell_width(cell: Cell, room: float) -> float | None:
    look = cell.seen[1]
    if look.share:
        return room * look.share / 100
    width = look.outer_width
    return None if width is None else width + look.margin[3] + look.margin[1]


def _weight(element: Any) -> float:
    text = _words(element)
    longest = max((len(word) for word in text.split()), default=1)
    return max(float(min(len(text), 60)), min(longest, 24) * 1.2, 4.0)


def _words(element: Any) -> str:
    return " ".join("".join(element.etree_element.itertext()).split())


def _rows_xml(
    blocks: Converter, rows: list[Row], widths: list[float], common: Look, look: Look
) -> tuple[list[str | Paragraph], float]:
    """Return the rows as XML, and how high they are."""
    out: list[str | Paragraph] = []
    going: dict[int, tuple[int, Cell]] = {}  # by column: rows that a cell from above still reaches
    total = 0.0
    for row in rows:
        pieces, high = _row_xml(blocks, row, widths, common, going)
        height = high.whole
        told = "<w:cantSplit/>" if row.head or (row.whole and height <= SHORT) else ""
        told += "<w:tblHeader/>" if row.head else ""
        if blocks.pitch:
            # As papers.grid does: a cell is a whole number of lines high, of half lines in a single-spaced block.
            step = blocks.pitch / (2 if row.cells[0].around.lowered else 1)
            drawn = _outer_edges(rows, row, look)
            least = math.ceil(height / step - 1e-6) * step - drawn if height <= SHORT else 0.0
            told += f'<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>' if least else ""
            height = max(least, high.words) + drawn
        elif high.room and height <= SHORT:
            told += f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
        total += height
        out += [f"<w:tr>{f'<w:trPr>{told}</w:trPr>' if told else ''}", *pieces, "</w:tr>"]
    return out, total


def _outer_edges(rows: list[Row], row: Row, look: Look) -> float:
    """Return how wide those lines around a table are at a row, which stand outside the height that a row is told."""
    above = max(look.border[0].width, *(cell.seen[1].border[0].width for cell in row.cells)) if row is rows[0] else 0.0
    below = max(look.border[2].width, *(cell.seen[1].border[2].width for cell in row.cells)) if row is rows[-1] else 0.0
    return above + below


def _row_xml(
    blocks: Converter, row: Row, widths: list[float], common: Look, going: dict[int, tuple[int, Cell]]
) -> tuple[list[str | Paragraph], High]:
    """Return a row's cells, and how high they are."""
    out: list[str | Paragraph] = []
    at, high, signs = 0, High(), 0
    blocks.counts_lines = bool(blocks.pitch or row.sign)
    waiting = list(row.cells)
    while at < len(widths):
        if at in going:
            reach, above = going.pop(at)
            if reach > 1:
                going[at] = (reach - 1, above)
            out.append(
                _cell_properties(blocks, above, sum(widths[at : at + above.span]), common, merge="<w:vMerge/>") + "<w:p/></w:tc>"
            )
            at += above.span
            continue
        if not waiting:
            rest = f'<w:tcW w:w="{twips(sum(widths[at:]))}" w:type="dxa"/>{_span(len(widths) - at)}'
            out.append(f"<w:tc><w:tcPr>{rest}</w:tcPr><w:p/></w:tc>")
            break
        cell = waiting.pop(0)
        width = sum(widths[at : at + cell.span])
        if cell.rows > 1:
            going[at] = (cell.rows - 1, cell)
        out.append(_cell_properties(blocks, cell, width, common, merge='<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""))
        flow = _contents(blocks, cell, width)
        high = high.with_cell(flow, cell.seen[1])
        out += [*flow.closed(), "</w:tc>"]
        at += cell.span
        if row.sign and len(waiting) == 1:
            signs, at = len(out), at + 1
            out.append("")
    blocks.counts_lines = bool(blocks.pitch)
    if row.sign:
        out[signs : signs + 1] = _signs(blocks, row, high.whole)
    return out, high


def _signs(blocks: Converter, row: Row, height: float) -> list[str | Paragraph]:
    """Return the cell with as many signs as there are lines beside it."""
    look = row.cells[0].around.seen[1]
    line = look.line or look.type.size * 1.15
    setting = Setting(align="center", line=line, exact=bool(blocks.pitch))
    signs = [
        Paragraph(SIGNS, setting, look.type, runs=[(None, f"<w:t>{row.sign}</w:t>")])
        for _one in range(max(1, round(height / line)))
    ]
    return [
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(SIGN_WIDTH)}" w:type="dxa"/>{_margins("tcMar", (0.0, 0.0, 0.0, 0.0))}</w:tcPr>',
        *signs,
        "</w:tc>",
    ]


def _contents(blocks: Converter, cell: Cell, width: float) -> Flow:
    look = cell.seen[1]
    flow = Flow()
    right = min(look.padding[1], 8.0) if cell.sign else look.padding[1]
    place = Place(0.0, 0.0, max(1.0, width - right - look.padding[3]))
    blocks.contents(cell.element, cell.around, flow, place)
    if not flow.out:
        blocks.blank(cell.element, cell.around, flow, place)
    return flow


def _span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>' if count > 1 else ""


def _common(blocks: Converter, rows: list[Row]) -> Look:
    """Return the look that most cells have, which is said once for the table: that of the last row's first cell."""
    look = rows[-1].cells[0].seen[1]
    whole = all(border == look.border[0] and border.width for border in look.border)
    common = Look(border=look.border if whole else Look().border, padding=_padding(blocks, rows[-1].cells[0]))
    return blocks.commons.setdefault(common, common)


def _table_borders(look: Look, common: Look) -> str:
    inside = common.border[0]
    drawn = [(side, look.border[index] if look.border[index].width else inside) for index, side in enumerate(SIDES)]
    order = sorted(drawn, key=lambda one: ("top", "left", "bottom", "right").index(one[0]))
    borders = [*order, ("insideH", inside), ("insideV", inside)]
    found = "".join(border_xml(side, border) for side, border in borders if border.width)
    return f"<w:tblBorders>{found}</w:tblBorders>" if found else ""


def _padding(blocks: Converter, cell: Cell) -> tuple[float, float, float, float]:
    """Return a cell's padding. On numbered lines the row's height has the lower one in it: LibreOffice would add it once more."""
    top, right, bottom, left = cell.seen[1].padding
    right = min(right, 8.0) if cell.sign else right
    return top, right, 0.0 if blocks.pitch else bottom, left + max(0.0, cell.seen[1].margin[3])


def _margins(name: str, padding: tuple[float, float, float, float]) -> str:
    return (
        f"<w:{name}>" + "".join(f'<w:{SIDES[at]} w:w="{twips(padding[at])}" w:type="dxa"/>' for at in (0, 3, 2, 1)) + f"</w:{name}>"
    )


def _cell_properties(blocks: Converter, cell: Cell, width: float, common: Look, *, merge: str) -> str:
    key = (cell.seen[0], cell.span, width, merge, id(common))
    if key not in blocks.cells:
        blocks.cells[key] = _new_cell_properties(blocks, cell, width, common, merge=merge)
    return blocks.cells[key]


def _new_cell_properties(blocks: Converter, cell: Cell, width: float, common: Look, *, merge: str) -> str:
    look = cell.seen[1]
    parts = [f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>', _span(cell.span), merge]
    if look.border != common.border:
        drawn = "".join(border_xml(SIDES[at], look.border[at]) for at in (0, 3, 2, 1) if look.border[at] != common.border[at])
        parts.append(f"<w:tcBorders>{drawn}</w:tcBorders>")
    if look.background:
        parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{look.background}"/>')
    padding = _padding(blocks, cell)
    if padding != common.padding:
        parts.append(_margins("tcMar", padding))
    valign = {"middle": "center", "bottom": "bottom"}.get(look.valign, "bottom" if look.at_foot else "")
    if valign:
        parts.append(f'<w:vAlign w:val="{valign}"/>')
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>"
