"""A subpoena like the one to Meta in *Musk v. Altman* (Dkt. 230-1), in our own words; contact details are made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from discovery.papers.snapshots import (
    Caption,
    Certificate,
    CounselBlock,
    NumberedItem,
    PrintedExhibit,
    PrintedRequest,
    Recipient,
    Signature,
    to_json,
)
from discovery.papers.standing import Approval
from discovery.papers.subpoena_snapshot import Examination, Notice, Schedule, ServiceProof, SubpoenaForm, SubpoenaPaper

RELEASE = "0.1.0"

TERMS = (
    (
        "“You,” “Your,” and “Meta”",
        "mean Meta Platforms, Inc., its present and former parents, subsidiaries and affiliates, and its "
        "officers, directors, employees, agents, attorneys and all others who act or have acted for it.",
    ),
    (
        "“Action”",
        "means the case captioned Musk v. Altman, No. 4:24-cv-04722-YGR, in the United States District Court for the "
        "Northern District of California.",
    ),
    ("“Any” and “all”", "each include the other, so that a Request reaches whatever either word would reach."),
    (
        "“Communication”",
        "means any transfer of information by any means, whether oral, written or electronic, and includes "
        "e-mail, text messages, chat messages, letters, calls and meetings.",
    ),
    (
        "“Document”",
        "has the full meaning that Rule 34(a)(1)(A) of the Federal Rules of Civil Procedure gives it. A draft or a "
        "copy that is not identical is a separate Document:\n(i) writings, drawings and graphs;\n(ii) photographs, sound "
        "recordings and images; and\n(iii) data and data compilations.",
    ),
    ("“ESI”", "means electronically stored information in any medium from which it can be obtained."),
    ("“Including”", "means including without limitation."),
    ("“Musk”", "means Elon Musk and anyone who acts or has acted for him or at his direction."),
    (
        "“Musk-Affiliated Entity”",
        "means X Corp., X.AI Corp., X.AI Holdings Corp., Tesla, Inc., Space Exploration Technologies "
        "Corp., Neuralink Corp., The Boring Company and the Musk Foundation.",
    ),
    ("“OpenAI”", "means OpenAI, Inc. and each entity that it controls."),
    (
        "“OpenAI Defendants”",
        "means Samuel Altman, Gregory Brockman, and the OpenAI, OAI and Aestas entities named as defendants in the Action.",
    ),
    ("“Person”", "means any natural person or any legal entity, including any business or governmental entity or association."),
    ("“Plaintiff” and “Plaintiffs”", "mean Elon Musk, Shivon Zilis and X.AI Corp."),
    ("“xAI”", "means X.AI Corp. and each of its affiliates."),
    ("“Concerning” and “with respect to”", "mean relating to, referring to, describing, evidencing or constituting."),
    (
        "Rules of construction.",
        "The singular includes the plural. “And” and “or” are read both ways. “Each,” “any” and “all” "
        "include one another. A verb in one tense includes every other.",
    ),
)
DUTIES = (
    "Produce every responsive Document in Your possession, custody or control, including what Your agents, attorneys and "
    "affiliates hold.",
    "Produce a Document even if another Person has produced it or could.",
    "Produce Documents as they are kept in the ordinary course of business, with their whole families.",
    "Each Request stands alone; no Request limits another.",
    "Produce every draft and every copy that is not identical.",
    "If You withhold a Document as privileged, serve a log that states its date, author, recipients, subject and the "
    "privilege claimed, no later than the date of production.",
    "If only part of a Document is privileged, redact that part and produce the rest.",
    "If no responsive Document exists, say so. If one was lost or destroyed, state the date, the manner, the reason, who did "
    "it and what the Document said.",
    "Mark each redaction where it stands and state its ground.",
    "The Definitions and Instructions apply to every Request.",
    "Unless a Request says otherwise, the relevant period runs from January 1, 2022 to the date of production.",
    "Produce ESI as single-page Group IV TIFF images with Bates labels, spreadsheets, presentations and structured data in "
    "native form, and load files with extracted text and metadata.",
)
DEMANDS = (
    "All Documents and Communications concerning Your letter of December 12, 2024 to the Attorney General of California about "
    "OpenAI, including Communications about the letter or its subject with (i) the Attorney General, (ii) any Plaintiff, or "
    "(iii) any Musk-Affiliated Entity.",
    "All Communications between You and any Plaintiff or Musk-Affiliated Entity concerning any OpenAI Defendant or the Action, "
    "and all Documents that mention such Communications.",
    "All Documents and Communications concerning any actual or potential change to the corporate or capital structure of "
    "OpenAI, including the changes that OpenAI described publicly on:\n(i) December 27, 2024; and\n(ii) May 5, 2025.",
    "All Documents and Communications concerning any actual, possible or considered bid for OpenAI or for all or part of its "
    "assets.",
    "All Communications between You, Your affiliates or the Chan Zuckerberg Initiative and any representative of a nonprofit or "
    "charitable entity, including those listed in Exhibit A, concerning any OpenAI Defendant or the Action.",
)


def caption(**changes: Any) -> Caption:
    """The caption of the action."""
    made = Caption(
        court_name="United States District Court",
        court_district="Northern District of California",
        district_first="Northern",
        district_second="California",
        division="Oakland Division",
        first_side="ELON MUSK, et al.,",
        first_label="Plaintiffs",
        second_side="SAMUEL ALTMAN, et al.,",
        second_label="Defendants",
        form_first_side="ELON MUSK, et al.",
        form_first_label="Plaintiff",
        form_second_side="SAMUEL ALTMAN, et al.",
        form_second_label="Defendant",
        case_number="4:24-cv-04722-YGR",
        extra_lines=("Judge: Hon. Yvonne Gonzalez Rogers", "Trial Date: March 30, 2026"),
        style="format-1",
        number_label="Case No.",
        related=(),
        tail="",
        more_sides=(),
    )
    return replace(made, **changes)


def form(**changes: Any) -> SubpoenaForm:
    """Page 1 of the form, as Dkt. 230-1 fills it in."""
    made = SubpoenaForm(
        edition="ao88b-2014-02",
        to="Meta Platforms, Inc., c/o CSC – Lawyers Incorporating Service\n2710 Gateway Oaks Drive, Sacramento, CA 95833",
        production=True,
        production_text="As instructed on Schedule A attached hereto.",
        production_place="plessman@example.com or Attn: Specialized Legal Services\nc/o USA Legal Network\n1112 Bryant St # 200, "
        "San Francisco, CA 94103",
        production_when="July 2, 2025 at 5:00 PM PST",
        inspection=False,
        inspection_place="",
        inspection_when="",
        issued="June 18, 2025",
        issuer="attorney",
        clerk_signed="",
        attorney_signed="/s/ Alison L. Plessman",
        representing="OpenAI Defendants (as defined herein)",
        attorney_contact="Alison L. Plessman\nHueston Hennigan LLP\n523 West 6th Street, Suite 400, Los Angeles, CA 90014\n"
        "plessman@example.com\n(213) 555-0101",
        testimony=False,
        matters="",
        testimony_place="",
        testimony_when="",
        courtroom="",
        recording="",
    )
    return replace(made, **changes)


def signature(**changes: Any) -> Signature:
    """The signature block under Rule 26(g)."""
    made = Signature(
        dated="June 18, 2025",
        firm="HUESTON HENNIGAN LLP",
        signed="/s/ Alison L. Plessman",
        name="Alison L. Plessman",
        attorneys_for="Attorneys for OpenAI Defendants",
    )
    return replace(made, **changes)


def schedule(**changes: Any) -> Schedule:
    """Schedule A: 16 definitions, 12 instructions, 5 requests, a list of 32 names."""
    made = Schedule(
        title="SCHEDULE A",
        footer_title="SCHEDULE A TO SUBPOENA TO THIRD-PARTY META PLATFORMS, INC.",
        preamble="Under Rule 45 of the Federal Rules of Civil Procedure, You are commanded to produce the Documents described "
        "below.",
        definitions_note="Each term has the broadest meaning that the Federal Rules of Civil Procedure and the Civil Local Rules "
        "allow.",
        definitions=tuple(NumberedItem(n, term, text) for n, (term, text) in enumerate(TERMS, start=1)),
        instructions=tuple(NumberedItem(n, "", text) for n, text in enumerate(DUTIES, start=1)),
        relevant_period="",
        requests_heading="REQUESTS FOR PRODUCTION",
        requests=tuple(PrintedRequest(n, f"Request For Production No. {n}:", text, ()) for n, text in enumerate(DEMANDS, start=1)),
        exhibits=(
            PrintedExhibit(
                letter="A",
                title="REPRESENTATIVES OF A NONPROFIT OR CHARITABLE ENTITY",
                introduction="The following are among the persons to whom Request For Production No. 5 refers:",
                items=tuple(NumberedItem(n, "", f"Representative {n} of the Example Charity No. {n}") for n in range(1, 33)),
            ),
        ),
        signature=signature(),
    )
    return replace(made, **changes)


def requests(count: int, text: str = "All Documents concerning the matter numbered {n}.") -> tuple[PrintedRequest, ...]:
    """Any number of requests; {n} in the text is the number."""
    return tuple(
        PrintedRequest(n, f"Request For Production No. {n}:", text.replace("{n}", str(n)), ()) for n in range(1, count + 1)
    )


def certificate(**changes: Any) -> Certificate:
    """A certificate of service on four recipients."""
    made = Certificate(
        declarant="Dana Reyes",
        declarant_address="523 West 6th Street, Suite 400, Los Angeles, CA 90014",
        served_on="June 18, 2025",
        documents=("Notice of Subpoena to Produce Documents", "Subpoena to Meta Platforms, Inc., with Schedule A"),
        method="email",
        recipients=(
            Recipient(
                "Marc Toberoff\nToberoff & Associates, P.C.",
                "23823 Malibu Road, Suite 50-363\nMalibu, CA 90265",
                "toberoff@example.com",
                "Plaintiffs",
            ),
            Recipient("Steven F. Molo\nMoloLamken LLP", "430 Park Avenue\nNew York, NY 10022", "molo@example.com", "Plaintiffs"),
            Recipient(
                "Russell P. Cohen\nDechert LLP",
                "45 Fremont Street, 26th Floor\nSan Francisco, CA 94105",
                "cohen@example.com",
                "Defendant Microsoft Corp.",
            ),
            Recipient(
                "William Savitt\nWachtell, Lipton, Rosen & Katz",
                "51 West 52nd Street\nNew York, NY 10019",
                "savitt@example.com",
                "OpenAI Defendants",
            ),
        ),
        executed_at="Los Angeles, California",
    )
    return replace(made, **changes)


def notice(**changes: Any) -> Notice:
    """The notice to every party under Rule 45(a)(4)."""
    made = Notice(
        counsel=CounselBlock(
            attorneys=("Alison L. Plessman (CA SBN 000000)", "Nicholas Kellum (admitted pro hac vice)"),
            firm="HUESTON HENNIGAN LLP",
            address_lines=("523 West 6th Street, Suite 400", "Los Angeles, CA 90014"),
            telephone="(213) 555-0101",
            email="plessman@example.com",
            attorneys_for="Attorneys for OpenAI Defendants",
        ),
        recipient_name="Meta Platforms, Inc.",
        title="NOTICE OF SUBPOENA TO PRODUCE DOCUMENTS TO NON-PARTY META PLATFORMS, INC.",
        addressed_to="TO ALL PARTIES AND THEIR COUNSEL OF RECORD:",
        service_not_before="June 18, 2025",
        production_place="Specialized Legal Services c/o USA Legal Network\n1112 Bryant St # 200\nSan Francisco, CA 94103",
        production_when="July 2, 2025 at 5:00 PM PST",
        signature=signature(),
        certificate=certificate(),
    )
    return replace(made, **changes)


def approval(*, approved: bool = True) -> Approval:
    """An approval as version 1, or none."""
    return Approval(approved, 1 if approved else 0, "June 18, 2025" if approved else "", "Alison L. Plessman" if approved else "")


def paper(**changes: Any) -> SubpoenaPaper:
    """The whole package, approved: form, Schedule A, notice."""
    made = SubpoenaPaper(
        paper="subpoena",
        language="en-US",
        document_title="Subpoena to Meta Platforms, Inc.",
        parts=("form", "schedule", "notice"),
        caption=caption(),
        form=form(),
        proof=ServiceProof(),
        schedule=schedule(),
        notice=notice(),
        examination=(),
        documents=(),
        approval=approval(),
        created="2025-06-18T09:30:00-07:00",
    )
    return replace(made, **changes)


COMMANDS_TESTIMONY = {"production_place": "", "production_when": "", "testimony_when": "August 20, 2025 at 9:30 AM PDT"}


def deposition_form(**changes: Any) -> SubpoenaForm:
    """Page 1 of AO 88A."""
    own = {
        "edition": "ao88a-2020-12",
        "production_text": "As set forth in Schedule B attached hereto.",
        "testimony": True,
        "matters": "As set forth in Schedule A attached hereto.",
        "testimony_place": "Hueston Hennigan LLP, 1 California Street, San Francisco, CA 94111",
        "recording": "Stenographic and audiovisual means",
    }
    return form(**{**COMMANDS_TESTIMONY, **own, **changes})


def appearance_form(**changes: Any) -> SubpoenaForm:
    """Page 1 of AO 88."""
    own = {
        "edition": "ao88-2014-02",
        "production": False,
        "production_text": "",
        "testimony_place": "Ronald V. Dellums Federal Building, 1301 Clay Street, Oakland, CA 94612",
        "courtroom": "1",
    }
    return form(**{**COMMANDS_TESTIMONY, **own, **changes})


def examination(**changes: Any) -> Examination:
    """The testimony of an organization at a deposition."""
    made = Examination(
        kind="subpoena_deposition",
        deponent="Meta Platforms, Inc.",
        deponent_address="1 Meta Way, Menlo Park, CA 94025",
        organization=True,
        place="Hueston Hennigan LLP, 1 California Street, San Francisco, CA 94111",
        when="August 20, 2025 at 9:30 AM PDT",
        remote=False,
        courtroom="",
        officer="Ann Lee, CSR",
        recording="Stenographic and audiovisual means",
        day_to_day=True,
        conferral="",
        matters="Schedule A",
        documents="Schedule B",
    )
    return replace(made, **changes)


def topics(count: int = 4, **changes: Any) -> Schedule:
    """Schedule A of a deposition: matters for examination."""
    texts = tuple(
        PrintedRequest(n, f"TOPIC NO. {n}:", f"Your Communications with any Plaintiff on the matter numbered {n}.", ())
        for n in range(1, count + 1)
    )
    own = {
        "footer_title": "SCHEDULE A TO SUBPOENA TO THIRD-PARTY META PLATFORMS, INC.",
        "requests_heading": "MATTERS FOR EXAMINATION",
        "requests": texts,
        "exhibits": (),
    }
    return schedule(**{**own, **changes})


def deposition(**changes: Any) -> SubpoenaPaper:
    """A subpoena to testify at a deposition, with topics and documents to bring."""
    own = {
        "document_title": "Subpoena to Testify at a Deposition: Meta Platforms, Inc.",
        "parts": ("notice", "form", "schedule", "documents"),
        "form": deposition_form(),
        "schedule": topics(),
        "notice": notice(title="NOTICE OF SUBPOENA TO TESTIFY AT A DEPOSITION TO NON-PARTY META PLATFORMS, INC."),
        "examination": (examination(),),
        "documents": (schedule(title="SCHEDULE B", footer_title="SCHEDULE B TO SUBPOENA TO THIRD-PARTY META PLATFORMS, INC."),),
    }
    return paper(**{**own, **changes})


def appearance(**changes: Any) -> SubpoenaPaper:
    """A subpoena to appear at trial."""
    own = {
        "document_title": "Subpoena to Appear and Testify: Meta Platforms, Inc.",
        "parts": ("notice", "form"),
        "form": appearance_form(),
        "schedule": topics(0),
        "notice": notice(title="NOTICE OF SUBPOENA TO APPEAR AND TESTIFY TO NON-PARTY META PLATFORMS, INC."),
        "examination": (examination(kind="subpoena_trial", courtroom="1", officer="", recording="", matters="", documents=""),),
    }
    return paper(**{**own, **changes})


def canonical(**changes: Any) -> str:
    """The canonical JSON of `paper(...)`."""
    return to_json(paper(**changes))
