"""What a chain of documents says of a stay, by hand."""

from dataclasses import replace
from datetime import date

import pytest

from corridor.domain.chain import chain
from corridor.domain.chain.chain import (
    Facts,
    Person,
    Proposal,
    facts_said,
    is_more,
    proposal_as_json,
    proposal_of,
    topics,
)
from corridor.kinds.document_kinds import change_kind

MARCH, JUNE, SEPTEMBER, OCTOBER = (date(2027, month, 1) for month in (3, 6, 9, 10))
ANA, BO = Person("Ana", ("PT",), MARCH, SEPTEMBER), Person("Bo", ("FR",), MARCH, JUNE)
STAY = Facts(MARCH, SEPTEMBER, 2, (ANA, BO))
BEFORE, DURING = date(2027, 1, 15), date(2027, 5, 10)
NOTICE = Proposal(ends=date(2027, 6, 10), reason="A new market", party="startup", clause="17", is_joint=False)


def test_people_follow_the_dates_unless_they_are_named_anew():
    longer = change_kind("extension").changed(STAY, Proposal(ends=OCTOBER))
    assert longer == Facts(MARCH, OCTOBER, 2, (replace(ANA, ends=OCTOBER), BO))
    shorter = change_kind("amendment").changed(STAY, Proposal(ends=date(2027, 5, 1)))
    assert [person.ends for person in shorter.people] == [date(2027, 5, 1)] * 2
    later = change_kind("amendment").changed(STAY, Proposal(starts=JUNE, ends=date(2027, 12, 1)))
    assert later.people == (Person("Ana", ("PT",), JUNE, date(2027, 12, 1)),)  # Bo would have left by then
    cy = Person("Cy", ("RO",), MARCH, SEPTEMBER)
    assert change_kind("amendment").changed(STAY, Proposal(people=(cy, ANA))).people == (ANA, cy)


def test_an_ending_before_the_start_cancels_and_a_later_one_shortens():
    assert change_kind("withdrawal").changed(STAY, Proposal(reason="x")) == Facts(
        MARCH, SEPTEMBER, 2, (), is_cancelled=True
    )
    ended = change_kind("termination").changed(STAY, Proposal(ends=JUNE, reason="x"))
    assert ended == Facts(MARCH, JUNE, 2, (replace(ANA, ends=JUNE), BO))


@pytest.mark.parametrize(
    ("kind", "asked", "today", "code"),
    [
        ("amendment", Proposal(), BEFORE, "nothing"),
        ("amendment", Proposal(text="   "), BEFORE, "nothing"),
        ("amendment", Proposal(text="The desks are on the second floor."), DURING, ""),
        ("amendment", Proposal(ends=JUNE), DURING, ""),
        ("amendment", Proposal(ends=OCTOBER), DURING, "longer"),
        ("amendment", Proposal(ends=DURING), DURING, "past"),
        ("amendment", Proposal(starts=date(2027, 4, 1), ends=OCTOBER), BEFORE, ""),
        ("amendment", Proposal(starts=date(2027, 4, 1)), DURING, "starts"),
        ("amendment", Proposal(starts=date(2027, 1, 14)), BEFORE, "starts"),
        ("amendment", Proposal(starts=OCTOBER), BEFORE, "window"),
        ("amendment", Proposal(desks=1), DURING, "people_many"),
        ("amendment", Proposal(desks=1, people=(ANA,)), DURING, ""),
        ("amendment", Proposal(people=(replace(ANA, ends=OCTOBER),)), DURING, "people_days"),
        ("amendment", Proposal(desks=3), SEPTEMBER, "over"),
        ("extension", Proposal(ends=OCTOBER), DURING, ""),
        ("extension", Proposal(ends=JUNE), DURING, "shorter"),
        ("extension", Proposal(), DURING, "shorter"),
        ("withdrawal", NOTICE, date(2027, 5, 11), ""),  # the thirtieth day after the notice is 10 June
        ("withdrawal", NOTICE, date(2027, 5, 12), "notice"),
        ("withdrawal", replace(NOTICE, is_joint=True), date(2027, 6, 9), ""),
        ("withdrawal", replace(NOTICE, ends=None), date(2027, 1, 30), ""),
        ("withdrawal", replace(NOTICE, ends=None), date(2027, 1, 31), "notice"),
        ("withdrawal", replace(NOTICE, ends=None), DURING, "past"),
        ("withdrawal", replace(NOTICE, reason=" "), DURING, "reason"),
        ("withdrawal", replace(NOTICE, clause=""), BEFORE, "clause"),
        ("withdrawal", replace(NOTICE, ends=SEPTEMBER), DURING, "later"),
        ("termination", replace(NOTICE, ends=date(2027, 5, 11)), DURING, ""),
        ("termination", replace(NOTICE, ends=DURING), DURING, "past"),
    ],
)
def test_what_can_be_drafted_on_which_day(kind, asked, today, code):
    assert change_kind(kind).fault(STAY, asked, today, chain.NOTICE) == code


def test_until_when_an_ending_can_be_signed():
    ended = change_kind("withdrawal").changed(STAY, NOTICE)
    assert change_kind("withdrawal").latest_signature(ended, is_joint=False, notice=chain.NOTICE) == date(2027, 5, 11)
    assert change_kind("withdrawal").latest_signature(ended, is_joint=True, notice=chain.NOTICE) == date(2027, 6, 9)
    assert change_kind("extension").latest_signature(ended, is_joint=True, notice=chain.NOTICE) is None


def test_what_a_change_is_about_and_whether_it_asks_for_more():
    def about(kind, asked):
        after = change_kind(kind).changed(STAY, asked)
        return topics(STAY, after, asked.text), is_more(STAY, after)

    assert about("extension", Proposal(ends=OCTOBER)) == ({"dates"}, True)
    assert about("amendment", Proposal(ends=JUNE, text="x")) == ({"dates", "text"}, False)
    assert about("amendment", Proposal(desks=3, people=())) == ({"desks", "people"}, True)
    assert about("withdrawal", Proposal(reason="x")) == ({"end"}, False)


def test_facts_and_proposals_are_read_as_they_were_written():
    assert facts_said(STAY).facts == STAY
    for asked in (Proposal(), Proposal(people=()), NOTICE, Proposal(MARCH, JUNE, 3, (ANA,), "t", "r")):
        assert proposal_of(proposal_as_json(asked)) == asked
