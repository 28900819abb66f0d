"""The closed vocabulary of events."""

from __future__ import annotations

from discovery.enums.vocabulary import Vocabulary, gettext_noop

_ = gettext_noop


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
    SUPERSEDED = "superseded", _("Superseded by a corrected paper")
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
    ATTEMPT_LOGGED = "attempt_logged", _("Attempt at service recorded")
    RESPONSE_STARTED = "response_started", _("Response started")
    ANSWERS_RECORDED = "answers_recorded", _("Answers recorded")
    RESPONSE_SERVED = "response_served", _("Our response served")
    ROWS_ASSIGNED = "rows_assigned", _("Requests assigned")
    DEFICIENCY_SET = "deficiency_set", _("Deficiency noted")
    NEXT_STEP_SET = "next_step_set", _("Next step set")
    CONFERRED = "conferred", _("Conference recorded")
    CONFERRAL_CHANGED = "conferral_changed", _("Record of a conference corrected")
    COMMITTED = "committed", _("Commitment recorded")
    COMMITMENT_RELEASED = "commitment_released", _("Commitment released")
    NARROWING_PROPOSED = "narrowing_proposed", _("Narrower text proposed")
    NARROWED = "narrowed", _("Request narrowed")
    DISPUTE_STARTED = "dispute_started", _("Dispute started")
    DISPUTE_CHANGED = "dispute_changed", _("Dispute changed")
    DISPUTE_READY = "dispute_ready", _("Dispute ready to send")
    DISPUTE_REOPENED = "dispute_reopened", _("Dispute reopened for changes")
    DISPUTE_SUBMITTED = "dispute_submitted", _("Dispute sent or filed")
    DISPUTE_CLOSED = "dispute_closed", _("Dispute closed without a ruling")
    AUTHORITY_LISTED = "authority_listed", _("Authority listed")
    AUTHORITY_LEFT_OUT = "authority_left_out", _("Authority left out of the table")
    AUTHORITY_AS_FOUND = "authority_as_found", _("Authority listed as found")
    RULED = "ruled", _("Rulings recorded")
    PRODUCTION_LOGGED = "production_logged", _("Production recorded")
    PRODUCTION_CHANGED = "production_changed", _("Record of a production corrected")
    PAGES_TIED = "pages_tied", _("Pages tied to requests")
    LOG_RECORDED = "log_recorded", _("Privilege log recorded")
    LOG_CHANGED = "log_changed", _("Privilege log changed")
    ENTRIES_CHALLENGED = "entries_challenged", _("Log entries challenged")
    CHALLENGE_CLOSED = "challenge_closed", _("Challenge closed")
    CLAWBACK_NOTICED = "clawback_noticed", _("Claw-back notice recorded")
    BATCH_CANCELLED = "batch_cancelled", _("Batch cancelled")
    PAPERS_RENEWED = "papers_renewed", _("Papers made again for a changed caption")
    PRESERVATION_WRITTEN = "preservation_written", _("Preservation demand written")
    PRESERVATION_CHANGED = "preservation_changed", _("Preservation demand changed")
    PRESERVATION_SENT = "preservation_sent", _("Preservation demand sent")
    PRESERVATION_AGREED = "preservation_agreed", _("Preservation demand acknowledged")
    BINDER_MADE = "binder_made", _("Binder started")
    BINDER_CHANGED = "binder_changed", _("Binder changed")
    CLAWBACK_CHANGED = "clawback_changed", _("Claw-back acted on")


MAKING_PAPERS = (
    Act.DRAFT_QUEUED.value,
    Act.DRAFT_READY.value,
    Act.DRAFT_FAILED.value,
    Act.DRAFT_RETRIED.value,
    Act.BATCH_STARTED.value,
    Act.BATCH_CANCELLED.value,
    Act.PAPERS_RENEWED.value,
)
"""Acts that make papers and change no fact of a case, nor anything that a paper prints; workers write them all the time."""
