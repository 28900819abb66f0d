"""The table of authorities of a long motion: read from the finished PDF and the Word file, beside the pages that cite them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from discovery.law.paper_styles import paper_style
from discovery.papers import laying_out
from discovery.papers.authorities import PrintedAuthority, marked, table_of
from discovery.papers.dispute_papers import OutlinePaper
from discovery.papers.parts import Section
from discovery.papers.snapshots import to_json
from discovery.papers.word.files import word_file
from tests.papers import samples
from tests.papers.positions import characters
from tests.papers.reading import findings, outline
from tests.papers.test_contents import STYLES, motion, number_of, printed
from tests.papers.test_grid import off_grid
from tests.papers.word.reading_word import W, tree

HICKMAN = "Hickman v. Taylor, 329 U.S. 495 (1947)"
LONG = "Richmark Corp. & Sons v. Timber Falling Consultants of the Pacific Northwest, Inc., 959 F.2d 1468 (9th Cir. 1992)"
STATUTE, RULE = "28 U.S.C. § 1821(b)", "Fed. R. Civ. P. 26(b)(1)"
AUTHORITIES = (
    PrintedAuthority("cases", HICKMAN, ("Hickman v. Taylor, 329 U.S. 495", "329 U.S. 495", "Hickman, 329 U.S. at")),
    PrintedAuthority("cases", LONG, (LONG.partition(" (9th")[0],)),
    PrintedAuthority("cases", "", ("Foo v. Bar, 1 U.S. 1",)),  # cited, and left out of the table
    PrintedAuthority("rules", RULE, (RULE, "Rule 26(b)(1)")),
    PrintedAuthority("statutes", STATUTE, (STATUTE,)),
    PrintedAuthority("other", "Restatement (Third) of Agency § 2.01", ("a book that is not cited",)),
)


def cites(style: str) -> OutlinePaper:
    """A motion over 30 requests that cites this and that on some of them."""
    paper = motion(30, style=style)
    said = {
        2: f"See {HICKMAN}. Id. at 510.",
        3: "Foo v. Bar, 1 U.S. 1 (1790). Id. at 2.",
        7: f"It was held in {LONG}; see also Rule 26(b)(1)(A), {STATUTE}.",
        20: f"Hickman, 329 U.S. at 511. Under {RULE}, that is so.^[See {STATUTE}.]",
        29: "Rule 26(b)(1) & Hickman, 329 U.S. at 512.",
    }
    requests = tuple(
        replace(one, reasons=f"{said[n]} {one.reasons}") if n in said else one for n, one in enumerate(paper.requests, start=1)
    )
    return replace(paper, requests=requests, authorities=AUTHORITIES)


def table_in(read: list[str]) -> str:
    """The words of the table, without the footers of its pages."""
    before = next(number for number, page in enumerate(read) if page.startswith("TABLE OF AUTHORITIES"))
    after = next(number for number, page in enumerate(read) if "NOTICE OF MOTION The documents" in page)
    return " ".join(page.partition(f" {number_of(page)} MOTION TO COMPEL")[0] for page in read[before:after])


@pytest.mark.parametrize("style", STYLES)
def test_each_authority_is_listed_with_the_pages_that_cite_it(style: str) -> None:
    """N.D. Cal. Civ. L.R. 7-4(a)(2), Cal. Rules of Court, rule 3.1113(f)."""
    pdf, read = printed(cites(style))

    def cited_on(*words: str) -> str:
        text = re.compile("|".join(re.escape(one) for one in words))
        body = read[next(number for number, page in enumerate(read) if "NOTICE OF MOTION The documents" in page) :]
        return ", ".join(number_of(page) for page in body if text.search(page))

    table = table_in(read)
    assert table == " ".join(
        [
            "TABLE OF AUTHORITIES Cases",
            f"{HICKMAN} {cited_on('Hickman')}",
            f"{LONG} {cited_on('Richmark')}",
            f"Constitutions and Statutes {STATUTE} {cited_on('28 U.S.C.')}",
            f"Rules {RULE} {cited_on('P. 26(b)(1)', 'Rule 26(b)(1) ')}",
        ]
    )
    assert len(cited_on("Hickman").split(", ")) == 3
    assert findings(pdf) == []
    assert [wrong for page in characters(pdf) for wrong in off_grid(page, paper_style(style))] == []
    ((_title, below),) = outline(pdf)
    assert [
        below[1][0],
        [one[0] if isinstance(one, tuple) else one for one in below[1][1]],
    ] == ["TABLE OF AUTHORITIES", ["Cases", "Constitutions and Statutes", "Rules"]]


@pytest.mark.parametrize("style", STYLES)
def test_passim_stands_for_many_pages_where_somebody_wrote_it(style: str) -> None:
    paper = cites(style)
    often = {n for n in range(1, 31) if n % 3 == 0}
    requests = tuple(
        replace(one, reasons=f"{HICKMAN}. {LONG}. {one.reasons}") if n in often else one
        for n, one in enumerate(paper.requests, start=1)
    )
    hickman, richmark, *others = AUTHORITIES
    listed = (replace(hickman, listed=f"{HICKMAN}, passim"), richmark, *others)
    often_cited = replace(paper, requests=requests, authorities=listed)
    pdf, read = printed(often_cited)
    table = table_in(read)
    assert f"Cases {HICKMAN} passim {LONG} " in table
    document = tree(word_file(to_json(often_cited), release=samples.RELEASE))
    slanted = ["".join(run.itertext()) for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}i") is not None]
    assert "passim" in slanted
    assert re.search(rf"{re.escape(LONG)} \d+(?:, \d+){{5,}} Constitutions", table)
    assert findings(pdf) == []
    assert [wrong for page in characters(pdf) for wrong in off_grid(page, paper_style(style))] == []


@pytest.mark.parametrize(
    ("listed", "cited", "printed_as"),
    [
        ("Roe v. Doe passim", 6, ("Roe v. Doe", "passim")),
        ("Roe v. Doe, passim.", 6, ("Roe v. Doe", "passim")),
        ("Roe v. Doe passim", 5, ("Roe v. Doe", "1, 2, 3, 4, 5")),
        ("Roe v. Passim", 6, ("Roe v. Passim", "1, 2, 3, 4, 5, 6")),
    ],
)
def test_it_is_the_last_word_of_what_more_than_five_pages_cite(listed: str, cited: int, printed_as: tuple[str, str]) -> None:
    (part,) = table_of((PrintedAuthority("cases", listed, ("1 U.S. 1",)),), {0: range(1, cited + 1)})
    assert [(one.title, one.pages) for one in part.entries] == [printed_as]


def test_lines_that_share_a_title_are_one_line_with_and_without_it() -> None:
    cited = [PrintedAuthority("cases", listed, (listed,)) for listed in ("Roe v. Doe", "Roe v. Doe passim")]
    (part,) = table_of(cited, {0: [1, 2, 3], 1: [3, 4, 5, 6]})
    assert [(one.title, one.pages) for one in part.entries] == [("Roe v. Doe", "passim")]


@pytest.mark.parametrize("style", STYLES)
def test_the_text_is_laid_out_once(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference to a page would lay it out twice (docs/performance.md); so would a table whose length nobody knew before."""
    laid: list[str] = []
    lay_out = laying_out._laid

    def told(section: Section, progress: laying_out.Progress | None, before: int) -> laying_out.Laid:
        laid.append(section.name)
        return lay_out(section, progress, before)

    monkeypatch.setattr(laying_out, "_laid", told)
    printed(cites(style))
    assert (laid.count("outline"), laid.count("outline-cover")) == (1, 1)


