"""Editions, start-ups and their entries."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from contest.models import Category, Edition, Entry, Nomination, Startup
from network.models import City
from tests.build.people import city, found_or_made, organisation, person


def edition(slug="2027", **fields) -> Edition:
    """An edition whose call is open, with one category."""
    now = timezone.now()
    values = {
        "name": {"en": f"Edition {slug}", "fr": f"Édition {slug}"},
        "call_opens": now - timedelta(days=10),
        "call_closes": now + timedelta(days=10),
        "nominations_close": now + timedelta(days=20),
        "reference_date": (now + timedelta(days=10)).date(),
        "is_public": True,
        **fields,
    }
    made = Edition.objects.create(slug=slug, **values)
    Category.objects.create(edition=made, code="energy", name={"en": "Energy", "fr": "Énergie"})
    return made


def startup(name: str, of: City, founded_on: date = date(2023, 5, 1)) -> Startup:
    body = organisation(name, "startup", of)
    return found_or_made(Startup, {"founded_on": founded_on, "has_prototype": True}, organisation=body)


def entry(edition: Edition, startup: Startup, state="submitted", **fields) -> Entry:
    values = {
        "city": startup.organisation.city,
        "category": edition.categories.first(),
        "title": f"{startup.name} pitches",
        "summary": "What we do.",
        "submitted_at": datetime(2026, 11, 1, 12, tzinfo=UTC) if state != "draft" else None,
        **fields,
    }
    return Entry.objects.create(edition=edition, startup=startup, state=state, **values)


def nominate(entry: Entry, competing: bool = True) -> Entry:
    """Gives the entry the next places of its city."""
    same = Nomination.objects.filter(edition=entry.edition, city=entry.city)
    Nomination.objects.create(
        edition=entry.edition,
        city=entry.city,
        entry=entry,
        slot=same.count() + 1,
        competing_slot=same.filter(competing_slot__isnull=False).count() + 1 if competing else None,
        by=person("coordinator@nominations.example"),
        at=timezone.now(),
    )
    entry.state = "nominated"
    entry.save()
    return entry


def competing(edition: Edition, number: int, cities=("braga", "cuneo", "magog"), **fields) -> list[Entry]:
    """So many nominated entries, spread over the cities in turn, with codes E01, E02, …"""
    made = []
    for n in range(1, number + 1):
        home = city(cities[(n - 1) % len(cities)])
        firm = startup(f"Firm {n} of {edition.slug}", home)
        person(f"founder{n}@firm{n}.example", f"Founder {n}", role="founder", organisation=firm.organisation)
        made.append(nominate(entry(edition, firm, state="eligible", code=f"E{n:02}", **fields)))
    return made


def settle(edition: Edition, cities_choose: bool = False) -> Edition:
    """Moves the end of the edition's call, and of the choice of its cities, into the past."""
    if edition.phase == "call":
        edition.call_closes = timezone.now() - timedelta(days=2)
    if edition.phase == "nomination" and not cities_choose:
        edition.nominations_close = timezone.now() - timedelta(days=1)
    edition.save(update_fields=["call_closes", "nominations_close"])
    return edition
