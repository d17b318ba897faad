"""Reports as data: which are owed when, what their questions accept, what their figures add up to. Pure.

The figures follow the International (then National) Business Incubation Association's suggested metrics: full-time jobs are
those of 32 hours a week or more; a baseline at entry, then the same figures again, also after leaving.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from corridor.domain.calendar import add_months
from corridor.domain.life import middle

KINDS = ("whole", "money", "text", "choice")
ANCHORS = ("start", "middle", "end")
LONGEST_TEXT = 4000
MOST = Decimal(10) ** 12
# Figures that dashboards add up, in their order; a programme's forms ask them by these codes.
FIGURES = (
    "jobs_full_time",
    "jobs_part_time",
    "revenue",
    "capital_raised",
    "intellectual_property",
    "partnerships",
)
SURVIVAL = "survival"
ALIVE = ("operating", "merged", "acquired")


@dataclass(frozen=True)
class Question:
    """`label` and `help` are {language: text}; `choices` are {code: {language: text}} of a choice."""

    code: str
    label: Mapping[str, str]
    kind: str
    is_required: bool
    help: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]


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


def question_of(values: Mapping[str, Any]) -> Question:
    """Reads a question. Raises ValueError naming what is wrong."""
    made = Question(
        str(values["code"]),
        dict(values["label"]),
        str(values["kind"]),
        bool(values.get("is_required", False)),
        dict(values.get("help", {})),
        {code: dict(label) for code, label in values.get("choices", {}).items()},
    )
    if not made.code.isidentifier() or not any(made.label.values()):
        raise ValueError("a question needs a code of letters and a label")
    if made.kind not in KINDS or (made.kind == "choice") != bool(made.choices):
        raise ValueError(f"question {made.code}: unknown kind, or choices that do not fit it")
    return made


def form_of(values: Mapping[str, Any], sides: Iterable[str]) -> Form:
    """Reads a form. Raises ValueError naming what is wrong."""
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
    return made


def window(form: Form, starts: date, ends: date) -> tuple[date, date]:
    """(the day from which the report can be filled in, the day by which it is due)."""
    anchors = {"start": starts, "middle": middle(starts, ends), "end": ends}
    day = add_months(anchors[form.anchor], form.months)
    return day + timedelta(days=form.opens_days), day + timedelta(days=form.due_days)


def read_answer(question: Question, typed: str, complete: bool) -> Any:
    """The value of what was typed: int, Decimal in text, text, choice; None when empty.

    Raises ValueError with one of required, whole, money, long, choice. `complete` asks for required answers.
    """
    typed = typed.strip()
    if not typed:
        if complete and question.is_required:
            raise ValueError("required")
        return None
    if question.kind == "text":
        if len(typed) > LONGEST_TEXT:
            raise ValueError("long")
        return typed
    if question.kind == "choice":
        if typed not in question.choices:
            raise ValueError("choice")
        return typed
    return _read_number(question.kind, typed)


def _read_number(kind: str, typed: str) -> int | str:
    plain = typed.replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "").replace(" ", "")
    try:
        value = Decimal(plain.replace(",", ".") if kind == "money" else plain)
    except InvalidOperation:
        raise ValueError(kind) from None
    if not value.is_finite() or value < 0 or value >= MOST:
        raise ValueError(kind)
    if value != round(value, 0 if kind == "whole" else 2):
        raise ValueError(kind)
    return int(value) if kind == "whole" else format(value, "f")


@dataclass(frozen=True)
class Sum:
    """Figures of one report over many stays: `filed` of `owed`; totals of each figure and of how many said it."""

    code: str
    owed: int
    filed: int
    totals: Mapping[str, Decimal]
    answered: Mapping[str, int]
    alive: int
    said: int


def add_up(code: str, owed: int, answers: Iterable[Mapping[str, Any]]) -> Sum:
    """Adds the filed answers of a report. What nobody answered stays out of the totals."""
    rows = list(answers)
    totals, answered = {}, {}
    for figure in FIGURES:
        values = [Decimal(str(row[figure])) for row in rows if row.get(figure) is not None]
        answered[figure] = len(values)
        if values:
            totals[figure] = sum(values, Decimal(0))
    said = [row[SURVIVAL] for row in rows if row.get(SURVIVAL)]
    alive = sum(value in ALIVE for value in said)
    return Sum(code, owed, len(rows), totals, answered, alive, len(said))
