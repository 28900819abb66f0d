"""The whole package as a PDF: order, bookmarks, metadata, tags, fonts, and the same bytes every time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from discovery.papers.errors import PaperRefused
from discovery.papers.rendering import Rendered, render
from discovery.papers.screen import html
from discovery.papers.snapshots import from_json
from tests.papers import samples
from tests.papers.reading import artifacts, findings, opened, outline, pages

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = [f"Request For Production No. {n}" for n in range(1, 6)]


def test_the_parts_come_in_the_order_of_the_snapshot(package: Rendered) -> None:
    starts = [page[:30] for page in pages(package.pdf)]
    assert starts[0] == starts[1] == starts[2] == "AO 88B (Rev. 02/14) Subpoena t"
    assert starts[3].startswith("UNITED STATES DISTRICT COURT")
    assert starts[7].startswith("EXHIBIT A")
    assert starts[8].startswith("Alison L. Plessman")
    assert starts[9].startswith("CERTIFICATE OF SERVICE")
    assert package.pages == len(starts) == 10
    turned = render(samples.canonical(parts=("notice", "form")), release=samples.RELEASE)
    assert [page[:10] for page in pages(turned.pdf)] == ["Alison L. ", "CERTIFICAT", "AO 88B (Re", "AO 88B (Re", "AO 88B (Re"]


def test_the_bookmarks(package: Rendered) -> None:
    assert outline(package.pdf) == [
        "Subpoena AO 88B",
        "Proof of service",
        "Rule 45",
        ("Schedule A", ["Definitions", "Instructions", ("Requests", REQUESTS), "Exhibit A"]),
        "Notice",
        "Certificate",
    ]
    form = samples.form(production_text="Every Document. " * 40)
    assert outline(render(samples.canonical(parts=("form",), form=form), release="1").pdf) == [
        "Subpoena AO 88B",
        "Proof of service",
        "Rule 45",
        "Addendum",
    ]


def test_title_language_author_and_dates(package: Rendered) -> None:
    with opened(package.pdf) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert str(pdf.Root.Lang) == "en-US"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert info["/Title"] == "Subpoena to Meta Platforms, Inc."
    assert info["/Author"] == "HUESTON HENNIGAN LLP"
    assert info["/Keywords"] == "version 1"
    assert info["/Creator"] == "Tecum 0.1.0"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20250618093000-07'00"


def test_a_draft_has_no_version(draft: Rendered) -> None:
    with opened(draft.pdf) as pdf:
        assert "/Keywords" not in pdf.docinfo


def test_it_is_clean_for_readers_of_tags(package: Rendered, draft: Rendered) -> None:
    assert findings(package.pdf) == []
    assert findings(draft.pdf) == []


def test_every_font_is_ours_embedded_and_subset(package: Rendered) -> None:
    families = set()
    with opened(package.pdf) as pdf:
        for item in pdf.objects:
            if getattr(item, "get", None) and item.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in item
                prefix, name = str(item.FontName).lstrip("/").split("+")
                assert len(prefix) == 6
                families.add(name)
    assert families == {
        "Liberation-Serif",
        "Liberation-Serif-Bold",
        "Liberation-Serif-Italic",
        "Liberation-Serif-Bold-Italic",
        "Liberation-Serif-Bold-Small-Caps",
        "DejaVu-Sans",
    }


def test_draft_is_drawn_on_every_page_and_only_on_drafts(package: Rendered, draft: Rendered) -> None:
    footer = ["/Pagination"]
    with_footers: list[list[str]] = [[], [], []] + [footer * n for n in _footer_runs(package.pdf)]
    assert [[kind for kind in page if kind == "/Background"] for page in artifacts(package.pdf)] == [[]] * 10
    assert [[kind for kind in page if kind == "/Background"] for page in artifacts(draft.pdf)] == [["/Background"]] * 10
    assert artifacts(package.pdf) == with_footers
    assert pages(draft.pdf) == pages(package.pdf)  # outlines, not text
    assert len(draft.pdf) - len(package.pdf) < 3_000


def _footer_runs(pdf: bytes) -> list[int]:
    """Return how many runs of text each page's footer has: number, title (one or two lines), case number."""
    runs = [len(page) for page in artifacts(pdf)][3:]
    assert all(3 <= count <= 4 for count in runs)
    return runs


def test_the_draft_mark_is_one_stream_shared_by_all_pages(draft: Rendered) -> None:
    with opened(draft.pdf) as pdf:
        assert len({page.Contents[0].objgen for page in pdf.pages}) == 1


