"""The screens of conferences: rows chosen before, outcomes and commitments in one form, the dates that may move after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from discovery.domain.conferrals.commitments import commit
from discovery.domain.dates.deadlines import mark_done
from discovery.models import Commitment, Conferral, Deadline, Demand, Narrowing, RequestRow
from tests.domain.conferring import conferred, rows_of
from tests.factories import World, make_world
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, form_of, posted, statuses

LIST_QUERIES, DETAIL_QUERIES, FORM_QUERIES = 14, 12, 10


def new(world: World, query: str = "") -> str:
    return reverse("conferral-new", args=[world.case.pk]) + query


def named(rows: list[RequestRow]) -> str:
    return ",".join(str(row.pk) for row in rows)


def typed(rows: list[RequestRow], **changes: Any) -> dict[str, Any]:
    """Return a form as a browser posts it: two people, every row talked about, one commitment, one line left empty."""
    data: dict[str, Any] = {
        "rows": named(rows),
        "held_on": "2025-07-08",
        "started": "14:00",
        "ended": "14:45",
        "mode": "video",
        "place": "Zoom",
        "notes": "<private>",
        "default_outcome": "impasse",
        "who-TOTAL_FORMS": "3",
        "who-INITIAL_FORMS": "2",
        "who-0-name": "Olive Ours",
        "who-0-speaks_for": "Our Defendants",
        "who-0-side": "ours",
        "who-1-name": "Wanda <Witness>",
        "who-1-speaks_for": "Witness Corp.",
        "who-1-side": "theirs",
        "who-2-name": "",
        "who-2-speaks_for": "",
        "who-2-side": "ours",
        "promise-TOTAL_FORMS": "2",
        "promise-INITIAL_FORMS": "0",
        "promise-0-side": "theirs",
        "promise-0-promised_by": "Witness Corp.",
        "promise-0-text": "Search the <board>",
        "promise-0-due": "2025-07-22",
        "promise-0-numbers": "2",
        "promise-1-side": "theirs",
    }
    for row in rows:
        # The narrower text begins with the one in force: sent back as it was it says nothing.
        told = {"chosen": "on", "outcome": "", "note": "", "text": f"All  Documents,\r\npart {row.number}.", "agreed_by": "Us"}
        data |= {f"row-{row.pk}-{name}": value for name, value in told.items()}
    return {**data, **changes}


def test_members_read_and_editors_record(world: World, as_user: AsUser) -> None:
    rows = rows_of(world.served_subpoena())
    held = conferred(world, rows)
    listed, detail = reverse("conferral-list", args=[world.case.pk]), reverse("conferral-detail", args=[held.pk])
    writing = (new(world, f"?rows={named(rows)}"), reverse("conferral-edit", args=[held.pk]))

    assert [statuses(as_user, world, url) for url in (listed, detail)] == [READ, READ]
    assert [statuses(as_user, world, url) for url in writing] == [EDIT, EDIT]
    assert [posted(as_user, world, url, typed(rows)) for url in writing] == [DENIED, DENIED]
    assert Conferral.objects.count() == 1


def test_task_9_rows_chosen_outcomes_and_commitments_dates_that_may_move(world: World, as_user: AsUser) -> None:
    first, second = rows_of(world.served_subpoena())
    client = as_user(world.bob)

    shown = client.get(new(world, f"?rows={named([first, second])}"))  # 1: ticked in the matrix
    said = {f"row-{second.pk}-outcome": "will_supplement", f"row-{second.pk}-note": "The <board>"}
    saved = client.post(new(world), typed([first, second], **said), follow=True)  # 2: outcomes and commitments

    assert [line["chosen"].value() for line in form_of(shown).lines] == [True, True]  # type: ignore[attr-defined]
    held = Conferral.objects.get()
    assert saved.redirect_chain == [(reverse("conferral-detail", args=[held.pk]), 302)]
    assert list(held.requests.order_by("row").values_list("row", "outcome", "note")) == [
        (first.pk, "impasse", ""),
        (second.pk, "will_supplement", "The <board>"),
    ]
    assert list(held.attendees.order_by("pk").values_list("name", "side", "attorney")) == [
        ("Olive Ours", "ours", world.appearance.attorney_id),
        ("Wanda <Witness>", "theirs", None),
    ]
    promised = Commitment.objects.get()
    assert (promised.deadline.title, str(promised.deadline.due_on)) == ("Witness Corp. promised: Search the <board>", "2025-07-22")
    assert list(promised.rows.all()) == [second]
    dates = [line.row for line in saved.context["dates"]]  # 3: each with its link to extend
    assert {row.kind for row in dates} == {"objections", "compliance", "privilege_log"}
    assert Narrowing.objects.count() == 0
    for row, told in [*((row, f"?conferral={held.pk}") for row in dates), (promised.deadline, "")]:
        assert f'href="{reverse("deadline-extend", args=[row.pk])}{told}"' in saved.text
    assert ("Wanda &lt;Witness&gt;" in saved.text, "The &lt;board&gt;" in saved.text) == (True, True)
    today = client.get(reverse("home")).text
    assert "Witness Corp. promised: Search the &lt;board&gt;" in today


def test_a_date_that_is_extended_comes_next_with_what_the_conference_tells(world: World, as_user: AsUser) -> None:
    rows = rows_of(world.served_subpoena())
    client, elsewhere = as_user(world.bob), make_world("Other v. Case", "4:24-cv-00002-ABC")
    theirs = elsewhere.served_subpoena().deadlines.get(kind="objections")
    wanted, decided = (Deadline.objects.get(demand=rows[0].demand_id, kind=kind) for kind in ("compliance", "objections"))
    Deadline.objects.filter(pk=decided.pk).update(proposed_derivation={})

    refused = [client.post(new(world), typed(rows, extended=str(pk))) for pk in (theirs.pk, decided.pk, "x")]
    saved = client.post(new(world), typed(rows, extended=str(wanted.pk)), follow=True)

    assert [errors_of(page)["extended"][0].split(".")[0] for page in refused] == ["Select a valid choice"] * 3
    held = Conferral.objects.get()
    address = f"{reverse('deadline-extend', args=[wanted.pk])}?conferral={held.pk}"
    assert saved.redirect_chain == [(address, 302)]
    told = {name: form_of(saved)[name].value() for name in ("agreed_on", "agreed_with", "terms")}
    assert told == {"agreed_on": held.held_on, "agreed_with": "Wanda <Witness>", "terms": "Conference of July 8, 2025"}
    for other in (str(conferred(elsewhere, rows_of(theirs.demand)).pk), "99", "²", "x"):  # type: ignore[arg-type]
        shown = client.get(address.replace(f"={held.pk}", f"={other}"))
        assert (shown.status_code, form_of(shown)["agreed_with"].value()) == (200, None), other


def test_people_come_from_counsel_of_record_then_from_the_last_conference(world: World, as_user: AsUser) -> None:
    party, ours, subpoena = world.served_set(), world.set_served_on_us(), world.served_subpoena()

    def people(demand: Demand) -> list[tuple[Any, ...]]:
        form: Any = form_of(as_user(world.bob).get(new(world, f"?demand={demand.pk}")))
        return [tuple(one[name].value() or "" for name in ("name", "speaks_for", "side")) for one in form.attendees][:-1]

    olive = ("Olive Ours", "Our Defendants", "ours")
    assert people(party) == [olive, ("Theo Theirs", "Jane Roe", "theirs")]
    assert people(ours) == [olive, ("Theo Theirs", "Plaintiff", "theirs")]
    assert people(subpoena) == [olive, ("", "Witness Corp.", "theirs")]
    conferred(world, rows_of(subpoena))
    assert people(subpoena) == [olive, ("Wanda Witness", "Witness Corp.", "theirs")]


def test_a_narrower_text_is_agreed_or_only_proposed(world: World, as_user: AsUser) -> None:
    first, second = rows_of(world.served_subpoena())
    texts = {
        f"row-{first.pk}-text": "All Documents of 2024.",
        f"row-{first.pk}-proposed_by": "Witness Corp.",
        f"row-{first.pk}-agreed_by": "Our Defendants",
        f"row-{second.pk}-text": "Nothing.",
        f"row-{second.pk}-proposed_by": "Witness Corp.",
        f"row-{second.pk}-agreed_by": "",
    }

    shown = as_user(world.bob).post(new(world), typed([first, second], **texts), follow=True)

    found = list(Narrowing.objects.order_by("row").values_list("text", "agreed_by", "agreed_on", "source"))
    assert found == [
        ("All Documents of 2024.", "Our Defendants", date(2025, 7, 8), "Conference of July 8, 2025"),
        ("Nothing.", "", None, "Conference of July 8, 2025"),
    ]
    assert ("in force" in shown.text, "<ins>" in shown.text) == (True, True)
    assert reverse("narrowing-agree", args=[Narrowing.objects.get(row=second).pk]) in shown.text


@pytest.mark.parametrize(
    ("changes", "fields", "words"),
    [
        ({"held_on": "2099-01-01"}, ["held_on"], "This day lies ahead."),
        ({"ended": "13:00"}, ["ended"], "It cannot have ended before it began."),
        ({"held_on": "2025-06-01"}, ["held_on"], "was served on"),
        ({"who-1-name": ""}, ["__all__"], "Say who took part for the other side"),
        ({"promise-0-due": ""}, ["__all__"], "Say by when."),
        ({"promise-0-due": "2025-07-01"}, ["__all__"], "It cannot be due before it was promised."),
        ({"promise-0-numbers": "9"}, ["__all__"], "No request No. 9 was talked about here."),
        ({"promise-0-numbers": "x"}, ["__all__"], "Write numbers with commas"),
        ({"promise-1-promised_by": "Walt"}, ["__all__"], "Say what was promised, or empty the line."),
        ({"promise-1-numbers": "1"}, ["__all__"], "Say what was promised, or empty the line."),
        ({"promise-0-text": "\x07"}, ["__all__"], "printed"),
        ({"who-0-side": "neither"}, ["__all__"], "Select a valid choice."),
        ({"default_outcome": "war"}, ["default_outcome"], "Select a valid choice."),
    ],
)
def test_bad_input_is_said_where_it_stands_and_nothing_typed_is_lost(
    world: World, as_user: AsUser, changes: dict[str, str], fields: list[str], words: str
) -> None:
    rows = rows_of(world.served_subpoena())

    response = as_user(world.bob).post(new(world), typed(rows, **changes))

    assert (response.status_code, list(errors_of(response)), Conferral.objects.count()) == (422, fields, 0)
    assert words in response.text
    form: Any = form_of(response)
    assert (form["place"].value(), form.attendees[0]["name"].value(), form.lines[0]["chosen"].value()) == (
        "Zoom",
        "Olive Ours",
        True,
    )
    assert Deadline.objects.filter(kind="commitment").count() == 0


def test_no_request_ticked_or_nobody_who_proposed_are_said_at_the_table(world: World, as_user: AsUser) -> None:
    rows = rows_of(world.served_subpoena(1))
    blank = typed(rows, **{"promise-0-numbers": ""})
    blank.pop(f"row-{rows[0].pk}-chosen")
    client = as_user(world.bob)

    none = client.post(new(world), blank)
    told = {f"row-{rows[0].pk}-text": "Less.", f"row-{rows[0].pk}-proposed_by": ""}
    nobody = client.post(new(world), typed(rows, **told, **{"promise-0-numbers": ""}))
    unticked = client.post(new(world), {**blank, **told})

    assert form_of(none).said == {"requests": "Choose at least one request that was talked about."}  # type: ignore[attr-defined]
    assert "Say who proposed it." in nobody.text
    assert "Tick this request as talked about" in unticked.text
    assert Conferral.objects.count() == 0


def test_rows_of_another_case_are_not_offered_and_nonsense_asks_what_it_was_about(world: World, as_user: AsUser) -> None:
    other = make_world("Other v. Case", "4:24-cv-00009-ABC")
    strange = rows_of(other.served_subpoena())
    client = as_user(world.bob)

    empty = client.get(new(world, f"?rows={named(strange)}"))
    world.served_subpoena()
    asked = client.get(new(world, "?rows=x,-1&demand=99999999999999"))
    mixed = client.post(new(world), typed(strange))

    assert "Nothing to confer about yet" in empty.text
    assert ("What was it about?" in asked.text, "Witness Corp." in asked.text) == (True, True)
    assert (mixed.status_code, Conferral.objects.count()) == (422, 0)


def test_a_correction_and_two_people_at_once(world: World, as_user: AsUser) -> None:
    first, second = rows_of(world.served_subpoena())
    held = conferred(world, [first])
    url = reverse("conferral-edit", args=[held.pk])
    client = as_user(world.alice)
    form: Any = form_of(client.get(url))
    assert [line["chosen"].value() for line in form.lines] == [True, False]
    assert form.promises is None
    data = typed([first, second], revision="1", place="By telephone bridge")

    done = client.post(url, data, follow=True)
    late = client.post(url, {**data, "place": "Oakland"})

    held.refresh_from_db()
    assert (held.place, held.requests.count(), Commitment.objects.count()) == ("By telephone bridge", 2, 0)
    assert "Place or service: Zoom → By telephone bridge" in done.text
    assert (late.status_code, late.context["form"].theirs) == (422, {"place": "By telephone bridge"})


def test_the_list_by_demand_offers_the_declaration(world: World, as_user: AsUser) -> None:
    subpoena, party = world.served_subpoena(), world.served_set()
    conferred(world, rows_of(subpoena))
    conferred(world, rows_of(party))
    url = reverse("conferral-list", args=[world.case.pk])
    client = as_user(world.bob)

    everything, one = client.get(url), client.get(f"{url}?demand={party.pk}")

    make = reverse("paper-make", args=["declaration", party.pk])
    assert (len(everything.context["lines"]), make in everything.text) == (2, False)
    assert ([line.about for line in one.context["lines"]], make in one.text) == (["Jane Roe, Nos. 1, 2"], True)
    assert make not in as_user(world.rita).get(f"{url}?demand={party.pk}").text


def test_the_list_keeps_its_number_of_queries(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = rows_of(world.served_subpoena(20))
    url, client = reverse("conferral-list", args=[world.case.pk]), as_user(world.rita)
    for count in (1, 19):
        for _each in range(count):
            conferred(world, rows[:count])
            commit(Commitment(case=world.case, text="Search", promised_on=date(2025, 7, 8)), date(2025, 7, 22), rows, by=world.bob)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(url)


def test_page_and_form_keep_their_number_of_queries(
    world: World, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = rows_of(world.served_subpoena(20))
    client = as_user(world.bob)
    for few in (rows[:2], rows):
        held = conferred(world, few)
        for row in few:
            text = Narrowing(row=row, text=f"Less than {row.number} {held.pk}.", proposed_by="Them", proposed_on=date(2025, 7, 8))
            text.conferral, text.number, text.recorded_by = held, row.narrowings.count() + 1, world.bob
            text.save()
        with django_assert_num_queries(DETAIL_QUERIES):
            client.get(reverse("conferral-detail", args=[held.pk]))
        with django_assert_num_queries(FORM_QUERIES):
            client.get(new(world, f"?rows={named(few)}"))


def test_the_demands_page_shows_conferences_and_commitments(world: World, as_user: AsUser) -> None:
    for demand, page in ((world.served_set(), "demand-detail"), (world.served_subpoena(), "subpoena-detail")):
        url = reverse(page, args=[demand.pk])
        client = as_user(world.bob)
        assert "No live conference is on record." in client.get(url).text
        rows = rows_of(demand)
        held = conferred(world, rows)
        commit(Commitment(case=world.case, text="Search", promised_on=date(2025, 7, 8)), date(2025, 7, 22), rows, by=world.bob)

        shown = client.get(url).text

        assert reverse("conferral-detail", args=[held.pk]) in shown
        assert "The other side promised: Search" in shown
        assert reverse("paper-make", args=["declaration", demand.pk]) in shown


def test_a_commitment_is_added_kept_and_released(world: World, as_user: AsUser) -> None:
    rows = rows_of(world.served_subpoena())
    held = conferred(world, rows)
    client = as_user(world.bob)
    page = reverse("conferral-detail", args=[held.pk])
    url = f"{reverse('commitment-new', args=[world.case.pk])}?rows={named(rows)}&conferral={held.pk}&next={page}"
    data = {"side": "theirs", "promised_by": "Walt", "text": "Send the list", "promised_on": "2025-07-08", "conferral": held.pk}

    bad = client.post(url, {**data, "due": "2025-07-01", "rows": [row.pk for row in rows]})
    assert list(errors_of(bad)) == ["due"]
    client.post(url, {**data, "due": "2025-07-22", "rows": [rows[0].pk], "next": page})
    client.post(url, {**data, "due": "2025-07-29", "text": "Call again", "next": page})
    kept, open_ = Commitment.objects.order_by("pk")
    assert [list(one.rows.all()) for one in (kept, open_)] == [[rows[0]], []]
    mark_done(kept.deadline, date(2025, 7, 20), "E-mail of July 20", by=world.bob)

    release = reverse("commitment-release", args=[open_.pk])
    assert statuses(as_user, world, release) == EDIT
    assert list(errors_of(client.post(release, {"reason": ""}))) == ["reason"]
    shown = client.post(release, {"reason": "Settled"}, follow=True)

    assert [line.words for line in shown.context["commitments"]] == ["kept", "released"]
    assert ("E-mail of July 20" in shown.text, "Settled" in shown.text) == (True, True)
    again = client.post(release, {"reason": "Settled"})
    assert errors_of(again) == {"__all__": ["This commitment was released already."]}
    deadline = client.get(reverse("deadline-detail", args=[kept.deadline_id])).text
    assert page in deadline
