"""Lines of the matrix: the words, tones and icons of each stage, and their HTML, drawn without a template a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discovery.domain.matrix.stages import MatrixRow
from discovery.enums import (
    WITH_PAGE,
    AnswerKind,
    ConferralOutcome,
    Deficiency,
    DisputeKind,
    DisputeStatus,
    Ground,
    RulingOutcome,
    Vocabulary,
    Withholding,
)
from discovery.staff.date_rows import day_words
from discovery.staff.matrix_filters import COLUMNS
from discovery.templatetags.icons import icon

if TYPE_CHECKING:
    from datetime import date

GROUNDS_SHOWN = 2
LOOKS: Mapping[str, tuple[str, str]] = {
    AnswerKind.PRODUCE: ("approved", "check-circle"),
    AnswerKind.PARTIAL: ("warn", "circle-half"),
    AnswerKind.OBJECTION: ("refuse", "sign-stop"),
    AnswerKind.NONE_EXIST: ("plain", "dash-circle"),
    AnswerKind.ANSWERED: ("approved", "check-circle"),
    AnswerKind.RECORDS: ("note", "archive"),
    AnswerKind.ADMIT: ("approved", "check-circle"),
    AnswerKind.QUALIFIED: ("warn", "circle-half"),
    AnswerKind.DENY: ("note", "x-circle"),
    AnswerKind.LACKS_KNOWLEDGE: ("warn", "question-lg"),
    AnswerKind.SILENT: ("refuse", "question-circle"),
    Withholding.YES: ("warn", "eye-slash"),
    Withholding.NO: ("plain", "eye"),
    Withholding.NOT_SAID: ("plain", "question-lg"),
    ConferralOutcome.AGREED: ("approved", "check-circle"),
    ConferralOutcome.NARROWED: ("note", "scissors"),
    ConferralOutcome.WILL_SUPPLEMENT: ("warn", "arrow-clockwise"),
    ConferralOutcome.TO_CONSIDER: ("warn", "hourglass-split"),
    ConferralOutcome.OPEN: ("plain", "circle"),
    ConferralOutcome.IMPASSE: ("refuse", "x-circle"),
    ConferralOutcome.DROPPED: ("dropped", "slash-circle"),
    DisputeStatus.DRAFT: ("plain", "pencil"),
    DisputeStatus.READY: ("ready", "check2-square"),
    DisputeStatus.SUBMITTED: ("served", "send-check"),
    DisputeStatus.DECIDED: ("plain", "hammer"),
    DisputeStatus.RESOLVED: ("approved", "check-circle"),
    DisputeStatus.WITHDRAWN: ("withdrawn", "slash-circle"),
    RulingOutcome.GRANTED: ("approved", "check-circle-fill"),
    RulingOutcome.GRANTED_IN_PART: ("warn", "circle-half"),
    RulingOutcome.DENIED: ("refuse", "x-octagon"),
    RulingOutcome.DEFERRED: ("plain", "pause-circle"),
    RulingOutcome.MOOT: ("plain", "dash-circle"),
}
"""Tone and icon of each word that stands in the matrix."""
TICK = (
    '<td class="m-tick"><input class="form-check-input" type="checkbox" name="pk" value="{pk}.{revision}"'
    ' aria-label="{select} {name}"></td>'
)
HEAD = (
    '<th scope="row" class="m-request"><a data-open href="{url}"><span class="m-number">{number}</span> {label}</a>'
    '<span class="sub">{responder} · {set_name}</span></th>'
)


class Badge(NamedTuple):
    """A word with its tone and its icon."""

    tone: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Links:
    """Where things are shown: addresses ending in an id, "" for a page that this installation does not have."""

    row: str = ""
    dispute: str = ""
    conferral: str = ""
    order: str = ""
    deadline: str = ""


def badge_of(word: Vocabulary) -> Badge:
    """Return a word of a vocabulary as a badge."""
    tone, name = LOOKS[word]
    return Badge(tone, name, _(word.label))


def answer_badge(row: MatrixRow) -> Badge:
    """Return what the answer that stands is."""
    return badge_of(AnswerKind(row.answer.kind)) if row.answer else Badge("warn", "hourglass", _("No answer yet"))


def demand_base(row: MatrixRow) -> str:
    """Return the page of the demand that a row belongs to."""
    return reverse("subpoena-detail" if row.demand_kind in WITH_PAGE else "demand-detail", args=[row.demand])


def row_name(row: MatrixRow) -> str:
    """Return a row by its number and responding party."""
    return _("No. %(number)d, %(responder)s") % {"number": row.number, "responder": row.responder}


def drawn(rows: Sequence[MatrixRow], columns: Iterable[str], links: Links, *, with_ticks: bool) -> SafeString:
    """Return the lines' HTML, every word escaped; with a box to tick if the reader may act on them."""
    cells = _Cells(links)
    shown: list[tuple[str, Callable[[MatrixRow], str]]] = [
        (f'<td data-label="{escape(str(COLUMNS[name]))}" class="m-{name}">', getattr(cells, name)) for name in columns
    ]
    select = escape(_("Select"))
    lines = []
    for row in rows:
        tick = TICK.format(pk=row.pk, revision=row.revision, select=select, name=escape(row_name(row))) if with_ticks else ""
        told = "".join([f"{start}{draw(row)}</td>" for start, draw in shown])
        lines.append(f"<tr data-row>{tick}{cells.head(row)}{told}</tr>\n")
    return mark_safe("".join(lines))  # noqa: S308 - each part is escaped where it is drawn


