"""The screens of privilege logs: list, import with its preview, one log with findings and challenges, our own entries, exports."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import Settings

from discovery.domain.privilege.logs import change_entries, mark_log_served, record_log, start_log
from discovery.enums import LogKind
from discovery.models import Attachment, Event, PrivilegeLog, PrivilegeLogEntry, RespondingParty
from discovery.models.attachments import attachment_storage
from tests.factories import World
from tests.staff.screens import DENIED, EDIT, READ, AsUser, errors_of, posted, statuses

DAY = date(2025, 8, 20)
HEAD = "Entry No.,Bates No.,Sent Date,Time,From,To,Privilege Type,Privilege Description\n"
GOOD = "7,A1,12/05/2023,4:42 LM,Ann*,Bo,Attorney-Client,E-mail asking counsel about the license\n"
SPOILT = "x,A2,,,,,,\n"


def filed(text: str = HEAD + GOOD + SPOILT, name: str = "log.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def typed(world: World, upload: SimpleUploadedFile | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "responding_party": world.responder.pk,
        "kind": "document",
        "served_on": "2025-08-20",
        "upload": upload or filed(),
        **changes,
    }


def importing(world: World) -> str:
    return reverse("log-import", args=[world.case.pk])


def entries(count: int, **fields: Any) -> list[PrivilegeLogEntry]:
    return [PrivilegeLogEntry(number=number, **{"description": f"Advice {number}", **fields}) for number in range(1, count + 1)]


def recorded(world: World, rows: list[PrivilegeLogEntry], *, on: date | None = DAY) -> PrivilegeLog:
    return record_log(PrivilegeLog(responding_party=world.responder, served_on=on), rows, by=world.alice)


def ours(world: World, count: int = 1) -> PrivilegeLog:
    responder, _made = RespondingParty.objects.get_or_create(case=world.case, person=world.client.person)
    log = start_log(responder, LogKind.DOCUMENT, "", by=world.alice)
    change_entries(log, [PrivilegeLogEntry(description=f"Advice {number}") for number in range(count)], by=world.alice)
    return log


def page(log: PrivilegeLog, query: str = "") -> str:
    return reverse("log-detail", args=[log.pk]) + query


def token_of(text: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', text)
    assert found
    return found[1]


def test_members_read_and_editors_write(world: World, as_user: AsUser) -> None:
    log = recorded(world, entries(1))
    read = [page(log), reverse("log-list", args=[world.case.pk]), reverse("log-export", args=[log.pk, "xlsx"])]
    write = [importing(world), reverse("log-challenge", args=[log.pk]), reverse("log-close", args=[log.pk])]

    assert [statuses(as_user, world, url) for url in read] == [READ] * 3
    assert [statuses(as_user, world, url) for url in write] == [EDIT] * 3
    assert posted(as_user, world, importing(world), typed(world)) == DENIED
    assert PrivilegeLog.objects.count() == 1


# Import ------------------------------------------------------------------------------------------------------------------


def test_nothing_is_written_before_the_preview_is_confirmed(world: World, as_user: AsUser) -> None:
    bob = as_user(world.bob)
    events = Event.objects.count()

    shown = bob.post(importing(world), typed(world))

    assert shown.status_code == 200
    words = " ".join(shown.text.split())
    assert "Import 1 of 2 rows; 1 refused." in words
    assert "“x” is no entry number: a whole number is expected." in words
    assert (PrivilegeLog.objects.count(), Attachment.objects.count(), Event.objects.count()) == (0, 0, events)

    done = bob.post(importing(world), {"token": token_of(shown.text)}, follow=True)

    log = PrivilegeLog.objects.get()
    assert done.redirect_chain == [(page(log), 302)]
    assert "1 entry imported." in done.text
    assert [(one.number, one.sent_on, one.sent_time, one.basis) for one in log.entries.all()] == [
        (7, date(2023, 12, 5), "4:42 LM", "attorney_client")
    ]
    assert (log.served_on, log.side, log.recorded_by, log.paper and log.paper.name) == (DAY, "theirs", world.bob, "log.csv")
    assert Event.objects.filter(act="log_recorded").get().details["refused"] == 1
    assert attachment_storage().listdir("pending")[1] == []


def test_a_token_is_its_owners_and_of_its_case(world: World, as_user: AsUser) -> None:
    token = token_of(as_user(world.bob).post(importing(world), typed(world)).text)
    for client, sent in ((as_user(world.alice), token), (as_user(world.bob), f"{token}x")):
        answer = client.post(importing(world), {"token": sent}, follow=True)
        assert "The preview is too old. Choose the file again." in answer.text
    assert PrivilegeLog.objects.count() == 0


def test_a_version_that_came_meanwhile_shows_the_preview_anew(world: World, as_user: AsUser) -> None:
    bob = as_user(world.bob)
    token = token_of(bob.post(importing(world), typed(world)).text)
    theirs = recorded(world, entries(1))

    answer = bob.post(importing(world), {"token": token})

    assert (answer.status_code, answer.context["before"]) == (422, theirs)
    assert "Somebody else recorded a version of this log meanwhile." in answer.text
    assert PrivilegeLog.objects.count() == 1
    bob.post(importing(world), {"token": token_of(answer.text)})
    assert [(log.number, log.superseded) for log in PrivilegeLog.objects.order_by("number")] == [(1, True), (2, False)]


def test_what_is_refused_at_last_asks_again_with_all_that_was_typed(world: World, as_user: AsUser) -> None:
    bob = as_user(world.bob)
    token = token_of(bob.post(importing(world), typed(world, served_on="2099-01-01", note="By e-mail")).text)

    answer = bob.post(importing(world), {"token": token})

    form = answer.context["form"]
    assert answer.status_code == 422
    assert (form["served_on"].value(), form["note"].value()) == ("2099-01-01", "By e-mail")


def test_the_preview_says_what_changes_beside_the_version_before(world: World, as_user: AsUser) -> None:
    bob = as_user(world.bob)
    bob.post(importing(world), {"token": token_of(bob.post(importing(world), typed(world)).text)})
    text = HEAD + GOOD.replace("license", "price") + "12,A9,,,,,,New\n"

    shown = " ".join(bob.post(importing(world), typed(world, filed(text))).text.split())

    assert "It takes the place of version 1, which is kept; challenges go along." in shown
    assert "<dt>New entries</dt><dd>1</dd> <dt>Changed</dt><dd>7</dd> <dt>Vanished</dt><dd>none</dd>" in shown


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (filed("Name,Amount\nx,1\n"), "Expected are columns such as Entry No."),
        (filed(name="log.pdf"), "Taken are: CSV, XLSX."),
        (filed(""), "The submitted file is empty."),
        (filed(name="log.xlsx"), "something else inside"),
        (filed(HEAD + "".join(f"{number},,,,,,,x\n" for number in range(1, 13))), "more than 10 rows"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_at_its_field(
    world: World, as_user: AsUser, settings: Settings, upload: SimpleUploadedFile, words: str
) -> None:
    settings.LOG_ROWS = 10
    upload.seek(0)
    answer = as_user(world.bob).post(importing(world), typed(world, upload, note="kept <words>"))

    assert answer.status_code == 422
    assert words in " ".join(errors_of(answer)["upload"])
    assert "kept &lt;words&gt;" in answer.text


def test_what_a_file_says_is_shown_as_text(world: World, as_user: AsUser) -> None:
    shown = as_user(world.bob).post(importing(world), typed(world, filed(HEAD + "1,,,,<script>a,,,<b>x\n<i>,,,,,,,\n")))
    assert ("&lt;script&gt;a" in shown.text, "&lt;b&gt;x" in shown.text, "“&lt;i&gt;” is no entry" in shown.text) == (
        True,
        True,
        True,
    )
    assert "<script>a" not in shown.text


# One log -----------------------------------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_the_entries(world: World, as_user: AsUser) -> None:
    few = recorded(world, entries(2))
    client = as_user(world.bob)
    counts = []
    for count in (2, 40):
        PrivilegeLogEntry.objects.filter(log=few).delete()
        PrivilegeLogEntry.objects.bulk_create([PrivilegeLogEntry(log=few, number=n, requests="1") for n in range(1, count + 1)])
        client.get(page(few))
        with CaptureQueriesContext(connection) as asked:
            client.get(page(few))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25


def test_chips_filter_by_finding_and_their_counts_are_the_lists(world: World, as_user: AsUser) -> None:
    rows = [*entries(3, sent="12/05/2023", sent_on=date(2023, 12, 5), sender="Ann", recipients="Bo", basis="work_product")]
    rows[1].sent, rows[1].sent_on, rows[2].sender = "", None, ""
    client = as_user(world.rita)
    log = recorded(world, rows)

    shown = client.get(page(log))

    assert {chip.value: chip.total for chip in shown.context["chips"]} == {"any": 2, "date": 1, "author": 1}
    for finding, numbers in (("any", [2, 3]), ("date", [2]), ("author", [3]), ("nonsense", [1, 2, 3])):
        lines = client.get(page(log, f"?finding={finding}")).context["lines"]
        assert [line.entry.number for line in lines] == numbers
    assert [line.entry.number for line in client.get(page(log, "?text=advice 2")).context["lines"]] == [2]
    assert "Fed. R. Civ. P. 45(e)(2)(A)(ii)" in shown.text
    assert ("Make the PDF" in shown.text, "Challenge selected" in shown.text) == (False, False)


def test_the_selection_is_challenged_and_closed(world: World, as_user: AsUser) -> None:
    log = recorded(world, entries(4))
    bob = as_user(world.bob)
    keys = [("pk", str(pk)) for pk in log.entries.filter(number__in=[1, 2, 4]).values_list("pk", flat=True)]
    challenge, close = reverse("log-challenge", args=[log.pk]), reverse("log-close", args=[log.pk])

    asked = bob.get(f"{challenge}?{'&'.join(f'{name}={value}' for name, value in keys)}")
    assert asked.context["form"]["numbers"].value() == "1-2, 4"
    assert bob.get(f"{challenge}?all=1&text=advice 3").context["form"]["numbers"].value() == "3"
    done = bob.post(challenge, {"numbers": "1-2, 4", "challenged_on": "2025-08-21", "note": "Say who wrote it"}, follow=True)
    assert (done.redirect_chain[0][0], "3 entries challenged." in done.text) == (page(log), True)
    bob.post(close, {"numbers": "2", "outcome": "overruled", "closed_on": "2025-08-28", "note": "Dkt. 300"})

    assert list(log.entries.values_list("number", "challenge")) == [(1, "open"), (2, "overruled"), (3, ""), (4, "open")]
    assert [line.entry.number for line in bob.get(page(log, "?challenge=open")).context["lines"]] == [1, 4]
    again = bob.post(challenge, {"numbers": "1, 9", "challenged_on": "2025-08-21", "note": "Why not"})
    assert errors_of(again) == {"numbers": ["The log has no entry 9."]}
    assert (again.status_code, "Why not" in again.text) == (422, True)


def test_our_entries_are_added_changed_taken_out_and_then_served(world: World, as_user: AsUser) -> None:
    log = ours(world)
    bob = as_user(world.bob)
    new = reverse("log-entry-new", args=[log.pk])
    told = {"number": "", "attachments": "0", "sent": "12/05/2023 4:42 PM", "basis_text": "Attorney-Client", "withheld": "whole"}

    added = bob.post(new, {**told, "description": "Advice on <price>", "another": "1"})
    assert added["Location"] == new
    entry = log.entries.get(number=2)
    assert (entry.sent_on, entry.basis, entry.description) == (date(2023, 12, 5), "attorney_client", "Advice on <price>")
    taken = bob.post(new, {**told, "number": "2", "description": "x"})
    assert errors_of(taken) == {"number": ["This log has an entry of that number. Choose another one."]}
    edit = reverse("log-entry-edit", args=[log.pk, entry.pk])
    stale = {**told, "number": "2", "description": "Mine", "revision": "1"}
    conflict = bob.post(edit, stale)
    assert (conflict.status_code, "Save mine" in conflict.text, "Advice on &lt;price&gt;" in conflict.text) == (422, True, True)
    bob.post(reverse("log-entry-edit", args=[log.pk, log.entries.get(number=1).pk]), {"remove": "1"})
    assert list(log.entries.values_list("number", flat=True)) == [2]

    bob.post(
        reverse("log-served", args=[log.pk]), {"served_on": "2025-08-20", "revision": PrivilegeLog.objects.get(pk=log.pk).revision}
    )
    late = bob.post(new, {**told, "description": "late"})
    assert "This version was served and stays as it is." in " ".join(errors_of(late)["__all__"])
    renewed = bob.post(reverse("log-renew", args=[log.pk]), follow=True)
    assert "Version 2 begins with the same entries." in renewed.text


def test_an_export_is_what_is_filtered_and_can_be_imported(world: World, as_user: AsUser) -> None:
    log = recorded(world, [*entries(2), PrivilegeLogEntry(number=3, description="=HYPERLINK(1)", sender="@me")])
    client = as_user(world.rita)

    text = client.get(reverse("log-export", args=[log.pk, "csv"])).getvalue().decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(f"{reverse('log-export', args=[log.pk, 'xlsx'])}?text=hyper").content))

    assert text.startswith("Entry No.,Beg Bates,End Bates,Documents,Attach. Count,Sent Date,Time,Doc Type,Custodian,Author,From,")
    assert "'=HYPERLINK(1)" in text
    assert "'@me" in text
    assert [row[16] for row in book.active.iter_rows(min_row=2, values_only=True)] == ["'=HYPERLINK(1)"]
    again = as_user(world.bob).post(importing(world), typed(world, filed(text)))
    assert (len(again.context["read"].rows), again.context["compared"].changed) == (3, [])
    assert again.context["read"].rows[2].description == "=HYPERLINK(1)"


def test_the_list_and_an_empty_case_say_what_to_do(world: World, as_user: AsUser, client: Client) -> None:
    bob = as_user(world.bob)
    empty = bob.get(reverse("log-list", args=[world.case.pk]))
    assert "No privilege log yet" in empty.text
    recorded(world, entries(2))
    shown = bob.get(reverse("log-list", args=[world.case.pk]))
    assert [(log.number, log.entry_count, log.open_count) for log in shown.context["page"]] == [(1, 2, 0)]


def test_a_served_log_of_ours_shows_its_paper_button_to_editors(world: World, as_user: AsUser) -> None:
    log = ours(world)
    mark_log_served(log, DAY, by=world.alice)
    shown = as_user(world.bob).get(page(log))
    assert ("Make the PDF" in shown.text, "Start the next version" in shown.text, "Add an entry" in shown.text) == (
        True,
        True,
        False,
    )
