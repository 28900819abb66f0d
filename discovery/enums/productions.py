"""Words of productions, privilege logs and claw-backs."""

from __future__ import annotations

from discovery.enums.vocabulary import Vocabulary, gettext_noop

_ = gettext_noop


class ProductionMedium(Vocabulary):
    """How a production came."""

    TRANSFER = "transfer", _("Secure file transfer")
    EMAIL = "email", _("E-mail")
    DRIVE = "drive", _("Drive or disc")
    PAPER = "paper", _("Paper")
    INSPECTION = "inspection", _("Inspection at the place")


class LogKind(Vocabulary):
    """How a privilege log lists what is withheld."""

    DOCUMENT = "document", _("Document by document")
    METADATA = "metadata", _("From metadata")
    CATEGORY = "category", _("By category")


class PrivilegeBasis(Vocabulary):
    """Why a document is withheld."""

    ATTORNEY_CLIENT = "attorney_client", _("Attorney-client")
    WORK_PRODUCT = "work_product", _("Work product")
    COMMON_INTEREST = "common_interest", _("Common interest")
    SPOUSAL = "spousal", _("Spousal")
    OTHER = "other", _("Other")


class Withheld(Vocabulary):
    """How much of a logged document is kept back."""

    WHOLE = "whole", _("Withheld")
    REDACTED = "redacted", _("Redacted")


class ChallengeOutcome(Vocabulary):
    """What came of the challenge of a log entry."""

    OPEN = "open", _("Challenged")
    PRODUCED = "produced", _("Produced")
    UPHELD = "upheld", _("Privilege upheld")
    OVERRULED = "overruled", _("Privilege overruled")
    WITHDRAWN = "withdrawn", _("Challenge withdrawn")


class ClawbackState(Vocabulary):
    """What was done with material after notice of a claim, Rule 26(b)(5)(B), Rule 45(e)(2)(B)."""

    NOTICED = "noticed", _("Notice received")
    RETURNED = "returned", _("Returned")
    SEQUESTERED = "sequestered", _("Sequestered")
    DESTROYED = "destroyed", _("Destroyed")
    SUBMITTED = "submitted", _("Submitted to the court under seal")
    UPHELD = "upheld", _("Privilege upheld")
    OVERRULED = "overruled", _("Privilege overruled")
    WITHDRAWN = "withdrawn", _("Claim withdrawn")
