"""Who and what the contest's tests need, beyond tests.build."""

from datetime import timedelta

from contest.entries.services.drafts import save_draft
from contest.entries.services.entries import start_entry, submit_entry
from contest.models import Edition, Entry, Question, Startup
from contest.nominations.services.nominations import nominate_entry
from contest.nominations.services.screening import screen_entry
from network.models import City, User
from tests import build
from toolkit import clock
from toolkit.refusals import Refusal


def ask(edition: Edition, code: str = "problem", **fields) -> Question:
    values = {"text": {"en": f"What about {code}?", "fr": f"Et {code} ?"}, "max_chars": 50, **fields}
    return Question.objects.create(edition=edition, code=code, **values)


def startup_of(person: User) -> Startup:
    return Startup.objects.get(organisation__memberships__user=person)


def draft(person: User, edition: Edition, startup: Startup | None = None) -> Entry:
    """A draft with everything filled in, by the services."""
    entry = start_entry(by=person, edition=edition, startup=startup or startup_of(person))
    return save_draft(
        by=person,
        entry=entry,
        version=entry.version,
        values={"title": "Clean rivers", "summary": "Sensors float.", "category": edition.categories.first()},
        answers={question.pk: "yes" if question.kind == "yes_no" else "12" for question in edition.questions.all()},
    )


def submitted(person: User, edition: Edition, startup: Startup | None = None) -> Entry:
    return submit_entry(by=person, entry=draft(person, edition, startup), rules_version=edition.rules_version)


def eligible(person: User, edition: Edition, coordinator: User, startup: Startup | None = None) -> Entry:
    entry = submitted(person, edition, startup)
    screen_entry(by=coordinator, entry=entry, eligible=True, reason="Checked.")
    return Entry.objects.get(pk=entry.pk)


def nominated(person: User, edition: Edition, coordinator: User, startup: Startup | None = None) -> Entry:
    entry = eligible(person, edition, coordinator, startup)
    nominate_entry(by=coordinator, entry=entry)
    return Entry.objects.get(pk=entry.pk)


def team(name: str, city: City) -> User:
    """A founder with a start-up of that name."""
    startup = build.startup(name, city)
    slug = startup.organisation.slug
    return build.person(f"{slug}@team.example", f"Founder of {name}", "founder", startup.organisation)


def coordinator_of(city: City) -> User:
    return build.person(f"{city.slug}@city.example", f"Coordinator of {city}", "coordinator", build.city_hall(city))


def after_call(edition: Edition):
    """At an instant when the call is closed and cities still choose."""
    return clock.at(edition.call_closes + timedelta(hours=1))


def after_choice(edition: Edition):
    """At an instant when cities have chosen."""
    return clock.at(edition.nominations_close + timedelta(hours=1))


class refused:  # noqa: N801 - reads as a word: `with refused("entry.stale") as caught:`
    """Passes when exactly that rule says no, and keeps what it said as `.refusal`."""

    refusal: Refusal

    def __init__(self, code: str):
        self.code = code

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if not isinstance(error, Refusal):
            assert error is None, f"not a refusal: {error!r}"
            raise AssertionError(f"nothing refused: {self.code} was expected")
        assert error.code == self.code
        self.refusal = error
        return True
