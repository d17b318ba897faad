from corridor.models.agreements import Agreement, PaperCopy, Signature, SigningCode
from corridor.models.hosts import Incubator, Opening
from corridor.models.life import ChecklistItem, Incident, Letter, MentorHour, Report, StayTemplate, Traveller
from corridor.models.programmes import Candidate, Preference, Programme
from corridor.models.stays import PlacementPlan, Stay

__all__ = [
    "Agreement",
    "Candidate",
    "ChecklistItem",
    "Incident",
    "Incubator",
    "Letter",
    "MentorHour",
    "Opening",
    "PaperCopy",
    "PlacementPlan",
    "Preference",
    "Programme",
    "Report",
    "Signature",
    "SigningCode",
    "Stay",
    "StayTemplate",
    "Traveller",
]
