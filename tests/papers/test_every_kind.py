"""Every kind of paper: the same bytes in another process, sound for readers of tags, whoever reads it back."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from discovery.domain.composing.composers import COMPOSERS
from discovery.law.paper_styles import paper_styles
from discovery.papers.accessibility import report_on
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
import django, json, locale, sys
from django.conf import settings
locale.setlocale(locale.LC_ALL, "")
settings.configure(LANGUAGE_CODE="fr", LOCALE_PATHS=["locale"], TIME_ZONE="Asia/Kathmandu")
django.setup()
import hashlib
from discovery.papers.rendering import render
from discovery.papers.word.files import word_file
papers = json.load(sys.stdin)
if sys.argv[1] == "pdf":
    made = {name: render(papers[name], release="0.1.0").sha256 for name in reversed(papers)}
else:
    made = {name: hashlib.sha256(word_file(papers[name], release="0.1.0")).hexdigest() for name in reversed(papers)}
print(json.dumps(made))
"""
ELSEWHERE_IS = {"PYTHONHASHSEED": "77", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"}
"""Another hash seed, time zone, locale, language of the screens and order of papers: nothing of it may show."""


@pytest.fixture
def papers(world: World, bells: list[int]) -> dict[str, str]:
    """The snapshot of one paper of every kind, and of a court paper in every paper style."""
    numbers = subjects(world)
    found = {}
    for kind, number in numbers.items():
        composer = COMPOSERS[kind]
        row = composer.rows_seen_by(world.alice).get(pk=number)
        found[kind] = to_json(composer.snapshot(row, kind))
    declaration = from_json(found["declaration"])
    assert isinstance(declaration, DeclarationPaper)
    for style in paper_styles():
        found[style] = to_json(replace(declaration, caption=replace(declaration.caption, style=style)))
    return found


def test_every_kind_has_the_same_bytes_elsewhere_and_is_sound(papers: dict[str, str]) -> None:
    assert set(COMPOSERS) - set(papers) == set()
    made = {name: render(canonical, release=samples.RELEASE) for name, canonical in papers.items()}
    assert made_elsewhere("pdf", papers) == {name: rendered.sha256 for name, rendered in made.items()}
    for name, rendered in made.items():
        _is_sound(name, rendered, papers[name])


def test_every_word_file_has_the_same_bytes_elsewhere(papers: dict[str, str]) -> None:
    papers.pop("binder")  # it binds finished PDFs and has none
    made = {name: hashlib.sha256(word_file(canonical, release=samples.RELEASE)).hexdigest() for name, canonical in papers.items()}
    assert made_elsewhere("word", papers) == made


def made_elsewhere(what: str, papers: dict[str, str]) -> dict[str, str]:
    """Return the hashes of papers that another process made."""
    command = [sys.executable, "-c", ELSEWHERE, what]
    told = json.dumps(papers)
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
