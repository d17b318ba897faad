"""A stay is extended while another one moves to the same desks: one of them gets them, never both."""

from datetime import date

import pytest

from corridor.agreements.changes.services.changes import draft_change
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.domain.chain.chain import Proposal
from corridor.integrity import check_corridor
from corridor.models import Agreement, Incubator, Stay
from corridor.placement.services.stays import move_stay
from network.models import User
from tests.corridor.agreements import cast
from toolkit import clock

pytestmark = pytest.mark.processes


def prepare():
    """Two stays of two desks until September, the first with an executed agreement;
    from September on two desks in all."""
    first, second = cast.stays(2)
    for ends, desks in ((date(2027, 9, 1), 2), (date(2028, 6, 1), 2)):
        first.incubator.openings.create(starts=date(2027, 1, 1), ends=ends, desks=desks)
    by = User.objects.get(email="organiser@network.example")
    made = draft_agreement(by=by, stay=first, language="en", terms=cast.terms(first))
    Agreement.objects.update(state="executed", executed_at=clock.now(), executed_sha256="5" * 64)
    Stay.objects.filter(pk=first.pk).update(state="confirmed")
    return made.pk, second.pk


def extend(pk):
    by = User.objects.get(email="organiser@network.example")
    asked = Proposal(ends=date(2027, 11, 1))
    return draft_change(by=by, agreement=Agreement.objects.get(pk=pk), kind="extension", asked=asked).kind


def come(pk):
    by = User.objects.get(email="organiser@network.example")
    move_stay(by=by, stay=Stay.objects.get(pk=pk), starts=date(2027, 9, 1))
    return "moved"


def faults():
    return list(check_corridor()), Incubator.objects.count()


def test_an_extension_and_a_move_to_the_same_desks_at_once(place):
    agreement, other = place.run(prepare)
    told = place.at_once([(extend, agreement), (come, other)])
    assert told in (["extension", ("refused", "stay.full")], [("refused", "change.full"), "moved"])
    assert place.run(faults) == ([], 1)
