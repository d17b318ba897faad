from corridor.models.agreements import Agreement, PaperCopy, Signature, SigningCode
from corridor.models.hosts import Incubator, Opening
from corridor.models.programmes import Candidate, Preference, Programme
from corridor.models.stays import PlacementPlan, Stay

__all__ = [
    "Agreement",
    "Candidate",
    "Incubator",
    "Opening",
    "PaperCopy",
    "PlacementPlan",
    "Preference",
    "Programme",
    "Signature",
    "SigningCode",
    "Stay",
]
