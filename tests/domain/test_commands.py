"""The shell commands: the same verbs, plain sentences for what cannot be."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from discovery.domain.answers.by_request import start_response
from discovery.domain.binders import Binding, add_tab, start_binder
from discovery.domain.composing.subpoena import compose
from discovery.domain.conferrals.narrowing import propose_narrowing
from discovery.domain.privilege.logs import record_log
from discovery.domain.records import add_record
from discovery.enums import DemandKind, DisputeKind, PaperKind
from discovery.models import (
    Attachment,
    Binder,
    Case,
    Conferral,
    Deadline,
    Demand,
    Dispute,
    Draft,
    Event,
    Exhibit,
    Narrowing,
    Order,
    Person,
    PrivilegeLog,
    RequestRow,
)
from tests.disputes import answered, conferred, in_california, started
from tests.factories import World, make_user
from tests.papers.test_assembly import foreign
from tests.papers.test_privilege_log import entry
from tests.party_sets import drafted
from tests.preserving import written
from tests.producing import logged

LETTER_KINDS = ("deficiency_letter", "conferral_letter", "joint_letter", "motion_to_compel")


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_the_demo_is_told_once(db: None, bells: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    owner = make_user("admin", staff=True)
    call_command("load_demo", "--owner", "admin")
    assert printed(capsys) == ["Loaded Musk v. Altman, 4:24-cv-04722-YGR."]
    with pytest.raises(CommandError, match="only into an empty one"):
        call_command("load_demo", "--owner", "admin")
    meta = Demand.objects.get(responding_party__person__name="Meta Platforms, Inc.", kind="subpoena_documents")
    request_set = meta.request_set
    counts = request_set.definitions.count(), request_set.instructions.count(), request_set.requests.count()
    assert counts == (16, 12, 5)
    assert len(Exhibit.objects.get(request_set=request_set).entries()) == 32
    assert Case.objects.get().groups.get(name="OpenAI Defendants").members.count() == 23
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
        *[("requests", "queued")] * 4,
        ("subpoena", "queued"),
    ]
    kinds = sorted(Demand.objects.values_list("kind", flat=True))
    assert kinds == [
        "deposition",
        "rfa",
        "rfp",
        "rfp",
        "rog",
        "rog",
        "subpoena_deposition",
        *["subpoena_documents"] * 3,
        "subpoena_trial",
    ]
    assert list(Event.objects.exclude(actor=owner).values_list("act", flat=True)) == ["draft_ready"]


def test_the_demo_tells_what_became_of_each_request(db: None, bells: list[int]) -> None:
    """law/musk_v_altman.md, section 3: the table of answers, narrowings, what was moved on, and rulings."""
    make_user("admin")
    call_command("load_demo", "--owner", "admin")
    meta = RequestRow.objects.filter(demand__responding_party__person__name="Meta Platforms, Inc.")
    told = {
        row.number: (
            row.answers.get(current=True).kind,
            row.narrowings.filter(superseded=False, agreed_on__isnull=False).exists(),
            row.disputed.exclude(dispute__status="draft").exists(),
            [ruling.outcome for ruling in row.rulings.filter(superseded=False)],
        )
        for row in meta
    }
    assert told == {
        1: ("partial", False, False, []),
        2: ("objection", False, False, []),
        3: ("objection", True, True, ["denied"]),
        4: ("partial", False, True, ["denied"]),
        5: ("objection", False, False, []),
    }
    order = Order.objects.get(docket_entry="Dkt. 237")
    assert order.reconsiders is not None
    assert order.reconsiders.docket_entry == "Dkt. 203"
    whole = order.rulings.get(row=None)
    assert (whole.outcome, whole.dispute.kind, whole.dispute.docket_entry) == ("granted", "protective_order", "Dkt. 236")
    assert Conferral.objects.count() == 4
    letter = Dispute.objects.get(kind="joint_letter")
    assert (str(letter.submitted_on), letter.status, letter.docket_entry) == ("2025-08-21", "decided", "Dkt. 230")
    names = ["Dkt-230-1-stand-in.pdf", "Dkt-230-2-stand-in.pdf", "Dkt-230-stand-in.pdf", "Dkt-237-stand-in.pdf"]
    assert sorted(Attachment.objects.values_list("name", flat=True)) == names


def test_the_demo_names_no_real_address_or_telephone(db: None, bells: list[int]) -> None:
    make_user("admin")
    call_command("load_demo", "--owner", "admin")
    text = " ".join(snapshot.content for snapshot in {draft.snapshot for draft in Draft.objects.all() if draft.snapshot})
    mails = {word.rpartition("@")[2].strip('.,;"\\n') for word in text.replace("\\n", " ").split() if "@" in word}
    assert {mail.partition('"')[0].rstrip(",.") for mail in mails} == {"example.com"}


def test_a_paper_is_made_from_the_shell(world: World, bells: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subpoena = world.subpoena()
    target = tmp_path / "paper.pdf"
    call_command("make_paper", "subpoena", str(subpoena.pk), "-o", str(target), "--as", "alice", "--now")
    draft = Draft.objects.get()
    assert printed(capsys) == [f"{target}: {draft.pages} pages, sha256 {draft.file_sha256}"]
    assert target.read_bytes()[:5] == b"%PDF-"


def subjects(world: World) -> dict[str, int]:
    """Make one row that each kind of paper can be made of; return their numbers by kind."""
    demand = world.served_subpoena()
    rows = list(demand.rows.order_by("number"))
    answered(world, rows)
    conferred(world, rows)
    on_us = world.set_served_on_us()
    sworn = start_response(world.set_served_on_us(kind=DemandKind.ROG), by=world.alice)
    computed = Deadline.objects.filter(derivation__isnull=False).order_by("pk").first()
    assert computed is not None
    asked = {DisputeKind(kind): started(world, rows, DisputeKind(kind), signer=world.appearance).pk for kind in LETTER_KINDS}
    for one in Dispute.objects.get(pk=asked[DisputeKind.MOTION_TO_COMPEL]).requests.all():
        one.our_position = "It bears on the bid."
        one.save()
    agreed = {"proposed_by": "Us", "proposed_on": date(2025, 7, 8), "agreed_by": "Them", "agreed_on": date(2025, 7, 9)}
    propose_narrowing(Narrowing(row=rows[0], text="All Documents, part 1, of 2024.", **agreed), by=world.alice)
    log = record_log(PrivilegeLog(responding_party=world.responder), [entry(1)], by=world.alice)
    return {
        **dict.fromkeys(("subpoena", "service_copy", "notice", "proof_of_service", "declaration", "redline"), demand.pk),
        "courtesy_copy": demand.pk,
        "requests": drafted(world).pk,
        "verification": sworn.pk,
        "deadline_memo": computed.pk,
        "deposition_notice": world.examination(DemandKind.DEPOSITION).pk,
        "response": start_response(on_us, by=world.alice).pk,
        **{kind: asked[DisputeKind(kind)] for kind in ("deficiency_letter", "conferral_letter", "joint_letter")},
        **dict.fromkeys(("motion_outline", "separate_statement", "dispute_chart"), asked[DisputeKind.MOTION_TO_COMPEL]),
        **dict.fromkeys(("notice_of_motion", "proposed_order"), asked[DisputeKind.MOTION_TO_COMPEL]),
        "memorandum": in_california()[1].pk,
        "preservation": written(world).pk,
        "status_report": world.case.pk,
        "cover_letter": logged(world, on_us, side="ours").pk,
        "privilege_log": log.pk,
        **dict.fromkeys(("slip_sheets", "binder"), bound(world).pk),
    }


def bound(world: World) -> Binder:
    """Return a binder with one exhibit."""
    binder = start_binder(world.case, Binding("Exhibits"), by=world.alice)
    add_tab(binder, title="A scan", upload=SimpleUploadedFile("scan.pdf", foreign("One")), by=world.alice)
    return binder


def test_every_kind_of_paper_is_made_from_the_shell(world: World, bells: list[int], tmp_path: Path) -> None:
    numbers = subjects(world)
    assert sorted(numbers) == sorted(PaperKind)
    for kind, number in numbers.items():
        target = tmp_path / f"{kind}.pdf"
        call_command("make_paper", kind, str(number), "-o", str(target), "--as", "alice")
        assert (kind, target.read_bytes()[:5]) == (kind, b"%PDF-")


def test_every_kind_of_paper_but_a_binder_is_made_for_word(
    world: World, bells: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = subjects(world)
    binder = numbers.pop("binder")
    for kind, number in numbers.items():
        target = tmp_path / f"{kind}.docx"
        call_command("make_paper", kind, str(number), "-o", str(target), "--as", "alice")
        draft = Draft.objects.get(paper=kind)
        assert printed(capsys) == [f"{target}: the Word file, sha256 {draft.word_sha256}"]
        assert (kind, hashlib.sha256(target.read_bytes()).hexdigest()) == (kind, draft.word_sha256)
    with pytest.raises(CommandError, match="No Word file: a binder holds finished PDFs"):
        call_command("make_paper", "binder", str(binder), "-o", str(tmp_path / "binder.docx"), "--as", "alice")
    assert not (tmp_path / "binder.docx").exists()


def test_the_shell_lists_of_what_each_kind_can_be_made_for_whom(
    world: World, bells: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = subjects(world)
    for kind, number in numbers.items():
        call_command("make_paper", kind, "--list", "--as", "alice")
        head, *rows = printed(capsys)
        assert (kind, head.split()[0]) == (kind, kind)
        assert (kind, number in [int(row.split()[0]) for row in rows]) == (kind, True)
    call_command("make_paper", "joint_letter", "--list", "--as", "alice")
    assert printed(capsys) == [
        f"joint_letter        {PaperKind.JOINT_LETTER.label}",
        f"{numbers['joint_letter']:>6}  Joint letter: Request Nos. 1 and 2 to Witness Corp.  (Roe v. Doe, 4:24-cv-00001-ABC)",
    ]
    call_command("make_paper", "--list", "--as", "charlie")
    assert [line.split()[0] for line in printed(capsys)] == [kind.value for kind in PaperKind]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("subpoena",), "Say which paper of what goes where"),
        (("subpoena", "1", "-o", "x.pdf", "--as", "nobody"), "There is no such user"),
        (("subpoena", "999", "-o", "x.pdf", "--as", "alice"), "alice sees nothing numbered 999 for this paper"),
    ],
)
def test_what_cannot_be_made_is_said(world: World, arguments: tuple[str, ...], says: str) -> None:
    make_user("root").save()
    with pytest.raises(CommandError, match=says):
        call_command("make_paper", *arguments, *(() if "--as" in arguments else ("--as", "alice")))


def test_a_stranger_makes_no_paper_from_the_shell(world: World, tmp_path: Path) -> None:
    subpoena = world.subpoena()
    with pytest.raises(CommandError, match="charlie sees nothing numbered"):
        call_command("make_paper", "subpoena", str(subpoena.pk), "-o", str(tmp_path / "x.pdf"), "--as", "charlie")


def test_the_record_of_events_is_verified(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    add_record(Person(name="Somebody"), by=world.alice)
    call_command("verify_events")
    assert printed(capsys) == ["1 events in 1 chains, all as they were recorded."]
