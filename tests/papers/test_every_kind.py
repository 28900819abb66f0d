"""Every kind of paper: the same bytes in another process, sound for readers of tags, whoever reads it back."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation

from discovery.domain.composing.composers import COMPOSERS
from discovery.law.paper_styles import paper_styles
from discovery.papers.accessibility import report_on
from discovery.papers.binder import BinderPaper, BoundExhibit
from discovery.papers.declaration import DeclarationPaper
from discovery.papers.embedded import embedded_text
from discovery.papers.rendering import Rendered, render
from discovery.papers.snapshots import digest, from_json, to_json
from discovery.papers.word.files import word_file
from tests.domain.test_commands import subjects
from tests.factories import World
from tests.papers import samples
from tests.papers.reading import findings, opened

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = """
import base64, django, json, locale, sys
from django.conf import settings
locale.setlocale(locale.LC_ALL, "")
settings.configure(LANGUAGE_CODE="fr", LOCALE_PATHS=["locale"], TIME_ZONE="Asia/Kathmandu")
django.setup()
import hashlib
from discovery.papers.rendering import render
from discovery.papers.word.files import word_file
papers, exhibit, pdf = json.load(sys.stdin)
files = {exhibit: base64.b64decode(pdf)}.__getitem__
if sys.argv[1] == "pdf":
    made = {name: render(papers[name], release="0.1.0", files=files).sha256 for name in reversed(papers)}
else:
    made = {name: hashlib.sha256(word_file(papers[name], release="0.1.0")).hexdigest() for name in reversed(papers)}
print(json.dumps(made))
"""
ELSEWHERE_IS = {"PYTHONHASHSEED": "77", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"}
"""Another hash seed, time zone, locale, language of the screens and order of papers: nothing of it may show."""


@pytest.fixture(scope="module")
def exhibit() -> Rendered:
    """A tagged PDF to bind: what is not tagged would say so of the whole binder."""
    return render(samples.canonical(parts=("notice",)), release=samples.RELEASE)


@pytest.fixture
def papers(world: World, bells: list[int], exhibit: Rendered) -> dict[str, str]:
    """The snapshot of one paper of every kind, and of a court paper in every paper style."""
    numbers = subjects(world)
    found = {}
    for kind, number in numbers.items():
        composer = COMPOSERS[kind]
        row = composer.rows_seen_by(world.alice).get(pk=number)
        found[kind] = to_json(composer.snapshot(row, kind))
    binder = from_json(found["binder"])
    assert isinstance(binder, BinderPaper)
    bound = BoundExhibit("A", "Notice of the subpoena", exhibit.sha256, exhibit.pages)
    found["binder"] = to_json(replace(binder, exhibits=(bound,)))
    declaration = from_json(found["declaration"])
    assert isinstance(declaration, DeclarationPaper)
    for style in paper_styles():
        found[style] = to_json(replace(declaration, caption=replace(declaration.caption, style=style)))
    return found


def test_every_kind_has_the_same_bytes_elsewhere_and_is_sound(papers: dict[str, str], exhibit: Rendered) -> None:
    assert set(COMPOSERS) - set(papers) == set()
    files = {exhibit.sha256: exhibit.pdf}.__getitem__
    made = {name: render(canonical, release=samples.RELEASE, files=files) for name, canonical in papers.items()}
    assert made_elsewhere("pdf", papers, exhibit) == {name: rendered.sha256 for name, rendered in made.items()}
    for name, rendered in made.items():
        _is_sound(name, rendered, papers[name])


def test_every_kind_is_in_the_courts_language_whoever_asks_for_it(world: World, bells: list[int]) -> None:
    for kind, number in subjects(world).items():
        composed = []
        for language in ("en", "fr"):
            row = COMPOSERS[kind].rows_seen_by(world.alice).get(pk=number)
            with translation.override(language):
                composed.append(to_json(COMPOSERS[kind].snapshot(row, kind)))
        assert composed[1] == composed[0]


def test_every_word_file_has_the_same_bytes_elsewhere(papers: dict[str, str], exhibit: Rendered) -> None:
    papers.pop("binder")  # it binds finished PDFs and has none
    made = {name: hashlib.sha256(word_file(canonical, release=samples.RELEASE)).hexdigest() for name, canonical in papers.items()}
    assert made_elsewhere("word", papers, exhibit) == made


def made_elsewhere(what: str, papers: dict[str, str], exhibit: Rendered) -> dict[str, str]:
    """Return the hashes of papers that another process made."""
    command = [sys.executable, "-c", ELSEWHERE, what]
    told = json.dumps([papers, exhibit.sha256, base64.b64encode(exhibit.pdf).decode()])
    other = subprocess.run(command, input=told, capture_output=True, text=True, cwd=ROOT, check=False, env=ELSEWHERE_IS)
    assert other.stderr == ""
    found: dict[str, str] = json.loads(other.stdout)
    return found


def _is_sound(name: str, rendered: Rendered, canonical: str) -> None:
    report = report_on(rendered.pdf)
    assert (name, report["findings"], findings(rendered.pdf)) == (name, [], [])
    assert report["counted"]["pages"] == rendered.pages
    with opened(rendered.pdf) as pdf:
        manifest = json.loads(embedded_text(pdf) or "")
    assert manifest == rendered.manifest
    assert manifest["snapshot"]["sha256"] == digest(canonical)


OF_FORMAT_1 = {
    "SubpoenaPaper", "MemoPaper", "CoverLetterPaper", "DeclarationPaper", "DisputeLetterPaper", "ChartPaper", "StatementPaper",
    "OutlinePaper", "JointLetterPaper", "LogPaper", "CertificatePaper", "ProofPaper", "ResponsePaper",
}  # fmt: skip
"""The kinds of paper that format 1 had."""


OF_TESTIMONY = ("matters", "testimony_place", "testimony_when", "courtroom", "recording")


SINCE_FORMAT_1: dict[str, dict[str, object]] = {
    "DisputeLetterPaper": {"exhibits": []},
    "OutlinePaper": {"authorities": [], "limit": 0},
}
"""By kind, what came later, with what an older paper reads as."""


def test_every_kind_of_format_1_is_read_as_what_it_was(papers: dict[str, str]) -> None:
    read = set()
    for canonical in papers.values():
        body = json.loads(canonical)
        if body["type"] not in OF_FORMAT_1:
            continue
        data = body["data"]
        if "caption" in data:
            for name in ("style", "number_label", "related", "tail", "more_sides"):
                del data["caption"][name]
        since = SINCE_FORMAT_1.get(body["type"], {})
        for name in since:
            del data[name]
        if body["type"] == "SubpoenaPaper":
            for name in ("testimony", *OF_TESTIMONY):
                del data["form"][name]
            del data["examination"], data["documents"]
        again = json.loads(to_json(from_json(json.dumps({**body, "format": 1}))))
        whole = json.loads(canonical)
        if "caption" in data:
            plain = {"style": "format-1", "number_label": "Case No.", "related": [], "tail": "", "more_sides": []}
            whole["data"]["caption"] |= plain
        whole["data"] |= since
        assert again == whole
        read.add(body["type"])
    # The other answer to "which proof of service" is a kind of its own, with nothing in it that the rest has not.
    assert OF_FORMAT_1 - read <= {"CertificatePaper", "ProofPaper"}
