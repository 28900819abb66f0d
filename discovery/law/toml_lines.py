"""Where a key stands in a TOML text: the standard parser keeps no lines, and who mends a data file wants one."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w-]+|\"[^\"]+\")\s*=")


def line_of(text: str, path: Path) -> int:
    """Return the line (from 1) on which the key at `path` is written, or that of the nearest table around it.

    A path names tables, array positions and the key: ("event", 3, "perod"). Keys of inline tables are found at their table.
    """
    found = _lines(text)
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def _lines(text: str) -> dict[Path, int]:
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    quoted = False
    for number, line in enumerate(text.splitlines(), start=1):
        if quoted or line.count('"""') % 2:
            if not quoted:
                _note_key(found, table, line, number)
            quoted ^= bool(line.count('"""') % 2)
            continue
        header = _HEADER.match(line)
        if header is None:
            _note_key(found, table, line, number)
            continue
        table = _open_table(header, counts)
        found.setdefault(table, number)
    return found


def _note_key(found: dict[Path, int], table: Path, line: str, number: int) -> None:
    key = _KEY.match(line)
    if key is not None:
        found.setdefault((*table, key[1].strip('"')), number)


def _open_table(header: re.Match[str], counts: dict[Path, int]) -> Path:
    """Return the path of a table header, with the positions of the arrays it lies in."""
    table: Path = ()
    names = header[2].split(".")
    for place, name in enumerate(names):
        table = (*table, name)
        if place == len(names) - 1 and header[1] == "[[":
            counts[table] = counts.get(table, -1) + 1
        if table in counts:
            table = (*table, counts[table])
    return table
