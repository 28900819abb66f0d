"""The vocabulary: every closed list of words that code, screens and papers share. A leaf: it imports nothing of the project.

Labels are English source strings for translation; `discovery.models.choices.translated` hands them to Django.
"""

from discovery.enums.acts import Act
from discovery.enums.answers import (
    AnswerKind,
    ConferralMode,
    ConferralOutcome,
    Deficiency,
    Ground,
    ResponseKind,
    ResponseStatus,
    Side,
    Withholding,
)
from discovery.enums.cases import (
    AddressKind,
    Admission,
    CaptionForm,
    CaseRelation,
    CourtKind,
    MemberRole,
    PersonKind,
    RelationKind,
    Role,
    ScheduleKind,
)
from discovery.enums.dates import Basis, DeadlineKind, DeadlineState, ExtensionKind, FeedScope, ReminderState
from discovery.enums.demands import (
    PARTY_SETS,
    AttemptOutcome,
    ClauseKind,
    DemandKind,
    DemandStatus,
    Issuer,
    NoticeMethod,
    SetKind,
    SetStatus,
    Severity,
    Stage,
)
from discovery.enums.disputes import DisputeKind, DisputeStatus, RulingOutcome
from discovery.enums.papers import DraftState, PaperKind, TabStamp
from discovery.enums.productions import ChallengeOutcome, ClawbackState, LogKind, PrivilegeBasis, ProductionMedium, Withheld
from discovery.enums.vocabulary import Vocabulary

__all__ = [
    "PARTY_SETS",
    "Act",
    "AddressKind",
    "Admission",
    "AnswerKind",
    "AttemptOutcome",
    "Basis",
    "CaptionForm",
    "CaseRelation",
    "ChallengeOutcome",
    "ClauseKind",
    "ClawbackState",
    "ConferralMode",
    "ConferralOutcome",
    "CourtKind",
    "DeadlineKind",
    "DeadlineState",
    "Deficiency",
    "DemandKind",
    "DemandStatus",
    "DisputeKind",
    "DisputeStatus",
    "DraftState",
    "ExtensionKind",
    "FeedScope",
    "Ground",
    "Issuer",
    "LogKind",
    "MemberRole",
    "NoticeMethod",
    "PaperKind",
    "PersonKind",
    "PrivilegeBasis",
    "ProductionMedium",
    "RelationKind",
    "ReminderState",
    "ResponseKind",
    "ResponseStatus",
    "Role",
    "RulingOutcome",
    "ScheduleKind",
    "SetKind",
    "SetStatus",
    "Severity",
    "Side",
    "Stage",
    "TabStamp",
    "Vocabulary",
    "Withheld",
    "Withholding",
]
