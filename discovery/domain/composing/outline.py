"""Composing the outline of a motion to compel: what the rules ask it to hold, from the rows; the argument is the attorney's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from discovery.domain.composing.authorities import listing_of
from discovery.domain.composing.dispute_papers import against_of, frame_of, must_be_ours, no_requests, quoted
from discovery.domain.composing.headings import headings_listed
from discovery.domain.composing.hearing import before_judge, hearing_lines, named_court, when_and_where
from discovery.domain.composing.printed import possessive, printed_date, spoken_hour, stamped, stopped, verb_after
from discovery.domain.disputes.limits import limit_of
from discovery.domain.disputes.quoted import DisputedLine, lines_of
from discovery.domain.errors import Refused
from discovery.enums import SUBPOENAS, TESTIMONY, ConferralMode, ConferralOutcome, CourtKind, DemandKind, PaperKind
from discovery.models import Conferral, Court, Dispute, Service
from discovery.papers.dispute_papers import OUTLINE_PARTS, OutlinePaper, OutlinePart
from discovery.papers.snapshots import Caption

TO_STATE = "[To be stated.]"
OUTCOMES = {ConferralOutcome.WILL_SUPPLEMENT.value: "the response will be supplemented"}
"""What a conference came to, where the word for it needs to say whose act it is."""

SCOPE = (
    "“Parties may obtain discovery regarding any nonprivileged matter that is relevant to any party’s claim or defense and "
    "proportional to the needs of the case, considering the importance of the issues at stake in the action, the amount in "
    "controversy, the parties’ relative access to relevant information, the parties’ resources, the importance of the discovery in "
    "resolving the issues, and whether the burden or expense of the proposed discovery outweighs its likely benefit.” "
    "Fed. R. Civ. P. 26(b)(1)."
)
COMPEL_PARTY = (
    "“A party seeking discovery may move for an order compelling an answer, designation, production, or inspection.” "
    "Fed. R. Civ. P. 37(a)(3)(B). “[A]n evasive or incomplete disclosure, answer, or response must be treated as a failure to "
    "disclose, answer, or respond.” Fed. R. Civ. P. 37(a)(4)."
)
COMPEL_ADMISSION = (
    "“The requesting party may move to determine the sufficiency of an answer or objection. Unless the court finds an objection "
    "justified, it must order that an answer be served.” Fed. R. Civ. P. 36(a)(6)."
)
COMPEL_NON_PARTY = (
    "“At any time, on notice to the commanded person, the serving party may move the court for the district where compliance is "
    "required for an order compelling production or inspection.” Fed. R. Civ. P. 45(d)(2)(B)(i). The order “must protect a person "
    "who is neither a party nor a party’s officer from significant expense resulting from compliance.” "
    "Fed. R. Civ. P. 45(d)(2)(B)(ii)."
)
PROPORTIONAL = (
    "Importance of the issues at stake, and of the discovery in resolving them: " + TO_STATE,
    "Amount in controversy, and the parties’ resources: " + TO_STATE,
    "Relative access to the information: " + TO_STATE,
    "Burden or expense against likely benefit; sources not reasonably accessible, Rule 26(b)(2)(B): " + TO_STATE,
    "Not unreasonably cumulative, and not to be had from a more convenient source, Rule 26(b)(2)(C)(i): " + TO_STATE,
    "No ample opportunity to obtain it before, Rule 26(b)(2)(C)(ii): " + TO_STATE,
)
"""Fed. R. Civ. P. 26(b)(1) and 26(b)(2)(B)-(C), point by point."""


def compose_outline(dispute: Dispute, paper: str = PaperKind.MOTION_OUTLINE.value) -> OutlinePaper:
    """Return the snapshot of the outline of a motion to compel under Rule 37(a), or under Rule 45(d)(2)(B)(i) for a non-party.

    Each request stands in full and is followed at once by its response, as N.D. Cal. Civ. L.R. 37-2 asks; the certificate of
    conferral, Rule 37(a)(1), is drawn from the conferences on record. Raises Refused for the other side's motion, no requests, a
    court outside the Federal Rules, subpoenas and party requests together, a subpoena without a court of compliance.
    """
    must_be_ours(dispute)
    court = dispute.case.court
    if court.kind != CourtKind.FEDERAL_DISTRICT or (court.rule_set and not court.rule_set.startswith("FRCP")):
        raise Refused(
            _("This outline follows the Federal Rules; %(court)s has its own. Make the memorandum instead.")
            % {"court": court.short_name}
        )
    lines = lines_of(dispute, no_requests())
    compliance = court_of_compliance(lines)
    caption, counsel, signature = frame_of(dispute)
    caption = in_court(caption, compliance, dispute) if compliance is not None else caption
    against = against_of(dispute, lines)
    before, after = _before(dispute, lines, against, compliance), _after(dispute, lines, against)
    requests = tuple(quoted(line, line.answers[-1:], with_objections=True) for line in lines)
    answer = "PRODUCTION OF DOCUMENTS" if only_documents(lines) else "FURTHER RESPONSES"
    return OutlinePaper(
        paper=paper,
        language=court.language,
        document_title=f"Outline of a motion to compel: {dispute.title}",
        parts=OUTLINE_PARTS,
        caption=replace(caption, extra_lines=(*hearing_lines(dispute), *caption.extra_lines)),
        counsel=counsel,
        title=f"{possessive(dispute.moved_by).upper()} NOTICE OF MOTION AND MOTION TO COMPEL {answer} FROM {against.upper()}",
        before=before,
        requests_heading="REQUESTS IN DISPUTE, EACH FOLLOWED BY ITS RESPONSE",
        requests=requests,
        after=after,
        signature=signature,
        authorities=listing_of(before, requests, after, list(dispute.authorities.all())).printed,
        limit=limit_of(dispute) or 0,
        submitted=dispute.submitted_on is not None,
        created=stamped(dispute.changed_at),
    )


def court_of_compliance(lines: list[DisputedLine]) -> Court | None:
    """Return the court that hears a motion about a subpoena, Rule 37(a)(2) and 45(d)(2)(B)(i); None for requests to parties."""
    under_45 = [line.row.demand.kind in SUBPOENAS for line in lines]
    if not any(under_45):
        return None
    if not all(under_45):
        raise Refused(_("Requests to parties and under a subpoena go to court by different motions. Make a dispute for each."))
    courts = {line.row.demand.subpoena.compliance_court for line in lines}
    if None in courts:
        raise Refused(
            _(
                "The motion belongs in the court for the district where compliance is required, Rule 45(d)(2)(B)(i), and none is "
                "recorded. Name it on the form of the subpoena first."
            )
        )
    if len(courts) > 1:
        raise Refused(_("These subpoenas are to be complied with in different districts. Make a dispute for each."))
    return courts.pop()


def in_court(caption: Caption, court: Court, dispute: Dispute) -> Caption:
    """Return the caption for the court of compliance; elsewhere than where the action pends, it is a matter of its own there."""
    if court.pk == dispute.case.court_id:
        return caption
    pending = f"Action pending in the {named_court(dispute.case.court)}, No. {caption.case_number}"
    return replace(
        caption,
        court_name=court.title,
        court_district=court.district,
        division="",
        case_number="Misc. ____________",
        extra_lines=(pending,),
    )


def only_documents(lines: list[DisputedLine]) -> bool:
    """Whether every request asks for documents."""
    kinds = {line.row.demand.kind for line in lines}
    return kinds <= {DemandKind.RFP.value, DemandKind.SUBPOENA_DOCUMENTS.value}


def _before(dispute: Dispute, lines: list[DisputedLine], against: str, compliance: Court | None) -> tuple[OutlinePart, ...]:
    court = compliance or dispute.case.court
    rule, standard = standard_of(lines, compliance)
    mover = dispute.moved_by.strip()
    notice = (
        f"TO {against.upper()}, TO ALL PARTIES AND THEIR COUNSEL OF RECORD:",
        f"PLEASE TAKE NOTICE that on {when_and_where(dispute, court)}{before_judge(dispute, court)}, {mover} "
        f"will and hereby {verb_after(mover, 'do', 'does')} move under {rule} of the Federal Rules of Civil "
        f"Procedure for an order compelling {against} as set out below.",
    )
    parts = [OutlinePart("NOTICE OF MOTION", notice), OutlinePart("RELIEF SOUGHT", (), _relief(lines, compliance))]
    if compliance is not None:
        parts.append(OutlinePart("COURT", (_where(dispute, compliance),)))
    if court.rule_set == "FRCP-CAND":
        parts.append(OutlinePart("STATEMENT OF ISSUES TO BE DECIDED", (_issue(lines, against),)))
    background = [told_of_service(dispute, lines)]
    if dispute.introduction.strip():
        background.append(dispute.introduction)
    parts.append(OutlinePart("BACKGROUND", tuple(background)))
    parts.append(OutlinePart("LEGAL STANDARD", standard))
    return tuple(parts)


def standard_of(lines: list[DisputedLine], compliance: Court | None) -> tuple[str, tuple[str, ...]]:
    """Return the rule under which the motion is made, and what it is decided by.

    The sufficiency of an answer to an admission has a motion of its own, Rule 36(a)(6); Rule 37(a)(3)(B) does not name it.
    """
    if compliance is not None:
        return "Rule 45(d)(2)(B)(i)", (SCOPE, COMPEL_NON_PARTY)
    admissions = [line.row.demand.kind == DemandKind.RFA for line in lines]
    if all(admissions):
        return "Rule 36(a)(6)", (SCOPE, COMPEL_ADMISSION)
    if any(admissions):
        return "Rules 36(a)(6) and 37(a)(3)(B)", (SCOPE, COMPEL_PARTY, COMPEL_ADMISSION)
    return "Rule 37(a)(3)(B)", (SCOPE, COMPEL_PARTY)


def _relief(lines: list[DisputedLine], compliance: Court | None) -> tuple[str, ...]:
    asked = [
        f"{told.headings}: {' '.join(told.proposal.split())}" if told.proposal else f"{told.headings}: an order that {told.order}."
        for told in asked_for(lines)
    ]
    if compliance is not None:
        # Rule 37(a)(5) does not reach Rule 45: there 45(d)(1), (d)(2)(B)(ii) and (g) (law/rules.md section 1, MTC).
        asked.append("Terms that protect the non-party from significant expense, Fed. R. Civ. P. 45(d)(2)(B)(ii): " + TO_STATE)
    else:
        asked.append("Reasonable expenses of the motion, Fed. R. Civ. P. 37(a)(5)(A), if they are asked for: " + TO_STATE)
    return tuple(asked)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What is asked for on one request, or on neighbours alike: a proposal as written, or what the order is to say."""

    headings: str  # "Request For Production Nos. 3–40"
    proposal: str
    order: str  # "Jane Roe produce all documents responsive to them"
    lines: tuple[DisputedLine, ...]


