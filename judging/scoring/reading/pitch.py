"""An entry as a juror may read it: with the team's name, or by its code and without what names the team."""

from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from contest.models import Attachment, Entry
from contest.states import AttachmentKind
from judging.models import Round
from judging.scoring.reading.held_back import hiding


@dataclass(frozen=True)
class Reading:
    """`label` stands for the entry in titles, crumbs, addresses and file names;
    `hides_names` says that it is its code."""

    label: str
    heading: str
    team: str
    summary: str
    answers: list[tuple[str, str]]
    deck: Attachment | None
    has_video: bool
    hides_names: bool


def read_entry(entry: Entry, round: Round) -> Reading:
    """`entry` comes with startup__organisation__memberships__user, its cities, category,
    answers__question and attachments."""
    return _read(entry, label_of(entry, round), hides=not round.shows_names)


def read_blind(entry: Entry) -> Reading:
    """The same as a juror of a round without names has it."""
    return _read(entry, entry.code, hides=True)


def _read(entry: Entry, label: str, *, hides: bool) -> Reading:
    hide = (lambda text: text) if not hides else partial(hiding(entry).hide, mark=_("[name held back]"))
    asked = sorted(entry.answers.all(), key=lambda answer: (answer.question.order, answer.question_id))
    return Reading(
        label=label,
        heading=hide(entry.title) or label,
        team="" if hides else entry.startup.name,
        summary=hide(entry.summary),
        answers=[
            (str(answer.question.text), hide(answer.in_words()))
            for answer in asked
            if answer.value and not (hides and answer.question.names_team)
        ],
        deck=next((file for file in entry.attachments.all() if file.kind == AttachmentKind.DECK), None),
        has_video=bool(entry.video_url) and not hides,
        hides_names=hides,
    )


def label_of(entry: Entry, round: Round) -> str:
    """What to call an entry where its title would be too long or would tell."""
    return (entry.title or entry.startup.name) if round.shows_names else entry.code


def beside_label(entry: Entry, round: Round) -> str:
    """What stands beside the label in lists: the start-up and the code, as far as the label does not say them. Nothing
    but the label where names are held back."""
    if not round.shows_names:
        return ""
    return " · ".join(text for text in (entry.startup.name, entry.code) if text and text != label_of(entry, round))
