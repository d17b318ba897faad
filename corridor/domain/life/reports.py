"""Reports as data: which are owed when, what their questions accept, what their figures add up to. Pure.

The figures follow the International (then National) Business Incubation Association's suggested metrics: full-time jobs
are those of 32 hours a week or more; a baseline at entry, then the same figures again, also after leaving. A question
says by its `term` which figure it asks, and by its `unit` (an ISO 4217 code for money) in what; only answers to one
term in one unit are added.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from corridor.domain.calendar.spans import add_months
from corridor.domain.life.stages import middle

ANCHORS = ("start", "middle", "end")
GUEST_SIDE = "team"  # that of the guest, whom an agreement binds to its reports
LONGEST_TEXT = 4000
MOST = Decimal(10) ** 12
CURRENCY = re.compile(r"[A-Z]{3}")
USUAL_CURRENCY = "EUR"


@dataclass(frozen=True)
class Question:
    """`label` and `help` are {language: text}; `choices` are {code: {language: text}} of a choice.

    `unit` is what a number counts (a currency for money), `term` the figure that is asked; either may be empty.
    """

    code: str
    label: Mapping[str, str]
    kind: str
    is_required: bool
    help: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    unit: str = ""
    term: str = ""


class AnswerKind(Protocol):
    """How a question is answered, as far as reading goes (corridor.life.kinds.answers): see there."""

    @property
    def usual_unit(self) -> str: ...

    def fault_of(self, question: Question) -> str: ...

    def read(self, question: Question, typed: str) -> int | str: ...


class FigureKind(Protocol):
    """What is added up, or of whom is counted who lives on (corridor.life.kinds.figures): see there."""

    @property
    def answered_by(self) -> str: ...

    @property
    def alive(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Kinds:
    """Kinds of answers and figures by their code; asking for one that nobody knows raises what the mapping raises."""

    answers: Mapping[str, AnswerKind]
    figures: Mapping[str, FigureKind]


_given: list[Kinds] = []


def know_kinds(kinds: Kinds) -> None:
    """Says where kinds are found; what holds them says so when it starts."""
    _given[:] = [kinds]


def kinds_known() -> Kinds:
    """The kinds last said by `know_kinds`. Raises IndexError before anybody has."""
    return _given[0]


def is_summed(term: str) -> bool:
    """Whether a question's term is a figure that is added up."""
    return bool(term) and not kinds_known().figures[term].alive


@dataclass(frozen=True)
class Form:
    """A report: opens and is due so many days after `months` months from the stay's start, middle or end."""

    code: str
    title: Mapping[str, str]
    side: str
    anchor: str
    months: int
    opens_days: int
    due_days: int
    questions: tuple[Question, ...]


