"""An entry as a juror may read it: with the team's name, or by its code and without what names the team."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contest.models import Attachment, Entry
from contest.states import AttachmentKind, QuestionKind
from judging.forms.scorecards import in_words
from judging.models import Round


@dataclass(frozen=True)
class Reading:
    """`label` stands for the entry in titles, crumbs, addresses and file names; `hides_names` says that it is its code."""

    label: str
    heading: str
    team: str
    summary: str
    answers: list[tuple[str, str]]
    deck: Attachment | None
    has_video: bool
    hides_names: bool


def read_entry(entry: Entry, round: Round) -> Reading:
    """`entry` comes with startup__organisation__memberships__user, its cities, category, answers__question and attachments."""
    hides = not round.shows_names
    hide = hiding(entry) if hides else (lambda text: text)
    asked = sorted(entry.answers.all(), key=lambda answer: (answer.question.order, answer.question_id))
    return Reading(
        label=label_of(entry, round),
        heading=hide(entry.title) or label_of(entry, round),
        team="" if hides else entry.startup.name,
        summary=hide(entry.summary),
        answers=[
            (str(answer.question.text), hide(spoken(answer)))
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


def hiding(entry: Entry):
    """Replaces what names the team, wherever the team wrote it, by “[name held back]”.

    The start-up's name (also written as one word, as in addresses), its people's names and their parts, the domain of its
    mail, its city. People's parts and the city count with their capital letter only, so that plain words stay.
    """
    body = entry.startup.organisation
    people = [membership.user.full_name.strip() for membership in body.memberships.all()]
    cities = [city.name for city in (entry.city, body.city) if city]
    parts = [part for name in people for part in re.split(r"[\s\-]+", name) if len(part) >= 3]
    name = body.name.strip()
    patterns = [
        *(rf"(?i:(?<!\w){re.escape(text)}(?!\w))" for text in [name, *people] if text),
        *(rf"(?i:{re.escape(text)})" for text in {joined(name), body.email_domain} if len(text) >= 4),
        *(rf"(?<!\w){re.escape(text)}(?!\w)" for text in [*parts, *cities]),
    ]
    if not patterns:
        return lambda text: text
    pattern = re.compile("|".join(patterns))
    return lambda text: pattern.sub(_("[name held back]"), text)


def joined(name: str) -> str:
    """“Blue Lagoon” as it stands in addresses: “bluelagoon”. Empty for one short word, which may be a part of plain words."""
    letters = re.sub(r"[\W_]+", "", name)
    return letters if len(letters) >= 8 or len(letters) < len(name) else ""


def spoken(answer) -> str:
    """An answer in words: the choice's name, yes or no, else the text as typed."""
    question = answer.question
    if question.kind == QuestionKind.CHOICE:
        names = {choice["code"]: in_words(choice.get("name")) for choice in question.choices}
        return names.get(answer.value) or answer.value
    if question.kind == QuestionKind.YES_NO:
        return _("Yes") if answer.value in ("yes", "true", "1") else _("No")
    return answer.value
