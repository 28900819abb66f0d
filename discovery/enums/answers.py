"""Words of what answers a request: responses, objections, deficiencies, conferences."""

from __future__ import annotations

from discovery.enums.vocabulary import Vocabulary, gettext_noop

_ = gettext_noop


class ResponseKind(Vocabulary):
    """Which version of an answer a paper is, Rule 26(e)."""

    INITIAL = "initial", _("Response")
    AMENDED = "amended", _("Amended response")
    SUPPLEMENTAL = "supplemental", _("Supplemental response")


class ResponseStatus(Vocabulary):
    """Where an answering paper is: ours is drafted here before it is served, theirs has been served when it is recorded."""

    DRAFT = "draft", _("Draft")
    SERVED = "served", _("Served")


class AnswerKind(Vocabulary):
    """What a response says to one request."""

    PRODUCE = "produce", _("Will produce")
    PARTIAL = "partial", _("Will produce in part")
    OBJECTION = "objection", _("Objection only")
    NONE_EXIST = "none_exist", _("No responsive documents")
    ANSWERED = "answered", _("Answered")
    RECORDS = "records", _("Refers to records (Rule 33(d))")
    ADMIT = "admit", _("Admitted")
    QUALIFIED = "qualified", _("Admitted in part")
    DENY = "deny", _("Denied")
    LACKS_KNOWLEDGE = "lacks_knowledge", _("Lacks knowledge after inquiry")
    SILENT = "silent", _("Not answered")


class Withholding(Vocabulary):
    """Whether an answer says that something is withheld on the basis of an objection, Rule 34(b)(2)(C)."""

    YES = "yes", _("Withheld")
    NO = "no", _("Nothing withheld")
    NOT_SAID = "not_said", _("Not said")


class Ground(Vocabulary):
    """The ground of an objection."""

    RELEVANCE = "relevance", _("Relevance")
    PROPORTIONALITY = "proportionality", _("Proportionality")
    BURDEN = "burden", _("Undue burden or expense")
    OVERBROAD = "overbroad", _("Overbroad")
    VAGUE = "vague", _("Vague or ambiguous")
    PERIOD = "period", _("Period too long")
    CONTROL = "control", _("Outside possession, custody or control")
    ELSEWHERE = "elsewhere", _("Obtainable from another source")
    PRIVILEGE = "privilege", _("Attorney-client privilege")
    WORK_PRODUCT = "work_product", _("Work product")
    CONFIDENTIAL = "confidential", _("Trade secret or confidential")
    PRIVACY = "privacy", _("Privacy")
    INACCESSIBLE = "inaccessible", _("Not reasonably accessible")
    FORM = "form", _("Form of production")
    COMPOUND = "compound", _("Compound, or over the numerical limit")
    PREMATURE = "premature", _("Premature, or outside this phase")
    OTHER = "other", _("Other ground")


class Deficiency(Vocabulary):
    """What is wrong with an answer, as letters and charts name it."""

    NO_ANSWER = "no_answer", _("No answer")
    BOILERPLATE = "boilerplate", _("Boilerplate objection")
    WITHHOLDING_NOT_SAID = "not_said", _("Does not say whether anything is withheld")
    IMPROPER_OBJECTION = "improper", _("Objection not well founded")
    TOO_NARROW = "too_narrow", _("Answers less than was asked")
    EVASIVE = "evasive", _("Evasive or incomplete")
    NOTHING_PRODUCED = "not_produced", _("Nothing produced")
    INCOMPLETE_PRODUCTION = "incomplete", _("Production incomplete")
    NO_LOG = "no_log", _("No privilege log")
    NO_VERIFICATION = "no_verification", _("Not verified")
    LATE = "late", _("Late")


class ConferralMode(Vocabulary):
    """How people conferred: live only, a letter does not count (N.D. Cal. Civ. L.R. 1-5(n))."""

    IN_PERSON = "in_person", _("In person")
    TELEPHONE = "telephone", _("By telephone")
    VIDEO = "video", _("By video conference")


class ConferralOutcome(Vocabulary):
    """What a conference came to on one request."""

    AGREED = "agreed", _("Agreed")
    NARROWED = "narrowed", _("Narrowed")
    WILL_SUPPLEMENT = "will_supplement", _("Will supplement")
    TO_CONSIDER = "to_consider", _("One side will consider it")
    OPEN = "open", _("Still open")
    IMPASSE = "impasse", _("Impasse")
    DROPPED = "dropped", _("Not pursued")


class Side(Vocabulary):
    """Ours or theirs."""

    OURS = "ours", _("Our side")
    THEIRS = "theirs", _("The other side")
