"""A sample programme for graduates: open for applications, with people in four states of the road."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from config.demo import people
from config.demo.timeline import evening
from corridor.applications.services.admissions import rule_for_city, rule_for_network
from corridor.applications.services.applications import save_application, start_application, submit_application
from corridor.applications.services.calls import save_call, save_document_asked, save_programme_question
from corridor.applications.services.papers import attach_document
from corridor.domain.calendar.spans import add_months
from corridor.domain.eligibility import Rule
from corridor.hosts.services.openings import save_opening
from corridor.models import Application, Incubator, Programme
from corridor.programmes.services import create_programme
from corridor.states import Party, PersonStatus, Ruling
from network.models import City, User
from toolkit import clock

SLUG = "sample-graduates"
PAPER = settings.BASE_DIR / "data" / "editions" / "sample-paper.pdf"
ABOUT = {
    "en": (
        "Sample text: the network hosts graduates for six months in an incubator of another city. You work on a "
        "question of the host, with a mentor, and come home with people you know."
    ),
    "fr": (
        "Texte d’exemple : le réseau accueille des diplômés pendant six mois dans un incubateur d’une autre ville. "
        "Vous travaillez sur une question de l’hôte, avec un mentor, et revenez avec des gens que vous connaissez."
    ),
}
PRIVACY = {
    "en": (
        "Sample text: the sample secretariat answers for these data. It uses them to choose whom it admits and "
        "to draft agreements, for nothing else."
    ),
    "fr": (
        "Texte d’exemple : le secrétariat d’exemple répond de ces données. Il s’en sert pour choisir qui il "
        "admet et pour rédiger les conventions, pour rien d’autre."
    ),
}
QUESTION = {
    "en": "What would you like to have finished on the last day?",
    "fr": "Qu’aimeriez-vous avoir terminé le dernier jour\u00a0?",
}


@dataclass(frozen=True)
class Sample:
    """A sample person; `rulings` are (Ruling, reason), the home city's first.
    `local` is the beginning of the address."""

    local: str
    name: str
    city: str
    language: str
    born: tuple[int, int]  # years before the year of the demonstration, day of May: the rule on age holds on any day
    country: str
    diploma: str
    motivation: str
    rulings: list[tuple[Ruling, str]] = field(default_factory=list)
    is_sent: bool = True


CAST = [
    Sample(
        "graduate",
        "Sample graduate 1",
        "clermont-ferrand",
        "en",
        (24, 2),
        "FR",
        "Master in materials science",
        "I fired bricks for my thesis. I want to see a kiln that heats the house next door.",
        [(Ruling.APPROVE, "Her thesis was done in our workshop."), (Ruling.ADMIT, "The clearest plan of this year.")],
    ),
    Sample(
        "graduate-2",
        "Sample graduate 2",
        "clermont-ferrand",
        "fr",
        (26, 19),
        "FR",
        "Licence de géographie",
        "Je voudrais comparer comment deux villes entretiennent leurs fontaines.",
    ),
    Sample(
        "graduate-3",
        "Sample graduate 3",
        "braga",
        "en",
        (27, 7),
        "PT",
        "Degree in industrial design",
        "Benches, bins and lamps: I want to learn how a city decides.",
        [(Ruling.APPROVE, "Known to our city’s design office.")],
    ),
    Sample(
        "graduate-4",
        "Sample graduate 4",
        "magog",
        "en",
        (25, 30),
        "CA",
        "Bachelor of computer science",
        "Maps of snow ploughs.",
        [(Ruling.REFUSE, "Has lived in another city since last year: please apply there.")],
    ),
    Sample(
        "graduate-5",
        "Sample graduate 5",
        "cuneo",
        "en",
        (23, 11),
        "IT",
        "Degree in food science",
        "",
        is_sent=False,
    ),
]


def set_up(organiser: User, today: date) -> Programme:
    """The programme as an organiser would enter it: open for three more weeks, stays from the fifth month on."""
    first = add_months(today.replace(day=1), 5)
    programme = create_programme(
        by=organiser,
        slug=SLUG,
        edition=None,
        name={"en": "Graduates abroad (sample)", "fr": "Diplômés à l’étranger (exemple)"},
        first_start=first,
        last_start=add_months(first, 3),
        wishes_close=evening(today + timedelta(days=45)),
        guest="graduate",
        guest_one={"en": "graduate", "fr": "diplômé"},
        guest_many={"en": "graduates", "fr": "diplômés"},
        guest_is_person=True,
        parties=[Party.HOST, Party.GUEST, Party.CITY],
        is_public=True,
        is_sample=True,
    )
    save_call(
        by=organiser,
        programme=programme,
        rule=Rule(under=30, diploma=True, statuses=(PersonStatus.GRADUATE,)),
        opens_at=evening(today - timedelta(days=20)),
        closes_at=evening(today + timedelta(days=21)),
        about=ABOUT,
        privacy=PRIVACY,
        keep_months=12,
    )
    save_programme_question(by=organiser, programme=programme, code="last-day", text=QUESTION, max_chars=600, order=1)
    diploma, cv = {"en": "Copy of the diploma", "fr": "Copie du diplôme"}, {"en": "CV", "fr": "CV"}
    save_document_asked(by=organiser, programme=programme, code="diploma", name=diploma, order=1)
    save_document_asked(
        by=organiser, programme=programme, code="cv", name=cv, is_required=False, for_hosts=True, order=2
    )
    offer_places(programme)
    return programme


def offer_places(programme: Programme) -> None:
    """Two sample incubators keep a desk each for the months of the programme."""
    rows = Incubator.objects.filter(organisation__is_sample=True, organisation__city__slug__in=["braga", "cuneo"])
    for incubator in rows.select_related("organisation__city").order_by("pk"):
        assert incubator.city is not None
        save_opening(
            by=people.host(incubator.city, incubator.organisation),
            incubator=incubator,
            opening=None,
            starts=programme.first_start,
            ends=add_months(programme.last_start, programme.months),
            desks=1,
            note="Sample: for a graduate.",
        )


def apply(sample: Sample, programme: Programme, number: int, today: date) -> Application:
    """One person's road, through the same services as the screens."""
    city = City.objects.get(slug=sample.city)
    person = people.person(sample.local, sample.name, language=sample.language, time_zone=city.time_zone)
    question = programme.questions.get(code="last-day")
    sent = evening(today - timedelta(days=12 - number))
    with clock.at(sent):
        application = start_application(by=person, programme=programme)
        values = {
            "home_city": city,
            "born_on": date(today.year - sample.born[0], 5, sample.born[1]),
            "address": f"Sample address, {city.name}",
            "nationalities": [sample.country],
            "languages": sorted({"en", sample.language}),
            "status": PersonStatus.GRADUATE,
            "diploma_title": sample.diploma,
            "diploma_school": "Sample university",
            "diploma_on": date(today.year - 1, 7, 1),
            "motivation": sample.motivation,
        }
        answers = {question.pk: "A short report that the next person can use."} if sample.is_sent else {}
        application = save_application(by=person, application=application, version=1, values=values, answers=answers)
        if not sample.is_sent:
            return application
        upload = SimpleUploadedFile("sample-diploma.pdf", PAPER.read_bytes(), content_type="application/pdf")
        asked = programme.documents_asked.get(code="diploma")
        attach_document(by=person, application=application, asked=asked, upload=upload)
        return submit_application(by=person, application=application)


def decide(application: Application, sample: Sample, organiser: User, number: int, today: date) -> None:
    """The home city, then the organiser, each with the reason."""
    for step, (ruling, reason) in enumerate(sample.rulings):
        with clock.at(evening(today - timedelta(days=8 - number - step))):
            if ruling == Ruling.ADMIT:
                rule_for_network(by=organiser, application=application, ruling=ruling, reason=reason, rank=1)
            else:
                coordinator = people.coordinator(City.objects.get(slug=sample.city))
                rule_for_city(by=coordinator, application=application, ruling=ruling, reason=reason)


def walk(today: date) -> Programme:
    """The programme and its people: one admitted, one approved, one who waits for the city, one refused, one draft."""
    organiser = people.organiser()
    with clock.at(evening(today - timedelta(days=25))):
        programme = set_up(organiser, today)
    for number, sample in enumerate(CAST):
        application = apply(sample, programme, number, today)
        decide(application, sample, organiser, number, today)
    return programme
