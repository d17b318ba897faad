"""What a dossier still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from contest.models import Dossier


@dataclass(frozen=True)
class Missing:
    """A part that a dossier has to hold: its form field, its label, and the step on which it is filled in."""

    field: str
    label: str
    step: str


def missing_values(asked: Iterable[tuple[str, str, str, Any]]) -> list[Missing]:
    """Of (field, label, step, value) those without a value."""
    return [Missing(field, label, step) for field, label, step, value in asked if not value]


def missing_answers(row: Dossier, questions: QuerySet[Any], step: str) -> list[Missing]:
    """Required questions that nobody answered. Two queries."""
    answered = set(row.answers.exclude(value="").values_list("question_id", flat=True))
    required = questions.filter(is_required=True).exclude(pk__in=answered)
    return [Missing(f"question_{one.pk}", str(one), step) for one in required]
