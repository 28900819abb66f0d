"""Why no date is given. Unknown means refuse and ask a person: never a guess (law 4).

Each refusal carries a template and its values, so that screens can say it in the reader's language; `str()` is English.
"""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a sentence for the message catalogue without translating it here (this package knows no Django)."""
    return message


class LawRefused(Exception):
    """The law as recorded here gives no date; `str()` names what is missing and what to do about it."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template % values if values else template)


class UnknownRuleSet(LawRefused):
    """No data file describes the rule set."""


class UnknownEvent(LawRefused):
    """The rule set has no such event, or had none on that day."""


class UnknownService(LawRefused):
    """The rule set does not know the method of service."""


class AmbiguousService(LawRefused):
    """Several methods stand on one proof and give different dates: a person says which one counts."""


class YearNotCovered(LawRefused):
    """A calendar holds no holidays for a year that the count touches."""


class BadTrigger(LawRefused):
    """The trigger is not what the event counts from: in the future, without a zone, an hour where a day is meant."""


class MissingFact(LawRefused):
    """The event needs a fact that was not given: a stated date, a state, a time zone."""


class NotDefined(LawRefused):
    """The rule set does not say how this is counted."""


class NoRate(LawRefused):
    """A data file of fees holds no rate for the day."""
