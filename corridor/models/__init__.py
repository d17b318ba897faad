from corridor.models.agreements import Agreement, Signature, SigningCode
from corridor.models.hosts import Incubator, Opening
from corridor.models.programmes import Candidate, Preference, Programme
from corridor.models.stays import PlacementPlan, Stay

__all__ = [
    "Agreement",
    "Candidate",
    "Incubator",
    "Opening",
    "PlacementPlan",
    "Preference",
    "Programme",
    "Signature",
    "SigningCode",
    "Stay",
]
