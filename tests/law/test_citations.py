"""Reading citations out of texts: what each is listed as, which wordings repeat it, what nobody can tie."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.enums import AuthorityGroup
from discovery.law.citations import read
from discovery.law.cited_places import Places


def listed(*texts: str) -> list[str]:
    return [one.listed for one in read(texts).authorities]


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("The court was clear. Hickman v. Taylor, 329 U.S. 495, 507-08 (1947).", "Hickman v. Taylor, 329 U.S. 495 (1947)"),
        (
            "See also Blankenship v. Hearst Corp., 519 F.2d 418, 429 (9th Cir. 1975).",
            "Blankenship v. Hearst Corp., 519 F.2d 418 (9th Cir. 1975)",
        ),
        (
            "As held in In re Grand Jury Subpoena, 357 F.3d 900 (9th Cir. 2004)",
            "In re Grand Jury Subpoena, 357 F.3d 900 (9th Cir. 2004)",
        ),
        (
            "United States v. Nixon, 418 U.S. 683, 690 n.5, 94 S. Ct. 3090, 41 L. Ed. 2d 1039 (1974)",
            "United States v. Nixon, 418 U.S. 683, 94 S. Ct. 3090, 41 L. Ed. 2d 1039 (1974)",
        ),
        (
            "Ramachandran v. City of Los Altos, No. 18-CV-01223-VKD, 2021 WL 84488, at *5 (N.D. Cal. Jan. 11, 2021)",
            "Ramachandran v. City of Los Altos, No. 18-CV-01223-VKD, 2021 WL 84488 (N.D. Cal. Jan. 11, 2021)",
        ),
        (
            "(Greyhound Corp. v. Superior Court (1961) 56 Cal.2d 355, 377.)",
            "Greyhound Corp. v. Superior Court (1961) 56 Cal.2d 355",
        ),
        (
            "“[D]iscovery is broad.” Pac. Fisheries, Inc. v. U.S. Dep’t of Just., 539 F. Supp. 2d 1 (D. Or. 2008)",
            "Pac. Fisheries, Inc. v. U.S. Dep’t of Just., 539 F. Supp. 2d 1 (D. Or. 2008)",
        ),
        ("That is so in Oregon. Roe v. Doe, 1 P.3d 2 (Or. 2000)", "Roe v. Doe, 1 P.3d 2 (Or. 2000)"),
    ],
)
def test_a_case_is_listed_with_its_name_and_without_the_page_referred_to(text: str, case: str) -> None:
    (found,) = read([text]).authorities
    assert (found.group, found.listed, found.lacks, found.cited) == (AuthorityGroup.CASES, case, (), 1)


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Roe v. Doe, 12 F.3d 33 (1993)", ("court",)),
        ("Roe v. Doe, 12 F.3d 33", ("year",)),
        ("the rule of that case, 12 F.3d 33 (9th Cir. 1993)", ("name",)),
        ("Roe v. Doe, 329 U.S. 495 (1947)", ()),
    ],
)
def test_what_is_missing_is_said(text: str, lacks: tuple[str, ...]) -> None:
    (found,) = read([text]).authorities
    assert found.lacks == lacks


@pytest.mark.parametrize(
    ("text", "group", "names"),
    [
        ("28 U.S.C. § 1821(b)", "statutes", ["28 U.S.C. § 1821(b)"]),
        ("U.S. Const. amend. IV; Cal. Const., art. I, § 1", "statutes", ["U.S. Const. amend. IV", "Cal. Const. art. I, § 1"]),
        ("Cal. Civ. Proc. Code § 2031.310 and Code Civ. Proc., § 2031.310", "statutes", ["Cal. Civ. Proc. Code § 2031.310"]),
        ("Code of Civil Procedure section 2016.040, CCP § 2016.040", "statutes", ["Code Civ. Proc., § 2016.040"]),
        ("CPLR 3101(a)(4)", "statutes", ["N.Y. C.P.L.R. 3101(a)(4)"]),
        ("Fed. R. Civ. P. 37(a)(2), 45(d)(2)(B)(i).", "rules", ["Fed. R. Civ. P. 37(a)(2)", "Fed. R. Civ. P. 45(d)(2)(B)(i)"]),
        (
            "under Rules 36(a)(6) and 37(a)(3)(B) of the Federal Rules of Civil Procedure",
            "rules",
            ["Fed. R. Civ. P. 36(a)(6)", "Fed. R. Civ. P. 37(a)(3)(B)"],
        ),
        ("Civ. L.R. 37-2 and Civil Local Rule 7-4(a)(2)", "rules", ["Civ. L.R. 37-2", "Civ. L.R. 7-4(a)(2)"]),
        (
            "Cal. Rules of Court, rule 3.1113(f); CRC 3.1345",
            "rules",
            ["Cal. Rules of Court, rule 3.1113(f)", "Cal. Rules of Court, rule 3.1345"],
        ),
        ("Restatement (Third) of Agency § 2.01.", "other", ["Restatement (Third) of Agency § 2.01"]),
    ],
)
def test_statutes_and_rules_are_listed_in_one_form(text: str, group: str, names: list[str]) -> None:
    assert [(one.group.value, one.listed) for one in read([text]).authorities] == [(group, name) for name in names]


def test_short_forms_repeat_what_name_or_volume_name_surely() -> None:
    found = read(
        [
            "Hickman v. Taylor, 329 U.S. 495 (1947). Id. at 7. In Hickman, 329 U.S. at 1, and 329 U.S. at 2; Taylor, supra, at 5.",
            "Williams v. Superior Court (2017) 3 Cal.5th 531. Williams, supra, 3 Cal.5th at p. 541.",
            "Fed. R. Civ. P. 26(b)(1). Rule 26(b)(1) and Rule 26(b)(2)(B) say so; Fed. R. Evid. 501.",
        ]
    )
    assert {one.listed: one.cited for one in found.authorities} == {
        "Hickman v. Taylor, 329 U.S. 495 (1947)": 5,
        "Williams v. Superior Court (2017) 3 Cal.5th 531": 2,
        "Fed. R. Civ. P. 26(b)(1)": 2,
        "Fed. R. Civ. P. 26(b)(2)(B)": 1,
        "Fed. R. Evid. 501": 1,
    }
    assert found.unsure == ()


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("Smith, 12 F.3d at 5.", "Smith, 12 F.3d at 5"),
        ("Foo v. Bar, 12 F.3d 33 (9th Cir. 1993). Smith, 12 F.3d at 5.", "Smith, 12 F.3d at 5"),
        ("A v. Foo, 1 U.S. 2 (1800). B v. Foo, 1 U.S. 4 (1800). Foo, 1 U.S. at 5.", "Foo, 1 U.S. at 5"),
        (
            "Roe v. Doe, 1 U.S. 2 (1800); Ray v. Day, 3 U.S. 4 (1801). Id. at 5.",
            "… Roe v. Doe, 1 U.S. 2 (1800); Ray v. Day, 3 U.S. 4 (1801). Id.",
        ),
        ("Rule 26(b)(1) says so.", "Rule 26(b)(1)"),
        ("The other case, supra, at 5.", "The other case, supra, at 5"),
    ],
)
def test_what_may_be_one_or_another_is_left_to_a_person(text: str, unsure: str) -> None:
    found = read([text]).unsure
    assert len(found) == 1
    assert unsure.endswith(found[0].removeprefix("… "))


@pytest.mark.parametrize(
    "text",
    [
        "Smith Decl. ¶ 3. Id. ¶ 4.",
        "In 2020, 5 P. M. 7",
        "Request No. 3 of June 18, 2025",
        "Dkt. 230 at 5",
        "see 45(d) above",
        "Local Rule 7-4",
    ],
)
def test_what_is_no_authority_is_none(text: str) -> None:
    assert listed(text) == []


def test_an_id_after_the_record_is_the_records() -> None:
    (found,) = read(["Roe v. Doe, 1 U.S. 2 (1800). Smith Decl. ¶ 3. Id. ¶ 4."]).authorities
    assert found.cited == 1


CITED = st.sampled_from(
    [
        "Hickman v. Taylor, 329 U.S. 495, 507 (1947)",
        "Fed. R. Civ. P. 26(b)(1)",
        "28 U.S.C. § 1821",
        "Greyhound Corp. v. Superior Court (1961) 56 Cal.2d 355",
        "Code Civ. Proc., § 2031.310",
    ]
)
WORDS = st.text(alphabet="abc (),.;“” \u00a0\n", max_size=20)


@given(st.lists(st.tuples(WORDS, CITED), max_size=6))
def test_each_citation_is_found_wherever_it_stands(pieces: list[tuple[str, str]]) -> None:
    """Each is counted as often as it stands there, between whatever words."""
    text = "".join(f"{words} x. {cited}. " for words, cited in pieces)
    counts = {one.listed: one.cited for one in read([text]).authorities}
    wanted: dict[str, int] = {}
    for _words, cited in pieces:
        name = re.sub(r", 507", "", cited)
        wanted[name] = wanted.get(name, 0) + 1
    assert counts == wanted


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    found = read([text])
    places = Places({words: number for number, one in enumerate(found.authorities) for words in one.words})
    assert all(0 <= place.start < place.end <= len(text) for place in places.of(text))
