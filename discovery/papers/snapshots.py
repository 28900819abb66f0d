"""What a paper prints, as plain frozen data: the only thing that rendering may read.

A snapshot is composed once from the rows (`discovery.domain.composing`), stored as canonical JSON under its SHA-256, and
rendered from that JSON alone. Two snapshots that are equal have the same bytes, so the same hash and the same PDF.
Every value is text as printed, a flag or a list of such: no ids, no clock, no money to format later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, Protocol, TypeVar, cast, get_args, get_origin, get_type_hints

from discovery.papers import upgrades

FORMAT = 2
"""Goes up whenever a field comes, goes or changes its meaning; then `UPGRADES` gets a function for the format before."""

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: upgrades.from_1}
"""By format: turns that format's data into the next one's, so that what was approved years ago can still be printed.

The tests keep a stored snapshot of every format there ever was and read each of them.
"""


class Paper(Protocol):
    """What every kind of paper's snapshot gives besides what it prints."""

    @property
    def paper(self) -> str:
        """The kind: a value of enums.PaperKind."""

    @property
    def language(self) -> str:
        """The BCP 47 tag of the paper: "en-US"."""

    @property
    def document_title(self) -> str:
        """The PDF's title and the root of its bookmarks."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Its parts in printing order; `composition.MAKES` says which a kind may have."""

    @property
    def created(self) -> str:
        """ISO 8601 date-time with zone, the PDF's CreationDate."""

    @property
    def final(self) -> bool:
        """Whether it is printed without DRAFT across every page."""

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""

    @property
    def keywords(self) -> tuple[str, ...]:
        """What stands in the PDF as its keywords."""


PAPERS: dict[str, type] = {}
"""The kinds of paper by the name of their type, as stored snapshots name them."""
P = TypeVar("P")


def printed(kind: type[P]) -> type[P]:
    """Make a dataclass known as the snapshot of a kind of paper."""
    PAPERS[kind.__name__] = kind
    return kind


@dataclass(frozen=True, slots=True)
class CaptionSides:
    """One pair of sides with what each is called; the second is empty for those who intervened."""

    first_side: str  # "OPENAI, INC., a Delaware corporation,"
    first_label: str  # "Counterclaim-Plaintiff"
    second_side: str
    second_label: str


@dataclass(frozen=True, slots=True)
class Caption:
    """The title of the action, as the forms and the pleadings print it."""

    court_name: str  # "United States District Court"
    court_district: str  # "Northern District of California": pleadings
    district_first: str  # "Northern": the form's first blank
    district_second: str  # "California": the form's second blank
    division: str  # "Oakland Division" or ""
    first_side: str  # "ELON MUSK, et al.,"
    first_label: str  # "Plaintiffs"
    second_side: str  # "SAMUEL ALTMAN, et al.,"
    second_label: str  # "Defendants"
    form_first_side: str  # as on the form: "ELON MUSK, et al."
    form_first_label: str  # "Plaintiff": the form's own printed label
    form_second_side: str
    form_second_label: str  # "Defendant"
    case_number: str  # "4:24-cv-04722-YGR"
    extra_lines: tuple[str, ...]  # "Judge: Hon. ...", "Trial Date: ..."
    style: str  # the id of the paper style, "cand-28" (law/paper_styles)
    number_label: str  # "Case No.", "CAUSE NO."
    related: tuple[str, ...]  # under the number: "Related to Case No. ..."
    tail: str  # under the sides: "AND RELATED COUNTERCLAIMS", or ""
    more_sides: tuple[CaptionSides, ...]  # counterclaims and third-party claims, each pair under the one before


@dataclass(frozen=True, slots=True)
class CounselBlock:
    """Attorneys at the upper left of a first page (Civ. L.R. 3-4(a)(1)), and what they sign with."""

    attorneys: tuple[str, ...]  # "Alison L. Plessman (CA SBN 000000)", one line each, "(admitted pro hac vice)" included
    firm: str
    address_lines: tuple[str, ...]
    telephone: str
    email: str
    attorneys_for: str  # "Attorneys for OpenAI Defendants"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature block under Rule 26(g)(1): name, firm, whom for; `signed` is '/s/ Name' or '' (to be signed by hand)."""

    dated: str  # "June 18, 2025" or ""
    firm: str
    signed: str
    name: str
    attorneys_for: str


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """A definition, an instruction or a line of an exhibit: `heading` is the defined term or a short title, or ''."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedRequest:
    """One request: `heading` as printed above it ("Request For Production No. 1:")."""

    number: int
    heading: str
    text: str
    custodians: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedExhibit:
    """An exhibit that is a list ("Exhibit A")."""

    letter: str
    title: str
    introduction: str
    items: tuple[NumberedItem, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One row of the table in a certificate of service."""

    name: str  # counsel, one or more lines
    address: str  # street lines, joined by newlines
    email: str
    represents: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of service (forms.md section 3.11); blanks are printed as lines to fill in by hand."""

    declarant: str
    declarant_address: str
    served_on: str  # date, as printed, or ""
    documents: tuple[str, ...]
    method: str  # "mail" | "overnight" | "personal" | "email" | "ecf" | "" (no box ticked)
    recipients: tuple[Recipient, ...]
    executed_at: str  # place, or ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with what stands beside it, one sentence a line."""

    label: str
    lines: tuple[str, ...]


def to_json(snapshot: Paper) -> str:
    """Return the canonical JSON of a snapshot: sorted keys, no spaces, UTF-8 text unescaped."""
    body = {"format": FORMAT, "type": type(snapshot).__name__, "data": asdict(cast(Any, snapshot))}
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(canonical: str) -> str:
    """Return the SHA-256 of canonical JSON as 64 hexadecimal digits."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def from_json(canonical: str) -> Paper:
    """Read a snapshot back; equal to the one that was written.

    Raises ValueError for another format number, another type, a missing or unknown field, or what is no snapshot.
    """
    body = json.loads(canonical)
    if not isinstance(body, dict) or "data" not in body:
        raise ValueError("This is not a snapshot: it has no data.")
    found, data = body.get("format"), body["data"]
    while found in UPGRADES:
        found, data = found + 1, UPGRADES[found](data)
    kind = PAPERS.get(str(body.get("type")))
    if found != FORMAT or kind is None:
        raise ValueError(f"This release reads snapshots of format {FORMAT}, not {found} {body.get('type')}.")
    return cast(Paper, _build(kind, data))


def certificate_from(data: Mapping[str, Any]) -> Certificate:
    """Read a certificate back that was kept as JSON. Raises ValueError as `from_json`."""
    certificate = _build(Certificate, data)
    assert isinstance(certificate, Certificate)
    return certificate


def _build(kind: Any, value: Any) -> Any:
    """Rebuild dataclasses and tuples from what JSON made of them."""
    if is_dataclass(kind):
        if not isinstance(value, Mapping):
            raise ValueError(f"A snapshot's {kind} must be an object.")
        known = {field.name for field in fields(kind)}
        if set(value) != known:
            raise ValueError(f"Fields of {kind} differ: {sorted(set(value) ^ known)}")
        hints = get_type_hints(kind)
        assert isinstance(kind, type)
        return kind(**{name: _build(hints[name], item) for name, item in value.items()})
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"A snapshot's {kind} must be a list.")
        inner = get_args(kind)[0]
        return tuple(_build(inner, item) for item in value)
    if type(value) is not kind:
        raise ValueError(f"A snapshot's value must be {kind.__name__}, not {type(value).__name__}.")
    return value
