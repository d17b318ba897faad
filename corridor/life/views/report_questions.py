"""The questions of a report as rows that a page shows."""

from collections.abc import Mapping
from typing import Any

from i18nfield.strings import LazyI18nString

from corridor.domain.life.reports import Form
from corridor.life.kinds.report_answers import ANSWER_KINDS


def question_rows(
    form: Form,
    answers: Mapping[str, Any],
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """The questions with what was answered, what is typed instead, and what is wrong with it."""
    rows = []
    for question in form.questions:
        stored = answers.get(question.code)
        value = typed.get(question.code, "") if typed is not None else "" if stored is None else str(stored)
        choices = [(code, LazyI18nString(dict(label))) for code, label in question.choices.items()]
        rows.append(
            {
                "code": question.code,
                "label": LazyI18nString(dict(question.label)),
                "help": LazyI18nString(dict(question.help)) if question.help else "",
                "kind": ANSWER_KINDS[question.kind],
                "unit": question.unit,
                "is_required": question.is_required,
                "choices": choices,
                "value": value,
                "said": next((label for code, label in choices if code == stored), stored),
                "kept": stored if typed is not None and stored is not None and str(stored) != value else None,
                "problem": (problems or {}).get(question.code, ""),
            }
        )
    return rows
