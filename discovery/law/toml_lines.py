"""Where a key stands in a TOML text: the standard parser keeps no lines, and who mends a data file wants one."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w.-]+|\"[^\"]+\")\s*=")
_TEXT = re.compile(r"""\"{3}.*?\"{3}|'{3}.*?'{3}|(?P<open>\"{3}|'{3})|"(?:[^"\\]|\\.)*"|'[^']*'|\#.*""")
_OPEN = re.compile(r"\"{3}|'{3}")


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
    fence, depth = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:  # within a text of several lines
            _said, closed, line = line.partition(fence)  # noqa: PLW2901 - what follows the text is read like any line
            if not closed:
                continue
        elif not depth:
            header = _HEADER.match(line)
            if header is not None:
                table = _open_table(header, counts)
                found.setdefault(table, number)
                continue
            _note_key(found, table, line, number)
        bare, fence = _without_texts(line)
        depth += sum(bare.count(bracket) for bracket in "[{") - sum(bare.count(bracket) for bracket in "]}")
    return found


def _without_texts(line: str) -> tuple[str, str]:
    """Return a line without its quoted texts and comment, and the quotes of a text that goes on in the next line."""
    bare = _TEXT.sub(lambda text: text["open"] or "", line)
    opened = _OPEN.search(bare)
    return (bare[: opened.start()], opened[0]) if opened else (bare, "")


def _note_key(found: dict[Path, int], table: Path, line: str, number: int) -> None:
    key = _KEY.match(line)
    if key is None:
        return
    names = (key[1].strip('"'),) if key[1].startswith('"') else tuple(key[1].split("."))
    for end in range(1, len(names) + 1):
        found.setdefault((*table, *names[:end]), number)


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
