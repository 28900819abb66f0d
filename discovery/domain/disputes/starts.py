"""What a dispute starts from: words prefilled from the rows, in the language of papers; a person then edits every one of them.

Parties and non-parties differ. Rules 33, 34 and 36 bind parties alone: a withholding statement is their duty (34(b)(2)(C)). A
person under a subpoena is protected from undue burden (45(d)(1)) and, when neither a party nor a party's officer, from significant
expense (45(d)(2)(B)(ii)), and says what is withheld as privileged under 45(e)(2)(A).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from discovery.domain.composing.printed import printed_date, stopped, verb_after
from discovery.domain.disputes.limits import format_of
from discovery.domain.disputes.sides import Sides, numbers_of, sides_of, their_counsel
from discovery.domain.disputes.states import BY_THE_RESPONDER, LETTERS
from discovery.enums import SUBPOENAS, CourtKind, Deficiency, DemandKind, DisputeKind, Ground, ResponseStatus, Side
from discovery.models import (
    Attorney,
    Demand,
    Dispute,
    DisputedRequest,
    Narrowing,
    RequestResponse,
    RequestRow,
    RespondingParty,
    Response,
    Service,
)

PAPERS_ASKED = {
    DemandKind.SUBPOENA_DOCUMENTS.value: "subpoena for documents",
    DemandKind.SUBPOENA_DEPOSITION.value: "subpoena to testify at a deposition",
    DemandKind.SUBPOENA_TRIAL.value: "subpoena to appear and testify",
    DemandKind.DEPOSITION.value: "notice of deposition",
    DemandKind.RFP.value: "requests for production",
    DemandKind.ROG.value: "interrogatories",
    DemandKind.RFA.value: "requests for admission",
}
VEHICLES = {DemandKind.DEPOSITION.value: "the notice of deposition"}
"""What was served, where it is neither a subpoena nor requests."""
SPECIFIC = {DemandKind.RFP.value: "34(b)(2)(B)", DemandKind.ROG.value: "33(b)(4)", DemandKind.RFA.value: "36(a)(5)"}
"""Where each rule wants objections to be specific."""


@dataclass(frozen=True, slots=True)
class Start:
    """The words for one deficiency, and the rule that stands behind them; `ask` is the question of a letter."""

    words: str
    rule: str
    ask: str = ""


BINDS = {
    "33(b)(3), (5)": (DemandKind.ROG.value,),  # an oath is asked of answers to interrogatories alone
    "34(b)(2)(C)": (DemandKind.RFP.value,),  # a withholding statement: of documents
    "37(a)(3)(B)": (DemandKind.ROG.value, DemandKind.RFP.value),  # (iii) and (iv); an admission has no motion there
    "37(a)(3)(B)(iv)": (DemandKind.RFP.value,),
}
"""Rules that speak of one vehicle; cited against another they would be wrong."""
OF_ADMISSIONS = {
    # Unanswered in time, the matter is admitted; what is answered badly has a motion of its own: Fed. R. Civ. P. 36(a)(3), (6).
    Deficiency.NO_ANSWER: "36(a)(3)",
    Deficiency.TOO_NARROW: "36(a)(4), (6)",
    Deficiency.EVASIVE: "36(a)(4), (6)",
    Deficiency.IMPROPER_OBJECTION: "36(a)(5), (6)",
}
TO_PARTIES = {
    Deficiency.NO_ANSWER: Start("No response to this request was served, and the time for one has passed.", "37(a)(3)(B)"),
    Deficiency.BOILERPLATE: Start("The objections do not state their grounds with specificity.", "{specific}"),
    Deficiency.WITHHOLDING_NOT_SAID: Start(
        "The response does not state whether any responsive materials are being withheld on the basis of its objections.",
        "34(b)(2)(C)",
        "Are any responsive materials being withheld on the basis of the objections?",
    ),
    Deficiency.IMPROPER_OBJECTION: Start(
        "The objections are not well founded: the request seeks what is relevant and proportional to the needs of the case.",
        "26(b)(1)",
    ),
    Deficiency.TOO_NARROW: Start("The response offers less than the request asks for.", "37(a)(4)"),
    Deficiency.EVASIVE: Start("An evasive or incomplete response is treated as a failure to respond.", "37(a)(4)"),
    Deficiency.NOTHING_PRODUCED: Start(
        "Nothing has been produced in response to this request.", "37(a)(3)(B)(iv)", "By what day will production be complete?"
    ),
    Deficiency.INCOMPLETE_PRODUCTION: Start(
        "The production in response to this request is incomplete.", "37(a)(4)", "By what day will production be complete?"
    ),
    Deficiency.NO_LOG: Start(
        "Materials are withheld as privileged, and no log describes them.", "26(b)(5)(A)", "When will a log be served?"
    ),
    Deficiency.NO_VERIFICATION: Start("The answers are not signed under oath by the person who makes them.", "33(b)(3), (5)"),
    Deficiency.LATE: Start("The response was served after it was due.", ""),
}
"""Starting words against a party, Fed. R. Civ. P."""
TO_OTHERS = {
    **TO_PARTIES,
    Deficiency.NO_ANSWER: Start("No production and no objection was served within the time of the subpoena.", "45(d)(2)(B)"),
    Deficiency.BOILERPLATE: Start("The objections do not say what burden or expense this request would impose.", "45(d)(1)"),
    Deficiency.WITHHOLDING_NOT_SAID: Start(
        "The objections do not say whether anything is withheld on their basis. Without that they cannot be weighed.",
        "",
        "Is anything responsive being withheld on the basis of the objections?",
    ),
    Deficiency.TOO_NARROW: Start("The subpoena’s recipient offers less than the request asks for.", ""),
    Deficiency.EVASIVE: Start("The response is incomplete.", ""),
    Deficiency.NOTHING_PRODUCED: Start(
        "Nothing has been produced in response to this request.", "45(d)(2)(B)(i)", "By what day will production be complete?"
    ),
    Deficiency.INCOMPLETE_PRODUCTION: Start(
        "The production in response to this request is incomplete.", "", "By what day will production be complete?"
    ),
    Deficiency.NO_LOG: Start(
        "Materials are withheld as privileged, and nothing describes them.", "45(e)(2)(A)", "When will a log be served?"
    ),
    Deficiency.NO_VERIFICATION: Start("The response is not verified.", ""),
}
"""Starting words to a person who is no party: Rules 33, 34, 36 and 37(a)(3)-(4) do not bind it."""


def prefill(dispute: Dispute, rows: Sequence[RequestRow]) -> None:
    """Fill what a new dispute leaves empty: title, sides, addressee, introduction, closing. Raises Refused as `sides_of`."""
    sides = sides_of(rows)
    by_responder = dispute.kind in BY_THE_RESPONDER
    mover_ours = True if dispute.kind in LETTERS else sides.ours_asks != by_responder
    if not dispute.moved_by:
        dispute.side = (Side.OURS if mover_ours else Side.THEIRS).value
    ours_moves = dispute.side == Side.OURS
    dispute.moved_by = dispute.moved_by or (sides.ours if ours_moves else sides.theirs)
    dispute.opposed_by = dispute.opposed_by or (sides.theirs if ours_moves else sides.ours)
    dispute.title = dispute.title or _title(dispute, rows, sides)
    counsel = their_counsel(rows)
    dispute.addressed_to = dispute.addressed_to or _addressee(dispute, counsel, rows)
    dispute.introduction = dispute.introduction or _introduction(dispute, rows, sides)
    dispute.closing = dispute.closing or _closing(dispute, sides, several=len(rows) > 1)
    if dispute.kind == DisputeKind.JOINT_LETTER and ours_moves and format_of(dispute).relief_first:
        relief = stopped(
            f"{dispute.moved_by} {verb_after(dispute.moved_by, 'ask', 'asks')} "
            f"the Court to compel full responses to {numbers_of(rows)}"
        )
        dispute.our_statement = dispute.our_statement or f"*Relief requested.* {relief}\n\n*Background.* "


def start_positions(dispute: Dispute, rows: Sequence[RequestRow], first: int = 1) -> list[DisputedRequest]:
    """Return rows as disputed requests with what each side said on them so far; nothing is saved (5 queries)."""
    sides = sides_of(rows)
    answers = RequestResponse.objects.filter(row__in=rows, current=True).prefetch_related("objections")
    said = {answer.row_id: answer for answer in answers}
    offers: dict[int, Narrowing] = {}
    for offer in Narrowing.objects.filter(row__in=rows, superseded=False, agreed_on__isnull=True).order_by("number"):
        offers[offer.row_id] = offer
    federal = dispute.case.court.kind == CourtKind.FEDERAL_DISTRICT
    found = []
    for place, row in enumerate(rows, start=first):
        start = _start_of(row, sides)
        objects, asks = _objections(said.get(row.pk)), _against(row, start, federal=federal)
        offer_made = offers.get(row.pk)
        found.append(
            DisputedRequest(
                dispute=dispute,
                row=row,
                position=place,
                our_position=asks if sides.ours_asks else objects,
                their_position=objects if sides.ours_asks else "",
                proposal=_offer(offer_made) if offer_made is not None else "",
                question=start.ask if start is not None and sides.ours_asks else "",
            )
        )
    return found


def _start_of(row: RequestRow, sides: Sides) -> Start | None:
    if not row.deficiency:
        return None
    subpoena = row.demand.kind in SUBPOENAS
    return (TO_OTHERS if subpoena or not sides.party else TO_PARTIES)[Deficiency(row.deficiency)]


def _against(row: RequestRow, start: Start | None, *, federal: bool) -> str:
    """Return what we hold against an answer: the noted deficiency with its rule, then the note."""
    words = ""
    if start is not None:
        kind = row.demand.kind
        rule = start.rule.format(specific=SPECIFIC.get(kind, "26(b)(1)"))
        if kind == DemandKind.RFA:
            rule = OF_ADMISSIONS.get(Deficiency(row.deficiency), rule)
        if kind not in BINDS.get(rule, (kind,)):
            rule = ""
        words = f"{start.words} Fed. R. Civ. P. {rule}." if rule and federal else start.words
    return " ".join(part for part in (words, row.deficiency_note.strip()) if part)


def _objections(answer: RequestResponse | None) -> str:
    """Return what an answer objects and offers, in a sentence each."""
    if answer is None:
        return ""
    grounds = []
    for one in answer.objections.all():
        reason = one.reason.strip().rstrip(".")
        told = f"{Ground(one.ground).label.lower()}{f': {reason}' if reason else ''}"
        grounds.append(f"{told} ({one.rule})" if one.rule else told)
    sentences = [f"Objections: {'; '.join(grounds)}."] if grounds else []
    if answer.will_produce.strip():
        sentences.append(f"Will produce: {answer.will_produce.strip().rstrip('.')}.")
    return " ".join(sentences)


def _offer(offer: Narrowing) -> str:
    return f"The narrower text of {printed_date(offer.proposed_on)}: “{offer.text}”"


def _title(dispute: Dispute, rows: Sequence[RequestRow], sides: Sides) -> str:
    words = {
        DisputeKind.DEFICIENCY_LETTER.value: "Deficient responses",
        DisputeKind.CONFERRAL_LETTER.value: "Meet and confer",
        DisputeKind.JOINT_LETTER.value: "Joint letter",
        DisputeKind.MOTION_TO_COMPEL.value: "Motion to compel",
        DisputeKind.MOTION_TO_QUASH.value: "Motion to quash or modify",
        DisputeKind.PROTECTIVE_ORDER.value: "Motion for a protective order",
    }[dispute.kind]
    return f"{words}: {numbers_of(rows)} to {sides.answers}"[:200]


def _addressee(dispute: Dispute, counsel: list[Attorney], rows: Sequence[RequestRow]) -> str:
    """Return to whom it goes: counsel, or who must answer where no counsel is known; for the court, the judge."""
    if dispute.kind in LETTERS:
        blocks = [[one.name, one.firm.name, *one.firm.address_lines(), one.email] for one in counsel]
        if not blocks:
            blocks = [
                _at_home(party) for party in {row.demand.responding_party_id: row.demand.responding_party for row in rows}.values()
            ]
        return "\n\n".join("\n".join(line for line in block if line) for block in blocks)
    style = format_of(dispute)
    if dispute.kind != DisputeKind.JOINT_LETTER:
        return ""
    judge = (dispute.case.magistrate_judge or dispute.case.judge).removeprefix("Hon. ")
    if not judge and not style.judge:
        return ""
    lines = [line.format(judge=judge) for line in style.addressee]
    return "\n".join(lines if style.judge else [*lines, *dispute.case.court.address.splitlines()])


def _at_home(party: RespondingParty) -> list[str]:
    address = party.serve_at or party.person.addresses.first()
    if address is None:
        return [party.person.name]
    care_of = [f"c/o {address.person.name}"] if address.person_id != party.person_id else []
    return [party.person.name, *care_of, *address.lines()]


def _introduction(dispute: Dispute, rows: Sequence[RequestRow], sides: Sides) -> str:
    """Return what discovery it is about, when it was served and when answered (forms.md section 6, page 1)."""
    joint = dispute.kind == DisputeKind.JOINT_LETTER
    demands = list({row.demand_id: row.demand for row in rows}.values())
    served = {one.demand_id: one for one in Service.objects.filter(demand__in=demands, superseded=False)}
    answered: dict[int, Response] = {}
    for response in Response.objects.filter(demand__in=demands, status=ResponseStatus.SERVED.value).order_by("-number"):
        answered[response.demand_id] = response
    opening = []
    if joint:
        opening.append(format_of(dispute).opening.format(movant=dispute.moved_by, opponent=dispute.opposed_by))
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    told = [_history(demand, served.get(demand.pk), answered.get(demand.pk), letters if joint else None) for demand in demands]
    letter = dispute.kind in LETTERS
    it = "It" if joint else "This letter" if letter else "This motion"
    about = f"{it} concerns {numbers_of(rows)} of the {PAPERS_ASKED[demands[0].kind]} to {sides.answers}"
    # The outline of a motion tells of service and answers itself, from the record as it then stands.
    return " ".join([*opening, stopped(about), *(told if joint or letter else [])])


def _history(demand: Demand, service: Service | None, response: Response | None, letters: object) -> str:
    person, asks = demand.responding_party.person.name, demand.request_set.propounded_by.name

    def exhibit() -> str:
        return f" (Exhibit {next(letters, '')})" if letters is not None else ""  # type: ignore[call-overload]

    sentences = []
    if service is not None:
        vehicle = "the subpoena" if demand.kind in SUBPOENAS else VEHICLES.get(demand.kind, "the requests")
        sentences.append(f"{asks} served {vehicle} on {person} on {printed_date(service.served_on)}{exhibit()}.")
    if response is not None:
        sentences.append(f"{person} served responses and objections on {printed_date(response.served_on)}{exhibit()}.")
    else:
        sentences.append(f"{person} has served no response.")
    return " ".join(sentences)


def _closing(dispute: Dispute, sides: Sides, *, several: bool) -> str:
    """Return the end of a letter: a call, protection of a non-party, reservation of rights (forms.md section 7)."""
    if dispute.kind not in LETTERS:
        return ""
    federal = dispute.case.court.kind == CourtKind.FEDERAL_DISTRICT
    what = "these requests" if several else "this request"
    paragraphs = [f"We are available for a call to confer about {what}; please tell us when it suits you."]
    if not sides.party and sides.ours_asks and federal:
        paragraphs.append(
            "We take reasonable steps to avoid undue burden or expense to a person who is not a party, Fed. R. Civ. P. 45(d)(1), "
            "and know that an order must protect such a person from significant expense, 45(d)(2)(B)(ii). If a request would "
            "impose one, please tell us which, and why."
        )
    rule = ""
    if federal and sides.ours_asks:
        rule = ", including to move under Fed. R. Civ. P. " + ("37(a)" if sides.party else "45(d)(2)(B)(i)")
    paragraphs.append(
        f"Nothing in this letter waives any right; {dispute.moved_by} "
        f"{verb_after(dispute.moved_by, 'reserve', 'reserves')} all rights{rule}."
    )
    return "\n\n".join(paragraphs)
