"""A response as its screen shows it: every request with what is said to it, its versions, and what the checks say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from discovery.domain.answers.by_request import is_ours, oath_rule
from discovery.domain.answers.checks import Remark, remarks_on, remarks_on_request
from discovery.domain.answers.objections import Offered, offered
from discovery.domain.answers.words import said
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.redline import Piece, redline
from discovery.domain.service.rows import served_texts
from discovery.enums import AnswerKind, ClauseKind, Ground, ResponseStatus, Withholding
from discovery.models import Clause, RequestResponse, RequestRow, Response

ICONS = {
    AnswerKind.PRODUCE.value: "check-circle",
    AnswerKind.PARTIAL.value: "circle-half",
    AnswerKind.OBJECTION.value: "sign-stop",
    AnswerKind.NONE_EXIST.value: "dash-circle",
    AnswerKind.ANSWERED.value: "check-circle",
    AnswerKind.RECORDS.value: "folder",
    AnswerKind.ADMIT.value: "check-circle",
    AnswerKind.QUALIFIED.value: "circle-half",
    AnswerKind.DENY.value: "x-circle",
    AnswerKind.LACKS_KNOWLEDGE.value: "question-circle",
    AnswerKind.SILENT.value: "circle",
}
SHEETS = (
    "demand__case__court",
    "demand__request_set__propounded_by",
    "demand__responding_party__person",
    "demand__approved_version",
    "signer__attorney",
    "paper",
    "verification",
)
"""What the screen reads of a response, in one query."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What an answer says otherwise than the version before: which part, and how it reads now with what it was."""

    part: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Line:
    """A request in the list: its number, label and frozen words, the answer if there is one, and the version before."""

    number: int
    heading: str
    label: str
    text: str
    answer: RequestResponse | None
    earlier: RequestResponse | None
    compared: bool
    remarks: list[Remark]

    @property
    def kind(self) -> str:
        """The word of the answer."""
        return self.answer.kind if self.answer is not None else AnswerKind.SILENT.value

    @property
    def icon(self) -> str:
        """The icon of the answer's kind."""
        return ICONS[self.kind]

    @property
    def word(self) -> str:
        """What the icon means."""
        return _(AnswerKind(self.kind).label)

    @property
    def answered(self) -> bool:
        """Whether anything is said."""
        return self.kind != AnswerKind.SILENT

    @property
    def objections(self) -> int:
        """How many objections the answer makes."""
        return len(self.answer.objections.all()) if self.answer is not None else 0

    @property
    def changed(self) -> bool:
        """Whether it says something else than the version before."""
        return self.compared and _without_note(self.answer) != _without_note(self.earlier)

    def differences(self) -> list[Difference]:
        """Return, part by part, what it says otherwise than the version before."""
        before, now = spoken(self.earlier), spoken(self.answer)
        if not self.changed:
            return []
        return [Difference(part, redline(before.get(part, ""), now[part])) for part in now if before.get(part, "") != now[part]]


