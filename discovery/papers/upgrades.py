"""Older formats of snapshots: what was approved under an earlier release is printed as that release printed it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Data = dict[str, Any]


def _caption_style(data: Data) -> None:
    """Format 1 knew one paper: plain, counsel first, a ruled caption; no related cases, one pair of sides."""
    if isinstance(data.get("caption"), dict):
        data["caption"] |= {"style": "format-1", "number_label": "Case No.", "related": [], "tail": "", "more_sides": []}


def _testimony(data: Data) -> None:
    """Format 1 knew one subpoena: for documents, on AO 88B."""
    if isinstance(data.get("form"), dict):
        texts = ("matters", "testimony_place", "testimony_when", "courtroom", "recording")
        data["form"] |= {"testimony": False, **dict.fromkeys(texts, "")}
        data |= {"examination": [], "documents": []}


def _exhibits(data: Data) -> None:
    """Format 1 knew no exhibits below a letter about requests, which alone has items and a day to answer by."""
    if {"frame", "items", "answer_by"} <= set(data):
        data.setdefault("exhibits", [])


def _authorities(data: Data) -> None:
    """Format 1 knew no table of authorities and no limit of an outline's pages."""
    if {"before", "requests_heading", "after"} <= set(data):
        data |= {"authorities": [], "limit": 0}


STEPS_FROM_1: tuple[Callable[[Data], None], ...] = (_caption_style, _testimony, _exhibits, _authorities)
"""What format 2 has and format 1 had not; each step fills one thing in, in place."""


def from_1(data: Data) -> Data:
    """Return a snapshot's data of format 1 as format 2."""
    for step in STEPS_FROM_1:
        step(data)
    return data
