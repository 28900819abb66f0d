"""Which named Word style a paragraph has, by the class that the papers' templates give it.

A style's own values (spacing, indents, type) are those that most of its paragraphs have; see `paragraphs.defined`. A new class
needs a line here only if its paragraphs shall be found under a name of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

BODY_TEXT = "Body Text"
FOOTER = "footer"
FOOTNOTE = "footnote text"
TABLE_TEXT = "Table Text"
TABLE_HEADING = "Table Heading"
BULLET = "List Bullet"
NUMBER = "List Number"
SPACER = "Spacer"
LINE_NUMBERS = "Line Numbers"
CASE_CAPTION = "Case Caption"
"""Not Word's own “caption”, which is for figures and listed in tables of them."""
SIGNS = "Caption Sign"
"""The column of “)” or “§” in a caption: drawn in the PDF, characters in Word, and no words in either."""

BUILT_IN = {
    "Normal": "Normal",
    "heading 1": "Heading1",
    "heading 2": "Heading2",
    "heading 3": "Heading3",
    "heading 4": "Heading4",
    "heading 5": "Heading5",
    "heading 6": "Heading6",
    BODY_TEXT: "BodyText",
    FOOTER: "Footer",
    FOOTNOTE: "FootnoteText",
    BULLET: "ListBullet",
    NUMBER: "ListNumber",
    "Signature": "Signature",
    "Title": "Title",
    "toc 2": "TOC2",
    "toc 3": "TOC3",
    "table of authorities": "TableofAuthorities",
}
"""Names that Word itself knows, with the ids that it gives them; the rest are ours."""

OF_CLASS = {
    "paper-title": "Paper Title",
    "form-title": "Paper Title",
    "memo-title": "Paper Title",
    "chart-title": "Paper Title",
    "log-title": "Paper Title",
    "letter-title": "Letter Subject",
    "letter-re": "Letter Subject",
    "court-title": "Court Title",
    "court": "Court Title",
    "counsel-line": "Counsel",
    "party-name": CASE_CAPTION,
    "party-label": CASE_CAPTION,
    "party-versus": CASE_CAPTION,
    "case-number": CASE_CAPTION,
    "extra-line": CASE_CAPTION,
    "paren": "Caption Divider",
    "part-title": "Part Title",
    "exhibit-title": "Exhibit Title",
    "body-text": BODY_TEXT,
    "labelled": "Labelled Text",
    "method": "Check Box",
    "choice": "Check Box",
    "document": BULLET,
    "point": BULLET,
    "cell": TABLE_TEXT,
    "head": TABLE_HEADING,
    "typed": "Form Entry",
    "line-label": "Form Label",
    "rule": "Rule Text",
    "quoted-note": "Quote Note",
    "narrowed-how": "Quote Note",
    "run-in": "Quote Note",
    "outcome-line": "Outcome",
    "entry-2": "toc 2",
    "entry-3": "toc 3",
    "entry-authority": "table of authorities",
}
"""By a class of the paragraph itself, the first that is named."""

OF_CONTAINER = {
    "quoted": "Block Quote",
    "place": "Block Quote",
    "counsel": "Counsel",
    "caption": CASE_CAPTION,
    "numbered": "Numbered Text",
    "request": "Request Text",
    "entry": "Exhibit Entry",
    "argued": "Argument",
    "signature": "Signature",
    "signs": "Signature",
    "execution": "Signature",
    "letter-end": "Signature",
    "attested": "Signature",
    "two-sides": "Signature",
    "letterhead": "Letterhead",
    "addressee": "Address",
    "fact": "Labelled Text",
    "took-part": "Outcome",
    "discussed": "Outcome",
    "form": "Form Text",
    "memo": "Memo Text",
    "letter": "Letter Text",
    "log": "Log Text",
    "chart": "Chart Text",
}
"""By a class of what the paragraph stands in, the nearest that is named."""

NEXT = {"heading 1", "heading 2", "heading 3", "heading 4", "Paper Title", "Part Title", "Exhibit Title"}
"""Styles after which a person who types goes on with body text."""

UNSEEN = {SPACER, LINE_NUMBERS, SIGNS, "Caption Divider"}
"""Styles that nobody types in: Word's gallery does not offer them."""


def style_of(tag: str, classes: Iterable[str], around: str, *, in_cell: str) -> str:
    """Return the name of a paragraph's style; `around` is that of what it stands in, `in_cell` "th", "td" or ""."""
    own = next((OF_CLASS[one] for one in classes if one in OF_CLASS), "")
    heading = f"heading {tag[1]}" if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else ""
    if own and not (heading and outline_level(own) is None):
        return own
    if heading:
        return heading
    if in_cell:
        return TABLE_HEADING if in_cell == "th" else TABLE_TEXT
    return around or BODY_TEXT


def container_of(classes: Iterable[str], around: str) -> str:
    """Return the name of the style that stands in an element, if it has none of its own."""
    return next((OF_CONTAINER[one] for one in classes if one in OF_CONTAINER), around)


def style_id(name: str) -> str:
    """Return the id of a style, which paragraphs refer to."""
    return BUILT_IN.get(name, "".join(word.capitalize() for word in name.split()))


def outline_level(name: str) -> int | None:
    """Return the level, from 0, at which paragraphs of the style stand in Word's navigation; None for text."""
    if name in {"Paper Title", "Part Title", "Letter Subject"}:
        return 0
    return int(name[-1]) - 1 if name.startswith("heading ") else None


def stays_with_next(name: str) -> bool:
    """Whether paragraphs of the style are headings, which Word keeps on the page of what follows whatever the PDF's sheets say."""
    return name in {"Part Title", "Exhibit Title"} or name.startswith("heading ")
