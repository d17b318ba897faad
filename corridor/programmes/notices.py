"""Who is told that a programme admitted them."""

from django.urls import reverse

from corridor.models import Candidate
from corridor.notices import team_people, tell


def tell_admitted(candidate: Candidate) -> None:
    """The team: you are admitted, give your wishes."""
    path = reverse("candidate_wishes", args=[candidate.pk])
    tell(team_people(candidate), "corridor.admitted", str(candidate.pk), candidate=candidate, path=path)
