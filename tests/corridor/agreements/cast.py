"""The people and the stay of these tests, as plain functions: processes of their own build them too."""

from datetime import UTC, date, datetime

from corridor.agreements.drafting.blanks import suggest_terms
from corridor.models import Candidate, Incubator, Programme, Stay
from tests import build

ACCEPTED_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def host():
    body = build.organisation("Incubadora Querétaro & Braga", "incubator", build.city("braga", "Braga"), place="Braga")
    return build.person(
        "host@braga.example", "Helena Hóspede", role="host", organisation=body, time_zone="Europe/Lisbon"
    )


def incubator(host) -> Incubator:
    return Incubator.objects.create(
        organisation=host.memberships.get().organisation,
        address="Rua de Zalău 4, Braga",
        services=["desk", "lab", {"en": "A former mill", "fr": "Une ancienne filature"}],
        signatory_name="Helena Hóspede",
        signatory_role="Director",
        authority={"en": "decision of the board of 4 March 2026", "fr": "décision du conseil du 4 mars 2026"},
    )


def programme(slug="corridor-2027") -> Programme:
    return Programme.objects.create(
        slug=slug,
        name={"en": "Corridor 2027", "fr": "Passerelle 2027"},
        first_start=date(2027, 1, 1),
        last_start=date(2027, 9, 1),
    )


def stay(programme, incubator, founder, city, state="accepted") -> Stay:
    body = founder.memberships.get(role="founder").organisation
    candidate = Candidate.objects.create(
        programme=programme, organisation=body, name=body.name, home_city=city, rank=1, people=2, state="placed"
    )
    return Stay.objects.create(
        programme=programme,
        candidate=candidate,
        incubator=incubator,
        starts=date(2027, 3, 1),
        ends=date(2027, 9, 1),
        desks=2,
        state=state,
        accepted_by_host_at=ACCEPTED_AT,
        accepted_by_team_at=ACCEPTED_AT,
        created_at=ACCEPTED_AT,
    )


def terms(stay) -> dict:
    return {**suggest_terms(stay=stay, language="en"), "city_authority": "deliberation 2026-12 of the council"}


def stays(count: int, founder: tuple[str, str, str] | None = None) -> list[Stay]:
    """As many accepted stays of as many start-ups, with everybody who signs.

    `founder` (address, name, start-up) is the first one's.
    """
    home = build.city("clermont-ferrand", "Clermont-Ferrand", "FR", "Europe/Paris")
    build.person("coordinator@clermont.example", "Cora Coordinator", "coordinator", build.city_hall(home))
    build.person("organiser@network.example", "Odile Organiser", "organiser", build.secretariat())
    place, run = incubator(host()), programme()
    made = []
    for number in range(1, count + 1):
        named = (f"founder{number}@startup.example", f"Founder {number}", f"Start-up {number}")
        email, name, firm = founder if founder and number == 1 else named
        person = build.person(email, name, "founder", build.startup(firm, home).organisation)
        made.append(stay(run, place, person, home))
    return made
