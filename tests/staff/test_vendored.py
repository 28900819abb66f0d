"""What the screens load comes from this project, as its manifest says."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from discovery.templatetags.icons import STATUS_ICONS

STATIC = Path(settings.BASE_DIR) / "static"
VENDOR = STATIC / "vendor"
ASSETS = tomllib.loads((VENDOR / "MANIFEST.toml").read_text(encoding="utf-8"))["asset"]
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates", "staff").rglob("*.html"))


@pytest.mark.parametrize("asset", ASSETS, ids=[asset["file"] for asset in ASSETS])
def test_a_vendored_file_is_what_its_manifest_says(asset: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / asset["file"]).read_bytes()).hexdigest() == asset["sha256"]
    assert (VENDOR / asset["license_file"]).read_text(encoding="utf-8").strip() != ""


def test_the_manifest_names_every_file() -> None:
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    named = {asset["file"] for asset in ASSETS} | {asset["license_file"] for asset in ASSETS}

    assert found - {"MANIFEST.toml"} == named


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.name))
def test_a_template_holds_nothing_inline_and_nothing_from_afar(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=\"|<script>|(?:src|href)=\"(?:https?:)?//", text) == []


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    have = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "bootstrap-icons" / "sprite.svg").read_text(encoding="utf-8")))
    named = re.compile(r'(?:_icon\.html" with name=|\{% icon )"([^"]+)"')
    used = {name for path in TEMPLATES for name in named.findall(path.read_text(encoding="utf-8"))}

    assert (used | set(STATUS_ICONS.values())) - have == set()
