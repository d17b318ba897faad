"""People, cities and organisations."""

from decimal import Decimal
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.db.models import Model
from django.utils.text import slugify

from network.models import City, Membership, Organisation, User

Row = TypeVar("Row", bound=Model)


def found_or_made(model: type[Row], defaults: dict, **key) -> Row:
    """The row with that key. Nobody else is about in a test: without the savepoint that get_or_create sets."""
    return model._default_manager.filter(**key).first() or model._default_manager.create(**key, **defaults)


def city(slug="braga", name=None, country="PT", time_zone="Europe/Lisbon", is_member=True) -> City:
    values = {
        "name": name or slug.title(),
        "country": country,
        "time_zone": time_zone,
        "is_member": is_member,
        "latitude": Decimal("45.0"),
        "longitude": Decimal("3.0"),
    }
    return found_or_made(City, values, slug=slug)


def organisation(name: str, kind: str, city: City | None = None, **fields) -> Organisation:
    return found_or_made(Organisation, {"name": name, "kind": kind, "city": city, **fields}, slug=slugify(name))


def secretariat() -> Organisation:
    return organisation("Secretariat", "secretariat")


def city_hall(of: City) -> Organisation:
    return organisation(f"City of {of.name}", "city", of)


def person(email: str, full_name: str = "", role: str = "", organisation: Organisation | None = None, **fields) -> User:
    """A person with a verified address and, if given, a role."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, full_name or email, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    else:
        found_or_made(EmailAddress, {"verified": True, "primary": True}, user=user, email=email)
    if role:
        found_or_made(Membership, {}, user=user, organisation=organisation, role=role)
    return user
