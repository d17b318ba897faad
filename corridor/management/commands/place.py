"""Places candidates from a file, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from toolkit.quiet import printed_elsewhere

if TYPE_CHECKING:
    from corridor.domain.placement.answer import Answer, Why

TELL_EVERY = 0.5  # seconds
DECIMALS = ("objective", "bound", "seconds", "time_limit")


class Command(BaseCommand):
    help = "Places the candidates of a file (docs/formats/placement.schema.json) and says how far the plan is proven."
    requires_system_checks: list[str] = []  # it needs no database, no mail and no web

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="the file, or - for what comes in")
        parser.add_argument("--json", action="store_true", help="the answer as JSON (placement-answer.schema.json)")
        parser.add_argument("--seconds", type=float, help="time for each level, instead of what the file says")

    def handle(self, *, file: str, seconds: float | None, **options: Any) -> None:
        from corridor.domain.placement.file import BadDocument, read_json

        with printed_elsewhere():  # it loads the solver
            from corridor.domain.placement.result import place

        if seconds is not None and not 0 < seconds <= 86_400:
            raise CommandError("--seconds: a number above 0, at most 86400.")
        try:
            document = read_json(read(file))
            with printed_elsewhere():
                answer = place(document, seconds=seconds, timed=True, progress=self.teller())
        except BadDocument as bad:
            raise CommandError("\n".join([f"{file} can’t be used:", *map(str, bad.faults)])) from bad
        if options["json"]:
            self.stdout.write(json.dumps(with_numbers(answer.as_data()), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(in_words(answer)))

    def teller(self) -> Callable[[float, str, float, float], None] | None:
        """Tells at a terminal, no more often than twice a second, what is found and what no plan can pass."""
        if not self.stderr.isatty():
            return None
        told = [float("-inf")]

        def tell(seconds: float, level: str, found: float, bound: float) -> None:
            if seconds - told[0] >= TELL_EVERY and isfinite(found) and isfinite(bound):
                told[0] = seconds
                self.stderr.write(f"{seconds:6.1f} s: {level}: {found:g} found, no plan passes {bound:g}")

        return tell


def read(file: str) -> bytes:
    """What a file holds. Raises CommandError when it can't be read."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file} can’t be read: {error.strerror}.") from error


def with_numbers(value: Any) -> Any:
    """Texts that stand for numbers, as numbers."""
    if isinstance(value, dict):
        return {
            key: _number(one) if key in DECIMALS and isinstance(one, str) else with_numbers(one)
            for key, one in value.items()
        }
    return [with_numbers(one) for one in value] if isinstance(value, list) else value


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() else float(text)


def in_words(answer: Answer) -> list[str]:
    """The answer for a person at a terminal."""
    total = len(answer.placements) + len(answer.unplaced)
    lines = [f"{len(answer.placements)} of {total} placed; {answer.status} after {answer.seconds} s."]
    if answer.objective is not None:
        lines.append(f"Sum {answer.objective}; no plan passes {answer.bound}.")
    for level in answer.levels:
        best = f"at best {level.bound}" if level.bound != level.value else "no more can be, but others might"
        proof = "proven" if level.proven else f"not proven: {best} ({level.time_limit} s given)"
        if level.steps:
            lines.append(f"  {level.name}: {level.value}, {proof}")
    for row in answer.placements:
        wish = "pinned" if row.pinned else f"wish {row.wish} of {row.wishes}"
        lines.append(f"{row.candidate} → {row.incubator}, {row.starts} to {last_day(row.ends)} ({wish})")
    for one in answer.unplaced:
        lines.append(f"{one.candidate} has no place. {UNPLACED[one.code]}".rstrip())
        lines += [f"  {why.incubator}: {sentence(why)}" for why in one.wishes if why.code != "no_start"]
    for pair in answer.blocking_pairs:
        said = f"{pair.candidate} and {pair.incubator} would both rather have had each other"
        lines.append(f"{said}; {pair.level} would be worse.")
    return lines + [f"Note. {one.place}: {one.sentence}" for one in answer.notices]


UNPLACED = {
    "no_wish": "It has no wish.",
    "no_start": "No start day of the programme lies between its earliest and its latest start.",
    "not_eligible": "Every start day in its window lies after the last one that the rule on age allows.",
    "no_room": "",
}
SENTENCES = {
    "declined": "this stay was declined before.",
    "refused": "it does not take this candidate: {reason}",
    "home_city": "it is in the candidate’s own city.",
    "no_start": "no start day lies in the candidate’s own window.",
    "not_eligible": "the rule on age allows no start after {eligible_until}, and it offers no desk before.",
    "no_opening": "it offers no desk for a whole stay in the wished dates.",
    "too_few_desks": "{some_desks} at most, too few for this guest.",
    "too_late": "lead times allow no start before {feasible_from}.",
    "blackout": "closed from {starts} to {last}.",
    "held": "stays agreed before leave {some_desks}, too few for this guest.",
    "arrivals": "it receives {most} a month at most; in the month of {month} these arrive: {holders}.",
    "taken": "its desks go to {holders}; {short_by} missing from {start}. {right}",
    "free": "it has desks, but another plan was better or there was no time to look.",
}
RIGHTS = {
    "award_order": "Better ranks among them hold the desks.",
    "whole_plan": "Under the rule, the plan as a whole is better so.",
}


def sentence(why: Why) -> str:
    """Why a wish is not given, in words."""
    told = {
        **vars(why),
        "holders": ", ".join(why.holders or ()) or "those agreed before",
        "some_desks": "1 desk" if why.desks == 1 else f"{why.desks or 0} desks",
        "last": last_day(why.ends) if why.ends else "",
        "right": RIGHTS.get(why.rule or "", ""),
    }
    return SENTENCES[why.code].format(**told)


def last_day(ends: date) -> date:
    """The last day of a stay or of days that are closed: people count it in, files do not."""
    return ends - timedelta(days=1)
