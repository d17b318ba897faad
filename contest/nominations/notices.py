"""Who is told what a city, or the organiser, decides about an entry."""

from django.urls import reverse

from contest.models import Claim, Entry, Nomination, Screening
from contest.notices import city_path, coordinators_of, organisers, team_of, team_path, tell
from network.models import Event


def tell_screened(entry: Entry, screening: Screening) -> None:
    key = f"entry:{entry.pk}:screened:{screening.pk}"
    tell(team_of(entry), "entry_screened", key, entry, path=team_path(entry), screening=screening)


def tell_nominated(entry: Entry, nomination: Nomination, event: Event) -> None:
    key = f"entry:{entry.pk}:nominated:{event.pk}"
    tell(team_of(entry), "entry_nominated", key, entry, path=team_path(entry), nomination=nomination)


def tell_not_nominated(entry: Entry) -> None:
    """Once for each time that cities had chosen: time given anew ends in another choice."""
    key = f"entry:{entry.pk}:not_nominated:{entry.edition.nominations_close:%Y%m%d%H%M%S}"
    tell(team_of(entry), "entry_not_nominated", key, entry, path=team_path(entry))


def tell_released(entry: Entry, reason: str, event: Event) -> None:
    key = f"entry:{entry.pk}:released:{event.pk}"
    tell(team_of(entry), "entry_released", key, entry, path=team_path(entry), reason=reason)


def tell_claimed(entry: Entry, claim: Claim) -> None:
    """To the team and the other city; to the organiser when there is something to settle."""
    key = f"entry:{entry.pk}:claimed:{claim.pk}"
    tell(team_of(entry), "city_claimed", key, entry, path=team_path(entry), claim=claim)
    if claim.upheld is None:
        tell(coordinators_of(entry.city), "city_claimed", key, entry, path=city_path(entry), claim=claim)
        path = reverse("organise_cities", args=[entry.edition.slug])
        tell(organisers(), "city_claimed", key, entry, path=path, claim=claim)


def tell_settled(entry: Entry, reason: str, event: Event) -> None:
    """To the team, the city that has it now and those that claimed it."""
    key = f"entry:{entry.pk}:settled:{event.pk}"
    tell(team_of(entry), "city_settled", key, entry, path=team_path(entry), reason=reason)
    claims = entry.claims.select_related("city")
    for city in dict.fromkeys([entry.city, *(claim.city for claim in claims)]):
        tell(coordinators_of(city), "city_settled", key, entry, path=reverse("city"), reason=reason)
