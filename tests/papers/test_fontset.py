"""The vendored fonts are what the manifest says, and Fontconfig sees no other."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from discovery.papers import fontset
from discovery.papers.repertoire import LIST, as_text, read_from_fonts, repertoire


def test_the_manifest_lists_every_font_with_its_checksum_and_licence() -> None:
    listed = {face.file: face.sha256 for face in fontset.faces()}
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(fontset.FONTS.glob("*.ttf"))}
    for face in fontset.faces():
        assert len((fontset.FONTS / face.license_file).read_text(encoding="utf-8")) > 3_000
    assert sum(face.path.stat().st_size for face in fontset.faces()) < 8_000_000


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="Fontconfig's command-line tools are not installed")
def test_fontconfig_sees_only_these() -> None:
    seen = subprocess.run(
        ["fc-list", ":", "file"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FONTCONFIG_FILE": str(fontset.install())},
    ).stdout
    assert sorted(Path(line.rstrip(": ")).name for line in seen.splitlines()) == sorted(f.file for f in fontset.faces())


def test_it_writes_under_the_data_folder_and_never_beside_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    monkeypatch.setenv("TECUM_DATA", str(tmp_path))
    written = fontset.install()
    assert written.parent == tmp_path / "fontconfig"
    assert os.environ["FONTCONFIG_FILE"] == str(written)
    assert fontset.install() == written
    monkeypatch.setenv("TECUM_DATA", "")
    assert fontset.ROOT not in fontset.install().parents
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TECUM_DATA", str(tmp_path / "file"))
    assert tmp_path not in fontset.install().parents


def test_the_configuration_is_in_place_before_the_engine_is_loaded() -> None:
    script = "import os; import discovery.papers.engine; print(os.environ['FONTCONFIG_FILE'])"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=fontset.ROOT.parents[1],
        env={"PATH": "/usr/bin:/bin"},
    )
    assert Path(ran.stdout.strip()).name.startswith("fonts-")


def test_the_list_of_characters_is_what_the_fonts_have() -> None:
    """If not: `python -m discovery.papers.repertoire` writes it anew."""
    known = read_from_fonts()
    assert LIST.read_text() == as_text(known)
    assert repertoire().ranges == known.ranges
    codes: set[int] = set()
    for face in fontset.faces():
        with TTFont(face.path, lazy=True) as font:
            codes |= font.getBestCmap().keys() if face.style == "regular" else set()
    assert [code for code in range(0x110000) if code in known] == sorted(codes)
