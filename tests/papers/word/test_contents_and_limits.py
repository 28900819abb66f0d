"""Long papers in Word: a table of contents whose pages are fields, and tables that no program chokes on."""

from __future__ import annotations

import json
import re

import pytest

from discovery.papers.rendering import render
from discovery.papers.word.files import word_file
from discovery.papers.word.tables import MOST_ROWS
from tests.papers import samples
from tests.papers.reading import pages
from tests.papers.word.reading_word import W, tree

pytestmark = pytest.mark.django_db


def long_outline(canonical: str, requests: int) -> str:
    """Return the outline of a motion about so many requests."""
    found = json.loads(canonical)
    (one,) = found["data"]["requests"]
    found["data"]["requests"] = [{**one, "heading": f"Request For Production No. {n}"} for n in range(1, requests + 1)]
    return json.dumps(found)


def test_a_long_outline_has_its_contents_with_the_pages_of_the_pdf(snapshots: dict[str, str]) -> None:
    canonical = long_outline(snapshots["motion_outline"], 25)
    document = tree(word_file(canonical, release=samples.RELEASE))
    entries = [one for one in document.iter(f"{W}p") if (one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") or "").startswith("TOC")]
    said = [[part.text for part in one.iter(f"{W}t")] for one in entries]
    assert [title for title, _page in said if title.startswith("Request")] == [
        f"Request For Production No. {n}" for n in range(1, 26)
    ]
    assert {tab.get(f"{W}leader") for one in entries for tab in one.iterfind(f"{W}pPr/{W}tabs/{W}tab")} == {"dot"}

    fields = ["".join(part.text for part in one.iter(f"{W}instrText")).split()[1] for one in entries]
    marked = [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]
    assert fields == [name for name in marked if name.startswith("contents_")] == [f"contents_{n}" for n in range(1, len(said) + 1)]

    printed = pages(render(canonical, release=samples.RELEASE).pdf)
    first = next(number for number, words in enumerate(printed) if "TO META PLATFORMS" in words)
    for title, page in said:
        assert title in " ".join(printed[first + int(page) - 1].split())


def test_a_short_outline_has_none(snapshots: dict[str, str]) -> None:
    document = tree(word_file(snapshots["motion_outline"], release=samples.RELEASE))
    assert [one for one in document.iter(f"{W}instrText") if "PAGEREF" in (one.text or "")] == []


def test_a_long_log_is_in_tables_of_so_many_rows_each_with_its_head(snapshots: dict[str, str]) -> None:
    found = json.loads(snapshots["privilege_log"])
    (line, *_more) = found["data"]["lines"]
    found["data"]["lines"] = [{"cells": [str(n), *line["cells"][1:]]} for n in range(1, 1_201)]
    document = tree(word_file(json.dumps(found), release=samples.RELEASE))
    tables = list(document.iter(f"{W}tbl"))
    rows = [len(table.findall(f"{W}tr")) for table in tables]
    assert (sum(rows) - len(rows), max(rows) <= MOST_ROWS, len(rows)) == (1_200, True, 3)
    assert [len(list(table.iter(f"{W}tblHeader"))) for table in tables] == [1, 1, 1]
    numbers = [re.sub(r"\D", "", "".join(row.find(f"{W}tc").itertext())) for table in tables for row in table.findall(f"{W}tr")[1:]]
    assert numbers == [str(n) for n in range(1, 1_201)]
