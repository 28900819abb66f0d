"""The notice of a motion to compel and its proposed order, read back from their PDFs; what is advised about the hearing."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discovery.domain.composing.composers import composer_of
from discovery.domain.disputes.disputing import change_dispute
from discovery.domain.disputes.hearings import hearing_advice
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.errors import Refused
from discovery.enums import CourtKind, DisputeKind
from discovery.models import Court, Dispute
from discovery.papers.snapshots import from_json, to_json
from tests.disputes import answered, conferred, narrowed, rows_of, started
from tests.factories import World
from tests.papers.reading import findings, pages

PAPERS = ["notice_of_motion", "proposed_order"]


def motion(world: World, *, party: bool = False, requests: int = 2, **facts: Any) -> Dispute:
    """A motion of ours, about requests that were answered and conferred about; the first was narrowed."""
    rows = rows_of(world, requests, party=party)
    answered(world, rows)
    conferred(world, rows)
    narrowed(world, rows[0])
    dispute = started(world, rows, DisputeKind.MOTION_TO_COMPEL)
    entry = dispute.requests.get(position=2)
    entry.proposal = "Search three files."
    entry.save()
    Dispute.objects.filter(pk=dispute.pk).update(dated=date(2025, 8, 1), **facts)
    dispute.refresh_from_db()
    return dispute


def words(dispute: Dispute, paper: str) -> str:
    """The text of a paper, made through the queue; accessible."""
    done = render_draft(request_draft(dispute, paper, by=dispute.recorded_by).pk)
    assert done is not None
    assert done.error == ""
    with done.file.open() as file:
        pdf = file.read()
    assert findings(pdf) == []
    return " ".join(pages(pdf))


def in_order(text: str, *parts: str) -> None:
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, (part, text)
        place = found + len(part)


def test_the_notice_says_when_where_what_and_that_counsel_conferred(world: World, bells: list[int]) -> None:
    world.case.court.address = "1301 Clay Street\nOakland, CA 94612"
    world.case.court.save()
    dispute = motion(world, party=True, hearing_on=date(2025, 9, 11), hearing_at=time(10, 0), courtroom="Courtroom E, 15th Floor")
    world.case.magistrate_judge = "Hon. Mary Magistrate"
    world.case.save()
    dispute.refresh_from_db()

    who = str(world.opponent.person)
    in_order(
        words(dispute, "notice_of_motion"),
        "NOTICE OF MOTION AND MOTION TO COMPEL PRODUCTION OF DOCUMENTS FROM",
        "Date: September 11, 2025",
        "Time: 10:00 a.m.",
        "Courtroom: E, 15th Floor",
        "PLEASE TAKE NOTICE that on September 11, 2025, at 10:00 a.m., or as soon after that as the matter may be heard, in "
        "Courtroom E, 15th Floor of the United States District Court, Northern District of California, located at 1301 Clay "
        "Street, Oakland, CA 94612, before the Honorable Mary Magistrate,",
        "will and hereby do move under Rule 37(a)(3)(B) of the Federal Rules of Civil Procedure for an order compelling",
        "STATEMENT OF RELIEF SOUGHT",
        "the following two requests:",
        "Request For Production No. 1",
        f"An order that {who} produce all documents responsive to it, as narrowed.",
        "As narrowed by agreement on July 10, 2025:",
        "Only Documents of 2024.",
        "Request For Production No. 2",
        "Search three files.",
        "GROUNDS",
        "Fed. R. Civ. P. 26(b)(1).",
        "Fed. R. Civ. P. 37(a)(4).",
        "CERTIFICATE OF CONFERRAL",
        "Under Fed. R. Civ. P. 37(a)(1), the undersigned certifies that",
        "July 9, 2025",
        "PAPERS",
        "the proposed order",
    )


def test_what_is_not_recorded_is_blank_and_said(world: World, bells: list[int]) -> None:
    dispute = motion(world, party=True)

    assert "PLEASE TAKE NOTICE that on ____________________, at __________, or as soon" in words(dispute, "notice_of_motion")
    assert hearing_advice(dispute) == [
        "No hearing is set: its day, hour and courtroom are left blank in the notice, to fill in by hand."
    ]


def test_the_order_grants_what_is_asked_and_only_the_judge_signs(world: World, bells: list[int]) -> None:
    dispute = motion(world, party=True)
    Dispute.objects.filter(pk=dispute.pk).update(signed="/s/ Olive Ours")
    dispute.refresh_from_db()
    world.case.magistrate_judge = "Hon. Mary Magistrate"
    world.case.save()
    dispute.refresh_from_db()

    text = words(dispute, "proposed_order")
    who = str(world.opponent.person)
    in_order(
        text,
        "[PROPOSED] ORDER GRANTING OUR DEFENDANTS’ MOTION TO COMPEL",
        "the Court GRANTS the motion and ORDERS as follows:",
        "1. Request For Production No. 1",
        f"{who} shall produce all documents responsive to it, as narrowed, by ____________________.",
        "2. Request For Production No. 2",
        f"By ____________________, {who} shall comply as follows: Search three files.",
        "3. Reasonable expenses of the motion, Fed. R. Civ. P. 37(a)(5)(A):",
        "IT IS SO ORDERED.",
        "Dated: ____________________",
        "Hon. Mary Magistrate United States Magistrate Judge",
    )
    assert "/s/" not in text
    assert "/s/ Olive Ours" in words(dispute, "notice_of_motion")


def test_a_subpoena_goes_to_the_court_of_compliance(world: World, bells: list[int]) -> None:
    dispute = motion(world)
    demand = dispute.requests.first().row.demand  # type: ignore[union-attr]
    elsewhere = Court.objects.create(
        name="W.D. Tex.", short_name="W.D. Tex.", district="Western District of Texas", rule_set="FRCP"
    )
    demand.subpoena.compliance_court = elsewhere
    demand.subpoena.save()

    notice, order = words(dispute, "notice_of_motion"), words(dispute, "proposed_order")
    assert "Rule 45(d)(2)(B)(i) of the Federal Rules" in notice
    assert "37(a)(4)" not in notice
    assert "WESTERN DISTRICT OF TEXAS" in notice
    assert "Misc. ____________" in order
    assert "Terms that protect the non-party from significant expense" in order
    assert "37(a)(5)" not in order
    dispute.hearing_on = date(2025, 9, 11)
    assert hearing_advice(dispute)[0].startswith("How long before its hearing a motion must be filed is not recorded for W.D. Tex.")


def californian(world: World) -> None:
    court = world.case.court
    court.kind, court.rule_set, court.title = CourtKind.STATE.value, "CA-CCP", "Superior Court of the State of California"
    court.save()


def test_california_moves_under_its_own_code(world: World, bells: list[int]) -> None:
    dispute = motion(world, party=True)
    californian(world)
    dispute.refresh_from_db()

    text = words(dispute, "notice_of_motion")
    in_order(
        text,
        "MOTION TO COMPEL FURTHER RESPONSES FROM",
        "under California Code of Civil Procedure section 2031.310 for an order",
        "RELIEF SOUGHT",
        "MEET AND CONFER",
        "Code Civ. Proc., § 2016.040",
        "the separate statement",
    )
    assert "Fed. R. Civ. P." not in text
    assert "Judge of the Superior Court" in words(dispute, "proposed_order")


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_no_motion_of_ours_has_none(world: World, paper: str) -> None:
    dispute = motion(world)
    with pytest.raises(Refused, match="The other side moves here"):
        composer_of(dispute, paper).compose(Dispute(case=world.case, kind="motion_to_compel", side="theirs", title="Theirs"), paper)
    letter = started(world, [one.row for one in dispute.requests.all()])
    with pytest.raises(Refused, match="Only a motion has a notice and a proposed order"):
        request_draft(letter, paper, by=world.alice)
    world.case.court.kind, world.case.court.rule_set = CourtKind.STATE.value, "NY-CPLR"
    world.case.court.save()
    dispute.refresh_from_db()
    with pytest.raises(Refused, match="asks of a notice of motion is not recorded"):
        request_draft(dispute, paper, by=world.alice)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_rows_give_the_same_paper_in_as_many_queries(world: World, paper: str) -> None:
    counts = []
    for requests in (2, 20):
        dispute = motion(world, party=True, requests=requests)
        compose = composer_of(dispute, paper).compose
        stored = Dispute.objects.select_related("case__court", "signer__attorney__firm", "signer__group").get(pk=dispute.pk)
        with CaptureQueriesContext(connection) as counted:
            snapshot = compose(stored, paper)
        counts.append(len(counted))
        assert from_json(to_json(snapshot)) == snapshot == compose(stored, paper)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("filed", "hearing", "said"),
    [
        (date(2025, 8, 1), date(2025, 9, 5), ""),
        (
            date(2025, 8, 1),
            date(2025, 9, 4),
            "Sept. 5, 2025 at the earliest (Civ. L.R. 7-2(a)); Sept. 4, 2025 is too early",
        ),
        (date(2025, 8, 1), date(2025, 9, 6), "N.D. Cal. is closed on Sept. 6, 2025: choose another day."),
    ],
)
def test_a_hearing_too_early_is_advised_against(world: World, filed: date, hearing: date, said: str) -> None:
    dispute = motion(world, party=True, hearing_on=hearing, hearing_at=time(9), courtroom="E")
    Dispute.objects.filter(pk=dispute.pk).update(dated=filed)
    dispute.refresh_from_db()
    found = hearing_advice(dispute)
    assert len(found) == bool(said)
    assert said in " ".join(found)


def test_california_counts_court_days_back_from_the_hearing(world: World) -> None:
    dispute = motion(world, party=True, hearing_on=date(2025, 8, 25), hearing_at=time(9), courtroom="5")
    californian(world)
    dispute.refresh_from_db()
    # 16 court days before Monday, August 25: Friday, August 1 is the sixteenth.
    assert hearing_advice(dispute) == []
    dispute.dated = date(2025, 8, 4)
    assert "the motion is served and filed by Aug. 1, 2025" in hearing_advice(dispute)[0]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"hearing_at": time(9)}, "hearing_on", "an hour alone is no hearing"),
        ({"hearing_on": date(2025, 7, 31)}, "hearing_on", "it cannot be heard before"),
    ],
)
def test_a_hearing_hangs_together(world: World, values: dict[str, Any], field: str, said: str) -> None:
    dispute = motion(world, party=True)
    for name, value in values.items():
        setattr(dispute, name, value)
    with pytest.raises(Refused, match=said) as refusal:
        change_dispute(dispute, by=world.alice, revision=dispute.revision)
    assert refusal.value.field == field


def test_titles_between_asterisks_are_bold_and_not_printed_raw(world: World, bells: list[int]) -> None:
    dispute = motion(world, party=True, our_statement="*Background.* The bid was made in May.\n\n*Nothing under it.*")
    text = words(dispute, "motion_outline")
    in_order(text, "ARGUMENT Background. The bid was made in May.", "PROPORTIONALITY")
    assert "*" not in text


def test_who_files_a_joint_letter_signs_its_attestation(world: World, bells: list[int]) -> None:
    dispute = started(world, rows_of(world), signer=world.appearance)
    Dispute.objects.filter(pk=dispute.pk).update(signed="/s/ Olive Ours")
    dispute.refresh_from_db()
    assert words(dispute, "joint_letter").count("/s/ Olive Ours") == 2
