"""AO 88A, AO 88 and the notices of testimony: one page each, every fixed word in its order, every box, whatever is typed."""

from __future__ import annotations

import random
from dataclasses import fields
from typing import Any

import pytest

from discovery.law.form_texts import SubpoenaFormText, form_text, rule_text
from discovery.papers.deposition import DepositionPaper
from discovery.papers.form_boxes import FIRST_PAGES
from discovery.papers.rendering import render
from discovery.papers.snapshots import from_json, to_json
from discovery.papers.subpoena_snapshot import SubpoenaForm, SubpoenaPaper
from tests.papers import samples
from tests.papers.reading import findings, pages, squeezed
from tests.papers.test_ao88b import PIECES, WORDS

# The forms' words, from law/forms.md section 1 "How AO 88A and AO 88 differ"; the data files are compared with these.
DEPOSITION = """
AO 88A (Rev. 12/20) Subpoena to Testify at a Deposition in a Civil Action UNITED STATES DISTRICT COURT for the Northern District
of California ELON MUSK, et al. Plaintiff v. SAMUEL ALTMAN, et al. Defendant ) ) ) ) ) ) Civil Action No. 4:24-cv-04722-YGR
SUBPOENA TO TESTIFY AT A DEPOSITION IN A CIVIL ACTION To: Meta Platforms, Inc., c/o CSC – Lawyers Incorporating Service 2710
Gateway Oaks Drive, Sacramento, CA 95833 (Name of person to whom this subpoena is directed) ☑ Testimony: YOU ARE COMMANDED to
appear at the time, date, and place set forth below to testify at a deposition to be taken in this civil action. If you are an
organization, you must promptly confer in good faith with the party serving this subpoena about the following matters, or those
set forth in an attachment, and you must designate one or more officers, directors, or managing agents, or designate other
persons who consent to testify on your behalf about these matters: As set forth in Schedule A attached hereto. Place: Hueston
Hennigan LLP, 1 California Street, San Francisco, CA 94111 Date and Time: August 20, 2025 at 9:30 AM PDT The deposition will be
recorded by this method: Stenographic and audiovisual means ☑ Production: You, or your representatives, must also bring with you
to the deposition the following documents, electronically stored information, or objects, and must permit inspection, copying,
testing, or sampling of the material: As set forth in Schedule B attached hereto.
"""
APPEARANCE = """
AO 88 (Rev. 02/14) Subpoena to Appear and Testify at a Hearing or Trial in a Civil Action UNITED STATES DISTRICT COURT for the
Northern District of California ELON MUSK, et al. Plaintiff v. SAMUEL ALTMAN, et al. Defendant ) ) ) ) ) ) Civil Action No.
4:24-cv-04722-YGR SUBPOENA TO APPEAR AND TESTIFY AT A HEARING OR TRIAL IN A CIVIL ACTION To: Meta Platforms, Inc., c/o CSC –
Lawyers Incorporating Service 2710 Gateway Oaks Drive, Sacramento, CA 95833 (Name of person to whom this subpoena is directed)
YOU ARE COMMANDED to appear in the United States district court at the time, date, and place set forth below to testify at a
hearing or trial in this civil action. When you arrive, you must remain at the court until the judge or a court officer allows
you to leave. Place: Ronald V. Dellums Federal Building, 1301 Clay Street, Oakland, CA 94612 Courtroom No.: 1 Date and Time:
August 20, 2025 at 9:30 AM PDT You must also bring with you the following documents, electronically stored information, or
objects (leave blank if not applicable):
"""
FOOT = """
The following provisions of Fed. R. Civ. P. 45 are attached – Rule 45(c), relating to the place of compliance; Rule 45(d),
relating to your protection as a person subject to a subpoena; and Rule 45(e) and (g), relating to your duty to respond to this
subpoena and the potential consequences of not doing so. Date: June 18, 2025 CLERK OF COURT Signature of Clerk or Deputy Clerk OR
/s/ Alison L. Plessman Attorney’s signature The name, address, e-mail address, and telephone number of the attorney representing
(name of party) OpenAI Defendants (as defined herein) , who issues or requests this subpoena, are: Alison L. Plessman, Hueston
Hennigan LLP, 523 West 6th Street, Suite 400, Los Angeles, CA 90014, plessman@example.com, (213) 555-0101 Notice to the person
who issues or requests this subpoena If this subpoena commands the production of documents, electronically stored information, or
tangible things before trial, a notice and a copy of the subpoena must be served on each party in this case before it is served
on the person to whom it is directed. Fed. R. Civ. P. 45(a)(4).
"""
MADE = {
    "ao88a-2020-12": (samples.deposition, samples.deposition_form, DEPOSITION + FOOT),
    "ao88-2014-02": (samples.appearance, samples.appearance_form, APPEARANCE + FOOT),
}
EDITIONS = sorted(MADE)


