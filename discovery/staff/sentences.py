"""Events as sentences: "Alice approved and froze Subpoena ..., version 1."."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.dates.written import KEPT, on_screen
from discovery.enums import Act
from discovery.models import Event

if TYPE_CHECKING:
    from discovery.staff.forms.base import Label

WORDS: Mapping[str, Label] = {
    Act.CASE_OPENED.value: _("%(who)s opened the case %(what)s"),
    Act.RECORD_ADDED.value: _("%(who)s added %(what)s"),
    Act.RECORD_CHANGED.value: _("%(who)s changed %(what)s"),
    Act.RECORD_REMOVED.value: _("%(who)s removed %(what)s"),
    Act.MEMBER_ADDED.value: _("%(who)s added the member %(what)s"),
    Act.MEMBER_CHANGED.value: _("%(who)s changed the role of %(what)s"),
    Act.MEMBER_REMOVED.value: _("%(who)s removed the member %(what)s"),
    Act.SET_STARTED.value: _("%(who)s started the request set %(what)s"),
    Act.SET_CHANGED.value: _("%(who)s changed the request set %(what)s"),
    Act.ITEM_ADDED.value: _("%(who)s added the text %(what)s"),
    Act.ITEM_CHANGED.value: _("%(who)s changed the text %(what)s"),
    Act.ITEM_MOVED.value: _("%(who)s moved the text %(what)s"),
    Act.ITEM_REMOVED.value: _("%(who)s removed the text %(what)s"),
    Act.DEMAND_STARTED.value: _("%(who)s started %(what)s"),
    Act.DEMAND_CHANGED.value: _("%(who)s changed %(what)s"),
    Act.SUBMITTED.value: _("%(who)s submitted for approval %(what)s"),
    Act.RETURNED.value: _("%(who)s returned with a note %(what)s"),
    Act.APPROVED.value: _("%(who)s approved and froze %(what)s"),
    Act.REOPENED.value: _("%(who)s reopened for changes %(what)s"),
    Act.WITHDRAWN.value: _("%(who)s withdrew %(what)s"),
    Act.SUPERSEDED.value: _("%(who)s replaced by a corrected paper %(what)s"),
    Act.DRAFT_QUEUED.value: _("%(who)s asked for the paper %(what)s"),
    Act.DRAFT_READY.value: _("%(who)s made the paper %(what)s"),
    Act.DRAFT_FAILED.value: _("%(who)s could not make the paper %(what)s"),
    Act.DRAFT_RETRIED.value: _("%(who)s tried again to make the paper %(what)s"),
    Act.BATCH_STARTED.value: _("%(who)s asked for a batch: %(what)s"),
    Act.FINDING_OVERRIDDEN.value: _("%(who)s overrode a finding: %(what)s"),
    Act.SERVED.value: _("%(who)s recorded the service of %(what)s"),
    Act.SERVICE_CHANGED.value: _("%(who)s corrected the record of service of %(what)s"),
    Act.SET_LOGGED.value: _("%(who)s recorded the served set %(what)s"),
    Act.RESPONSE_RECORDED.value: _("%(who)s recorded %(what)s"),
    Act.RESPONSE_CHANGED.value: _("%(who)s corrected the record of %(what)s"),
    Act.ORDER_ENTERED.value: _("%(who)s entered the order %(what)s"),
    Act.ORDER_CHANGED.value: _("%(who)s corrected the record of the order %(what)s"),
    Act.DEADLINE_SET.value: _("%(who)s entered the date for %(what)s"),
    Act.DEADLINE_EXTENDED.value: _("%(who)s recorded an extension: %(what)s"),
    Act.EXTENSION_APPROVED.value: _("%(who)s recorded that the court approved an extension: %(what)s"),
    Act.DEADLINE_ORDERED.value: _("%(who)s put the date that the court set: %(what)s"),
    Act.DEADLINE_CONFIRMED.value: _("%(who)s confirmed the date: %(what)s"),
    Act.DEADLINE_MOVED.value: _("%(who)s accepted the new date: %(what)s"),
    Act.DEADLINE_KEPT.value: _("%(who)s kept the date: %(what)s"),
    Act.DEADLINE_DONE.value: _("%(who)s recorded as done: %(what)s"),
    Act.DEADLINE_REOPENED.value: _("%(who)s recorded as not done: %(what)s"),
    Act.DEADLINE_ASSIGNED.value: _("%(who)s named who looks after %(what)s"),
    Act.DATES_COMPUTED.value: _("%(who)s computed dates again: %(what)s"),
    Act.FEED_MADE.value: _("%(who)s made the calendar address %(what)s"),
    Act.FEED_REVOKED.value: _("%(who)s revoked the calendar address %(what)s"),
    Act.ATTEMPT_LOGGED.value: _("%(who)s recorded an attempt to serve %(what)s"),
    Act.RESPONSE_STARTED.value: _("%(who)s started to answer %(what)s"),
    Act.ANSWERS_RECORDED.value: _("%(who)s recorded answers: %(what)s"),
    Act.RESPONSE_SERVED.value: _("%(who)s recorded that our response was served: %(what)s"),
    Act.ROWS_ASSIGNED.value: _("%(who)s named who looks after %(what)s"),
    Act.DEFICIENCY_SET.value: _("%(who)s noted what is wrong with %(what)s"),
    Act.NEXT_STEP_SET.value: _("%(who)s set the next step for %(what)s"),
    Act.CONFERRED.value: _("%(who)s recorded the conference %(what)s"),
    Act.CONFERRAL_CHANGED.value: _("%(who)s corrected the record of the conference %(what)s"),
    Act.COMMITTED.value: _("%(who)s recorded the commitment: %(what)s"),
    Act.COMMITMENT_RELEASED.value: _("%(who)s released the commitment: %(what)s"),
    Act.NARROWING_PROPOSED.value: _("%(who)s recorded a narrower text that was proposed for %(what)s"),
    Act.NARROWED.value: _("%(who)s recorded the narrower text agreed for %(what)s"),
    Act.DISPUTE_STARTED.value: _("%(who)s started %(what)s"),
    Act.DISPUTE_CHANGED.value: _("%(who)s changed %(what)s"),
    Act.DISPUTE_READY.value: _("%(who)s declared ready %(what)s"),
    Act.DISPUTE_REOPENED.value: _("%(who)s reopened for changes %(what)s"),
    Act.DISPUTE_SUBMITTED.value: _("%(who)s recorded as sent or filed %(what)s"),
    Act.DISPUTE_CLOSED.value: _("%(who)s closed without a ruling %(what)s"),
    Act.AUTHORITY_LISTED.value: _("%(who)s said how an authority is listed in %(what)s"),
    Act.AUTHORITY_LEFT_OUT.value: _("%(who)s left an authority out of the table of %(what)s"),
    Act.AUTHORITY_AS_FOUND.value: _("%(who)s took back what was decided about an authority of %(what)s"),
    Act.RULED.value: _("%(who)s recorded the rulings of %(what)s"),
    Act.PRODUCTION_LOGGED.value: _("%(who)s recorded the production %(what)s"),
    Act.PRODUCTION_CHANGED.value: _("%(who)s corrected the record of the production %(what)s"),
    Act.PAGES_TIED.value: _("%(who)s tied pages to requests: %(what)s"),
    Act.LOG_RECORDED.value: _("%(who)s recorded the privilege log %(what)s"),
    Act.LOG_CHANGED.value: _("%(who)s changed the privilege log %(what)s"),
    Act.ENTRIES_CHALLENGED.value: _("%(who)s challenged entries of %(what)s"),
    Act.CHALLENGE_CLOSED.value: _("%(who)s closed challenges of %(what)s"),
    Act.BATCH_CANCELLED.value: _("%(who)s cancelled what was left of %(what)s"),
    Act.PAPERS_RENEWED.value: _("%(who)s had the papers made again for the changed caption of %(what)s"),
    Act.PRESERVATION_WRITTEN.value: _("%(who)s wrote %(what)s"),
    Act.PRESERVATION_CHANGED.value: _("%(who)s changed %(what)s"),
    Act.PRESERVATION_SENT.value: _("%(who)s recorded the sending of %(what)s"),
    Act.PRESERVATION_AGREED.value: _("%(who)s recorded the acknowledgment of %(what)s"),
    Act.BINDER_MADE.value: _("%(who)s started the binder %(what)s"),
    Act.BINDER_CHANGED.value: _("%(who)s changed the binder %(what)s"),
    Act.CLAWBACK_NOTICED.value: _("%(who)s recorded the claw-back notice for %(what)s"),
    Act.CLAWBACK_CHANGED.value: _("%(who)s recorded what was done about the claw-back of %(what)s"),
}
ICONS: Mapping[str, str] = {
    "case": "briefcase",
    "record": "pencil",
    "member": "people",
    "set": "journal-text",
    "item": "journal-text",
    "demand": "file-earmark-text",
    "draft": "file-earmark-pdf",
    "batch": "file-earmark-zip",
    "clause": "book",
    "submitted": "send",
    "returned": "reply",
    "approved": "check-circle",
    "reopened": "unlock",
    "withdrawn": "slash-circle",
    "superseded": "arrow-repeat",
    "downloaded": "download",
    "finding": "shield-check",
    "served": "send-check",
    "service": "send-check",
    "response": "inbox",
    "order": "hammer",
    "deadline": "calendar-event",
    "extension": "calendar-event",
    "dates": "calendar3",
    "feed": "calendar3",
    "attempt": "send",
    "answers": "chat-left-text",
    "rows": "person-check",
    "deficiency": "exclamation-triangle",
    "next": "arrow-right-circle",
    "conferred": "telephone",
    "conferral": "telephone",
    "committed": "bookmark-check",
    "commitment": "bookmark-check",
    "narrowing": "scissors",
    "narrowed": "scissors",
    "dispute": "envelope-paper",
    "authority": "book",
    "ruled": "hammer",
    "production": "box-seam",
    "pages": "link-45deg",
    "log": "list-columns",
    "entries": "list-columns",
    "challenge": "list-columns",
    "clawback": "arrow-counterclockwise",
    "papers": "arrow-repeat",
    "preservation": "snow",
    "binder": "journal-text",
}
CORRECTED: Mapping[str, str] = {
    Act.SERVICE_CHANGED.value: "service",
    Act.RESPONSE_CHANGED.value: "response",
    Act.ORDER_CHANGED.value: "order",
    Act.CONFERRAL_CHANGED.value: "conferral",
    Act.PRODUCTION_CHANGED.value: "production",
}
"""Acts that mend a record, with the model whose fields their event names."""
BESIDE: Mapping[str, Mapping[str, Label]] = {"production": {"ranges": _("Bates ranges")}}
"""By model: what its record has beside its own columns."""
SHOWN_VALUE = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """One act as people read it."""

    number: int
    icon: str
    words: str
    changes: list[str]
    at: datetime
    recorded_at: datetime


def sentences(events: Iterable[Event]) -> list[Sentence]:
    """Return the events as sentences, in their order. Events must come with their `actor`."""
    return [sentence(event) for event in events]


def sentence(event: Event) -> Sentence:
    """Return one event as a sentence; a worker's act is the program's."""
    actor = event.actor
    who = (actor.get_full_name() or actor.get_username()) if actor is not None else gettext("The program")
    return Sentence(
        event.number,
        ICONS.get(event.act.partition("_")[0], "dash-lg"),
        str(WORDS[event.act]) % {"who": who, "what": event.summary} + ".",
        changes(event),
        event.happened_at,
        event.recorded_at,
    )


def changes(event: Event) -> list[str]:
    """Return what an event says beyond its sentence: "Judge: X → Y" for each field, then the dates that came or moved."""
    lines = []
    if event.act == Act.RECORD_CHANGED:
        lines = _fields_told(event.subject.partition(":")[0], event.details)
    elif event.act in CORRECTED:
        lines = _fields_told(CORRECTED[event.act], event.details.get("changed", {}))
    lines += [str(ruling) for ruling in event.details.get("rulings", ())]
    if event.act in {Act.PAGES_TIED, Act.PRODUCTION_CHANGED}:
        lines += _ties_told(event.details)
    return lines + _dates_told(event.details)


def _ties_told(details: Mapping[str, Any]) -> list[str]:
    """Return which pages were tied to which requests, and which came loose."""
    lines = [
        gettext("Tied to %(what)s: %(pages)s") % {"what": what, "pages": details["pages"]} for what in details.get("requests", ())
    ]
    loose = details.get("untied", {}).items()
    return lines + [gettext("Untied from %(what)s: %(pages)s") % {"what": what, "pages": pages} for what, pages in loose]


def _fields_told(model: str, pairs: Mapping[str, Any]) -> list[str]:
    names = _field_names(model)
    lines = []
    for name, pair in pairs.items():
        # "Meta, No. 3: outcome" names a field of a row that hangs on the record; it is kept in English.
        label = name if ": " in name else names.get(name, "")
        if isinstance(pair, list) and len(pair) == 2 and not name.endswith("_id") and label:
            old, new = (_short(str(value)) for value in pair)
            lines.append(gettext("%(field)s: %(old)s → %(new)s") % {"field": label, "old": old, "new": new})
    return lines


def _dates_told(details: Mapping[str, Any]) -> list[str]:
    """Return the dates that came or moved with an act, and why; the record is kept in English."""
    lines = [gettext("New date: %(date)s") % {"date": _short(_with_day(str(date)))} for date in details.get("dates_added", ())]
    for moved in details.get("dates_moved", ()):
        words = {"what": moved["what"], "old": on_screen(moved["old"]), "new": on_screen(moved["new"])}
        lines.append(gettext("Date moved: %(what)s, %(old)s → %(new)s") % words)
    if details.get("moved_because"):
        lines.append(gettext("Because: %(reason)s") % {"reason": details["moved_because"]})
    return lines


def _field_names(model: str) -> dict[str, str]:
    """Return field names with their labels; links to other rows are left out, since the event holds their ids only."""
    found = apps.get_model("discovery", model)
    names = {field.name: capfirst(str(field.verbose_name)) for field in found._meta.concrete_fields if not field.is_relation}
    return names | {name: str(label) for name, label in BESIDE.get(model, {}).items()}


def _with_day(added: str) -> str:
    """Return "title: day" with the day in the reader's form; the title may be somebody's words and stays."""
    title, colon, day = added.rpartition(": ")
    return f"{title}{colon}{on_screen(day)}"


def _short(text: str) -> str:
    if KEPT.fullmatch(text):
        return on_screen(text)
    if text in {"", "None"}:
        return "–"
    return text if len(text) <= SHOWN_VALUE else f"{text[: SHOWN_VALUE - 1]}…"
