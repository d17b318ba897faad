"""Two clicks at once for the last place: one nomination and clear refusals."""

import pytest
from django.db.models import Count

from contest.models import Entry, Nomination
from contest.nominations.services.nominations import nominate_entry
from network.models import User
from tests import build
from tests.contest import cast
from toolkit.refusals import Refusal

pytestmark = pytest.mark.processes


def prepare():
    """One place for one competing start-up, and four eligible entries that want it."""
    city = build.city("clermont-ferrand", "Clermont-Ferrand", "FR", "Europe/Paris")
    coordinator = cast.coordinator_of(city)
    edition = build.edition(quota_sent=1, quota_competing=1)
    return [cast.eligible(cast.team(f"Team {number}", city), edition, coordinator).pk for number in range(4)]


def nominate(pk):
    coordinator = User.objects.get(memberships__role="coordinator")
    try:
        return "slot", nominate_entry(by=coordinator, entry=Entry.objects.get(pk=pk)).slot
    except Refusal as refusal:
        return refusal.code, str(refusal)


def kept():
    states = Entry.objects.values_list("state").annotate(Count("pk")).order_by("state")
    return list(Nomination.objects.values_list("slot", "competing_slot")), list(states)


def test_the_last_place_is_given_once(place):
    entries = place.run(prepare)
    told = place.at_once([(nominate, pk) for pk in entries])
    sentence = "Clermont-Ferrand has used its 1 place. Release it first."
    assert sorted(told) == [("nomination.full", sentence)] * 3 + [("slot", 1)]
    assert place.run(kept) == ([(1, 1)], [("eligible", 3), ("nominated", 1)])
