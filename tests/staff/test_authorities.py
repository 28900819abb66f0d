"""The section of a motion's page that lists what it cites, and the form of one line."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from discovery.enums import DisputeKind
from discovery.models import Authority, Dispute
from tests.disputes import rows_of, started
from tests.factories import World
from tests.staff.screens import AsUser, errors_of

ROE = "Roe v. Doe, 3 F.3d 4 (1993)"


@pytest.fixture
def motion(world: World) -> Dispute:
    """A motion of ours that cites a case without its court, and one by a short form alone."""
    rows = rows_of(world, party=True)
    return started(world, rows, DisputeKind.MOTION_TO_COMPEL, our_statement=f"{ROE}. Smith, 12 F.3d at 5.")


def url(name: str, motion: Dispute, **query: str) -> str:
    return reverse(name, args=[motion.pk]) + (f"?{urlencode(query)}" if query else "")


def test_the_page_lists_what_is_cited_and_what_looks_incomplete(world: World, as_user: AsUser, motion: Dispute) -> None:
    page = as_user(world.bob).get(url("dispute-detail", motion)).text
    section = page[page.index('id="authorities"') : page.index('id="facts-title"')]
    for words in (
        ROE,
        "cited once",
        "no court",
        "Fed. R. Civ. P. 26(b)(1)",
        "For you to decide",
        "Smith, 12 F.3d at 5",
        "Leave out",
    ):
        assert words in section
    reader = as_user(world.rita).get(url("dispute-detail", motion)).text
    assert (ROE in reader, "Leave out" in reader) == (True, False)


def test_a_line_is_corrected_left_out_and_taken_back(world: World, as_user: AsUser, motion: Dispute) -> None:
    bob = as_user(world.bob)
    address = url("dispute-authority", motion, words="3 F.3d 4")
    form = bob.get(address).context["form"]
    assert form.initial == {"words": "3 F.3d 4", "listed": ROE, "group": "cases"}
    told = {"words": "3 F.3d 4", "listed": "Roe v. Doe, 3 F.3d 4 (2d Cir. 1993)", "group": "cases"}
    shown = bob.post(address, told, follow=True)
    assert "Roe v. Doe, 3 F.3d 4 (2d Cir. 1993)" in shown.text
    assert "corrected" in shown.text
    bob.post(url("dispute-authority-leave-out", motion), {"words": "3 F.3d 4"})
    assert Authority.objects.get().left_out
    bob.post(url("dispute-authority-forget", motion), {"words": "3 F.3d 4"})
    assert Authority.objects.count() == 0


def test_what_was_typed_is_kept_and_the_error_stands_at_its_field(world: World, as_user: AsUser, motion: Dispute) -> None:
    told = {"words": "Foo, 9 U.S. at 1", "listed": "Foo v. Bar, 9 U.S. 1 (1815)", "group": "cases"}
    shown = as_user(world.bob).post(url("dispute-authority", motion), told)
    assert (shown.status_code, list(errors_of(shown))) == (422, ["words"])
    assert "Foo v. Bar, 9 U.S. 1 (1815)" in shown.text


def test_readers_and_strangers_decide_nothing(world: World, as_user: AsUser, motion: Dispute) -> None:
    Authority.objects.create(dispute=motion, words="3 F.3d 4", listed=ROE, decided_by=world.alice)
    for user, denied in ((world.rita, 403), (world.charlie, 404)):
        for name in ("dispute-authority", "dispute-authority-leave-out", "dispute-authority-forget"):
            told = {"words": "3 F.3d 4", "listed": "Else", "group": "cases"}
            assert as_user(user).post(url(name, motion), told).status_code == denied
    assert [(one.listed, one.left_out) for one in Authority.objects.all()] == [(ROE, False)]


def test_no_section_where_there_is_no_table(world: World, as_user: AsUser) -> None:
    letter = started(world, rows_of(world, party=True))
    assert 'id="authorities"' not in as_user(world.bob).get(url("dispute-detail", letter)).text
