"""Citations stay on one line, and their text stays what it was."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.papers.citing import cited, stopped


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Fed. R. Civ. P. 45(d)(2)(B)(ii).", ["Fed. R. Civ. P. 45(d)(2)(B)(ii)"]),
        ("See Rule 26(b)(1); Fed. R. Civ. P. 5(b)(2)(A)–(B)", ["Rule 26(b)(1)", "Fed. R. Civ. P. 5(b)(2)(A)–(B)"]),
        ("CRC 3.1345(c)(4) and L.R. 37-1(a)", ["3.1345(c)(4)", "L.R. 37-1(a)"]),
        ("see Fed. R. Evid. 502(b); Code Civ. Proc. § 2031.310(b)", ["Fed. R. Evid. 502(b)", "§ 2031.310(b)"]),
        ("Musk v. Altman, No. 4:24-cv-04722-YGR, and 22 NYCRR 202.20-d.", ["No. 4:24-cv-04722-YGR", "202.20-d"]),
        ("NOTICE TO NON-PARTY META", ["NON-PARTY"]),
        ("Request (1) of 2024 (a), at 9:30-10:15 in a well-known place", []),
    ],
)
def test_what_is_kept_together(text: str, kept: list[str]) -> None:
    assert re.findall(r'<span class="cite">(.*?)</span>', cited(text)) == kept


@given(st.text(alphabet="45(dB)26.–-<>&\"' RulePL§"))
def test_nothing_is_added_lost_or_left_unescaped(text: str) -> None:
    html = re.sub(r'<span class="cite">(.*?)</span>', r"\1", cited(text))
    assert (unescape(html), "<" in html) == (text, False)


@pytest.mark.parametrize(("name", "printed"), [("Jane Roe", "Jane Roe."), ("Meta Platforms, Inc.", "Meta Platforms, Inc.")])
def test_a_name_ends_a_sentence_with_one_full_stop(name: str, printed: str) -> None:
    assert stopped(name) == printed
