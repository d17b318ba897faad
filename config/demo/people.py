"""Sample people: every address ends in .invalid, which no mail can reach (RFC 2606)."""

from allauth.account.models import EmailAddress
from django.utils.text import slugify

from network.models import City, Membership, Organisation, User
from network.states import OrganisationKind, Role

DOMAIN = "sample.invalid"


def person(local: str, full_name: str, *, at: str = "", language: str = "en", time_zone: str = "Europe/Paris") -> User:
    """A sample person with a verified address, made once. `at` is their employer, with a domain of its own (not one
    below ours): one registrable mail domain is a conflict of interest."""
    email = f"{local}@{at}-{DOMAIN}" if at else f"{local}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, full_name, language=language, time_zone=time_zone, is_sample=True)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def member(user: User, organisation: Organisation, role: Role) -> User:
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    return user


def body(slug: str, name: str, kind: OrganisationKind, city: City | None = None) -> Organisation:
    return Organisation.objects.get_or_create(
        slug=slug, defaults={"name": name, "kind": kind, "city": city, "is_sample": True}
    )[0]


def organiser() -> User:
    secretariat = body("sample-secretariat", "Sample secretariat", OrganisationKind.SECRETARIAT)
    return member(person("organiser", "Sample organiser"), secretariat, Role.ORGANISER)


def coordinator(city: City) -> User:
    """The sample coordinator of a city: the way in for Clermont-Ferrand, named after their city elsewhere."""
    hall = body(f"sample-city-of-{city.slug}", f"City of {city.name} (sample)", OrganisationKind.CITY, city)
    local = "coordinator" if city.slug == "clermont-ferrand" else f"coordinator-{slugify(city.slug)}"
    language = "fr" if city.country == "FR" else "en"
    user = person(local, f"Sample coordinator, {city.name}", language=language, time_zone=city.time_zone)
    return member(user, hall, Role.COORDINATOR)


def host(city: City, organisation: Organisation) -> User:
    user = person(f"host-{slugify(city.slug)}", f"Sample host, {city.name}", time_zone=city.time_zone)
    return member(user, organisation, Role.HOST)
