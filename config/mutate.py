"""`make mutate`: breaks the domains in a few hundred small ways, one after the other, and counts how many tests notice.

    make mutate                                    400 mutants of the domains of judging and corridor
    make mutate FOLDERS=judging/domain MUTANTS=50 SEED=7 MINUTES=10
    make mutate AGAIN=1                            those that survived the last run, alone

The sample is drawn by the seed: of every module at least `LEAST` (5) mutants, the rest by the size of modules; it is
tried in a random order for at most `MINUTES` (600), which begin after the clean run of the tests, so that a budget buys
as many mutants whatever the tests cost. Each mutant is put into a fork of one process in which Django, the tests and
the database stand ready, and meets the tests that run one of its lines on a clean day: those of the domains first, the
fastest first, for at most `PER_MUTANT` (60) seconds of their clean time; a test that takes many times its own counts as
hung, which is noticed, too. Why a mutant changes nothing that anybody could see is said in tests/equal_mutants.txt.
`TESTS` (all) says which tests there are. What becomes of each mutant stands in var/mutate/last.json.
"""

import json
import math
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.forks import Forks, Verdict
from config.mutants import ROOT, Mutant, difference, is_the_same, mutants_of

EQUAL = ROOT / "tests" / "equal_mutants.txt"
LEAST = 5  # of every module
CONFIDENCE = 1.959964  # the normal quantile of 95 %
LAST = ROOT / "var" / "mutate" / "last.json"
# What a fork can't share with its siblings, and what takes its time in a browser.
APART = "not processes and not browser"


def draw(sizes: Mapping[str, int], wanted: int, seed: int, least: int = LEAST) -> list[tuple[str, int]]:
    """(module, number of the mutant) of `wanted` mutants in a random order: first `least` of every module, or all it
    has, then any of
    the rest with the same chance. More than `wanted` where that many are needed for the least."""
    chance = random.Random(seed)
    left = {module: chance.sample(range(size), size) for module, size in sorted(sizes.items())}
    drawn = [(module, left[module].pop()) for module in left for _ in range(min(least, len(left[module])))]
    rest = [(module, number) for module, numbers in left.items() for number in numbers]
    drawn += chance.sample(rest, min(len(rest), max(0, wanted - len(drawn))))
    chance.shuffle(drawn)
    return drawn


def interval(killed: int, tried: int, z: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927): (low, high), between 0 and 1; (0, 1) of
    nothing tried."""
    if not tried:
        return 0.0, 1.0
    share, spread = killed / tried, z * z / tried
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / tried + spread / (4 * tried)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def read_equal(text: str) -> dict[tuple[str, str], str]:
    """{(function, difference): why}: blocks of `function`, the lines of the difference and a word why, an empty line
    between two.

    Raises ValueError where a block has no difference or no word.
    """
    found = {}
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        changed = [line for line in lines[1:] if line[:2] in ("- ", "+ ")]
        why = " ".join(line for line in lines[1:] if line[:2] not in ("- ", "+ ")).strip()
        if not changed or not why:
            raise ValueError(f"{lines[0]}: what changes, or why it makes no difference, is missing")
        found[lines[0], "\n".join(changed)] = why
    return found


@dataclass(frozen=True)
class Tried:
    """A mutant, what became of it, and how it is written."""

    mutant: Mutant
    verdict: Verdict
    change: tuple[str, ...]
    why: str = ""  # it changes nothing that anybody could see

    @property
    def is_killed(self) -> bool:
        return self.verdict in (Verdict.KILLED, Verdict.HUNG)


def summary(tried: Sequence[Tried], sizes: Mapping[str, int]) -> list[str]:
    """What the run says of itself: the killed share of all but equal mutants with its interval, then each survivor."""
    counted = [one for one in tried if not one.why]
    lines: list[str] = []
    for one in counted:
        if not one.is_killed:
            where = f"{one.mutant.file}:{one.mutant.first} {one.mutant.function}"
            lines += [f"\n{where}  ({one.verdict.value})", *(f"    {line}" for line in one.change)]
    verdicts = Counter(one.verdict.value for one in counted)
    return [
        *lines,
        "",
        f"{len(tried)} tried of {sum(sizes.values())} mutants in {len(sizes)} modules, "
        f"{len(tried) - len(counted)} of them equal.",
        ", ".join(f"{number} {what}" for what, number in sorted(verdicts.items())),
        share_of([row_of(one) for one in tried]),
        f"Modules weighted by their size: {weighted(counted, sizes):.1%} killed.",
    ]


def row_of(one: Tried) -> dict[str, object]:
    """What is kept of a mutant that was tried."""
    mutant, end = one.mutant, one.verdict.value
    return {"file": mutant.file, "function": mutant.function, "end": end, "change": list(one.change), "why": one.why}


def together(before: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a run with those that were tried again in their places."""

    def key(row: dict[str, Any]) -> tuple[str, str, str]:
        return row["file"], row["function"], "\n".join(row["change"])

    again = {key(row): row for row in now}
    return [again.pop(key(row), row) for row in before] + list(again.values())


