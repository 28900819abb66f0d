"""What a PDF is that somebody holds: exactly ours, changed on a page, or unknown; behind the wall, and whatever the file is."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from discovery.domain.approval import approve, reopen, withdraw
from discovery.domain.drafts import merging, verifying
from discovery.domain.drafts.batches import request_batch
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.drafts.verifying import Kind, PageDifference, page_differences, verify_paper
from discovery.domain.drafts.word_files import word_of
from discovery.domain.superseding import supersede
from discovery.models import Demand, Draft
from discovery.models.drafts import paper_storage
from discovery.papers.embedded import NAME
from tests.domain.test_commands import bound
from tests.factories import World, make_world

pytestmark = pytest.mark.usefixtures("bells")


def made(world: World, *, approved: bool = True, requests: int = 2) -> Draft:
    """Return the finished package of a subpoena. Two of the same words, approved in the same second, would be one file."""
    demand = world.subpoena(requests=requests).demand
    if approved:
        approve(demand, by=world.alice)
    draft = render_draft(request_draft(demand, "subpoena", by=world.alice).pk)
    assert draft is not None
    return draft


def bytes_of(draft: Draft) -> bytes:
    """Return a paper's stored file."""
    with paper_storage().open(str(draft.file.name)) as file:
        return bytes(file.read())


