"""Saving what a team writes. A save carries the version that it started from: a stale one is shown, never applied."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from contest.checks import held, require_call_open, require_team
from contest.domain.answers import Fault, is_address, tidy
from contest.entries.services.entries import mark_submitted
from contest.entries.services.facts import missing_of
from contest.models import Answer, Entry, Question
from contest.models.entries import SUMMARY_LIMIT, TITLE_LIMIT
from contest.questions.words import say_fault
from contest.states import EntryState
from network.models import User
from network.services import record_event
from toolkit.refusals import Refusal

WRITTEN = ("title", "summary", "language", "category", "video_url")


class StaleEntry(Refusal):
    """Somebody saved the entry after this form was opened. `entry` is what is kept now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            _(
                "The entry was saved elsewhere since you opened this page. Both texts are on this page: choose, "
                "then save again."
            ),
            code="entry.stale",
        )
        self.entry = entry


@transaction.atomic
def save_draft(
    *, by: User, entry: Entry, version: int, values: dict[str, Any] | None = None, answers: dict[int, str] | None = None
) -> Entry:
    """Saves the parts given and leaves the others. A submitted entry must stay whole,
    and is submitted again by the save.

    `values` takes title, summary, language, category (a Category or None) and video_url; `answers` text by question id.
    Raises StaleEntry when `version` is not the entry's (unless nothing would change), Refusal for a bad value or
    outside the call.
    """
    entry = held(entry)
    require_team(by, entry)
    changed = _changed_values(entry, values or {})
    texts = _changed_answers(entry, answers or {})
    if not changed and not texts:
        return entry
    if version != entry.version:
        raise StaleEntry(entry)
    require_call_open(entry.edition)
    if entry.state in (EntryState.NOMINATED, EntryState.WITHDRAWN):
        raise Refusal(
            _("This entry can't be changed any more: the state is “%(state)s”.") % {"state": entry.get_state_display()},
            code="entry.fixed",
        )
    _require_values(entry, changed)
    _require_answers(entry, texts)
    for name, value in changed.items():
        setattr(entry, name, value)
    for question_id, text in texts.items():
        Answer.objects.update_or_create(entry=entry, question_id=question_id, defaults={"value": text})
    touch(by=by, entry=entry, parts=[*changed, *(f"question_{pk}" for pk in texts)])
    return entry


def touch(*, by: User, entry: Entry, parts: list[str]) -> None:
    """Counts one more version and records which parts changed; for services that hold the entry's lock."""
    entry.version += 1
    entry.save()
    record_event(by=by, verb="save", thing=entry, after={"version": entry.version, "parts": parts})
    if entry.was_sent:
        missing = missing_of(entry)
        if missing:
            raise Refusal(
                _("Your entry is submitted and has to stay whole. This would be missing: %(parts)s")
                % {"parts": "; ".join(part.label for part in missing)},
                code="entry.incomplete",
                field=missing[0].field,
                status=422,
            )
        mark_submitted(by=by, entry=entry, rules_version=entry.rules_version)


def _changed_values(entry: Entry, values: dict[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(WRITTEN)
    if unknown:
        raise TypeError(f"not written by a team: {', '.join(sorted(unknown))}")
    tidied = {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}
    return {name: value for name, value in tidied.items() if getattr(entry, name) != value}


def _changed_answers(entry: Entry, answers: dict[int, str]) -> dict[int, str]:
    kept = dict(Answer.objects.filter(entry=entry, question_id__in=answers).values_list("question_id", "value"))
    tidied = {question_id: tidy(text) for question_id, text in answers.items()}
    return {question_id: text for question_id, text in tidied.items() if kept.get(question_id, "") != text}


def _require_values(entry: Entry, values: dict[str, Any]) -> None:
    for name, limit in (("title", TITLE_LIMIT), ("summary", SUMMARY_LIMIT)):
        if len(values.get(name, "")) > limit:
            fault = Fault("too_long", limit=limit, length=len(values[name]))
            raise Refusal(say_fault(fault), code=f"entry.{name}", field=name, status=422)
    if values.get("video_url") and not is_address(values["video_url"]):
        raise Refusal(say_fault(Fault("not_an_address")), code="entry.video", field="video_url", status=422)
    if values.get("language", "en") not in dict(settings.LANGUAGES):
        raise Refusal(_("This language is not offered."), code="entry.language", field="language", status=422)
    category = values.get("category")
    if category is not None and category.edition_id != entry.edition_id:
        raise Refusal(_("Choose a category of this edition."), code="entry.category", field="category", status=422)


def _require_answers(entry: Entry, texts: dict[int, str]) -> None:
    questions = {question.pk: question for question in Question.objects.filter(edition=entry.edition_id)}
    for question_id, text in texts.items():
        question = questions.get(question_id)
        if question is None:
            raise Refusal(_("This edition does not ask that question."), code="entry.question", status=422)
        fault = question.fault_in(text)
        if fault:
            raise Refusal(fault, code="entry.answer", field=f"question_{question_id}", status=422)
