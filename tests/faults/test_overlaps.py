"""Overlapping page ranges at the same moment, on SQLite and on PostgreSQL: exactly one is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installation import KINDS

ROUNDS = 15


@pytest.mark.servers
@pytest.mark.parametrize("kind", list(KINDS))
def test_of_two_overlapping_ranges_one_is_stored(kind: str, tmp_path: Path) -> None:
    with KINDS[kind](tmp_path) as installation:
        found: dict[str, dict[str, int]] = installation.script("tests.faults.overlapping", str(ROUNDS))
    assert found == {
        "verb overlap": {"refused, stored": ROUNDS},
        "verb touch": {"stored, stored": ROUNDS},
        "rows overlap": {"refused, stored": ROUNDS},
        "rows touch": {"stored, stored": ROUNDS},
    }
