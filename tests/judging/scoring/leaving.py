"""Ways in which an entry leaves a round under way, and who acts."""

from datetime import timedelta

from django.utils import timezone

from contest.entries.services.entries import withdraw_entry
from contest.models import Edition, Entry, Nomination
from contest.nominations.services.nominations import choose_competing, release_nomination
from judging import overview
from judging.models import Scorecard
from network.models import User
from tests import build

GONE, STAYS = 0, 1


def coordinator_of(entry) -> User:
    """Of the entry's city, while cities still choose: the round was opened early."""
    Edition.objects.filter(pk=entry.edition_id).update(nominations_close=timezone.now() + timedelta(days=5))
    return build.person("coordinator@braga.example", role="coordinator", organisation=build.city_hall(entry.city))


def founder_of(entry) -> User:
    return User.objects.get(memberships__organisation=entry.startup.organisation, memberships__role="founder")


def behind_our_back(entry):
    """A row changed by hand: no service said so."""
    Nomination.objects.filter(entry=entry).delete()
    Entry.objects.filter(pk=entry.pk).update(state="ineligible")


LEAVES = {
    "withdrawn": lambda entry: withdraw_entry(by=founder_of(entry), entry=entry, reason="Sold."),
    "released": lambda entry: release_nomination(by=coordinator_of(entry), entry=entry, reason="A mistake."),
    "taken out of the competition": lambda entry: choose_competing(
        by=coordinator_of(entry), entry=entry, competes=False
    ),
    "by hand": behind_our_back,
}


def listed(person, enter) -> set[str]:
    """What a juror's list, home, API and own rows say, which must be one thing."""
    client = enter(person)
    page = client.get("/judging/").content.decode()
    codes = {entry.code for entry in Entry.objects.all() if entry.title in page}
    cards = Scorecard.objects.of_juror(person)
    assert codes == set(cards.values_list("assignment__entry__code", flat=True))
    api = client.get("/api/v1/scorecards/").json()["results"]
    assert {row["id"] for row in api} == set(cards.values_list("pk", flat=True))
    left = cards.filter(state="draft").count()
    assert [task.minutes for task in overview.to_do(person)] == ([20 * left] if left else [])
    return codes
