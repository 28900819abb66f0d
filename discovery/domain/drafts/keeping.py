"""Keeping snapshots: each stored once, under the hash of its content."""

from __future__ import annotations

from discovery.models import Snapshot
from discovery.papers import snapshots


def keep_snapshot(paper: snapshots.Paper) -> Snapshot:
    """Store a snapshot, if it is not there yet, and return its row; two who store the same one at once both get it."""
    content = snapshots.to_json(paper)
    kept = Snapshot(sha256=snapshots.digest(content), content=content)
    Snapshot.objects.bulk_create([kept], ignore_conflicts=True)
    return kept
