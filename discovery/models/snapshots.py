"""Snapshots: what a paper prints, kept under the hash of its content (law 3)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from discovery.models.immutable import AppendOnly


class Snapshot(AppendOnly):
    """Every printed value of a paper as canonical JSON, named by its SHA-256 (law 3). Equal papers share one row."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256[:12]
