"""Entries as rows of a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from contest.models import Edition, Entry, Question
from network.models import User
from toolkit.spreadsheets import Column, Kind, Sheet

if TYPE_CHECKING:
    from contest.reads.entries import EntryQuerySet


def entries_sheet(edition: Edition, user: User) -> Sheet:
    """The edition's entries that `user` knows by name, one a row, with every answer in a column of its own.
    Four queries."""
    questions = list(edition.questions.order_by("order", "pk"))
    entries = Entry.objects.known_to(user).filter(edition=edition)
    return Sheet(_("Entries"), entry_columns(questions), entry_rows(entries))


def entry_columns(questions: Sequence[Question]) -> list[Column]:
    return [
        Column("code", _("Code")),
        Column("startup", _("Start-up")),
        Column("city", _("City")),
        Column("country", _("Country")),
        Column("category", _("Category")),
        Column("state", _("State")),
        Column("place", _("Place"), Kind.WHOLE),
        Column("competing", _("Competing place"), Kind.WHOLE),
        Column("title", _("Title")),
        Column("summary", _("Pitch")),
        Column("language", _("Language")),
        Column("founded_on", _("Founded on"), Kind.DATE),
        Column("prototype", _("Prototype"), Kind.YES_NO),
        Column("video", _("Video")),
        Column("submitted_at", _("Submitted"), Kind.MOMENT),
        Column("sample", _("Sample"), Kind.YES_NO),
        *(Column(f"question_{question.pk}", str(question.text)) for question in questions),
    ]


def entry_rows(entries: EntryQuerySet) -> list[dict[str, object]]:
    """By city, place and code."""
    found = entries.with_people().prefetch_related("answers", "edition__questions").order_by("code")
    return sorted((_entry_row(entry) for entry in found), key=_order)


def _entry_row(entry: Entry) -> dict[str, object]:
    nomination = getattr(entry, "nomination", None)
    answers = {answer.question_id: answer.value for answer in entry.answers.all()}
    return {
        "code": entry.code,
        "startup": entry.startup.organisation.name,
        "city": entry.city.name if entry.city else None,
        "country": entry.city.country if entry.city else None,
        "category": str(entry.category) if entry.category else None,
        "state": entry.get_state_display(),
        "place": nomination.slot if nomination else None,
        "competing": nomination.competing_slot if nomination else None,
        "title": entry.title,
        "summary": entry.summary,
        "language": entry.language,
        "founded_on": entry.startup.founded_on,
        "prototype": entry.startup.has_prototype,
        "video": entry.video_url,
        "submitted_at": entry.submitted_at,
        "sample": entry.edition.is_sample,
        **{
            f"question_{question.pk}": question.in_words(answers.get(question.pk, ""))
            for question in entry.edition.questions.all()
        },
    }


def _order(row: dict[str, object]) -> tuple[Any, ...]:
    return row["city"] or "", row["place"] is None, row["place"] or 0, row["code"]
