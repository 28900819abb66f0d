"""The report on PDF/UA-1: clean on sound papers, and each rule fails on a paper that was broken for it, where pdfua sees it too."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, cast

import pikepdf
import pytest

from discovery.papers.accessibility import CHECKS, CLAUSES, MOST_FINDINGS, SENTENCES, report_on
from discovery.papers.rendering import Rendered
from tests.papers.reading import findings, opened

Break = Callable[[pikepdf.Pdf], None]


def broken(pdf: bytes, how: Break) -> bytes:
    """Return a paper with one thing spoiled."""
    target = io.BytesIO()
    with opened(pdf) as document:
        how(document)
        document.save(target)
    return target.getvalue()


def elements(document: pikepdf.Pdf, role: str) -> list[Any]:
    """Return the structure elements of a type, in the order of the file."""
    return [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == f"/{role}"]


def failed(report: dict[str, Any]) -> list[str]:
    return cast("list[str]", report["failed"])


def test_a_sound_paper_has_no_finding_and_its_parts_are_counted(package: Rendered, draft: Rendered) -> None:
    report = report_on(package.pdf)
    assert (report["standard"], report["clean"], report["findings"], failed(report)) == ("PDF/UA-1", True, [], [])
    counted = report["counted"]
    assert (counted["pages"], counted["tables"], counted["figures"], counted["bookmarks"]) == (10, 1, 0, 15)
    assert counted["headings"] == 15
    assert counted["artifacts"] > 0
    with_draft = report_on(draft.pdf)
    assert with_draft["clean"]
    assert with_draft["counted"] == {**counted, "artifacts": counted["artifacts"] + 10}


def _unmark(document: pikepdf.Pdf) -> None:
    document.Root.MarkInfo.Marked = False


def _untag(document: pikepdf.Pdf) -> None:
    del document.Root["/StructTreeRoot"]


def _untitle(document: pikepdf.Pdf) -> None:
    del document.docinfo["/Title"]


def _hide_title(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences.DisplayDocTitle = False


def _unlanguage(document: pikepdf.Pdf) -> None:
    document.Root.Lang = pikepdf.String("")


def _unidentify(document: pikepdf.Pdf) -> None:
    document.Root.Metadata.write(document.Root.Metadata.read_bytes().replace(b"pdfuaid", b"pdfxxid"))


def _skip_a_heading(document: pikepdf.Pdf) -> None:
    elements(document, "H2")[0].S = pikepdf.Name.H4


def _empty_a_heading(document: pikepdf.Pdf) -> None:
    elements(document, "H2")[0].K = pikepdf.Array([])


def _unlist(document: pikepdf.Pdf) -> None:
    elements(document, "LI")[0].S = pikepdf.Name.P


def _unbody(document: pikepdf.Pdf) -> None:
    elements(document, "LBody")[0].S = pikepdf.Name.Span


def _unhead(document: pikepdf.Pdf) -> None:
    for head in elements(document, "TH"):
        head.S = pikepdf.Name.TD


def _unscope(document: pikepdf.Pdf) -> None:
    for head in elements(document, "TH"):
        del head["/A"]


def _strange_cell(document: pikepdf.Pdf) -> None:
    elements(document, "TD")[0].S = pikepdf.Name.P


def _picture(document: pikepdf.Pdf) -> None:
    elements(document, "P")[0].S = pikepdf.Name.Figure


def _strange_role(document: pikepdf.Pdf) -> None:
    elements(document, "P")[0].S = pikepdf.Name.Poem


def _turning_role(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Poem=pikepdf.Name.Ode, Ode=pikepdf.Name.Poem)
    _strange_role(document)


def _draw_outside(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(document.make_stream(b"BT /F1 12 Tf (loose) Tj ET"))


def _paint_outside(document: pikepdf.Pdf) -> None:
    document.pages[3].contents_add(document.make_stream(b"0 0 10 10 re f"))


def _decorate_inside(document: pikepdf.Pdf) -> None:
    page = document.pages[3]
    page.contents_coalesce()
    content = page.Contents.read_bytes()
    at = content.index(b"BDC", content.index(b"/MCID")) + 3
    page.Contents.write(content[:at] + b"\n/Artifact BMC\nEMC\n" + content[at:])


def _orphan(document: pikepdf.Pdf) -> None:
    elements(document, "H2")[0].K = pikepdf.Array([])
    elements(document, "H2")[0].S = pikepdf.Name.P


def _unembed(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            del item["/FontFile2"]


def _unreadable(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/ToUnicode" in item:
            del item["/ToUnicode"]


def _link(document: pikepdf.Pdf) -> None:
    note = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9]))
    document.pages[1].obj.Annots = pikepdf.Array([note])


def _untab(document: pikepdf.Pdf) -> None:
    _link(document)
    document.pages[1].obj.Annots[0].Contents = pikepdf.String("somewhere")
    del document.pages[1].obj["/Tabs"]


def _unbookmark(document: pikepdf.Pdf) -> None:
    del document.Root["/Outlines"]


def _unname_file(document: pikepdf.Pdf) -> None:
    del document.Root.AF[0]["/UF"]


CASES: dict[str, tuple[Break, list[str], bool]] = {
    "not marked": (_unmark, ["marked"], True),
    "not tagged": (_untag, ["marked"], True),
    "no title": (_untitle, ["title"], True),
    "title not shown": (_hide_title, ["title"], True),
    "no language": (_unlanguage, ["language"], True),
    "not identified": (_unidentify, ["identified"], True),
    "a gap in the headings": (_skip_a_heading, ["headings"], False),
    "an empty heading": (_empty_a_heading, ["headings", "tagged"], False),
    "a list of no items": (_unlist, ["lists"], False),
    "an item without body": (_unbody, ["lists"], False),
    "a table without header cells": (_unhead, ["tables"], True),
    "header cells without scope": (_unscope, ["tables"], True),
    "a cell that is none": (_strange_cell, ["tables"], False),
    "a picture without words": (_picture, ["figures"], True),
    "an unknown role": (_strange_role, ["roles"], False),
    "roles that turn in a circle": (_turning_role, ["roles"], False),
    "text outside the structure": (_draw_outside, ["tagged"], True),
    "paint outside the structure": (_paint_outside, ["tagged"], False),
    "decoration inside text": (_decorate_inside, ["tagged"], False),
    "content of no element": (_orphan, ["tagged"], False),
    "fonts not embedded": (_unembed, ["fonts"], False),
    "fonts without characters": (_unreadable, ["fonts"], False),
    "a link without description": (_link, ["annotations"], True),
    "tabs in no order": (_untab, ["tabs"], False),
    "no bookmarks": (_unbookmark, ["bookmarks"], False),
    "an embedded file without name": (_unname_file, ["files"], False),
}
"""By name: what is spoiled, the rules that must fail, and whether pdfua sees it too (it knows fewer rules)."""


@pytest.mark.parametrize("name", CASES)
def test_each_rule_fails_on_a_paper_that_was_broken_for_it(package: Rendered, name: str) -> None:
    how, rules, seen_by_pdfua = CASES[name]
    spoiled = broken(package.pdf, how)
    report = report_on(spoiled)
    assert failed(report) == rules
    assert not report["clean"]
    assert bool(findings(spoiled)) == seen_by_pdfua


def test_every_rule_can_fail_and_has_a_sentence(package: Rendered) -> None:
    reached = {rule for _how, rules, _seen in CASES.values() for rule in rules} | {"readable", "whole", "unread"}
    assert reached == set(SENTENCES)
    assert set(CLAUSES) == set(SENTENCES) - {"readable", "whole", "unread", "bookmarks"}
    assert len(CHECKS) == 11


def test_the_page_of_a_finding_is_named(package: Rendered) -> None:
    [found] = report_on(broken(package.pdf, _paint_outside))["findings"]
    assert found == {"rule": "tagged", "page": 4, "what": "1 marks outside the structure"}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"<html>"])
def test_what_is_no_pdf_is_a_finding_and_no_crash(content: bytes) -> None:
    report = report_on(content)
    assert (failed(report), report["counted"]) == (["readable"], {})


def test_a_structure_that_points_to_itself_ends(package: Rendered) -> None:
    def turn(document: pikepdf.Pdf) -> None:
        first = elements(document, "H1")[0]
        first.K = pikepdf.Array([first, *list(first.K)])

    assert report_on(broken(package.pdf, turn))["counted"]["headings"] == 15


def test_a_paper_wrong_everywhere_is_not_told_line_by_line(package: Rendered) -> None:
    def spoil(document: pikepdf.Pdf) -> None:
        for element in elements(document, "P"):
            element.S = pikepdf.Name.Figure

    report = report_on(broken(package.pdf, spoil))
    assert len(report["findings"]) == MOST_FINDINGS
    assert failed(report) == ["figures"]
