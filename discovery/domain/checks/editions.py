"""Checks on what the paper is printed from: an edition of the form or of the rule older than the court's profile names."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.checks.facts import Facts
from discovery.domain.checks.registry import Said, check
from discovery.enums import SUBPOENAS, Severity
from discovery.law.form_texts import FormTextError, SubpoenaFormText, form_text
from discovery.models import Court


@check("edition.form", Severity.WARN, "Fed. R. Civ. P. 45(a)(1)(A)", SUBPOENAS)
def prints_the_current_form(facts: Facts) -> Iterator[Said]:
    """Forms are revised; an old one may lack what the rule asks for now."""
    court, form = facts.subpoena.issuing_court, _form(facts)
    if form is not None and is_older(form.edition, court.form_edition):
        yield Said(
            _("The form is %(printed)s; %(court)s goes by %(current)s%(checked)s.")
            % {
                "printed": f"{form.name} ({form.revision})",
                "court": court,
                "current": court.form_edition,
                "checked": _checked(court),
            },
            _("Print it on the current form, or correct the court’s record."),
        )


@check("edition.rule-text", Severity.WARN, "Fed. R. Civ. P. 45(a)(1)(A)(iv)", SUBPOENAS)
def prints_the_current_rule(facts: Facts) -> Iterator[Said]:
    """A subpoena sets out the text of Rule 45(d) and (e) as it stands."""
    court, form = facts.subpoena.issuing_court, _form(facts)
    if form is not None and is_older(form.rule_text, court.rule_text):
        yield Said(
            _("The text of Rule 45 is %(printed)s; %(court)s goes by %(current)s%(checked)s.")
            % {"printed": form.rule_text, "court": court, "current": court.rule_text, "checked": _checked(court)},
            _("Print it with the current text of the rule, or correct the court’s record."),
        )


def is_older(printed: str, current: str) -> bool:
    """Whether one edition is of an earlier date than another of the same form or rule: "ao88b-2014-02" than "ao88b-2027-12"."""
    (name, _dash, dated), (wanted, _also, day) = printed.partition("-"), current.partition("-")
    return name == wanted and dated < day


def _form(facts: Facts) -> SubpoenaFormText | None:
    try:
        return form_text(facts.subpoena.form)
    except FormTextError:
        return None


def _checked(court: Court) -> str:
    if court.profile_date is None:
        return ""
    return _(" (checked on %(day)s)") % {"day": formats.date_format(court.profile_date)}
