"""Reports: when they open and are due, what their questions take, what their figures add up to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from corridor.domain.life.reports import (
    ALL_REPORTS,
    Figure,
    PromisedTime,
    add_up,
    as_data,
    as_promised,
    form_of,
    promised_days,
    promised_times,
    question_of,
    read_answer,
    told,
    window,
)
from toolkit import typed_data

QUESTION = {"code": "jobs", "label": {"en": "Jobs"}, "kind": "whole", "is_required": True}
FORM = {"code": "a", "title": {"en": "A"}, "side": "team", "anchor": "start", "opens_days": 0, "due_days": 10}


def form(**values):
    return form_of({**FORM, "questions": [QUESTION], **values}, ["team", "host"])


@pytest.mark.parametrize(
    ("values", "opens", "due"),
    [
        ({}, "2026-08-31", "2026-09-10"),
        ({"months": 1}, "2026-09-30", "2026-10-10"),
        ({"anchor": "middle", "opens_days": -15}, "2026-11-15", "2026-12-10"),
        ({"anchor": "end", "months": 12}, "2028-02-28", "2028-03-09"),
        ({"anchor": "end", "months": 24}, "2029-02-28", "2029-03-10"),
    ],
)
def test_windows_of_a_stay_from_31_august_to_28_february(values, opens, due):
    found = window(form(**values), date(2026, 8, 31), date(2027, 2, 28))
    assert [day.isoformat() for day in found] == [opens, due]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("whole", "12", 12),
        ("whole", "1 200", 1200),
        ("whole", "", None),
        ("money", "1 200,50", "1200.50"),
        ("money", "0", "0"),
        ("money", "999 999 999 999,99", "999999999999.99"),
        ("text", "=1+1", "=1+1"),
        ("text", "no\0thing", "nothing"),  # no database keeps a NUL in JSON
    ],
)
def test_answers_that_are_taken(kind, typed, value):
    assert read_answer(question_of({**QUESTION, "kind": kind}), typed, False) == value


@pytest.mark.parametrize(
    ("kind", "typed", "problem"),
    [
        ("whole", "1.5", "whole"),
        ("whole", "-1", "whole"),
        ("whole", "many", "whole"),
        ("whole", " ", "required"),
        ("money", "NaN", "money"),
        ("money", "1e99", "money"),
        ("money", "1000000000000", "money"),
        ("money", "1.005", "money"),
        ("text", "x" * 4001, "long"),
    ],
)
def test_answers_that_are_not(kind, typed, problem):
    with pytest.raises(ValueError, match=problem):
        read_answer(question_of({**QUESTION, "kind": kind}), typed, True)


@pytest.mark.parametrize(
    "wrong",
    [{"side": "mayor"}, {"anchor": "never"}, {"opens_days": 20}, {"questions": []}, {"questions": [QUESTION] * 2}],
)
def test_forms_that_make_no_sense(wrong):
    with pytest.raises(ValueError):
        form(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "money", "unit": "euros"},
        {"kind": "text", "term": "revenue"},
        {"kind": "whole", "term": "happiness"},
        {"kind": "choice"},
    ],
)
def test_questions_that_make_no_sense(wrong):
    with pytest.raises(ValueError):
        question_of({**QUESTION, **wrong})


@pytest.mark.parametrize("wrong", [{"code": "two words"}, {"label": {}}, {"label": {"en": "", "fr": ""}}])
def test_a_question_without_a_code_or_a_label_is_refused(wrong):
    with pytest.raises(ValueError, match="^a question needs a code of letters and a label$"):
        question_of({**QUESTION, **wrong})


def test_a_question_is_read_with_its_help():
    asked = question_of({**QUESTION, "help": {"en": "In full-time equivalents", "fr": "En équivalents temps plein"}})
    assert asked.help == {"en": "In full-time equivalents", "fr": "En équivalents temps plein"}
    assert question_of(QUESTION).help == {}


def test_a_figure_is_asked_once_in_a_report():
    again = {**QUESTION, "code": "more_jobs", "term": "jobs_full_time"}
    with pytest.raises(ValueError, match="figure twice"):
        form(questions=[{**QUESTION, "term": "jobs_full_time"}, again])


def test_a_form_is_data_and_back():
    made = form(questions=[QUESTION, {**QUESTION, "code": "revenue", "kind": "money", "unit": "CAD"}])
    assert form_of(as_data(made), ["team"]) == made


def test_what_nobody_answered_stays_out_of_the_sums_and_currencies_apart():
    def asked(unit):
        money = {**QUESTION, "code": "turnover", "kind": "money", "unit": unit, "term": "revenue"}
        choices = {code: {"en": code} for code in ("operating", "acquired", "closed")}
        return {"questions": [
            {**QUESTION, "code": "jobs_full_time"}, money, {**QUESTION, "code": "desks"},
            {**QUESTION, "code": "survival", "kind": "choice", "choices": choices},
        ]}  # fmt: skip

    filed = [
        told(asked("EUR"), {"jobs_full_time": 3, "turnover": "1200.50", "survival": "operating", "desks": 9}),
        told(asked("CAD"), {"jobs_full_time": 2, "turnover": "100", "survival": "closed"}),
        told(asked("EUR"), {"survival": "acquired"}),
        told(asked("EUR"), {}),
    ]
    found = add_up("final", 6, filed)
    jobs, euros, dollars = Figure("jobs_full_time"), Figure("revenue", "EUR"), Figure("revenue", "CAD")
    assert found.totals == {jobs: Decimal(5), euros: Decimal("1200.50"), dollars: Decimal(100)}
    assert found.answered == {jobs: 2, euros: 1, dollars: 1}
    assert (found.owed, found.filed, found.alive, found.said) == (6, 4, 2, 3)


class TestWhatAnAgreementPromises:
    """A first and a final report of the team, one of its own, and a final one of the host; 1 March to 31 August."""

    SPAN = (date(2027, 3, 1), date(2027, 9, 1))
    FIRST = form(code="baseline", due_days=14)
    FINAL = form(code="final", anchor="end", opens_days=-7, due_days=30)
    OTHER = form(code="diary", months=2)
    OF_HOST = form(code="mid_term", side="host")
    FORMS = (FIRST, FINAL, OTHER, OF_HOST)

    def test_the_days_that_it_prints_are_those_of_the_reports_that_are_asked_of_the_team(self):
        assert promised_days(self.FORMS, *self.SPAN) == {
            "report_start": date(2027, 3, 15),
            "report_final": date(2027, 10, 1),
        }

    def test_a_stay_keeps_the_times_of_what_was_printed(self):
        final = PromisedTime("final", anchor="end", months=0, opens_days=-7, due_days=30)
        assert promised_times(self.FORMS, {"report_final", "report_year_one"}) == (final,)
        assert [row.code for row in promised_times(self.FORMS, {ALL_REPORTS})] == ["baseline", "final", "diary"]

    def test_what_was_signed_holds_whatever_is_set_later_and_only_for_the_team(self):
        kept = promised_times([self.FINAL, form(code="mid_term", due_days=3)], {"report_final", "report_middle"})
        later = [form(code="final", months=1, due_days=5), self.OF_HOST, self.FIRST]
        assert as_promised(later, typed_data.as_data(kept)) == [self.FINAL, self.OF_HOST, self.FIRST]


def test_a_form_is_read_with_all_that_it_says():
    question = {**QUESTION, "kind": "choice", "help": {"en": "Full time"}, "choices": {"x": {"en": "X"}}}
    found = form_of({**FORM, "months": 2, "questions": [question]}, ["team", "host"])
    assert (found.code, found.title, found.side) == ("a", {"en": "A"}, "team")
    assert (found.anchor, found.months, found.opens_days, found.due_days) == ("start", 2, 0, 10)
    [asked] = found.questions
    assert (asked.code, asked.label, asked.kind, asked.is_required) == ("jobs", {"en": "Jobs"}, "choice", True)
    assert (asked.help, asked.choices) == ({"en": "Full time"}, {"x": {"en": "X"}})


def test_what_was_signed_holds_for_the_team_s_report_and_for_no_other():
    """Signed: due after 20 days; since then the programme's forms say 10. The host's report was not promised."""
    signed = [{"code": "a", "anchor": "end", "months": 1, "opens_days": -5, "due_days": 20, "kept": "since"}]
    team, host, other = form(), form(side="host"), form(code="b")
    assert as_promised([team, host, other], signed) == [
        replace(team, anchor="end", months=1, opens_days=-5, due_days=20), host, other,
    ]  # fmt: skip
