"""Categories and questions of an edition. What a team has answered stays asked."""

from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from contest.checks import require_organiser
from contest.editions.services.editions import announce_rules_change
from contest.kinds.question_kinds import QUESTION_KINDS
from contest.models import Answer, Category, Edition, Entry, Question
from contest.states import Phase
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal

ASKED = ("code", "text", "help", "kind", "choices", "max_chars", "is_required", "names_team", "order")


@transaction.atomic
def save_category(
    *, by: User, edition: Edition, category: Category | None = None, code: str, name: Any, order: int = 0
) -> Category:
    """Adds or renames a category."""
    require_organiser(by)
    edition = _held(edition)
    twins = Category.objects.filter(edition=edition, code=code)
    if (twins.exclude(pk=category.pk) if category else twins).exists():
        raise Refusal(_("Another category has this code."), code="category.code", field="code", status=422)
    category = category or Category(edition=edition)
    category.code, category.name, category.order = code, name, order
    category.save()
    record_event(by=by, verb="save", thing=category, after={"edition": edition.slug, "code": code, "order": order})
    return category


@transaction.atomic
def remove_category(*, by: User, category: Category) -> None:
    """Removes a category that no entry has chosen."""
    require_organiser(by)
    _held(category.edition)
    if Entry.objects.filter(category=category).exists():
        raise Refusal(_("Entries have chosen this category: it stays."), code="category.used")
    record_event(by=by, verb="remove", thing=category, before={"code": category.code})
    category.delete()


@transaction.atomic
def save_question(*, by: User, edition: Edition, question: Question | None = None, **fields: Any) -> Question:
    """Adds or changes a question; `fields` are those of ASKED, the others keep their value.

    Once the call is open a change is a new version of the rules, told to all entrants; a question added then can't be
    required, one that was optional can't become so, and an answered one keeps its kind and its room.
    """
    require_organiser(by)
    unknown = set(fields) - set(ASKED)
    if unknown:
        raise TypeError(f"not part of a question: {', '.join(sorted(unknown))}")
    edition = _held(edition)
    made = question is None
    question = (
        locked(Question.objects.filter(pk=question.pk, edition=edition)).get()
        if question
        else Question(edition=edition)
    )
    kept = {name: getattr(question, name) for name in ASKED}
    for name, value in fields.items():
        setattr(question, name, value)
    _require_sound(question)
    is_open = edition.phase != Phase.UPCOMING and not edition.is_archive
    if is_open:
        _require_fair(question, kept, made)
    changed = [name for name in ASKED if made or str(kept[name]) != str(getattr(question, name))]
    question.save()
    record_event(
        by=by, verb="save", thing=question, after={"edition": edition.slug, "code": question.code, "changed": changed}
    )
    if is_open and edition.is_public and set(changed) - {"order", "names_team"}:
        announce_rules_change(
            by=by,
            edition=edition,
            what=[f"question:{question.code}"],
            labels=[lazy(_label, str)(question)],
        )
    return question


def _label(question: Question) -> str:
    return _("question “%(text)s”") % {"text": question.text}


@transaction.atomic
def remove_question(*, by: User, question: Question) -> None:
    """Removes a question that nobody has answered."""
    require_organiser(by)
    _held(question.edition)
    if Answer.objects.filter(question=question).exclude(value="").exists():
        raise Refusal(_("Teams have answered this question: it stays."), code="question.answered")
    record_event(by=by, verb="remove", thing=question, before={"code": question.code})
    Answer.objects.filter(question=question).delete()
    question.delete()


def _held(edition: Edition) -> Edition:
    edition = locked(Edition.objects.filter(pk=edition.pk)).get()
    if edition.is_archive:
        raise Refusal(_("An archive holds published facts only and is not changed here."), code="edition.archive")
    return edition


def _require_sound(question: Question) -> None:
    same = Question.objects.filter(edition=question.edition, code=question.code).exclude(pk=question.pk)
    if not question.code or same.exists():
        raise Refusal(_("Another question has this code."), code="question.code", field="code", status=422)
    if not str(question.text).strip():
        raise Refusal(_("Write the question."), code="question.text", field="text", status=422)
    if question.max_chars < 1:
        raise Refusal(_("Leave room for at least one character."), code="question.max", field="max_chars", status=422)
    field, sentence = QUESTION_KINDS.ask(question.kind, field="kind").refused(question)
    if sentence:
        raise Refusal(sentence, code=f"question.{field}", field=field, status=422)


def _require_fair(question: Question, kept: dict[str, Any], made: bool) -> None:
    """What may still change while teams are answering, or have answered."""
    if question.is_required and (made or not kept["is_required"]):
        raise Refusal(
            _("The call is open: a new question can only be optional."),
            code="question.required_late",
            field="is_required",
        )
    if made or not Answer.objects.filter(question=question).exclude(value="").exists():
        return
    if question.kind != kept["kind"]:
        raise Refusal(_("Teams have answered: the kind stays."), code="question.kind_late", field="kind")
    if question.max_chars < kept["max_chars"]:
        raise Refusal(_("Teams have answered: the room can only grow."), code="question.max_late", field="max_chars")
    if {choice["code"] for choice in kept["choices"]} - {choice["code"] for choice in question.choices}:
        raise Refusal(
            _("Teams have answered: choices can only be added."), code="question.choices_late", field="choices"
        )
