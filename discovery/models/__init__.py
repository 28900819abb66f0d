"""The rows: one file per aggregate."""

from discovery.models.answers import Response
from discovery.models.attachments import Attachment
from discovery.models.cases import Case, CaseParty, PartyGroup, PartyRole, ScheduleEntry
from discovery.models.counsel import Appearance, Attorney, Firm
from discovery.models.courts import Court, CourtClosure
from discovery.models.deadlines import Deadline, Extension
from discovery.models.demands import Demand, PartyNotice, Subpoena
from discovery.models.drafts import Batch, Draft
from discovery.models.events import Event
from discovery.models.feeds import CalendarFeed, Reminder
from discovery.models.findings import FindingOverride
from discovery.models.membership import CaseMembership
from discovery.models.orders import Order
from discovery.models.people import Address, Person, Relation
from discovery.models.requests import Clause, Definition, Exhibit, Instruction, Request, RequestSet, SetVersion
from discovery.models.responders import Custodian, RespondingParty
from discovery.models.services import Service
from discovery.models.snapshots import Snapshot

__all__ = [
    "Address",
    "Appearance",
    "Attachment",
    "Attorney",
    "Batch",
    "CalendarFeed",
    "Case",
    "CaseMembership",
    "CaseParty",
    "Clause",
    "Court",
    "CourtClosure",
    "Custodian",
    "Deadline",
    "Definition",
    "Demand",
    "Draft",
    "Event",
    "Exhibit",
    "Extension",
    "FindingOverride",
    "Firm",
    "Instruction",
    "Order",
    "PartyGroup",
    "PartyNotice",
    "PartyRole",
    "Person",
    "Relation",
    "Reminder",
    "Request",
    "RequestSet",
    "RespondingParty",
    "Response",
    "ScheduleEntry",
    "Service",
    "SetVersion",
    "Snapshot",
    "Subpoena",
]
