"""`make_paper --all`: every paper of a case in a folder, each with its manifest; what is refused is said with its reason."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from discovery.domain.approval import approve
from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.demo.loading import load_demo
from discovery.domain.drafts import exporting
from discovery.domain.drafts.drafting import render_draft
from discovery.models import Draft
from tests.factories import World, make_user, make_world

pytestmark = pytest.mark.usefixtures("bells")
THREE = (".pdf", ".docx", ".manifest.json")


def test_every_paper_lies_in_the_folder_with_its_manifest(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = make_world("Walled v. Off", "4:24-cv-00009-ABC")
    other.case.memberships.exclude(user=other.alice).delete()
    other.subpoena()
    approve(world.subpoena().demand, by=world.alice)
    target = tmp_path / "new" / "papers"
    call_command("make_paper", "--all", "--now", "-o", str(target), "--as", "bob")

    report = Draft.objects.get(paper="status_report").pk
    stems = [f"{kind}-Witness-Corp-v1" for kind in ("courtesy_copy", "notice", "service_copy", "subpoena")]
    names = sorted(path.name for path in target.iterdir())
    assert names == sorted(
        f"{stem}{ending}"
        for stem in (*stems, f"status_report-Roe-v-Doe-4-24-cv-00001-ABC-{report}")
        for ending in (".docx", ".manifest.json", ".pdf")
    )
    for draft in Draft.objects.all():
        stem = draft.download_name().removesuffix(".pdf").replace(",-", "-")
        beside = json.loads((target / f"{stem}.manifest.json").read_text())
        assert hashlib.sha256((target / f"{stem}.pdf").read_bytes()).hexdigest() == beside["file"]["sha256"] == draft.file_sha256
        word = (target / f"{stem}.docx").read_bytes()
        assert beside["word"] == {"sha256": hashlib.sha256(word).hexdigest(), "bytes": len(word)}
        assert (beside["accessibility"]["clean"], beside["paper"]["paper"]) == (True, draft.paper)
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == f"5 papers in {target}, 1 refused, 0 failed."
    [refused] = [line for line in said if line.startswith("refused")]
    assert refused.startswith("refused  redline of Subpoena for documents (Rule 45): Witness Corp.: There is only one wording")


def test_every_paper_of_the_demo_has_its_three_files_or_its_reason(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = make_user("admin")
    load_demo(owner=admin)
    call_command("make_paper", "--all", "--now", "-o", str(tmp_path), "--as", "admin")
    *lines, _total = capsys.readouterr().out.splitlines()
    told = {how: [line for line in lines if line.split()[0] == how] for how in ("made", "refused", "FAILED")}
    stems = [line.split()[1].removesuffix(".pdf,") for line in told["made"]]
    endings = {stem: (".pdf", ".manifest.json") if stem.startswith("binder-") else THREE for stem in stems}
    assert [line.partition(" (")[0] for line in told["made"]] == [
        f"made     {', '.join(f'{stem}{ending}' for ending in endings[stem])}" for stem in stems
    ]
    assert [line.partition(" (")[2] for line in told["made"] if " (" in line] == [
        "No Word file: a binder holds finished PDFs. Its slip sheets have one.)"
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{stem}{ending}" for stem in stems for ending in endings[stem]
    )
    assert [line for line in told["refused"] if not re.fullmatch(r"refused  \w+ of .+: .+\.", line)] == []
    assert told["FAILED"] == []
    reports = {stem: json.loads((tmp_path / f"{stem}.manifest.json").read_text())["accessibility"] for stem in stems}
    assert {stem: report["findings"] for stem, report in reports.items() if not report["clean"]} == {}
    rows = {kind: len(list(composer.rows_seen_by(admin))) for kind, composer in COMPOSERS.items()}
    assert len(told["made"]) + len(told["refused"]) == len(lines) == sum(rows.values())
    assert {stem.split("-")[0] for stem in stems} | {line.split()[1] for line in told["refused"]} == {
        k for k, n in rows.items() if n
    }


def test_names_are_unique_and_of_several_cases_say_which(world: World, tmp_path: Path) -> None:
    second = make_world("Second v. Case", "1:25-cv-00002")
    for each in (world, world, second):
        each.subpoena(name=f"Schedule {Draft.objects.count()}")
    call_command("make_paper", "--all", "-o", str(tmp_path), "--as", "alice")
    names = [path.name for path in tmp_path.glob("subpoena*.pdf")] + [path.name for path in tmp_path.glob("*-subpoena-*.pdf")]
    assert len(names) == 3
    assert sum(name.startswith("1-25-cv-00002-subpoena-Witness-Corp-DRAFT-") for name in names) == 1
    call_command("make_paper", "--all", "--case", str(second.case.pk), "-o", str(tmp_path / "one"), "--as", "alice")
    assert len(list((tmp_path / "one").glob("*.pdf"))) == 4


def test_a_paper_that_fails_ends_with_one_and_the_others_are_made(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.subpoena()
    done = render_draft

    def fails_once(draft_id: int) -> None:
        draft = Draft.objects.get(pk=draft_id)
        if draft.paper == "notice":
            Draft.objects.filter(pk=draft_id).update(state="failed", error="The font is missing.")
        else:
            done(draft_id)

    monkeypatch.setattr(exporting, "render_draft", fails_once)
    with pytest.raises(SystemExit) as ended:
        call_command("make_paper", "--all", "-o", str(tmp_path), "--as", "alice")
    said = capsys.readouterr().out.splitlines()
    assert ended.value.code == 1
    assert said[-1] == f"3 papers in {tmp_path}, 1 refused, 1 failed."
    assert [line for line in said if line.startswith("FAILED")] == [
        "FAILED   notice of Subpoena for documents (Rule 45): Witness Corp.: The font is missing."
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--all"], "Say where the papers go: make_paper --all -o DIR"),
        (["--all", "-o", "x", "--wait"], "--all makes the papers in this process: leave --wait out."),
        (["--all", "-o", "x", "--case", "999"], "alice sees no such case."),
    ],
)
def test_what_cannot_be_done_says_what_to_do(world: World, options: list[str], said: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("make_paper", *options, "--as", "alice")
    assert str(refused.value) == said


def test_who_may_only_read_makes_nothing(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demand = world.subpoena().demand
    call_command("make_paper", "--all", "-o", str(tmp_path), "--as", "rita")
    assert (list(tmp_path.iterdir()), Draft.objects.count()) == ([], 0)
    with pytest.raises(CommandError):
        call_command("make_paper", "subpoena", str(demand.pk), "-o", str(tmp_path / "x.pdf"), "--as", "rita")
    assert capsys.readouterr().out.splitlines() == [f"0 papers in {tmp_path}, 0 refused, 0 failed."]
