"""Words of what is asked for: sets, demands, subpoenas, service."""

from __future__ import annotations

from discovery.enums.vocabulary import Vocabulary, gettext_noop

_ = gettext_noop


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
    SUBPOENA_DEPOSITION = "subpoena_deposition", _("Subpoena for a deposition (Rule 45)")
    SUBPOENA_TRIAL = "subpoena_trial", _("Subpoena for a hearing or trial (Rule 45)")
    DEPOSITION = "deposition", _("Notice of deposition (Rule 30)")


SUBPOENAS = frozenset({DemandKind.SUBPOENA_DOCUMENTS, DemandKind.SUBPOENA_DEPOSITION, DemandKind.SUBPOENA_TRIAL})
"""Under Rule 45: an issuing court, a form of the courts, delivery in person, a proof on the form's page 2."""
TESTIMONY = frozenset({DemandKind.SUBPOENA_DEPOSITION, DemandKind.SUBPOENA_TRIAL, DemandKind.DEPOSITION})
"""Somebody is to testify: a day, an hour, a place, and for an organization the matters for examination."""
DEPOSITIONS = frozenset({DemandKind.SUBPOENA_DEPOSITION, DemandKind.DEPOSITION})
"""Depositions, on notice or by subpoena; they count together, Rule 30(a)(2)."""
WITH_PAGE = SUBPOENAS | {DemandKind.DEPOSITION}
"""What is drafted, checked and approved on a page of its own, not on its set's."""
PARTY_SETS = (DemandKind.RFP.value, DemandKind.ROG.value, DemandKind.RFA.value)
"""The kinds of demand that one party serves on another: a set of requests, its paper made or logged here."""


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
    OBJECTION = "objection", _("Objection")


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


class AttemptOutcome(Vocabulary):
    """What came of an attempt at service."""

    SERVED = "served", _("Served")
    NOT_FOUND = "not_found", _("Nobody found")
    REFUSED = "refused", _("Refused to accept")
    WRONG_ADDRESS = "wrong_address", _("Wrong address")
    NO_ACCESS = "no_access", _("No access to the premises")
    RESCHEDULED = "rescheduled", _("Put off to another time")
    OTHER = "other", _("Other")


class Severity(Vocabulary):
    """How heavy a finding weighs (law 9): only what would make a paper void or a record false is refused."""

    REFUSE = "refuse", _("Refused")
    WARN = "warn", _("Warning")
    NOTE = "note", _("Note")


class Stage(Vocabulary):
    """A stage of a request's life, in the order in which a request can come to it."""

    DRAFTED = "drafted", _("Drafted")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")
    NOTICE = "notice", _("Notice")
    ATTEMPTED = "attempted", _("Attempt at service")
    SERVED = "served", _("Served")
    ANSWERED = "answered", _("Answered")
    CONFERRED = "conferred", _("Conference")
    PROMISED = "promised", _("Promise")
    NARROWED = "narrowed", _("Narrowed")
    PRODUCED = "produced", _("Produced")
    DISPUTED = "disputed", _("In dispute")
    RULED = "ruled", _("Ruled on")
    SUPERSEDED = "superseded", _("Superseded")
