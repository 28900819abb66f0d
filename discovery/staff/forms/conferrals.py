"""The form of a conference: when and how, who took part, what it came to on each request, what was promised and narrowed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discovery.domain.composing.printed import printed_date
from discovery.domain.conferrals.attending import attorneys_of, likely_attendees
from discovery.domain.conferrals.commitments import Promise
from discovery.domain.conferrals.conferring import confer, correct_conferral
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.enums import ConferralOutcome, Side
from discovery.models import Attendee, Commitment, Conferral, ConferredRequest, Narrowing, RequestRow
from discovery.models.choices import translated
from discovery.staff.conferences import dates_that_may_move
from discovery.staff.forms.base import RecordForm, StaffForm

if TYPE_CHECKING:
    from django.forms.formsets import BaseFormSet

    LineSet = BaseFormSet[Any]

SIDES = translated(Side)
OUTCOMES = translated(ConferralOutcome)
NARROWING = ("text", "proposed_by", "agreed_by")
"""The fields of a narrower text in the line of a request."""


def named(row: RequestRow) -> str:
    """Return a request by who answers it and its number, in the reader's language."""
    return _("%(who)s, No. %(number)s") % {"who": row.demand.responding_party, "number": row.number}


class AttendeeForm(StaffForm, forms.Form):
    """Somebody who took part; a line without a name is left out."""

    name = forms.CharField(label=gettext_lazy("name"), max_length=120, required=False)
    speaks_for = forms.CharField(label=gettext_lazy("for"), max_length=200, required=False)
    side = forms.ChoiceField(label=gettext_lazy("side"), choices=SIDES, required=False)
    widths = {"name": 4, "speaks_for": 5, "side": 3}


class PromiseForm(StaffForm, forms.Form):
    """Who promised what by when; a line without a promise is left out."""

    side = forms.ChoiceField(label=gettext_lazy("who promised"), choices=SIDES, initial=Side.THEIRS.value)
    promised_by = forms.CharField(label=gettext_lazy("name"), max_length=200, required=False)
    text = forms.CharField(label=gettext_lazy("what was promised"), max_length=200, required=False)
    due = forms.DateField(label=gettext_lazy("by"), required=False, widget=forms.DateInput)
    numbers = forms.CharField(
        label=gettext_lazy("request numbers"), max_length=200, required=False, help_text=gettext_lazy("3, 4. Empty: all of them")
    )
    widths = {"side": 2, "promised_by": 3, "text": 7, "due": 3, "numbers": 9}

    def clean(self) -> dict[str, Any]:
        """A promise has words and a day; numbers are numbers."""
        values = super().clean() or self.cleaned_data
        if values.get("text") and "due" in values and values["due"] is None:
            self.add_error("due", _("Say by when. A commitment without a date chases nobody."))
        rest = any(values.get(name) for name in ("due", "promised_by", "numbers"))
        if rest and not values.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say what was promised, or empty the line."))
        typed = [part for part in values.get("numbers", "").replace(";", ",").split(",") if part.strip()]
        if not all(part.strip().isdecimal() for part in typed):
            self.add_error("numbers", _("Write numbers with commas between them: 3, 4"))
        else:
            values["chosen"] = {int(part) for part in typed}
        return values


