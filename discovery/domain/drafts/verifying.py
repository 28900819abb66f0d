"""Saying what a PDF is that somebody holds: exactly a paper of ours, one that was changed, or none.

The file is never stored and never opened in this process: `papers.comparing` looks into it in one of its own, with limits. Every
question to the database goes through the wall (law 7): a paper of a case of others is a paper that is not here.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.drafts.filing import stored_pdf
from discovery.domain.drafts.provenance import approval_of
from discovery.enums import DemandStatus, DraftState
from discovery.models import Batch, Draft
from discovery.models.drafts import paper_storage
from discovery.papers.embedded import ZIPPED
from discovery.papers.errors import PaperBroken, PaperRefused
from discovery.papers.manifest import differences
from discovery.papers.rendering import render

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SIZE_LIMIT = 50 * 1024 * 1024
PATIENCE = 30
"""Seconds that looking into a file may take; the process itself stops earlier (papers.comparing.SECONDS of work)."""
SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_NAMED = 500
"""Papers of a joined file that are looked for and named."""
MOST_RENDERED = 200
"""Pages that are rendered again while somebody waits at a screen."""


class Kind(Enum):
    """What a file turned out to be; the value is the exit code of `manage.py verify_paper`."""

    IDENTICAL = 0
    CHANGED = 1
    UNKNOWN = 2


@dataclass(frozen=True, slots=True)
class PageDifference:
    """A page that differs: its number in the file ("missing": in ours), and how: "words", "look", "added" or "missing"."""

    number: int
    how: str

    @property
    def said(self) -> str:
        """The sentence for people."""
        sentences = {
            "words": _("Page %(number)d has other words."),
            "look": _("Page %(number)d has the same words but looks different."),
            "added": _("Page %(number)d is not in our paper."),
            "missing": _("Page %(number)d of our paper is missing."),
        }
        return sentences[self.how] % {"number": self.number}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is: one sentence, what was found beside it, the pages that differ, and the paper that it is or was."""

    kind: Kind
    said: str
    remarks: tuple[str, ...] = ()
    pages: tuple[PageDifference, ...] = ()
    draft: Draft | None = None


def verify_paper(content: bytes, *, by: User, most_rendered: int | None = MOST_RENDERED) -> Verdict:
    """Return what a PDF is, as far as `by` may know. Never raises for what the file is, however hostile.

    `most_rendered`: a longer paper whose stored file is gone is not rendered again (None: it is, however long that takes).
    """
    verdict = _verdict(content, by, most_rendered)
    told = since(verdict.draft) if verdict.draft is not None else ""
    return replace(verdict, remarks=(*verdict.remarks, told)) if told else verdict


def since(draft: Draft) -> str:
    """Return what became of the text that a paper prints, where it is not what counts now; else ""."""
    demand = draft.demand if draft.of_a_version else None
    if demand is None:
        return ""
    if demand.status == DemandStatus.SUPERSEDED:
        return _("It no longer counts: a corrected paper replaced it.")
    if demand.status == DemandStatus.WITHDRAWN:
        return _("It no longer counts: it was withdrawn.")
    if demand.version > draft.approved_version:
        return _("It is not the newest text: version %(version)d was approved later.") % {"version": demand.version}
    if draft.approved_version and demand.status in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}:
        return _("Its text was reopened for changes since.")
    return ""


def _verdict(content: bytes, by: User, most_rendered: int | None) -> Verdict:
    trouble = _unfit(content)
    if trouble:
        return Verdict(Kind.UNKNOWN, trouble)
    seen = Draft.objects.visible_to(by).filter(state=DraftState.READY.value)
    sha256 = hashlib.sha256(content).hexdigest()
    twin = _newest(seen.filter(file_sha256=sha256))
    if twin is not None:
        return Verdict(Kind.IDENTICAL, exactly(twin), draft=twin)
    if content.startswith(ZIPPED):
        twin = _newest(seen.filter(word_sha256=sha256))
        if twin is not None:
            said = _("This is exactly the Word file beside %(paper)s. What was approved and served is the PDF.")
            return Verdict(Kind.IDENTICAL, said % {"paper": named(twin)}, draft=twin)
    else:
        whole = _batch_of(sha256, by)
        if whole is not None:
            said = _("This is exactly the one PDF of batch %(number)d, joined from several papers.") % {"number": whole.pk}
            made = whole.drafts.filter(state=DraftState.READY.value).order_by("pk")
            return Verdict(Kind.IDENTICAL, said, _papers_in(list(made.values_list("file_sha256", flat=True)), by))
    with tempfile.TemporaryDirectory(prefix="tecum-verify-") as folder:
        file = Path(folder) / "file.pdf"
        file.write_bytes(content)
        found = _asked(file)
        if "trouble" in found:
            return Verdict(Kind.UNKNOWN, _no_pdf() if content.startswith(ZIPPED) else _troubles()[found["trouble"]])
        if "word" in found:
            return _of_word(found["word"], by)
        names = _joined_from(found["manifest"])
        if names:
            said = _("This is not one paper but several in one file. Verify each by itself. It says that it was joined from these:")
            return Verdict(Kind.UNKNOWN, said, _papers_in(names, by))
        manifest = _manifest(found["manifest"])
        if manifest is None:
            said = _("This is no paper of ours, or another program saved it anew and dropped what we put in it.")
            return Verdict(Kind.UNKNOWN, said)
        return _against_snapshot(file, sha256, manifest, by, most_rendered)


