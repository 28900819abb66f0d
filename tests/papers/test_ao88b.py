"""AO 88B (Rev. 02/14): three pages, every fixed word, every box."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any

import pytest

from discovery.law.form_texts import ProductionForm, form_text, rule_text
from discovery.papers import composition, rendering
from discovery.papers.errors import PaperBroken, PaperRefused
from discovery.papers.fitting import Box
from discovery.papers.form_boxes import FIRST_PAGE, SECOND_PAGE
from discovery.papers.rendering import Rendered, render
from discovery.papers.subpoena_snapshot import ServiceProof
from tests.papers import samples
from tests.papers.reading import findings, pages, squeezed

TEXT = form_text("ao88b-2014-02")
FIRST = """
AO 88B (Rev. 02/14) Subpoena to Produce Documents, Information, or Objects or to Permit Inspection of Premises in a Civil
Action UNITED STATES DISTRICT COURT for the Northern District of California ELON MUSK, et al. Plaintiff v. SAMUEL ALTMAN, et al.
Defendant ) ) ) ) ) ) Civil Action No. 4:24-cv-04722-YGR SUBPOENA TO PRODUCE DOCUMENTS, INFORMATION, OR OBJECTS OR TO PERMIT
INSPECTION OF PREMISES IN A CIVIL ACTION To: Meta Platforms, Inc., c/o CSC – Lawyers Incorporating Service 2710 Gateway Oaks
Drive, Sacramento, CA 95833 (Name of person to whom this subpoena is directed) ☑ Production: YOU ARE COMMANDED to produce at the
time, date, and place set forth below the following documents, electronically stored information, or objects, and to permit
inspection, copying, testing, or sampling of the material: As instructed on Schedule A attached hereto. Place:
plessman@example.com or Attn: Specialized Legal Services c/o USA Legal Network 1112 Bryant St # 200, San Francisco, CA 94103
Date and Time: July 2, 2025 at 5:00 PM PST ☐ Inspection of Premises: YOU ARE COMMANDED to permit entry onto the designated
premises, land, or other property possessed or controlled by you at the time, date, and location set forth below, so that the
requesting party may inspect, measure, survey, photograph, test, or sample the property or any designated object or operation on
it. Place: Date and Time: The following provisions of Fed. R. Civ. P. 45 are attached – Rule 45(c), relating to the place of
compliance; Rule 45(d), relating to your protection as a person subject to a subpoena; and Rule 45(e) and (g), relating to your
duty to respond to this subpoena and the potential consequences of not doing so. Date: June 18, 2025 CLERK OF COURT Signature of
Clerk or Deputy Clerk OR /s/ Alison L. Plessman Attorney’s signature The name, address, e-mail address, and telephone number of
the attorney representing (name of party) OpenAI Defendants (as defined herein) , who issues or requests this subpoena, are:
Alison L. Plessman, Hueston Hennigan LLP, 523 West 6th Street, Suite 400, Los Angeles, CA 90014, plessman@example.com, (213)
555-0101 Notice to the person who issues or requests this subpoena If this subpoena commands the production of documents,
electronically stored information, or tangible things or the inspection of premises before trial, a notice and a copy of the
subpoena must be served on each party in this case before it is served on the person to whom it is directed. Fed. R. Civ. P.
45(a)(4).
"""
SECOND = """
AO 88B (Rev. 02/14) Subpoena to Produce Documents, Information, or Objects or to Permit Inspection of Premises in a Civil Action
(Page 2) Civil Action No. 4:24-cv-04722-YGR PROOF OF SERVICE (This section should not be filed with the court unless required by
Fed. R. Civ. P. 45.) I received this subpoena for (name of individual and title, if any) on (date) . ☐ I served the subpoena by
delivering a copy to the named person as follows: on (date) ; or ☐ I returned the subpoena unexecuted because: . Unless the
subpoena was issued on behalf of the United States, or one of its officers or agents, I have also tendered to the witness the
fees for one day’s attendance, and the mileage allowed by law, in the amount of $ . My fees are $ for travel and $ for services,
for a total of $ 0.00 . I declare under penalty of perjury that this information is true. Date: Server’s signature Printed name
and title Server’s address Additional information regarding attempted service, etc.:
"""


def _close(text: str) -> str:
    """Ignore spaces, which a reader of PDFs guesses from distances."""
    return squeezed(text).replace(" ", "").casefold()


def test_page_1_prints_every_word_in_reading_order(package: Rendered) -> None:
    assert _close(pages(package.pdf)[0]) == _close(FIRST)


def test_page_2_prints_every_word_in_reading_order(package: Rendered) -> None:
    assert _close(pages(package.pdf)[1]) == _close(SECOND)


def test_page_3_prints_the_rule_word_for_word(package: Rendered) -> None:
    rule = " ".join(paragraph.words for paragraph in rule_text(TEXT.rule_text).paragraphs)
    expected = f"{TEXT.header.third} {TEXT.rule_page.title} {rule} {TEXT.rule_page.foot}"
    assert pages(package.pdf)[2].split() == squeezed(expected).split()


def test_the_data_file_holds_every_fixed_word_of_pages_1_and_2() -> None:
    printed = _close(FIRST + SECOND)
    assert isinstance(TEXT, ProductionForm)
    sections = (TEXT.header, TEXT.caption, TEXT.command, TEXT.issuance, TEXT.proof)
    words = [getattr(part, field.name) for part in sections for field in fields(part)]
    absent = [text for text in words if _close(text) not in printed and text != TEXT.header.third]
    assert absent == []


def test_a_completed_proof_of_service_is_printed() -> None:
    proof = ServiceProof(
        received_for="Meta Platforms, Inc.",
        received_on="June 18, 2025",
        served=True,
        served_how="Handed to A. Clerk at CSC.",
        served_on="June 19, 2025",
        fees_tendered="45.00",
        travel_fees="12.50",
        service_fees="80.00",
        total_fees="92.50",
        dated="June 20, 2025",
        server_name_title="Pat Doe, process server",
        server_address="1 Main Street, Sacramento",
        additional="First attempt on June 18.",
    )
    page = pages(render(samples.canonical(parts=("form",), proof=proof), release="1").pdf)[1]
    for text in (
        "(name of individual and title, if any) Meta Platforms, Inc. on (date) June 18, 2025",
        "☑ I served the subpoena by delivering a copy to the named person as follows: Handed to A. Clerk at CSC. on (date) June",
        "☐ I returned",
        "in the amount of $ 45.00",
        "My fees are $ 12.50 for travel and $ 80.00 for services, for a total of $ 92.50",
        "Server’s signature Pat Doe, process server Printed name and title 1 Main Street, Sacramento Server’s address",
        "Additional information regarding attempted service, etc.: First attempt on June 18.",
    ):
        assert _close(text) in _close(page)


def test_a_clerk_signs_on_the_clerks_line() -> None:
    form = samples.form(issuer="clerk", clerk_signed="R. Maher", attorney_signed="")
    page = pages(render(samples.canonical(parts=("form",), form=form), release="1").pdf)[0]
    assert _close("CLERK OF COURT R. Maher Signature of Clerk or Deputy Clerk OR Attorney’s signature") in _close(page)


WORDS = "the several companies of the Example Holding Group and whoever has acted for them anywhere, "


@pytest.mark.parametrize("name", [*FIRST_PAGE, *SECOND_PAGE])
def test_a_text_too_long_for_its_box_goes_whole_to_the_addendum(name: str) -> None:
    long = f"Start of {name}. " + WORDS * 30 + f"End of {name}."
    changes = {}
    for part, made in (("caption", samples.caption()), ("form", samples.form()), ("proof", ServiceProof())):
        if hasattr(made, name):
            changes[part] = type(made)(**{f.name: getattr(made, f.name) for f in fields(made)} | {name: long})
            break
    printed = pages(render(samples.canonical(parts=("form",), **changes), release="1").pdf)
    front = _close(" ".join(printed[:2]))
    assert _close("See Addendum, item 1") in front
    assert _close(f"End of {name}.") not in front
    box: Box = (FIRST_PAGE | SECOND_PAGE)[name]
    behind = _without_footers(printed[3:])
    assert _close(f"Item 1. {box.heading} {long}") in _close(behind)


def _without_footers(printed: list[str]) -> str:
    return " ".join(page.split("1 ADDENDUM TO SUBPOENA (FORM")[0].split("2 ADDENDUM TO SUBPOENA (FORM")[0] for page in printed)


def _proof(changes: dict[str, Any]) -> ServiceProof:
    return replace(ServiceProof(served=True, unexecuted=True), **changes)


def test_every_box_at_its_fullest_still_makes_two_pages_and_no_addendum_line_is_lost() -> None:
    """Fill each box with as many lines as it takes at each size: the form never grows."""
    for count in (1, 2, 3, 4, 5, 6):
        text = "\n".join(f"Line {n} of the text" for n in range(1, count + 1))
        proof = _proof(dict.fromkeys(SECOND_PAGE, text))
        form = samples.form(inspection=True, **{name: text for name in FIRST_PAGE if hasattr(samples.form(), name)})
        caption = samples.caption(**{name: text for name in FIRST_PAGE if hasattr(samples.caption(), name)})
        rendered = render(samples.canonical(parts=("form",), caption=caption, form=form, proof=proof), release="1")
        printed = pages(rendered.pdf)
        assert [page.split(" Civil Action ")[0][:6] for page in printed[:3]] == ["AO 88B"] * 3
        assert all(not page.startswith("AO 88B") for page in printed[3:])


PIECES = ("of", "WWWWWW", "iiii", "漢字漢字漢字", "שלום", "مرحبا", "a-b-c", "x" * 40, "§45", "Communications,", "(e)", "☑")


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_typed_in_every_box_makes_a_whole_form(seed: int) -> None:
    chance = random.Random(seed)

    def text() -> str:
        count = chance.choice((0, 1, 2, 4, 8, 14, 25, 60))
        return "".join(chance.choice(PIECES) + chance.choice((" ", " ", " ", "  ", "\n", "\n\n")) for _ in range(count))

    form = samples.form(inspection=True, **{name: text() for name in FIRST_PAGE if hasattr(samples.form(), name)})
    caption = samples.caption(**{name: text() for name in FIRST_PAGE if hasattr(samples.caption(), name)})
    proof = _proof({name: text() for name in SECOND_PAGE})
    rendered = render(samples.canonical(parts=("form",), caption=caption, form=form, proof=proof), release="1")
    headers = [page.startswith("AO 88B (Rev. 02/14)") for page in pages(rendered.pdf)]
    assert headers[:3] == [True, True, True]
    assert not any(headers[3:])


def test_the_addendum_is_clean_for_readers_of_tags() -> None:
    form = samples.form(to="Meta Platforms, Inc.\n" + WORDS * 10)
    assert findings(render(samples.canonical(parts=("form",), form=form), release="1").pdf) == []


def test_a_form_with_another_number_of_pages_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = composition.sections(samples.paper(parts=("schedule",)))
    broken = tuple(type(section)(section.name, section.markup, section.styles, pages=2) for section in made)
    monkeypatch.setattr(rendering, "sections", lambda _: broken)
    with pytest.raises(PaperBroken) as caught:
        render(samples.canonical(parts=("schedule",)), release="1")
    assert str(caught.value) == "The form came out with 5 pages instead of 2; it was not printed."


def test_an_edition_that_did_not_ship_is_refused_by_name() -> None:
    with pytest.raises(PaperRefused) as caught:
        render(samples.canonical(form=samples.form(edition="ao88b-2030-01")), release="1")
    assert str(caught.value) == "This release has no form 'ao88b-2030-01'; it has ao88-2014-02, ao88a-2020-12, ao88b-2014-02."
