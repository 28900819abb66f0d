"""Whether a text fits its box on a form: measured with the fonts' own advance widths before anything is laid out.

The measure errs on the safe side: it breaks lines only at spaces, ignores kerning, and asks for 2 % more room than it
counts. A text that does not fit goes, whole, to the addendum; a box never cuts a text off.
"""

from __future__ import annotations

from dataclasses import dataclass

from discovery.papers.glyphs import advance, in_serif
from discovery.papers.passages import direction, lines_of, spaced

SIZES = (10, 9, 8)
"""Type sizes that a box tries in turn, in points; the CSS classes size-10, size-9 and size-8."""
LEADING = 1.15
"""Line height to type size, as in styles/ao88b.css."""
FALLBACK_LEADING = 1.4
"""The same for a line with characters from a fallback font, whose ascent and descent push the line open."""
SAFETY = 1.02
DANGLING = frozenset(
    {"a", "an", "and", "as", "at", "by", "concerning", "for", "from", "further", "in", "of", "on", "or"}
    | {"re", "regarding", "the", "to", "under", "v.", "vs.", "with"}
)
"""Words after which a title cannot end."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a form: `width` and `height` in points.

    `heading` names it on the addendum. `joins` says that the lines of an address may be run together with commas before
    the type gets smaller. `keeps_first` says that the first line (a name) stays in the box when the rest moves.
    """

    heading: str
    width: float
    height: float
    joins: bool = False
    keeps_first: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What is printed in a box: text, with newlines, and the CSS class of its size."""

    text: str
    size: str = "size-10"

    @property
    def direction(self) -> str:
        """The value of the HTML attribute `dir`."""
        return direction(self.text)


@dataclass(frozen=True, slots=True)
class AddendumItem:
    """A text that its box could not hold, in full."""

    number: int
    heading: str
    text: str


class Addendum:
    """Collects what does not fit while a form is filled in; numbers run from 1 in the order of the form."""

    def __init__(self) -> None:
        self.items: list[AddendumItem] = []

    def fill(self, text: str, box: Box) -> Filled:
        """Return what to print in `box`: `text` at the largest size that fits, or a reference to a new addendum item."""
        typed = "\n".join(spaced(line.rstrip()) for line in lines_of(text))
        fitted = fit(typed, box)
        if fitted is not None:
            return fitted
        item = AddendumItem(len(self.items) + 1, box.heading, text)
        self.items.append(item)
        reference = f"See Addendum, item {item.number}"
        if box.keeps_first:
            first = shorten(typed.split("\n", 1)[0], box.width, SIZES[0], 1)
            kept = fit(f"{first}\n{reference}", box)
            if kept is not None:
                return kept
        return fit(reference, box) or Filled(reference, f"size-{SIZES[-1]}")


def fit(text: str, box: Box) -> Filled | None:
    """Return `text` at the largest of `SIZES` at which it fits `box`, or None."""
    ways = [text]
    if box.joins and "\n" in text:
        ways.append(_joined(text))
    leading = LEADING if in_serif(text) else FALLBACK_LEADING
    for size in SIZES:
        room = int((box.height + 0.01) // (size * leading))
        for way in ways:
            if lines_needed(way, box.width, size, stop_after=room) <= room:
                return Filled(way, f"size-{size}")
    return None


def lines_needed(text: str, width: float, size: float, style: str = "regular", stop_after: int | None = None) -> int:
    """Return how many lines `text` takes in a column of `width` points at `size` points, newlines kept.

    A word wider than the column is broken anywhere, as the stylesheet does. Counting ends once it passes `stop_after`.
    """
    room = width / (size * SAFETY)
    space = advance(" ", style)
    count = 0
    for line in text.split("\n"):
        count += 1
        used = 0.0
        for word in line.expandtabs(8).split(" "):
            long = sum(advance(character, style) for character in word)
            if used and used + space + long > room:
                count, used = count + 1, 0.0
            start = used + space if used else 0.0
            over = max(0, -int(-(start + long) // room) - 1) if long > room else 0
            count += over
            used = start + long - over * room
            if stop_after is not None and count > stop_after:
                return count
    return count


def shorten(text: str, width: float, size: float, lines: int) -> str:
    """Return `text` cut to `lines` lines of `width` points with an ellipsis, when the whole stands in full
    elsewhere: a footer repeats a title, a box refers to its addendum."""
    text = " ".join(text.split())
    if lines_needed(text, width, size) <= lines:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if lines_needed(text[:middle].rstrip() + "…", width, size) <= lines:
            low = middle
        else:
            high = middle - 1
    words = text[: low + 1].rpartition(" ")[0]  # between words, unless the last one is most of the line
    return (words if len(words) > low // 2 else text[:low]).rstrip() + "…"


def abbreviated(title: str, width: float, size: float, lines: int) -> str:
    """Return a title cut as `shorten` does, but to words that stand by themselves: "... TO COMPEL PRODUCTION", not "... OF…".

    A name that was cut in two, after its possessive or within a word, keeps the ellipsis.
    """
    cut = shorten(title, width, size, lines)
    words = cut.removesuffix("…").split()
    if words == title.split() or not cut.endswith("…") or words != title.split()[: len(words)]:
        return cut
    while len(words) > 3 and words[-1].lower().strip(",;:–—-") in DANGLING | {""}:
        words.pop()
    return cut if words[-1].lower().endswith(("’", "’s", "'s")) else " ".join(words).rstrip(" ,;:–—-")


def _joined(text: str) -> str:
    """Run the lines of an address together: a comma between, unless a line already ends in a mark."""
    parts = [line.strip() for line in text.split("\n") if line.strip()]
    last = len(parts) - 1
    return " ".join(part if at == last or part[-1] in ",;:." else f"{part}," for at, part in enumerate(parts))
