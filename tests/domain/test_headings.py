"""How papers list many requests: by kind and set, numbers that follow each other as a span."""

from __future__ import annotations

from discovery.domain.composing.headings import headings_listed


def test_neighbours_of_a_kind_and_set_are_told_together() -> None:
    one = [f"Request For Production No. {number}" for number in (1, 2, 3, 5)]
    assert headings_listed(one[:1]) == "Request For Production No. 1"
    assert headings_listed(one[:2]) == "Request For Production Nos. 1 and 2"
    assert headings_listed(one) == "Request For Production Nos. 1–3 and 5"
    assert headings_listed([*one[:2], "Interrogatory No. 4"]) == "Request For Production Nos. 1 and 2 and Interrogatory No. 4"
    assert headings_listed([f"{heading} (Set One)" for heading in one] + ["SPECIAL INTERROGATORY NO. 1 (Set Two)"]) == (
        "Request For Production Nos. 1–3 and 5 (Set One) and SPECIAL INTERROGATORY NO. 1 (Set Two)"
    )
    assert headings_listed(["TOPIC NO. 1", "TOPIC NO. 2"]) == "TOPIC NOS. 1 and 2"
    assert headings_listed(["1.", "2."]) == "1. and 2."
    assert headings_listed(["A No. 1", "A No. 3", "A No. 5", "B No. 1"]) == "A Nos. 1, 3, and 5; B No. 1"