def test_schedule_and_notice_number_their_own_pages_and_name_themselves(package: Rendered) -> None:
    printed = pages(package.pdf)
    schedule = "SCHEDULE A TO SUBPOENA TO THIRD-PARTY META PLATFORMS, INC. CASE NO.: 4:24-CV-04722-YGR"
    notice = "NOTICE OF SUBPOENA TO PRODUCE DOCUMENTS TO NON-PARTY META PLATFORMS, INC. CASE NO.: 4:24-CV-04722-YGR"
    for number, page in enumerate(printed[3:8], start=1):
        assert page.endswith(f" {number} {schedule}")
    for number, page in enumerate(printed[8:], start=1):
        assert page.endswith(f" {number} {notice}")


def test_schedule_a_prints_every_definition_instruction_request_and_name(package: Rendered) -> None:
    printed = " ".join(pages(package.pdf)[3:8]).split(" ")
    text = " ".join(printed)
    for number, term in enumerate(samples.TERMS, start=1):
        assert f"{number}. {term[0]}" in text
    for number, demand in enumerate(samples.DEMANDS, start=1):
        assert f"Request For Production No. {number}: {demand.split(chr(10))[0][:60]}" in text
    for number in range(1, 33):
        assert f"{number}. Representative {number} of the Example Charity No. {number}" in text


def test_the_certificate_ticks_one_method_and_heads_its_columns(package: Rendered) -> None:
    page = pages(package.pdf)[9]
    assert page.count("☑") == 1
    assert "☑ By e-mail (Fed. R. Civ. P. 5(b)(2)(E), as consented to in writing)" in page
    assert "Name Address E-mail Represents Marc Toberoff" in page
    with opened(package.pdf) as pdf:
        heads = [item for item in pdf.objects if getattr(item, "get", None) and item.get("/S") == "/TH"]
        assert [str(head.A.Scope) for head in heads] == ["/Column"] * 4


def test_blanks_are_printed_as_lines_to_fill_in_by_hand() -> None:
    empty = samples.certificate(declarant="", declarant_address="", served_on="", method="", executed_at="")
    notice = samples.notice(certificate=empty, signature=samples.signature(dated="", signed=""))
    printed = " ".join(pages(render(samples.canonical(parts=("notice",), notice=notice), release="1").pdf))
    assert printed.count("☑") == 0
    assert "Dated: ____________________" in printed
    assert "By: ______________________________" in printed
    assert "I, ______________________________, declare:" in printed


def test_the_same_snapshot_has_the_same_bytes_in_this_and_in_another_process(package: Rendered) -> None:
    canonical = samples.canonical()
    again = render(canonical, release=samples.RELEASE)
    assert again.pdf == package.pdf
    assert again.sha256 == package.sha256 == hashlib.sha256(package.pdf).hexdigest()
    # Without settings, with another hash seed and in another order of parts seen before: nothing may show.
    script = "import sys; from discovery.papers.rendering import render; print(render(sys.stdin.read(), release='0.1.0').sha256)"
    other = subprocess.run(
        [sys.executable, "-c", script],
        input=canonical,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        env={"PYTHONHASHSEED": "77", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "Asia/Tokyo"},
    )
    assert other.stdout.strip() == package.sha256


def test_another_release_or_another_text_has_another_identifier(package: Rendered) -> None:
    def identifier(rendered: Rendered) -> str:
        with opened(rendered.pdf) as pdf:
            return str(pdf.trailer.ID[0])

    newer = render(samples.canonical(), release="9.9")
    other = render(samples.canonical(document_title="Another"), release=samples.RELEASE)
    assert len({identifier(package), identifier(newer), identifier(other)}) == 3


def test_timings_name_the_stages(package: Rendered) -> None:
    assert list(package.timings) == ["compose", "layout", "write", "total"]


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(PaperRefused) as caught:
        render(samples.canonical(parts=("form", "poem")), release="1")
    assert str(caught.value) == "This release cannot print the part “poem” of a paper."
    with pytest.raises(PaperRefused):
        render(samples.canonical(parts=()), release="1")


@pytest.mark.parametrize("created", ["yesterday", "2025-06-18T09:30:00"])
def test_a_snapshot_without_a_moment_is_refused(created: str) -> None:
    with pytest.raises(PaperRefused) as caught:
        render(samples.canonical(created=created), release="1")
    assert created in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"document_title": " "}, "The paper has no title."),
        ({"language": ""}, "The paper’s language “” is no language tag."),
        ({"language": "English please"}, "The paper’s language “English please” is no language tag."),
    ],
)
def test_a_paper_without_title_or_language_is_refused(changes: dict[str, str], message: str) -> None:
    with pytest.raises(PaperRefused) as caught:
        render(samples.canonical(**changes), release="1")
    assert str(caught.value) == message


def test_the_preview_has_the_same_words_and_nothing_active() -> None:
    text = html(samples.canonical())
    assert text.count("<article") == 5
    assert "<script" not in text
    assert "<style" not in text
    assert "style=" not in text
    assert "src=" not in text
    assert "Request For Production No. 5:" in text
    assert from_json(samples.canonical()) == samples.paper()
