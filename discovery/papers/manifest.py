"""What a paper was made of and with, as plain data: the same snapshot under the same installation has the same manifest.

Who asked for the paper, and when, is not in it: it would make two files of one paper (law 3). Those facts stand beside the file,
in `Draft.manifest` (domain.drafts.provenance).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from typing import Any

from discovery.papers import engine, fontset
from discovery.papers.parts import Section, template_sha256
from discovery.papers.snapshots import Paper, digest

NUMBER = 1
"""The number of this layout of a manifest; goes up when a key comes, goes or changes its meaning."""
LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5")
"""What lays out, draws and writes, in Python."""


def manifest_of(paper: Paper, canonical: str, made: tuple[Section, ...], templates: frozenset[str], release: str) -> dict[str, Any]:
    """Return the manifest of a paper that is rendered from `canonical` as the sections `made`, from `templates`."""
    styles = dict.fromkeys(name for section in made for name in section.styles)
    return {
        "manifest": NUMBER,
        "program": "Tecum",
        "release": release,
        "paper": paper.paper,
        "title": paper.document_title,
        "final": paper.final,
        "approved_version": approved_version(paper),
        "snapshot": {"sha256": digest(canonical), "format": json.loads(canonical)["format"], "type": type(paper).__name__},
        "templates": {name: template_sha256(name) for name in sorted(templates)},
        "styles": {f"{name}.css": _style_sha256(name) for name in sorted(styles)},
        "paper_styles": sorted({section.paper_style for section in made if section.paper_style}),
        "fonts": [_face(face) for face in fontset.faces()],
        "engine": dict(versions()),
    }


def approved_version(paper: Paper) -> int:
    """Return which approved version a paper prints, 0 for none or for a kind that nobody approves."""
    approval = getattr(paper, "approval", None)
    return int(approval.version) if approval is not None and approval.approved else 0


def to_text(manifest: dict[str, Any]) -> str:
    """Return a manifest as the JSON that is embedded: sorted keys, two spaces, so that people can read it too."""
    return json.dumps(manifest, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the names of what two papers were made with differently: "release", "engine weasyprint", "style common.css"."""
    found = ["release"] if one.get("release") != other.get("release") else []
    for key, word in (("engine", "engine"), ("templates", "template"), ("styles", "style")):
        old, new = one.get(key) or {}, other.get(key) or {}
        found += [f"{word} {name}" for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    return found + (["fonts"] if one.get("fonts") != other.get("fonts") else [])


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """Return (name, version) of everything that can move a glyph: Pango, HarfBuzz and Fontconfig are the system's own."""
    return (*((name, version(name)) for name in LIBRARIES), *engine.system_versions())


@cache
def _style_sha256(name: str) -> str:
    return hashlib.sha256((fontset.STYLES / f"{name}.css").read_bytes()).hexdigest()


def _face(face: fontset.Face) -> dict[str, str]:
    return {"name": face.name, "style": face.style, "version": face.version, "sha256": face.sha256}
