"""The fixed wording of official forms and the text of rules that papers must print, each edition a dated data file.

`forms/<edition>.toml` holds every word that a form fixes; `texts/<edition>.txt` the text of a rule, a paragraph a line.
Both name their source at the top. A paper names its edition, so what was served can always be printed again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_type_hints

Section = TypeVar("Section")


class FormTextError(LookupError):
    """A form or rule text that is not there, or a data file that lacks something; the message names what is missing."""


@dataclass(frozen=True, slots=True)
class PageHeaders:
    """The small line at the top of each page of the form."""

    first: str
    second: str
    third: str


@dataclass(frozen=True, slots=True)
class CaptionText:
    """Page 1, the fixed words of the caption."""

    court: str
    for_the: str
    district_of: str
    versus: str
    case_number: str


@dataclass(frozen=True, slots=True)
class CommandText:
    """Page 1, from the title to the paragraph on the attached provisions."""

    title_first: str
    title_second: str
    to: str
    to_label: str
    production: str
    inspection: str
    commanded: str
    production_text: str
    inspection_text: str
    place: str
    date_and_time: str
    rule_attached: str


@dataclass(frozen=True, slots=True)
class DepositionText:
    """Page 1 of AO 88A, from the title to the paragraph on the attached provisions."""

    title: str
    to: str
    to_label: str
    testimony: str
    commanded: str
    testimony_text: str
    organization_text: str
    place: str
    date_and_time: str
    recording: str
    production: str
    production_text: str
    rule_attached: str


@dataclass(frozen=True, slots=True)
class AppearanceText:
    """Page 1 of AO 88, from the title to the paragraph on the attached provisions."""

    title_first: str
    title_second: str
    to: str
    to_label: str
    commanded: str
    testimony_text: str
    place: str
    courtroom: str
    date_and_time: str
    production_text: str
    production_hint: str
    production_colon: str
    rule_attached: str


@dataclass(frozen=True, slots=True)
class IssuanceText:
    """Page 1, from the date to the notice at the foot."""

    date: str
    clerk: str
    either: str
    clerk_label: str
    attorney_label: str
    contact_lead: str
    contact_party: str
    contact_tail: str
    notice_heading: str
    notice: str


@dataclass(frozen=True, slots=True)
class ProofText:
    """Page 2, the proof of service."""

    title: str
    not_filed: str
    received: str
    received_label: str
    on: str
    on_label: str
    served: str
    served_or: str
    unexecuted: str
    full_stop: str
    tender: str
    dollar: str
    fees_travel: str
    fees_services: str
    fees_total: str
    fees_total_default: str
    perjury: str
    date: str
    signature_label: str
    name_label: str
    address_label: str
    additional: str


@dataclass(frozen=True, slots=True)
class RulePageText:
    """Page 3: what stands above and below the text of the rule."""

    title: str
    foot: str


@dataclass(frozen=True, slots=True)
class SubpoenaFormText:
    """Every fixed word of one edition of a subpoena's form; `rule_text` is the edition of the rule that its page 3 prints.

    The forms differ in what page 1 commands; header, caption, signatures, proof of service and rule they share.
    """

    edition: str
    name: str
    revision: str
    rule: str
    rule_text: str
    header: PageHeaders
    caption: CaptionText
    issuance: IssuanceText
    proof: ProofText
    rule_page: RulePageText


@dataclass(frozen=True, slots=True)
class ProductionForm(SubpoenaFormText):
    """AO 88B: documents, information, objects, premises."""

    command: CommandText


@dataclass(frozen=True, slots=True)
class DepositionForm(SubpoenaFormText):
    """AO 88A: testimony at a deposition."""

    command: DepositionText


@dataclass(frozen=True, slots=True)
class AppearanceForm(SubpoenaFormText):
    """AO 88: testimony at a hearing or trial."""

    command: AppearanceText


FORMS: dict[str, type[SubpoenaFormText]] = {"AO 88B": ProductionForm, "AO 88A": DepositionForm, "AO 88": AppearanceForm}
"""By the name of the form that a data file gives: which words it has."""


@dataclass(frozen=True, slots=True)
class RuleParagraph:
    """One paragraph of a rule.

    `level` counts from 1: (c) > (1) > (A) > (i). `designator` is "(c)" or ''. `heading` is the run-in heading with its
    full stop, or ''. `text` is the rest, or '' when the heading stands alone.
    """

    level: int
    designator: str
    heading: str
    text: str

    @property
    def words(self) -> str:
        """The whole paragraph as printed, with single spaces."""
        return " ".join(part for part in (self.designator, self.heading, self.text) if part)


@dataclass(frozen=True, slots=True)
class RuleText:
    """The text of a rule as it stood from one date; `source` is the comment at the top of its file."""

    edition: str
    source: str
    paragraphs: tuple[RuleParagraph, ...]


def form_texts() -> tuple[str, ...]:
    """Return the editions of forms that ship with this release, sorted."""
    return _editions("forms", ".toml")


@cache
def form_text(edition: str) -> SubpoenaFormText:
    """Return the fixed wording of a form, for example "ao88b-2014-02" (Form AO 88B, Rev. 02/14).

    Raises FormTextError, naming the edition, when this release has none; naming the section and field, when the data
    file lacks one or has one that the form does not know.
    """
    raw = tomllib.loads(_read("forms", edition, ".toml"))
    text = _section(FORMS.get(str(raw.get("name")), ProductionForm), raw, f"the form {edition}")
    if text.edition != edition:
        raise FormTextError(f"The file of the form {edition} says that it is {text.edition}.")
    return text


@cache
def rule_text(edition: str) -> RuleText:
    """Return the text of a rule, for example "frcp45-2013-12-01" (Rule 45(c), (d), (e), (g), effective 2013-12-01).

    Raises FormTextError, naming the edition, when this release has none; naming the line, when it cannot be read.
    """
    lines = _read("texts", edition, ".txt").splitlines()
    source = "\n".join(line.removeprefix("#").strip() for line in lines if line.startswith("#"))
    paragraphs = tuple(
        _paragraph(line, f"line {number} of the rule text {edition}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    )
    return RuleText(edition, source, paragraphs)


_PARAGRAPH = re.compile(r"(?P<indent>(?: {3})*)(?P<designator>\([a-zA-Z0-9]+\))?\s*(?:\*(?P<heading>[^*]+)\*)?\s*(?P<text>[^*]*)")


def _paragraph(line: str, where: str) -> RuleParagraph:
    """Read one line: indentation, designator, *run-in heading*, text."""
    found = _PARAGRAPH.fullmatch(line)
    if found is None:
        raise FormTextError(f"Cannot read {where}: {line.strip()!r}.")
    return RuleParagraph(
        level=len(found["indent"]) // 3 + 1,
        designator=found["designator"] or "",
        heading=found["heading"] or "",
        text=found["text"].strip(),
    )


def _section(kind: type[Section], raw: Mapping[str, Any], where: str) -> Section:
    """Build a frozen dataclass from a TOML table, exactly: nothing missing, nothing unknown, texts only."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    missing = [name for name in names if name not in raw]
    unknown = [name for name in raw if name not in names]
    if missing or unknown:
        said = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"does not know {', '.join(unknown)}"] * bool(unknown)
        raise FormTextError(f"In {where}: {' and '.join(said)}.")
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for name in names:
        value = raw[name]
        if hints[name] is not str:
            values[name] = _section(hints[name], value, f"{where}, [{name}]")
        elif isinstance(value, str) and value.strip():
            values[name] = value
        else:
            raise FormTextError(f"In {where}: {name} must be a text that is not empty.")
    return kind(**values)


def _editions(folder: str, ending: str) -> tuple[str, ...]:
    names = (item.name for item in (files("discovery.law") / folder).iterdir())
    return tuple(sorted(name.removesuffix(ending) for name in names if name.endswith(ending)))


def _read(folder: str, edition: str, ending: str) -> str:
    """Return a data file's text; the edition must be one that ships, so a name can never lead out of the folder."""
    known = _editions(folder, ending)
    if edition not in known:
        kind = {"forms": "form", "texts": "rule text"}[folder]
        raise FormTextError(f"This release has no {kind} {edition!r}; it has {', '.join(known) or 'none'}.")
    return (files("discovery.law") / folder / f"{edition}{ending}").read_text(encoding="utf-8")
