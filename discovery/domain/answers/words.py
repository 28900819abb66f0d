"""What is said to one request, as it is written down: which answers fit which kind of set, what differs from before."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from discovery.domain.errors import Conflict, Refused
from discovery.domain.printing import printable
from discovery.domain.revisions import claim_revision
from discovery.enums import TESTIMONY, AnswerKind, DemandKind, Ground, Withholding
from discovery.models import Objection, RequestResponse, RequestRow, Response

OF_DOCUMENTS = (AnswerKind.PRODUCE, AnswerKind.PARTIAL, AnswerKind.OBJECTION, AnswerKind.NONE_EXIST, AnswerKind.SILENT)
OF_TOPICS = (AnswerKind.ANSWERED, AnswerKind.OBJECTION, AnswerKind.SILENT)
KINDS_OF: dict[str, tuple[AnswerKind, ...]] = {
    # Rule 45(d)(2)(B); Rule 34(b)(2)(B).
    DemandKind.SUBPOENA_DOCUMENTS.value: OF_DOCUMENTS,
    DemandKind.RFP.value: OF_DOCUMENTS,
    # Rule 30(b)(6): somebody is designated for the matter, or it is objected to.
    **dict.fromkeys((kind.value for kind in TESTIMONY), OF_TOPICS),
    # Rule 33(b)(3)-(4), (d).
    DemandKind.ROG.value: (AnswerKind.ANSWERED, AnswerKind.RECORDS, AnswerKind.OBJECTION, AnswerKind.SILENT),
    # Rule 36(a)(4)-(5).
    DemandKind.RFA.value: (
        AnswerKind.ADMIT,
        AnswerKind.QUALIFIED,
        AnswerKind.DENY,
        AnswerKind.LACKS_KNOWLEDGE,
        AnswerKind.OBJECTION,
        AnswerKind.SILENT,
    ),
}
"""What may be said to a request, by the vehicle that brought it."""
WORDS = ("text", "will_produce", "bates", "note")
STORED = ("kind", "withheld", "text", "will_produce", "produce_by", "bates", "note")


@dataclass(frozen=True, slots=True)
class Objecting:
    """One objection of an answer: its ground (enums.Ground), the reason given, the rule it rests on."""

    ground: str
    reason: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a response says to the request with this number. `revision` is the one it was opened at, 0 when there was none yet,
    None when nobody looked at it before.
    """

    number: int
    kind: str = AnswerKind.SILENT.value
    withheld: str = Withholding.NOT_SAID.value
    objections: tuple[Objecting, ...] = ()
    text: str = ""
    will_produce: str = ""
    produce_by: date | None = None
    bates: str = ""
    note: str = ""
    revision: int | None = None


def settled(answer: Answer) -> Answer:
    """Return an answer with its words trimmed; one that objects and says nothing else is an objection only."""
    values = {name: getattr(answer, name) for name in Answer.__slots__}
    for name in WORDS:
        values[name] = values[name].replace("\r\n", "\n").strip()
    if answer.kind == AnswerKind.SILENT and answer.objections:
        values["kind"] = AnswerKind.OBJECTION.value
    values["objections"] = tuple(
        Objecting(one.ground, one.reason.replace("\r\n", "\n").strip(), one.rule.strip()) for one in answer.objections
    )
    return Answer(**values)


def must_fit(answer: Answer, rows: dict[int, RequestRow], kind: str) -> None:
    """Refuse an answer to a request that there is not, of a kind that the set does not take, or with what cannot be printed."""
    if answer.number not in rows:
        last = max(rows, default=0)
        raise Refused(
            _("There is no request No. %(number)s; what was served has No. 1 to %(last)s.")
            % {"number": answer.number, "last": last},
            field="number",
        )
    if answer.kind not in KINDS_OF[kind]:
        known = ", ".join(_(one.label) for one in KINDS_OF[kind])
        raise Refused(_("Such a request is not answered that way. Choose one of: %(kinds)s.") % {"kinds": known}, field="kind")
    grounds = [one.ground for one in answer.objections]
    if len(set(grounds)) != len(grounds) or not set(grounds) <= set(Ground):
        raise Refused(_("Each objection names another ground of the list."), field="objections")
    for name in ("text", "will_produce", "bates"):  # the note is never printed
        printable(getattr(answer, name), name)
    for one in answer.objections:
        printable(one.reason, f"reason_{one.ground}")
        printable(one.rule, f"rule_{one.ground}")


def said(one: RequestResponse | None) -> dict[str, Any]:
    """Return what a stored answer says, as plain data for events and comparisons; objections are (ground, reason, rule)."""
    if one is None:
        return {}
    values = {name: str(getattr(one, name) or "") for name in STORED}
    return {**values, "objections": [[row.ground, row.reason, row.rule] for row in one.objections.all()]}


def asked(answer: Answer) -> dict[str, Any]:
    """Return what is to be stored, in the form of `said`."""
    values = {name: str(getattr(answer, name) or "") for name in STORED}
    return {**values, "objections": [list(asdict(one).values()) for one in answer.objections]}


def write_answer(
    response: Response, row: RequestRow, answer: Answer, stored: RequestResponse | None
) -> tuple[RequestResponse | None, dict[str, Any]]:
    """Write one answer, and return it with what differs, {} for nothing: `{"before": {...}, "after": {...}}`.

    Where there was none and nothing is said, none is written.
    """
    before, after = said(stored), asked(answer)
    if before == after or (stored is None and after == asked(Answer(answer.number))):
        return stored, {}
    if stored is not None and answer.revision == 0:
        raise Conflict(
            _("Somebody else answered this request meanwhile. Both texts are shown; save again to keep yours."),
            theirs={name: getattr(stored, name) for name in STORED},
            revision=stored.revision,
        )
    one = stored or RequestResponse(response=response, row=row)
    for name in STORED:
        setattr(one, name, getattr(answer, name))
    one.clean_fields(exclude=["response", "row"])
    if stored is not None:
        claim_revision(one, answer.revision)
        one.save(update_fields=STORED)
        one.objections.all().delete()
    else:
        one.save()
    Objection.objects.bulk_create(
        Objection(answer=one, ground=objecting.ground, reason=objecting.reason, rule=objecting.rule, position=place)
        for place, objecting in enumerate(answer.objections, start=1)
    )
    names = [name for name in after if before.get(name) != after[name]]
    return one, {"before": {name: before.get(name, "") for name in names}, "after": {name: after[name] for name in names}}
