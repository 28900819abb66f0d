"""What a paper was made of and with: embedded in it, the same each time, and nothing that tells who asked."""

from __future__ import annotations

import hashlib
import json
from typing import Any, cast

import pikepdf
import pytest

from discovery.papers import engine, fontset
from discovery.papers.embedded import MANIFEST_LIMIT, NAME, embedded_text
from discovery.papers.manifest import differences
from discovery.papers.parts import TEMPLATES
from discovery.papers.rendering import Rendered, render
from discovery.papers.snapshots import digest
from tests.papers import samples
from tests.papers.reading import findings, opened

from weasyprint.text.ffi import harfbuzz  # isort: skip - the engine is imported with our fonts first


def test_the_embedded_manifest_is_the_one_that_is_told(package: Rendered) -> None:
    with opened(package.pdf) as pdf:
        text = embedded_text(pdf)
    assert text is not None
    assert json.loads(text) == package.manifest


def test_it_names_snapshot_kind_version_release_and_every_ingredient(package: Rendered) -> None:
    told = package.manifest
    assert sorted(told) == [
        *("approved_version", "engine", "final", "fonts", "manifest", "paper", "paper_styles", "program", "release", "snapshot"),
        *("styles", "templates", "title"),
    ]
    assert told["snapshot"] == {"sha256": digest(samples.canonical()), "format": 2, "type": "SubpoenaPaper"}
    assert (told["paper"], told["approved_version"], told["final"], told["release"]) == ("subpoena", 1, True, samples.RELEASE)
    assert sorted(told["engine"]) == ["fonttools", "harfbuzz", "pango", "pydyf", "tinycss2", "tinyhtml5", "weasyprint"]
    assert [face["sha256"] for face in told["fonts"]] == [face.sha256 for face in fontset.faces()]
    for name, sha256 in told["templates"].items():
        assert sha256 == hashlib.sha256((TEMPLATES / name).read_bytes()).hexdigest()
    for name, sha256 in told["styles"].items():
        assert sha256 == hashlib.sha256((fontset.STYLES / name).read_bytes()).hexdigest()
    used = {"ao88b.html", "rule45.html", "schedule_a.html", "notice_of_subpoena.html", "_court_paper.html", "_caption.html"}
    assert used - set(told["templates"]) == set()
    assert "declaration.html" not in told["templates"]


def test_a_draft_has_no_version(draft: Rendered) -> None:
    assert (draft.manifest["approved_version"], draft.manifest["final"]) == (0, False)


def test_the_file_is_associated_as_data_with_the_dates_of_the_paper(package: Rendered) -> None:
    with opened(package.pdf) as pdf:
        [specification] = list(pdf.Root.AF)
        assert str(specification.AFRelationship) == "/Data"
        assert (str(specification.F), str(specification.UF)) == (NAME, NAME)
        stream = specification.EF.F
        assert str(stream.Subtype) == "/application/json"
        assert str(stream.Params.CreationDate) == str(stream.Params.ModDate) == "D:20250618093000-07'00"
        assert list(pdf.attachments) == [NAME]
    assert findings(package.pdf) == []


def test_it_does_not_hold_the_snapshot(package: Rendered) -> None:
    assert "plessman" not in json.dumps(package.manifest).lower()


def _with_attachment(pdf: bytes, content: bytes, **extra: Any) -> pikepdf.Pdf:
    document = opened(pdf)
    specification = document.attachments[NAME].obj
    specification.EF.F.write(content, **extra)
    return document


@pytest.mark.parametrize(
    "content",
    [b"", b"x" * (MANIFEST_LIMIT + 1), b"\0" * 50_000_000, b"\xff\xfe not text"],
    ids=["empty", "too long", "a bomb", "no text"],
)
def test_what_is_no_manifest_of_ours_is_not_read(package: Rendered, content: bytes) -> None:
    with _with_attachment(package.pdf, content) as document:
        assert embedded_text(document) is None


def test_another_filter_is_not_unpacked(package: Rendered) -> None:
    with _with_attachment(package.pdf, b"00>", filter=pikepdf.Name.ASCIIHexDecode) as document:
        assert embedded_text(document) is None
    with opened(package.pdf) as document:
        del cast("pikepdf.Dictionary", document.Root.Names)["/EmbeddedFiles"]
        assert embedded_text(document) is None


def test_it_says_what_two_papers_were_made_with_differently(package: Rendered) -> None:
    other = json.loads(json.dumps(package.manifest))
    assert differences(package.manifest, other) == []
    other["release"] = "9"
    other["engine"]["pango"] = "9.9"
    del other["styles"]["common.css"]
    other["fonts"].pop()
    assert differences(package.manifest, other) == ["release", "engine pango", "style common.css", "fonts"]


def test_the_version_of_harfbuzz_is_found_by_asking() -> None:
    found = dict(engine.system_versions())
    assert [len(version.split(".")) for version in found.values()] == [3, 3]
    major, minor, micro = map(int, found["harfbuzz"].split("."))
    assert harfbuzz.hb_version_atleast(major, minor, micro)
    assert not harfbuzz.hb_version_atleast(major, minor, micro + 1)


def test_new_york_gets_pdf_a_beside_pdf_ua_and_nobody_else_does() -> None:
    plain = render(samples.canonical(), release=samples.RELEASE).pdf
    archive = render(samples.canonical(caption=samples.caption(style="ny-plain")), release=samples.RELEASE).pdf
    assert render(samples.canonical(), release=samples.RELEASE).pdf == plain
    assert findings(archive) == []
    with opened(plain) as pdf:
        assert "/OutputIntents" not in pdf.Root
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()
    with opened(archive) as pdf:
        [intent] = list(pdf.Root.OutputIntents)
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3U"
        said = pdf.Root.Metadata.read_bytes()
        assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in said
        assert b'pdfuaid:part="1"' in said
        assert "/ID" in pdf.trailer
        assert "/Encrypt" not in pdf.trailer