def choices_of(given: Mapping[str, Mapping[str, str]] | Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """{code: {language: text}} in the order given: of a mapping, as files have it, or of rows {code, label},
    as databases keep it."""
    rows = given.items() if isinstance(given, Mapping) else ((row["code"], row["label"]) for row in given)
    return {str(code): dict(label) for code, label in rows}


def question_of(values: Mapping[str, Any]) -> Question:
    """Reads a question; one that says no term asks the figure of its code. Raises ValueError naming what is wrong,
    KeyError for what is missing, and what the mappings raise for a kind or a figure that nobody knows."""
    code, kind = str(values["code"]), str(values["kind"])
    known = kinds_known()
    made = Question(
        code,
        dict(values["label"]),
        kind,
        bool(values.get("is_required", False)),
        dict(values.get("help", {})),
        choices_of(values.get("choices", {})),
        str(values.get("unit", known.answers[kind].usual_unit)),
        str(values.get("term", code if code in known.figures else "")),
    )
    if not made.code.isidentifier() or not any(made.label.values()):
        raise ValueError("a question needs a code of letters and a label")
    if fault := known.answers[kind].fault_of(made):
        raise ValueError(f"question {made.code}: {fault}")
    if made.term and known.figures[made.term].answered_by != kind:
        raise ValueError(f"question {made.code}: {made.term} is not answered by {kind}")
    return made


def form_of(values: Mapping[str, Any], sides: Iterable[str]) -> Form:
    """Reads a form. Raises ValueError naming what is wrong, and whatever question_of raises."""
    questions = tuple(question_of(row) for row in values["questions"])
    made = Form(
        str(values["code"]),
        dict(values["title"]),
        str(values["side"]),
        str(values["anchor"]),
        int(values.get("months", 0)),
        int(values["opens_days"]),
        int(values["due_days"]),
        questions,
    )
    if made.side not in sides or made.anchor not in ANCHORS:
        raise ValueError(f"report {made.code}: unknown side or anchor")
    if made.opens_days > made.due_days:
        raise ValueError(f"report {made.code}: due before it opens")
    if not questions or len({question.code for question in questions}) != len(questions):
        raise ValueError(f"report {made.code}: no question, or the same question twice")
    terms = [question.term for question in questions if question.term]
    if len(set(terms)) != len(terms):
        raise ValueError(f"report {made.code}: the same figure twice")
    return made


def as_data(form: Form) -> dict[str, Any]:
    """The form as `form_of` reads it."""
    return {**vars(form), "title": dict(form.title), "questions": [_question_data(row) for row in form.questions]}


def _question_data(question: Question) -> dict[str, object]:
    # As rows: PostgreSQL keeps the order of a list, and sorts the keys of an object its own way.
    choices = [{"code": code, "label": dict(label)} for code, label in question.choices.items()]
    return {**vars(question), "label": dict(question.label), "help": dict(question.help), "choices": choices}


def window(form: Form, starts: date, ends: date) -> tuple[date, date]:
    """(the day from which the report can be filled in, the day by which it is due)."""
    anchors = {"start": starts, "middle": middle(starts, ends), "end": ends}
    day = add_months(anchors[form.anchor], form.months)
    return day + timedelta(days=form.opens_days), day + timedelta(days=form.due_days)


# The days that agreements print, and the report of the guest's side that is due then.
PROMISED = {
    "report_start": "baseline",
    "report_first": "month_1",
    "report_middle": "mid_term",
    "report_final": "final",
    "report_year_one": "year_1",
    "report_year_two": "year_2",
}


ALL_REPORTS = "reports"  # the placeholder of a list: every report of the guest's side, by its title and day
# What says on which day a report is due, of a stay that has its own dates.
TIMES = ("anchor", "months", "opens_days", "due_days")


def promised_days(forms: Iterable[Form], starts: date, ends: date) -> dict[str, date]:
    """The days that an agreement prints are those on which reminders count: {placeholder: due day}, none for a report
    that the programme's `forms` don't ask."""
    due = {form.code: window(form, starts, ends)[1] for form in forms if form.side == GUEST_SIDE}
    return {name: due[code] for name, code in PROMISED.items() if code in due}


@dataclass(frozen=True)
class PromisedTime:
    """A report of the guest's side that an agreement prints, and when it is due: see Form."""

    code: str
    anchor: str
    months: int
    opens_days: int
    due_days: int


def promised_times(forms: Iterable[Form], printed: Container[str]) -> tuple[PromisedTime, ...]:
    """The reports whose placeholders are `printed`: what a stay keeps."""
    said = {form.code: form for form in forms if form.side == GUEST_SIDE}
    named = said if ALL_REPORTS in printed else (code for name, code in PROMISED.items() if name in printed)
    asked = [said[code] for code in named if code in said]
    return tuple(PromisedTime(one.code, one.anchor, one.months, one.opens_days, one.due_days) for one in asked)


def as_promised(forms: Iterable[Form], times: Iterable[Mapping[str, Any]]) -> list[Form]:
    """`forms` with the days that were signed, whatever was set since."""
    signed = {row["code"]: {key: row[key] for key in TIMES} for row in times}
    return [replace(one, **signed.get(one.code, {})) if one.side == GUEST_SIDE else one for one in forms]


def read_answer(question: Question, typed: str, complete: bool) -> Any:
    """The value of what was typed: int, Decimal in text, text, choice; None when empty.

    Raises ValueError with `required`, or a problem of the question's kind. `complete` asks for required answers.
    """
    typed = typed.replace("\0", "").strip()  # which no database keeps
    if not typed:
        if complete and question.is_required:
            raise ValueError("required")
        return None
    return kinds_known().answers[question.kind].read(question, typed)


def read_number(typed: str, *, places: int) -> Decimal | None:
    """A number of 0 or more with so many decimals at most; None where it is none. Spaces between digits don't count."""
    plain = typed.replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "").replace(" ", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    if not value.is_finite() or value < 0 or value >= MOST or value != round(value, places):
        return None
    return value


@dataclass(frozen=True, order=True)
class Figure:
    """What is added up: a term in a unit."""

    term: str
    unit: str = ""


def told(asked: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[Figure, Any]:
    """{figure: answer} of a filed report, by the form that it was asked with; answers as read_answer gave them. Raises
    whatever question_of raises."""
    questions = [question_of(row) for row in asked["questions"]]
    found = [(question, answers.get(question.code)) for question in questions if question.term]
    return {Figure(question.term, question.unit): answer for question, answer in found if answer is not None}


@dataclass(frozen=True)
class Sum:
    """Figures of one report over many stays: `filed` of `owed`; totals of each figure and of how many said it."""

    code: str
    owed: int
    filed: int
    totals: Mapping[Figure, Decimal]
    answered: Mapping[Figure, int]
    alive: int
    said: int


def add_up(code: str, owed: int, rows: Iterable[Mapping[Figure, Any]]) -> Sum:
    """Adds what filed reports told (see `told`). What nobody answered stays out of the totals;
    units are never mixed."""
    rows = list(rows)
    totals: dict[Figure, Decimal] = {}
    answered: dict[Figure, int] = {}
    for row in rows:
        for figure, value in row.items():
            if is_summed(figure.term):
                totals[figure] = totals.get(figure, Decimal(0)) + Decimal(str(value))
                answered[figure] = answered.get(figure, 0) + 1
    lives = kinds_known().figures
    said = [
        value in lives[figure.term].alive for row in rows for figure, value in row.items() if lives[figure.term].alive
    ]
    return Sum(code, owed, len(rows), totals, answered, sum(said), len(said))
