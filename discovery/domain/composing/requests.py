"""Composing the sets that one party serves on another, and their courtesy copies: rows -> snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from discovery.domain.composing import set_texts
from discovery.domain.composing.printed import (
    Marks,
    caption_of,
    counsel_block,
    other_counsel,
    printed_date,
    printed_moment,
    signature_block,
    stamped,
    stopped,
    verb_after,
)
from discovery.domain.composing.proof import certified, method_of
from discovery.domain.composing.set_names import asker, named, nth_set_of, number_of, parties_of, spelled, whose
from discovery.domain.content import content_of
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.errors import Refused
from discovery.domain.service.rows import served_texts
from discovery.enums import PARTY_SETS, TESTIMONY, DeadlineKind, DemandStatus, PaperKind
from discovery.law.set_forms import SetForm, SetWords, set_form
from discovery.models import Demand, Request, Service
from discovery.papers import snapshots
from discovery.papers.requests import COURTESY_PARTS, PARTS, CourtesyPaper, Necessity, RequestsPaper, Shell
from discovery.papers.standing import Approval
from discovery.papers.subpoena_snapshot import SubpoenaPaper

BLANK = "_" * 20
UNAPPROVED = Approval(approved=False, version=0, approved_on="", approved_by="")


@dataclass(frozen=True, slots=True)
class Words:
    """A demand's set as its court names it: the form, the words of its kind, who asks whom."""

    demand: Demand
    form: SetForm
    kind: SetWords
    propounder: str  # "OpenAI Defendants"
    recipient: str  # "Plaintiff Elon Musk"

    def title(self) -> str:
        """Return the title: who asks whom for what in which set (forms.md section 3, item 3)."""
        number = number_of(self.demand)
        pattern = self.form.title_of(self.demand.kind)
        return pattern.format(
            whose=whose(self.propounder),
            amended="AMENDED " if self.demand.supersedes_id else "",
            nth=nth_set_of(number),
            what=self.kind.what,
            whom=self.recipient.upper(),
            set=f", SET {spelled(number).upper()}" if number else "",
        )


def words_of(demand: Demand) -> Words:
    """Return how a demand's court names its set. Raises Refused for what is no party set."""
    kind, responder = _kind_of(demand), demand.responding_party
    recipient = named(responder.party(), responder.person.name)
    return Words(demand, set_form(demand.case.court.rule_set), kind, asker(demand.request_set.propounded_by), recipient)


def _kind_of(demand: Demand) -> SetWords:
    """Return the words of a demand's kind in its court, without asking who stands in them."""
    if demand.kind not in PARTY_SETS:
        raise Refused(_("There is no such paper for %(demand)s.") % {"demand": demand})
    return set_form(demand.case.court.rule_set).words(demand.kind)


def compose_requests(demand: Demand, paper: str = PaperKind.REQUESTS.value) -> RequestsPaper:
    """Return the snapshot of a party set, as its rows stand now or as it was approved; its certificate is as the record tells."""
    if demand.frozen and demand.approved_snapshot is not None:
        whole = snapshots.from_json(demand.approved_snapshot.content)
        assert isinstance(whole, RequestsPaper), "What is frozen of a party set is a RequestsPaper."
        certificate, other = _certificate(demand, whole.title)
        return replace(whole, paper=paper, certificate=certificate, other_method=other)
    if demand.status == DemandStatus.SERVED:
        raise Refused(_("This set was served on a paper made elsewhere; open the paper that was served."))
    return compose_requests_live(demand, UNAPPROVED)


def compose_requests_live(demand: Demand, approval: Approval, at: datetime | None = None) -> RequestsPaper:
    """Return the snapshot of a party set from the live rows; `approve` stores it."""
    words, case = words_of(demand), demand.case
    content, group = content_of(demand.request_set), demand.request_set.propounded_by
    fill = Marks(demand.responding_party.person.name, group.name)
    title, attorneys_for = words.title(), f"Attorneys for {group.name}"
    certificate, other = _certificate(demand, title)
    return RequestsPaper(
        paper=PaperKind.REQUESTS.value,
        language=case.court.language,
        document_title=f"{title} – {case.name}, No. {case.docket_number}",
        parts=PARTS,
        caption=caption_of(case),
        counsel=counsel_block(case, demand.attorney, attorneys_for),
        title=title,
        parties=parties_of(demand),
        addressed_to=_addressed(words),
        lead="" if content["preamble"] else words.kind.lead,
        preamble=fill(content["preamble"]) if content["preamble"] else _preamble(words),
        definitions_note=fill(content["definitions_note"]),
        definitions=set_texts.items(content["definitions"], fill),
        instructions=set_texts.items(content["instructions"], fill),
        relevant_period=set_texts.period(content),
        requests_heading=words.kind.section,
        requests=set_texts.requests(content, fill),
        signature=signature_block(demand.attorney, demand.dated, attorneys_for, signed=demand.signed if approval.approved else ""),
        exhibits=set_texts.exhibits(content, fill),
        necessity=_necessity(words, content),
        certificate=certificate,
        other_method=other,
        approval=approval,
        created=stamped(at or max(demand.changed_at, demand.request_set.changed_at)),
    )


