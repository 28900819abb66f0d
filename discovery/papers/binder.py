"""A binder: an index, and behind a slip sheet each exhibit as it came, its pages stamped with label and page or with Bates numbers.

The snapshot names an exhibit by the hash of its file, so the same snapshot makes the same binder; whoever renders hands in how
a file is read by its hash (`rendering.render(files=...)`), since papers know no storage.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from discovery.papers.errors import PaperRefused
from discovery.papers.parts import Enclosed, Section, fill_template, sides_line
from discovery.papers.passages import direction, spaced
from discovery.papers.snapshots import Caption, printed
from discovery.papers.standing import OfTheOffice

PARTS = ("index", "slips", "exhibits")
MOST_DIGITS = 12
MOST_PAGES = 3_000
"""Pages of all exhibits together; joining holds them in memory (domain.drafts.merging). More are a second volume."""


@dataclass(frozen=True, slots=True)
class BoundExhibit:
    """One exhibit: its label ("A"), what it is, and its file by hash and number of pages."""

    label: str
    title: str
    sha256: str
    pages: int


@printed
@dataclass(frozen=True, slots=True)
class BinderPaper(OfTheOffice):
    """A binder or its slip sheets alone. `parts`: "index", "slips", "exhibits" (each behind its slip sheet)."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]
    caption: Caption
    title: str  # "Exhibits to the joint letter on Requests 3 and 4"
    exhibits: tuple[BoundExhibit, ...]
    stamp: str  # "none" | "exhibit" | "bates"
    bates_prefix: str  # "OPENAI_"
    bates_start: int
    bates_digits: int
    author: str
    created: str


STYLES = ("common", "binder", "binder_pages")


def binder_sections(paper: BinderPaper) -> tuple[Section, ...]:
    """Return the sections that a binder names as its parts; an exhibit is enclosed behind its slip sheet.

    Raises PaperRefused for a binder without exhibits and for Bates numbers that have no room.
    """
    if not paper.exhibits:
        raise PaperRefused(gettext("The binder is empty: add its first exhibit."))
    stamps = stamps_of(paper)
    encloses = "exhibits" in paper.parts
    found = [_index(paper, stamps)] if "index" in paper.parts else []
    if "slips" in paper.parts:
        found += [_slip(paper, place, stamps[place] if encloses else None) for place in range(len(paper.exhibits))]
    return tuple(found)


def stamps_of(paper: BinderPaper) -> list[tuple[str, ...]]:
    """Return the stamp of each page of each exhibit, "" for none. Bates numbers run through; slip sheets carry none."""
    pages = sum(exhibit.pages for exhibit in paper.exhibits)
    if pages > MOST_PAGES:
        said = gettext("The exhibits have %(pages)d pages; a binder holds at most %(limit)d. Start a second volume.")
        raise PaperRefused(said % {"pages": pages, "limit": MOST_PAGES})
    found: list[tuple[str, ...]] = []
    number = paper.bates_start
    for exhibit in paper.exhibits:
        if paper.stamp == "bates":
            found.append(tuple(f"{paper.bates_prefix}{n:0{paper.bates_digits}d}" for n in range(number, number + exhibit.pages)))
        elif paper.stamp == "exhibit":
            last = exhibit.pages
            found.append(tuple(f"Exhibit {exhibit.label}, page {n} of {last}" for n in range(1, last + 1)))
        else:
            found.append(("",) * exhibit.pages)
        number += exhibit.pages
    if paper.stamp == "bates" and len(str(number - 1)) > min(paper.bates_digits, MOST_DIGITS):
        raise PaperRefused(
            gettext("Bates number %(number)d does not fit %(digits)d digits: give it more.")
            % {"number": number - 1, "digits": paper.bates_digits}
        )
    return found


def name_of(exhibit: BoundExhibit) -> str:
    """Return an exhibit's bookmark: "Exhibit A: Subpoena to Meta Platforms, Inc."."""
    return f"Exhibit {exhibit.label}: {exhibit.title}"


def _index(paper: BinderPaper, stamps: list[tuple[str, ...]], pages: int = 1) -> Section:
    """Return the index of exhibits, which itself takes so many `pages`.

    Cal. Rules of Court, rule 3.1110(f)(1): it briefly describes each exhibit and names its letter or number and its page; (c): the
    pages are numbered consecutively from the first one, in Arabic numerals (confirmed, text of the rule).
    """
    whole = "exhibits" in paper.parts
    bates = paper.stamp == "bates" and whole
    starts = [pages + 1]
    for exhibit in paper.exhibits:
        starts.append(starts[-1] + 1 + exhibit.pages)  # its slip sheet, and itself
    rows = [
        {
            "label": exhibit.label,
            "title": spaced(exhibit.title),
            "direction": direction(exhibit.title),
            "page": start,
            "length": f"{exhibit.pages:,} {'page' if exhibit.pages == 1 else 'pages'}",
            "bates": f"{stamped[0]} – {stamped[-1]}" if bates else "",
        }
        for exhibit, stamped, start in zip(paper.exhibits, stamps, starts, strict=False)
    ]
    context = {
        "language": paper.language,
        "title": paper.document_title,
        "binder": spaced(paper.title),
        "caption": paper.caption,
        "sides": sides_line(paper.caption),
        "rows": rows,
        "bates": bates,
    }
    return Section("index", fill_template("binder_index.html", context), STYLES, settled=lambda found: _index(paper, stamps, found))


def _slip(paper: BinderPaper, place: int, stamps: tuple[str, ...] | None) -> Section:
    exhibit = paper.exhibits[place]
    context = {
        "language": paper.language,
        "title": name_of(exhibit),
        "label": exhibit.label.upper(),
        "what": spaced(exhibit.title),
        "direction": direction(exhibit.title),
        "bookmark": "" if stamps is not None else name_of(exhibit),
    }
    slip = fill_template("binder_slip.html", context)
    if stamps is None:
        return Section("slip", slip, ("common", "binder"))  # slip sheets that enclose nothing run on as one, without numbers
    kind = "bates" if paper.stamp == "bates" else "exhibit"
    enclosed = Enclosed(exhibit.sha256, name_of(exhibit), stamps, kind, numbered=kind == "exhibit")
    return Section("slip", slip, STYLES, runs_on=True, kept=f"slip {place}", encloses=enclosed)
