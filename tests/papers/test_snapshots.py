"""Snapshots: written canonically, read back equal, refused when they differ."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from discovery.papers.errors import PaperRefused
from discovery.papers.rendering import render
from discovery.papers.snapshots import FORMAT, digest, from_json, to_json
from tests.papers import samples


def test_a_snapshot_is_read_back_equal_and_written_the_same() -> None:
    canonical = samples.canonical()
    assert from_json(canonical) == samples.paper()
    assert to_json(from_json(canonical)) == canonical
    assert len(digest(canonical)) == 64


def test_snapshots_of_every_format_can_still_be_read() -> None:
    stored = sorted(Path(__file__).parent.glob("snapshot-format-*.json"))
    assert [path.name for path in stored] == [f"snapshot-format-{number}.json" for number in range(1, FORMAT + 1)]
    for path in stored:
        assert render(path.read_text(encoding="utf-8"), release="1").pages == 10


def _changed(**changes: Any) -> str:
    return json.dumps(json.loads(samples.canonical()) | changes)


def _without(*path: str) -> str:
    body = json.loads(samples.canonical())
    inner = body["data"]
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return json.dumps(body)


def _with(**changes: Any) -> str:
    body = json.loads(samples.canonical())
    body["data"] |= changes
    return json.dumps(body)


@pytest.mark.parametrize(
    ("canonical", "message"),
    [
        (_changed(format=3), "This release reads snapshots of format 2, not 3 SubpoenaPaper."),
        (_changed(type="Poem"), "This release reads snapshots of format 2, not 2 Poem."),
        (_without("caption"), "Fields of <class 'discovery.papers.subpoena_snapshot.SubpoenaPaper'> differ: ['caption']"),
        (_without("form", "to"), "Fields of <class 'discovery.papers.subpoena_snapshot.SubpoenaForm'> differ: ['to']"),
        (_with(extra=1), "Fields of <class 'discovery.papers.subpoena_snapshot.SubpoenaPaper'> differ: ['extra']"),
        (_with(caption="x"), "A snapshot's <class 'discovery.papers.snapshots.Caption'> must be an object."),
        (_with(parts="form"), "A snapshot's tuple[str, ...] must be a list."),
        (_with(created=3), "A snapshot's value must be str, not int."),
        ("[]", "This is not a snapshot: it has no data."),
        ("not json", "Expecting value: line 1 column 1 (char 0)"),
    ],
)
def test_another_shape_is_refused(canonical: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        from_json(canonical)
    with pytest.raises(PaperRefused) as refused:
        render(canonical, release="1")
    assert str(refused.value) == f"The stored text of this paper cannot be read: {message}"


@pytest.mark.parametrize("canonical", ["[]", "1", "null", "{}", '{"format": 1, "type": "SubpoenaPaper"}'])
def test_other_json_is_refused_too(canonical: str) -> None:
    with pytest.raises(PaperRefused):
        render(canonical, release="1")
