"""Request sets: starting, editing, ordering their texts. A frozen set refuses every one of these verbs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable, printable
from discovery.domain.records import claim_revision
from discovery.enums import Act, ClauseKind, SetStatus
from discovery.models import Clause, Definition, Exhibit, Instruction, Person, Request, RequestSet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Item = Definition | Instruction | Request
ITEM_KINDS: dict[str, type[Definition | Instruction | Request]] = {
    ClauseKind.DEFINITION.value: Definition,
    ClauseKind.INSTRUCTION.value: Instruction,
    ClauseKind.REQUEST.value: Request,
}
PARKED = 1_000_000
"""Added to numbers while they change places: the database refuses the same number twice even for a moment."""


@dataclass(frozen=True, slots=True)
class NewText:
    """A text to add: a definition's term or a request's short label, and the words."""

    label: str
    text: str


@verb
def start_set(
    request_set: RequestSet,
    *,
    by: User,
    start_from: RequestSet | None = None,
    clauses: Iterable[Clause] = (),
    recipient: str = "",
) -> RequestSet:
    """Start a set from nothing, from another set or from clauses of the library (both: the set's texts come first).

    `recipient` fills {recipient} in the clauses' texts, the set's group {propounder}.
    Raises ValidationError by field, or Refused when `start_from` belongs to a case the user is not a member of.
    """
    request_set.full_clean()
    if start_from is not None and not RequestSet.objects.visible_to(by).filter(pk=start_from.pk).exists():
        raise Refused(_("This set cannot be found; choose another one."), field="start_from")
    request_set.save()
    if start_from is not None:
        _copy(start_from, request_set)
    words = {"{recipient}": recipient, "{propounder}": request_set.propounded_by.name}
    for kind, model in ITEM_KINDS.items():
        texts = [NewText(_fill(clause.label, words), _fill(clause.text, words)) for clause in clauses if clause.kind == kind]
        _append(request_set, model, texts)
    record(Act.SET_STARTED, request_set, case=request_set.case, by=by, summary=str(request_set))
    return request_set


@verb
def change_set(request_set: RequestSet, *, by: User, revision: int | None) -> RequestSet:
    """Write a set's own fields (name, preamble, period ...). Raises Conflict, Refused (frozen), ValidationError."""
    _must_be_draft(request_set)
    request_set.full_clean()
    all_printable(request_set)
    claim_revision(request_set, revision)
    request_set.save()
    record(Act.SET_CHANGED, request_set, case=request_set.case, by=by, summary=str(request_set))
    return request_set


@verb
def add_items(request_set: RequestSet, kind: str, texts: Iterable[NewText], *, by: User) -> list[Item]:
    """Append texts of one kind ("definition", "instruction", "request") and return them in order.

    Raises Refused for a frozen set, for no text at all, or naming the character that no court font can print.
    """
    _must_be_draft(request_set)
    new = list(texts)
    if not new:
        raise Refused(_("Write the text first."), field="text")
    for text in new:
        _must_have_words(text)
    items = _append(request_set, ITEM_KINDS[kind], new)
    _touch(request_set)
    record(
        Act.ITEM_ADDED,
        items[0],
        case=request_set.case,
        by=by,
        summary=f"{request_set}: {kind} {items[0].number}" + (f"-{items[-1].number}" if len(items) > 1 else ""),
        details={"texts": [[item.number, item.label, item.text] for item in items]} if len(items) <= 20 else {"added": len(items)},
    )
    return items


@verb
def change_item(item: Item, new: NewText, *, by: User, revision: int | None, custodians: Iterable[Person] | None = None) -> Item:
    """Write a text's label and words. Raises Conflict with both texts when somebody else changed it since `revision`."""
    _must_be_draft(item.request_set)
    _must_have_words(new)
    before = [item.label, item.text]
    claim_revision(item, revision)
    item.label, item.text = new.label.strip(), _clean(new.text)
    item.save(update_fields=["label", "text"])
    if custodians is not None and isinstance(item, Request):
        item.custodians.set(list(custodians))
    _touch(item.request_set)
    record(
        Act.ITEM_CHANGED,
        item,
        case=item.request_set.case,
        by=by,
        summary=f"{item.request_set}: {item._meta.verbose_name} {item.number}",
        details={"before": before, "after": [item.label, item.text]},
    )
    return item


@verb
def move_item(item: Item, to: int, *, by: User) -> Item:
    """Give a text another number; those in between move up or down by one, so that numbers run from 1 without a gap.

    A place beyond the ends means the first or the last one.
    """
    _must_be_draft(item.request_set)
    siblings = type(item)._default_manager.filter(request_set=item.request_set_id)
    item.refresh_from_db(fields=["number"])
    last = siblings.aggregate(last=Max("number"))["last"]
    here, there = item.number, max(1, min(to, last))
    if here != there:
        low, high, step = (here + 1, there, -1) if there > here else (there, here - 1, 1)
        siblings.filter(pk=item.pk).update(number=2 * PARKED)
        siblings.filter(number__range=(low, high)).update(number=F("number") + PARKED)
        siblings.filter(number__range=(low + PARKED, high + PARKED)).update(number=F("number") - PARKED + step)
        siblings.filter(pk=item.pk).update(number=there)
        item.number = there
        _touch(item.request_set)
    record(
        Act.ITEM_MOVED,
        item,
        case=item.request_set.case,
        by=by,
        summary=f"{item.request_set}: {item._meta.verbose_name} {here} -> {there}",
    )
    return item


@verb
def remove_item(item: Item, *, by: User) -> None:
    """Take a text out of a draft; the ones after it move up. Nothing was served under these numbers yet."""
    request_set = item.request_set
    _must_be_draft(request_set)
    number, text, subject = item.number, [item.label, item.text], type(item)(pk=item.pk)
    siblings = type(item)._default_manager.filter(request_set=request_set)
    item.delete()
    siblings.filter(number__gt=number).update(number=F("number") + PARKED)
    siblings.filter(number__gt=PARKED).update(number=F("number") - PARKED - 1)
    _touch(request_set)
    record(
        Act.ITEM_REMOVED,
        subject,
        case=request_set.case,
        by=by,
        summary=f"{request_set}: {subject._meta.verbose_name} {number}",
        details={"text": text},
    )


@verb
def put_exhibit(exhibit: Exhibit, *, by: User, revision: int | None = None) -> Exhibit:
    """Add or change an exhibit list. Raises ValidationError by field, Conflict, Refused (frozen, unprintable)."""
    _must_be_draft(exhibit.request_set)
    exhibit.letter = exhibit.letter.strip().upper()
    exhibit.full_clean()
    all_printable(exhibit)
    act = Act.ITEM_ADDED if exhibit.pk is None else Act.ITEM_CHANGED
    if exhibit.pk is not None:
        claim_revision(exhibit, revision)
    exhibit.save()
    _touch(exhibit.request_set)
    record(act, exhibit, case=exhibit.request_set.case, by=by, summary=f"{exhibit.request_set}: {exhibit}")
    return exhibit


@verb
def remove_exhibit(exhibit: Exhibit, *, by: User) -> None:
    """Take an exhibit list out of a draft."""
    _must_be_draft(exhibit.request_set)
    subject, summary = Exhibit(pk=exhibit.pk), f"{exhibit.request_set}: {exhibit}"
    case = exhibit.request_set.case
    details = {"lines": exhibit.lines}
    exhibit.delete()
    _touch(exhibit.request_set)
    record(Act.ITEM_REMOVED, subject, case=case, by=by, summary=summary, details=details)


def split_texts(pasted: str) -> list[NewText]:
    """Split pasted text into items: one a paragraph (paragraphs stand apart by an empty line), without the numbers typed.

    A first line that is short and ends in a colon, or "Term" means ..., becomes the label. Equal texts stay apart.
    """
    items = []
    for block in _clean(pasted).split("\n\n"):
        lines = [line.rstrip() for line in block.strip().splitlines()]
        if not any(lines):
            continue
        lines[0] = _without_number(lines[0])
        lines = lines if lines[0] else lines[1:]
        label = ""
        if len(lines) > 1 and lines[0].endswith(":") and len(lines[0]) <= 80:
            label, lines = lines[0].rstrip(":").strip(), lines[1:]
        items.append(NewText(label, "\n".join(lines).strip()))
    return [item for item in items if item.text]


def _without_number(line: str) -> str:
    """Drop a typed number in front of a text: "12. ", "3) ", "Request No. 4: ", "REQUEST FOR PRODUCTION NO. 4:"."""
    head, _space, rest = line.strip().partition(" ")
    if head.rstrip(".):").isdigit() and head[-1:] in {".", ")", ":"}:
        return rest.strip()
    before, colon, after = line.partition(":")
    words = before.replace(".", " ").split()
    if colon and words and words[-1].isdigit() and "no" in (word.lower() for word in words) and len(before) <= 60:
        return after.strip()
    return line.strip()


def _copy(source: RequestSet, target: RequestSet) -> None:
    for field in ("preamble", "definitions_note", "request_heading", "period_from", "period_to", "period_open"):
        if not getattr(target, field) or field == "request_heading":
            setattr(target, field, getattr(source, field))
    if target.period_to:
        target.period_open = False
    target.save()
    for model in ITEM_KINDS.values():
        rows = model._default_manager.filter(request_set=source).order_by("number")
        _append(target, model, [NewText(row.label, row.text) for row in rows])
    for exhibit in source.exhibits.all():
        Exhibit.objects.create(
            request_set=target,
            letter=exhibit.letter,
            title=exhibit.title,
            introduction=exhibit.introduction,
            lines=exhibit.lines,
        )


def _append(request_set: RequestSet, model: type[Definition | Instruction | Request], texts: Iterable[NewText]) -> list[Item]:
    siblings = model._default_manager.filter(request_set=request_set)
    last = siblings.aggregate(last=Max("number"))["last"] or 0
    rows = [
        model(request_set=request_set, number=last + place, label=text.label.strip(), text=_clean(text.text))
        for place, text in enumerate(texts, start=1)
    ]
    created: list[Item] = list(model._default_manager.bulk_create(rows))  # type: ignore[arg-type]
    return created


def _fill(text: str, words: dict[str, str]) -> str:
    for mark, value in words.items():
        text = text.replace(mark, value or mark)
    return text


def _clean(text: str) -> str:
    """Give every text one kind of line end, so that a form's CRLF does not make a text differ from its copy."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _must_have_words(new: NewText) -> None:
    if not new.text.strip():
        raise Refused(_("Write the text: an empty one cannot be answered."), field="text")
    if len(new.label) > 160:
        raise Refused(_("The label is for lists: 160 characters at most."), field="label")
    printable(new.label, "label")
    printable(new.text, "text")


def _must_be_draft(request_set: RequestSet) -> None:
    status = RequestSet.objects.values_list("status", flat=True).get(pk=request_set.pk)
    if status != SetStatus.DRAFT:
        raise Refused(_("This text was approved and is frozen. Reopen the paper for changes, or start a new set from this one."))


def _touch(request_set: RequestSet) -> None:
    """Note that the set's text changed, which is the date its next draft carries."""
    request_set.changed_at = timezone.now()
    RequestSet.objects.filter(pk=request_set.pk).update(changed_at=request_set.changed_at)
