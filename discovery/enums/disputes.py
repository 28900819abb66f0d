"""Words of disputes, orders and rulings."""

from __future__ import annotations

from discovery.enums.vocabulary import Vocabulary, gettext_noop

_ = gettext_noop


class DisputeKind(Vocabulary):
    """In what form a dispute over requests is carried."""

    DEFICIENCY_LETTER = "deficiency_letter", _("Deficiency letter")
    CONFERRAL_LETTER = "conferral_letter", _("Meet-and-confer letter")
    JOINT_LETTER = "joint_letter", _("Joint discovery letter")
    MOTION_TO_COMPEL = "motion_to_compel", _("Motion to compel")
    MOTION_TO_QUASH = "motion_to_quash", _("Motion to quash or modify")
    PROTECTIVE_ORDER = "protective_order", _("Motion for a protective order")


class AuthorityGroup(Vocabulary):
    """Under which heading a table of authorities lists what a paper cites."""

    CASES = "cases", _("Cases")
    STATUTES = "statutes", _("Constitutions and statutes")
    RULES = "rules", _("Rules")
    OTHER = "other", _("Other authorities")


class DisputeStatus(Vocabulary):
    """Where a dispute is; what the court said of it is in its rulings (law 8)."""

    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")
    SUBMITTED = "submitted", _("Sent or filed")
    DECIDED = "decided", _("Decided")
    RESOLVED = "resolved", _("Resolved without a ruling")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RulingOutcome(Vocabulary):
    """What an order says on one request, or on a motion as a whole.

    "Granted", "denied" are said of what was asked for: a motion to compel granted means that the request is to be answered, a
    motion to quash granted that it is not. "Deferred" decides nothing yet (the judge waits for something, or leaves it to a later
    phase), so the dispute stays open. "Moot" decides it: nothing is left to rule on, since the parties agreed, the request was
    withdrawn or the documents came.
    """

    GRANTED = "granted", _("Granted")
    GRANTED_IN_PART = "granted_in_part", _("Granted in part")
    DENIED = "denied", _("Denied")
    DEFERRED = "deferred", _("Deferred")
    MOOT = "moot", _("Moot")
