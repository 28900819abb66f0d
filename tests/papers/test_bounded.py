"""What would hang or fill a worker: a correct page or a named refusal, in a process that may use only so much."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from discovery.papers.binder import BinderPaper, BoundExhibit
from discovery.papers.privilege_log import LogColumn, LogLine, LogPaper
from discovery.papers.snapshots import to_json
from tests.papers import samples
from tests.papers.bounded import render_bounded
from tests.papers.reading import findings, opened, pages, squeezed

SIDE = 10_000
"""Pixels: 100 megapixels, 300 MB as an image of colors, 12 kB in the file."""


def schedule(*texts: str) -> str:
    """Return a Schedule A with these requests alone."""
    demands = tuple(replace(samples.requests(1, "")[0], heading=f"Request No. {n}:", text=text) for n, text in enumerate(texts, 1))
    made = samples.schedule(requests=demands, definitions=(), instructions=(), exhibits=())
    return samples.canonical(parts=("schedule",), schedule=made)


def whole(printed: list[str]) -> str:
    """Return the text of all pages without spaces."""
    return "".join("".join(page.rsplit(" SCHEDULE A TO SUBPOENA", 1)[0].rsplit(" ", 1)[0].split()) for page in printed)


@pytest.mark.parametrize("step", ["", "  ", "\t"])
def test_two_hundred_levels_of_an_enumeration_are_all_printed(tmp_path: Path, step: str) -> None:
    levels = [f"{step * n}({n % 999}) level {n}" for n in range(1, 201)]
    deep = "(" * 200 + "a" + ")" * 200
    pdf, _said = render_bounded(tmp_path, schedule("\n".join(levels), deep))
    printed = whole(pages(pdf))
    assert "".join("".join(line.split()) for line in levels) in printed
    assert deep in printed
    assert findings(pdf) == []


def test_soft_hyphens_and_heaps_of_combining_marks_keep_their_letters(tmp_path: Path) -> None:
    soft = "anti\u00addis\u00adestab\u00adlish\u00adment " * 200
    heap = "Z" + "\u0301\u0323\u0302" * 300 + "algo"
    pdf, _said = render_bounded(tmp_path, schedule(soft, heap))
    printed = whole(pages(pdf)).replace("\u2010", "")  # the hyphens at the ends of lines
    assert printed.count("antidisestablishment") == 200
    assert "algo" in printed
    assert findings(pdf) == []


def test_a_thousand_footnotes_are_all_printed(tmp_path: Path) -> None:
    notes = " ".join(f"claim{n} {'word ' * 8}^[note{n} words]" for n in range(1_000))
    pdf, _said = render_bounded(tmp_path, schedule(notes))
    printed = " ".join(pages(pdf)).split()
    assert [word for word in printed if word.startswith("note")] == [f"note{n}" for n in range(1_000)]
    assert findings(pdf) == []


@pytest.mark.parametrize("words", [1, 40])
def test_hundreds_of_footnotes_in_a_few_lines_are_refused_before_they_are_laid_out(tmp_path: Path, words: int) -> None:
    pdf, said = render_bounded(tmp_path, schedule(" ".join(f"c^[{'note ' * words}{n}]" for n in range(600))), memory=600_000_000)
    assert (pdf, said.partition(" on take ")[2]) == (
        b"",
        "more than 90 lines for 4 lines of text: shorten them, or move some into the text.",
    )


def log(rows: int, words: int) -> str:
    """Return a log of so many rows whose last cell has so many words."""
    heads = ("Entry No.", "From", "To", "Subject", "Privilege Description")
    lines = tuple(
        LogLine((f"{n}", "Ann Lee*", "Bo\n" * 3, "w" * 60, f"first{n} " + "advice of counsel " * (words // 3) + f"last{n}"))
        for n in range(1, rows + 1)
    )
    return to_json(
        LogPaper(
            paper="privilege_log",
            language="en-US",
            document_title="Privilege log",
            parts=("log",),
            caption=samples.caption(),
            title="PRIVILEGE LOG",
            about=(),
            legend="",
            columns=tuple(LogColumn(head, 2) for head in heads),
            lines=lines,
            served=True,
            author="",
            created="2025-06-18T09:30:00-07:00",
        )
    )


@pytest.mark.parametrize(("rows", "words"), [(300, 30), (3, 6_000)])
def test_a_log_of_many_rows_or_of_cells_longer_than_a_page_is_printed_whole(tmp_path: Path, rows: int, words: int) -> None:
    pdf, _said = render_bounded(tmp_path, log(rows, words))
    printed = " ".join(pages(pdf)).split()
    assert [word for word in printed if word.startswith("last")] == [f"last{n}" for n in range(1, rows + 1)]
    assert printed.count("counsel") == rows * (words // 3)
    assert all("Privilege Description" in page for page in pages(pdf))
    assert findings(pdf) == []


def test_three_hundred_recipients_are_all_in_the_certificate(tmp_path: Path) -> None:
    one = samples.certificate().recipients[0]
    recipients = tuple(replace(one, name=f"Counsel No. {n}\nFirm {n} LLP", email=f"counsel{n}@example.com") for n in range(300))
    notice = samples.notice(certificate=samples.certificate(recipients=recipients))
    caption = samples.caption(style="cand-28")
    pdf, _said = render_bounded(tmp_path, samples.canonical(parts=("notice",), notice=notice, caption=caption))
    printed = pages(pdf)
    assert [f"counsel{n}@example.com" in " ".join(printed) for n in range(300)] == [True] * 300
    rows = [page for page in printed if "@example.com" in page and "Counsel No." in page]
    assert all("Name Address E-mail Represents" in page for page in rows)
    assert findings(pdf) == []


def picture(side: int = SIDE, bits: int = 1, **entries: object) -> bytes:
    """Return a PDF of one page whose picture has side x side pixels and a few bytes."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792))
    pressing = zlib.compressobj(9)
    row = bytes(side * bits // 8)
    data = b"".join([*(pressing.compress(row) for _ in range(side)), pressing.flush()])
    image = pdf.make_stream(
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=side,
        Height=side,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=bits,
        Filter=pikepdf.Name.FlateDecode,
        **entries,
    )
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    page.obj["/Contents"] = pdf.make_stream(b"q 612 0 0 792 0 0 cm /I Do Q")
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize("exhibit", [picture(), picture(40_000, 8)], ids=["100 megapixels", "1600 megapixels"])
def test_a_picture_too_large_to_unpack_is_bound_as_it_came(tmp_path: Path, exhibit: bytes) -> None:
    name = hashlib.sha256(exhibit).hexdigest()
    binder = BinderPaper(
        paper="binder",
        language="en-US",
        document_title="Exhibits",
        parts=("index", "slips", "exhibits"),
        caption=samples.caption(),
        title="Exhibits",
        exhibits=(BoundExhibit("A", "A plan", name, 1),),
        stamp="exhibit",
        bates_prefix="",
        bates_start=1,
        bates_digits=6,
        author="",
        created="2025-06-18T09:30:00-07:00",
    )
    pdf, said = render_bounded(tmp_path, to_json(binder), exhibit)
    assert said == ""
    assert squeezed(pages_of_text(pdf)[1]) == "EXHIBIT A A plan 2"
    with opened(pdf) as bound, pikepdf.open(io.BytesIO(exhibit)) as came:
        assert len(bound.pages) == 3
        assert drawn(bound.pages[2]) == drawn(came.pages[0])


def drawn(page: pikepdf.Page) -> list[tuple[int, bytes]]:
    """Return width and packed bytes of each picture that a page draws, those within its forms too."""
    return [(int(one["/Width"]), one.read_raw_bytes()) for one in page.get_images().values()]


def pages_of_text(pdf: bytes) -> list[str]:
    """Return the text of the index and the slip sheet alone: the picture's page is not opened."""
    with opened(pdf) as bound:
        del bound.pages[2]
        made = io.BytesIO()
        bound.save(made)
    return pages(made.getvalue())


def test_the_limits_are_real(tmp_path: Path) -> None:
    """Without a limit that bites, the others would prove nothing."""
    with pytest.raises(AssertionError, match="MemoryError"):
        render_bounded(tmp_path, log(300, 60), memory=50_000_000)
