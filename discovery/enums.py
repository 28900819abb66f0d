"""The vocabulary: every closed list of words that code, screens and papers share. A leaf: it imports nothing of the project.

Labels are English source strings for translation; `discovery.models.choices.translated` hands them to Django.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


def gettext_noop(message: str) -> str:
    """Mark a label for the message catalogue without translating it here (this module knows no Django)."""
    return message


_ = gettext_noop


class Vocabulary(StrEnum):
    """A word with its English label: `DRAFT = "draft", _("Draft")`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member whose value is the stored word and whose `label` is what people read."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class CourtKind(Vocabulary):
    """Whose court it is: it decides which forms and which rule set can apply."""

    FEDERAL_DISTRICT = "federal_district", _("United States district court")
    STATE = "state", _("State court")
    OTHER = "other", _("Other court")


class PersonKind(Vocabulary):
    """Natural person or organization."""

    NATURAL = "natural", _("Natural person")
    ENTITY = "entity", _("Organization")


class AddressKind(Vocabulary):
    """What an address is good for."""

    BUSINESS = "business", _("Place of business")
    RESIDENCE = "residence", _("Residence")
    AGENT = "agent", _("Registered agent")
    SERVICE = "service", _("Address for service")


class RelationKind(Vocabulary):
    """How one person stands to another; definitions and requests build on it."""

    AFFILIATE = "affiliate", _("Affiliate of")
    PARENT = "parent", _("Parent of")
    OFFICER = "officer", _("Officer of")
    INVESTOR = "investor", _("Investor in")
    COMPETITOR = "competitor", _("Competitor of")
    AGENT = "agent", _("Agent of")


class Role(Vocabulary):
    """A party's role in a case; one party may have several."""

    PLAINTIFF = "plaintiff", _("Plaintiff")
    DEFENDANT = "defendant", _("Defendant")
    COUNTERCLAIM_PLAINTIFF = "counterclaim_plaintiff", _("Counterclaim-Plaintiff")
    COUNTERCLAIM_DEFENDANT = "counterclaim_defendant", _("Counterclaim-Defendant")
    THIRD_PARTY_PLAINTIFF = "third_party_plaintiff", _("Third-Party Plaintiff")
    THIRD_PARTY_DEFENDANT = "third_party_defendant", _("Third-Party Defendant")
    INTERVENOR = "intervenor", _("Intervenor")
    RELATOR = "relator", _("Relator")


class Admission(Vocabulary):
    """How an attorney appears in the court."""

    ADMITTED = "admitted", _("Admitted to the bar of the court")
    PRO_HAC_VICE = "pro_hac_vice", _("Admitted pro hac vice")
    PENDING = "pending", _("Pro hac vice application pending")


class ScheduleKind(Vocabulary):
    """What a date that a judge set is for."""

    FACT_CUTOFF = "fact_cutoff", _("Fact discovery cut-off")
    EXPERT_CUTOFF = "expert_cutoff", _("Expert discovery cut-off")
    WRITTEN_CUTOFF = "written_cutoff", _("Written discovery closes")
    DEPOSITIONS_END = "depositions_end", _("Depositions end")
    DISCOVERY_OPENS = "discovery_opens", _("Discovery opens")
    RULE_26F = "rule_26f", _("Rule 26(f) conference")
    PRIVILEGE_LOGS = "privilege_logs", _("Privilege logs due")
    DISPOSITIVE_MOTIONS = "dispositive_motions", _("Dispositive motions")
    PRETRIAL = "pretrial", _("Pretrial conference")
    TRIAL = "trial", _("Trial")
    OTHER = "other", _("Other date set by the court")


class SetKind(Vocabulary):
    """What a request set asks for."""

    DOCUMENTS = "documents", _("Requests for production")
    INTERROGATORIES = "interrogatories", _("Interrogatories")
    ADMISSIONS = "admissions", _("Requests for admission")
    TOPICS = "topics", _("Deposition topics")


