"""Rulings, versions of logs and acts on rows at the same moment, on SQLite and on PostgreSQL: one stands, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installation import KINDS


@pytest.mark.servers
@pytest.mark.parametrize("kind", list(KINDS))
def test_no_ruling_is_lost(kind: str, tmp_path: Path) -> None:
    with KINDS[kind](tmp_path) as installation:
        lost: dict[str, dict[str, int]] = installation.script("tests.faults.racing_rulings", "8")
    assert lost == {name: {} for name in lost}
    assert len(lost) == 6


@pytest.mark.servers
@pytest.mark.parametrize("kind", list(KINDS))
def test_no_version_of_a_log_and_no_row_is_lost(kind: str, tmp_path: Path) -> None:
    with KINDS[kind](tmp_path) as installation:
        lost: dict[str, dict[str, int]] = installation.script("tests.faults.racing_logs", "8")
    assert lost == {name: {} for name in lost}
    assert len(lost) == 5