class OutcomeForm(StaffForm, forms.Form):
    """What a conference came to on one request; with the narrower text that was proposed or agreed there."""

    chosen = forms.BooleanField(label=gettext_lazy("talked about"), required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("outcome"), required=False, choices=[("", gettext_lazy("As for all")), *OUTCOMES]
    )
    note = forms.CharField(
        label=gettext_lazy("what was said"), required=False, widget=forms.Textarea(attrs={"rows": 1}), max_length=20_000
    )
    text = forms.CharField(
        label=gettext_lazy("narrower text"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=100_000
    )
    proposed_by = forms.CharField(label=gettext_lazy("proposed by"), required=False, max_length=200)
    agreed_by = forms.CharField(
        label=gettext_lazy("agreed by"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty: it was only proposed"),
    )
    widths = {"proposed_by": 6, "agreed_by": 6}

    def __init__(self, *args: Any, row: RequestRow, served: Mapping[str, Any], narrows: bool, in_force: str = "", **kwargs: Any):
        super().__init__(*args, prefix=f"row-{row.pk}", **kwargs)
        self.row, self.served, self.in_force = row, served, in_force
        for name, field in self.fields.items():
            which = _("No. %(number)d") % {"number": row.number} if name in NARROWING else named(row)
            field.label = format_lazy("{field}, {which}", field=field.label, which=which)
        self.initial["text"] = in_force or served["text"]
        if not narrows:
            for name in NARROWING:
                self.fields.pop(name)

    @property
    def narrowing(self) -> list[Any]:
        """The fields of a narrower text."""
        return [self[name] for name in NARROWING if name in self.fields]

    @property
    def narrows(self) -> bool:
        """Whether another text was typed than the one in force, with which the field begins; an emptied one says nothing."""
        typed = " ".join(str(self["text"].value() or "").split())
        return self.is_bound and bool(typed) and typed != " ".join(self.initial["text"].split())

    @property
    def opened(self) -> bool:
        """Whether the narrower text stands open: something was typed there, or is wrong."""
        return "text" in self.fields and (self.narrows or (self.is_bound and any(bound.errors for bound in self.narrowing)))


def line_set(form: type[StaffForm], extra: int) -> type[LineSet]:
    """Return the formset of one kind of line."""
    return forms.formset_factory(cast("Any", form), extra=extra, max_num=200, absolute_max=200)


class ConferralForm(RecordForm[Conferral]):
    """A conference. `rows` are the requests that may have been talked about, `chosen` the ids of those that were."""

    default_outcome = forms.ChoiceField(
        label=gettext_lazy("outcome for all"),
        choices=OUTCOMES,
        initial=ConferralOutcome.OPEN.value,
        help_text=gettext_lazy("Of each request below that does not say otherwise"),
    )
    extended = forms.ChoiceField(
        required=False,
        label=gettext_lazy("date that is extended"),
        help_text=gettext_lazy("How far is asked next, with the old day beside the new one; nothing moves before that"),
    )
    widths = {"held_on": 3, "started": 2, "ended": 2, "mode": 5}
    duplicates = {
        "conferral_ends_after_start": ("ended", gettext_lazy("It cannot have ended before it began. Give both hours, or neither."))
    }
    TOP = ("held_on", "started", "ended", "mode", "place", "notes")

    class Meta:
        model = Conferral
        fields = ["held_on", "started", "ended", "mode", "place", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 2})}

    def __init__(
        self,
        *args: Any,
        rows: Sequence[tuple[RequestRow, Mapping[str, Any]]],
        chosen: set[int],
        in_force: Mapping[int, Narrowing],
        **kwargs: Any,
    ) -> None:
        self.shown, self.chosen, self.in_force = rows, chosen, in_force
        self.said: dict[str, str] = {}
        self.sent_promises: list[PromiseForm] = []
        self.sent_narrowings: list[OutcomeForm] = []
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        """Build the lines below; a new conference was most likely held today."""
        if self.is_new:
            assert self.case is not None
            self.initial["held_on"] = self.initial.get("held_on") or CourtLaw(self.case.court).today()
        data = self.data if self.is_bound else None
        self.attendees = line_set(AttendeeForm, 1)(data, prefix="who", initial=None if self.is_bound else self._people())
        self.promises = line_set(PromiseForm, 2)(data, prefix="promise") if self.is_new else None
        if self.is_new:
            self._offer_dates()
        else:
            self.fields.pop("extended")
        self.lines = [self._line(row, served, data) for row, served in self.shown]

    def _offer_dates(self) -> None:
        """Offer the open dates of the demands, but for those on which another date waits to be decided (one query)."""
        demands = {row.demand_id: row.demand for row, _served in self.shown}
        named = [("", _("None"))]
        for row in dates_that_may_move(demands).filter(proposed_derivation__isnull=True):
            if row.due_on is not None and row.demand_id is not None:
                who = demands[row.demand_id].responding_party
                named.append((str(row.pk), f"{date_format(row.due_on, 'SHORT_DATE_FORMAT')} · {row.title} · {who}"))
        if len(named) == 1:
            self.fields.pop("extended")
            return
        cast("forms.ChoiceField", self.fields["extended"]).choices = named

    @property
    def top(self) -> list[Any]:
        """The fields of the conference itself."""
        return [self[name] for name in self.TOP]

    def is_valid(self) -> bool:
        """Whether the conference and every line below it is as it should be."""
        parts: list[Any] = [self.attendees, *self.lines, *([self.promises] if self.promises is not None else [])]
        valid = [super().is_valid(), *(part.is_valid() for part in parts)]
        if not all(valid[1:]) and not self.non_field_errors():
            self.add_error(None, _("One of the lines below needs another look."))
        return all(valid)

    def place(self, error: Refused | ValidationError) -> None:
        """Show at its line why the verb refused."""
        if isinstance(error, Refused):
            part, _dash, rest = error.field.partition("-")
            sent: dict[str, Sequence[StaffForm]] = {"commitments": self.sent_promises, "narrowings": self.sent_narrowings}
            if part in sent:
                number, _dash, name = rest.partition("-")
                sent[part][int(number)].add_error(name, str(error))
                self.add_error(None, _("One of the lines below needs another look."))
                return
            if part in {"attendees", "requests"}:
                self.said[part] = str(error)
        super().place(error)

    @property
    def faulty(self) -> list[Any]:
        """The lines in which something is wrong."""
        return [line for line in self._every_line() if line.is_bound and line.errors]

    def _every_line(self) -> Iterator[Any]:
        yield from self.attendees
        yield from self.lines
        yield from self.promises or ()

    def store(self) -> Conferral:
        """Record the conference, or mend its record."""
        people, outcomes = list(self._attendees()), self._outcomes()
        if not self.is_new:
            revision = self.cleaned_data["revision"]
            return correct_conferral(self.instance, people, outcomes, by=self.user, revision=revision)
        rows = [one.row for one in outcomes]
        return confer(self.instance, people, outcomes, list(self._promises(rows)), list(self._narrowings()), by=self.user)

    def _people(self) -> list[dict[str, Any]]:
        """Return who stands in the lines at first."""
        assert self.case is not None
        if self.is_new:
            found = likely_attendees(self.case, [row for row, _served in self.shown])
        else:
            found = list(self.instance.attendees.all())
        return [{"name": one.name, "speaks_for": one.speaks_for, "side": one.side} for one in found]

    def _line(self, row: RequestRow, served: Mapping[str, Any], data: Any) -> OutcomeForm:
        stored = None if self.is_new else self.stored.get(row.pk)
        initial = {
            "chosen": row.pk in self.chosen,
            "outcome": stored.outcome if stored is not None else "",
            "note": stored.note if stored is not None else "",
            "proposed_by": str(row.demand.responding_party)[:200],
            "agreed_by": row.demand.request_set.propounded_by.name[:200],
        }
        agreed = self.in_force.get(row.pk)
        words = agreed.text if agreed is not None else ""
        return OutcomeForm(data, row=row, initial=initial, narrows=self.is_new, served=served, in_force=words)

    @cached_property
    def stored(self) -> dict[int, ConferredRequest]:
        """What is on record of each request, by row."""
        return {one.row_id: one for one in ConferredRequest.objects.filter(conferral=self.instance)}

    def _attendees(self) -> Iterator[Attendee]:
        assert self.case is not None
        known = attorneys_of(self.case)
        for form in self.attendees:
            values = form.cleaned_data
            name = values.get("name", "")
            if name:
                side = values.get("side") or Side.OURS.value
                yield Attendee(name=name, speaks_for=values.get("speaks_for", ""), side=side, attorney=known.get(name))

    def _outcomes(self) -> list[ConferredRequest]:
        default = self.cleaned_data["default_outcome"]
        values = [(form, form.cleaned_data) for form in self.lines]
        return [
            ConferredRequest(row=form.row, outcome=told["outcome"] or default, note=told["note"])
            for form, told in values
            if told["chosen"]
        ]

    def _promises(self, rows: list[RequestRow]) -> Iterator[Promise]:
        assert self.promises is not None
        for form in self.promises:
            values = form.cleaned_data
            if not values.get("text"):
                continue
            self.sent_promises.append(form)
            numbers = values["chosen"]
            unknown = numbers - {row.number for row in rows}
            if unknown:
                said = _("No request No. %(number)d was talked about here.") % {"number": min(unknown)}
                raise Refused(said, field=f"commitments-{len(self.sent_promises) - 1}-numbers")
            concerned = [row for row in rows if not numbers or row.number in numbers]
            made = Commitment(side=values["side"], promised_by=values["promised_by"], text=values["text"])
            yield Promise(made, values["due"], concerned)

    def _narrowings(self) -> Iterator[Narrowing]:
        held = self.cleaned_data["held_on"]
        for form in self.lines:
            values = form.cleaned_data
            if not form.narrows:
                continue
            self.sent_narrowings.append(form)
            if not values["chosen"]:
                said = _("Tick this request as talked about, or empty its narrower text.")
                raise Refused(said, field=f"narrowings-{len(self.sent_narrowings) - 1}-text")
            agreed = values["agreed_by"].strip()
            yield Narrowing(
                row=form.row,
                text=values["text"],
                proposed_by=values["proposed_by"],
                proposed_on=held,
                agreed_by=agreed,
                agreed_on=held if agreed else None,
                source=f"Conference of {printed_date(held)}",
            )
