"""Proofs of service made from the record: page 2 of AO 88B for a subpoena, a certificate of service for a party set.

Each is a paper by itself, so what was approved keeps its pages as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from discovery.law.form_texts import FormTextError, form_text
from discovery.papers.errors import PaperRefused
from discovery.papers.form_boxes import fill_proof
from discovery.papers.parts import Section, certificate_context, court_context, court_section
from discovery.papers.snapshots import Caption, Certificate, CounselBlock, printed
from discovery.papers.standing import OfTheOffice
from discovery.papers.subpoena import addendum_sections, proof_section
from discovery.papers.subpoena_snapshot import ServiceProof

PROOF_PARTS = ("proof",)
CERTIFICATE_PARTS = ("certificate",)


@printed
@dataclass(frozen=True, slots=True)
class ProofPaper(OfTheOffice):
    """Page 2 of the form as the server is to sign it, Fed. R. Civ. P. 45(b)(4)."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("proof",)
    caption: Caption
    edition: str  # "ao88b-2014-02": the one that was served
    proof: ServiceProof
    author: str
    created: str


@printed
@dataclass(frozen=True, slots=True)
class CertificatePaper(OfTheOffice):
    """A certificate that a party set was served on every party, Fed. R. Civ. P. 5(a)(1)(C), 5(b)."""

    paper: str
    language: str
    document_title: str
    parts: tuple[str, ...]  # ("certificate",)
    caption: Caption
    counsel: CounselBlock
    title: str  # "CERTIFICATE OF SERVICE OF REQUESTS FOR PRODUCTION ..."
    certificate: Certificate
    other_method: str  # how it was served, when the certificate has no box for it; else ""
    created: str

    @property
    def author(self) -> str:
        """Who stands in the PDF as its author."""
        return self.counsel.firm


def proof_sections(paper: ProofPaper) -> tuple[Section, ...]:
    """Return the page, and the addendum with what found no room on it. Raises PaperRefused for a form edition that is missing."""
    try:
        text = form_text(paper.edition)
    except FormTextError as error:
        raise PaperRefused(str(error)) from error
    filled = fill_proof(paper.caption, paper.proof, text)
    page = proof_section(paper.language, paper.proof, text, filled, alone=True)
    return (page, *addendum_sections(paper.language, paper.caption, text, filled))


def certificate_sections(paper: CertificatePaper) -> tuple[Section, ...]:
    """Return the certificate's one section."""
    certificate = certificate_context(paper.certificate, paper.caption)
    if paper.other_method:  # the boxes are those of the Federal Rules
        certificate["methods"] = [{"label": paper.other_method, "chosen": True}]
    context = {
        **court_context(paper.language, paper.caption, paper.counsel, paper.title, bookmark="Certificate of service"),
        "certificate": certificate,
        "certificate_title": "PROOF OF SERVICE",  # as the caption calls it
    }
    return (court_section("certificate", "certificate_of_service.html", context, paper.caption, "certificate_of_service"),)
