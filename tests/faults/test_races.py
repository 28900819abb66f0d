"""Verbs at the same moment, on SQLite and on PostgreSQL: rows never contradict each other, losers get a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installation import KINDS


@pytest.mark.servers
@pytest.mark.parametrize("kind", list(KINDS))
def test_no_race_is_lost(kind: str, tmp_path: Path) -> None:
    with KINDS[kind](tmp_path) as installation:
        lost: dict[str, dict[str, int]] = installation.script("tests.faults.racing", "12")
    assert lost == {name: {} for name in lost}
    assert len(lost) == 14
