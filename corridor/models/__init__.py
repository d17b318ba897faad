from corridor.models.agreements import Agreement, PaperCopy, Signature, SigningCode
from corridor.models.applications import (
    Application,
    ApplicationAnswer,
    ApplicationCall,
    ApplicationDocument,
    ApplicationRuling,
    DocumentAsked,
    ProgrammeQuestion,
)
from corridor.models.changes import ChangeRequest, Receipt
from corridor.models.exchange import LeadTime, OpeningBalance, StayFeed
from corridor.models.hosts import Blackout, HostAnswer, HostDocument, Incubator, Opening
from corridor.models.life import (
    ChecklistItem,
    Incident,
    Letter,
    MentorHour,
    Report,
    StayErasure,
    StayTemplate,
    Traveller,
)
from corridor.models.programmes import Candidate, Preference, Programme
from corridor.models.stays import PlacementPlan, Question, Stay
from corridor.models.terms import AgreementBatch, AgreementTemplate, BatchLine, HostAnnex, TemplateVersion
from corridor.models.waiting import WaitingCall

__all__ = [
    "Agreement",
    "AgreementBatch",
    "AgreementTemplate",
    "BatchLine",
    "Application",
    "ApplicationAnswer",
    "ApplicationCall",
    "ApplicationDocument",
    "ApplicationRuling",
    "Blackout",
    "Candidate",
    "ChangeRequest",
    "ChecklistItem",
    "DocumentAsked",
    "HostAnnex",
    "HostAnswer",
    "HostDocument",
    "Incident",
    "Incubator",
    "LeadTime",
    "Letter",
    "MentorHour",
    "Opening",
    "OpeningBalance",
    "PaperCopy",
    "PlacementPlan",
    "Preference",
    "Programme",
    "ProgrammeQuestion",
    "Question",
    "Receipt",
    "Report",
    "Signature",
    "SigningCode",
    "Stay",
    "StayErasure",
    "StayFeed",
    "StayTemplate",
    "TemplateVersion",
    "Traveller",
    "WaitingCall",
]
