"""What our side answers, produces, withholds and writes in the demo case, so that each of these papers can be made of it.

All of it is made up and says so: no paper of the docket. Facts and texts: [ours] in discovery/data/musk_v_altman.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discovery.domain.answers.by_request import Answer, Objecting, change_response, record_answers, start_response
from discovery.domain.binders import Binding, add_tab, start_binder
from discovery.domain.dates.deadlines import mark_done
from discovery.domain.demo.life import paper_of
from discovery.domain.disputes.disputing import change_dispute, start_dispute
from discovery.domain.party_sets import ASKS_FOR, words_here
from discovery.domain.privilege.logs import record_log
from discovery.domain.productions.producing import Tie, log_production, typed_ranges
from discovery.domain.records import add_record
from discovery.domain.service.serving import log_served_set
from discovery.domain.sets import NewText
from discovery.enums import DeadlineState, DemandKind
from discovery.models import (
    Case,
    Deadline,
    Demand,
    Dispute,
    PartyGroup,
    PrivilegeLog,
    PrivilegeLogEntry,
    Production,
    RequestSet,
    Service,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Facts = Mapping[str, Any]


def answer_for_us(case: Case, meta: Demand, told: Facts, *, by: User) -> None:
    """Record a set that was served on us with our draft of the response, production and log; two letters to Meta, a binder."""
    demand = _set_on_us(case, told, by=by)
    _response(demand, told, by=by)
    _production(demand, told, by=by)
    log = PrivilegeLog(case=case, responding_party=demand.responding_party, **told["log"])
    record_log(log, [PrivilegeLogEntry(**entry) for entry in told["entry"]], by=by, expected=0)
    for letter in told["letter"]:
        _letter(meta, letter, by=by)
    _binder(meta, told, by=by)


def _set_on_us(case: Case, told: Facts, *, by: User) -> Demand:
    parties = {party.person.name: party for party in case.parties.select_related("person")}
    asker = add_record(PartyGroup(case=case, name=told["asker_group"]), by=by, links={"members": [parties[told["asker"]]]})
    facts, kind = told["set"], DemandKind.ROG
    request_set = RequestSet(
        case=case,
        propounded_by=asker,
        kind=ASKS_FOR[kind].value,
        name=facts["name"],
        number=facts["number"],
        request_heading=words_here(case, kind).heading,
    )
    texts = [NewText(*pair) for pair in facts["texts"]]
    people = [parties[told["responder"]].person]
    [demand] = log_served_set(request_set, people, kind, Service(**facts["service"]), by=by, texts=texts)
    return demand


def _response(demand: Demand, told: Facts, *, by: User) -> None:
    """Draft our response, and close by hand the dates that only a served one would meet."""
    response = start_response(demand, by=by)
    response.preliminary = told["response"]["preliminary"]
    change_response(response, by=by, revision=response.revision)
    answers = [
        Answer(**{**entry, "objections": tuple(Objecting(*one) for one in entry.get("objections", ()))}) for entry in told["answer"]
    ]
    record_answers(response, answers, by=by)
    closed = told["closed"]
    for deadline in Deadline.objects.filter(demand=demand, state=DeadlineState.OPEN.value, due_on__isnull=False):
        mark_done(deadline, closed["done_on"], closed["note"], by=by)


def _production(demand: Demand, told: Facts, *, by: User) -> None:
    production = Production(case=demand.case, responding_party=demand.responding_party, **told["production"])
    ranges = typed_ranges(told["produced"]["ranges"], field="ranges")
    log_production(production, ranges, [Tie(demand.rows.get(number=told["produced"]["number"]))], by=by)


def _letter(meta: Demand, told: Facts, *, by: User) -> None:
    """Start a letter about one request and leave it as a draft."""
    facts = {name: told[name] for name in ("kind", "title", "dated", "answer_by", "introduction")}
    dispute = start_dispute(Dispute(case=meta.case, **facts), [meta.rows.get(number=told["row"])], by=by)
    words = {"our_position": told["position"], "proposal": told["proposal"], "question": told["question"]}
    change_dispute(dispute, by=by, revision=dispute.revision, positions={one.pk: words for one in dispute.requests.all()})


def _binder(meta: Demand, told: Facts, *, by: User) -> None:
    """Bind the two exhibits of the joint letter, a page that stands for each."""
    binder, (asked, answered) = start_binder(meta.case, Binding(told["binder"]), by=by), told["exhibits"]
    add_tab(binder, title=asked, upload=paper_of(told["subpoena_paper"]), by=by)
    add_tab(binder, title=answered, attachment=meta.responses.exclude(paper=None).get().paper, by=by)
