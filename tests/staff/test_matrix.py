"""The matrix on the screen: walls, filters, chips, columns, bulk acts with undo, two people at once, sheets read back."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from discovery.enums import AnswerKind, ConferralOutcome, RulingOutcome, Withholding
from discovery.models import Event, RequestRow
from discovery.staff.sheets import csv_answer, xlsx_answer
from tests.factories import World, make_world
from tests.staff.screens import DENIED, READ, AsUser, posted, statuses
from tests.stages import DAY, answer, confer, dispute, promise, rule, tie

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


def url(world: World, name: str = "case-matrix", query: str = "") -> str:
    return reverse(name, args=[world.case.pk]) + query


def shown(page: Answer) -> list[int]:
    return [row.number for row in page.context["rows"]]


def served(world: World, count: int = 3) -> list[RequestRow]:
    return list(world.served_set(count).rows.order_by("number"))


def ticked(rows: list[RequestRow]) -> list[str]:
    return [f"{row.pk}.{row.revision}" for row in rows]


def live(world: World, rows: list[RequestRow]) -> None:
    """Let everything happen to rows that can."""
    for place, row in enumerate(rows):
        answer(world, row, AnswerKind.PARTIAL, grounds=("burden", "privilege"), withheld=Withholding.YES)
        tie(world, row, 10 * place + 1, 10 * place + 5)
    confer(world, rows, ConferralOutcome.IMPASSE)
    promise(world, rows, days=-1)
    rule(world, dispute(world, rows), None, RulingOutcome.DENIED)


def test_strangers_see_nothing_and_readers_cannot_act(world: World, as_user: AsUser) -> None:
    rows = served(world)
    hidden = make_world("Walled v. Off", "1:25-cv-9")
    hidden.case.memberships.all().delete()
    served(hidden, 2)

    assert {
        name: statuses(as_user, world, url(world, name)) for name in ("case-matrix", "case-heat", "matrix-csv", "matrix-xlsx")
    } == (dict.fromkeys(("case-matrix", "case-heat", "matrix-csv", "matrix-xlsx"), READ))
    assert as_user(world.alice).get(url(hidden)).status_code == 404
    data = {"act": "assign", "pk": ticked(rows), "owner": world.bob.pk}
    assert posted(as_user, world, url(world, "matrix-act"), data) == DENIED
    assert posted(as_user, world, url(world, "matrix-undo"), {"event": Event.objects.order_by("-pk")[0].pk}) == DENIED
    assert RequestRow.objects.filter(owner=None).count() == 5
    reading, editing = (as_user(user).get(url(world)).text for user in (world.rita, world.bob))
    assert [text.count('name="pk"') for text in (reading, editing)] == [0, 3]
    assert ["matrix/act/" in text for text in (reading, editing)] == [True, True]


def test_it_takes_the_same_queries_for_two_rows_and_forty(world: World, as_user: AsUser) -> None:
    demands = world.served_subpoena(requests=2), world.served_set(40)
    for demand in demands:
        live(world, list(demand.rows.all()))
    client = as_user(world.bob)

    def queries(name: str, query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url(world, name, query))
        assert page.status_code == 200
        return len(captured)

    by_demand = [f"?demand={demand.pk}" for demand in demands]
    assert [queries("case-matrix", query) for query in by_demand] == [17, 17]
    assert [queries("matrix-xlsx", query) for query in by_demand] == [15, 15]
    sets = [reverse("set-matrix", args=[demand.request_set_id]) for demand in demands]

    def at(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    assert at(sets[0]) == at(sets[1])
    whole = at(url(world, "case-heat"))
    live(world, list(world.served_set(30).rows.all()))
    assert at(url(world, "case-heat")) == whole


def test_two_hundred_rows_stand_on_one_page(world: World, as_user: AsUser) -> None:
    live(world, served(world, 200))

    page = as_user(world.rita).get(url(world))

    assert (len(page.context["rows"]), page.text.count("<tr data-row>")) == (200, 200)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3]),
        ("?chip=objection_only", [2]),
        ("?chip=unanswered", [1, 3]),
        ("?owner=me", [3]),
        ("?owner=none", [1, 2]),
        ("?text=topic+2", [2]),
        ("?sort=-number", [3, 2, 1]),
        ("?sort=nonsense", [1, 2, 3]),
        ("?chip=nonsense", []),
        ("?demand=999", []),
        ("?responder=x", []),
        ("?page=7", [1, 2, 3]),
    ],
)
def test_the_address_is_the_view(world: World, as_user: AsUser, query: str, found: list[int]) -> None:
    rows = served(world)
    answer(world, rows[1], AnswerKind.OBJECTION)
    RequestRow.objects.filter(pk=rows[2].pk).update(owner=world.bob)

    page = as_user(world.bob).get(url(world, query=query))

    assert (page.status_code, shown(page)) == (200, found)


def test_a_demand_of_another_case_is_no_choice(world: World, as_user: AsUser) -> None:
    served(world)
    hidden = make_world("Other v. Case", "1:25-cv-8")
    demand = hidden.served_set(2)
    hidden.case.memberships.all().delete()

    page = as_user(world.bob).get(url(world, query=f"?demand={demand.pk}"))

    assert (shown(page), "Show all requests" in page.text, hidden.case.name in page.text) == ([], True, False)


def test_chips_count_over_the_other_filters_and_lead_to_their_rows(world: World, as_user: AsUser) -> None:
    rows = served(world)
    answer(world, rows[1], AnswerKind.OBJECTION)
    world.served_subpoena(requests=2)
    client = as_user(world.rita)

    page = client.get(url(world, query="?text=topic&chip=unanswered"))

    chips = {chip.key: chip for chip in page.context["chips"]}
    assert {key: chip.count for key, chip in chips.items() if chip.count} == {"unanswered": 2, "objection_only": 1}
    assert shown(client.get(url(world, query=f"?{chips['objection_only'].query}"))) == [2]
    assert (chips["unanswered"].chosen, chips["unanswered"].query) == (True, "text=topic")
    assert page.context["totals"][:2] == [("Requests", 3), ("Answered", 1)]


def test_columns_can_be_chosen(world: World, as_user: AsUser) -> None:
    served(world)
    client = as_user(world.rita)

    def heads(query: str) -> list[str]:
        return [name for name, _label, _key in client.get(url(world, query=query)).context["heads"]]

    assert heads("?columns=ruling&columns=answer") == ["answer", "ruling"]
    assert len(heads("")) == 12


def test_what_people_typed_is_text_and_no_markup(world: World, as_user: AsUser) -> None:
    rows = served(world, 1)
    RequestRow.objects.update(next_step="<script>alert(1)</script>", deficiency="late", deficiency_note='"><b>x')

    page = as_user(world.bob).get(url(world))

    assert ("<script>alert" in page.text, "><b>x" in page.text) == (False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert f'value="{rows[0].pk}.1"' in page.text


def act(client: Client, world: World, name: str, rows: list[RequestRow], **data: object) -> Answer:
    return client.post(url(world, "matrix-act"), {"act": name, "pk": ticked(rows), "query": "sort=number", **data}, follow=True)


def test_a_bulk_act_says_how_many_and_is_undone_by_its_button(world: World, as_user: AsUser) -> None:
    rows = served(world)
    client = as_user(world.bob)

    page = act(client, world, "deficiency", rows[:2], deficiency="evasive", deficiency_note="Names nobody.")

    assert page.redirect_chain == [(url(world, query="?sort=number"), 302)]
    assert [str(one) for one in page.context["messages"]] == ["Deficiency noted for 2 requests."]
    assert [row.deficiency for row in page.context["rows"]] == ["evasive", "evasive", ""]
    [event] = re.findall(r'name="event" value="(\d+)"', page.text)
    assert 'name="event"' not in client.get(url(world)).text
    undone = client.post(url(world, "matrix-undo"), {"event": event, "query": "sort=number"}, follow=True)
    assert [str(one) for one in undone.context["messages"]] == ["Undone for 2 requests."]
    assert [row.deficiency_note for row in undone.context["rows"]] == ["", "", ""]


def test_owner_and_next_step_are_set(world: World, as_user: AsUser) -> None:
    rows = served(world)
    client = as_user(world.bob)

    assigned = act(client, world, "assign", rows, owner=world.rita.pk)
    rows = list(RequestRow.objects.order_by("number"))
    page = act(client, world, "next", rows[:1], next_step="Call", next_step_on="2025-08-01")

    assert [str(one) for one in assigned.context["messages"]] == ["3 requests assigned."]
    assert [str(one) for one in page.context["messages"]] == ["Next step set for 1 request."]
    told = [(row.owner, row.next_step, row.next_step_on) for row in page.context["rows"]]
    assert told == [("Rita", "Call", date(2025, 8, 1)), ("Rita", "", None), ("Rita", "", None)]


def test_two_at_once_the_second_sees_both_and_may_keep_his(world: World, as_user: AsUser) -> None:
    rows = served(world)
    act(as_user(world.alice), world, "deficiency", rows[:1], deficiency="late", deficiency_note="A week late.")
    client = as_user(world.bob)

    page = act(client, world, "deficiency", rows[:2], deficiency="evasive", deficiency_note="Names nobody.")

    assert page.status_code == 422
    assert [(row.number, changed, words) for row, changed, words in page.context["rows"]] == [
        (1, True, ["Deficiency: Late", "What is wrong: A week late."]),
        (2, False, ["–"]),
    ]
    assert "Names nobody." in page.text
    assert RequestRow.objects.filter(deficiency="evasive").count() == 0
    again = re.findall(r'name="pk" value="([\d.]+)"', page.text)
    saved = client.post(
        url(world, "matrix-act"), {"act": "deficiency", "pk": again, "deficiency": "evasive", "deficiency_note": "Names nobody."}
    )
    assert (saved.status_code, RequestRow.objects.filter(deficiency="evasive").count()) == (302, 2)


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("deficiency", {"deficiency": "", "deficiency_note": "Why?"}, "deficiency"),
        ("deficiency", {"deficiency": "ugly"}, "deficiency"),
        ("next", {"next_step": "", "next_step_on": "2025-08-01"}, "next_step"),
        ("next", {"next_step": "Call", "next_step_on": "soon"}, "next_step_on"),
        ("assign", {"owner": "0"}, "owner"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, as_user: AsUser, name: str, data: dict[str, str], field: str
) -> None:
    rows = served(world)

    page = act(as_user(world.bob), world, name, rows, **data)

    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, [field])
    assert {key: form[key].value() for key in data} == data
    assert len(page.context["rows"]) == 3


def test_an_act_needs_rows_of_this_case(world: World, as_user: AsUser) -> None:
    served(world)
    other = make_world("Other v. Case", "1:25-cv-7")
    foreign = served(other)
    client = as_user(world.bob)

    none = act(client, world, "assign", [], owner=world.bob.pk)
    wrong = act(client, world, "assign", foreign, owner=world.bob.pk)
    unknown = act(client, world, "sell", foreign)

    assert [str(one) for one in none.context["messages"]] == ["Select at least one request."]
    assert (wrong.status_code, unknown.status_code) == (422, 400)
    assert RequestRow.objects.exclude(owner=None).count() == 0


def test_selected_rows_are_taken_along_to_a_page_of_this_site_only(world: World, as_user: AsUser) -> None:
    rows = served(world)
    client = as_user(world.bob)

    def lead(address: str) -> tuple[int, str]:
        told = {"act": "to-letter", "pk": ticked(rows[:2]), "at-letter": address}
        found = client.post(url(world, "matrix-act"), told)
        return found.status_code, found.headers.get("Location", "")

    assert lead("/cases/1/disputes/new/") == (302, f"/cases/1/disputes/new/?rows={rows[0].pk},{rows[1].pk}")
    assert [lead(address) for address in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "")] == [(400, "")] * 4


def test_sheets_hold_what_is_filtered(world: World, as_user: AsUser) -> None:
    rows = served(world)
    live(world, rows[1:2])
    RequestRow.objects.filter(pk=rows[1].pk).update(next_step="=HYPERLINK(1)", next_step_on=DAY, owner=world.bob)
    client = as_user(world.rita)
    query = "?chip=partial"

    told = client.get(url(world, "matrix-csv", query)).getvalue().decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(url(world, "matrix-xlsx", query)).content))

    [line] = csv.DictReader(io.StringIO(told))
    head, cells = ([cell.value for cell in row] for row in book.active.iter_rows())
    sheet = dict(zip(head, cells, strict=True))
    assert list(line) == head
    assert {line["Number"], line["Answer"], line["Withheld"]} == {"2", "Will produce in part", "Withheld"}
    assert line["Objections"] == sheet["Objections"] == "Undue burden or expense, Attorney-client privilege"
    assert (line["Pages"], line["Ruling"], line["Overdue"], line["Owner"]) == ("5", "Denied", "yes", "Bob")
    assert (sheet["Number"], sheet["Pages"], sheet["By"]) == (2, 5, datetime.combine(DAY, datetime.min.time()))
    assert line["Next step"] == sheet["Next step"] == "'=HYPERLINK(1)"
    assert book.active.freeze_panes == "A2"


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a=1", "", "x\x07y", "é" * 40_000]


def test_no_cell_of_a_sheet_is_a_formula_or_breaks_it() -> None:
    head, rows = ["=head", "b"], [[text, 7] for text in HOSTILE]

    told = csv_answer("x", head, rows).getvalue().decode("utf-8-sig")
    answered = xlsx_answer("x", "a/b: [*]" * 9, head, rows)
    sheet = load_workbook(io.BytesIO(answered.content)).active

    expected = ["'=head", "'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'\r=1", "a=1"]
    assert [row[0] for row in csv.reader(io.StringIO(told, newline=""))][:8] == expected
    first = [row[0] for row in sheet.iter_rows()]
    assert {cell.data_type for cell in first} <= {"s", "n"}
    assert [str(cell.value).replace("_x000D_", "\r") for cell in first][:8] == expected
    assert (first[9].value, len(first[10].value)) == ("xy", 32_766)
    assert answered.headers["Content-Disposition"].endswith('.xlsx"')


def test_side_by_side_shows_each_responding_party_beside_the_other(world: World, as_user: AsUser) -> None:
    demand = world.served_set(2)
    row = demand.rows.get(number=2)
    answer(world, row, AnswerKind.OBJECTION, withheld=Withholding.YES)

    page = as_user(world.rita).get(reverse("set-matrix", args=[demand.request_set_id]))

    told = [[cell.answer.words for cell in cells] for _line, cells in page.context["lines"]]
    assert ([column.responder for column in page.context["columns"]], told) == (
        ["Jane Roe"],
        [["No answer yet"], ["Objection only"]],
    )
    assert statuses(as_user, world, reverse("set-matrix", args=[demand.request_set_id])) == READ


def test_the_picture_has_a_field_for_each_row_and_says_it_in_words(world: World, as_user: AsUser) -> None:
    rows = served(world, 2)
    live(world, rows[:1])

    page = as_user(world.rita).get(url(world, "case-heat"))

    [grid] = page.context["grids"]
    fields = [field for line in grid.lines for field in line.fields]
    assert [[mark.tone for mark in field.marks] for field in fields] == [
        ["warn", "good", "bad", "info", "bad"],
        ["warn", "none", "none", "none", "none"],
    ]
    assert fields[0].told == "Will produce in part; pages produced; Impasse; Sent or filed; Denied"
    assert "No. 1, Jane Roe: Will produce in part; pages produced" in page.text


def test_pages_of_served_demands_and_sets_lead_to_their_rows(world: World, as_user: AsUser) -> None:
    subpoena, ours = world.served_subpoena(), world.served_set(1)
    client = as_user(world.rita)

    def leads(address: str, to: str) -> bool:
        return f'href="{to}"' in client.get(address).text

    assert leads(reverse("subpoena-detail", args=[subpoena.pk]), url(world, query=f"?demand={subpoena.pk}"))
    assert leads(reverse("demand-detail", args=[ours.pk]), url(world, query=f"?demand={ours.pk}"))
    assert leads(reverse("set-detail", args=[ours.request_set_id]), reverse("set-matrix", args=[ours.request_set_id]))
    draft = world.subpoena(world.another_responder("Later Corp.")).demand
    assert not leads(reverse("subpoena-detail", args=[draft.pk]), url(world, query=f"?demand={draft.pk}"))


def test_an_empty_matrix_says_what_to_do(world: World, as_user: AsUser) -> None:
    page = as_user(world.rita).get(url(world))

    assert ("No request was served yet" in page.text, page.context["rows"]) == (True, [])
