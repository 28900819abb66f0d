"""The rows: one file per aggregate."""

from discovery.models.cases import Case, CaseParty, PartyGroup, PartyRole, ScheduleEntry
from discovery.models.counsel import Appearance, Attorney, Firm
from discovery.models.courts import Court
from discovery.models.demands import Demand, PartyNotice, Subpoena
from discovery.models.drafts import Batch, Draft
from discovery.models.events import Event
from discovery.models.findings import FindingOverride
from discovery.models.membership import CaseMembership
from discovery.models.people import Address, Person, Relation
from discovery.models.requests import Clause, Definition, Exhibit, Instruction, Request, RequestSet, SetVersion
from discovery.models.responders import Custodian, RespondingParty
from discovery.models.snapshots import Snapshot

__all__ = [
    "Address",
    "Appearance",
    "Attorney",
    "Batch",
    "Case",
    "CaseMembership",
    "CaseParty",
    "Clause",
    "Court",
    "Custodian",
    "Definition",
    "Demand",
    "Draft",
    "Event",
    "Exhibit",
    "FindingOverride",
    "Firm",
    "Instruction",
    "PartyGroup",
    "PartyNotice",
    "PartyRole",
    "Person",
    "Relation",
    "Request",
    "RequestSet",
    "RespondingParty",
    "ScheduleEntry",
    "SetVersion",
    "Snapshot",
    "Subpoena",
]
