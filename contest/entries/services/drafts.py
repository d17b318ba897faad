"""Saving what a team writes."""

from typing import Any

from contest.entries.services.dossier import ENTRIES
from contest.models import Entry
from network.models import User


def save_draft(
    *, by: User, entry: Entry, version: int, values: dict[str, Any] | None = None, answers: dict[int, str] | None = None
) -> Entry:
    """Saves the parts given, as DossierKind.save_parts says.

    `values` takes title, summary, language, category (a Category or None) and video_url; `answers` text by question id.
    """
    return ENTRIES.save_parts(by=by, row=entry, version=version, values=values, answers=answers)
