"""Who would come when the waiting list is called: read from the answer of a plan."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corridor.models import Candidate, Incubator, PlacementPlan


@dataclass(frozen=True)
class Arrival:
    """A team that a plan gives a place that it does not hold now."""

    team: str
    host: str
    starts: date


def arrivals_of(plans: Iterable[PlacementPlan]) -> dict[int, list[Arrival]]:
    """{plan: those who would come or move, by rank}. Two queries for any number of plans."""
    rows = {
        plan.pk: [
            row
            for row in (json.loads(plan.file)["placements"] if plan.file else [])
            if not row["pinned"] and row["change"] != "same"
        ]
        for plan in plans
    }
    every = [row for some in rows.values() for row in some]
    teams = dict(Candidate.objects.filter(pk__in=[int(row["candidate"]) for row in every]).values_list("pk", "name"))
    hosts = dict(
        Incubator.objects.filter(pk__in=[int(row["incubator"]) for row in every]).values_list(
            "pk", "organisation__name"
        )
    )
    return {
        pk: [
            Arrival(
                teams.get(int(row["candidate"]), "?"),
                hosts.get(int(row["incubator"]), "?"),
                date.fromisoformat(row["starts"]),
            )
            for row in some
        ]
        for pk, some in rows.items()
    }
