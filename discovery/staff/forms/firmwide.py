"""Forms of the records that belong to no case: courts and the clause library, kept by staff."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from discovery.law.paper_styles import paper_styles
from discovery.models import Clause, Court, CourtClosure
from discovery.staff.forms.base import RecordForm, dress


class CourtForm(RecordForm[Court]):
    """A court with the words its papers print."""

    layout = (
        ("", ("name", "short_name", "kind", "state", "time_zone", "address")),
        (_("On papers"), ("title", "district", "form_district", "form_state", "paper_style", "number_label", "language")),
        (_("Rules"), ("rule_set", "presidential_closings", "form_edition", "rule_text", "profile_date")),
    )
    widths = {
        "name": 8,
        "short_name": 4,
        "kind": 5,
        "state": 3,
        "time_zone": 4,
        "title": 6,
        "district": 6,
        "form_district": 6,
        "form_state": 6,
        "paper_style": 6,
        "number_label": 3,
        "language": 3,
        "rule_set": 6,
        "presidential_closings": 6,
        "form_edition": 6,
        "rule_text": 6,
        "profile_date": 6,
    }

    class Meta:
        model = Court
        fields = [
            "name",
            "short_name",
            "kind",
            "state",
            "time_zone",
            "address",
            "title",
            "district",
            "form_district",
            "form_state",
            "paper_style",
            "number_label",
            "language",
            "rule_set",
            "presidential_closings",
            "form_edition",
            "rule_text",
            "profile_date",
        ]
        help_texts = {"time_zone": _("America/Los_Angeles: the court’s days begin and end in it")}

    def narrow(self) -> None:
        """Offer the paper styles by their titles; one that this release lacks is named, and refused until another is chosen."""
        choices = [(one.id, one.title) for one in paper_styles().values()]
        stored = self.instance.paper_style
        if stored not in dict(choices):
            choices.append((stored, stored))
        before = self.fields["paper_style"]
        field = forms.ChoiceField(label=before.label, help_text=before.help_text, choices=choices, initial=before.initial)
        dress(field)
        self.fields["paper_style"] = field


class ClosureForm(RecordForm[CourtClosure]):
    """A day on which one court was closed beside its calendar."""

    widths = {"day": 4, "name": 8}
    duplicates = {"closure_once_per_day": ("day", _("A closure of this court on this day is recorded already: change that one."))}

    class Meta:
        model = CourtClosure
        fields = ["day", "name", "filing_only", "source"]


class ClauseForm(RecordForm[Clause]):
    """A text of the library that sets can start from, or an objection that answers can make."""

    layout = (
        ("", ("kind", "label", "text", "language", "position")),
        (_("Of an objection"), ("ground", "rule"), "kind=objection"),
    )
    widths = {"kind": 4, "label": 8, "language": 4, "position": 4, "ground": 5, "rule": 7}
    duplicates = {
        "clause_once": ("label", _("The library has a clause with this label in this language already.")),
        "objection_clause_has_ground": ("ground", _("Choose the ground on which this clause objects.")),
    }

    class Meta:
        model = Clause
        fields = ["kind", "label", "text", "ground", "rule", "language", "position"]
        widgets = {"text": forms.Textarea(attrs={"rows": "8"})}
        help_texts = {
            "text": _("{recipient} and {propounder} are filled in where the clause is used; of an objection this is the reason"),
            "language": _("en-US, fr-CA"),
            "position": _("Clauses stand in this order in lists; the first nine objections that fit a set have the keys 1 to 9"),
            "ground": _("One objection of each ground is offered for a request"),
            "rule": _("The rules it rests on: Rules 26(b)(1), 34(b)(2)(B). One that cites Rule 45 alone is for non-parties"),
        }