def share_of(rows: Sequence[dict[str, object]]) -> str:
    """The killed share of kept rows, equal ones left out, and its interval, in words."""
    counted = [row for row in rows if not row["why"]]
    killed = sum(row["end"] in (Verdict.KILLED.value, Verdict.HUNG.value) for row in counted)
    low, high = interval(killed, len(counted))
    share = killed / len(counted) if counted else 0.0
    return f"{killed} of {len(counted)} killed, {share:.1%}; 95 % interval {low:.1%} to {high:.1%} (Wilson)."


def weighted(counted: Sequence[Tried], sizes: Mapping[str, int]) -> float:
    """The killed share where each module counts by its mutants, not by how many of them were drawn."""
    by_module = {file: [one.is_killed for one in counted if one.mutant.file == file] for file in sizes}
    known = {file: (sizes[file], sum(ends) / len(ends)) for file, ends in by_module.items() if ends}
    whole = sum(size for size, _share in known.values())
    return sum(size * share for size, share in known.values()) / whole if whole else 0.0


def modules_in(folders: Sequence[str]) -> dict[str, list[Mutant]]:
    """{file: its mutants} of the modules in these folders, or of files named themselves; empty modules left out."""
    files = [
        path for name in folders for path in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))
    ]
    found = {str(path.relative_to(ROOT)): mutants_of(str(path.relative_to(ROOT))) for path in sorted(set(files))}
    return {file: mutants for file, mutants in found.items() if mutants}


def within(minutes: float, mutants: Sequence[Mutant], clock: Callable[[], float] = time.monotonic) -> Iterator[Mutant]:
    """The mutants one after the other until the minutes are over, counted from when the first one is asked for; `clock`
    counts seconds."""
    until = clock() + minutes * 60
    for mutant in mutants:
        if clock() > until:
            return
        yield mutant


class Work:
    """Tries the drawn mutants one after the other while there is time."""

    def __init__(self, mutants: Sequence[Mutant], minutes: float) -> None:
        self.mutants = mutants
        self.minutes = minutes
        self.equal = read_equal(EQUAL.read_text()) if EQUAL.exists() else {}
        self.tried: list[Tried] = []

    def __call__(self, forks: Forks) -> None:
        forks.say(f"{len(self.mutants)} mutants, for {self.minutes:g} minutes at most.")
        for number, mutant in enumerate(within(self.minutes, self.mutants), 1):
            change = tuple(difference(mutant))
            why = self.equal.get((mutant.function, "\n".join(change)), "")
            if not why and is_the_same(mutant):
                why = "compiles to the same, or to nothing"
            began = time.monotonic()
            verdict = Verdict.NOT_TRIED if why else forks.verdict_of(mutant)
            self.tried.append(Tried(mutant, verdict, change, why))
            forks.say(
                f"{number:4} {'equal' if why else verdict.value:12} {time.monotonic() - began:5.1f} s  "
                f"{mutant.file}:{mutant.first} {mutant.function}"
            )
            if not why and not self.tried[-1].is_killed:
                forks.say("\n".join(f"     {line}" for line in change))
        if len(self.tried) < len(self.mutants):
            forks.say(f"Time is over after {len(self.tried)} of {len(self.mutants)}.")


def chosen(modules: Mapping[str, Sequence[Mutant]], sizes: Mapping[str, int]) -> list[Mutant]:
    """The mutants to try: those that survived last time, or a sample."""
    if os.environ.get("AGAIN"):
        survived = (Verdict.SURVIVED.value, Verdict.NOT_REACHED.value)
        rows = [row for row in json.loads(LAST.read_text()) if row["end"] in survived and row["file"] in modules]
        found = {(mutant.file, mutant.function, tuple(difference(mutant))): mutant
                 for row in rows for mutant in modules[row["file"]] if mutant.function == row["function"]}  # fmt: skip
        return [found[key] for row in rows if (key := (row["file"], row["function"], tuple(row["change"]))) in found]
    wanted, seed, least = (
        int(os.environ.get(*one)) for one in (("MUTANTS", "400"), ("SEED", "1"), ("LEAST", str(LEAST)))
    )
    drawn = draw(sizes, wanted, seed, least)
    return [modules[file][number] for file, number in drawn]


def main() -> int:
    import pytest

    sys.path += filter(None, [os.environ.get("MUTATE_PACKAGES")])
    folders = os.environ.get("FOLDERS", "judging/domain corridor/domain").split()
    modules = modules_in(folders)
    sizes = {file: len(mutants) for file, mutants in modules.items()}
    work = Work(chosen(modules, sizes), float(os.environ.get("MINUTES", "600")))
    forks = Forks(work, [ROOT / folder for folder in folders], float(os.environ.get("PER_MUTANT", "60")))
    options = ["-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:faulthandler", "-s", "-m", APART]
    ended = pytest.main(
        [*options, "--hypothesis-profile=mutants", *(os.environ.get("TESTS", "").split() or ["tests"])], plugins=[forks]
    )
    print("\n".join(summary(work.tried, sizes)))
    before = json.loads(LAST.read_text()) if os.environ.get("AGAIN") else []
    rows = together(before, [row_of(one) for one in work.tried])
    if rows:
        LAST.write_text(json.dumps(rows, indent=1))
    if before:
        print(f"With the run before, of all that it drew: {share_of(rows)}")
    return int(ended)


if __name__ == "__main__":
    sys.exit(main())
