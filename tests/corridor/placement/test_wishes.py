"""Programmes, admitted laureates, wishes, and the places of hosts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from corridor.hosts.services.incubators import save_incubator
from corridor.hosts.services.openings import remove_opening, save_opening
from corridor.models import Candidate
from corridor.placement.services.wishes import save_wishes
from corridor.programmes.services import admit_laureates, create_programme, save_programme
from judging.models import Award
from network.models import Message
from tests import build
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db


def wish(corridor, by, candidate=None, **changes):
    candidate = candidate or corridor.teams[0]
    values = {
        "version": candidate.version,
        "incubators": [(corridor.magog, 1), (corridor.braga, 1)],
        "people": 3,
        "earliest_start": date(2027, 2, 1),
        "latest_start": None,
        "needs": "A laboratory",
        **changes,
    }
    return save_wishes(by=by, candidate=candidate, **values)


def test_wishes_are_replaced_with_the_version_raised(corridor):
    candidate = wish(corridor, corridor.founder)
    assert candidate.version == 2
    assert set(candidate.preferences.values_list("incubator_id", "rank")) == {
        (corridor.magog.pk, 1),
        (corridor.braga.pk, 1),
    }
    assert (candidate.people, candidate.earliest_start, candidate.needs) == (3, date(2027, 2, 1), "A laboratory")
    assert list(Message.objects.values_list("kind", "to_email")) == [("corridor.wishes", corridor.founder.email)]


def test_a_stale_version_is_shown_not_applied(corridor):
    wish(corridor, corridor.founder)
    with pytest.raises(Refusal) as refused:
        wish(corridor, corridor.founder, incubators=[(corridor.braga, 1)])
    assert refused.value.code == "wishes.stale"
    assert corridor.teams[0].preferences.count() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"incubators": []}, "wishes.none"),
        ({"people": 0}, "wishes.people"),
        ({"latest_start": date(2027, 1, 1)}, "wishes.window"),
    ],
)
def test_wishes_that_make_no_sense_are_refused(corridor, change, code):
    with pytest.raises(Refusal) as refused:
        wish(corridor, corridor.founder, **change)
    assert refused.value.code == code


def test_one_s_own_city_can_not_be_wished(corridor, city):
    own = build.incubator("Own", city)
    with pytest.raises(Refusal) as refused:
        wish(corridor, corridor.founder, incubators=[(own, 1)])
    assert refused.value.code == "wishes.home_city"
    corridor.programme.home_city_allowed = True
    corridor.programme.save()
    assert wish(corridor, corridor.founder, incubators=[(own, 1)]).preferences.count() == 1


def test_after_the_date_only_the_organiser_changes_wishes(corridor, organiser):
    with clock.at(corridor.programme.wishes_close + timedelta(seconds=1)):
        with pytest.raises(Refusal) as refused:
            wish(corridor, corridor.founder)
        assert refused.value.code == "wishes.closed"
        assert wish(corridor, organiser).version == 2


def test_nobody_else_gives_wishes(corridor, coordinator, stranger):
    for person in (corridor.host, coordinator, stranger):
        with pytest.raises(Forbidden):
            wish(corridor, person)


def test_a_placed_team_changes_nothing(corridor):
    build.stay_of(corridor.teams[0], corridor.braga)
    with pytest.raises(Refusal) as refused:
        wish(corridor, corridor.founder)
    assert refused.value.code == "wishes.placed"


def test_laureates_are_admitted_once_in_the_order_of_their_awards(organiser, city):
    edition = build.edition()
    for rank, name in ((2, "Second"), (1, "First")):
        entry = build.entry(edition, build.startup(name, city), state="nominated")
        Award.objects.create(
            edition=edition,
            entry=entry,
            name={"en": "Prize", "fr": "Prix"},
            rank=rank,
            granted_by=organiser,
            granted_at=timezone.now(),
        )
    founder = build.person("f@first.example", role="founder", organisation=build.startup("First", city).organisation)
    programme = build.programme(edition)
    admitted = admit_laureates(by=organiser, programme=programme)
    assert [(one.name, one.rank, one.home_city, one.state) for one in admitted] == [
        ("First", 1, city, "waiting"),
        ("Second", 2, city, "waiting"),
    ]
    assert list(Message.objects.values_list("kind", "to_email")) == [("corridor.admitted", founder.email)]
    assert admit_laureates(by=organiser, programme=programme) == []
    assert Candidate.objects.count() == 2


def test_without_awards_nobody_is_admitted(organiser):
    with pytest.raises(Refusal, match="no awards"):
        admit_laureates(by=organiser, programme=build.programme(build.edition()))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"last_start": date(2026, 12, 1)}, "last_start"),
        ({"first_start": date(2027, 1, 2), "last_start": date(2027, 1, 30)}, "last_start"),
        ({"start_day": 31}, "start_day"),
        ({"months": 0}, "months"),
    ],
)
def test_a_programme_holds_at_least_one_start(organiser, change, field):
    values = {"first_start": date(2027, 1, 1), "last_start": date(2027, 3, 1), **change}
    with pytest.raises(Refusal) as refused:
        create_programme(by=organiser, slug="new", edition=None, name={"en": "New"}, **values)
    assert refused.value.field == field


def offer(corridor, by, opening, **changes):
    values = {"starts": opening.starts, "ends": opening.ends, "desks": opening.desks, **changes}
    return save_opening(by=by, incubator=corridor.braga, opening=opening, **values)


def test_places_that_a_stay_holds_can_not_be_taken_back(corridor):
    build.stay_of(corridor.teams[0], corridor.braga)  # 2 desks until 1 July
    opening = corridor.braga.openings.get()
    for change in ({"desks": 1}, {"ends": date(2027, 6, 30)}, {"starts": date(2027, 1, 2)}):
        with pytest.raises(Refusal, match="Alpha holds desks") as refused:
            offer(corridor, corridor.host, opening, **change)
        assert refused.value.code == "opening.held"
    with pytest.raises(Refusal, match="2 would be missing"):
        remove_opening(by=corridor.host, opening=opening)
    assert offer(corridor, corridor.host, opening, ends=date(2027, 7, 1)).ends == date(2027, 7, 1)


def test_places_are_the_host_s_own(corridor, organiser, coordinator):
    opening = corridor.braga.openings.get()
    for person in (corridor.other_host, corridor.founder, coordinator):
        with pytest.raises(Forbidden):
            offer(corridor, person, opening, desks=9)
        with pytest.raises(Forbidden):
            save_incubator(by=person, incubator=corridor.braga, address="Elsewhere")
    assert offer(corridor, organiser, opening, desks=9).desks == 9
    remove_opening(by=corridor.host, opening=opening)
    assert corridor.braga.openings.count() == 0


def test_the_date_for_wishes_only_moves_later_once_candidates_know_it(corridor, organiser):
    told = corridor.programme.wishes_close
    with pytest.raises(Refusal) as refused:
        save_programme(by=organiser, programme=corridor.programme, wishes_close=told - timedelta(hours=1))
    assert refused.value.code == "programme.wishes_shortened"
    for later in (told + timedelta(hours=1), None):
        assert save_programme(by=organiser, programme=corridor.programme, wishes_close=later).wishes_close == later
