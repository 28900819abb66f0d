"""Words of cases: courts, people, parties, counsel, the dates a judge set."""

from __future__ import annotations

from discovery.enums.vocabulary import Vocabulary, gettext_noop

_ = gettext_noop


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


class CaptionForm(Vocabulary):
    """How the sides of a caption are printed; "et al." is allowed after the complaint (Fed. R. Civ. P. 10(a))."""

    TYPED = "typed", _("As typed")
    SHORT = "short", _("First party of each side, et al.")
    LONG = "long", _("Every party with its roles")


class CaseRelation(Vocabulary):
    """How another action stands to a case, as captions name it."""

    RELATED = "related", _("Related to")
    CONSOLIDATED = "consolidated", _("Consolidated with")
    LEAD = "lead", _("Lead case")


class MemberRole(Vocabulary):
    """What a member of a case may do."""

    OWNER = "owner", _("Owner: edits, approves, decides who belongs to the case")
    EDITOR = "editor", _("Editor: drafts, edits and makes papers")
    READER = "reader", _("Reader: sees everything, changes nothing")
