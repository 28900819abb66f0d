"""The rows: one file per aggregate."""

from discovery.models.answers import Objection, RequestResponse, Response
from discovery.models.attachments import Attachment
from discovery.models.binders import Binder, BinderTab
from discovery.models.cases import Case, CaseParty, PartyGroup, PartyRole, RelatedCase, ScheduleEntry
from discovery.models.conferrals import Attendee, Commitment, Conferral, ConferredRequest, Narrowing
from discovery.models.counsel import Appearance, Attorney, Firm
from discovery.models.courts import Court, CourtClosure
from discovery.models.deadlines import Deadline, Extension
from discovery.models.demands import Demand, PartyNotice, Subpoena
from discovery.models.disputes import Authority, Dispute, DisputedRequest
from discovery.models.drafts import Batch, Draft
from discovery.models.events import Event
from discovery.models.feeds import CalendarFeed, Reminder
from discovery.models.findings import FindingOverride
from discovery.models.membership import CaseMembership
from discovery.models.orders import Order, Ruling
from discovery.models.people import Address, Person, Relation
from discovery.models.preservation import PreservationDemand
from discovery.models.privilege import Clawback, PrivilegeLog, PrivilegeLogEntry
from discovery.models.productions import BatesRange, PageTie, Production
from discovery.models.requests import Clause, Definition, Exhibit, Instruction, Request, RequestSet, SetVersion
from discovery.models.responders import Custodian, RespondingParty
from discovery.models.rows import RequestRow
from discovery.models.services import Service, ServiceAttempt, ServiceListEntry
from discovery.models.snapshots import Snapshot
from discovery.models.testimony import Testimony

__all__ = [
    "Address",
    "Appearance",
    "Attachment",
    "Attendee",
    "Attorney",
    "Authority",
    "Batch",
    "BatesRange",
    "Binder",
    "BinderTab",
    "CalendarFeed",
    "Case",
    "CaseMembership",
    "CaseParty",
    "Clause",
    "Clawback",
    "Commitment",
    "Conferral",
    "ConferredRequest",
    "Court",
    "CourtClosure",
    "Custodian",
    "Deadline",
    "Definition",
    "Demand",
    "Dispute",
    "DisputedRequest",
    "Draft",
    "Event",
    "Exhibit",
    "Extension",
    "FindingOverride",
    "Firm",
    "Instruction",
    "Narrowing",
    "Objection",
    "Order",
    "PageTie",
    "PartyGroup",
    "PartyNotice",
    "PartyRole",
    "Person",
    "PreservationDemand",
    "PrivilegeLog",
    "PrivilegeLogEntry",
    "Production",
    "RelatedCase",
    "Relation",
    "Reminder",
    "Request",
    "RequestResponse",
    "RequestRow",
    "RequestSet",
    "RespondingParty",
    "Response",
    "Ruling",
    "ScheduleEntry",
    "Service",
    "ServiceAttempt",
    "ServiceListEntry",
    "SetVersion",
    "Snapshot",
    "Subpoena",
    "Testimony",
]