def _close(text: str) -> str:
    """Ignore spaces, which a reader of PDFs guesses from distances."""
    return squeezed(text).replace(" ", "").casefold()


def _printed(edition: str, **changes: Any) -> list[str]:
    paper, form, _words = MADE[edition]
    return pages(render(to_json(paper(parts=("form",), form=form(**changes))), release="1").pdf)


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_form_has_its_three_pages_word_for_word(edition: str) -> None:
    text = form_text(edition)
    first, second, third = _printed(edition)
    assert _close(first) == _close(MADE[edition][2])
    assert _close(second).startswith(_close(f"{text.header.second} Civil Action No. 4:24-cv-04722-YGR PROOF OF SERVICE"))
    rule = " ".join(paragraph.words for paragraph in rule_text(text.rule_text).paragraphs)
    assert third.split() == squeezed(f"{text.header.third} {text.rule_page.title} {rule} {text.rule_page.foot}").split()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_sentence_of_the_data_is_printed(edition: str) -> None:
    text = form_text(edition)
    printed = _close(" ".join(_printed(edition)))
    command = text.command  # type: ignore[attr-defined]
    sections = (text.header, text.caption, command, text.issuance, text.proof, text.rule_page)
    words = [getattr(part, field.name) for part in sections for field in fields(part)]
    assert [one for one in words if _close(one) not in printed] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_proof_and_the_rule_are_those_of_ao_88b(edition: str) -> None:
    text, other = form_text(edition), form_text("ao88b-2014-02")
    assert (text.proof, text.rule_page, text.rule_text, text.caption) == (
        other.proof,
        other.rule_page,
        other.rule_text,
        other.caption,
    )


def test_boxes_that_command_nothing_are_not_ticked() -> None:
    page = _printed("ao88a-2020-12", testimony=False, production=False, production_text="", matters="")[0]
    assert (page.count("☐"), page.count("☑")) == (2, 0)


def _text_boxes() -> list[tuple[str, str]]:
    names = {field.name for field in fields(SubpoenaForm)}
    found = []
    for edition in EDITIONS:
        found += [(edition, name) for name in FIRST_PAGES[form_text(edition).name] if name in names]
    return found


@pytest.mark.parametrize(("edition", "name"), _text_boxes())
def test_a_text_too_long_for_its_box_goes_whole_to_the_addendum(edition: str, name: str) -> None:
    long = f"Start of {name}. " + WORDS * 30 + f"End of {name}."
    printed = _printed(edition, **{name: long})
    assert _close("See Addendum, item 1") in _close(printed[0])
    assert _close(f"End of {name}.") in _close(" ".join(printed[3:]))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_box_at_its_fullest_stays_on_its_page(edition: str) -> None:
    text: SubpoenaFormText = form_text(edition)
    own = {name for name in FIRST_PAGES[text.name] if hasattr(samples.form(), name)}
    for count in range(1, 8):
        typed = "\n".join(f"Line {n} of the text" for n in range(1, count + 1))
        printed = _printed(edition, **dict.fromkeys(own, typed))
        assert [page.startswith(text.header.first) for page in printed[:3]] == [True] * 3
        assert not any(page.startswith(text.name) for page in printed[3:])


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_typed_in_every_box_makes_a_whole_form(edition: str, seed: int) -> None:
    chance = random.Random(seed)

    def text() -> str:
        count = chance.choice((0, 1, 2, 4, 8, 14, 25, 60))
        return "".join(chance.choice(PIECES) + chance.choice((" ", " ", "  ", "\n", "\n\n")) for _ in range(count))

    name = form_text(edition).name
    printed = _printed(edition, **{box: text() for box in FIRST_PAGES[name] if hasattr(samples.form(), box)})
    assert [page.startswith(f"{name} (Rev.") for page in printed[:3]] == [True] * 3


