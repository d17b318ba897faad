"""Reads an entry's rows into the facts that its team and its city are shown."""

from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext as _

from contest.domain.eligibility import Fact, facts_of
from contest.dossier.reading import Missing, missing_answers, missing_values
from contest.models import Entry
from contest.states import AttachmentKind


def missing_of(entry: Entry) -> list[Missing]:
    """What is still missing, in the order of the form. Reads the entry's questions and answers."""
    startup = entry.startup
    asked = [
        ("founded_on", _("the day on which the start-up was founded"), "startup", startup.founded_on),
        ("title", _("the title"), "pitch", entry.title),
        ("summary", _("the pitch"), "pitch", entry.summary),
        ("category", _("the category"), "pitch", entry.category_id or not entry.edition.categories.exists()),
    ]
    return missing_values(asked) + missing_answers(entry, entry.edition.questions.all(), "questions")


def facts_of_entry(entry: Entry) -> list[Fact]:
    """The facts shown beside a decision on eligibility."""
    deck = entry.attachments.filter(kind=AttachmentKind.DECK).first()
    return facts_of(
        founded_on=entry.startup.founded_on,
        reference_date=reference_date_of(entry),
        limit=entry.edition.max_age_years,
        has_prototype=entry.startup.has_prototype,
        city=entry.city.name if entry.city else "",
        is_contested=entry.claims.filter(upheld__isnull=True).exists(),
        missing=[part.field for part in missing_of(entry)],
        deck_pages=deck.pages if deck else None,
    )


def reference_date_of(entry: Entry) -> date | None:
    """The day on which age is measured: the edition's own, else the day on which the call closes."""
    edition = entry.edition
    if edition.reference_date or not edition.call_closes:
        return edition.reference_date
    return edition.call_closes.astimezone(edition.zone).date()


def as_json(facts: list[Fact]) -> dict[str, object]:
    """The facts as they are kept beside a decision."""
    return {"facts": [asdict(fact) for fact in facts]}