class Sheet:
    """Everything about one response, in a number of queries that does not depend on how many requests there are."""

    def __init__(self, response: Response, *, may_edit: bool) -> None:
        self.response, self.demand, self.may_edit = response, response.demand, may_edit
        self.ours = is_ours(self.demand)
        self.law = CourtLaw(self.demand.case.court)
        self.sworn = oath_rule(self.demand, self.law, response.served_on)

    @property
    def draft(self) -> bool:
        """Whether it is our response and not served yet."""
        return self.response.status == ResponseStatus.DRAFT

    @property
    def editable(self) -> bool:
        """Whether the user may write its answers: ours while a draft, theirs as our record of it."""
        return self.may_edit and (self.draft or not self.ours)

    def writes(self, line: Line) -> bool:
        """Whether the user may write the answer to this request: of ours, served on a paper made elsewhere, once."""
        return self.editable or (self.may_edit and line.answer is None)

    @cached_property
    def versions(self) -> list[Response]:
        """All responses to the demand, in their order."""
        return list(Response.objects.filter(demand=self.demand).order_by("number"))

    @cached_property
    def earlier(self) -> Response | None:
        """The served version before this one."""
        before = [one for one in self.versions if one.status == ResponseStatus.SERVED and one.number < self.response.number]
        return before[-1] if before else None

    @cached_property
    def offered(self) -> list[Offered]:
        """The library's objections for this demand."""
        clauses = Clause.objects.filter(kind=ClauseKind.OBJECTION.value)
        return offered(clauses, self.demand)

    @cached_property
    def remarks(self) -> list[Remark]:
        """What the checks say of the whole response."""
        return remarks_on(self.response, [(number, self._answers.get(number)) for number in self._numbers], oath=self.sworn)

    @cached_property
    def lines(self) -> list[Line]:
        """Every request in its order."""
        texts = served_texts(self.demand)
        before = _by_number(self.earlier) if self.earlier is not None else {}
        return [
            Line(
                number,
                texts[number]["heading"],
                texts[number]["label"],
                texts[number]["text"],
                self._answers.get(number),
                before.get(number),
                self.earlier is not None,
                remarks_on_request(self.remarks, number),
            )
            for number in self._numbers
        ]

    @property
    def tally(self) -> tuple[int, int]:
        """How many requests are answered, and how many there are."""
        return sum(1 for line in self.lines if line.answered), len(self.lines)

    def line(self, wanted: str) -> Line | None:
        """Return the request of this number, else the first unanswered one, else the first; None for a set without requests."""
        by_number = {str(line.number): line for line in self.lines}
        first_open = next((line for line in self.lines if not line.answered), None)
        return by_number.get(wanted) or first_open or (self.lines[0] if self.lines else None)

    def beside(self, line: Line) -> dict[str, int | None]:
        """Return the numbers before and after a request, and of the next one that is unanswered."""
        place = self.place(line) - 1
        after = self.lines[place + 1 :] + self.lines[:place]
        return {
            "previous": self._numbers[place - 1] if place else None,
            "next": self._numbers[place + 1] if place + 1 < len(self._numbers) else None,
            "open": next((one.number for one in after if not one.answered), None),
        }

    def place(self, line: Line) -> int:
        """Return the place of a request in the paper, from 1."""
        return self._numbers.index(line.number) + 1

    @cached_property
    def _numbers(self) -> list[int]:
        return list(RequestRow.objects.filter(demand=self.demand).order_by("number").values_list("number", flat=True))

    @cached_property
    def _answers(self) -> dict[int, RequestResponse]:
        return _by_number(self.response)


def _by_number(response: Response) -> dict[int, RequestResponse]:
    rows = RequestResponse.objects.filter(response=response).select_related("row").prefetch_related("objections")
    return {one.row.number: one for one in rows}


def _without_note(answer: RequestResponse | None) -> dict[str, Any]:
    """Return what an answer says outwardly."""
    return {name: value for name, value in said(answer).items() if name != "note"}


def spoken(answer: RequestResponse | None) -> dict[str, str]:
    """Return an answer's parts as a person reads them, by their labels; the note is nobody else's."""
    if answer is None:
        return {}
    return {
        _("Answer"): _(AnswerKind(answer.kind).label),
        _("Withheld"): _(Withholding(answer.withheld).label),
        _("Objections"): "\n".join(_objections(answer)),
        _("Words"): answer.text,
        _("What will be produced"): answer.will_produce,
        pgettext("the last day", "By"): date_format(answer.produce_by) if answer.produce_by else "",
        _("Bates"): answer.bates,
    }


def _objections(answer: RequestResponse) -> Iterable[str]:
    for one in answer.objections.all():
        words: Sequence[str] = [_(Ground(one.ground).label), one.reason]
        yield ": ".join(word for word in words if word) + (f" ({one.rule})" if one.rule else "")