def asked_for(lines: list[DisputedLine]) -> Iterator[AskedFor]:
    """Yield what is asked for; requests that stand together and ask for the same order, in no words of their own, as one."""

    def alike(numbered: tuple[int, DisputedLine]) -> tuple[int, str]:
        place, line = numbered
        return (place, "") if line.proposal.strip() or line.narrowed else (0, ordered(line))

    for _key, group in groupby(enumerate(lines, start=1), key=alike):
        some = tuple(line for _place, line in group)
        order = ordered(some[0], several=len(some) > 1)
        yield AskedFor(headings_listed(line.heading for line in some), some[0].proposal.strip(), order, some)


def ordered(line: DisputedLine, *, several: bool = False) -> str:
    """Return what the order is to say where no relief was written down for a request, or for several."""
    whom, them = line.row.demand.responding_party.person.name, "them" if several else "it"
    if line.row.demand.kind in {DemandKind.RFP.value, DemandKind.SUBPOENA_DOCUMENTS.value}:
        return f"{whom} produce all documents responsive to {them}{', as narrowed' if line.narrowed else ''}"
    if line.row.demand.kind in TESTIMONY:
        return f"{whom} designate and prepare a person to testify on {them}"
    return f"{whom} answer {them} in full"


def _issue(lines: list[DisputedLine], against: str) -> str:
    """Return the issue to be decided, N.D. Cal. Civ. L.R. 7-4(a)(3) (confirmed in summaries of the rule)."""
    asked = headings_listed(line.heading for line in lines)
    if only_documents(lines):
        return f"Whether {against} must produce the documents responsive to {stopped(asked)}"
    return f"Whether {against} must respond in full to {stopped(asked)}"