class DemandKind(Vocabulary):
    """By which vehicle a set is directed to a responding party."""

    SUBPOENA_DOCUMENTS = "subpoena_documents", _("Subpoena for documents (Rule 45)")
    RFP = "rfp", _("Requests for production (Rule 34)")
    ROG = "rog", _("Interrogatories (Rule 33)")
    RFA = "rfa", _("Requests for admission (Rule 36)")


class DemandStatus(Vocabulary):
    """Where a demand is on its way; what came of it is another axis (law 8)."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    SERVED = "served", _("Served")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


class SetStatus(Vocabulary):
    """Whether the text of a set may still change."""

    DRAFT = "draft", _("Draft")
    FROZEN = "frozen", _("Frozen")


class ClauseKind(Vocabulary):
    """What a clause of the library can become."""

    DEFINITION = "definition", _("Definition")
    INSTRUCTION = "instruction", _("Instruction")
    REQUEST = "request", _("Request")


class Issuer(Vocabulary):
    """Who issues and signs a subpoena, Rule 45(a)(3)."""

    ATTORNEY = "attorney", _("Attorney")
    CLERK = "clerk", _("Clerk of court")


class NoticeMethod(Vocabulary):
    """How a paper is served on the parties; the boxes of the certificate of service (Rule 5(b)(2))."""

    EMAIL = "email", _("E-mail, by consent in writing")
    ECF = "ecf", _("The court's electronic filing system")
    MAIL = "mail", _("Mail")
    OVERNIGHT = "overnight", _("Overnight delivery")
    PERSONAL = "personal", _("Personal delivery")


class MemberRole(Vocabulary):
    """What a member of a case may do."""

    OWNER = "owner", _("Owner: edits, approves, decides who belongs to the case")
    EDITOR = "editor", _("Editor: drafts, edits and makes papers")
    READER = "reader", _("Reader: sees everything, changes nothing")


class PaperKind(Vocabulary):
    """A kind of document that a demand can be printed as."""

    SUBPOENA_PACKAGE = "subpoena", _("Subpoena package: notice, AO 88B and Schedule A")
    SERVICE_COPY = "service_copy", _("Copy to serve: AO 88B and Schedule A")
    NOTICE = "notice", _("Notice to all parties, with the subpoena attached")
    DEADLINE_MEMO = "deadline_memo", _("Memo to file: how a date was counted")


class DraftState(Vocabulary):
    """Where the making of a paper stands."""

    QUEUED = "queued", _("Queued")
    RENDERING = "rendering", _("Rendering")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class DeadlineKind(Vocabulary):
    """What must be done by a date; rule sets name the word in `task`."""

    RESPONSE = "response", _("Response")
    OBJECTIONS = "objections", _("Objections")
    COMPLIANCE = "compliance", _("Compliance")
    VERIFICATION = "verification", _("Verification")
    PRIVILEGE_LOG = "privilege_log", _("Privilege log")
    LAST_DAY_TO_SERVE = "last_day_to_serve", _("Last day to serve")
    MOTION_CUTOFF = "motion_cutoff", _("Motion cut-off")
    MOTION = "motion", _("Motion to compel")
    DISCLOSURES = "disclosures", _("Disclosures")
    SUPPLEMENTATION = "supplementation", _("Supplementation review")
    ORDER_OBJECTIONS = "order_objections", _("Objections to an order")
    ORDER_COMPLIANCE = "order_compliance", _("Compliance with an order")
    COURT_DATE = "court_date", _("Date set by the court")
    OTHER = "other", _("Other task")


class DeadlineState(Vocabulary):
    """Whether something is still to be done; "overdue" is derived from the clock and never stored (law 8)."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    VOID = "void", _("No longer applies")


class Basis(Vocabulary):
    """What a due date rests on."""

    COMPUTED = "computed", _("Computed from the rule")
    STATED = "stated", _("Stated in the paper")
    EXTENDED = "extended", _("Extended")
    ORDERED = "ordered", _("Set by the court")
    BY_HAND = "by_hand", _("Entered by hand")


class ExtensionKind(Vocabulary):
    """How a due date was moved."""

    DAYS = "days", _("By a number of days")
    DATE = "date", _("To a date")
    TOLLING = "tolling", _("Tolled from a day to a day")


