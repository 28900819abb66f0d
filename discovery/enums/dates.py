"""Words of due dates, feeds and reminders."""

from __future__ import annotations

from discovery.enums.vocabulary import Vocabulary, gettext_noop

_ = gettext_noop


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
    COMMITMENT = "commitment", _("Commitment")
    CLAWBACK = "clawback", _("Claw-back of privileged material")
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
