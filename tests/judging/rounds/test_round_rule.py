"""A round and its rule: two rows of which each round has one of its own, fetched, locked and kept as one thing."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from judging.models import Assignment, Round, RoundRule, RuleVersion
from judging.models.rules import RULE_FIELDS
from judging.results.shown.stamps import stamp_of
from judging.rounds.forms.rounds import KINDS
from judging.rounds.reading.rule_data import rule_data
from judging.rounds.services.rounds import save_round
from judging.rounds.services.rule_changes import change_open_rule
from network.models import User
from tests import build

ORGANISER = "organiser@network.example"
# Where a column says nothing unless another one does: that one.
ONLY_WITH = {
    **dict.fromkeys(("counting", "place_points", "list_least", "list_most"), {"ballot": "ranking"}),
    "duels_each": {"ballot": "duels"},
}
OTHER = {
    "place_points": [3, 2, 1],
    "tie_chain": [{"kind": "younger_firm"}],
}


def other(thing, field):
    """Another value than the one that it has."""
    now = getattr(thing, field.name)
    if field.name in OTHER:
        return OTHER[field.name]
    if field.name in KINDS:
        return next(code for code in KINDS[field.name] if code != now)
    if field.choices:
        return next(code for code, _name in field.choices if code != now)
    if isinstance(field, models.BooleanField):
        return not now
    if isinstance(field, models.IntegerField):
        return (now or 0) + 1
    return [{"field": "x"}] if isinstance(field, models.JSONField) else "changed"


@pytest.fixture
def edition(db):
    return build.edition("2027")


@pytest.fixture
def round(edition):
    return build.round(edition)


def test_what_the_rule_holds_is_what_a_file_says_and_what_a_result_hangs_on(round):
    for name in sorted(RULE_FIELDS | {"version"}):
        for also, value in ONLY_WITH.get(name, {}).items():
            setattr(round.rule, also, value)
        said, stamp = rule_data(round), stamp_of(round)
        setattr(round.rule, name, other(round.rule, RoundRule._meta.get_field(name)))
        assert rule_data(round) != said, name
        assert stamp_of(round) != stamp, name
        round.rule.refresh_from_db()


def test_what_stays_with_the_round_is_in_no_rule(round):
    said = rule_data(round)
    for field in Round._meta.concrete_fields:
        if not (field.is_relation or field.primary_key or isinstance(field, models.DateTimeField)):
            setattr(round, field.name, other(round, field))
    assert rule_data(round) == said


def test_every_round_has_a_rule_of_its_own(round):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(rule=None)
    second = build.round(round.edition, order=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=second.pk).update(rule=round.rule)
    with pytest.raises(models.ProtectedError):
        round.rule.delete()


def test_a_change_that_is_refused_changes_neither_row(round, organiser):
    """The rule is saved with the round, or not at all."""
    with pytest.raises(Exception, match="per cent at most"):
        save_round(by=organiser, round=round, decimals=4, weight=200)
    round.refresh_from_db()
    assert (round.rule.decimals, round.weight) == (2, 100)


def test_rounds_come_with_their_rules_in_one_query(edition):
    made = [build.round(edition, order=order, trim=order) for order in (1, 2, 3)]
    seat = build.assign(made[2], build.juror(edition, 1), build.competing(edition, 1)[0]).assignment
    for rounds in (Round.objects.order_by("order"), edition.rounds.order_by("order")):
        with CaptureQueriesContext(connection) as queries:
            assert [round.rule.trim for round in rounds] == [1, 2, 3]
        assert len(queries) == 1
    for seats in (Assignment.objects.filter(pk=seat.pk), Assignment.objects.prefetch_related("round")):
        with CaptureQueriesContext(connection) as queries:
            assert [seat.round.rule.trim for seat in seats] == [3]
        assert len(queries) == 2
    made[2].refresh_from_db(fields=["state"])
    assert Round.objects.only("weight").get(pk=made[0].pk).rule.trim == 1


# ---- two at once, and the way there


def prepare():
    build.person(ORGANISER, role="organiser", organisation=build.secretariat())
    return build.round(build.edition("2027"), state="open", trim=1, tie_chain=[{"kind": "human"}], decimals=None).pk


def change(pk, decimals):
    by, round = User.objects.get(email=ORGANISER), Round.objects.get(pk=pk)
    changed = change_open_rule(by=by, round=round, reason="As the call says.", fields={"decimals": decimals})
    return changed.version


def versions(pk):
    """The decimals of each version, the present one last, with its number."""
    former = RuleVersion.objects.filter(round=pk).order_by("version").values_list("rule", flat=True)
    rule = Round.objects.get(pk=pk).rule
    return [row["decimals"] for row in former], rule.decimals, rule.version


@pytest.mark.processes
def test_two_versions_made_at_once_are_two_of_which_each_knows_the_other(place):
    pk = place.run(prepare)
    told = place.at_once([(change, pk, decimals) for decimals in (1, 3, 4)])
    assert sorted(told) == [1, 2, 3]
    by_version = dict(zip(told, ("1", "3", "4"), strict=True))
    former, now, version = place.run(versions, pk)
    assert former == ["", by_version[1], by_version[2]]
    assert (str(now), version) == (by_version[3], 4)
