"""Every paper of a case in a folder: each as PDF, as Word where there is such a file, and its manifest beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models

from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.drafts.bell import working_here
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.drafts.reading_back import read_back
from discovery.domain.drafts.word_files import word_of
from discovery.domain.errors import Refused
from discovery.enums import DraftState
from discovery.models import Case, Draft
from discovery.models.drafts import paper_storage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ROOM = 90
"""Characters of a file's name before its ending: what every file system and archive takes."""


@dataclass(frozen=True, slots=True)
class Export:
    """What became of one paper: the files that were written, or why it was refused (its row lacks something), or why it failed.

    `no_word`: why there is no Word file among them.
    """

    what: str
    files: tuple[Path, ...] = ()
    no_word: str = ""
    refused: str = ""
    failed: str = ""


def export_papers(cases: list[Case], folder: Path, *, by: User) -> Iterator[Export]:
    """Make every paper that a row of these cases can have, in this process, and write it into `folder`; tell each as it is done."""
    taken: set[str] = set()
    for case in cases:
        prefix = f"{_plain(case.docket_number or case.name)}-" if len(cases) > 1 else ""
        for paper, composer in COMPOSERS.items():
            for row in composer.rows_of_case(case, by):
                yield _export(row, paper, prefix, folder, taken, by)


def _export(row: models.Model, paper: str, prefix: str, folder: Path, taken: set[str], by: User) -> Export:
    what = f"{paper} of {row}"
    with working_here():
        try:
            draft = request_draft(row, paper, by=by)
        except Refused as refusal:
            return Export(what, refused=str(refusal))
        render_draft(draft.pk)
    draft.refresh_from_db()
    if draft.state != DraftState.READY:
        return Export(what, failed=draft.error or draft.get_state_display())
    read_back(draft.pk)
    draft.refresh_from_db()
    stem = _free(f"{prefix}{_plain(draft.download_name().removesuffix('.pdf'))}"[:ROOM].rstrip("-"), taken)
    files = [_written(folder / f"{stem}.pdf", _stored(str(draft.file.name)))]
    no_word = ""
    try:
        files.append(_written(folder / f"{stem}.docx", _stored(str(word_of(draft).word_file.name))))
    except Refused as refusal:
        no_word = str(refusal)
    beside = json.dumps(manifest_beside(draft, no_word), sort_keys=True, indent=2, ensure_ascii=False)
    files.append(_written(folder / f"{stem}.manifest.json", f"{beside}\n".encode()))
    return Export(what, tuple(files), no_word)


def manifest_beside(draft: Draft, no_word: str = "") -> dict[str, Any]:
    """Return what is written beside a paper: the manifest with who and when, its Word file, and the report on its accessibility."""
    word = {"none": no_word} if no_word else {"sha256": draft.word_sha256, "bytes": draft.word_size}
    return {**draft.manifest, "word": word, "accessibility": draft.report}


def _stored(name: str) -> bytes:
    with paper_storage().open(name) as file:
        return bytes(file.read())


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _plain(name: str) -> str:
    """Return a name that any file system takes: letters, digits, dots and single hyphens."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.]+", "-", name)).strip("-.")


def _free(wanted: str, taken: set[str]) -> str:
    """Return a name that no paper of this folder has yet, whatever a file system makes of capitals."""
    name, count = wanted, 1
    while name.casefold() in taken:
        count += 1
        name = f"{wanted}-{count}"
    taken.add(name.casefold())
    return name
