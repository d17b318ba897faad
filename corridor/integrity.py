"""What must always be true of the corridor's rows. Each check yields sentences about what is not."""

import json
from collections.abc import Iterator
from typing import Any

from corridor.domain.capacity import breaches
from corridor.models import Candidate, Incubator, PlacementPlan, Stay
from corridor.placement_inputs import bookings_of, host_of
from corridor.states import HOLDS_PLACES, CandidateState
from toolkit.canonical import digest

SAYS = {
    "desks": "{number} desks are missing",
    "closed": "the house is closed on {day}",
    "no_arrival": "nobody may arrive on {day}",
    "arrivals": "{number} teams arrive in that month, more than the host receives",
}


def check_corridor() -> Iterator[str]:
    """All checks: places by day, candidates and their stays, plans and their fingerprints."""
    incubators: Any = Incubator.objects.with_places().order_by("pk")
    for incubator in incubators:
        for breach in breaches(host_of(incubator), bookings_of(incubator.held_stays)):
            said = SAYS[breach.kind].format(number=breach.number, day=breach.day.isoformat())
            yield f"stay {breach.booking} in incubator {incubator.pk}: {said}"
    for stay in Stay.objects.holding().exclude(candidate__state=CandidateState.PLACED).order_by("pk"):
        yield f"stay {stay.pk}: holds a place, but its candidate is not placed"
    placed = Stay.objects.filter(state__in=HOLDS_PLACES).values("candidate")
    lost = Candidate.objects.filter(state=CandidateState.PLACED)
    for candidate in lost.exclude(pk__in=placed).order_by("pk"):
        yield f"candidate {candidate.pk}: placed, but no stay holds a place for it"
    for plan in PlacementPlan.objects.order_by("pk"):
        if digest(json.loads(plan.inputs)) != plan.inputs_sha256:
            yield f"plan {plan.pk}: what it was made from is not what its fingerprint says"
        if plan.file and digest(json.loads(plan.file)) != plan.sha256:
            yield f"plan {plan.pk}: its answer is not what its fingerprint says"
