"""Distances between ZIP codes: the data is what its manifest says, the figures are what a map says."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from discovery import data
from discovery.data.make_zip_centroids import records
from discovery.law.distances import RECORD, centre, haversine, miles_between, zip_code

FOLDER = Path(data.__file__).parent
LISTED = {one["file"]: one for one in tomllib.loads((FOLDER / "MANIFEST.toml").read_text(encoding="utf-8"))["data"]}


def test_the_file_is_what_its_manifest_says() -> None:
    listed = LISTED["zip_centroids.bin"]
    stored = (FOLDER / "zip_centroids.bin").read_bytes()

    assert hashlib.sha256(stored).hexdigest() == listed["sha256"]
    assert f"{len(stored) // RECORD.size:,} codes" in listed["taken"]
    assert (FOLDER / listed["license_file"]).read_text(encoding="utf-8").startswith("The MIT License")


def test_the_script_writes_the_same_file_again() -> None:
    assert records() == (FOLDER / "zip_centroids.bin").read_bytes()


def test_the_codes_stand_in_order_without_a_double() -> None:
    stored = (FOLDER / "zip_centroids.bin").read_bytes()
    codes = [code for code, _latitude, _longitude in RECORD.iter_unpack(stored)]

    assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    ("one", "other", "miles"),
    [
        ("94103", "94103", 0),
        ("94103", "94025", 26),  # San Francisco, Menlo Park
        ("94103", "95833", 76),  # San Francisco, Sacramento
        ("94103", "90014", 347),  # San Francisco, Los Angeles
        ("10001", "06103", 98),  # New York, Hartford
        ("00601", "96701", 5840),  # Puerto Rico, Hawaii
        ("94103-1234", " 94025 ", 26),
    ],
)
def test_miles_as_a_map_gives_them(one: str, other: str, miles: int) -> None:
    found = miles_between(one, other)

    assert (None if found is None else round(found)) == miles
    assert found == miles_between(other, one)


@pytest.mark.parametrize("unknown", ["", "00000", "99999", "75001 Paris", "SW1A 1AA", "9410", "09096"])
def test_no_figure_for_a_code_that_is_not_known(unknown: str) -> None:
    assert (centre(unknown), miles_between(unknown, "94103"), miles_between("94103", unknown)) == (None, None, None)


def test_a_zip_code_is_read_as_people_write_it() -> None:
    assert [zip_code(text) for text in ("94103", "94103-1234", "94103 1234", " 94103", "941031234", "9410", "A9410")] == [
        "94103",
        "94103",
        "94103",
        "94103",
        "94103",
        "",
        "",
    ]


def test_half_the_way_round_the_earth() -> None:
    assert round(haversine((0, 0), (0, 180))) == round(3958.7613 * 3.141592653589793)
