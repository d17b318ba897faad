"""Builds what a test needs, with few words. Real rows in a real database; every value can be given."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.text import slugify

from contest.models import Category, Edition, Entry, Startup
from network.models import City, Membership, Organisation, User


def city(slug="braga", name=None, country="PT", time_zone="Europe/Lisbon", is_member=True) -> City:
    return City.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name or slug.title(),
            "country": country,
            "time_zone": time_zone,
            "is_member": is_member,
            "latitude": Decimal("45.0"),
            "longitude": Decimal("3.0"),
        },
    )[0]


def organisation(name: str, kind: str, city: City | None = None, **fields) -> Organisation:
    return Organisation.objects.get_or_create(
        slug=slugify(name), defaults={"name": name, "kind": kind, "city": city, **fields}
    )[0]


def secretariat() -> Organisation:
    return organisation("Secretariat", "secretariat")


def city_hall(of: City) -> Organisation:
    return organisation(f"City of {of.name}", "city", of)


def person(email: str, full_name: str = "", role: str = "", organisation: Organisation | None = None, **fields) -> User:
    """A person with a verified address and, if given, a role."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, full_name or email, **fields)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if role:
        Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    return user


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
    return Startup.objects.get_or_create(organisation=body, defaults={"founded_on": founded_on, "has_prototype": True})[
        0
    ]


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
