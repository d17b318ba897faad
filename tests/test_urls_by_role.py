"""Every address crossed with every role. A new address without a row fails: say who may open it.

Each row holds what a GET answers to: visitor, stranger (an account without a role), founder, coordinator, organiser, juror, host.
The rows of the world below belong to the founder's own city and start-up, so each role sees what is its own; whoever has
nothing to do with a thing gets 404, and visitors are sent to log in. 405: the address takes only POST.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from contest.models import Startup
from tests import build

TABLE = Path(__file__).with_name("urls_by_role.txt")
ROLES = ["visitor", "stranger", "founder", "coordinator", "organiser", "juror", "host"]
# Pages of allauth and of the API's own browser of schemas: tested by their makers, and in tests/network and tests/api.
OTHERS = ("account_", "mfa_", "usersessions_", "schema", "reference", "api-root", "demo")


def names() -> dict[str, str]:
    """{name of an address: its pattern} of everything that is ours."""
    found = {}

    def walk(patterns, prefix=""):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, prefix + str(pattern.pattern))
            elif isinstance(pattern, URLPattern) and pattern.name and not pattern.name.startswith(OTHERS):
                found[pattern.name] = prefix + str(pattern.pattern)

    walk(get_resolver().url_patterns)
    return found


def rows() -> dict[str, list[str]]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {line[0]: line[1:] for line in lines}


@pytest.fixture
def world(db, founder, coordinator, organiser, stranger, city):
    """One person per role, and one of each thing: the founder's entry is nominated, assigned to the juror and has a stay.

    Returns ({role: person}, {part of an address: slug}, {beginning of an address: pk}); other numbers stay unknown.
    """
    edition = build.edition("2027")
    entry = build.nominate(build.entry(edition, Startup.objects.get()))
    round = build.round(edition, state="open")
    juror = build.juror(edition, 1, build.city("magog"))
    scorecard = build.assign(round, juror, entry)
    house = build.incubator("House", build.city("braga"), (date(2027, 1, 1), date(2027, 12, 31), 4))
    stay = build.stay(build.award(entry), house)
    people = [None, stranger, founder, coordinator, organiser, juror.user, build.host(house)]
    slugs = {
        "slug": "2027",
        "edition": "2027",
        "city": city.slug,
        "step": "pitch",
        "preset_slug": "holt-fintech",
        "role": "coordinator",
    }
    pks = {
        "entries/": entry.pk,
        "city/entries/": entry.pk,
        "organise/editions/2027/entries/": entry.pk,
        "organise/editions/2027/categories/": edition.categories.get().pk,
        "startups/": entry.startup_id,
        "judging/scorecards/": scorecard.pk,
        "organise/rounds/": round.pk,
        "organise/jurors/": juror.pk,
        "organise/programmes/": stay.programme_id,
        "candidates/": stay.candidate_id,
        "incubator/": house.pk,
        "stays/": stay.pk,
        "api/v1/entries/": entry.pk,
        "api/v1/scorecards/": scorecard.pk,
        "api/v1/incubators/": house.pk,
        "api/v1/stays/": stay.pk,
    }
    return dict(zip(ROLES, people, strict=True)), slugs, pks


def address(pattern: str, slugs: dict, pks: dict) -> str:
    """The address of what is in the world; 987654 stands for what is not."""
    path = re.sub(r"\(\?P<(\w+)>(?:\[[^]]*\]\+|[^)]*)\)", r"<\1>", pattern)
    path = re.sub(r"\^|\$|\\Z", "", path)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: slugs.get(found[1], f"<{found[1]}>"), path)
    path = path.replace("<pk>", str(pks.get(path.partition("<pk>")[0], 987654)))
    return "/" + re.sub(r"<\w+>", "987654", path)


def test_every_address_answers_each_role_as_the_table_says(world, enter):
    people, slugs, pks = world
    clients = {role: enter(person) if person else Client() for role, person in people.items()}
    seen = {}
    for name, pattern in sorted(names().items()):
        place = address(pattern, slugs, pks)
        seen[name] = [str(clients[role].get(place).status_code) for role in ROLES]
    assert not any("500" in answers for answers in seen.values())
    if os.environ.get("WRITE_TABLE"):
        TABLE.write_text("".join(f"{name:26} {' '.join(answers)}\n" for name, answers in seen.items()))
    assert seen == rows()
