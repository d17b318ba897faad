"""The entry as a dossier: its team writes it while the call is open, and its city decides on it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contest.checks import held, require_call_open, require_team
from contest.domain.answers import Fault, is_address
from contest.dossier.reading import Missing
from contest.dossier.services.drafts import DossierKind, refuse_missing
from contest.dossier.words import say_fault
from contest.entries.services.facts import missing_of
from contest.entries.services.following import tell_apps
from contest.entries.services.preparing import forget_copies, prepare_attachment
from contest.models import Attachment, Entry, Question
from contest.models.entries import SUMMARY_LIMIT, TITLE_LIMIT
from contest.states import ENTRY, EntryState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.refusals import Refusal
from toolkit.states import move


class EntryDossier(DossierKind[Entry]):
    name = "entry"
    written = ("title", "summary", "language", "category", "video_url")
    limits = {"title": TITLE_LIMIT, "summary": SUMMARY_LIMIT}
    writable = tuple(state for state in EntryState.values if state not in (EntryState.NOMINATED, EntryState.WITHDRAWN))

    def held(self, row: Entry) -> Entry:
        return held(row)

    def require_author(self, by: User, row: Entry) -> None:
        require_team(by, row)

    def require_open(self, row: Entry) -> None:
        require_call_open(row.edition)

    def questions(self, row: Entry) -> QuerySet[Question]:
        return Question.objects.filter(edition=row.edition_id)

    def missing_of(self, row: Entry) -> list[Missing]:
        return missing_of(row)

    def say(self, code: str) -> str:
        return {
            "stale": _(
                "The entry was saved elsewhere since you opened this page. Both texts are on this page: choose, "
                "then save again."
            ),
            "fixed": _("This entry can't be changed any more: the state is “%(state)s”."),
            "not_asked": _("This edition does not ask that question."),
        }[code]

    def require_sound(self, row: Entry, values: Mapping[str, Any]) -> None:
        if values.get("video_url") and not is_address(values["video_url"]):
            raise Refusal(say_fault(Fault("not_an_address")), code="entry.video", field="video_url", status=422)
        if values.get("language", "en") not in dict(settings.LANGUAGES):
            raise Refusal(_("This language is not offered."), code="entry.language", field="language", status=422)
        category = values.get("category")
        if category is not None and category.edition_id != row.edition_id:
            raise Refusal(_("Choose a category of this edition."), code="entry.category", field="category", status=422)

    def send_again(self, by: User, row: Entry) -> None:
        sentence = _("Your entry is submitted and has to stay whole. This would be missing: %(parts)s")
        refuse_missing(missing_of(row), sentence, code="entry.incomplete")
        mark_submitted(by=by, entry=row, rules_version=row.rules_version)

    def file_values(self, by: User) -> dict[str, object]:
        return {"uploaded_by": by}

    def file_kept(self, file: Attachment) -> None:
        transaction.on_commit(lambda: prepare_attachment.enqueue(file.pk))

    def file_forgotten(self, file: Any) -> None:
        forget_copies(file)


ENTRIES = EntryDossier()


def mark_submitted(*, by: User, entry: Entry, rules_version: int | None) -> None:
    """Moves, saves and records; for services that hold the entry's lock."""
    before, after = move(entry, "submit", ENTRY)
    entry.submitted_at, entry.submitted_by = clock.now(), by
    entry.submitted_version, entry.rules_version = entry.version, rules_version
    entry.help_asked_at = None
    entry.save()
    record_event(
        by=by,
        verb="submit",
        thing=entry,
        before={"state": before},
        after={"state": after, "version": entry.version, "rules_version": rules_version},
    )
    tell_apps(entry)
