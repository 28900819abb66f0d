"""Recipients of a set approved, and papers made anew, while others write, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installation import KINDS


@pytest.mark.servers
@pytest.mark.parametrize("kind", list(KINDS))
def test_no_words_are_approved_or_printed_that_were_not_stored(kind: str, tmp_path: Path) -> None:
    with KINDS[kind](tmp_path) as installation:
        lost: dict[str, dict[str, int]] = installation.script("tests.faults.racing_sets", "4")
    assert lost == {name: {} for name in lost}
    assert len(lost) == 6
