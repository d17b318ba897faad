"""Who goes: the people of a stay or a candidate as the domain takes them."""

from corridor.domain.calendar.lead_times import people_of
from corridor.models import Candidate, Stay


def people_who_go(candidate: Candidate, stay: Stay | None = None) -> list[tuple[str, ...]]:
    """Each person's nationalities: those of who is named to travel; while nobody is, as said with the wishes."""
    named = [tuple(one.nationalities) for one in stay.travellers.all()] if stay is not None else []
    return named or people_of(candidate.nationalities)
