"""How far two ZIP codes lie apart, in miles as the crow flies between their centres: a number to look at, never a verdict.

Rule 45(c)(2)(A) speaks of "within 100 miles" of where a person resides, is employed or regularly transacts business in person;
courts measure that in a straight line. A ZIP code's centre may lie some miles from an address in it, so a figure near the limit
is for a person to measure. The centres stand in discovery/data/zip_centroids.bin (source and licence: MANIFEST.toml beside it),
records of a fixed width in the order of the codes: looked up by bisection in the bytes, so that nothing is loaded into tables.
"""

from __future__ import annotations

import math
import re
import struct
from bisect import bisect_left
from functools import cache
from importlib.resources import files

RECORD = struct.Struct(">Iii")
"""A ZIP code as a number, latitude and longitude in ten-thousandths of a degree; big-endian."""
SCALE = 10_000
EARTH_RADIUS = 3958.7613
"""Mean radius of the Earth in miles (6371.0088 km, IUGG)."""


def zip_code(postal_code: str) -> str:
    """Return the five digits of a ZIP code as people write it ("94103", " 94103-1234 "), or '' when it is none."""
    found = re.fullmatch(r"\s*([0-9]{5})(?:[- ]?[0-9]{4})?\s*", postal_code)
    return found[1] if found else ""


def centre(code: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a ZIP code's centre in degrees, or None for a code that is not known."""
    five = zip_code(code)
    if not five:
        return None
    data, wanted = _centres(), int(five)
    place = bisect_left(range(len(data) // RECORD.size), wanted, key=lambda number: _record(data, number)[0])
    if place == len(data) // RECORD.size or _record(data, place)[0] != wanted:
        return None
    _code, latitude, longitude = _record(data, place)
    return latitude / SCALE, longitude / SCALE


def miles_between(one: str, other: str) -> float | None:
    """Return the miles between the centres of two ZIP codes, or None when one of them is not known."""
    here, there = centre(one), centre(other)
    if here is None or there is None:
        return None
    return haversine(here, there)


def haversine(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the great-circle distance in miles between two points given as latitude and longitude in degrees."""
    (first, east), (second, west) = ((math.radians(lat), math.radians(lon)) for lat, lon in (here, there))
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin((west - east) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))


def _record(data: bytes, number: int) -> tuple[int, int, int]:
    code, latitude, longitude = RECORD.unpack_from(data, number * RECORD.size)
    return code, latitude, longitude


@cache
def _centres() -> bytes:
    return files("discovery.data").joinpath("zip_centroids.bin").read_bytes()
