"""How many questions an interrogatory asks, discrete subparts counted."""

from __future__ import annotations

import pytest

from discovery.law.interrogatories import subparts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Identify each Person with knowledge of the Transaction.", 1),
        ("What was the purpose of the meeting of May 5, 2025?", 1),
        ("Identify each Person who attended and state what was said.", 2),
        ("State all facts, identify all persons with knowledge, and identify all documents that support Your denial.", 3),
        ("State whether You own any share of it and, if so, describe how You came by it.", 1),
        ("Identify each Document, stating its (a) date, (b) author, (c) recipients.", 1),
        ("Describe each of these: (a) the sale of the plant; (b) the dismissal of Mr. Grey; (c) the recall of 2023.", 3),
        ("Answer the following: (a) state Your salary; (b) describe Your duties.", 2),
        ("For each lease, give (b) the term and (c) the rent.", 1),
        ("", 1),
    ],
)
def test_questions_are_counted(text: str, number: int) -> None:
    assert subparts(text) == number
