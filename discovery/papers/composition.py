"""Snapshot to HTML: one template a part, the same HTML for the screen and for the PDF.

A part is named as the snapshot's `parts` name it: "notice", "form" (AO 88B with the page of the rule and, if a box
overflows, the addendum) and "schedule". Templates see strings, tuples and frozen data; Django's settings are not needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.translation import gettext

from discovery.law.form_texts import FormTextError, RuleParagraph, SubpoenaFormText, form_text, rule_text
from discovery.papers.errors import PaperRefused
from discovery.papers.fitting import shorten
from discovery.papers.form_boxes import fill_form
from discovery.papers.memo import memo_context
from discovery.papers.passages import direction, passages
from discovery.papers.snapshots import Certificate, MemoPaper, NumberedItem, Paper, SubpoenaPaper

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "papers"

PARTS = ("notice", "form", "schedule")
MEMO_PARTS = ("memo",)

RIGHT_COLUMN = ("(B)", "(ii)")
"""AO 88B, page 3: the right column starts at (d)(3)(B)(ii), the only (ii) under a (B) of subdivision (d)(3)."""

METHODS = (
    ("personal", "By personal delivery (Fed. R. Civ. P. 5(b)(2)(A)–(B))"),
    ("mail", "By United States mail, to the last known address (Fed. R. Civ. P. 5(b)(2)(C))"),
    ("overnight", "By overnight delivery (Fed. R. Civ. P. 5(b)(2)(F), as consented to in writing)"),
    ("email", "By e-mail (Fed. R. Civ. P. 5(b)(2)(E), as consented to in writing)"),
    ("ecf", "By filing with the court’s CM/ECF system, to registered users (Fed. R. Civ. P. 5(b)(2)(E))"),
)
"""The boxes of a certificate of service, in the order of the rule."""


@dataclass(frozen=True, slots=True)
class Section:
    """One separately laid-out run of pages: `styles` are stylesheet names, `pages` the number that a form must have."""

    name: str
    markup: str
    styles: tuple[str, ...]
    pages: int | None = None


def sections(paper: Paper) -> tuple[Section, ...]:
    """Return the sections of a paper in printing order.

    Raises PaperRefused for a part that this release does not know, no part at all, and a form edition that is missing.
    """
    known = MEMO_PARTS if isinstance(paper, MemoPaper) else PARTS
    unknown = [part for part in paper.parts if part not in known]
    if unknown or not paper.parts:
        raise PaperRefused(gettext("This release cannot print the part “%(part)s” of a paper.") % {"part": ", ".join(unknown)})
    if isinstance(paper, MemoPaper):
        return (Section("memo", _render("deadline_memo.html", memo_context(paper)), ("common", "deadline_memo")),)
    makers = {"notice": _notice, "form": _form, "schedule": _schedule}
    return tuple(section for part in paper.parts for section in makers[part](paper))


def _form(paper: SubpoenaPaper) -> tuple[Section, ...]:
    try:
        text = form_text(paper.form.edition)
        rule = rule_section(text)
    except FormTextError as error:
        raise PaperRefused(str(error)) from error
    filled = fill_form(paper.caption, paper.form, paper.proof, text)
    context = {
        "language": paper.language,
        "text": text,
        "box": filled.boxes,
        "production": paper.form.production,
        "inspection": paper.form.inspection,
        "served": paper.proof.served,
        "unexecuted": paper.proof.unexecuted,
        "rows": ("", "", "", "", "", ""),  # the form's column of six parentheses
    }
    found = [
        Section("form", _render("ao88b.html", context), ("common", "ao88b"), pages=1),
        # By itself, since an unserved proof is the same for every subpoena of a case and so laid out once.
        Section("proof", _render("proof_of_service.html", context), ("common", "ao88b"), pages=1),
        rule,
    ]
    if filled.addendum:
        items = [{"number": str(item.number), "heading": item.heading, "passages": passages(item.text)} for item in filled.addendum]
        addendum_context = {
            "language": paper.language,
            "text": text,
            "case_number": paper.caption.case_number,
            "foot_case": _foot_case(paper),
            "items": items,
        }
        found.append(Section("addendum", _render("addendum.html", addendum_context), ("common", "addendum")))
    return tuple(found)


def rule_section(text: SubpoenaFormText) -> Section:
    """Return page 3 of a form: the same for every paper, so a process lays it out once.

    Raises FormTextError when the edition of the rule that the form names is missing.
    """
    left, right = _columns(rule_text(text.rule_text).paragraphs)
    context = {"language": "en-US", "text": text, "left": left, "right": right}
    return Section("rule", _render("rule45.html", context), ("common", "rule45"), pages=1)


def _columns(paragraphs: tuple[RuleParagraph, ...]) -> tuple[tuple[RuleParagraph, ...], tuple[RuleParagraph, ...]]:
    """Split the rule where page 3 of the form breaks its columns."""
    parents: dict[int, str] = {}
    for index, paragraph in enumerate(paragraphs):
        parents[paragraph.level] = paragraph.designator
        path = tuple(parents.get(level, "") for level in range(1, paragraph.level + 1))
        if path == ("(d)", "(3)", *RIGHT_COLUMN):
            return paragraphs[:index], paragraphs[index:]
    raise PaperRefused(gettext("The text of the rule has no paragraph (d)(3)(B)(ii), where the form breaks its columns."))


def _schedule(paper: SubpoenaPaper) -> tuple[Section, ...]:
    schedule = paper.schedule
    context = {
        **_caption(paper, schedule.footer_title),
        "bookmark": "Schedule A",
        "schedule": schedule,
        "preamble": passages(schedule.preamble),
        "definitions_note": passages(schedule.definitions_note),
        "definitions": _items(schedule.definitions),
        "instructions": _items(schedule.instructions),
        "relevant_period": passages(schedule.relevant_period),
        "requests": [
            {
                "heading": request.heading,
                "bookmark": request.heading.rstrip(" :"),
                "passages": passages(request.text),
                "custodians": "; ".join(request.custodians),
            }
            for request in schedule.requests
        ],
        "exhibits": [
            {
                "name": f"Exhibit {exhibit.letter}",
                "title": exhibit.title,
                "introduction": passages(exhibit.introduction),
                "entries": _items(exhibit.items),
            }
            for exhibit in schedule.exhibits
        ],
        "signature": schedule.signature,
        "foot_title": shorten(schedule.footer_title, 460, 10, 2),
        "foot_case": _foot_case(paper),
    }
    return (Section("schedule", _render("schedule_a.html", context), ("common", "caption", "schedule_a")),)


def _notice(paper: SubpoenaPaper) -> tuple[Section, ...]:
    notice = paper.notice
    attorneys_for = notice.counsel.attorneys_for
    context = {
        **_caption(paper, notice.title),
        "notice": notice,
        "counsel": notice.counsel,
        "undersigned": attorneys_for[:1].lower() + attorneys_for[1:],
        "bookmark": "Notice",
        "signature": notice.signature,
        "certificate": _certificate(notice.certificate),
        "place": passages(notice.production_place),
        "foot_title": shorten(notice.title, 460, 10, 2),
        "foot_case": _foot_case(paper),
    }
    return (Section("notice", _render("notice_of_subpoena.html", context), ("common", "caption", "notice")),)


def _caption(paper: SubpoenaPaper, title: str) -> dict[str, Any]:
    """Return what the shared court title and caption print on the paper called `title`."""
    return {
        "language": paper.language,
        "caption": paper.caption,
        "first_direction": direction(paper.caption.first_side),
        "second_direction": direction(paper.caption.second_side),
        "title": passages(title),
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "declarant": certificate.declarant,
        "address": " ".join(certificate.declarant_address.split()),
        "served_on": certificate.served_on,
        "documents": certificate.documents,
        "executed_at": certificate.executed_at,
        "methods": [{"label": label, "chosen": key == certificate.method} for key, label in METHODS],
        "recipients": [
            {
                "name": passages(recipient.name),
                "address": passages(recipient.address),
                "email": recipient.email,
                "represents": passages(recipient.represents),
            }
            for recipient in certificate.recipients
        ],
    }


def _items(items: tuple[NumberedItem, ...]) -> list[dict[str, Any]]:
    return [
        {
            "number": str(item.number),
            "heading": item.heading,
            "passages": passages(item.text),
            "direction": direction(item.heading + item.text),
        }
        for item in items
    ]


def _foot_case(paper: SubpoenaPaper) -> str:
    return shorten(f"CASE NO.: {paper.caption.case_number.upper()}", 460, 10, 1)


@cache
def _templates() -> Engine:
    """The papers' own template engine: nothing of the site's (no settings, no context processors, no other folder)."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


def _render(template: str, context: dict[str, Any]) -> str:
    return _templates().get_template(template).render(Context(context, autoescape=True))
