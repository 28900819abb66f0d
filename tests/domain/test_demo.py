"""The demo case: a paper that was made up to be shown says so itself, whoever comes upon it alone."""

from __future__ import annotations

import pytest

from discovery.domain.composing.composers import COMPOSERS
from discovery.domain.demo.loading import load_demo
from discovery.enums import PaperKind
from discovery.models import PrivilegeLog, Production, Response
from discovery.papers.rendering import render
from discovery.papers.snapshots import to_json
from tests.factories import make_user
from tests.papers.reading import pages

MADE_UP = {
    PaperKind.RESPONSE: Response,
    PaperKind.VERIFICATION: Response,
    PaperKind.COVER_LETTER: Production,
    PaperKind.PRIVILEGE_LOG: PrivilegeLog,
}


@pytest.mark.django_db
def test_what_our_side_is_shown_to_write_says_that_it_is_a_demonstration(bells: list[int]) -> None:
    load_demo(owner=make_user("alice"))
    said = {}
    for kind, model in MADE_UP.items():
        row = model._default_manager.filter(**{_to_party(model): "OpenAI, Inc."}).get()
        printed = render(to_json(COMPOSERS[kind].compose(row, kind.value)), release="1")
        said[kind.value] = "demonstration" in " ".join(pages(printed.pdf)).lower()
    assert said == {kind.value: True for kind in MADE_UP}


def _to_party(model: type) -> str:
    return f"{'demand__' if model is Response else ''}responding_party__person__name"
