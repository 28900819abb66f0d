"""The boxes of AO 88B, AO 88A and AO 88 and the text that is printed in each: what does not fit goes to the addendum.

Widths and heights are in points and match styles/ao88b.css, where the same boxes are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from discovery.law.form_texts import SubpoenaFormText
from discovery.papers.fitting import Addendum, AddendumItem, Box, Filled
from discovery.papers.snapshots import Caption
from discovery.papers.subpoena_snapshot import ServiceProof, SubpoenaForm

HEAD = {
    "district_first": Box("District (first blank)", 130, 12),
    "district_second": Box("District (second blank)", 130, 12),
    "form_first_side": Box("Caption, first side", 250, 35, keeps_first=True),
    "form_first_label": Box("Caption, first side’s label", 250, 12),
    "form_second_side": Box("Caption, second side", 250, 35, keeps_first=True),
    "form_second_label": Box("Caption, second side’s label", 250, 12),
    "case_number": Box("Civil Action No.", 158, 35),
    "to": Box("To (name of person to whom this subpoena is directed)", 500, 24, joins=True, keeps_first=True),
}
FOOT = {
    "issued": Box("Date of issue", 150, 12),
    "clerk_signed": Box("Signature of clerk or deputy clerk", 220, 12),
    "attorney_signed": Box("Attorney’s signature", 220, 12),
    "representing": Box("Party whom the attorney represents", 300, 12),
    "attorney_contact": Box(
        "Name, address, e-mail address, and telephone number of the attorney", 530, 35, joins=True, keeps_first=True
    ),
}
FIRST_PAGE = {
    **HEAD,
    "production_text": Box("Production: documents, electronically stored information, or objects", 515, 24),
    "production_place": Box("Production: place", 288, 35, joins=True),
    "production_when": Box("Production: date and time", 190, 24, joins=True),
    "inspection_place": Box("Inspection of premises: place", 288, 35, joins=True),
    "inspection_when": Box("Inspection of premises: date and time", 190, 24, joins=True),
    **FOOT,
}
DEPOSITION_PAGE = {
    **HEAD,
    "matters": Box("Testimony: matters for examination", 515, 24),
    "testimony_place": Box("Deposition: place", 288, 24, joins=True),
    "testimony_when": Box("Deposition: date and time", 190, 24, joins=True),
    "recording": Box("The deposition will be recorded by this method", 300, 12),
    "production_text": Box("Production: documents, electronically stored information, or objects", 515, 24),
    **FOOT,
}
APPEARANCE_PAGE = {
    **HEAD,
    "testimony_place": Box("Hearing or trial: place", 288, 46, joins=True),
    "courtroom": Box("Courtroom No.", 112, 12),
    "testimony_when": Box("Hearing or trial: date and time", 190, 24, joins=True),
    "production_text": Box("Documents, electronically stored information, or objects to bring", 515, 69),
    **FOOT,
}
FIRST_PAGES = {"AO 88B": FIRST_PAGE, "AO 88A": DEPOSITION_PAGE, "AO 88": APPEARANCE_PAGE}
"""The boxes of page 1 by the name of the form."""
SECOND_PAGE = {
    "received_for": Box("Received this subpoena for", 232, 24, joins=True),
    "received_on": Box("Received on", 150, 12),
    "served_how": Box("Served by delivering a copy as follows", 480, 46),
    "served_on": Box("Served on", 150, 12),
    "unexecuted_because": Box("Returned unexecuted because", 480, 35),
    "fees_tendered": Box("Fees tendered", 90, 12),
    "travel_fees": Box("Fees for travel", 80, 12),
    "service_fees": Box("Fees for services", 80, 12),
    "total_fees": Box("Total fees", 80, 12),
    "dated": Box("Date of the proof of service", 130, 12),
    "server_name_title": Box("Server’s printed name and title", 280, 24, joins=True),
    "server_address": Box("Server’s address", 280, 35, joins=True),
    "additional": Box("Additional information regarding attempted service, etc.", 530, 92),
}


@dataclass(frozen=True, slots=True)
class FilledForm:
    """Both filled-in pages: box name to what is printed in it, and what went to the addendum."""

    boxes: dict[str, Filled]
    addendum: tuple[AddendumItem, ...]


def fill_form(caption: Caption, form: SubpoenaForm, proof: ServiceProof, text: SubpoenaFormText) -> FilledForm:
    """Return every box of pages 1 and 2 filled in, in the order in which the form prints them."""
    addendum = Addendum()
    boxes: dict[str, Filled] = {}
    for name, box in FIRST_PAGES[text.name].items():
        value = getattr(caption, name) if hasattr(caption, name) else getattr(form, name)
        boxes[name] = addendum.fill(value, box)
    _fill_second_page(boxes, addendum, proof, text)
    return FilledForm(boxes, tuple(addendum.items))


def fill_proof(caption: Caption, proof: ServiceProof, text: SubpoenaFormText) -> FilledForm:
    """Return every box of page 2 by itself filled in."""
    addendum = Addendum()
    boxes = {"case_number": addendum.fill(caption.case_number, FIRST_PAGE["case_number"])}
    _fill_second_page(boxes, addendum, proof, text)
    return FilledForm(boxes, tuple(addendum.items))


def _fill_second_page(boxes: dict[str, Filled], addendum: Addendum, proof: ServiceProof, text: SubpoenaFormText) -> None:
    for name, box in SECOND_PAGE.items():
        value = getattr(proof, name)
        if name == "total_fees":  # the official form shows 0.00 until an amount is entered
            value = value or text.proof.fees_total_default
        boxes[name] = addendum.fill(value, box)
