"""The page on which an organiser says how jurors are assigned."""

import pytest

from judging.models import PairRule, Round
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(organiser, enter):
    edition = build.edition("2027")
    round = build.round(edition)
    entries = build.competing(edition, 2)
    jurors = [build.juror(edition, n, groups=["investor"] if n == 1 else []) for n in (1, 2)]
    return enter(organiser), f"/organise/rounds/{round.pk}/assignment/rules/", round, entries, jurors


def test_what_is_chosen_is_kept_and_shown_again(desk):
    client, address, round, _entries, _jurors = desk
    form = client.get(address).context["form"]
    assert {name: form[name].value() for name in ("language", "sector", "expert", "city", "even")} == {
        "language": "10000", "sector": "100", "expert": "", "city": "", "even": "10",
    }  # fmt: skip
    answer = client.post(
        address,
        {
            "what": "rules", "language": "must", "even": "10", "expert": "1000", "city": "must", "city_most": "1",
            "demand_energy": "3", "quota_1_group": "investor", "quota_1_least": "1", "quota_1_strength": "must",
            "apart_1_1": "J01", "apart_1_2": "J02", "apart_1_strength": "100", "joins_jurors": "on",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    kept = Round.objects.get(pk=round.pk)
    assert kept.category_demand == {"energy": 3}
    assert kept.assignment_rules == [
        {"rule": "language"},
        {"rule": "expert", "price": 1000},
        {"rule": "city", "most": 1},
        {"rule": "even", "price": 60},  # between two choices: it stays as it was
        {"rule": "quota", "group": "investor", "least": 1},
        {"rule": "apart", "jurors": ["J01", "J02"], "price": 100},
    ]
    again = client.get(address).context["form"]
    assert (again["quota_1_group"].value(), again["apart_1_strength"].value()) == ("investor", "100")


def test_what_makes_no_sense_comes_back_as_typed(desk):
    client, address, round, _entries, _jurors = desk
    answer = client.post(address, {"what": "rules", "city": "must", "apart_1_1": "J02", "apart_1_2": "J02"})
    assert answer.status_code == 422
    assert answer.context["form"]["apart_1_1"].value() == "J02"
    assert Round.objects.get(pk=round.pk).assignment_rules == []


def test_a_pair_is_set_with_a_reason_and_opened_again(desk):
    client, address, round, entries, jurors = desk
    pair = {"what": "pair", "juror": jurors[0].pk, "entry": entries[0].pk, "kind": "forced"}
    assert client.post(address, pair).status_code == 422
    assert client.post(address, {**pair, "reason": "Knows water"}).status_code == 302
    assert "Knows water" in client.get(address).content.decode()
    rule = PairRule.objects.get()
    client.post(f"{address}{rule.pk}/remove/")
    assert not PairRule.objects.exists()
