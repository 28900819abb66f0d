"""The one door: data: and our own files, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from discovery.papers import fontset
from discovery.papers.engine import OutsideRead, engine
from discovery.papers.errors import PaperRefused
from discovery.papers.fetcher import PapersFetcher
from discovery.papers.rendering import _fetching_refused


def test_data_addresses_are_read() -> None:
    assert PapersFetcher().fetch("data:text/plain;base64,SGVsbG8=").read() == b"Hello"


def test_our_own_files_are_read() -> None:
    path = fontset.STYLES / "common.css"
    response = PapersFetcher().fetch(path.as_uri())
    assert response.read() == path.read_bytes()
    assert response.content_type == "text/css"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/x.css",
        "https://example.com/x.css",
        "ftp://example.com/x.css",
        "file:///etc/passwd",
        "file:///etc/hostname.css",
        f"{fontset.STYLES.as_uri()}/../rendering.py",
        f"{fontset.STYLES.as_uri()}/../../../templates/papers/x.css",
        f"{fontset.STYLES.as_uri()}/%2e%2e/%2e%2e/%2e%2e/x.css",
        f"{fontset.STYLES.as_uri()}/nothing.css",
        f"file://elsewhere{fontset.STYLES}/common.css",
        f"{(fontset.ROOT / 'rendering.py').as_uri()}",
        "gopher://x",
        "common.css",
        "javascript:alert(1)",
        "data:text/plain",
    ],
)
def test_everything_else_stops_the_rendering(url: str) -> None:
    with pytest.raises(OutsideRead):
        PapersFetcher().fetch(url)


def test_a_symbolic_link_does_not_lead_out(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.css").write_text("p {}")
    (root / "link.css").symlink_to(tmp_path / "secret.css")
    with pytest.raises(OutsideRead):
        PapersFetcher(root).fetch((root / "link.css").as_uri())


def test_the_engine_cannot_swallow_the_refusal() -> None:
    with pytest.raises(PaperRefused), _fetching_refused():
        engine().lay_out('<html lang="en"><img src="http://127.0.0.1:9/x.png" alt="x"></html>', ("common",))
