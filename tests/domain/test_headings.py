"""How papers list many requests: by kind and set, numbers that follow each other as a span."""

from __future__ import annotations

import pytest

from discovery.domain.composing.headings import headings_listed
from discovery.domain.disputes.quoted import lines_of
from discovery.enums import DemandKind
from discovery.models import Demand, Dispute, RequestSet
from tests.disputes import in_california


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


@pytest.mark.django_db
def test_requests_of_several_demands_are_never_called_alike() -> None:
    """By set and number; where sets were not numbered by their names; and by who must answer, where there are several."""

    def headings(dispute: Dispute) -> list[str]:
        return [line.heading for line in lines_of(Dispute.objects.get(pk=dispute.pk), "")]

    world, dispute = in_california(1, kinds=(DemandKind.RFP, DemandKind.RFP))
    assert headings(dispute) == [
        "Request For Production No. 1 (Our Defendants set 1)",
        "Request For Production No. 1 (Our Defendants set 2)",
    ]
    for number, request_set in enumerate(RequestSet.objects.order_by("pk"), start=1):
        RequestSet.objects.filter(pk=request_set.pk).update(number=number)
    assert headings(dispute) == ["Request For Production No. 1 (Set One)", "Request For Production No. 1 (Set Two)"]
    other = world.another_responder("Poe Inc.")
    Demand.objects.filter(request_set__number=2).update(responding_party=other)
    RequestSet.objects.update(number=None)
    assert headings(dispute) == ["Request For Production No. 1 (to Jane Roe)", "Request For Production No. 1 (to Poe Inc.)"]
    assert headings_listed(headings(dispute)) == " and ".join(headings(dispute))
    world.case.court.rule_set = "FRCP-CAND"
    world.case.court.save()
    dispute.requests.filter(position=2).delete()
    assert headings(dispute) == ["Request For Production No. 1"]
