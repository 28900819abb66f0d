"""A subpoena's papers as HTML: the notice, the form (AO 88B, AO 88A or AO 88 with the page of the rule and, if a box overflows, the
addendum), Schedule A, and the schedule of the documents that a witness is to bring."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from discovery.law.court_words import filled
from discovery.law.form_texts import FormTextError, RuleParagraph, SubpoenaFormText, form_text, rule_text
from discovery.papers.errors import PaperRefused
from discovery.papers.form_boxes import FilledForm, fill_form
from discovery.papers.parts import (
    Section,
    caption_context,
    certificate_context,
    court_context,
    court_section,
    court_words,
    fill_template,
    foot_case,
    foot_title,
    items_context,
)
from discovery.papers.passages import passages
from discovery.papers.snapshots import Caption, CounselBlock
from discovery.papers.subpoena_snapshot import Examination, Schedule, ServiceProof, SubpoenaPaper

PARTS = ("notice", "form", "schedule", "documents")

FORM_PAGES = {"AO 88B": "ao88b.html", "AO 88A": "ao88a.html", "AO 88": "ao88.html"}
"""Page 1 by the name of the form."""

MATTERS = "MATTERS FOR EXAMINATION"
"""The heading of the topics, Fed. R. Civ. P. 30(b)(6)."""

RIGHT_COLUMN = ("(B)", "(ii)")
"""AO 88B, page 3: the right column starts at (d)(3)(B)(ii), the only (ii) under a (B) of subdivision (d)(3)."""


def subpoena_sections(paper: SubpoenaPaper) -> tuple[Section, ...]:
    """Return the sections that a subpoena's paper names as its parts. Raises PaperRefused for a form edition that is missing."""
    makers = {"notice": _notice, "form": _form, "schedule": _schedule, "documents": _documents}
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
        "testimony": paper.form.testimony,
        "rows": ("", "", "", "", "", ""),  # the form's column of six parentheses
    }
    found = [
        Section("form", fill_template(FORM_PAGES[text.name], context), ("common", "ao88b"), pages=1),
        # By itself, since an unserved proof is the same for every subpoena of a case and so drawn once, with the page of the rule.
        proof_section(paper.language, paper.proof, text, filled),
        rule,
    ]
    return (*found, *addendum_sections(paper.language, paper.caption, text, filled))


def proof_section(
    language: str, proof: ServiceProof, text: SubpoenaFormText, filled: FilledForm, *, alone: bool = False
) -> Section:
    """Return page 2 of the form, the proof of service; `alone`: it is a paper by itself, so its title is the first heading."""
    context = {
        "language": language,
        "text": text,
        "box": filled.boxes,
        "served": proof.served,
        "unexecuted": proof.unexecuted,
        "level": "h1" if alone else "h2",
    }
    return Section("proof", fill_template("proof_of_service.html", context), ("common", "ao88b"), pages=1, kept="form")


def addendum_sections(language: str, caption: Caption, text: SubpoenaFormText, filled: FilledForm) -> tuple[Section, ...]:
    """Return the addendum with what found no room in its box; none when everything did."""
    if not filled.addendum:
        return ()
    items = [{"number": str(item.number), "heading": item.heading, "passages": passages(item.text)} for item in filled.addendum]
    context = {
        "language": language,
        "text": text,
        "case_number": caption.case_number,
        "foot_case": foot_case(caption),
        "items": items,
    }
    return (Section("addendum", fill_template("addendum.html", context), ("common", "addendum")),)


def rule_section(text: SubpoenaFormText) -> Section:
    """Return page 3 of a form: the same for every paper, so a process lays it out once.

    Raises FormTextError when the edition of the rule that the form names is missing.
    """
    left, right = _columns(rule_text(text.rule_text).paragraphs)
    context = {"language": "en-US", "text": text, "left": left, "right": right}
    return Section("rule", fill_template("rule45.html", context), ("common", "rule45"), pages=1, kept="form")


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
    return (schedule_section("schedule", paper.language, paper.caption, paper.schedule),)


def _documents(paper: SubpoenaPaper) -> tuple[Section, ...]:
    return tuple(schedule_section("documents", paper.language, paper.caption, one) for one in paper.documents)


def schedule_section(name: str, language: str, caption: Caption, schedule: Schedule) -> Section:
    """Return a schedule as pages of its own: requests for documents, or the matters for examination."""
    context = {
        **caption_context(language, caption, schedule.footer_title),
        "bookmark": schedule.title.title(),
        "requests_bookmark": "Matters" if schedule.requests_heading == MATTERS else "Requests",
        "schedule": schedule,
        "preamble": passages(schedule.preamble),
        "definitions_note": passages(schedule.definitions_note),
        "definitions": items_context(schedule.definitions),
        "instructions": items_context(schedule.instructions),
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
                "entries": items_context(exhibit.items),
            }
            for exhibit in schedule.exhibits
        ],
        "signature": schedule.signature,
        "foot_title": foot_title(schedule.footer_title, caption),
        "foot_case": foot_case(caption),
    }
    made = court_section(name, "schedule_a.html", context, caption, "schedule_a", shared=False)
    return replace(made, kept=name)


def _notice(paper: SubpoenaPaper) -> tuple[Section, ...]:
    if paper.examination:
        return (_testimony_notice(paper, paper.examination[0]),)
    notice = paper.notice
    attorneys_for = notice.counsel.attorneys_for
    context = {
        **court_context(paper.language, paper.caption, notice.counsel, notice.title, bookmark="Notice"),
        "notice": notice,
        "undersigned": attorneys_for[:1].lower() + attorneys_for[1:],
        "signature": notice.signature,
        "certificate": certificate_context(notice.certificate, paper.caption),
        "place": passages(notice.production_place),
    }
    return (court_section("notice", "notice_of_subpoena.html", context, paper.caption, "notice"),)


def _testimony_notice(paper: SubpoenaPaper, examination: Examination) -> Section:
    """Return the notice to the parties that testimony is commanded: of a deposition Rule 30(b)(1) asks for it."""
    notice = paper.notice
    context = {
        **court_context(paper.language, paper.caption, notice.counsel, notice.title, bookmark="Notice"),
        **examination_context(examination, notice.counsel, paper.caption),
        "notice": notice,
        "signature": notice.signature,
        "certificate": certificate_context(notice.certificate, paper.caption),
    }
    return court_section("notice", "notice_of_testimony.html", context, paper.caption, "notice")


def examination_context(examination: Examination, counsel: CounselBlock, caption: Caption) -> dict[str, Any]:
    """Return what a notice prints of the testimony, under the rules of the caption's court."""
    law, told = court_words(caption).deposition, {"deponent": examination.deponent}
    return {
        "exam": examination,
        "law": law,
        "designate": filled(law.designate, told),
        "confer": filled(law.confer, told),
        "produce": filled(law.produce, told),
        "undersigned": counsel.attorneys_for[:1].lower() + counsel.attorneys_for[1:],
        "place": passages(examination.place),
        "conferral": passages(examination.conferral),
        "deponent_address": passages(examination.deponent_address),
    }
