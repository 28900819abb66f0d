"""The opening summary of argument that a long memorandum must have: what a person wrote as one, and whether one is missing.

It is written in the introduction, as a paragraph that begins with "*Summary of argument.*", and runs until the next paragraph that
begins with a title of its own. Nothing is taken for a summary that nobody called so.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from discovery.domain.disputes.limits import motion_rules_of
from discovery.enums import DisputeKind, Side
from discovery.law.motions import MotionRules
from discovery.models import Dispute

TITLE = "*Summary of argument.*"
_SUMMARY = re.compile(r"[ \t]*\*[ \t]*summary of (?:the )?argument[ \t]*[.:]?[ \t]*\*[ \t]*[.:]?[ \t]*", re.IGNORECASE)
_TITLED = re.compile(r"[ \t]*\*[^*]+\*")


def summary_apart(introduction: str) -> tuple[str, str]:
    """Return the summary of argument in an introduction, without its title, and what stands beside it; each "" for none."""
    summary: list[str] = []
    rest: list[str] = []
    into, found = rest, False
    for line in introduction.splitlines():
        begins = _SUMMARY.match(line) if not found else None
        if begins is not None:
            into, found = summary, True
            into.append(line[begins.end() :])
            continue
        if into is summary and _TITLED.match(line):
            into = rest
        into.append(line)
    return "\n".join(summary).strip(), "\n".join(rest).strip()


def wants_summary(dispute: Dispute) -> MotionRules | None:
    """Return the rules under which a motion of ours must open with a summary once it is long; None where none are recorded."""
    if dispute.kind != DisputeKind.MOTION_TO_COMPEL or dispute.side != Side.OURS:
        return None
    rules = motion_rules_of(dispute.case.court)
    return rules if rules is not None and rules.summary_over else None


def lacks_summary(dispute: Dispute, measured: dict[str, Any]) -> str:
    """Return what to do about a finished memorandum that is so long that it needs a summary and has none; "" for nothing."""
    rules = wants_summary(dispute)
    if rules is None or measured["pages"] <= rules.summary_over or summary_apart(dispute.introduction)[0]:
        return ""
    return _(
        "%(pages)d pages count. A memorandum of more than %(most)d must open with a summary of argument, %(rule)s: begin a "
        "paragraph of the introduction with %(title)s."
    ) % {"pages": measured["pages"], "most": rules.summary_over, "rule": rules.summary_rule, "title": TITLE}
