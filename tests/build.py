"""Builds what a test needs, with few words. Real rows in a real database; every value can be given."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from contest.models import Category, Edition, Entry, Nomination, Startup
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
from judging.models import Assignment, Award, BallotImport, Juror, LiveSession, Round, RoundRule, Scorecard, SetAside
from judging.models.rules import RULE_FIELDS
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


def juror(edition: Edition, number: int, of: City | None = None, **fields) -> Juror:
    """A juror who has accepted, with code J01, J02, …"""
    email = f"juror{number}@jury{number}.example"
    values = {
        "user": person(email, f"Juror {number}"),
        "email": email,
        "full_name": f"Juror {number}",
        "code": f"J{number:02}",
        "city": of,
        "languages": ["en", "fr"],
        "state": "active",
        **fields,
    }
    return Juror.objects.create(edition=edition, **values)


def settle(edition: Edition, cities_choose: bool = False) -> Edition:
    """Moves the end of the edition's call, and of the choice of its cities, into the past."""
    if edition.phase == "call":
        edition.call_closes = timezone.now() - timedelta(days=2)
    if edition.phase == "nomination" and not cities_choose:
        edition.nominations_close = timezone.now() - timedelta(days=1)
    edition.save(update_fields=["call_closes", "nominations_close"])
    return edition


def round(edition: Edition, criteria=(("innovation", 60), ("market", 40)), **fields) -> Round:
    """A draft round that is open by its window, with criteria of 0 to 5 in whole marks and weights in per cent.

    The edition's call is over with it and, unless it is a city's own selection, so is the choice of the cities.
    """
    now = timezone.now()
    settle(edition, cities_choose=fields.get("city") is not None)
    values = {
        "name": {"en": "Round 1", "fr": "Premier tour"},
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=10),
        "min_scorecards": 1,
        "jurors_per_entry": 1,
        "decimals": 2,
        **fields,
    }
    rule = RoundRule.objects.create(**{name: values.pop(name) for name in RULE_FIELDS & set(values)})
    made = Round.objects.create(edition=edition, rule=rule, **values)
    for n, (code, weight) in enumerate(criteria):
        made.criteria.create(code=code, name={"en": code.title(), "fr": code.title()}, weight=weight * 1000, order=n)
    return made


def assign(round: Round, juror: Juror, entry: Entry) -> Scorecard:
    """The juror's scorecard for the entry."""
    assignment = Assignment.objects.create(round=round, juror=juror, entry=entry, created_at=timezone.now())
    return Scorecard.objects.create(assignment=assignment)


def freeze(round: Round, state="closed") -> Round:
    """The round as if closed: a standing for each entry that is assigned, in the order of their codes,
    without a file."""
    entries = Entry.objects.filter(assignments__round=round).distinct().order_by("code")
    for place, entry in enumerate(entries, 1):
        round.standings.create(entry=entry, rank=place, place=place, scorecards=1)
    round.state = state
    round.save()
    return round


def marks(scorecard: Scorecard, *values, state="submitted") -> Scorecard:
    """Marks in the order of the criteria (None is blank, "n/a" not applicable), and the state given."""
    for criterion, value in zip(scorecard.assignment.round.criteria.all(), values, strict=True):
        if value is not None:
            scorecard.marks.create(
                criterion=criterion,
                value=None if value == "n/a" else int(Decimal(str(value)) * 1000),
                not_applicable=value == "n/a",
            )
    scorecard.state = state
    scorecard.version = 1
    scorecard.save()
    return scorecard


def live_session(round: Round, *entries: Entry, **fields) -> LiveSession:
    """A published session of the round that began an hour ago, ten minutes for each entry."""
    values = {"starts_at": timezone.now() - timedelta(hours=1), "time_zone": "Europe/Paris", "state": "published"}
    made = LiveSession.objects.create(round=round, name="Morning", **{**values, **fields})
    for place, entry in enumerate(entries, 1):
        made.slots.create(order=place, entry=entry, pitch_minutes=5, questions_minutes=5)
    return made


def ballot_import(*scorecards: Scorecard) -> BallotImport:
    """A juror's uploaded workbook that would set the first mark of each scorecard to 3, and waits for a yes."""
    seat = scorecards[0].assignment
    field = f"mark:{seat.round.criteria.first().code}"
    codes = [card.assignment.entry.code for card in scorecards]
    change = {"field": field, "cell": "F6", "key": "c0", "site": "", "book": "3", "base": ""}
    file = {
        "versions": {code: card.version for code, card in zip(codes, scorecards, strict=True)},
        "changes": [{**change, "entry": code} for code in codes],
        **{part: [] for part in ("conflicts", "refused", "missing", "missing_fields")},
        "newer": 0,
    }
    return BallotImport.objects.create(round=seat.round, juror=seat.juror, file=file, made_at=timezone.now())


def set_aside(scorecard: Scorecard, why="late", **texts) -> SetAside:
    """A version of the scorecard that came too late, with marks of 5."""
    return SetAside.objects.create(
        scorecard=scorecard,
        user=scorecard.assignment.juror.user,
        received_at=timezone.now(),
        why=why,
        base=0,
        marks={criterion.code: "5" for criterion in scorecard.assignment.round.criteria.all()},
        texts={"comment": "", "private_note": "", **texts},
        sha256=f"{scorecard.pk:064}",
    )


def award(entry: Entry, rank: int = 1, **fields) -> Award:
    """An award; its edition's results stay unpublished unless the edition says otherwise."""
    values = {"name": {"en": f"Award {rank}", "fr": f"Prix {rank}"}, "granted_at": timezone.now(), **fields}
    return Award.objects.create(
        edition=entry.edition, entry=entry, rank=rank, granted_by=person("organiser@awards.example"), **values
    )


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
