"""What to look at in a response before it goes out, or when it came in. These advise and never refuse (law 9); each cites its rule.

law/rules.md section 4, nos. 10 to 13: withholding not said, no verification, general objections alone, admissions left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.number_ranges import ranges
from discovery.enums import SUBPOENAS, AnswerKind, DemandKind, Severity, Withholding
from discovery.models import Demand, RequestResponse, Response

BOILERPLATE = re.compile(
    r"\bsubject to\b[^.]{0,80}?\bwithout waiv(?:ing|er)\b|\bwithout waiv(?:ing|er)\b[^.]{0,80}?\bsubject to\b|"
    r"\b(?:subject to|without waiv(?:ing|er)(?: of)?)\s+(?:(?:these|the|its|his|her|their|said|any|foregoing|above|general)\s+)+"
    r"objections?\b",
    re.IGNORECASE,
)
GENERAL = re.compile(r"\bgeneral objections?\b", re.IGNORECASE)
WITHHOLDING = (DemandKind.RFP.value, DemandKind.SUBPOENA_DOCUMENTS.value)
REASONS = {
    DemandKind.RFP.value: "Rule 34(b)(2)(B)",
    DemandKind.ROG.value: "Rule 33(b)(4)",
    DemandKind.RFA.value: "Rule 36(a)(5)",
    DemandKind.SUBPOENA_DOCUMENTS.value: "Rule 45(d)(2)(B)",
    # Testimony is resisted by motion; the 14 days of Rule 45(d)(2)(B) are for documents (rules.md section 1, SUBP_DEPO).
    DemandKind.SUBPOENA_DEPOSITION.value: "Rule 45(d)(3)",
    DemandKind.SUBPOENA_TRIAL.value: "Rule 45(d)(3)",
    DemandKind.DEPOSITION.value: "Rule 26(c)(1)",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says of a response: its weight, the words, how to mend it, the rule, and which requests ("" for the whole)."""

    id: str
    severity: Severity
    said: str
    mend: str
    rule: str
    numbers: tuple[int, ...] = ()

    @property
    def about(self) -> str:
        """The requests as papers cite them: "1-3, 5"; "" for the response as a whole."""
        return ranges(self.numbers)


def remarks_on(response: Response, answers: Sequence[tuple[int, RequestResponse | None]], *, oath: str) -> list[Remark]:
    """Return what there is to say of a response, warnings first; no query.

    `answers` are by request number, None where nothing is recorded, with their objections prefetched; `oath` is the rule under
    which such answers are verified in this court, "" where none wants it (`answers.oath_rule`).
    """
    demand, whole = response.demand, list(_of_the_whole(response, answers, oath=oath))
    found: dict[str, list[int]] = {}
    for number, answer in answers:
        for name in _of_one(answer, demand.kind):
            found.setdefault(name, []).append(number)
    remarks = [*whole, *(_remark(name, tuple(numbers), demand) for name, numbers in found.items())]
    return sorted(remarks, key=lambda one: one.severity == Severity.NOTE)


def remarks_on_request(remarks: Iterable[Remark], number: int) -> list[Remark]:
    """Return those that speak of one request."""
    return [one for one in remarks if number in one.numbers]


def _of_one(answer: RequestResponse | None, kind: str) -> Iterator[str]:
    if answer is None or answer.kind == AnswerKind.SILENT:
        yield "unanswered"
        return
    objections = list(answer.objections.all())
    words = "\n".join([answer.text, answer.will_produce, *(one.reason for one in objections)])
    if BOILERPLATE.search(words):
        yield "boilerplate"
    if GENERAL.search(answer.text) and not objections:
        yield "general-reference"
    if answer.kind == AnswerKind.OBJECTION and not objections:
        yield "no-ground"
    if objections and answer.withheld == Withholding.NOT_SAID and kind in WITHHOLDING:
        yield "withholding"
    if any(not one.reason.strip() for one in objections):
        yield "no-reason"
    if answer.kind in {AnswerKind.PRODUCE, AnswerKind.PARTIAL} and answer.produce_by is None and kind == DemandKind.RFP:
        yield "no-date"