def deposition_notice(**changes: Any) -> DepositionPaper:
    """A notice of deposition of an organization, with topics and documents."""
    subpoena = samples.deposition()
    own: dict[str, Any] = {
        "paper": "deposition_notice",
        "language": "en-US",
        "document_title": "Notice of Deposition: X.AI Corp.",
        "parts": ("notice", "schedule", "documents"),
        "caption": samples.caption(style="cand-28"),
        "counsel": subpoena.notice.counsel,
        "title": "NOTICE OF RULE 30(b)(6) DEPOSITION OF X.AI CORP.",
        "addressed_to": subpoena.notice.addressed_to,
        "examination": samples.examination(kind="deposition", deponent="X.AI Corp."),
        "schedule": samples.topics(),
        "documents": subpoena.documents,
        "signature": samples.signature(),
        "certificate": samples.certificate(),
        "approval": samples.approval(),
        "created": "2025-08-04T09:30:00-07:00",
    }
    return DepositionPaper(**{**own, **changes})


PAPERS: list[SubpoenaPaper | DepositionPaper] = [samples.deposition(), samples.appearance(), deposition_notice()]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.document_title)
def test_each_paper_is_read_back_clean_and_the_same_twice(paper: SubpoenaPaper | DepositionPaper) -> None:
    stored = to_json(paper)
    assert from_json(stored) == paper
    first = render(stored, release="1").pdf
    assert first == render(stored, release="1").pdf
    assert findings(first) == []


@pytest.mark.parametrize(
    ("changes", "says", "not_says"),
    [
        ({"remote": True}, ["by remote means, as stipulated or ordered under Rule 30(b)(4)"], ["at the following place"]),
        ({"conferral": "Counsel conferred on August 1."}, ["Counsel conferred on August 1."], ["available to do so"]),
        ({"day_to_day": False}, [], ["day to day"]),
        ({"matters": "", "organization": False}, ["under Rule 30(b)(1) of"], ["30(b)(6)", "designate"]),
        ({"documents": ""}, [], ["30(b)(2)", "Schedule B"]),
        (
            {"when": "", "place": ""},
            ["whom it designates, on ____________________.", "It will be taken at ______"],
            ["following place"],
        ),
        ({"place": "", "remote": True}, ["and may be joined as follows: ______"], []),
        ({"officer": ""}, ["taken before an officer authorized to administer oaths under Rule 28(a)"], []),
    ],
)
def test_a_notice_says_what_was_chosen(changes: dict[str, Any], says: list[str], not_says: list[str]) -> None:
    exam = samples.examination(**{"kind": "deposition", "deponent": "X.AI Corp.", **changes})
    paper = deposition_notice(examination=exam, parts=("notice",), title="NOTICE OF DEPOSITION")
    text = _close(" ".join(pages(render(to_json(paper), release="1").pdf)))
    assert [one for one in says if _close(one) not in text] == []
    assert [one for one in not_says if _close(one) in text] == []


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("subpoena_deposition", ["under Rule 30(b)(6), on ______", "It will be taken at ______"]),
        ("subpoena_trial", ["hearing or trial in this action on ______", "at ______________________________."]),
    ],
)
def test_a_draft_of_a_notice_has_lines_for_what_is_not_known_yet(kind: str, says: list[str]) -> None:
    exam = samples.examination(kind=kind, when="", place="")
    paper = samples.deposition(examination=(exam,), parts=("notice",))
    text = _close(" ".join(pages(render(to_json(paper), release="1").pdf)))
    assert [one for one in says if _close(one) not in text] == []


@pytest.mark.parametrize("make", [samples.deposition, samples.appearance])
@pytest.mark.parametrize("not_before", ["", "June 18, 2025"])
def test_a_notice_names_a_company_with_one_full_stop_and_says_that_it_goes_first(make: Any, not_before: str) -> None:
    notice = samples.notice(service_not_before=not_before)
    words = " ".join(pages(render(to_json(make(parts=("notice",), notice=notice)), release="1").pdf))

    assert ("Inc.." in words, "with this notice on each party before the subpoena is served on Meta Platforms, Inc." in words) == (
        False,
        True,
    )


def test_a_notice_without_a_day_has_a_blank_for_it() -> None:
    paper = deposition_notice(examination=samples.examination(kind="deposition", deponent="X.AI Corp.", when=""))

    assert "X.AI Corp., through those whom it designates, on ____________________." in " ".join(
        pages(render(to_json(paper), release="1").pdf)
    )
