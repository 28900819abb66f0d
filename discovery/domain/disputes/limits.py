"""What a joint letter or motion is held against: its format, its page limit, and what the pages of its newest PDF came to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.enums import CourtKind, DisputeKind, Side
from discovery.law.formats import LetterFormat, format_for, letter_format
from discovery.law.motions import MotionRules, motion_rules
from discovery.models import Case, Court, Dispute


def format_of_case(case: Case) -> LetterFormat:
    """Return the format in which a case's joint letters begin: the one it names, else its judges', else the plain one."""
    if case.letter_format:
        try:
            return letter_format(case.letter_format)
        except LookupError:
            pass  # a format of an older release: the judge's own is asked for again
    return format_for(case.court.short_name, (case.magistrate_judge, case.judge))


def format_of(dispute: Dispute) -> LetterFormat:
    """Return the format of a joint letter: its own, else that of its case."""
    if dispute.format:
        try:
            return letter_format(dispute.format)
        except LookupError:
            pass
    return format_of_case(dispute.case)


def motion_rules_of(court: Court) -> MotionRules | None:
    """Return what a court's rules ask of a motion to compel; None where they are not recorded."""
    if court.kind == CourtKind.FEDERAL_DISTRICT and not court.rule_set:
        return motion_rules("FRCP")
    return motion_rules(court.rule_set)


def limit_of(dispute: Dispute) -> int | None:
    """Return the page limit of a joint letter: its own, else the case's, else the format's; None where there is none.

    A motion to compel of ours has its own, else that of its court's rules (law.motions): CRC 3.1113(d), 15 pages.
    """
    if dispute.kind == DisputeKind.MOTION_TO_COMPEL and dispute.side == Side.OURS:
        rules = motion_rules_of(dispute.case.court)
        return dispute.page_limit or (rules.pages if rules is not None else 0) or None
    if dispute.kind != DisputeKind.JOINT_LETTER:
        return None
    return dispute.page_limit or dispute.case.letter_pages or format_of(dispute).pages or None


def over_the_limit(measured: dict[str, Any]) -> str:
    """Return the sentence that says by how much a finished letter is over its limit; '' when it is not (check 18)."""
    lines, pages = measured.get("over_lines", 0), measured.get("over_pages", 0)
    if not pages:
        return ""
    told = ngettext("over the limit by %(n)d line", "over the limit by %(n)d lines", lines) % {"n": lines}
    return _("%(pages)d pages count, %(limit)d are allowed: %(told)s.") % {
        "pages": measured["pages"],
        "limit": measured["limit"],
        "told": told,
    }


def page_words(measured: dict[str, Any]) -> str:
    """Return what a finished letter came to: "4 of 5 pages", or by how many lines it is over the limit."""
    if not measured:
        return ""
    if not measured["limit"]:
        return ngettext("%(n)d page counts", "%(n)d pages count", measured["pages"]) % {"n": measured["pages"]}
    over = over_the_limit(measured)
    return over or _("%(pages)d of %(limit)d pages") % {"pages": measured["pages"], "limit": measured["limit"]}


def unequal(measured: dict[str, Any]) -> str:
    """Return what to say of statements that are not of equal length, where the format asks for that; '' else.

    Advice: nobody can say how exact "equal" is. A tenth of the longer one passes.
    """
    ours, theirs = measured.get("ours_lines", 0), measured.get("theirs_lines", 0)
    if not measured.get("equal") or abs(ours - theirs) * 10 <= max(ours, theirs):
        return ""
    return _("The statements should be of equal length: ours has %(ours)d lines, theirs %(theirs)d.") % {
        "ours": ours,
        "theirs": theirs,
    }
