"""Checks on the sets that one party serves on another: what the paper must hold, and what a court's own rules forbid in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.checks.facts import Facts
from discovery.domain.checks.registry import PARTY_SETS, Said, check
from discovery.domain.checks.texts import named, places_of
from discovery.domain.checks.wording import terms_of_label
from discovery.domain.composing.requests import days_to_answer, must_state_time, over_the_limit, stands_alone
from discovery.enums import DemandKind, DemandStatus, Severity
from discovery.law.interrogatories import subparts

COUNTED = frozenset({DemandKind.ROG, DemandKind.RFA})


@check("set.no-requests", Severity.REFUSE, "Fed. R. Civ. P. 33(a), 34(b)(1)(A), 36(a)(1)", PARTY_SETS)
def asks_for_something(facts: Facts) -> Iterator[Said]:
    """A set without a request asks for nothing."""
    if _drafted(facts) and not facts.requests:
        yield Said(_("The set holds no request."), _("Write or paste its requests."))


@check("set.no-attorney", Severity.REFUSE, "Fed. R. Civ. P. 26(g)(1)", PARTY_SETS)
def has_an_attorney(facts: Facts) -> Iterator[Said]:
    """Every request is signed by an attorney of record; nobody has to answer one that is not, Rule 26(g)(2)."""
    if _drafted(facts) and facts.demand.attorney is None:
        yield Said(_("Nobody is named who signs it."), _("Name the attorney of record on the page of the paper."), "attorney")


@check("set.no-preface", Severity.WARN, "Cal. Code Civ. Proc. 2030.060(d), 2033.060(d)", COUNTED)
def stands_without_preface(facts: Facts) -> Iterator[Said]:
    """California: each is full and complete in itself, without preface or instruction (expert knowledge, verify)."""
    if _drafted(facts) and facts.instructions and stands_alone(facts.demand):
        yield Said(
            _("This court lets no instruction stand before such requests; the set has %(count)d.")
            % {"count": len(facts.instructions)},
            _("Take the instructions out, or write what is needed into each request."),
            places=places_of(facts.instructions),
        )


@check("set.capitals", Severity.WARN, "Cal. Code Civ. Proc. 2030.060(e), 2033.060(e)", COUNTED)
def defined_terms_are_capitals(facts: Facts) -> Iterator[Said]:
    """California: a term that the set defines is typed in capitals wherever it appears (confirmed, text of both sections)."""
    if not (_drafted(facts) and stands_alone(facts.demand)):
        return
    terms = [term for definition in facts.definitions for term in terms_of_label(definition.label)]
    marks = [re.compile(rf"\b{re.escape(term)}\b", re.IGNORECASE) for term in terms]
    small = [text for text in facts.requests if any(_typed_small(text.words.text, mark) for mark in marks)]
    if small:
        yield Said(
            _("Terms that the set defines are not in capitals here: %(which)s.")
            % {"which": ", ".join(named(text) for text in small)},
            _("Type each defined term in capitals wherever it appears: YOU, DOCUMENT."),
            places=places_of(small),
        )


@check("set.subparts", Severity.WARN, "Cal. Code Civ. Proc. 2030.060(f), 2033.060(f)", COUNTED)
def has_no_subparts(facts: Facts) -> Iterator[Said]:
    """California: no subparts, and no compound, conjunctive or disjunctive request (forms.md section 3; rules.md section 3)."""
    several = (
        [text for text in facts.requests if subparts(text.words.text) > 1] if _drafted(facts) and stands_alone(facts.demand) else []
    )
    if several:
        yield Said(
            _("These have subparts or ask several things: %(which)s.") % {"which": ", ".join(named(text) for text in several)},
            _("Ask each thing in a request of its own."),
            places=places_of(several),
        )


@check("set.necessity", Severity.WARN, "Cal. Code Civ. Proc. 2030.050, 2033.050", COUNTED)
def says_why_so_many(facts: Facts) -> Iterator[Said]:
    """California: above 35 the set carries a declaration, which says why so many are needed."""
    earlier = over_the_limit(facts.demand, len(facts.requests)) if _drafted(facts) else None
    if earlier is not None and not facts.demand.necessity.strip():
        yield Said(
            _("With %(earlier)d asked before, these %(count)d are above the limit; the declaration does not say why.")
            % {"earlier": earlier, "count": len(facts.requests)},
            _("Give the reasons on the page of the paper: complexity, expedience, or the burden of asking otherwise."),
            "necessity",
        )


@check("set.time", Severity.WARN, "CPLR 3120(2)", PARTY_SETS)
def states_its_time(facts: Facts) -> Iterator[Said]:
    """New York: the notice itself states day and hour, not less than twenty days after its service."""
    demand = facts.demand
    if not _drafted(facts) or not must_state_time(demand):
        return
    if demand.due_at is None:
        yield Said(_("The notice states no day and hour; blanks are printed."), _("State both on the page of the paper."), "due_at")
        return
    days = days_to_answer(demand)
    stated = demand.due_at.astimezone(demand.case.court.zone).date()
    start = demand.dated or facts.law.today(facts.now)
    if days is not None and stated < start + timedelta(days=days):
        yield Said(
            _("%(day)s is less than %(days)d days after the notice.") % {"day": formats.date_format(stated), "days": days},
            _("State a later day; service by mail takes more days still."),
            "due_at",
        )


def _typed_small(text: str, term: re.Pattern[str]) -> bool:
    """Whether a text uses a term as a term, with a capital letter, but not in capitals throughout."""
    found = (match[0] for match in term.finditer(text))
    return any(word[:1].isupper() and not word.isupper() for word in found)


def _drafted(facts: Facts) -> bool:
    """Whether the paper is still being written here: one that was served, or made elsewhere, is as it is."""
    return facts.demand.status in {DemandStatus.DRAFT, DemandStatus.IN_REVIEW}
