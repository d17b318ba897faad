"""The scorecard for any published rule: groups, comments that the rule asks for,
criteria of some categories only, bonus points."""

import pytest

from judging.models import Criterion
from tests.judging.scoring.cards import address, kept, post


@pytest.fixture
def rules(seat):
    """Two groups (60 and 40), a comment asked below 2 and above 4, a criterion of another category, a bonus,
    a penalty."""
    plan = seat.round.groups.create(code="plan", name={"en": "Plan"}, weight=60_000)
    pitch = seat.round.groups.create(code="pitch", name={"en": "Pitch"}, weight=40_000, order=1)
    first, second = seat.round.criteria.all()
    Criterion.objects.filter(pk=first.pk).update(group=plan, comment_below=2000, comment_above=4000)
    Criterion.objects.filter(pk=second.pk).update(group=pitch)
    other = seat.edition.categories.create(code="health", name={"en": "Health"})
    health = seat.round.criteria.create(code="trial", name={"en": "Clinical trial"}, order=2, group=plan)
    health.categories.add(other)
    bonus = seat.round.criteria.create(
        code="green", name={"en": "Green"}, order=3, kind="bonus", cap=5000, is_required=False
    )
    seat.round.criteria.create(code="late", name={"en": "Handed in late"}, order=4, kind="penalty")
    return {"first": first, "second": second, "bonus": bonus, "health": health}


def form(rules, version=0, why="", **marks):
    values = {f"m{rules[name].pk}": mark for name, mark in marks.items()}
    return {**values, f"r{rules['first'].pk}": why, "version": version, "comment": "", "private_note": ""}


def test_groups_are_sections_with_their_weights_and_what_is_not_marked_is_not_there(seat, rules):
    page = seat.client.get(address(seat.card))
    sections = page.context["form"].sections()
    assert [(s.name, s.weight, [row.criterion.code for row in s.rows]) for s in sections] == [
        ("Plan", "weight 60", ["innovation"]),
        ("Pitch", "weight 40", ["market"]),
        ("", "", ["green"]),
    ]
    text = page.content.decode()
    for words in ("Needed for marks below 2 and above 4.", "Bonus: 5 points on top at most"):
        assert words in text
    for words in ("Clinical trial", "Handed in late"):
        assert words not in text


def test_a_criterion_of_another_category_takes_no_mark(seat, rules):
    told = send_values(seat, {f"m{rules['health'].pk}": "3", f"m{rules['first'].pk}": "3"})
    assert told["errors"] == {}
    assert kept(seat.card)[0] == [3000]


def send_values(seat, values, version=0):
    return post(seat.client, seat.card, seat.jurors[0].user, values, version).json()


@pytest.mark.parametrize(("mark", "asked"), [("1", True), ("2", False), ("4", False), ("5", True)])
def test_words_are_asked_for_below_and_above_the_bounds(seat, rules, mark, asked):
    answer = seat.client.post(address(seat.card), {**form(rules, first=mark, second="3"), "do": "submit"})
    assert (answer.status_code, kept(seat.card)[3]) == ((422, "draft") if asked else (302, "submitted"))
    if asked:
        assert "Say why you gave this mark: Innovation." in answer.content.decode()
        again = form(rules, version=1, why="No trial yet.", first=mark, second="3")
        assert seat.client.post(address(seat.card), {**again, "do": "submit"}).status_code == 302
        assert seat.card.marks.get(criterion=rules["first"]).comment == "No trial yet."


def test_a_comment_waits_for_its_mark_and_goes_with_it(seat, rules):
    mark, why = f"m{rules['first'].pk}", f"r{rules['first'].pk}"
    told = send_values(seat, {mark: "", why: "Too early"})
    assert told["errors"] == {why: "Saved once you give the mark that it is about."}
    assert send_values(seat, {mark: "1", why: "Too early"}, version=1)["errors"] == {}
    assert send_values(seat, {f"m{rules['bonus'].pk}": "4"}, version=2)["so_far"] == "1 of 2"
    assert seat.card.marks.get(criterion=rules["first"]).comment == "Too early"