def _where(dispute: Dispute, compliance: Court) -> str:
    text = (
        f"Compliance with the subpoena is required in the {compliance.district or compliance.title}, and this Court therefore "
        "hears the motion. Fed. R. Civ. P. 37(a)(2), 45(d)(2)(B)(i)."
    )
    if compliance.pk == dispute.case.court_id:
        return text
    issuing = named_court(dispute.case.court)
    return (
        f"{text} It may transfer the motion to the issuing court, the {issuing}, if the person subject to the subpoena consents or "
        "the court finds exceptional circumstances. Fed. R. Civ. P. 45(f)."
    )


def told_of_service(dispute: Dispute, lines: list[DisputedLine]) -> str:
    """Return one sentence a demand: what was served on whom and when, and when it was answered."""
    demands = {line.row.demand_id: line.row.demand for line in lines}
    served = {one.demand_id: one.served_on for one in Service.objects.filter(demand__in=list(demands), superseded=False)}
    sentences = []
    for demand in demands.values():
        on = f" on {printed_date(served[demand.pk])}" if demand.pk in served else ""
        whom = demand.responding_party.person.name
        sentences.append(stopped(f"{dispute.moved_by.strip()} served {demand.request_set.name} on {whom}{on}"))
        answers = dict.fromkeys(line.answers[-1] for line in lines if line.row.demand_id == demand.pk and line.answers)
        days = dict.fromkeys((one.kind, one.served_on) for one in answers)
        for kind, day in days:
            article = "an" if kind[0].lower() in "aeiou" else "a"  # who answers may be a man, a woman or a company
            sentences.append(f"{whom} served {article} {kind.lower()} on {printed_date(day)}.")
    return " ".join(sentences)


