"""The minutes of the jury on paper: frozen as words and figures, then rendered from that and nothing else."""

import zoneinfo
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from judging.models import Round
from judging.results.minutes.reading import minutes_of
from toolkit.canonical import canonical_bytes
from toolkit.dates import date_format
from toolkit.pdf import AttachedFile, render

FORMAT = "passerelle-minutes-1"


def freeze_minutes(round: Round, language: str) -> dict[str, object]:
    """All that the minutes print, as JSON in one language. Raises Refusal for a round that is not closed."""
    with translation.override(language):
        minutes = minutes_of(round)
        zone = zoneinfo.ZoneInfo(minutes.time_zone)
        content = _plain(asdict(minutes), zone)
        return {
            "format": FORMAT,
            "language": language,
            "title": _("Minutes of the jury"),
            "reference": f"{round.edition.slug.upper()}-{round.order}",
            "is_sample": round.edition.is_sample,
            "closed_at": minutes.closed_at.isoformat(),
            "minutes": content,
            "words": _words(),
        }


def _plain(value: Any, zone: zoneinfo.ZoneInfo) -> Any:
    """Dates in words with their zone, tuples as lists, whole numbers and text as they are."""
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{date_format(local, 'DATETIME_FORMAT')} ({zone.key})"
    if isinstance(value, dict):
        return {key: _plain(item, zone) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, zone) for item in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _words() -> dict[str, str]:
    return {
        "sample": _("SAMPLE: made with sample names, without legal effect"),
        "page": _("Page"),
        "of": _("of"),
        "edition": _("Edition"),
        "round": _("Round"),
        "city": _("City"),
        "opened": _("Opened"),
        "closed": _("Closed"),
        "closed_by": _("Closed by"),
        "published": _("Published"),
        "fingerprint": _("SHA-256 of the frozen result"),
        "jury": _("The jury"),
        "juror": _("Juror"),
        "organisation": _("Organisation"),
        "submitted": pgettext("scorecards", "Submitted"),
        "missing": _("Missing"),
        "recused": _("Stepped back"),
        "reason_for_missing": _("Why the round was closed without all scorecards"),
        "conflicts": _("Conflicts of interest and recusals"),
        "no_conflicts": _("None was declared or set."),
        "kind": _("Kind"),
        "reason": _("Reason"),
        "rule": _("The rule"),
        "criterion": _("Criterion"),
        "weight": _("Weight"),
        "scale": _("Scale"),
        "needed": _("Needed"),
        **_words_of_results(),
    }


def _words_of_results() -> dict[str, str]:
    return {
        "ranking": _("The ranking"),
        "rank": _("Rank"),
        "startup": _("Start-up"),
        "code": _("Code"),
        "total": _("Total"),
        "final": _("Result"),
        "scorecards": _("Scorecards"),
        "arithmetic": _("The arithmetic"),
        "by_juror": _("By juror"),
        "by_criterion": _("By criterion"),
        "method": _("How it was computed"),
        "version": _("Version of the result"),
        "reopenings": _("Opened again"),
        "proposed_by": _("Proposed by"),
        "confirmed_by": _("Confirmed by"),
        "ties": _("Ties"),
        "no_ties": _("No entries were equal: nothing had to be decided."),
        "open_tie": _("Not told apart, and nothing had to be decided: they share a rank."),
        "decisions": _("Ties decided by a person"),
        "records": _("Breaches, decisions at the cut, changes of the rule"),
        "by": _("By"),
        "deliberation": _("Deliberation"),
        "chair": _("Chair"),
        "standings_opened": _("Standings opened to the jurors"),
        "awards": _("Awards"),
        "carried": _("Results carried from earlier rounds"),
        "signatures": _("Signatures"),
        "signature_note": _("Read and approved. Name, date and signature of each member present:"),
        "name": _("Name"),
        "date": _("Date"),
        "signature": _("Signature"),
    }


def minutes_pdf(frozen: Mapping[str, Any]) -> bytes:
    """The same bytes for the same frozen minutes."""
    return render(
        "documents/minutes.html",
        {"doc": frozen, "minutes": frozen["minutes"]},
        frozen["language"],
        f"{frozen['title']}: {frozen['minutes']['edition']}, {frozen['minutes']['round']}",
        made_at=datetime.fromisoformat(frozen["closed_at"]),
        identifier=frozen["reference"],
        attachments=[_as_data(frozen)],
    )


def _as_data(frozen: Mapping[str, Any]) -> AttachedFile:
    """The frozen minutes for machines, inside the file."""
    made_at = datetime.fromisoformat(frozen["closed_at"])
    return AttachedFile(f"{frozen['reference']}.json", canonical_bytes(frozen), frozen["title"], made_at, "Data")


def minutes_name(frozen: Mapping[str, Any], version: int) -> str:
    return f"minutes-{frozen['reference']}-{frozen['language']}-{version}.pdf"
