"""Write zip_centroids.bin anew from the package zipcodes (requirements-dev.txt): `python -m discovery.data.make_zip_centroids`.

Run by hand when a new release of the package is worth it; then put its version and the printed hash into MANIFEST.toml.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import zipcodes

from discovery.law.distances import RECORD, SCALE

TARGET = Path(__file__).with_name("zip_centroids.bin")


def records() -> bytes:
    """Return the file's bytes: every code with a place on the map; military post offices have none."""
    rows = []
    for one in zipcodes.list_all():  # type: ignore[no-untyped-call]
        latitude, longitude = (round(float(one[name] or 0) * SCALE) for name in ("lat", "long"))
        if one["zip_code_type"] != "MILITARY" and (latitude, longitude) != (0, 0):
            rows.append((int(one["zip_code"]), latitude, longitude))
    return b"".join(RECORD.pack(*row) for row in sorted(rows))


def main() -> None:
    """Write the file and say what it is."""
    data = records()
    TARGET.write_bytes(data)
    sys.stdout.write(
        f"{TARGET.name}: {len(data) // RECORD.size} codes of zipcodes {zipcodes.__version__}, sha256 "
        f"{hashlib.sha256(data).hexdigest()}\n"
    )


if __name__ == "__main__":
    main()
