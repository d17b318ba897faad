"""What an edition asks of its teams."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from contest.checks import require_organiser
from contest.editions.services.editions import announce_rules_change
from contest.models import Edition, Question
from contest.questions.services.asking import Asking
from contest.states import Phase
from network.models import User
from toolkit.locks import locked
from toolkit.refusals import Refusal


def held_edition(by: User, edition: Edition) -> Edition:
    """The edition, locked. Inside a transaction only. Raises Forbidden, and Refusal for an archive."""
    require_organiser(by)
    edition = locked(Edition.objects.filter(pk=edition.pk)).get()
    if edition.is_archive:
        raise Refusal(_("An archive holds published facts only and is not changed here."), code="edition.archive")
    return edition


class EditionQuestions(Asking[Edition, Question]):
    """Once the call is open a change is a new version of the rules, told to all entrants.

    A question added then can't be required, and one that was optional can't become so.
    """

    asked = (*Asking.asked, "names_team")

    def held(self, by: User, whole: Edition) -> Edition:
        return held_edition(by, whole)

    def whole_of(self, question: Question) -> Edition:
        return question.edition

    def rows(self, whole: Edition) -> QuerySet[Question]:
        return Question.objects.filter(edition=whole)

    def begun(self, whole: Edition) -> Question:
        return Question(edition=whole)

    def told(self, whole: Edition) -> dict[str, Any]:
        return {"edition": whole.slug}

    def say(self, code: str) -> str:
        return {
            "answered": _("Teams have answered this question: it stays."),
            "kind_late": _("Teams have answered: the kind stays."),
            "max_late": _("Teams have answered: the room can only grow."),
            "choices_late": _("Teams have answered: choices can only be added."),
        }[code]

    def require_fair(self, whole: Edition, question: Question, kept: Mapping[str, Any], *, is_new: bool) -> None:
        if whole.phase != Phase.UPCOMING and question.is_required and (is_new or not kept["is_required"]):
            sentence = _("The call is open: a new question can only be optional.")
            raise Refusal(sentence, code="question.required_late", field="is_required")

    def saved(self, by: User, whole: Edition, question: Question, changed: list[str]) -> None:
        if whole.phase != Phase.UPCOMING and whole.is_public and set(changed) - {"order", "names_team"}:
            what, labels = [f"question:{question.code}"], [lazy(_label, str)(question)]
            announce_rules_change(by=by, edition=whole, what=what, labels=labels)


def _label(question: Question) -> str:
    return _("question “%(text)s”") % {"text": question.text}


QUESTIONS = EditionQuestions()


def save_question(*, by: User, edition: Edition, question: Question | None = None, **fields: Any) -> Question:
    """Adds or changes a question of the edition. Raises Refusal for what may not change any more."""
    return QUESTIONS.save(by=by, whole=edition, question=question, **fields)


def remove_question(*, by: User, question: Question) -> None:
    """Raises Refusal for a question that was answered."""
    QUESTIONS.remove(by=by, question=question)