class FeedScope(Vocabulary):
    """Which due dates a calendar feed holds."""

    ALL = "all", _("Every date of my cases")
    MINE = "mine", _("Only dates that I own")


class ReminderState(Vocabulary):
    """Where a reminder stands."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Not sent: no longer needed")


class ResponseKind(Vocabulary):
    """Which version of an answer a paper is, Rule 26(e)."""

    INITIAL = "initial", _("Response")
    AMENDED = "amended", _("Amended response")
    SUPPLEMENTAL = "supplemental", _("Supplemental response")


class Severity(Vocabulary):
    """How heavy a finding weighs (law 9): only what would make a paper void or a record false is refused."""

    REFUSE = "refuse", _("Refused")
    WARN = "warn", _("Warning")
    NOTE = "note", _("Note")


class Act(Vocabulary):
    """The closed vocabulary of events: what was done, each written by exactly one verb."""

    CASE_OPENED = "case_opened", _("Case opened")
    RECORD_ADDED = "record_added", _("Record added")
    RECORD_CHANGED = "record_changed", _("Record changed")
    RECORD_REMOVED = "record_removed", _("Record removed")
    MEMBER_ADDED = "member_added", _("Member added")
    MEMBER_CHANGED = "member_changed", _("Member's role changed")
    MEMBER_REMOVED = "member_removed", _("Member removed")
    SET_STARTED = "set_started", _("Request set started")
    SET_CHANGED = "set_changed", _("Request set changed")
    ITEM_ADDED = "item_added", _("Text added")
    ITEM_CHANGED = "item_changed", _("Text changed")
    ITEM_MOVED = "item_moved", _("Text moved")
    ITEM_REMOVED = "item_removed", _("Text removed")
    DEMAND_STARTED = "demand_started", _("Demand started")
    DEMAND_CHANGED = "demand_changed", _("Demand changed")
    SUBMITTED = "submitted", _("Submitted for approval")
    RETURNED = "returned", _("Returned with a note")
    APPROVED = "approved", _("Approved and frozen")
    REOPENED = "reopened", _("Reopened for changes")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DRAFT_QUEUED = "draft_queued", _("Paper queued")
    DRAFT_READY = "draft_ready", _("Paper made")
    DRAFT_FAILED = "draft_failed", _("Paper failed")
    DRAFT_RETRIED = "draft_retried", _("Paper tried again")
    BATCH_STARTED = "batch_started", _("Batch started")
    SERVED = "served", _("Served")
    SERVICE_CHANGED = "service_changed", _("Record of service corrected")
    SET_LOGGED = "set_logged", _("Served set recorded")
    RESPONSE_RECORDED = "response_recorded", _("Response recorded")
    RESPONSE_CHANGED = "response_changed", _("Record of a response corrected")
    ORDER_ENTERED = "order_entered", _("Order recorded")
    ORDER_CHANGED = "order_changed", _("Record of an order corrected")
    DEADLINE_SET = "deadline_set", _("Date entered by hand")
    DEADLINE_EXTENDED = "deadline_extended", _("Date extended")
    EXTENSION_APPROVED = "extension_approved", _("Extension approved by the court")
    DEADLINE_ORDERED = "deadline_ordered", _("Date set by the court")
    DEADLINE_CONFIRMED = "deadline_confirmed", _("Date confirmed")
    DEADLINE_MOVED = "deadline_moved", _("Date moved")
    DEADLINE_KEPT = "deadline_kept", _("Date kept")
    DEADLINE_DONE = "deadline_done", _("Done")
    DEADLINE_REOPENED = "deadline_reopened", _("Reopened as not done")
    DEADLINE_ASSIGNED = "deadline_assigned", _("Owner of a date named")
    DATES_COMPUTED = "dates_computed", _("Dates computed again")
    FEED_MADE = "feed_made", _("Calendar address made")
    FEED_REVOKED = "feed_revoked", _("Calendar address revoked")
    FINDING_OVERRIDDEN = "finding_overridden", _("Finding overridden")
