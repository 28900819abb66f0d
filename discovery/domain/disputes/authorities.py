"""Deciding what a motion's table of authorities lists: what was found is corrected, left out or added to while it is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.composing.authorities import Listing, listing_of
from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.disputes.disputing import locked_draft
from discovery.domain.disputes.readiness import own_paper
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.enums import Act, AuthorityGroup, PaperKind
from discovery.law.paper_styles import PLAIN, paper_style
from discovery.models import Authority, Dispute, Draft
from discovery.papers.dispute_papers import OutlinePaper

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WITH_TABLE = (PaperKind.MOTION_OUTLINE.value, PaperKind.MEMORANDUM.value)
"""The papers that have a table of authorities when they come out long."""


def authorities_of(dispute: Dispute) -> Listing | None:
    """Return what a motion of ours cites in its present words; None for what has no such table, or cannot be composed yet."""
    paper = _composed(dispute)
    if paper is None:
        return None
    return listing_of(paper.before, paper.requests, paper.after, list(dispute.authorities.all()))


def authorities_advice(dispute: Dispute, listing: Listing | None, draft: Draft | None) -> str:
    """Return what to say of a long paper that cites and lists nothing; '' else.

    Civ. L.R. 7-4(a)(2), Cal. Rules of Court, rule 3.1113(f): beyond so many pages there is a table of authorities.
    """
    if listing is None or draft is None or not (listing.lines or listing.unsure) or listing.in_table:
        return ""
    over = paper_style(dispute.case.court.paper_style or PLAIN).contents_over
    pages = draft.measured.get("pages", 0)
    if not over or pages <= over:
        return ""
    return _(
        "The text has %(pages)d pages and cites authorities, but its table lists none; beyond %(over)d pages a table of "
        "authorities is asked for. List at least one below."
    ) % {"pages": pages, "over": over}


@verb
def list_authority(dispute: Dispute, words: str, *, listed: str, group: str, by: User) -> Authority:
    """List what these words of a draft cite as given: a correction of what was found, or an addition.

    Raises Refused for a dispute that is no draft, words that its text does not contain, an empty form, an unknown group.
    """
    locked = locked_draft(dispute)
    words, listed = " ".join(words.split()), " ".join(listed.split())
    if not listed:
        raise Refused(_("Write how the table is to list it."), field="listed")
    if group not in set(AuthorityGroup):
        raise Refused(_("Choose the group under which it stands."), field="group")
    _must_stand_there(locked, words)
    row = _row(locked, words)
    row.listed, row.group, row.left_out = listed, group, False
    return _stored(row, locked, Act.AUTHORITY_LISTED, by=by)


@verb
def leave_out_authority(dispute: Dispute, words: str, *, by: User) -> Authority:
    """Leave what these words cite out of the table of a draft; what was corrected before stays for when it comes back.

    Raises Refused for a dispute that is no draft, and words that its list does not name.
    """
    locked = locked_draft(dispute)
    found = authorities_of(locked)
    line = next((one for one in found.lines if one.words == words), None) if found is not None else None
    if line is None:
        raise Refused(_("This is not in the list any more. Load the page again."))
    row = _row(locked, words)
    row.listed, row.group, row.left_out = line.listed, line.group, True
    return _stored(row, locked, Act.AUTHORITY_LEFT_OUT, by=by)


@verb
def forget_authority(dispute: Dispute, words: str, *, by: User) -> Dispute:
    """Take a decision about the list back: what was found is listed as found, what was added is gone.

    Raises Refused for a dispute that is no draft, and where nothing was decided.
    """
    locked = locked_draft(dispute)
    row = Authority.objects.filter(dispute=locked, words=words).first()
    if row is None:
        raise Refused(_("Nothing was decided about this. Load the page again."))
    row.delete()
    _record(Act.AUTHORITY_AS_FOUND, locked, words, by=by)
    return locked


def _composed(dispute: Dispute) -> OutlinePaper | None:
    kind = own_paper(dispute)
    if kind not in WITH_TABLE:
        return None
    try:
        paper = COMPOSERS[kind].compose(dispute, kind)
    except Refused:
        return None  # its page says what is missing first
    return paper if isinstance(paper, OutlinePaper) else None


def _must_stand_there(dispute: Dispute, words: str) -> None:
    if not words:
        raise Refused(_("Write the words with which the text cites it."), field="words")
    paper = _composed(dispute)
    if paper is None:
        raise Refused(_("This has no table of authorities, or its paper cannot be made yet: its page says what is missing."))
    probe = Authority(words=words, group=AuthorityGroup.OTHER.value, listed=words)
    found = listing_of(paper.before, paper.requests, paper.after, [probe])
    if not any(one.words == words and one.cited for one in found.lines):
        raise Refused(_("These words do not stand in the text. Copy them from there, just as they are written."), field="words")


def _row(dispute: Dispute, words: str) -> Authority:
    return Authority.objects.filter(dispute=dispute, words=words).first() or Authority(dispute=dispute, words=words)


def _stored(row: Authority, dispute: Dispute, act: Act, *, by: User) -> Authority:
    all_printable(row)
    row.decided_by = by
    row.full_clean(exclude=["dispute", "decided_by"])
    row.revision += row.pk is not None
    row.save()
    _record(act, dispute, row.listed, by=by)
    return row


def _record(act: Act, dispute: Dispute, what: str, *, by: User) -> None:
    # No new revision: what somebody is writing in the form of this dispute at the same time is not touched by it.
    dispute.changed_at = timezone.now()
    dispute.save(update_fields=["changed_at"])
    record(act, dispute, case=dispute.case, by=by, summary=lambda: str(dispute), details={"authority": what})
