"""Programmes, incubators, candidates, stays and applications."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from contest.models import Edition
from corridor.models import (
    Application,
    ApplicationCall,
    ApplicationDocument,
    Candidate,
    DocumentAsked,
    Incubator,
    Opening,
    Preference,
    Programme,
    Stay,
)
from corridor.states import HOLDS_PLACES
from judging.models import Award
from network.models import City, User
from tests.build.contest import startup
from tests.build.people import organisation, person


def stay(award: Award, host: Incubator, state="confirmed", starts=date(2027, 3, 1), **fields) -> Stay:
    """Six months for an awarded team, in a public programme of its edition."""
    programme, _made = Programme.objects.get_or_create(
        slug=f"corridor-{award.edition.slug}",
        defaults={
            "edition": award.edition,
            "name": {"en": "Corridor", "fr": "Corridor"},
            "first_start": starts,
            "last_start": starts,
            "is_public": True,
        },
    )
    team = award.entry.startup.organisation
    candidate, _made = Candidate.objects.get_or_create(
        programme=programme,
        organisation=team,
        defaults={"award": award, "name": team.name, "home_city": award.entry.city, "rank": award.rank},
    )
    values = {"starts": starts, "ends": date(2027, 9, 1), "created_at": timezone.now(), **fields}
    return Stay.objects.create(programme=programme, candidate=candidate, incubator=host, state=state, **values)


def incubator(name: str, of: City, *openings: tuple[date, date, int], **fields) -> Incubator:
    """An incubator that takes part, with openings (from, until, desks)."""
    body = organisation(name, "incubator", of)
    made = Incubator.objects.get_or_create(organisation=body, defaults=fields)[0]
    for starts, ends, desks in openings:
        Opening.objects.create(incubator=made, starts=starts, ends=ends, desks=desks)
    return made


def host(incubator: Incubator, email="") -> User:
    """A person of an incubator."""
    email = email or f"host@{incubator.organisation.slug}.example"
    return person(email, f"Host of {incubator.name}", "host", incubator.organisation)


def programme(edition: Edition | None = None, slug="corridor", **fields) -> Programme:
    """Stays of six months that start on the 1st, from January to March 2027; wishes are open."""
    values = {
        "name": {"en": f"Programme {slug}", "fr": f"Programme {slug}"},
        "first_start": date(2027, 1, 1),
        "last_start": date(2027, 3, 1),
        "wishes_close": timezone.now() + timedelta(days=10),
        **fields,
    }
    return Programme.objects.create(slug=slug, edition=edition, **values)


def candidate(programme: Programme, name: str, of: City, rank: int, wishes: Sequence = (), **fields) -> Candidate:
    """A start-up that waits for a place; `wishes` are incubators, first wish first."""
    body = startup(name, of).organisation
    made = Candidate.objects.create(
        programme=programme,
        organisation=body,
        name=name,
        home_city=of,
        rank=rank,
        wishes_at=timezone.now() if wishes else None,
        **fields,
    )
    for place, wished in enumerate(wishes, start=1):
        Preference.objects.create(candidate=made, incubator=wished, rank=place)
    return made


def team(candidate: Candidate, email="") -> User:
    """A founder of a candidate."""
    email = email or f"founder@{candidate.organisation.slug}.example"
    return person(email, f"Founder of {candidate.name}", "founder", candidate.organisation)


def stay_of(candidate: Candidate, incubator: Incubator, state="proposed", **fields) -> Stay:
    """A stay from January to June 2027, as if a plan had made it."""
    values = {"starts": date(2027, 1, 1), "ends": date(2027, 7, 1), "desks": candidate.people, **fields}
    if state in ("accepted", "confirmed"):
        values = {"accepted_by_host_at": timezone.now(), "accepted_by_team_at": timezone.now(), **values}
    made = Stay.objects.create(
        programme=candidate.programme,
        candidate=candidate,
        incubator=incubator,
        state=state,
        created_at=timezone.now(),
        **values,
    )
    if state in HOLDS_PLACES:
        Candidate.objects.filter(pk=candidate.pk).update(state="placed")
    return made


def graduates(slug="graduates", **fields) -> Programme:
    """A public programme for graduates under 30, for whom nothing is open yet;
    stays start from January to March 2027."""
    rule = {"under": 30, "counted": "not_yet", "diploma": True, "statuses": ["graduate"]}
    values = {
        "name": {"en": "Graduates abroad", "fr": "Diplômés à l’étranger"},
        "guest": "graduate",
        "guest_one": {"en": "graduate", "fr": "diplômé"},
        "guest_many": {"en": "graduates", "fr": "diplômés"},
        "guest_is_person": True,
        "parties": ["host", "guest", "city"],
        "eligibility": rule,
        "is_public": True,
        **fields,
    }
    made = programme(None, slug, **values)
    ApplicationCall.objects.create(programme=made)
    return made


def application(programme: Programme, email: str, of: City, state="submitted", **fields) -> Application:
    """What a person of a city has sent, whole and eligible."""
    who = person(email, email.split("@")[0].title())
    values = {
        "born_on": date(2001, 5, 2),
        "address": "1 Street",
        "nationalities": ["FR"],
        "languages": ["fr"],
        "status": "graduate",
        "diploma_title": "Master",
        "diploma_school": "School",
        "diploma_on": date(2025, 9, 30),
        "motivation": "Why not.",
        "submitted_at": timezone.now(),
        "submitted_version": 1,
        **fields,
    }
    return Application.objects.create(programme=programme, user=who, home_city=of, state=state, **values)


def paper(application: Application, asked: DocumentAsked) -> ApplicationDocument:
    """A PDF that has passed inspection, in the storage of the moment."""
    made = ApplicationDocument(
        application=application,
        asked=asked,
        name="paper.pdf",
        size=8,
        pages=1,
        sha256="0" * 64,
        created_at=timezone.now(),
    )
    made.file.save("paper.pdf", ContentFile(b"%PDF-1.7"))
    return made
