"""Request sets: starting, editing, ordering their texts. A frozen set refuses every one of these verbs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.domain.errors import Conflict, Refused
from discovery.domain.events import record, verb
from discovery.domain.locking import lock_draft_set
from discovery.domain.printing import all_printable, printable
from discovery.domain.revisions import claim_revision
from discovery.enums import Act, ClauseKind
from discovery.models import Clause, Definition, Exhibit, Instruction, Person, Request, RequestSet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Item = Definition | Instruction | Request
ITEM_KINDS: dict[str, type[Definition | Instruction | Request]] = {
    ClauseKind.DEFINITION.value: Definition,
    ClauseKind.INSTRUCTION.value: Instruction,
    ClauseKind.REQUEST.value: Request,
}
SET_FIELDS = [
    "name",
    "number",
    "propounded_by",
    "preamble",
    "definitions_note",
    "request_heading",
    "period_from",
    "period_to",
    "period_open",
]
"""What `change_set` writes: never the status, which belongs to approval."""
PARKED = 1_000_000
"""Added to numbers while they change places: the database refuses the same number twice even for a moment."""


@dataclass(frozen=True, slots=True)
class NewText:
    """A text to add: a definition's term or a request's short label, and the words."""

    label: str
    text: str


@verb
def start_set(
    request_set: RequestSet, *, by: User, start_from: RequestSet | None = None, clauses: Iterable[Clause] = ()
) -> RequestSet:
    """Start a set from nothing, from another set or from clauses of the library (both: the set's texts come first).

    {recipient} and {propounder} in the texts stay as they are: each paper fills them in, so that one set can go to several.
    Raises ValidationError by field, or Refused when `start_from` belongs to a case the user is not a member of.
    """
    write_set(request_set, by=by, start_from=start_from, clauses=clauses)
    record(Act.SET_STARTED, request_set, case=request_set.case, by=by, summary=lambda: str(request_set))
    return request_set


def write_set(request_set: RequestSet, *, by: User, start_from: RequestSet | None, clauses: Iterable[Clause]) -> None:
    """Write a new set with what it starts from: the part of `start_set` that the verbs of demands share, without an event."""
    request_set.full_clean()
    all_printable(request_set)
    if start_from is not None and not RequestSet.objects.visible_to(by).filter(pk=start_from.pk).exists():
        raise Refused(_("This set cannot be found; choose another one."), field="start_from")
    request_set.save()
    if start_from is not None:
        _copy(start_from, request_set)
    chosen = list(clauses)
    for kind, model in ITEM_KINDS.items():
        append_texts(request_set, model, [NewText(clause.label, clause.text) for clause in chosen if clause.kind == kind])


@verb
def change_set(request_set: RequestSet, *, by: User, revision: int | None) -> RequestSet:
    """Write a set's own fields (name, preamble, period ...). Raises Conflict, Refused (frozen), ValidationError."""
    lock_draft_set(request_set.pk)
    request_set.full_clean()
    all_printable(request_set)
    claim_revision(request_set, revision)
    request_set.save(update_fields=SET_FIELDS)
    record(Act.SET_CHANGED, request_set, case=request_set.case, by=by, summary=lambda: str(request_set))
    return request_set


@verb
def add_items(request_set: RequestSet, kind: str, texts: Iterable[NewText], *, by: User) -> list[Item]:
    """Append texts of one kind ("definition", "instruction", "request") and return them in order.

    Raises Refused for a frozen set, for no text at all, or naming the character that no court font can print.
    """
    locked = lock_draft_set(request_set.pk)
    new = list(texts)
    if not new:
        raise Refused(_("Write the text first."), field="text")
    items = append_texts(locked, ITEM_KINDS[kind], new)
    _touch(locked)
    record(
        Act.ITEM_ADDED,
        items[0],
        case=locked.case,
        by=by,
        summary=lambda: f"{locked}: {kind} {items[0].number}" + (f"-{items[-1].number}" if len(items) > 1 else ""),
        details={"texts": [[item.number, item.label, item.text] for item in items]} if len(items) <= 20 else {"added": len(items)},
    )
    return items


@verb
def change_item(item: Item, new: NewText, *, by: User, revision: int | None, custodians: Iterable[Person] | None = None) -> Item:
    """Write a text's label and words. Raises Conflict with both texts when somebody else changed it since `revision`."""
    locked = lock_draft_set(item.request_set_id)
    _must_have_words(new)
    stored = _stored(item)
    claim_revision(item, revision)
    item.number, item.label, item.text = stored.number, new.label.strip(), _clean(new.text)
    item.save(update_fields=["label", "text"])
    details: dict[str, object] = {"before": [stored.label, stored.text], "after": [item.label, item.text]}
    if custodians is not None and isinstance(item, Request):
        chosen = list(custodians)
        item.custodians.set(chosen)
        details["custodians"] = sorted(str(person) for person in chosen)
    _touch(locked)
    record(Act.ITEM_CHANGED, item, case=locked.case, by=by, summary=lambda: _place(locked, item, item.number), details=details)
    return item


@verb
def move_item(item: Item, to: int, *, by: User) -> Item:
    """Give a text another number; those in between move up or down by one, so that numbers run from 1 without a gap.

    A place beyond the ends means the first or the last one. Nothing happens, and no event, when it stands there already.
    """
    locked = lock_draft_set(item.request_set_id)
    siblings = type(item)._default_manager.filter(request_set=locked)
    item.number = here = _stored(item).number
    last = siblings.aggregate(last=Max("number"))["last"]
    there = max(1, min(to, last))
    if here == there:
        return item
    low, high, step = (here + 1, there, -1) if there > here else (there, here - 1, 1)
    siblings.filter(pk=item.pk).update(number=2 * PARKED)
    siblings.filter(number__range=(low, high)).update(number=F("number") + PARKED)
    siblings.filter(number__range=(low + PARKED, high + PARKED)).update(number=F("number") - PARKED + step)
    siblings.filter(pk=item.pk).update(number=there)
    item.number = there
    _touch(locked)
    record(Act.ITEM_MOVED, item, case=locked.case, by=by, summary=lambda: f"{_place(locked, item, here)} -> {there}")
    return item


@verb
def remove_item(item: Item, *, by: User, revision: int | None = None) -> None:
    """Take a text out of a draft; the ones after it move up. Nothing was served under these numbers yet.

    Raises Conflict when somebody changed the text since `revision`, so that nobody removes words that were never seen.
    """
    locked = lock_draft_set(item.request_set_id)
    stored = _stored(item)
    if revision is not None and stored.revision != revision:
        raise Conflict(
            _("Somebody else changed this text while you were looking at it. Read it again before you remove it."),
            theirs={"label": stored.label, "text": stored.text},
            revision=stored.revision,
        )
    siblings = type(item)._default_manager.filter(request_set=locked)
    subject = type(item)(pk=item.pk)
    siblings.filter(pk=item.pk).delete()
    siblings.filter(number__gt=stored.number).update(number=F("number") + PARKED)
    siblings.filter(number__gt=PARKED).update(number=F("number") - PARKED - 1)
    _touch(locked)
    record(
        Act.ITEM_REMOVED,
        subject,
        case=locked.case,
        by=by,
        summary=lambda: _place(locked, subject, stored.number),
        details={"text": [stored.label, stored.text]},
    )


@verb
def put_exhibit(exhibit: Exhibit, *, by: User, revision: int | None = None) -> Exhibit:
    """Add or change an exhibit list. Raises ValidationError by field, Conflict, Refused (frozen, unprintable)."""
    locked = lock_draft_set(exhibit.request_set_id)
    exhibit.letter = exhibit.letter.strip().upper()
    exhibit.full_clean()
    all_printable(exhibit)
    act = Act.ITEM_ADDED if exhibit._state.adding else Act.ITEM_CHANGED
    if not exhibit._state.adding:
        claim_revision(exhibit, revision)
    exhibit.save()
    _touch(locked)
    record(act, exhibit, case=locked.case, by=by, summary=lambda: f"{locked}: {exhibit}", details={"lines": exhibit.lines})
    return exhibit


@verb
def remove_exhibit(exhibit: Exhibit, *, by: User) -> None:
    """Take an exhibit list out of a draft. Raises Refused when it is gone already."""
    locked = lock_draft_set(exhibit.request_set_id)
    stored = Exhibit.objects.filter(pk=exhibit.pk).first()
    if stored is None:
        raise Refused(_("Somebody removed this already."))
    subject, summary, lines = Exhibit(pk=stored.pk), f"{locked}: {stored}", stored.lines
    stored.delete()
    _touch(locked)
    record(Act.ITEM_REMOVED, subject, case=locked.case, by=by, summary=summary, details={"lines": lines})


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
    """Copy another set's texts; within one case also the custodians that its requests name."""
    for field in ("preamble", "definitions_note", "period_from", "period_to"):
        if not getattr(target, field):
            setattr(target, field, getattr(source, field))
    if source.kind == target.kind:  # topics keep their own heading whatever they start from
        target.request_heading = source.request_heading
    target.period_open = (target.period_open or source.period_open) and target.period_to is None
    target.save()
    for model in ITEM_KINDS.values():
        rows = list(model._default_manager.filter(request_set=source).order_by("number"))
        items = append_texts(target, model, [NewText(row.label, row.text) for row in rows])
        for row, item in zip(rows, items, strict=True):
            if isinstance(row, Request) and isinstance(item, Request) and source.case_id == target.case_id:
                item.custodians.set(row.custodians.all())
    for exhibit in source.exhibits.all():
        Exhibit.objects.create(
            request_set=target,
            letter=exhibit.letter,
            title=exhibit.title,
            introduction=exhibit.introduction,
            lines=exhibit.lines,
        )


def append_texts(request_set: RequestSet, model: type[Item], texts: Iterable[NewText]) -> list[Item]:
    """Add texts of one kind at the end of a set: a part of verbs, without lock or event. Raises Refused for an empty text."""
    new = list(texts)
    for place, text in enumerate(new, start=1):
        try:
            _must_have_words(text)
        except Refused as refusal:
            if len(new) == 1:
                raise
            told = _("Paragraph %(number)d: %(why)s") % {"number": place, "why": refusal}
            raise Refused(told, field=refusal.field) from refusal
    manager: Any = model._default_manager
    last = manager.filter(request_set=request_set).aggregate(last=Max("number"))["last"] or 0
    rows = [
        model(request_set=request_set, number=last + place, label=text.label.strip(), text=_clean(text.text))
        for place, text in enumerate(new, start=1)
    ]
    created: list[Item] = list(manager.bulk_create(rows))
    return created


def _stored(item: Item) -> Item:
    """Return the text as it is stored now. Raises Refused when somebody removed it meanwhile."""
    stored: Item | None = type(item)._default_manager.filter(pk=item.pk).first()
    if stored is None:
        raise Refused(_("Somebody removed this text while you were editing. Copy your words, then add them anew."))
    return stored


def _place(request_set: RequestSet, item: Item, number: int) -> str:
    return f"{request_set}: {item._meta.verbose_name} {number}"


def as_stored(new: NewText) -> NewText:
    """Return a typed text as it would be stored. Raises Refused, naming the field, as the verbs that store one."""
    _must_have_words(new)
    return NewText(new.label.strip(), _clean(new.text))


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


def _touch(request_set: RequestSet) -> None:
    """Note that the set's text changed, which is the date its next draft carries."""
    RequestSet.objects.filter(pk=request_set.pk).update(changed_at=timezone.now())
