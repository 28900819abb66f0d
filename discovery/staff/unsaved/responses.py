"""What stands unsaved in the forms of our response.

Parts: "answer" (what is said to the request that its field `number` names), "frame" (preliminary statement, general objections,
who signs).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from discovery.domain.answers.objections import offered
from discovery.domain.answers.words import STORED, Answer, must_fit, settled
from discovery.domain.composing.response import answers_of
from discovery.domain.errors import Refused
from discovery.domain.held import hold
from discovery.enums import ClauseKind
from discovery.models import Clause, Objection, RequestResponse, RequestRow, Response
from discovery.staff.forms.answers import AnswerForm, FrameForm
from discovery.staff.unsaved.said import not_printable, parts_of, wrong

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict


def put_over_response(response: Response, data: QueryDict, *, by: User) -> list[str]:
    """Put what was typed over the response and its answers."""
    problems: list[str] = []
    for part, kind, _key in parts_of(data):
        if kind == "answer":
            problems += _answer(response, part, data)
        elif kind == "frame":
            form = FrameForm(data, instance=response, user=by, case=response.demand.case, prefix=part)
            problems += [*wrong(form, ""), *not_printable(response)]
    return problems


def _answer(response: Response, part: str, data: QueryDict) -> Iterator[str]:
    rows = {row.number: row for row in RequestRow.objects.filter(demand=response.demand)}
    answers = answers_of(response)
    number = data.get(f"{part}-number", "")
    stored = next((one for one in answers if str(one.row.number) == number), None)
    library = offered(Clause.objects.filter(kind=ClauseKind.OBJECTION.value), response.demand)
    form = AnswerForm(data, response=response, number=0, stored=stored, offered=library, ours=True, prefix=part)
    place = _("No. %(number)s") % {"number": number}
    if not form.is_valid():
        yield from wrong(form, place)
        return
    answer = settled(form.answer())
    try:
        must_fit(answer, rows, response.demand.kind)
        one = _said(response, rows[answer.number], answer, stored)
    except Refused as refusal:
        label = next((bound.label for bound in form.visible_fields() if bound.name == refusal.field), "")
        yield ": ".join(str(words) for words in (place, label, refusal) if words)
        return
    except ValidationError as error:
        yield from (f"{place}: {words}" for words in error.messages)
        return
    if stored is None:
        answers.append(one)
    hold(response, "answers", answers)


def _said(response: Response, row: RequestRow, answer: Answer, stored: RequestResponse | None) -> RequestResponse:
    """Return the answer's row as the verb would write it, with its objections, in memory alone."""
    # An id of its own, which no row has: relations can be asked of it.
    one = stored or RequestResponse(pk=-answer.number, response=response, row=row)
    for name in STORED:
        setattr(one, name, getattr(answer, name))
    one.clean_fields(exclude=["id", "response", "row"])
    made = [Objection(answer=one, ground=each.ground, reason=each.reason, rule=each.rule) for each in answer.objections]
    hold(one, "objections", made)
    return one