def changed(pdf: bytes, how: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a paper that somebody changed and saved."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        how(document)
        document.save(target)
    return target.getvalue()


def put_words(document: pikepdf.Pdf, page: int, words: bytes) -> None:
    """Write words on a page, in each of its fonts: not every one has these signs."""
    for font in document.pages[page].Resources.Font.keys():  # noqa: SIM118 - a PDF's dictionary
        text = b"BT %s 20 Tf 100 100 Td <%s> Tj ET" % (font.encode(), words)
        document.pages[page].contents_add(document.make_stream(text))


def test_an_approved_paper_is_named_with_its_version_day_and_approver(world: World) -> None:
    draft = made(world)
    verdict = verify_paper(bytes_of(draft), by=world.rita)
    approval = json.loads(draft.snapshot.content)["data"]["approval"] if draft.snapshot else {}
    assert (verdict.kind, verdict.draft, verdict.pages, verdict.remarks) == (Kind.IDENTICAL, draft, (), ())
    assert verdict.said == (
        f"This is exactly what was approved as version 1 on {approval['approved_on']} by alice: Subpoena package: notice, form "
        "and schedules, Witness Corp., Roe v. Doe."
    )


def test_a_draft_is_named_by_its_number(world: World) -> None:
    draft = made(world, approved=False)
    verdict = verify_paper(bytes_of(draft), by=world.rita)
    assert verdict.kind == Kind.IDENTICAL
    assert re.fullmatch(rf"This is exactly draft number {draft.pk}, made on .*\. It was not approved\.", verdict.said)


def test_what_counts_no_more_is_said_beside_what_it_is(world: World) -> None:
    first = made(world)
    demand = first.demand
    assert demand is not None
    reopen(demand, by=world.alice)
    opened = verify_paper(bytes_of(first), by=world.rita)
    approve(demand, by=world.alice)
    later = verify_paper(bytes_of(first), by=world.rita)
    second = render_draft(request_draft(Demand.objects.get(pk=demand.pk), "subpoena", by=world.alice).pk)
    assert second is not None
    newest = verify_paper(bytes_of(second), by=world.rita)
    supersede(demand, "Wrong year.", by=world.alice)
    replaced = verify_paper(bytes_of(second), by=world.rita)
    withdrawn = made(world, requests=3)
    assert withdrawn.demand is not None
    withdraw(withdrawn.demand, "Settled.", by=world.alice)

    assert {one.kind for one in (opened, later, newest, replaced)} == {Kind.IDENTICAL}
    assert [one.remarks for one in (opened, later, newest, replaced, verify_paper(bytes_of(withdrawn), by=world.rita))] == [
        ("Its text was reopened for changes since.",),
        ("It is not the newest text: version 2 was approved later.",),
        (),
        ("It no longer counts: a corrected paper replaced it.",),
        ("It no longer counts: it was withdrawn.",),
    ]


def test_a_page_with_other_words_is_named(world: World) -> None:
    draft = made(world)
    copy = changed(bytes_of(draft), lambda document: put_words(document, 3, b"00240025"))
    verdict = verify_paper(copy, by=world.rita)
    assert (verdict.kind, verdict.draft, verdict.pages) == (Kind.CHANGED, draft, (PageDifference(4, "words"),))
    assert verdict.said.startswith("It says that it is our paper, but it was changed: Subpoena package")
    assert verdict.pages[0].said == "Page 4 has other words."


def test_a_page_that_only_looks_different_is_named(world: World) -> None:
    draft = made(world)

    def paint(document: pikepdf.Pdf) -> None:
        document.pages[0].contents_add(document.make_stream(b"1 0 0 rg 100 300 60 20 re f"))

    verdict = verify_paper(changed(bytes_of(draft), paint), by=world.rita)
    assert (verdict.kind, verdict.pages) == (Kind.CHANGED, (PageDifference(1, "look"),))


def test_pages_that_came_or_went_move_no_others(world: World) -> None:
    draft = made(world)

    def shuffle(document: pikepdf.Pdf) -> None:
        del document.pages[1]
        document.add_blank_page(page_size=(612, 792))

    verdict = verify_paper(changed(bytes_of(draft), shuffle), by=world.rita)
    assert verdict.pages == (PageDifference(2, "missing"), PageDifference(draft.pages, "added"))


def test_the_same_pages_in_another_file_are_not_the_same_file(world: World) -> None:
    draft = made(world)

    def retitle(document: pikepdf.Pdf) -> None:
        document.docinfo["/Title"] = pikepdf.String("Another")

    verdict = verify_paper(changed(bytes_of(draft), retitle), by=world.rita)
    assert (verdict.kind, verdict.pages) == (Kind.CHANGED, ())
    assert verdict.said.startswith("Every page reads and looks like Subpoena package")


def test_a_stranger_and_a_paper_of_nowhere_get_the_same_answer(world: World) -> None:
    other = make_world("Walled v. Off", "4:24-cv-00009-ABC")
    other.case.memberships.all().delete()
    secret = made(other, approved=False)
    copies = bytes_of(secret), changed(bytes_of(secret), lambda _document: None)
    before = [verify_paper(copy, by=world.alice) for copy in copies]
    Draft.objects.filter(pk=secret.pk).delete()
    after = [verify_paper(copy, by=world.alice) for copy in copies]
    assert before == after
    assert {verdict.kind for verdict in before} == {Kind.UNKNOWN}
    assert {verdict.draft for verdict in before} == {None}
    assert before[0].said.startswith("It says that it was made from a snapshot that is not here: ")


def test_a_stored_file_that_is_gone_is_rendered_again_to_the_same_bytes(world: World) -> None:
    draft = made(world)
    content = bytes_of(draft)
    paper_storage().delete(str(draft.file.name))
    changed_copy = changed(content, lambda document: put_words(document, 0, b"0024"))
    verdict = verify_paper(changed_copy, by=world.rita)
    assert verdict.pages == (PageDifference(1, "words"),)
    assert verdict.remarks == ("Our stored file of it is gone, so the paper was rendered again from its snapshot.",)
    assert verify_paper(content, by=world.rita).kind == Kind.IDENTICAL
    Draft.objects.filter(pk=draft.pk).update(file_sha256="0" * 64)  # as if another row had been written for it
    again = verify_paper(content, by=world.rita)
    assert (again.kind, again.draft) == (Kind.IDENTICAL, draft)


def test_a_stored_file_that_was_tampered_with_is_not_believed(world: World) -> None:
    draft = made(world)
    content = bytes_of(draft)
    Path(paper_storage().path(str(draft.file.name))).write_bytes(b"%PDF-1.7 forged")
    verdict = verify_paper(changed(content, lambda document: put_words(document, 0, b"0024")), by=world.rita)
    assert verdict.pages == (PageDifference(1, "words"),)
    assert verdict.remarks[0].startswith("Our stored file of it is damaged")


def test_under_another_release_pages_are_compared_and_it_says_so(world: World, settings: Settings) -> None:
    draft = made(world)
    content = bytes_of(draft)
    paper_storage().delete(str(draft.file.name))
    settings.RELEASE = "9.9.9"
    verdict = verify_paper(changed(content, lambda _document: None), by=world.rita)
    assert (verdict.kind, verdict.pages) == (Kind.CHANGED, ())
    assert "this is release 9.9.9, so the bytes differ and only pages can be compared" in verdict.remarks[0]
    assert verdict.remarks[1] == "It says that it was made with other things than the paper it is compared with: release."


def test_a_long_paper_without_its_file_is_not_rendered_at_a_screen(world: World) -> None:
    draft = made(world)
    content = bytes_of(draft)
    paper_storage().delete(str(draft.file.name))
    copy = changed(content, lambda _document: None)
    verdict = verify_paper(copy, by=world.rita, most_rendered=2)
    assert verdict.kind == Kind.UNKNOWN
    assert verdict.remarks[-1] == f"It has {draft.pages} pages, too many to render again here."
    assert verify_paper(copy, by=world.rita, most_rendered=None).kind == Kind.CHANGED


def _locked(pdf: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def _pages(count: int) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for _number in range(count - 1):
            document.pages.append(document.pages[0])
        document.save(target)
    return target.getvalue()


def test_hostile_files_get_a_sentence(world: World) -> None:
    paper = bytes_of(made(world))

    def forge(document: pikepdf.Pdf) -> None:
        forged = {"snapshot": {"sha256": "0" * 64}, "release": "\0", "engine": [1], "styles": 3, "fonts": {}}
        document.attachments[NAME].obj.EF.F.write(json.dumps(forged).encode())

    def scrawl(document: pikepdf.Pdf) -> None:
        document.attachments[NAME].obj.EF.F.write(b'{"snapshot": {"sha256": "../../etc"}}')

    none = "This is no paper of ours, or another program saved it anew and dropped what we put in it."
    told = {
        b"": "The file is empty. Choose it again.",
        b"PK\x03\x04": "This is not a PDF file.",
        b"%PDF-1.7 broken": "The file is damaged: it cannot be read as a PDF.",
        paper[: len(paper) // 3]: "The file is damaged: it cannot be read as a PDF.",
        _locked(paper): "The file is locked with a password, so it cannot be read. Our papers have none.",
        _pages(3): none,
        _pages(1_001): "The file has more pages than are compared.",
        changed(paper, scrawl): none,
        changed(paper, forge): f"It says that it was made from a snapshot that is not here: {'0' * 16}. "
        "It may be of another installation, or of a case of others.",
    }
    found = {content: verify_paper(content, by=world.alice) for content in told}
    assert {content: verdict.said for content, verdict in found.items()} == told
    assert {verdict.kind for verdict in found.values()} == {Kind.UNKNOWN}


def test_a_manifest_that_lies_about_its_ingredients_breaks_nothing(world: World) -> None:
    draft = made(world)

    def lie(document: pikepdf.Pdf) -> None:
        stream = document.attachments[NAME].obj.EF.F
        told = json.loads(stream.read_bytes())
        told |= {"engine": {"\x1b[31mred": [], "pango": None}, "templates": "x", "styles": [1], "fonts": 7}
        stream.write(json.dumps(told).encode())

    verdict = verify_paper(changed(bytes_of(draft), lie), by=world.rita)
    assert (verdict.kind, verdict.pages) == (Kind.CHANGED, ())
    assert "\x1b" not in verdict.remarks[0]


def test_a_binder_whose_file_is_gone_is_bound_again_to_the_same_bytes(world: World) -> None:
    draft = render_draft(request_draft(bound(world), "binder", by=world.alice).pk)
    assert draft is not None
    content = bytes_of(draft)
    Draft.objects.filter(pk=draft.pk).update(file_sha256="0" * 64)  # as if another row had been written for it
    paper_storage().delete(str(draft.file.name))
    verdict = verify_paper(content, by=world.rita)
    assert (verdict.kind, verdict.draft) == (Kind.IDENTICAL, draft)
    assert verdict.remarks == ("Our stored file of it is gone, so the paper was rendered again from its snapshot.",)


def test_the_one_pdf_of_a_batch_names_its_papers_to_who_may_see_them_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "ring_to_merge", lambda _ids: None)
    batch = request_batch([world.subpoena().demand], ["subpoena", "notice"], by=world.alice)
    drafts = [render_draft(draft.pk) for draft in batch.drafts.order_by("pk")]
    merged = merging.merge_batch(batch.pk)
    assert merged is not None
    with paper_storage().open(str(merged.merged_file.name)) as file:
        content = bytes(file.read())
    papers = tuple(verifying.named(draft) for draft in drafts if draft)
    exact = verify_paper(content, by=world.rita)
    assert (exact.kind, exact.draft, exact.remarks) == (Kind.IDENTICAL, None, papers)
    assert exact.said == f"This is exactly the one PDF of batch {batch.pk}, joined from several papers."

    copy = changed(content, lambda _document: None)
    verdict = verify_paper(copy, by=world.rita)
    assert (verdict.kind, verdict.remarks) == (Kind.UNKNOWN, papers)
    assert verdict.said.startswith("This is not one paper but several in one file. Verify each by itself.")
    for file_content in (content, copy):
        walled = verify_paper(file_content, by=world.charlie)
        assert (walled.kind, walled.remarks) == (Kind.UNKNOWN, ("2 papers that are not here",))


def test_a_word_file_is_told_from_a_paper(world: World) -> None:
    draft = word_of(made(world))
    with paper_storage().open(str(draft.word_file.name)) as file:
        word = bytes(file.read())
    exact = verify_paper(word, by=world.rita)
    assert (exact.kind, exact.draft) == (Kind.IDENTICAL, draft)
    assert exact.said.startswith("This is exactly the Word file beside Subpoena package")

    document = docx.Document(io.BytesIO(word))
    document.add_paragraph("And more.")
    typed_in = io.BytesIO()
    document.save(typed_in)
    verdict = verify_paper(typed_in.getvalue(), by=world.rita)
    assert (verdict.kind, verdict.draft) == (Kind.CHANGED, draft)
    assert verdict.said.startswith("This Word file says that it was made beside Subpoena package")

    foreign_word = io.BytesIO()
    docx.Document().save(foreign_word)
    none = "This is a Word file, and not one paper of ours that can be verified. Choose the PDF."
    for content, reader in ((word, world.charlie), (typed_in.getvalue(), world.charlie), (foreign_word.getvalue(), world.rita)):
        verdict = verify_paper(content, by=reader)
        assert (verdict.kind, verdict.said, verdict.draft) == (Kind.UNKNOWN, none, None)


def test_a_file_too_large_is_not_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "SIZE_LIMIT", 10)
    assert verify_paper(b"%PDF-1.7 and more", by=world.alice).kind == Kind.UNKNOWN


def test_a_process_that_hangs_is_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "PATIENCE", 0.01)
    verdict = verify_paper(_pages(2), by=world.alice)
    assert verdict.said == "The file asks for more time or memory than a paper of ours needs, so it was not read to the end."


