"""Starting a subpoena: one page says to whom and from what, its verbs run in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from discovery.domain.demands import start_subpoena
from discovery.domain.records import add_record
from discovery.domain.sets import add_items
from discovery.domain.testimony import TOPIC_HEADING, start_testimony
from discovery.enums import TESTIMONY, AddressKind, DemandKind, PersonKind, SetKind
from discovery.models import Address, Case, CaseParty, Demand, Person, RequestSet, RespondingParty
from discovery.models.choices import translated
from discovery.staff.access import get_editable
from discovery.staff.actor import actor
from discovery.staff.forms.starting import NewSubpoenaForm, offered_sets
from discovery.staff.forms.testimony import NewTestimonyForm
from discovery.staff.ids import is_id

if TYPE_CHECKING:
    from django.contrib.auth.models import User

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "POST"])
def subpoena_new(request: HttpRequest, case_pk: int) -> HttpResponse:
    """Steps 2 and 3 of the guided flow: the recipient, and what Schedule A starts from."""
    user = actor(request)
    case = get_editable(Case.objects.select_related("court"), user, case_pk)
    if "sets" in request.GET:
        found = offered_sets(user, case, request.GET["sets"].strip())
        return render(request, "staff/subpoenas/_set_options.html", {"sets": found})
    start = {"start_from": request.GET.get("from", "")} if is_id(request.GET.get("from", "")) else {}
    form = NewSubpoenaForm(request.POST or None, case=case, user=user, initial=start)
    if request.method == "POST" and form.is_valid():
        demand = form.attempt(lambda: _start(form, by=user))
        if demand is not None:
            return redirect("subpoena-schedule", pk=demand.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "staff/subpoenas/new.html", {"case": case, "form": form, "step": 1}, status=status)


def _start(form: NewSubpoenaForm, *, by: User) -> Demand:
    """Record the recipient if it is new, start the subpoena, add what was pasted: all of it or nothing."""
    values = form.cleaned_data
    responder = _recipient(form, by=by)
    request_set = RequestSet(
        case=form.case,
        propounded_by=values["propounded_by"],
        name=values["name"].strip() or _name(responder.person),
    )
    demand = start_subpoena(request_set, responder, by=by, start_from=values["start_from"], clauses=list(form.chosen_clauses()))
    if form.texts:
        add_items(request_set, "request", form.texts, by=by)
    return demand


@login_required
@require_http_methods(["GET", "POST"])
def testimony_new(request: HttpRequest, case_pk: int, kind: str) -> HttpResponse:
    """The first step to a subpoena to testify or a notice of deposition: who testifies, about what, and what to bring."""
    if kind not in TESTIMONY:
        raise Http404
    user = actor(request)
    case = get_editable(Case.objects.select_related("court"), user, case_pk)
    form = NewTestimonyForm(request.POST or None, case=case, user=user, kind=DemandKind(kind))
    if request.method == "POST" and form.is_valid():
        demand = form.attempt(lambda: _start_testimony(form, by=user))
        if demand is not None:
            topics = form.has_topics and demand.responding_party.person.kind != PersonKind.NATURAL
            return redirect("subpoena-schedule" if topics else "testimony-form", pk=demand.pk)
    context = {"case": case, "form": form, "step": 1, "of_testimony": True, "kind_label": dict(translated(DemandKind))[kind]}
    return render(request, "staff/subpoenas/testimony_new.html", context, status=UNPROCESSABLE if form.errors else 200)


def _start_testimony(form: NewTestimonyForm, *, by: User) -> Demand:
    """Record the deponent if it is new, start the paper, add the topics pasted: all of it or nothing."""
    values = form.cleaned_data
    responder = _recipient(form, by=by)
    request_set = RequestSet(
        case=form.case,
        propounded_by=values["propounded_by"],
        kind=SetKind.TOPICS.value,
        name=values["name"].strip() or (_("Testimony of %(name)s") % {"name": responder.person.name})[:160],
        request_heading=TOPIC_HEADING,
    )
    demand = start_testimony(
        request_set,
        responder,
        form.kind,
        by=by,
        start_from=values.get("start_from"),
        clauses=list(form.chosen_clauses()),
        documents=form.documents,
    )
    if form.texts:
        add_items(request_set, "request", form.texts, by=by)
    return demand


def _recipient(form: NewSubpoenaForm, *, by: User) -> RespondingParty:
    kind, _dash, pk = form.cleaned_data["recipient"].partition("-")
    if kind == "responder":
        return RespondingParty.objects.select_related("person__registered_agent").get(case=form.case, pk=pk)
    if kind == "party":
        party = CaseParty.objects.select_related("person").get(case=form.case, pk=pk)
        return add_record(RespondingParty(case=form.case, person=party.person), by=by)
    return _somebody_new(form, by=by)


def _somebody_new(form: NewSubpoenaForm, *, by: User) -> RespondingParty:
    """Record person, registered agent and address, each with its own event, and seek discovery from the person."""
    values = form.cleaned_data
    person = form.person()
    agent = values["new_agent"].strip()
    if agent:
        person.registered_agent = add_record(Person(kind=PersonKind.ENTITY.value, name=agent), by=by)
    add_record(person, by=by)
    address = None
    if values["new_street"]:
        address = Address(
            person=person.registered_agent or person,
            kind=_address_kind(person),
            street=values["new_street"],
            city=values["new_city"],
            state=values["new_state"],
            postal_code=values["new_postal_code"],
        )
        add_record(address, by=by)
    return add_record(RespondingParty(case=form.case, person=person, serve_at=address), by=by)


def _address_kind(person: Person) -> str:
    if person.registered_agent is not None:
        return AddressKind.AGENT.value
    return AddressKind.RESIDENCE.value if person.kind == PersonKind.NATURAL else AddressKind.BUSINESS.value


def _name(person: Person) -> str:
    return (_("Schedule A to %(name)s") % {"name": person.name})[:160]