def _of_the_whole(response: Response, answers: Sequence[tuple[int, RequestResponse | None]], *, oath: str) -> Iterator[Remark]:
    made = [one for _number, answer in answers if answer is not None for one in answer.objections.all()]
    if response.general_objections.strip():
        yield Remark(
            "general-objections",
            Severity.NOTE if made else Severity.WARN,
            _("The response makes general objections.") if made else _("The response makes general objections and no other."),
            _("State each objection at the request it belongs to, with its reason; general objections alone preserve little."),
            REASONS[response.demand.kind],
        )
    kinds = {answer.kind for _number, answer in answers if answer is not None} - {AnswerKind.SILENT.value}
    only = response.objections_only or kinds == {AnswerKind.OBJECTION.value}
    if oath and not only and kinds and response.verified_on is None:
        yield Remark(
            "verification",
            Severity.WARN,
            _("The verification is missing."),
            _("Record it with the day on which the answers were sworn to. Unsworn answers are no answers."),
            oath,
        )


def _remark(name: str, numbers: tuple[int, ...], demand: Demand) -> Remark:
    count, non_party = len(numbers), demand.kind in SUBPOENAS
    if name == "withholding":
        return _withholding(numbers, non_party=non_party)
    if name == "unanswered":
        return _unanswered(numbers, demand)
    words = {
        "boilerplate": (
            ngettext(
                "%(n)d answer is “subject to and without waiving” objections.",
                "%(n)d answers are “subject to and without waiving” objections.",
                count,
            ),
            _("Say what is answered in full, and what is withheld on which objection."),
            "Rule 34(b)(2)(B)-(C)" if demand.kind in WITHHOLDING else REASONS[demand.kind],
        ),
        "general-reference": (
            ngettext("%(n)d answer rests on general objections.", "%(n)d answers rest on general objections.", count),
            _("Name the ground at the request, and its reason."),
            REASONS[demand.kind],
        ),
        "no-ground": (
            ngettext("%(n)d objection has no ground.", "%(n)d objections have no ground.", count),
            _("Choose the ground and give the reason."),
            REASONS[demand.kind],
        ),
        "no-reason": (
            ngettext("%(n)d answer objects without a reason.", "%(n)d answers object without a reason.", count),
            _("Say why: what is burdensome, how much, compared with what."),
            REASONS[demand.kind],
        ),
        "no-date": (
            ngettext(
                "%(n)d answer will produce, but does not say by when.", "%(n)d answers will produce, but do not say by when.", count
            ),
            _("Production is due at the time the request names, or at another reasonable time that the response names."),
            "Rule 34(b)(2)(B)",
        ),
    }[name]
    severity = Severity.NOTE if name == "no-date" else Severity.WARN
    return Remark(name, severity, words[0] % {"n": count}, words[1], words[2], numbers)


def _withholding(numbers: tuple[int, ...], *, non_party: bool) -> Remark:
    count = len(numbers)
    said = ngettext(
        "%(n)d objection does not say whether anything is withheld.",
        "%(n)d objections do not say whether anything is withheld.",
        count,
    ) % {"n": count}
    if non_party:  # Rule 34(b)(2)(C) binds parties; Rule 45(d)(2)(B) asks a non-party for written objections only
        mend = _("Good practice for a non-party, though Rule 45(d)(2)(B) does not ask for it.")
        return Remark("withholding", Severity.NOTE, said, mend, "Rule 45(d)(2)(B)", numbers)
    mend = _("State whether anything is withheld on the basis of the objection: yes or no.")
    return Remark("withholding", Severity.WARN, said, mend, "Rule 34(b)(2)(C)", numbers)


def _unanswered(numbers: tuple[int, ...], demand: Demand) -> Remark:
    said = ngettext("%(n)d request is not answered.", "%(n)d requests are not answered.", len(numbers)) % {"n": len(numbers)}
    if demand.kind == DemandKind.RFA:
        mend = _("A matter is admitted unless it is answered in time.")
        return Remark("unanswered", Severity.WARN, said, mend, "Rule 36(a)(3)", numbers)
    rule = {DemandKind.ROG.value: "Rule 33(b)(3)", DemandKind.RFP.value: "Rule 34(b)(2)(B)"}.get(demand.kind, REASONS[demand.kind])
    return Remark("unanswered", Severity.WARN, said, _("Answer or object to each request."), rule, numbers)
