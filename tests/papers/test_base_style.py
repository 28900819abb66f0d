"""The lean stylesheet in place of the engine's own: the same bytes, and a refusal to guess when the engine's changes."""

from __future__ import annotations

import pytest
from weasyprint import HTML
from weasyprint.html import UA

from discovery.papers.base_style import lean
from discovery.papers.layouts import forget
from discovery.papers.paper_html import PaperHTML
from discovery.papers.rendering import render
from tests.papers import samples

NOTED = "All Documents concerning the matter.^[A note at the foot of the page.] *Also these:*\n- one\n- two"


def test_a_paper_has_the_same_bytes_under_the_whole_stylesheet(monkeypatch: pytest.MonkeyPatch) -> None:
    content = samples.canonical(schedule=samples.schedule(requests=samples.requests(3, NOTED)))
    forget()
    made = render(content, release="test").sha256
    monkeypatch.setattr(PaperHTML, "_ua_stylesheets", HTML._ua_stylesheets)
    forget()
    assert render(content, release="test").sha256 == made
    forget()


@pytest.mark.parametrize("line", ["::marker {", "@top-left-corner "])
def test_a_stylesheet_without_an_expected_rule_stops_the_program(line: str) -> None:
    with pytest.raises(ValueError, match="The engine’s stylesheet has"):
        lean(UA.replace(line, f"other{line}", 1))
