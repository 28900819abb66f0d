"""Words of papers and their making."""

from __future__ import annotations

from discovery.enums.vocabulary import Vocabulary, gettext_noop

_ = gettext_noop


class PaperKind(Vocabulary):
    """A kind of document that a demand can be printed as."""

    SUBPOENA_PACKAGE = "subpoena", _("Subpoena package: notice, form and schedules")
    SERVICE_COPY = "service_copy", _("Copy to serve: form and schedules")
    NOTICE = "notice", _("Notice to all parties, with the subpoena attached")
    DEADLINE_MEMO = "deadline_memo", _("Memo to file: how a date was counted")
    PROOF_OF_SERVICE = "proof_of_service", _("Proof of service")
    CONFERRAL_DECLARATION = "declaration", _("Declaration on the conferences")
    RESPONSE = "response", _("Responses and objections")
    DEFICIENCY_LETTER = "deficiency_letter", _("Deficiency letter")
    CONFERRAL_LETTER = "conferral_letter", _("Meet-and-confer letter")
    JOINT_LETTER = "joint_letter", _("Joint discovery letter")
    MOTION_OUTLINE = "motion_outline", _("Outline of a motion to compel")
    SEPARATE_STATEMENT = "separate_statement", _("Separate statement")
    DISPUTE_CHART = "dispute_chart", _("Chart of the dispute")
    COVER_LETTER = "cover_letter", _("Cover letter of a production")
    PRIVILEGE_LOG = "privilege_log", _("Privilege log")
    REQUESTS = "requests", _("Set of requests")
    COURTESY_COPY = "courtesy_copy", _("Courtesy copy: the requests with room to answer")
    DEPOSITION_NOTICE = "deposition_notice", _("Notice of deposition")
    VERIFICATION = "verification", _("Verification")
    NOTICE_OF_MOTION = "notice_of_motion", _("Notice of motion")
    PROPOSED_ORDER = "proposed_order", _("Proposed order")
    PRESERVATION = "preservation", _("Preservation demand")
    SLIP_SHEETS = "slip_sheets", _("Exhibit slip sheets")
    BINDER = "binder", _("Binder of exhibits")
    STATUS_REPORT = "status_report", _("Report on the state of the case")
    REDLINE = "redline", _("Redline of two versions")
    MEMORANDUM = "memorandum", _("Memorandum of points and authorities")


class DraftState(Vocabulary):
    """Where the making of a paper stands."""

    QUEUED = "queued", _("Queued")
    RENDERING = "rendering", _("Rendering")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class TabStamp(Vocabulary):
    """What is stamped on the pages of a binder's exhibits."""

    NONE = "none", _("Nothing")
    EXHIBIT = "exhibit", _("Exhibit and page")
    BATES = "bates", _("Bates numbers")
