"""Binders: index, slip sheets and exhibits in order, stamped, named when they are not tagged, and the same bytes every time."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest

from discovery.papers.binder import BinderPaper, BoundExhibit, stamps_of
from discovery.papers.errors import PaperRefused
from discovery.papers.rendering import Rendered, render
from discovery.papers.snapshots import to_json
from tests.papers import samples
from tests.papers.reading import findings, opened, outline, pages
from tests.papers.test_assembly import foreign

SCAN = foreign("Scanned one", "Scanned two")


def sha256(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


@pytest.fixture(scope="module")
def notice() -> Rendered:
    return render(samples.canonical(parts=("notice",)), release=samples.RELEASE)


def binder(*exhibits: BoundExhibit, **values: object) -> BinderPaper:
    made = BinderPaper(
        paper="binder",
        language="en-US",
        document_title="Exhibits to the joint letter",
        parts=("index", "slips", "exhibits"),
        caption=samples.paper().caption,
        title="Exhibits to the joint letter",
        exhibits=exhibits,
        stamp="exhibit",
        bates_prefix="OPENAI_",
        bates_start=1,
        bates_digits=6,
        author="",
        created="2025-06-18T09:30:00-07:00",
    )
    return replace(made, **values)  # type: ignore[arg-type]


def made(paper: BinderPaper, *files: bytes) -> Rendered:
    return render(to_json(paper), release="1", files={sha256(file): file for file in files}.__getitem__)


def test_tagged_exhibits_make_an_accessible_binder(notice: Rendered) -> None:
    one = BoundExhibit("A", "Notice of the subpoena", notice.sha256, notice.pages)
    paper = binder(one, replace(one, label="B", title="The same again"))
    bound = made(paper, notice.pdf)
    assert findings(bound.pdf) == []
    assert bound.measured == {}
    assert bound.pages == 1 + 2 * (1 + notice.pages)
    assert outline(bound.pdf) == [
        "Index",
        ("Exhibit A: Notice of the subpoena", outline(notice.pdf)),
        ("Exhibit B: The same again", outline(notice.pdf)),
    ]
    printed = pages(bound.pdf)
    assert "Exhibit Description Page Length A Notice of the subpoena 2 2 pages B The same again 5 2 pages" in printed[0]
    assert printed[1] == "EXHIBIT A Notice of the subpoena 2"
    assert [f"Exhibit A, page {n} of 2 | Page {n + 2}" in page for n, page in enumerate(printed[2:4], start=1)] == [True, True]
    assert made(paper, notice.pdf).pdf == bound.pdf


def test_a_scan_is_bound_and_said_to_be_why_the_binder_is_not_accessible(notice: Rendered) -> None:
    exhibits = [BoundExhibit("A", "Notice", notice.sha256, notice.pages), BoundExhibit("B", "A scan", sha256(SCAN), 2)]
    bound = made(binder(*exhibits, stamp="bates", bates_start=9), notice.pdf, SCAN)
    assert bound.measured == {"untagged": ["Exhibit B: A scan"]}
    with opened(bound.pdf) as pdf:
        assert "pdfuaid:part" not in pdf.open_metadata()
    printed = pages(bound.pdf)
    assert "A Notice 2 2 pages OPENAI_000009 – OPENAI_000010 B A scan 5 2 pages OPENAI_000011 – OPENAI_000012" in printed[0]
    assert sorted(printed[-2].split()) == ["OPENAI_000011", "Scanned", "one"]


def test_a_long_index_names_the_pages_on_which_the_exhibits_begin(notice: Rendered) -> None:
    """Cal. Rules of Court, rule 3.1110(c), (f)(1): also where the index itself takes several pages; no row is torn apart."""
    title = "A letter with a long description that takes more than one line of the index, and its attachments"
    exhibits = [BoundExhibit(str(number), title, notice.sha256, notice.pages) for number in range(1, 31)]
    printed = pages(made(binder(*exhibits), notice.pdf).pdf)
    index = [page for page in printed if page.startswith(("ELON", "Exhibit Description"))]
    told = re.findall(r"(\d+) A letter .*? attachments (\d+) 2 pages", " ".join(index))
    assert len(index) > 1
    assert [(number, page) for number, page in told] == [
        (str(n), str(at)) for n in range(1, 31) for at, page in enumerate(printed, start=1) if page == f"EXHIBIT {n} {title} {at}"
    ]
    assert [page.count(" 2 pages") for page in index] == [page.count("A letter") for page in index]
    assert printed[-1].endswith(f"Exhibit 30, page 2 of 2 | Page {len(printed)}")


def test_slip_sheets_alone() -> None:
    one = BoundExhibit("A", "Letter of July 8", "", 0)
    slips = made(binder(one, replace(one, label="B"), parts=("slips",), paper="slip_sheets", stamp="none"))
    assert pages(slips.pdf) == ["EXHIBIT A Letter of July 8", "EXHIBIT B Letter of July 8"]
    assert outline(slips.pdf) == ["Exhibit A: Letter of July 8", "Exhibit B: Letter of July 8"]
    assert findings(slips.pdf) == []


def test_what_cannot_be_bound_is_refused_by_name() -> None:
    one = BoundExhibit("A", "A scan", sha256(SCAN), 2)
    paper = to_json(binder(one))
    said = []
    for files in (None, lambda _hash: SCAN + b" "):
        with pytest.raises(PaperRefused) as caught:
            render(paper, release="1", files=files)
        said.append(str(caught.value))
    with pytest.raises(PaperRefused) as caught:
        made(binder(one, stamp="bates", bates_start=99, bates_digits=2), SCAN)
    said.append(str(caught.value))
    with pytest.raises(PaperRefused) as caught:
        made(binder())
    assert [*said, str(caught.value)] == [
        "“Exhibit A: A scan” cannot be read from here.",
        "The stored file of “Exhibit A: A scan” was changed and is not bound.",
        "Bates number 100 does not fit 2 digits: give it more.",
        "The binder is empty: add its first exhibit.",
    ]


def test_more_pages_than_a_volume_holds_are_refused_before_anything_is_read() -> None:
    with pytest.raises(PaperRefused) as caught:
        stamps_of(binder(BoundExhibit("A", "A scan", "0" * 64, 2_000), BoundExhibit("B", "Another", "1" * 64, 2_000_000)))
    assert str(caught.value) == "The exhibits have 2002000 pages; a binder holds at most 3000. Start a second volume."
