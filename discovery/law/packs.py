"""Reading data files: TOML into frozen dataclasses, every key known, every value of its kind; a slip is named with its line."""

from __future__ import annotations

import hashlib
import re
import tomllib
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from discovery.law.toml_lines import Path, line_of

T = TypeVar("T")

FOLDERS = ("rulesets", "calendars")


class PackError(ValueError):
    """A data file that cannot be used; the message names file, line, what is wrong and what would be right."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}, line {line}: {message}")
        self.file, self.line = file, line


class _Wrong(Exception):
    """Something is wrong at a path within the file."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


@cache
def names(folder: str) -> tuple[str, ...]:
    """Return the ids of the data files of a folder ("rulesets", "calendars"), sorted."""
    found = files("discovery.law").joinpath(folder).iterdir()
    return tuple(sorted(one.name.removesuffix(".toml") for one in found if one.name.endswith(".toml")))


@cache
def text_of(folder: str, name: str) -> str:
    """Return the text of one data file. Raises FileNotFoundError."""
    return files("discovery.law").joinpath(folder, f"{name}.toml").read_text(encoding="utf-8")


@cache
def release() -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 over all data files: which law a date was computed with."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for name in names(folder):
            digest.update(f"{folder}/{name}\n{text_of(folder, name)}".encode())
    return digest.hexdigest()[:12]


def read(kind: type[T], text: str, file: str) -> T:
    """Return the dataclass that a TOML text describes. Raises PackError, with the line, for anything that does not fit."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        line = int(told[1]) if told else max(1, len(text.splitlines()))  # otherwise it says "at end of document"
        raise PackError(file, line, f"this is no TOML ({error}).") from error
    try:
        return _table(kind, data, ())
    except _Wrong as wrong:
        raise PackError(file, line_of(text, wrong.path), str(wrong)) from wrong


def _table(kind: type[T], data: Any, path: Path) -> T:
    if not isinstance(data, Mapping):
        raise _Wrong(path, "a table is expected here.")
    known: dict[str, tuple[Field[Any], Any]] = _fields_of(kind)  # type: ignore[arg-type]
    for key in data:
        if key not in known:
            raise _Wrong((*path, key), f"the key “{key}” is not known here; known are {', '.join(sorted(known))}.")
    told = {}
    for name, (one, hint) in known.items():
        if name in data:
            told[name] = _value(hint, data[name], (*path, name))
        elif one.default is MISSING and one.default_factory is MISSING:
            raise _Wrong(path, f"the key “{name}” is missing.")
    try:
        return kind(**told)
    except ValueError as error:
        raise _Wrong(path, str(error)) from error


@cache
def _fields_of(kind: type) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(kind)
    return {one.name: (one, hints[one.name]) for one in fields(kind)}


def _value(hint: Any, value: Any, path: Path) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
        return _value(hint, value, path)
    if origin is tuple:
        if not isinstance(value, list):
            raise _Wrong(path, "a list is expected here.")
        item = get_args(hint)[0]
        return tuple(_value(item, one, (*path, place)) for place, one in enumerate(value))
    if origin in (dict, Mapping):
        if not isinstance(value, Mapping):
            raise _Wrong(path, "a table is expected here.")
        return {key: _value(get_args(hint)[1], one, (*path, key)) for key, one in value.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return _table(hint, value, path)
    if hint is date and isinstance(value, datetime):
        raise _Wrong(path, "a date without an hour is expected here.")
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise _Wrong(path, f"{_WORDS.get(hint, hint.__name__)} is expected here, not {value!r}.")
    return value


_WORDS = {str: "a text in quotes", int: "a whole number", bool: "true or false", date: "a date such as 2025-06-18"}
