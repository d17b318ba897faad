"""What a blind round holds back of an entry, and what is left in it that may still tell whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from contest.models import Attachment, Entry
from contest.states import AttachmentKind
from judging.domain.blinding.hiding import Hiding
from judging.domain.blinding.letters import read_legal_forms, read_plain_words
from judging.domain.blinding.own_pages import host_of_website, is_shared, own_pages
from judging.domain.blinding.patterns import Team
from judging.reads.conflicts import free_mail
from toolkit.mail_domains import roots_of
from toolkit.page_texts import kept_page_texts

# What a caller of this module fetches with an entry, below the relation that leads to it.
NEEDED = ("startup__organisation__memberships__user", "answers__question", "attachments")


@dataclass(frozen=True)
class Left:
    """What jurors would still see. `addresses` and handles in the texts; `pages` of the deck that name the team (from
    1), None where no text of it can be read, or was not yet (`is_being_read`); `silent` its pages without text, which
    only eyes can read."""

    held: int
    addresses: list[str]
    deck: Attachment | None
    pages: list[int] | None
    silent: list[int]
    is_being_read: bool


@cache
def legal_forms() -> frozenset[str]:
    """“Ltd”, “SAS”…: what stands beside a company's name and tells nobody who it is."""
    with (settings.BASE_DIR / "data" / "legal_forms.txt").open(encoding="utf-8") as lines:
        return read_legal_forms(lines)


@cache
def plain_words() -> frozenset[str]:
    """Words that people write so often that none tells a firm from others by itself."""
    with (settings.BASE_DIR / "data" / "plain_words.txt").open(encoding="utf-8") as lines:
        return read_plain_words(lines)


def team_of(entry: Entry) -> Team:
    """`entry` comes with NEEDED, and with its city and its start-up's organisation and city."""
    body = entry.startup.organisation
    people = [membership.user for membership in body.memberships.all()]
    host = host_of_website(body.website)
    addresses = [person.email for person in people] + [body.email_domain, "" if is_shared(host) else host]
    return Team(
        name=body.name,
        people=tuple(person.full_name for person in people if person.full_name.strip()),
        cities=tuple(city.name for city in (entry.city, body.city) if city),
        domains=tuple(sorted(roots_of(filter(None, addresses), free_mail()))),
        pages=own_pages(body.website),
        texts=tuple(texts_of(entry)),
        legal_forms=legal_forms(),
        plain_words=plain_words(),
    )


def texts_of(entry: Entry) -> Iterable[str]:
    """All that the team wrote and a juror of a blind round reads."""
    shown = (answer.value for answer in entry.answers.all() if not answer.question.names_team)
    return [text for text in (entry.title, entry.summary, *shown) if text]


def hiding(entry: Entry) -> Hiding:
    return Hiding(team_of(entry))


def left_in(entry: Entry) -> Left:
    """What is left in the texts, and in the deck's pages as they were read when it came."""
    hidden = hiding(entry)
    deck = next((file for file in entry.attachments.all() if file.kind == AttachmentKind.DECK), None)
    texts = list(texts_of(entry))
    drawn = kept_page_texts(deck.file, deck.sha256) if deck else []
    silent = [number for number, text in enumerate(drawn or [], 1) if not text.strip()]
    # A deck of pictures alone has no text to look at: nothing is known of it.
    is_known = drawn is not None and (not deck or len(silent) < len(drawn))
    return Left(
        held=sum(len(hidden.spans(text)) for text in texts),
        addresses=sorted({address for text in texts for address in hidden.left(text)}),
        deck=deck,
        pages=[number for number, text in enumerate(drawn or [], 1) if hidden.spans(text)] if is_known else None,
        silent=silent,
        is_being_read=bool(deck and drawn is None and deck.is_being_prepared),
    )
