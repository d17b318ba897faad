"""Who is told what happens to an entry of a team."""

from django.urls import reverse

from contest.models import Entry
from contest.notices import city_path, coordinators_of, organisers, team_of, team_path, tell
from network.models import Event


def tell_submitted(entry: Entry) -> None:
    """A receipt to the team, for each time that it submits:
    also the same text under other rules, or after a withdrawal."""
    assert entry.submitted_at is not None
    key = f"entry:{entry.pk}:submitted:{entry.version}:{entry.submitted_at.isoformat()}"
    tell(team_of(entry), "entry_submitted", key, entry, path=team_path(entry))


def tell_help_asked(entry: Entry, event: Event) -> None:
    """The organisers: a team lets them read its draft."""
    path = reverse("organise_entry", args=[entry.edition.slug, entry.pk])
    tell(organisers(), "help_asked", f"entry:{entry.pk}:help:{event.pk}", entry, path=path)


def tell_withdrawn(entry: Entry, reason: str, event: Event) -> None:
    """To the team as a receipt, to the city because a place may be free again."""
    key = f"entry:{entry.pk}:withdrawn:{event.pk}"
    tell(team_of(entry), "entry_withdrawn", key, entry, path=team_path(entry), reason=reason)
    tell(coordinators_of(entry.city), "entry_withdrawn", key, entry, path=city_path(entry), reason=reason)
