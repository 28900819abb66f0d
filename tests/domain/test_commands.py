"""The shell commands: the same verbs, plain sentences for what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from discovery.domain.composing import compose
from discovery.domain.records import add_record
from discovery.enums import PaperKind
from discovery.models import Case, Demand, Draft, Event, Exhibit, Person
from tests.factories import World, make_user


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_the_demo_is_told_once(db: None, bells: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    owner = make_user("admin", staff=True)
    call_command("load_demo", "--owner", "admin")
    assert printed(capsys) == ["Loaded Musk v. Altman, 4:24-cv-04722-YGR."]
    with pytest.raises(CommandError, match="only into an empty one"):
        call_command("load_demo", "--owner", "admin")
    meta = Demand.objects.get(responding_party__person__name="Meta Platforms, Inc.")
    request_set = meta.request_set
    counts = request_set.definitions.count(), request_set.instructions.count(), request_set.requests.count()
    assert counts == (16, 12, 5)
    assert len(Exhibit.objects.get(request_set=request_set).entries()) == 32
    assert Case.objects.get().groups.get().members.count() == 23
    form = compose(meta, "subpoena").form
    assert form.to == "Meta Platforms, Inc., c/o CSC – Lawyers Incorporating Service, 2710 Gateway Oaks Drive, Sacramento, CA 95833"
    assert (form.production_when, form.issued) == ("July 2, 2025 at 5:00 PM PST", "June 18, 2025")
    assert form.representing == "OpenAI Defendants (as defined herein)"
    assert (meta.status, meta.version) == ("served", 1)
    assert sorted(Draft.objects.values_list("paper", "state")) == [
        ("declaration", "queued"),
        ("joint_letter", "queued"),
        ("joint_letter", "ready"),
        ("proof_of_service", "queued"),
        ("subpoena", "queued"),
    ]
    kinds = sorted(Demand.objects.values_list("kind", flat=True))
    assert kinds == ["rfp", "rfp", "subpoena_documents", "subpoena_documents", "subpoena_documents"]
    assert list(Event.objects.exclude(actor=owner).values_list("act", flat=True)) == ["draft_ready"]  # by nobody: the worker


def test_the_demo_names_no_real_address_or_telephone(db: None, bells: list[int]) -> None:
    make_user("admin")
    call_command("load_demo", "--owner", "admin")
    text = " ".join(snapshot.content for snapshot in {draft.snapshot for draft in Draft.objects.all()})
    mails = {word.rpartition("@")[2].strip('.,;"\\n') for word in text.replace("\\n", " ").split() if "@" in word}
    assert {mail.partition('"')[0].rstrip(",.") for mail in mails} == {"example.com"}


def test_a_paper_is_made_from_the_shell(world: World, bells: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subpoena = world.subpoena()
    target = tmp_path / "paper.pdf"
    call_command("make_paper", "subpoena", str(subpoena.pk), "-o", str(target), "--as", "alice", "--now")
    draft = Draft.objects.get()
    assert printed(capsys) == [f"{target}: {draft.pages} pages, sha256 {draft.file_sha256}"]
    assert target.read_bytes()[:5] == b"%PDF-"


def test_the_shell_lists_what_there_is_for_whom(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    subpoena = world.subpoena()
    call_command("make_paper", "--list", "--as", "alice")
    assert printed(capsys)[len(PaperKind) :] == [f"{subpoena.pk:>6}  Draft       Witness Corp.  (Roe v. Doe, 4:24-cv-00001-ABC)"]
    call_command("make_paper", "--list", "--as", "charlie")
    assert printed(capsys)[len(PaperKind) :] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("subpoena",), "Say which paper of which subpoena goes where"),
        (("subpoena", "1", "-o", "x.pdf", "--as", "nobody"), "There is no such user"),
        (("subpoena", "999", "-o", "x.pdf", "--as", "alice"), "alice sees no subpoena 999"),
    ],
)
def test_what_cannot_be_made_is_said(world: World, arguments: tuple[str, ...], says: str) -> None:
    make_user("root").save()
    with pytest.raises(CommandError, match=says):
        call_command("make_paper", *arguments, *(() if "--as" in arguments else ("--as", "alice")))


def test_a_stranger_makes_no_paper_from_the_shell(world: World, tmp_path: Path) -> None:
    subpoena = world.subpoena()
    with pytest.raises(CommandError, match="charlie sees no subpoena"):
        call_command("make_paper", "subpoena", str(subpoena.pk), "-o", str(tmp_path / "x.pdf"), "--as", "charlie")


def test_the_record_of_events_is_verified(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    add_record(Person(name="Somebody"), by=world.alice)
    call_command("verify_events")
    assert printed(capsys) == ["1 events in 1 chains, all as they were recorded."]
