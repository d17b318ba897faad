"""Decks of two sample start-ups: made from their own answers,
so that a juror of the demonstration has something to open."""

from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from config.demo.sample import sample
from contest.entries.services.attachments import attach_deck
from contest.models import Entry
from network.models import City, User
from toolkit import clock, pdf

WITH_DECK = ("sample-slope-bikes", "sample-second-crust")
# A reserved address (RFC 2606): it answers, and is nobody's video.
VIDEO = "https://example.org/"


def video_of(slug: str) -> str:
    return VIDEO if slug in WITH_DECK else ""


def attach(founder: User, entry: Entry, slug: str) -> Entry:
    """Attaches the deck as the founder would. Returns the entry as it then stands."""
    if slug in WITH_DECK:
        upload = SimpleUploadedFile(f"{slug}.pdf", deck(slug), content_type="application/pdf")
        attach_deck(by=founder, entry=entry, upload=upload)
        entry.refresh_from_db()
    return entry


@cache
def deck(slug: str) -> bytes:
    """A title and one slide for each answer, in the language of the start-up."""
    data = sample()
    [row] = [row for row in data["startups"] if row["slug"] == slug]
    language = row["language"]
    texts = {question["code"]: question["text"][language] for question in data["questions"]}
    return pdf.render(
        "demo/deck.html",
        {
            "pitch": row["title"][language],
            "firm": row["name"],
            "city": City.objects.get(slug=row["city"]).name,
            "slides": [(texts[code], answer) for code, answer in row["answers"].items()],
        },
        language,
        row["title"][language],
        made_at=clock.now(),
        identifier=f"deck of {slug}",
    )
