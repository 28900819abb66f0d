"""Papers: our way from the row to the stored PDF beside the bare engine; the Meta package beside a naive rendering; memory."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.contrib.auth.models import User
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from discovery.domain.composing.subpoena import compose
from discovery.domain.demo.loading import load_demo
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.models import Demand, Draft, Request
from discovery.papers import engine, fontset, shortcuts, snapshots
from discovery.papers.composition import sections
from discovery.papers.finishing import Finisher
from discovery.papers.layouts import forget
from discovery.papers.rendering import preload, render
from discovery.papers.subpoena_snapshot import SubpoenaPaper
from tests.benchmarks.bare import bare
from tests.benchmarks.measuring import Row, ratio

RELEASE = "benchmark"


def run() -> Iterator[Row]:
    """Yield the rows about papers, made from the demo case."""
    owner = User.objects.create_superuser("bench", "bench@example.com", "x")
    case = load_demo(owner=owner)
    preload()  # at the end: what was loaded for the demo is no part of a worker, and the collector need not look at it
    meta = case.demands.get(responding_party__person__name="Meta Platforms, Inc.", kind="subpoena_documents")
    draft = case.demands.get(responding_party__person__name="Excession LLC")
    yield _one_draft(draft, owner)
    yield _package(meta)
    yield _field_changed(meta)
    yield _again(meta, owner)
    yield from _pleading(meta)
    yield _memory(meta)


def _one_draft(demand: Demand, owner: User) -> Row:
    """Each run changes a request, so that nothing but the page of Rule 45 can come from a cache."""
    numbers = itertools.count()
    request = Request.objects.filter(request_set=demand.request_set).first()
    assert request is not None

    def ours() -> None:
        Request.objects.filter(pk=request.pk).update(text=f"All Documents of run {next(numbers)}.")
        fresh = Demand.objects.get(pk=demand.pk)
        made = render_draft(request_draft(fresh, "subpoena", by=owner).pk)
        assert made is not None
        assert made.state == "ready", made.error

    def alone() -> None:
        Request.objects.filter(pk=request.pk).update(text=f"All Documents of run {next(numbers)}.")
        bare(sections(compose(Demand.objects.get(pk=demand.pk), "subpoena")))

    figure, a, b = ratio(ours, alone, pairs=15)
    pages = Draft.objects.filter(state="ready").latest("pk").pages
    return Row("one draft, row to stored PDF / bare engine, same HTML", figure, 1.15, f"{a:.3f} s / {b:.3f} s, {pages} pages")


def _field_changed(meta: Demand) -> Row:
    """The form's addressee changes, as for the next recipient of one Schedule A; the whole is rendered naively."""
    paper = compose(meta, "subpoena")
    runs = itertools.count()

    def ours() -> None:
        form = replace(paper.form, to=f"Recipient {next(runs)}, 1 Main Street, Oakland, CA 94601")
        render(snapshots.to_json(replace(paper, form=form)), release=RELEASE)

    figure, a, b = ratio(ours, lambda: _naive(paper), pairs=9)
    return Row("Meta package, one field of the form changed / the whole rendered naively", figure, 0.50, f"{a:.3f} s / {b:.3f} s")


def _pleading(meta: Demand) -> Iterator[Row]:
    """Notice and Schedule A on numbered paper, beside the very same pages without grid, numbers and rules."""
    paper = compose(meta, "subpoena")
    made = sections(replace(paper, parts=("notice", "schedule"), caption=replace(paper.caption, style="cand-28")))
    shared = engine.engine()

    def written(*, numbered: bool) -> bytes:
        documents = [shared.lay_out(one.markup, one.styles, pitch=24 if numbered else 0) for one in made]
        pages = [page for document in documents for page in document.pages]
        styles = tuple(made[0].paper_style if numbered else "" for _page in pages)
        pdf: bytes = documents[0].copy(pages).write_pdf(pdf_variant="pdf/ua-1", finisher=Finisher(draft=False, styles=styles))
        return pdf

    figure, a, b = ratio(lambda: written(numbered=True), lambda: written(numbered=False), pairs=15)
    yield Row("pleading paper / the same pages without numbered lines, time", figure, 1.08, f"{a:.3f} s / {b:.3f} s")
    more = (len(written(numbered=True)) - len(written(numbered=False))) / 1000
    yield Row("pleading paper, kB more than the same pages without numbered lines", more, 10, f"{more:.1f} kB")


def _naive(paper: SubpoenaPaper) -> None:
    """Render everything fresh, with the engine as it comes: fonts, stylesheets, one HTML."""
    fonts = FontConfiguration()
    made = sections(paper)
    names = sorted({name for section in made for name in section.styles})
    sheets = [CSS(filename=fontset.STYLES / f"{name}.css", font_config=fonts) for name in names]
    bodies = [re.sub(r".*?<body[^>]*>(.*)</body>.*", r"\1", section.markup, flags=re.DOTALL) for section in made]
    parts = "".join(
        f'<div class="{_body_class(section.markup)}" style="break-before: page">{body}</div>'
        for section, body in zip(made, bodies, strict=True)
    )
    markup = f'<!doctype html><html lang="en-US"><head><title>Naive</title></head><body>{parts}</body></html>'
    with shortcuts.engine_alone():
        HTML(string=markup).write_pdf(font_config=fonts, stylesheets=sheets, pdf_variant="pdf/ua-1")


def _package(meta: Demand) -> Row:
    """Ours may reuse what a case's next subpoena has in common: the page of Rule 45 and the blank proof; the rest is new."""
    paper = compose(meta, "subpoena")
    runs = itertools.count()

    def ours() -> None:
        number = next(runs)
        form = replace(paper.form, to=f"Recipient {number}, 1 Main Street, Oakland, CA 94601")
        schedule = replace(paper.schedule, preamble=f"{paper.schedule.preamble} ({number})")
        notice = replace(paper.notice, recipient_name=f"{paper.notice.recipient_name} {number}")
        render(snapshots.to_json(replace(paper, form=form, schedule=schedule, notice=notice)), release=RELEASE)

    figure, a, b = ratio(ours, lambda: _naive(paper), pairs=9)
    return Row("Meta package, tagged / the same rendered naively", figure, 0.50, f"{a:.3f} s / {b:.3f} s")


def _body_class(markup: str) -> str:
    found = re.search(r'<body[^>]*class="([^"]*)"', markup)
    return found[1] if found else ""


def _again(meta: Demand, owner: User) -> Row:
    render_draft(request_draft(meta, "subpoena", by=owner).pk)
    content = snapshots.to_json(compose(meta, "subpoena"))

    def again() -> None:
        request_draft(meta, "subpoena", by=owner)

    def whole() -> None:
        forget()
        render(content, release=RELEASE)

    figure, a, b = ratio(again, whole, pairs=9)
    return Row("the same snapshot asked for again / a render", figure, 0.05, f"{a * 1000:.1f} ms / {b:.3f} s")


def _memory(meta: Demand) -> Row:
    """Resident memory after 500 renders beside that after 50, each of a text that differs."""
    paper = compose(meta, "subpoena")
    after_50 = 0.0
    for number in range(500):
        changed = snapshots.to_json(paper).replace("All Documents", f"All Documents of run {number}", 1)
        render(changed, release=RELEASE)
        if number == 49:
            after_50 = _resident()
    after_500 = _resident()
    return Row("memory after 500 renders / after 50", after_500 / after_50, 1.05, f"{after_500:.0f} MB / {after_50:.0f} MB")


def _resident() -> float:
    """Return this process's resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
