"""The screens of disputes: starting from rows, writing, order, acts, what each page says, and how many queries it takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from discovery.domain.disputes.disputing import make_ready, submit_dispute
from discovery.domain.disputes.motions import record_motion
from discovery.domain.drafts.drafting import render_draft
from discovery.enums import DisputeKind
from discovery.models import Deadline, Dispute, Draft, Event
from tests.disputes import answered, conferred, in_california, made, narrowed, rows_of, started
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, READ, AsUser, another_case, errors_of, form_of, posted, statuses


def url(name: str, dispute: Dispute) -> str:
    return reverse(f"dispute-{name}", args=[dispute.pk])


def new(world: World, query: str = "") -> str:
    return reverse("dispute-new", args=[world.case.pk]) + query


def typed(dispute: Dispute, **changes: Any) -> dict[str, Any]:
    """Return what the form of a draft sends, as it stands."""
    names = (
        "title",
        "moved_by",
        "opposed_by",
        "side",
        "addressed_to",
        "introduction",
        "our_statement",
        "their_statement",
        "closing",
    )
    values: dict[str, Any] = {name: getattr(dispute, name) for name in names}
    values |= {"format": dispute.format, "signer": dispute.signer_id or "", "revision": dispute.revision}
    for entry in dispute.requests.all():
        for name in ("theme", "our_position", "their_position", "proposal", "question"):
            values[f"r{entry.pk}-{name}"] = getattr(entry, name)
    return {**values, **changes}


def test_who_may_do_what(world: World, as_user: AsUser) -> None:
    dispute = started(world, rows_of(world))
    read = [reverse("dispute-list", args=[world.case.pk]), url("detail", dispute)]
    edit = [new(world), url("edit", dispute), url("rows", dispute), url("submit", dispute), url("close", dispute)]

    assert [statuses(as_user, world, address) for address in read] == [READ] * 2
    assert [statuses(as_user, world, address) for address in edit] == [EDIT] * 5
    acts = [*edit[1:], *(url(name, dispute) for name in ("autosave", "make", "ready", "reopen"))]
    assert [posted(as_user, world, address, typed(dispute)) for address in acts] == [DENIED] * 8
    assert posted(as_user, world, new(world), {"kind": "joint_letter", "rows": [1]}) == DENIED
    assert Event.objects.filter(subject=f"dispute:{dispute.pk}").count() == 1


# Task 8 of product.md: select rows, choose the forum's format, make; the page limit is reported. ------------------------------


def test_a_joint_letter_takes_three_steps_and_reports_its_pages(world: World, as_user: AsUser, bells: list[int]) -> None:
    rows = rows_of(world, 4)
    conferred(world, rows)
    client = as_user(world.bob)
    # Step 1: the rows come ticked from the matrix.
    asked = client.get(new(world, f"?rows={rows[2].pk},{rows[3].pk}&kind=joint_letter"))
    assert [row.number for group in asked.context["groups"] for row, ticked in group["rows"] if ticked] == [3, 4]
    assert form_of(asked)["kind"].value() == "joint_letter"
    # Step 2: the format.
    data = {"kind": "joint_letter", "format": "cand-hixson", "rows": [rows[2].pk, rows[3].pk]}
    saved = client.post(new(world), data)
    dispute = Dispute.objects.get()
    assert saved["Location"] == url("detail", dispute)
    # Step 3: make.
    sent = client.post(url("make", dispute))
    assert sent["Location"] == f"{url('detail', dispute)}#papers"
    render_draft(Draft.objects.get().pk)

    shown = client.get(url("detail", dispute))
    assert "1 of 5 pages" in shown.text
    assert "1 of 5 pages" in client.get(reverse("draft-status", args=[Draft.objects.get().pk])).text
    assert shown.context["lacks"] == []


def test_a_letter_over_its_limit_says_by_how_many_lines(world: World, as_user: AsUser, bells: list[int]) -> None:
    rows = rows_of(world)
    conferred(world, rows)
    dispute = started(world, rows, page_limit=1, our_statement="Line.\n" * 40)
    over = made(dispute, world).measured["over_lines"]

    shown = as_user(world.bob).get(url("detail", dispute))
    answer = as_user(world.bob).post(url("ready", dispute), follow=True)

    assert over > 5
    assert f"over the limit by {over} lines" in shown.text
    assert [str(message) for message in answer.context["messages"]] == [
        f"2 pages count, 1 are allowed: over the limit by {over} lines. "
        "Shorten the statements, or set the limit that the court allowed."
    ]
    assert "statements should be of equal length" in shown.text
    assert Dispute.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"rows": []}, "rows", "This field is required."),
        ({"rows": ["999999"]}, "rows", "Select a valid choice"),
        ({"kind": "duel"}, "kind", "Select a valid choice"),
        ({"format": "moon"}, "format", "Select a valid choice"),
        ({"page_limit": "0"}, "page_limit", "greater than or equal to 1"),
        ({"title": "x" * 201}, "title", "at most 200"),
        ({"title": "\x07bell"}, "title", "Null characters|printed"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(
    world: World, as_user: AsUser, changes: dict[str, Any], field: str, words: str
) -> None:
    rows = rows_of(world)
    data = {"kind": "deficiency_letter", "title": "Mine", "rows": [rows[0].pk], **changes}

    answer = as_user(world.bob).post(new(world), data)

    errors = errors_of(answer)
    assert (answer.status_code, list(errors)) == (422, [field])
    assert any(part in errors[field][0] for part in words.split("|"))
    ticked = [row.number for group in answer.context["groups"] for row, chosen in group["rows"] if chosen]
    assert ticked == ([1] if field != "rows" else [])
    assert Dispute.objects.count() == 0


def test_rows_of_another_case_are_not_offered(world: World, as_user: AsUser) -> None:
    other = another_case(world)
    rows = rows_of(world)

    answer = as_user(world.alice).post(reverse("dispute-new", args=[other["case"]]), {"kind": "joint_letter", "rows": [rows[0].pk]})

    assert list(errors_of(answer)) == ["rows"]
    assert "No request was served yet" in as_user(world.alice).get(reverse("dispute-new", args=[other["case"]])).text


def test_both_sides_are_written_in_one_form(world: World, as_user: AsUser) -> None:
    dispute = started(world, rows_of(world))
    first = dispute.requests.order_by("position").first()
    assert first is not None
    data = typed(dispute, their_statement="Theirs.\r\nMore.", **{f"r{first.pk}-their_position": "A burden."})

    saved = as_user(world.bob).post(url("edit", dispute), data)

    first.refresh_from_db()
    dispute.refresh_from_db()
    assert (saved.status_code, dispute.their_statement, first.their_position) == (302, "Theirs.\nMore.", "A burden.")


def test_a_character_that_cannot_be_printed_is_said_at_its_position(world: World, as_user: AsUser) -> None:
    dispute = started(world, rows_of(world, 1))
    name = f"r{dispute.requests.get().pk}-proposal"

    answer = as_user(world.bob).post(url("edit", dispute), typed(dispute, closing="Kept.", **{name: "\x07"}))

    assert list(errors_of(answer)) == [name]
    assert form_of(answer)["closing"].value() == "Kept."
    assert Dispute.objects.get().closing == ""


def test_two_people_at_once_see_both_texts(world: World, as_user: AsUser) -> None:
    dispute = started(world, rows_of(world))
    first = dispute.requests.order_by("position").first()
    assert first is not None
    name = f"r{first.pk}-our_position"
    before = typed(dispute)
    as_user(world.alice).post(url("edit", dispute), {**before, "closing": "Alice’s.", name: "Alice’s."})

    answer = as_user(world.bob).post(url("edit", dispute), {**before, "closing": "Bob’s.", name: "Bob’s."})

    form = form_of(answer)
    assert answer.context["form"].theirs == {"closing": "Alice’s.", name: "Alice’s."}
    assert (form["closing"].value(), form[name].value(), form["revision"].value()) == ("Bob’s.", "Bob’s.", "2")
    assert answer.text.count("Stored meanwhile by somebody else") == 4  # shown, and read out
    again = as_user(world.bob).post(url("edit", dispute), {**before, "closing": "Bob’s.", "revision": "2"})
    assert (again.status_code, Dispute.objects.get().closing) == (302, "Bob’s.")


def test_it_saves_itself_and_says_so(world: World, as_user: AsUser) -> None:
    dispute = started(world, rows_of(world))
    client = as_user(world.bob)

    saved = client.post(url("autosave", dispute), typed(dispute, closing="Half a"))
    stale = client.post(url("autosave", dispute), typed(dispute, closing="Another"))
    empty = client.post(url("autosave", dispute), typed(dispute, title="", revision=2))

    assert ("Saved at" in saved.text, 'value="2"' in saved.text) == (True, True)
    assert ("Somebody else changed this" in stale.text, 'value="1"' in stale.text) == (True, True)
    assert "This field is required." in empty.text
    assert (Dispute.objects.get().closing, Dispute.objects.get().title) == ("Half a", dispute.title)


def test_what_is_no_draft_is_not_written(world: World, as_user: AsUser) -> None:
    dispute = started(world, rows_of(world), DisputeKind.DEFICIENCY_LETTER)
    make_ready(dispute, by=world.alice)
    client = as_user(world.bob)

    assert client.get(url("edit", dispute))["Location"] == url("detail", dispute)
    answer = client.post(url("edit", dispute), typed(dispute))
    rows = client.post(url("rows", dispute), {"down": dispute.requests.first().pk})  # type: ignore[union-attr]

    assert "Reopen it for changes first" in errors_of(answer)["__all__"][0]
    assert (rows.status_code, "Reopen it for changes first" in rows.text) == (422, True)


def test_requests_are_ordered_added_and_taken_out(world: World, as_user: AsUser) -> None:
    rows = rows_of(world, 3)
    dispute = started(world, rows[:2])
    client = as_user(world.bob)

    def numbers() -> list[int]:
        return list(dispute.requests.order_by("position").values_list("row__number", flat=True))

    client.post(url("rows", dispute), {"down": dispute.requests.get(row=rows[0]).pk})
    assert numbers() == [2, 1]
    client.post(url("rows", dispute), {"add": "1", "rows": [rows[2].pk]})
    assert numbers() == [2, 1, 3]
    client.post(url("rows", dispute), {"out": dispute.requests.get(row=rows[1]).pk})
    assert numbers() == [1, 3]
    assert client.post(url("rows", dispute), {"add": "1"}).status_code == 422
    assert client.post(url("rows", dispute), {"up": "999999"}).status_code == 422


def test_a_letter_is_declared_ready_sent_and_chased(world: World, as_user: AsUser, bells: list[int]) -> None:
    dispute = started(world, rows_of(world), DisputeKind.DEFICIENCY_LETTER, answer_by=date(2025, 8, 1))
    client = as_user(world.bob)

    client.post(url("ready", dispute))
    assert [draft.paper for draft in Draft.objects.all()] == ["deficiency_letter"]
    late = client.post(url("submit", dispute), {"submitted_on": "2099-01-01"})
    file = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter")
    done = client.post(url("submit", dispute), {"submitted_on": "2025-07-10", "upload": file}, follow=True)

    assert list(errors_of(late)) == ["submitted_on"]
    assert "stands among the dates" in done.text
    assert str(Deadline.objects.get(kind="other").due_on) == "2025-08-01"
    assert "letter.pdf" in done.text
    next_step = f"{new(world)}?rows={','.join(str(entry.row_id) for entry in dispute.requests.all())}&amp;kind=conferral_letter"
    assert next_step in done.text
    closed = client.post(url("close", dispute), {"outcome": "resolved", "reason": ""})
    assert list(errors_of(closed)) == ["reason"]
    client.post(url("close", dispute), {"outcome": "resolved", "reason": "Produced", "closed_on": "2025-07-20"})
    assert Dispute.objects.get().status == "resolved"


def test_the_page_shows_frozen_words_narrowing_answer_and_positions(world: World, as_user: AsUser) -> None:
    rows = rows_of(world)
    answered(world, rows)
    narrowed(world, rows[0], "All Documents of 2024, part 1.")
    dispute = started(world, rows)

    shown = as_user(world.rita).get(url("detail", dispute))

    first = shown.context["requests"][0]
    assert (first.heading, first.text) == ("Request For Production No. 1", "All Documents, part 1.")
    assert [piece.how for piece in first.narrowed if piece.how != "same"] == ["removed", "added"]
    assert shown.text.count("no live conference") == 2
    assert url("edit", dispute) not in shown.text
    assert url("ready", dispute) not in shown.text


def test_the_list_keeps_a_status_and_says_what_to_do_when_empty(world: World, as_user: AsUser) -> None:
    address = reverse("dispute-list", args=[world.case.pk])
    client = as_user(world.bob)
    assert "No dispute yet" in client.get(address).text
    first = started(world, rows_of(world))
    second = started(world, rows_of(world, 1, party=True), DisputeKind.MOTION_TO_QUASH)
    submit_dispute(second, date(2025, 7, 1), by=world.alice)

    assert [one.pk for one in client.get(address).context["page"]] == [second.pk, first.pk]
    assert [one.pk for one in client.get(f"{address}?status=submitted").context["page"]] == [second.pk]
    assert [one.n_requests for one in client.get(address).context["page"]] == [1, 2]


def queries(as_user: AsUser, world: World, address: str) -> int:
    client = as_user(world.alice)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_pages_take_the_same_queries_for_two_and_for_twenty_requests(world: World, as_user: AsUser, bells: list[int]) -> None:
    found: dict[str, list[int]] = {}
    for number in (2, 20):
        rows = rows_of(world, number) if number == 2 else rows_of(world, number, party=True)
        answered(world, rows)
        for row in rows:
            narrowed(world, row)
        conferred(world, rows)
        dispute = started(world, rows)
        made(dispute, world)
        for name in ("detail", "edit", "rows"):
            found.setdefault(name, []).append(queries(as_user, world, url(name, dispute)))
        found.setdefault("list", []).append(queries(as_user, world, reverse("dispute-list", args=[world.case.pk])))
        found.setdefault("new", []).append(queries(as_user, world, new(world)))

    assert {name: counts[0] - counts[1] for name, counts in found.items()} == dict.fromkeys(found, 0)
    assert found["detail"][0] <= 36


def test_a_motion_on_the_whole_names_no_request(world: World, as_user: AsUser) -> None:
    motion = Dispute(case=world.case, kind="protective_order", title="Protective order", moved_by="Jane Roe", side="theirs")
    record_motion(motion, [], date(2025, 7, 1), by=world.alice)

    shown = as_user(world.alice).get(url("detail", motion))

    assert (shown.status_code, shown.context["requests"], shown.context["lacks"]) == (200, [], [])
    assert "It is about no single request." in shown.text
    refused = as_user(world.alice).post(url("make", motion), {"paper": "dispute_chart"}, follow=True)
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]


def test_a_case_names_its_format_and_its_limit(world: World, as_user: AsUser) -> None:
    address = reverse("case-edit", args=[world.case.pk])
    client = as_user(world.alice)
    form = form_of(client.get(address))
    data = {name: form[name].value() or "" for name in form.fields} | {"letter_format": "cand-hixson", "letter_pages": "4"}

    assert client.post(address, data).status_code == 302
    dispute = started(world, rows_of(world), format="")
    shown = as_user(world.rita).get(url("detail", dispute))
    assert (shown.context["format"].id, shown.context["limit"]) == ("cand-hixson", 4)


# The hearing of a motion, and who signed. ----------------------------------------------------------------------------------------


def test_a_motion_says_when_it_is_heard_and_what_to_think_of(world: World, as_user: AsUser) -> None:
    rows = rows_of(world)
    conferred(world, rows)
    dispute = started(world, rows, DisputeKind.MOTION_TO_COMPEL)
    bob = as_user(world.bob)
    page = bob.get(url("detail", dispute)).text
    assert "No hearing is set" in page
    assert "Notice of motion" in page
    assert "Proposed order" in page

    wrong = bob.post(url("edit", dispute), typed(dispute, dated="2025-08-01", hearing_at="10:00", courtroom="E <5>"))
    assert errors_of(wrong) == {"hearing_on": ["Say on which day, too: an hour alone is no hearing."]}
    assert form_of(wrong)["courtroom"].value() == "E <5>"
    heard = {"dated": "2025-08-01", "hearing_on": "2025-08-20", "hearing_at": "10:00", "courtroom": "E <5>"}
    assert bob.post(url("edit", dispute), typed(dispute, **heard)).status_code == 302
    page = bob.get(url("detail", dispute)).text
    assert "Sept. 5, 2025 at the earliest (Civ. L.R. 7-2(a))" in page
    assert "E &lt;5&gt;" in page
    letter = started(world, rows)
    assert "hearing_on" not in form_of(bob.get(url("edit", letter))).fields


def test_a_letter_says_who_signed_only_when_a_person_says_so(world: World, as_user: AsUser, bells: list[int]) -> None:
    bob, rows = as_user(world.bob), rows_of(world)
    name = f"/s/ {world.appearance.attorney.name}"
    for electronically in (False, True):
        letter = started(world, rows, DisputeKind.DEFICIENCY_LETTER, signer=world.appearance)
        make_ready(letter, by=world.alice)
        told = {"submitted_on": "2025-08-01", **({"electronically": "on"} if electronically else {})}
        assert bob.post(url("submit", letter), told).status_code == 302
        letter.refresh_from_db()
        assert letter.signed == (name if electronically else "")
        snapshots = [draft.snapshot.content for draft in Draft.objects.filter(dispute=letter) if draft.snapshot]
        assert [name in content for content in snapshots] == [True] * electronically

    unsigned = started(world, rows, DisputeKind.DEFICIENCY_LETTER)
    Dispute.objects.filter(pk=unsigned.pk).update(signer=None)
    make_ready(unsigned, by=world.alice)
    refused = bob.post(url("submit", unsigned), {"submitted_on": "2025-08-01", "electronically": "on"})
    assert "Nobody of our side is named who signs." in errors_of(refused)["electronically"][0]


def test_the_exhibits_of_a_letter_stand_on_its_form_and_page(world: World, as_user: AsUser) -> None:
    letter = started(world, rows_of(world), DisputeKind.DEFICIENCY_LETTER)
    bob = as_user(world.bob)
    assert bob.post(url("edit", letter), typed(letter, exhibits="Exhibit A: <Schedule>\r\nExhibit B: Answers")).status_code == 302
    assert "Exhibit A: &lt;Schedule&gt;\nExhibit B: Answers" in bob.get(url("detail", letter)).text
    assert "exhibits" not in form_of(bob.get(url("edit", started(world, rows_of(world))))).fields


def test_a_motion_in_california_says_how_its_summary_of_argument_is_written(world: World, as_user: AsUser) -> None:
    """Cal. Rules of Court, rule 3.1113(f); no federal rule on record asks for one."""
    california, motion = in_california(introduction="*Summary of argument.* Nobody else has them.")
    federal = started(world, rows_of(world), DisputeKind.MOTION_TO_COMPEL)
    hints = [
        as_user(one.alice).get(url("edit", dispute)).context["form"].fields["introduction"].help_text
        for one, dispute in ((california, motion), (world, federal))
    ]
    assert hints == [
        "A paragraph that begins with *Summary of argument.* opens the memorandum under a heading of its own. One of more than "
        "15 pages must have such a summary, Cal. Rules of Court, rule 3.1113(f).",
        "",
    ]
    shown = as_user(california.alice).post(reverse("paper-preview", args=["memorandum", motion.pk])).json()["sections"][0]["markup"]
    found = [shown.index(words) for words in ("SUMMARY OF ARGUMENT", "Nobody else has them.", "STATEMENT OF FACTS")]
    assert found == sorted(found)
