"""Runs inside an installation: two transactions store ranges that overlap at the same moment, many rounds; prints what came of it.

Once through the verb, whose loser is told which volume has the pages, once as bare rows, whose loser the database refuses. Ranges
that only touch must both be stored.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter

import django

django.setup()

from django.db import IntegrityError, connections, transaction

from discovery.domain.errors import Refused
from discovery.law.bates import parse_ranges
from discovery.models import BatesRange, Production
from tests.factories import make_world
from tests.producing import logged


class Overlaps:
    """Two at once, on connections of their own."""

    def __init__(self) -> None:
        self.world = make_world()
        self.demand = self.world.served_set(1)
        self.home: Production = logged(self.world, self.demand, "HOME1")
        self.count = 0

    def race(self, kind: str, ranges: tuple[str, str]) -> str:
        """Return what became of the two, as "stored, refused" in the order of the alphabet."""
        self.count += 1
        gate, told = threading.Barrier(2), []

        def run(text: str, who: int) -> None:
            try:
                gate.wait()
                told.append(self.store(kind, text, who))
            except Exception as error:  # noqa: BLE001 - the finding itself
                told.append(f"{type(error).__name__}: {error}".splitlines()[0])
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(text, who)) for who, text in enumerate(ranges)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return ", ".join(sorted(told))

    def store(self, kind: str, text: str, who: int) -> str:
        """Store one range under this round's own prefix."""
        text = text.replace("P", f"P{self.count}-")
        if kind == "verb":
            try:
                logged(self.world, self.demand, text, name=f"V{self.count}-{who}")
            except Refused as refusal:
                return "refused" if "overlaps" in str(refusal) else str(refusal)
            return "stored"
        [one] = parse_ranges(text)
        try:
            with transaction.atomic():
                BatesRange.objects.create(
                    case=self.world.case, production=self.home, prefix=one.prefix, first=one.first, last=one.last
                )
        except IntegrityError:
            return "refused"
        return "stored"


def main(rounds: int) -> None:
    """Print, by race, how often the two ended how."""
    overlaps = Overlaps()
    found = {
        f"{kind} {name}": Counter(overlaps.race(kind, ranges) for _round in range(rounds))
        for kind in ("verb", "rows")
        for name, ranges in {
            "overlap": ("P000001-P000100", "P000100-P000200"),
            "touch": ("P000001-P000100", "P000101-P000200"),
        }.items()
    }
    print(json.dumps(found))  # noqa: T201 - the test reads this line


if __name__ == "__main__":
    main(int(sys.argv[1]))
