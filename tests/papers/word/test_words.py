"""No word is lost on the way from a paper's sections to its Word file, and each is in a named style."""

from __future__ import annotations

import pytest

from discovery.papers.word.files import word_file
from tests.papers import samples
from tests.papers.word.reading_word import words, words_of_sections

pytestmark = pytest.mark.django_db  # the snapshots are composed of the demo case


def test_every_kind_of_paper_says_the_same_in_word(snapshots: dict[str, str]) -> None:
    made = {kind: words(word_file(canonical, release=samples.RELEASE)) for kind, canonical in snapshots.items()}
    assert made == {kind: words_of_sections(canonical) for kind, canonical in snapshots.items()}