class _Cells:
    """Draws the cells of a line; what repeats from line to line is drawn once."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self._made: dict[object, str] = {}

    def head(self, row: MatrixRow) -> str:
        """Number and label, with responding party and set."""
        base = self._once(("demand", row.demand), lambda: demand_base(row))
        return HEAD.format(
            url=f"{self.links.row}{row.pk}/" if self.links.row else base,
            number=row.number,
            label=escape(row.label),
            responder=escape(row.responder),
            set_name=escape(row.set_name),
        )

    def answer(self, row: MatrixRow) -> str:
        """The kind of the answer that stands."""
        return self._once(("answer", row.answer and row.answer.kind), lambda: _badge(answer_badge(row)))

    def objections(self, row: MatrixRow) -> str:
        """The grounds objected on."""
        return self._once(("grounds", row.grounds), lambda: _grounds(row.grounds))

    def withheld(self, row: MatrixRow) -> str:
        """Whether the answer says that something is withheld."""
        if row.answer is None:
            return ""
        said = row.answer.withheld
        return self._once(("withheld", said), lambda: _badge(badge_of(Withholding(said))))

    def produced(self, row: MatrixRow) -> str:
        """The pages tied to the request; else the day by which they were promised, or what the answer names."""
        if row.pages:
            first, more = row.pages[0], len(row.pages) - 1
            run = first.first if first.first == first.last else f"{first.first}–{first.last}"
            count = sum(run.pages for run in row.pages)
            words = ngettext("%(n)d page", "%(n)d pages", count) % {"n": count}
            if more:
                words += ", " + ngettext("%(n)d more range", "%(n)d more ranges", more) % {"n": more}
            return f'<span class="m-bates">{escape(run)}</span><span class="sub">{escape(words)}</span>'
        if row.answer is None:
            return ""
        by = row.answer.produce_by
        promised = _("by %(day)s") % {"day": _day(by)} if by else ""
        return _sub(promised) + (f'<span class="m-bates">{escape(row.answer.bates)}</span>' if row.answer.bates else "")

    def deficiency(self, row: MatrixRow) -> str:
        """What is wrong with the answer."""
        if not row.deficiency:
            return ""
        word = Deficiency(row.deficiency)
        mark = self._once(word, lambda: _badge(Badge("warn", "exclamation-triangle", _(word.label))))
        return mark + _sub(row.deficiency_note)

    def conference(self, row: MatrixRow) -> str:
        """The outcome and day of the newest conference."""
        if row.conferred is None:
            return ""
        word = ConferralOutcome(row.conferred.outcome)
        mark = self._once(word, lambda: _badge(badge_of(word)))
        return mark + self._dated(self.links.conferral, row.conferred.conferral, row.conferred.held_on)

    def commitment(self, row: MatrixRow) -> str:
        """The day of the first open promise, and what was promised."""
        promise = row.promise
        if promise is None:
            return ""
        day = _day(promise.due_on) if promise.due_on else _("no date")
        late = self._once("late", lambda: _badge(Badge("late", "exclamation-triangle-fill", _("overdue"))))
        return _linked(self.links.deadline, promise.deadline, day) + (late if row.promise_overdue else "") + _sub(promise.text)

    def next(self, row: MatrixRow) -> str:
        """What comes next and by when."""
        if not row.next_step:
            return ""
        by = _("by %(day)s") % {"day": _day(row.next_step_on)} if row.next_step_on else ""
        return f"<span>{escape(row.next_step)}</span>{_sub(by)}"

    def owner(self, row: MatrixRow) -> str:
        """Who looks after it."""
        if not row.owner:
            return ""
        return self._once(("owner", row.owner), lambda: f'<span class="date-mark">{icon("person")} {escape(row.owner)}</span>')

    def narrowed(self, row: MatrixRow) -> str:
        """Whether a narrower text was agreed, and when."""
        if row.narrowed_on is None:
            return ""
        return self._once("narrowed", lambda: _badge(badge_of(ConferralOutcome.NARROWED))) + _sub(_day(row.narrowed_on))

    def dispute(self, row: MatrixRow) -> str:
        """The newest dispute that holds it, and where that stands."""
        found = row.dispute
        if found is None:
            return ""
        word = DisputeStatus(found.status)
        mark = self._once(word, lambda: _badge(badge_of(word)))
        kind = _(DisputeKind(found.kind).label)
        return mark + f'<span class="sub" title="{escape(found.title)}">{_linked(self.links.dispute, found.dispute, kind)}</span>'

    def ruling(self, row: MatrixRow) -> str:
        """The newest ruling that stands, and its day."""
        if row.ruling is None:
            return ""
        word = RulingOutcome(row.ruling.outcome)
        mark = self._once(word, lambda: _badge(badge_of(word)))
        return mark + self._dated(self.links.order, row.ruling.order, row.ruling.entered_on)

    def _dated(self, base: str, pk: int, day: date) -> str:
        return self._once((base, pk), lambda: f'<span class="sub">{_linked(base, pk, _day(day))}</span>')

    def _once(self, key: object, make: Callable[[], str]) -> str:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return found


def _badge(badge: Badge) -> str:
    return f'<span class="status status-{badge.tone}">{icon(badge.icon)} {escape(badge.words)}</span> '


def _linked(base: str, pk: int, words: str) -> str:
    if not base:
        return f"<span>{escape(words)}</span> "
    end = "" if "#" in base else "/"
    return f'<a href="{escape(base)}{pk}{end}">{escape(words)}</a> '


def _sub(words: str) -> str:
    return f'<span class="sub">{escape(words)}</span>' if words else ""


def _day(day: date | None) -> str:
    return day_words(day, "SHORT_DATE_FORMAT")


def _grounds(grounds: Sequence[str]) -> str:
    words = [_(Ground(one).label) for one in grounds]
    if len(words) <= GROUNDS_SHOWN:
        return escape(", ".join(words))
    more = len(words) - GROUNDS_SHOWN
    rest = ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
    shown, every = escape(", ".join(words[:GROUNDS_SHOWN])), escape(", ".join(words))
    return f'<span title="{every}">{shown} {escape(rest)}</span>'
