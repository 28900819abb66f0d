"""A run of blocks under each other, in the text or in a cell of a table, with CSS's collapsing margins as spacing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from discovery.papers.word.looks import Border, Look
from discovery.papers.word.paragraphs import NO_EDGES, Paragraph, Setting
from discovery.papers.word.style_names import SPACER

THIN = 1.0
"""The height of a paragraph that only Word needs: between two tables, after the last one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: its indents from the column's edges, and how much room it has. Points."""

    left: float
    right: float
    room: float

    def inset(self, look: Look) -> Place:
        """Return the place inside a block's margins, borders and padding."""
        left = look.margin[3] + look.padding[3]
        right = look.margin[1] + look.padding[1]
        return Place(self.left + left, self.right + right, self.room - left - right)


@dataclass(slots=True)
class Table:
    """A table that was written, whose rows could go on: what its head says, its columns' widths, how many rows it has."""

    head: str
    columns: str
    rows: int


@dataclass(slots=True)
class Flow:
    """Blocks written so far, as XML or as paragraphs to be settled later."""

    out: list[str | Paragraph] = field(default_factory=list)
    pending: float = 0.0  # a margin, which collapses with the next
    solid: float = 0.0  # what does not collapse
    used: float = 0.0  # how high everything is, as far as it can be told
    lowered: float = 0.0  # what stands above also at the top of a page
    page_break: bool = False
    last_table: Table | None = None

    def space(self, margin: float) -> None:
        """Let the margin above or below a block collapse with what is there."""
        self.pending = max(self.pending, margin)

    def pad(self, padding: float) -> None:
        """Add what does not collapse."""
        self.solid += self.pending + padding
        self.pending = 0.0

    @property
    def above(self) -> float:
        """The space above what comes next."""
        return max(0.0, self.solid + self.pending)

    def turn(self) -> None:
        """Begin a page."""
        self.page_break, self.pending, self.solid = True, 0.0, 0.0

    def add(self, one: Paragraph) -> None:
        """Add a paragraph below what is there."""
        before = self.lowered if self.page_break and self.out else self.above
        if before != one.setting.before:
            one.setting = replace(one.setting, before=before)
        self._added(one)

    def _added(self, one: Paragraph) -> None:
        one.page_break = self.page_break and bool(self.out)
        self.out.append(one)
        self.used += one.setting.before + one.height
        self.pending, self.solid, self.lowered, self.page_break, self.last_table = 0.0, 0.0, 0.0, False, None

    def lower(self, drop: float) -> float:
        """Let what comes next stand lower, also at the top of a page; return the space that is above it then.

        Word leaves out the space above a paragraph where its own page break falls, so a thin paragraph makes it.
        """
        if self.page_break:
            self.lowered, self.solid = drop, drop
        elif self.out and self.last_table is None:
            self.spacer(drop, above=self.above, with_next=True)
        else:
            self.pad(drop)
        return self.above

    def before_table(self) -> None:
        """Make the space above a table: Word's tables have none of their own, and two that touch become one."""
        last = self.out[-1] if self.out else None
        if isinstance(last, Paragraph) and not self.page_break:
            last.after = self.above
            self.used += self.above
        elif last is not None or self.above >= THIN:
            self.spacer(max(self.above, THIN))

    def spacer(self, height: float = THIN, *, above: float = 0.0, with_next: bool = False) -> None:
        """Add an empty paragraph of a height."""
        self._added(Paragraph(SPACER, Setting(line=height, exact=True, before=above, with_next=with_next)))

    def table(self, pieces: list[str | Paragraph], table: Table, height: float = 0.0) -> None:
        """Add a table's pieces, the last of which closes it."""
        self.out += pieces
        self.used += height
        self.pending, self.solid, self.page_break, self.last_table = 0.0, 0.0, False, table

    def closed(self) -> list[str | Paragraph]:
        """Return what was written, with the paragraph that a cell or a section must end with."""
        if not self.out or not isinstance(self.out[-1], Paragraph):
            self.spacer()
        return self.out


def framed(paragraphs: list[Paragraph], look: Look) -> None:
    """Give the paragraphs of a block its borders: the first has the upper one, the last the lower one."""
    if not paragraphs or not any(border.width for border in look.border):
        return
    whole = tuple(zip(look.border, look.padding, strict=True))
    if all(border.width for border in look.border):
        for one in paragraphs:
            one.setting = replace(one.setting, edges=(whole[0], whole[1], whole[2], whole[3]))
        return
    none = (Border(), 0.0)
    for one, kept in ((paragraphs[0], whole[0]), (paragraphs[-1], whole[2])):
        above = kept if kept is whole[0] else one.setting.edges[0]
        below = kept if kept is whole[2] else one.setting.edges[2]
        edges = (above, none, below, none)
        one.setting = replace(one.setting, edges=edges if any(border.width for border, _space in edges) else NO_EDGES)