def _after(dispute: Dispute, lines: list[DisputedLine], against: str) -> tuple[OutlinePart, ...]:
    cand = dispute.case.court.rule_set == "FRCP-CAND"
    needs = "Fed. R. Civ. P. 26(b)(2)" + (" and Civ. L.R. 37-2" if cand else "")
    # N.D. Cal. Civ. L.R. 7-4(a)(5): the argument, with what it rests on (confirmed in summaries of the rule).
    parts = [OutlinePart("ARGUMENT", (dispute.our_statement,))] if dispute.our_statement.strip() else []
    proportional = f"The discovery asked for is proportional to the needs of the case. {needs}."
    parts.append(OutlinePart("PROPORTIONALITY", (proportional,), PROPORTIONAL))
    if dispute.closing.strip():
        parts.append(OutlinePart("CONCLUSION", (dispute.closing,)))
    parts.append(certificate_of(dispute, lines, against))
    return tuple(parts)


def certificate_of(dispute: Dispute, lines: list[DisputedLine], against: str) -> OutlinePart:
    """Return the certificate of conferral under Rule 37(a)(1), from the live conferences on these requests."""
    heading = "CERTIFICATE OF CONFERRAL"
    held = conferences_told(dispute, lines)
    if not held:
        return OutlinePart(
            heading,
            (
                "[No conference on these requests is on record. The motion must certify that the movant conferred, or tried to, "
                "in good faith, Fed. R. Civ. P. 37(a)(1).]",
            ),
        )
    mover = dispute.moved_by.strip()
    certified = (
        f"Under Fed. R. Civ. P. 37(a)(1), the undersigned certifies that {mover} "
        f"{verb_after(mover, 'have', 'has')} in good faith conferred or attempted to confer with {against} in an effort "
        "to obtain the discovery without court action, as follows:"
    )
    return OutlinePart(heading, (certified,), held)


def conferences_told(dispute: Dispute, lines: list[DisputedLine]) -> tuple[str, ...]:
    """Return one sentence for each live conference on these requests that was held before the motion was filed."""
    rows = {line.row.pk: line.heading for line in lines}
    about = Conferral.objects.filter(case=dispute.case_id, requests__row__in=list(rows))
    if dispute.submitted_on is not None:
        about = about.filter(held_on__lte=dispute.submitted_on)
    held = about.distinct().prefetch_related("attendees", "requests").order_by("held_on", "started", "pk")
    return tuple(_conference(one, rows) for one in held)


def _conference(one: Conferral, rows: dict[int, str]) -> str:
    """Return one conference; notes and what was said are work product and are not printed."""
    when = printed_date(one.held_on)
    if one.started is not None:
        when += f", {spoken_hour(one.started)}" + (f" to {spoken_hour(one.ended)}" if one.ended is not None else "")
    how = ConferralMode(one.mode).label.lower() + (f" ({one.place})" if one.place else "")
    people = "; ".join(
        f"{person.name} for {person.speaks_for}" if person.speaks_for else person.name for person in one.attendees.all()
    )
    outcomes = {asked.row_id: asked.outcome for asked in one.requests.all()}
    came_to_it: dict[str, list[str]] = {}
    for row, heading in rows.items():
        if row in outcomes:
            came_to_it.setdefault(OUTCOMES.get(outcomes[row]) or ConferralOutcome(outcomes[row]).label.lower(), []).append(heading)
    came_to = "; ".join(f"{headings_listed(headings)}: {outcome}" for outcome, headings in came_to_it.items())
    return " ".join(stopped(part) for part in (f"{when}, {how}", people, came_to) if part)