def compose_courtesy(demand: Demand, paper: str = PaperKind.COURTESY_COPY.value) -> CourtesyPaper:
    """Return the snapshot of the requests alone, each with room for its response, from the frozen words.

    Raises Refused before the text is frozen: the other side types its answers under what was served, not under a draft.
    """
    if demand.kind in TESTIMONY:
        raise Refused(_("There is no such paper for %(demand)s.") % {"demand": demand})
    if demand.status not in {DemandStatus.APPROVED, DemandStatus.SERVED} or demand.approved_version is None:
        raise Refused(_("The courtesy copy repeats the words that were approved. Have the paper approved first."))
    case, shells = demand.case, _shells(demand)
    if not shells:
        raise Refused(_("The text was not recorded with the service, so there is nothing to copy."))
    subpoena = demand.kind not in PARTY_SETS
    title = f"SUBPOENA TO {demand.responding_party.person.name.upper()}" if subpoena else words_of(demand).title()
    return CourtesyPaper(
        paper=paper,
        language=case.court.language,
        document_title=f"{title} – {case.name}, No. {case.docket_number}",
        parts=COURTESY_PARTS,
        caption=caption_of(case),
        title=f"COURTESY COPY FOR RESPONSES: {title}",
        parties=parties_of(demand),
        requests_heading="REQUESTS FOR PRODUCTION" if subpoena else _kind_of(demand).section,
        shells=shells,
        author=demand.attorney.attorney.firm.name if demand.attorney else "",
        created=stamped(demand.approved_version.approved_at),
    )


def stands_alone(demand: Demand) -> str:
    """Return the rule by which no preface or instruction may stand before the requests of such a set; "" where none says so."""
    words = _kind_of(demand)
    return words.alone_rule if words.alone else ""


def must_state_time(demand: Demand) -> bool:
    """Whether the paper itself must state the day and hour (New York's notice, CPLR 3120(2))."""
    return _kind_of(demand).asks_time


def days_to_answer(demand: Demand) -> int | None:
    """Return the days that the court's rules give for the answer; None where they are not known here."""
    rules, day = CourtLaw(demand.case.court).known_rules, _day_of(demand)
    events = rules.events_after("service", day, demand.kind) if rules else []
    found = [event.period for event in events if event.task == DeadlineKind.RESPONSE and event.unit == "days"]
    return found[0] if found else None


def over_the_limit(demand: Demand, asked: int) -> int | None:
    """Return how many of the kind were asked in earlier sets, when with this set they are more than a declaration-free limit."""
    words, rules = _kind_of(demand), CourtLaw(demand.case.court).known_rules
    limit = rules.limit(words.limit, _day_of(demand)) if words.limit and rules else None
    if limit is None:
        return None
    earlier = Request.objects.filter(
        request_set__propounded_by=demand.request_set.propounded_by,
        request_set__demands__responding_party=demand.responding_party,
        request_set__demands__kind=demand.kind,
        request_set__demands__status=DemandStatus.SERVED.value,
    ).exclude(request_set=demand.request_set)
    before = earlier.distinct().count()
    return before if before + asked > limit.number else None


def _day_of(demand: Demand) -> date:
    """Return the day whose law counts: the paper's own, else that of the last change, so that equal rows give an equal paper."""
    return demand.dated or demand.changed_at.astimezone(demand.case.court.zone).date()


def _addressed(words: Words) -> str:
    if not words.form.address:
        return ""
    party = words.demand.responding_party.party()
    rows = party.appearances.select_related("attorney__firm").order_by("position", "pk") if party else ()
    lawyers = [row.attorney for row in rows]
    counsel = f", {lawyers[0].name}, {', '.join((lawyers[0].firm.name, *lawyers[0].firm.address_lines()))}" if lawyers else ""
    return stopped(words.form.address.format(whom=words.recipient, counsel=counsel))