def test_word_has_the_same_table() -> None:
    paper = cites("cand-28")
    _pdf, read = printed(paper)
    document = tree(word_file(to_json(paper), release=samples.RELEASE))
    lines = [
        one
        for one in document.iter(f"{W}p")
        if (style := one.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "TableofAuthorities"
    ]
    said = [" ".join(part.text or "" for part in one.iter(f"{W}t")) for one in lines]
    table = table_in(read)
    assert len(said) == 4
    for line in said:
        assert line in table


def test_an_id_repeats_what_the_same_text_cited_just_before() -> None:
    """Foo is left out, so its "Id." is nobody's; after two in one string an "Id." may be either's."""
    html = (
        "<html><head><title>Foo</title></head><body><p>Hickman, 329 U.S. at 1. Id. at 2.</p><p>Id.</p><div><p>Id. at 3.</p></div>"
        f"<p>Foo v. Bar, 1 U.S. 1. Id.</p><p>{STATUTE}; Rule 26(b)(1) &amp; more. Id.</p>"
        "<p>Smith Decl. ¶ 3. Id. ¶ 4.</p></body></html>"
    )
    found = marked(html, AUTHORITIES)
    marks = re.findall(r'<span id="authority-(\d)-(\d)">([^<]*)</span>', found)
    assert marks == [
        ("0", "1", "Hickman,"),
        ("0", "2", "Id."),
        ("0", "3", "Id."),
        ("4", "4", "28"),
        ("3", "5", "Rule"),
    ]
    assert re.sub(r'<span id="authority[^>]*>([^<]*)</span>', r"\1", found) == html


def test_marks_change_no_word_of_the_text() -> None:
    with_table, without = printed(cites("cand-28"))[1], printed(replace(cites("cand-28"), authorities=()))[1]
    assert [page for page in with_table if number_of(page).isdigit()] == [page for page in without if number_of(page).isdigit()]
    assert not any("AUTHORITIES" in page for page in without)
    assert len(with_table) == len(without) + 1