def test_pages_are_paired_by_what_they_are() -> None:
    a, b, c, x = (["a", "1"], ["b", "1"], ["c", "1"], ["x", "1"])
    assert page_differences([a, b, c], [a, b, c]) == []
    assert page_differences([a, x, b, c], [a, b, c]) == [PageDifference(2, "added")]
    assert page_differences([a, c], [a, b, c]) == [PageDifference(2, "missing")]
    assert page_differences([a, ["b", "2"], x], [a, b, c]) == [PageDifference(2, "look"), PageDifference(3, "words")]


def test_the_command_prints_the_verdict_and_ends_with_its_code(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = made(world)
    target = tmp_path / "paper.pdf"
    target.write_bytes(bytes_of(draft))
    call_command("verify_paper", str(target), "--as", "rita")
    assert capsys.readouterr().out == f"{verifying.exactly(draft)}\n"
    target.write_bytes(changed(bytes_of(draft), lambda document: put_words(document, 0, b"0024")))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_paper", str(target), "--as", "rita")
    assert (ended.value.code, capsys.readouterr().out.splitlines()[1]) == (1, "Page 1 has other words.")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_paper", str(target), "--as", "charlie")
    assert ended.value.code == 2
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("verify_paper", str(tmp_path / "none.pdf"), "--as", "rita")
