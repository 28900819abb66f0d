"""What the papers of a subpoena print: the form with its proof of service, the schedules, the notice to every party."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.papers.snapshots import (
    Caption,
    Certificate,
    CounselBlock,
    NumberedItem,
    PrintedExhibit,
    PrintedRequest,
    Signature,
    from_json,
    printed,
)
from discovery.papers.standing import Approval, ApprovedByVersion


@dataclass(frozen=True, slots=True)
class SubpoenaForm:
    """The filled-in fields of AO 88B, AO 88A or AO 88, page 1 (law/forms: wording fixed by the form itself).

    Each form prints those that it has: AO 88A and AO 88 have no place of production and no inspection, AO 88B no testimony.
    """

    edition: str  # the key of the form's data file, "ao88b-2014-02"
    to: str  # name, then address or agent
    production: bool
    production_text: str
    production_place: str
    production_when: str  # as typed: "July 2, 2025 at 5:00 PM PST"
    inspection: bool
    inspection_place: str
    inspection_when: str
    issued: str  # "June 18, 2025"
    issuer: str  # "attorney" | "clerk"
    clerk_signed: str
    attorney_signed: str  # "/s/ Name" or ""
    representing: str  # name of the party, as printed
    attorney_contact: str  # name, address, e-mail address and telephone number
    testimony: bool  # AO 88A's first box
    matters: str  # AO 88A: of an organization, or where they are attached
    testimony_place: str
    testimony_when: str  # as typed: "August 20, 2025 at 9:30 AM PDT"
    courtroom: str  # AO 88
    recording: str  # AO 88A, Rule 45(a)(1)(B)


@dataclass(frozen=True, slots=True)
class ServiceProof:
    """The filled-in fields of the form's page 2; all empty until service is recorded."""

    received_for: str = ""
    received_on: str = ""
    served: bool = False
    served_how: str = ""
    served_on: str = ""
    unexecuted: bool = False
    unexecuted_because: str = ""
    fees_tendered: str = ""  # without the dollar sign
    travel_fees: str = ""
    service_fees: str = ""
    total_fees: str = ""
    dated: str = ""
    server_name_title: str = ""
    server_address: str = ""
    additional: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Schedule A: the same for every recipient of one set, so it is laid out once and reused (see papers.layouts)."""

    title: str  # "SCHEDULE A"
    footer_title: str  # "SCHEDULE A TO SUBPOENA TO THIRD-PARTY META PLATFORMS, INC."
    preamble: str
    definitions_note: str  # a footnote-like sentence under the heading, or ""
    definitions: tuple[NumberedItem, ...]
    instructions: tuple[NumberedItem, ...]
    relevant_period: str  # one printed sentence, or ""
    requests_heading: str  # "REQUESTS FOR PRODUCTION"
    requests: tuple[PrintedRequest, ...]
    exhibits: tuple[PrintedExhibit, ...]
    signature: Signature


@dataclass(frozen=True, slots=True)
class Examination:
    """What a notice says of somebody's testimony: Fed. R. Civ. P. 30(b)(1)–(6); a notice of a subpoena to a hearing likewise."""

    kind: str  # enums.DemandKind value
    deponent: str
    deponent_address: str  # Rule 30(b)(1): if known
    organization: bool
    place: str
    when: str  # "August 20, 2025 at 9:30 AM PDT"
    remote: bool
    courtroom: str
    officer: str
    recording: str
    day_to_day: bool
    conferral: str
    matters: str  # "Schedule A" where matters are attached, else ""
    documents: str  # "Schedule B" where documents are to be brought, else ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice to every party under Rule 45(a)(4), with its certificate of service."""

    counsel: CounselBlock
    recipient_name: str  # "Meta Platforms, Inc."
    title: str  # "NOTICE OF SUBPOENA TO PRODUCE DOCUMENTS ..."
    addressed_to: str  # "TO ALL PARTIES AND THEIR COUNSEL OF RECORD:"
    service_not_before: str  # "June 18, 2025"
    production_place: str
    production_when: str
    signature: Signature
    certificate: Certificate


@printed
@dataclass(frozen=True, slots=True)
class SubpoenaPaper(ApprovedByVersion):
    """Everything that the papers of one subpoena print. `parts` says which, in order: "notice", "form", "schedule", "documents"."""

    paper: str  # enums.PaperKind value
    language: str  # BCP 47 tag of the paper: "en-US"
    document_title: str  # PDF title and bookmarks' root
    parts: tuple[str, ...]
    caption: Caption
    form: SubpoenaForm
    proof: ServiceProof
    schedule: Schedule
    notice: Notice
    examination: tuple[Examination, ...]  # one where testimony is commanded
    documents: tuple[Schedule, ...]  # one where a witness is to bring documents that a schedule lists
    approval: Approval
    created: str  # ISO 8601 date-time with zone, the PDF's CreationDate: when the snapshot was asked for, or approved

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.notice.counsel.firm or self.schedule.signature.firm


def subpoena_from_json(canonical: str) -> SubpoenaPaper:
    """Read a subpoena's snapshot back. Raises ValueError as `from_json`, and for another paper."""
    paper = from_json(canonical)
    if not isinstance(paper, SubpoenaPaper):
        raise ValueError(f"This is the snapshot of a {type(paper).__name__}, not of a subpoena.")
    return paper
