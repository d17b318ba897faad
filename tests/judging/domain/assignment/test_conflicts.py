"""Ties between jurors and entries, by hand: the strongest is told, and what both sides have in common."""

import pytest

from judging.domain.assignment.conflicts import Side, Tie, find_ties, read_domains

FREE = frozenset({"mail.example"})


def side(key, **fields):
    return Side(key, **{name: frozenset(values) for name, values in fields.items()})


def found(juror, entry, same_city=True):
    return find_ties([juror], [entry], free_mail=FREE, same_city=same_city)


@pytest.mark.parametrize(
    ("juror", "entry", "kind", "shared"),
    [
        ({"people": {7, 9}}, {"people": {9, 7}}, "same_person", "7"),
        ({"emails": {"Ana@Lab.example"}}, {"emails": {"ana@lab.EXAMPLE"}}, "same_person", "ana@lab.example"),
        ({"organisations": {3}, "cities": {1}}, {"organisations": {3}, "cities": {1}}, "same_organisation", "3"),
        ({"cities": {1, 2}}, {"cities": {2}}, "same_city", "2"),
        ({"emails": {"a@lab.example"}}, {"emails": {"b@bio.lab.example"}}, "same_domain", "lab.example"),
        ({"domains": {"lab.example"}}, {"domains": {"lab.example"}}, "same_domain", "lab.example"),
    ],
)
def test_each_kind(juror, entry, kind, shared):
    assert found(side(1, **juror), side(2, **entry)) == [Tie(1, 2, kind, shared)]


def test_a_free_mail_service_and_a_city_where_the_round_does_not_ask_are_no_ties():
    assert found(side(1, emails={"a@mail.example"}), side(2, emails={"b@mail.example"})) == []
    assert found(side(1, cities={1}), side(2, cities={1}), same_city=False) == []


def test_a_domain_below_the_team_s_is_no_tie():
    """The juror's side registers bio.lab.example, the team writes from lab.example."""
    assert found(side(1, domains={"other.example"}), side(2, emails={"b@lab.example"})) == []


def test_every_pair_once_in_the_order_given():
    jurors, entries = [side(2, cities={1}), side(1, cities={1, 5})], [side(8, cities={5}), side(9, cities={1})]
    ties = find_ties(jurors, entries, free_mail=FREE, same_city=True)
    assert [(tie.juror, tie.entry, tie.shared) for tie in ties] == [(2, 9, "1"), (1, 8, "5"), (1, 9, "1")]


def test_a_list_of_domains():
    assert read_domains(["# free", "Mail.example  # everywhere", "", "b.example"]) == {"mail.example", "b.example"}
