"""How many modules of ours one `close_round` and one `draft_agreement` enter:
what somebody walks through who follows a call.

    .venv/bin/python -m benchmarks.modules_entered          numbers and names
    .venv/bin/python -m benchmarks.modules_entered --count  numbers alone

A module is entered when a function of it runs (`sys.setprofile`); being imported is not being entered, and neither is a
task that the call enqueues. Rows are those of the tests: a round of three entries, three jurors and two criteria with
every mark given, closed by an organiser; an accepted stay whose agreement lacks nothing. The database is in memory and
gone afterwards.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from benchmarks.pages import site

ROOT = Path(__file__).resolve().parent.parent
OURS = ("toolkit", "network", "contest", "judging", "corridor", "config")


class Entered:
    """Counts calls by module of ours: `modules` is {dotted name: functions entered, those called again too}."""

    def __init__(self) -> None:
        self.modules: Counter[str] = Counter()
        self._importing = 0

    def __call__(self, frame: FrameType, event: str, _) -> None:
        code = frame.f_code
        if code.co_name == "<module>":
            self._importing += {"call": 1, "return": -1}.get(event, 0)
        elif event == "call" and not self._importing:
            name = frame.f_globals.get("__name__", "")
            # What collections.namedtuple and dataclasses make bears our name, and no file of ours.
            if name.split(".")[0] in OURS and code.co_filename.startswith(str(ROOT)):
                self.modules[name] += 1


@contextmanager
def entered() -> Iterator[Counter[str]]:
    """The modules of ours that what runs within enters, counted by calls."""
    seen = Entered()
    sys.setprofile(seen)
    try:
        yield seen.modules
    finally:
        sys.setprofile(None)


def modules_of(act: Callable[[], object]) -> Counter[str]:
    """What `act` enters, in a transaction that is taken back: what is due after it is not counted."""
    from django.db import transaction

    with transaction.atomic():
        with entered() as found:
            act()
        transaction.set_rollback(True)
    return found


def closing() -> Callable[[], object]:
    """Closes a round in which every juror has given every mark."""
    from judging.results.services.closing import close_round
    from tests import build

    organiser = build.person("organiser@network.example", "Odile", "organiser", build.secretariat())
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, min_scorecards=2, jurors_per_entry=3, state="open")
    for number in (1, 2, 3):
        juror = build.juror(edition, number)
        for place, entry in enumerate(entries):
            build.marks(build.assign(round, juror, entry), 6 + place, 9 - number)
    return lambda: close_round(by=organiser, round=round)


def drafting() -> Callable[[], object]:
    """Drafts the agreement of an accepted stay."""
    from corridor.agreements.drafting.services.drafting import draft_agreement
    from network.models import User
    from tests.corridor.agreements import cast

    (stay,) = cast.stays(1)
    terms = cast.terms(stay)
    organiser = User.objects.get(email="organiser@network.example")
    return lambda: draft_agreement(by=organiser, stay=stay, language="en", terms=terms)


def main(words: list[str]) -> None:
    with site():
        for what, made in (("close_round", closing), ("draft_agreement", drafting)):
            found = modules_of(made())
            print(f"{what}: {len(found)} modules of ours")
            if "--count" not in words:
                print("".join(f"  {name}  {calls}\n" for name, calls in sorted(found.items())), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
