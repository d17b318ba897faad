"""One runner of a race: `python -m tests.contest.race prepare` or `… nominate ENTRY`. Its database is that of DATABASE_URL.

A runner says "ready", waits for a line, then runs; so that all start at the same instant, each in its own process.
"""

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from contest.models import Entry  # noqa: E402
from contest.services import nominate_entry  # noqa: E402
from network.models import User  # noqa: E402
from tests import build  # noqa: E402
from tests.contest import cast  # noqa: E402
from toolkit.refusals import Refusal  # noqa: E402


def prepare() -> None:
    """One place for one competing start-up, and four eligible entries that want it."""
    call_command("migrate", verbosity=0)
    city = build.city("clermont-ferrand", "Clermont-Ferrand", "FR", "Europe/Paris")
    coordinator = cast.coordinator_of(city)
    edition = build.edition(quota_sent=1, quota_competing=1)
    for number in range(4):
        print(cast.eligible(cast.team(f"Team {number}", city), edition, coordinator).pk)  # noqa: T201


def nominate(pk: str) -> None:
    entry = Entry.objects.get(pk=pk)
    coordinator = User.objects.get(memberships__role="coordinator")
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    try:
        print("slot", nominate_entry(by=coordinator, entry=entry).slot)  # noqa: T201
    except Refusal as refusal:
        print("refused", refusal.code, refusal)  # noqa: T201


if __name__ == "__main__":
    {"prepare": prepare, "nominate": nominate}[sys.argv[1]](*sys.argv[2:])
