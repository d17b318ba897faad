"""The contest part of a sample edition: set up, entered, checked, nominated."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from config.demo import decks, people
from config.demo.sample import sample
from config.demo.timeline import Timeline
from contest.editions.services.editions import save_edition
from contest.entries.services.drafts import save_draft
from contest.entries.services.entries import start_entry, submit_entry
from contest.entries.services.startups import create_startup
from contest.models import Edition, Entry, Startup
from contest.nominations.services.cities import claim_entry
from contest.nominations.services.nominations import nominate_entry
from contest.nominations.services.screening import screen_entry
from contest.questions.services.categories import save_category
from contest.questions.services.questions import save_question
from network.models import City, User
from toolkit import clock


@dataclass
class Cast:
    """Who plays in a walk: made once, shared by the editions."""

    organiser: User
    founders: dict[str, User] = field(default_factory=dict)  # by start-up slug
    startups: dict[str, Startup] = field(default_factory=dict)
    coordinators: dict[str, User] = field(default_factory=dict)  # by city slug


def gather_cast() -> Cast:
    """The organiser, one coordinator per city, one founder per sample start-up. Can be run again."""
    cast = Cast(people.organiser())
    for row in sample()["startups"]:
        city = City.objects.get(slug=row["city"])
        cast.coordinators.setdefault(city.slug, people.coordinator(city))
        number = row["founder"].rsplit(" ", 1)[-1]
        founder = people.person(
            f"founder-{number}", row["founder"], at=row["slug"], language=row["language"], time_zone=city.time_zone
        )
        cast.founders[row["slug"]] = founder
        startup = Startup.objects.filter(organisation__name=row["name"], organisation__is_sample=True).first()
        if startup is None:
            startup = create_startup(
                by=founder,
                name=row["name"],
                city=city,
                founded_on=row["founded_on"],
                description=row["summary"][row["language"]].split(". ")[0] + ".",
                has_prototype=True,
            )
            startup.organisation.is_sample = True
            startup.organisation.save(update_fields=["is_sample"])
        cast.startups[row["slug"]] = startup
    return cast


def set_up_edition(cast: Cast, slug: str, name: dict[str, str], times: Timeline) -> Edition:
    """The edition with its dates, categories and questions, as an organiser would enter them."""
    data = sample()
    with clock.at(times.call_opens - timedelta(days=20)):
        edition = save_edition(
            by=cast.organiser,
            edition=None,
            slug=slug,
            name=name,
            summary=data["summary"],
            rules_text={language: text.strip() for language, text in data["rules"].items()},
            time_zone="Europe/Paris",
            call_opens=times.call_opens,
            call_closes=times.call_closes,
            nominations_close=times.nominations_close,
            final_from=times.final,
            final_until=times.final,
            final_place="Cuneo",
            reference_date=times.call_closes.date(),
            max_age_years=data["eligibility"]["max_age_years"],
            quota_sent=data["quotas"]["sent_max"],
            quota_competing=data["quotas"]["competing_max"],
            is_public=True,
            is_sample=True,
        )
        for order, row in enumerate(data["categories"], 1):
            save_category(
                by=cast.organiser, edition=edition, category=None, code=row["code"], name=row["name"], order=order
            )
        for order, row in enumerate(data["questions"], 1):
            save_question(
                by=cast.organiser,
                edition=edition,
                question=None,
                code=row["code"],
                text=row["text"],
                help=row["help"],
                max_chars=row["max_chars"],
                is_required=row["required"],
                names_team=False,
                order=order,
            )
    return edition


def write_entry(cast: Cast, edition: Edition, row: dict[str, Any]) -> Entry:
    """A draft with every answer; two have a deck and a video."""
    founder, language = cast.founders[row["slug"]], row["language"]
    entry = start_entry(by=founder, edition=edition, startup=cast.startups[row["slug"]])
    questions = {question.code: question.pk for question in edition.questions.all()}
    entry = decks.attach(founder, entry, row["slug"])
    return save_draft(
        by=founder,
        entry=entry,
        version=entry.version,
        values={
            "title": row["title"][language],
            "summary": row["summary"][language],
            "language": language,
            "category": edition.categories.get(code=row["category"]),
            "video_url": decks.video_of(row["slug"]),
        },
        answers={questions[code]: text for code, text in row["answers"].items()},
    )


def enter_all(cast: Cast, edition: Edition, times: Timeline) -> dict[str, Entry]:
    """All sample start-ups enter within a few days of the deadline. Returns entries by start-up slug."""
    entries = {}
    for number, row in enumerate(sample()["startups"]):
        with clock.at(times.entered + timedelta(hours=7 * number)):
            entry = write_entry(cast, edition, row)
            founder = cast.founders[row["slug"]]
            entries[row["slug"]] = submit_entry(by=founder, entry=entry, rules_version=edition.rules_version)
    return entries


REASONS = {  # why an entry is eligible, and why it is nominated
    "en": ("Young enough, and the prototype was shown to us.", "Tried here, ready to travel."),
    "fr": ("Assez jeune, et le prototype nous a été montré.", "Essayé ici, prêt à voyager."),
}


def nominate_all(cast: Cast, edition: Edition, entries: dict[str, Entry], times: Timeline) -> None:
    """Each city checks its entries and nominates them, in the order of the file,
    with reasons in its coordinator's language."""
    for row in sample()["startups"]:
        entry, coordinator = entries[row["slug"]], cast.coordinators[row["city"]]
        with clock.at(times.nominated):
            eligible, chosen = REASONS[coordinator.language]
            screen_entry(by=coordinator, entry=entry, eligible=True, reason=eligible)
            nominate_entry(by=coordinator, entry=entry, competes=True, reason=chosen)


# In the open call: who has sent an entry, who is still writing, and one that a second city claims.
SENT = ["sample-slope-bikes", "sample-second-crust", "sample-leak-listeners", "sample-stone-twin"]
WRITING = ["sample-warm-stones", "sample-roof-orchard"]
CLAIMED = ("sample-stone-twin", "karlsruhe", "Its workshop and half of its team are in Karlsruhe.")


def enter_some(cast: Cast, edition: Edition, times: Timeline) -> None:
    """Some entries are sent, some in draft; Clermont-Ferrand has checked one; two cities claim another."""
    rows = {row["slug"]: row for row in sample()["startups"]}
    with clock.at(times.call_opens + timedelta(days=3)):
        for slug in SENT:
            entry = write_entry(cast, edition, rows[slug])
            submit_entry(by=cast.founders[slug], entry=entry, rules_version=edition.rules_version)
        for slug in WRITING:
            row = rows[slug]
            entry = start_entry(by=cast.founders[slug], edition=edition, startup=cast.startups[slug])
            save_draft(
                by=cast.founders[slug],
                entry=entry,
                version=entry.version,
                values={"title": row["title"][row["language"]], "language": row["language"]},
                answers={},
            )
        entry = Entry.objects.get(edition=edition, startup=cast.startups[SENT[0]])
        screen_entry(
            by=cast.coordinators["clermont-ferrand"],
            entry=entry,
            eligible=True,
            reason="Nous avons vu douze remorques au travail.",
        )
        slug, city, reason = CLAIMED
        claimant = City.objects.get(slug=city)
        entry = Entry.objects.get(edition=edition, startup=cast.startups[slug])
        claim_entry(by=people.coordinator(claimant), entry=entry, city=claimant, reason=reason)
