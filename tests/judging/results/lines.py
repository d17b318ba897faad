"""What is read of a round, in a line a test compares."""

from django.urls import reverse

from judging.models import Round
from judging.results.shown.outcomes import file_of


def laureates(round: Round) -> dict[str, str]:
    """{city: laureates that the round's file would say it has had}."""
    return {entry.city: entry.laureates for entry in file_of(round).entries}


def shown(client, round):
    page = client.get(reverse("round_standings", args=[round.pk]))
    return [(line.place.rank, line.name, line.total, line.reason, line.city) for line in page.context["board"].lines]