def _unfit(content: bytes) -> str:
    if not content:
        return _("The file is empty. Choose it again.")
    if len(content) > SIZE_LIMIT:
        return _("The file has more than %(limit)d MB; our papers are smaller.") % {"limit": SIZE_LIMIT // 1024 // 1024}
    if b"%PDF-" not in content[:1024] and not content.startswith(ZIPPED):
        return _no_pdf()
    return ""


def _no_pdf() -> str:
    return _("This is not a PDF file.")


def _of_word(snapshot: str, by: User) -> Verdict:
    """Return what a Word file is that is none of ours to the byte: people type in them, which is what they are for."""
    draft = _newest(Draft.objects.visible_to(by).filter(snapshot=snapshot)) if snapshot else None
    if draft is None:
        return Verdict(Kind.UNKNOWN, _("This is a Word file, and not one paper of ours that can be verified. Choose the PDF."))
    said = _(
        "This Word file says that it was made beside %(paper)s; it was saved anew or changed since. What was served is the PDF."
    )
    return Verdict(Kind.CHANGED, said % {"paper": named(draft)}, draft=draft)


def _batch_of(sha256: str, by: User) -> Batch | None:
    """Return the batch whose one PDF has this hash, if every paper in it is the reader's to see."""
    walled = Draft.objects.exclude(pk__in=Draft.objects.visible_to(by).values("pk")).filter(batch__isnull=False)
    batches = Batch.objects.filter(merged_file__endswith=f"/{sha256}.pdf").exclude(pk__in=walled.values("batch"))
    return batches.order_by("pk").first()


def _joined_from(text: str | None) -> list[str]:
    """Return the hashes of the papers that a joined file names, [] when it is no such file. Anybody can write them."""
    try:
        names = json.loads(text or "")["joined"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [name for name in names if isinstance(name, str) and SHA256.fullmatch(name)] if isinstance(names, list) else []


def _papers_in(names: list[str], by: User) -> tuple[str, ...]:
    """Return a line for each of some papers, and one for those that are not here."""
    seen = Draft.objects.visible_to(by).filter(file_sha256__in=set(names[:MOST_NAMED])).select_related("snapshot", "case")
    found = {draft.file_sha256: draft for draft in seen.order_by("approved_version", "-pk")}
    lines = [named(found[name]) for name in dict.fromkeys(names) if name in found]
    missing = len(set(names) - set(found))
    if missing:
        lines.append(
            ngettext("%(count)d paper that is not here", "%(count)d papers that are not here", missing) % {"count": missing}
        )
    return tuple(lines)


def _troubles() -> dict[str, str]:
    return {
        "encrypted": _("The file is locked with a password, so it cannot be read. Our papers have none."),
        "broken": _("The file is damaged: it cannot be read as a PDF."),
        "long": _("The file has more pages than are compared."),
        "limits": _("The file asks for more time or memory than a paper of ours needs, so it was not read to the end."),
    }


def _manifest(text: str | None) -> dict[str, Any] | None:
    """Return an embedded manifest, None for what is none. Anybody can write one: it only says where to look."""
    try:
        found = json.loads(text or "")
        named = found["snapshot"]["sha256"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(named, str) or not SHA256.fullmatch(named):
        return None
    release = found.get("release")
    plain = isinstance(release, str) and len(release) <= 20 and release.isprintable()
    tables = {key: found.get(key) for key in ("engine", "templates", "styles")}
    known = {key: value if isinstance(value, dict) else {} for key, value in tables.items()}
    return {**known, "release": release if plain else "", "snapshot": named, "fonts": found.get("fonts")}


def _against_snapshot(file: Path, sha256: str, manifest: dict[str, Any], by: User, most_rendered: int | None) -> Verdict:
    """Compare a file with the paper that its manifest names."""
    drafts = Draft.objects.visible_to(by).filter(snapshot=manifest["snapshot"])
    draft = _newest(drafts.filter(state=DraftState.READY.value, release=manifest["release"])) or _newest(drafts)
    if draft is None:
        said = _(
            "It says that it was made from a snapshot that is not here: %(sha)s. "
            "It may be of another installation, or of a case of others."
        )
        return Verdict(Kind.UNKNOWN, said % {"sha": manifest["snapshot"][:16]})
    ours, remarks, made_with = _reference(draft, most_rendered)
    if ours is None:
        said = _("It names a paper of ours whose file is gone. Make that paper again, then compare.")
        return Verdict(Kind.UNKNOWN, said, remarks, draft=draft)
    if hashlib.sha256(ours).hexdigest() == sha256:
        return Verdict(Kind.IDENTICAL, exactly(draft), remarks, draft=draft)
    other = differences(manifest, made_with)
    if other:
        told = _("It says that it was made with other things than the paper it is compared with: %(what)s.")
        remarks = (*remarks, told % {"what": ", ".join("".join(filter(str.isprintable, name))[:60] for name in other[:8])})
    reference = file.with_name("ours.pdf")
    reference.write_bytes(ours)
    found = _asked(file, reference)
    if "trouble" in found:
        return Verdict(Kind.UNKNOWN, _troubles()[found["trouble"]], remarks, draft=draft)
    pages = tuple(page_differences(*found["marks"]))
    was = (
        _("It says that it is our paper, but it was changed: %(paper)s.")
        if pages
        else _("Every page reads and looks like %(paper)s, but the file is not the same: something beside the pages was changed.")
    )
    paper = named(draft)
    if draft.approved_version:
        paper = _("%(paper)s, version %(version)d") % {"paper": paper, "version": draft.approved_version}
    return Verdict(Kind.CHANGED, was % {"paper": paper}, remarks, pages, draft)


def _reference(draft: Draft, most_rendered: int | None) -> tuple[bytes | None, tuple[str, ...], dict[str, Any]]:
    """Return our own bytes of a paper, what to say of them, and what they were made with: the stored file, or rendered again."""
    try:
        with paper_storage().open(str(draft.file.name)) as stored:
            content = stored.read() if draft.file else b""
        if hashlib.sha256(content).hexdigest() == draft.file_sha256:
            return content, (), draft.manifest.get("paper", {})
        remark = _("Our stored file of it is damaged, so the paper was rendered again from its snapshot.")
    except (FileNotFoundError, ValueError, OSError):
        remark = _("Our stored file of it is gone, so the paper was rendered again from its snapshot.")
    if most_rendered is not None and draft.pages > most_rendered:
        return None, (_("It has %(count)d pages, too many to render again here.") % {"count": draft.pages},), {}
    assert draft.snapshot is not None, "found by its snapshot"
    try:
        rendered = render(draft.snapshot.content, release=settings.RELEASE, files=stored_pdf)
    except (PaperRefused, PaperBroken) as refusal:
        return None, (str(refusal),), {}
    if draft.release and draft.release != settings.RELEASE:
        told = _("It was made by release %(then)s; this is release %(now)s, so the bytes differ and only pages can be compared.")
        remark = f"{remark} {told % {'then': draft.release, 'now': settings.RELEASE}}"
    return rendered.pdf, (remark,), rendered.manifest


def page_differences(theirs: list[list[str]], ours: list[list[str]]) -> list[PageDifference]:
    """Return which pages differ, given (mark of the words, mark of the picture) for each: a page put in moves no other."""
    found: list[PageDifference] = []
    steps = SequenceMatcher(None, [tuple(page) for page in ours], [tuple(page) for page in theirs], autojunk=False)
    for tag, a, b, c, d in steps.get_opcodes():
        if tag == "equal":
            continue
        both = min(b - a, d - c)
        for place in range(both):
            how = "look" if ours[a + place][0] == theirs[c + place][0] else "words"
            found.append(PageDifference(c + place + 1, how))
        found += [PageDifference(number + 1, "added") for number in range(c + both, d)]
        found += [PageDifference(number + 1, "missing") for number in range(a + both, b)]
    return found


def _asked(*files: Path) -> dict[str, Any]:
    """Ask the process that looks into files; a process that dies or takes too long is trouble by itself."""
    command = [sys.executable, "-m", "discovery.papers.comparing", *map(str, files)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, cwd=settings.BASE_DIR, check=True)  # noqa: S603 - our own
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"trouble": "limits"}
    return found


def _newest(drafts: Any) -> Draft | None:
    """Return the draft that says most: approved before not approved, then the one that was made first."""
    found: Draft | None = drafts.select_related("snapshot", "case", "demand").order_by("-approved_version", "pk").first()
    return found


def named(draft: Draft) -> str:
    """Return what a paper is called in a sentence: "Subpoena package ... to Meta Platforms, Inc., Musk v. Altman"."""
    return f"{draft.get_paper_display()}, {draft.about}, {draft.case.name}"


def exactly(draft: Draft) -> str:
    """Return the sentence for a file whose every byte is ours."""
    approval = approval_of(draft)
    facts = {"paper": named(draft), "number": draft.pk, "day": date_format(localtime(draft.queued_at), "DATE_FORMAT")}
    if approval:
        told = _("This is exactly what was approved as version %(version)d on %(on)s by %(by)s: %(paper)s.")
        return told % {**facts, "version": approval["version"], "on": approval["on"], "by": approval["by"]}
    if draft.approved_version:
        told = _("This is exactly the paper of approved version %(version)d: %(paper)s.")
        return told % {**facts, "version": draft.approved_version}
    if draft.manifest.get("paper", {}).get("final", True):
        return _("This is exactly paper number %(number)d, made on %(day)s: %(paper)s.") % facts
    return _("This is exactly draft number %(number)d, made on %(day)s: %(paper)s. It was not approved.") % facts
