"""The fixed wording of AO 88B and the text of Rule 45: read strictly, every gap named."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources import files

import pytest

from discovery.law import form_texts
from discovery.law.form_texts import CaptionText, FormTextError, ProductionForm, form_text, rule_text


def test_the_editions_that_ship() -> None:
    assert form_texts.form_texts() == ("ao88-2014-02", "ao88a-2020-12", "ao88b-2014-02")


def test_the_form_is_read_whole_and_once() -> None:
    text = form_text("ao88b-2014-02")
    assert (text.name, text.revision, text.rule_text) == ("AO 88B", "Rev. 02/14", "frcp45-2013-12-01")
    assert isinstance(text, ProductionForm)
    assert text.command.title_first == "SUBPOENA TO PRODUCE DOCUMENTS, INFORMATION, OR OBJECTS"
    assert form_text("ao88b-2014-02") is text


def test_the_rule_keeps_its_structure() -> None:
    rule = rule_text("frcp45-2013-12-01")
    headings = [f"{p.designator} {p.heading}" for p in rule.paragraphs if p.level == 1 and p.designator]
    assert headings == [
        "(c) Place of Compliance.",
        "(d) Protecting a Person Subject to a Subpoena; Enforcement.",
        "(e) Duties in Responding to a Subpoena.",
        "(g) Contempt.",
    ]
    levels = [paragraph.level for paragraph in rule.paragraphs]
    assert [levels.count(level) for level in (1, 2, 3, 4)] == [5, 7, 15, 14]
    assert len(" ".join(p.words for p in rule.paragraphs).split()) == 1102


def test_every_data_file_cites_its_source_at_the_top() -> None:
    for folder in ("forms", "texts"):
        for item in (files("discovery.law") / folder).iterdir():
            assert "Source:" in item.read_text(encoding="utf-8")[:1000], item.name


@pytest.mark.parametrize("edition", ["ao88b-1999-01", "../texts/frcp45-2013-12-01", ""])
def test_an_unknown_form_is_named(edition: str) -> None:
    with pytest.raises(FormTextError) as caught:
        form_text(edition)
    assert str(caught.value) == f"This release has no form {edition!r}; it has ao88-2014-02, ao88a-2020-12, ao88b-2014-02."


def test_an_unknown_rule_text_is_named() -> None:
    with pytest.raises(FormTextError) as caught:
        rule_text("frcp45-1991")
    assert str(caught.value) == "This release has no rule text 'frcp45-1991'; it has frcp45-2013-12-01."


def _caption() -> dict[str, object]:
    data = tomllib.loads((files("discovery.law") / "forms" / "ao88b-2014-02.toml").read_text(encoding="utf-8"))
    return dict(data["caption"])


def test_a_missing_and_an_unknown_field_are_named() -> None:
    raw = _caption()
    raw["judge"] = raw.pop("versus")
    with pytest.raises(FormTextError) as caught:
        form_texts._section(CaptionText, raw, "a test")
    assert str(caught.value) == "In a test: lacks versus and does not know judge."


@pytest.mark.parametrize("value", ["", "  ", 3])
def test_an_empty_text_is_named(value: object) -> None:
    with pytest.raises(FormTextError) as caught:
        form_texts._section(CaptionText, _caption() | {"versus": value}, "a test")
    assert str(caught.value) == "In a test: versus must be a text that is not empty."


def test_a_line_that_is_not_a_paragraph_is_named() -> None:
    with pytest.raises(FormTextError) as caught:
        form_texts._paragraph("(c) *Place of Compliance", "line 3")
    assert str(caught.value) == "Cannot read line 3: '(c) *Place of Compliance'."


def test_the_wording_is_the_one_that_was_proofread() -> None:
    """A change of a word of a form in force is a mistake: a new revision is a new file."""
    body = [
        line
        for line in (files("discovery.law") / "texts" / "frcp45-2013-12-01.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    words = " ".join(" ".join(body).replace("*", "").split())
    assert hashlib.sha256(words.encode()).hexdigest() == "f1a95cf00a13464f46c48d586fc096ecbca6505235c5f9c83461cc6540ec2bf3"