def _preamble(words: Words) -> str:
    """Return the opening paragraph in the court's own words: who asks whom, under which rule, by when, where and how."""
    demand, days = words.demand, days_to_answer(words.demand)
    within = f"within {days} days after service" if days else "within the time that the rules of this court allow"
    stated = printed_moment(*_stated(demand))
    when = f" on {stated}" if stated else ""
    if not stated and words.kind.asks_time:
        when = f" on {BLANK} at {BLANK}"
    return words.kind.preamble.format(
        propounder=words.propounder,
        recipient=words.recipient,
        ask=verb_after(words.propounder, "ask", "asks"),
        demand=verb_after(words.propounder, "demand", "demands"),
        within=within,
        where=_where(demand),
        when=when,
        not_less=f"not less than {days} days after service of this notice" if days else "at the time that the rules allow",
    )


def _stated(demand: Demand) -> tuple[Any, Any, str]:
    """Return day, hour and zone of the time that the paper states, for `printed_moment`."""
    if demand.due_at is None:
        return None, None, ""
    local = demand.due_at.astimezone(demand.case.court.zone)
    return local.date(), local.time(), ""


def _where(demand: Demand) -> str:
    """Return place and manner: as typed, else the attorney's office and e-mail address; a blank while nobody is named."""
    if demand.place.strip():
        return " ".join(demand.place.split())
    if demand.attorney is None:
        return f"at {BLANK}"
    attorney, firm = demand.attorney.attorney, demand.attorney.attorney.firm
    office = ", ".join((firm.name, *firm.address_lines()))
    return f"at the offices of {office}" + (f", or in electronic form to {attorney.email}" if attorney.email else "")


def _necessity(words: Words, content: dict[str, Any]) -> Necessity:
    """Return the declaration that a set above the limit carries; empty below it (CCP 2030.050, 2033.050)."""
    demand, asked = words.demand, len(content["requests"])
    earlier = over_the_limit(demand, asked)
    signer = demand.attorney.attorney.name if demand.attorney else ""
    if earlier is None:
        return Necessity("", (), "")
    told = {
        "signer": signer or BLANK,
        "propounder": words.propounder,
        "recipient": words.recipient,
        "earlier": earlier,
        "earlier_total": BLANK,  # with official form interrogatories, which are not recorded here
        "count": asked,
        "reason": demand.necessity.strip() or f"{BLANK * 3}.",
        "dated": printed_date(demand.dated) or BLANK,
    }
    return Necessity(words.kind.declaration_title, tuple(line.format(**told) for line in words.kind.declaration), signer)


def _certificate(demand: Demand, title: str) -> tuple[snapshots.Certificate, str]:
    """Return the certificate of the service on record, else one with blanks; and the method in words where it has no box."""
    service = Service.objects.filter(demand=demand, superseded=False).first() if demand.frozen else None
    if service is not None:
        method, other = method_of(demand, service)
        return certified(service, title, method), other
    firm = demand.attorney.attorney.firm if demand.attorney else None
    return (
        snapshots.Certificate(
            declarant="",
            declarant_address=", ".join(firm.address_lines()) if firm else "",
            served_on="",
            documents=(title,),
            method="",
            recipients=other_counsel(demand.case, demand.request_set.propounded_by),
            executed_at="",
        ),
        "",
    )


def _shells(demand: Demand) -> tuple[Shell, ...]:
    """Return the requests as the approval printed them; of a set served on paper made elsewhere as they were recorded."""
    if demand.approved_snapshot is None:
        texts = served_texts(demand)
        return tuple(_shell(said["heading"], said["text"]) for _number, said in sorted(texts.items()))
    paper = snapshots.from_json(demand.approved_snapshot.content)
    requests = paper.requests if isinstance(paper, RequestsPaper) else _of_schedule(paper)
    return tuple(_shell(one.heading, one.text) for one in requests)


def _of_schedule(paper: snapshots.Paper) -> tuple[snapshots.PrintedRequest, ...]:
    assert isinstance(paper, SubpoenaPaper), "What else is approved has no requests to copy."
    return paper.schedule.requests


def _shell(heading: str, text: str) -> Shell:
    plain = heading.rstrip(" :.").upper()
    return Shell(f"{plain}:", text, f"RESPONSE TO {plain}:")
