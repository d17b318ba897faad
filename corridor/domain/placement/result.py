"""What a solved placement says: who goes where and why, who has no place and why. Pure.

Reasons are explained in placement/reasons.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from corridor.domain.placement.aims import turns_of
from corridor.domain.placement.answer import Answer, LevelTold, Placed, StepTold, Unplaced, Waiting, Why
from corridor.domain.placement.faults import notices_of
from corridor.domain.placement.file import read_file
from corridor.domain.placement.pairs import blocking_pairs
from corridor.domain.placement.problem import Option, Problem, options_of
from corridor.domain.placement.reasons import why_not, why_unplaced
from corridor.domain.placement.solution import Solution
from corridor.domain.placement.solve import solve
from corridor.domain.placement.steps import Level, Progress
from toolkit.canonical import digest
from toolkit.exact_json import exact


def place(
    document: Any,
    *,
    seconds: float | None = None,
    total: float | None = None,
    progress: Progress | None = None,
    timed: bool = False,
) -> Answer:
    """Solves a document of docs/formats/placement.schema.json.

    `seconds` per level and in `total` win over what the document says. Only a `timed` answer says how long it took:
    without, the same document gives the same bytes when every level is proven. Raises BadDocument.
    """
    file = read_file(document)
    problem = file.problem()
    given = float(60 if file.seconds is None else file.seconds) if seconds is None else seconds
    solution = solve(problem, seconds=given, total=total, progress=progress)
    return answer_of(problem, solution, digest(without_decimals(exact(document))), timed=timed)


def without_decimals(value: Any) -> Any:
    """Numbers with decimals as texts."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: without_decimals(one) for key, one in value.items()}
    return [without_decimals(one) for one in value] if isinstance(value, list) else value


def answer_of(problem: Problem, solution: Solution, inputs_sha256: str, *, timed: bool = False) -> Answer:
    """The answer of a solution."""
    placements, unplaced = explain(problem, solution.chosen)
    return Answer(
        inputs_sha256=inputs_sha256,
        seconds=f"{solution.seconds:.3f}" if timed else None,
        rule=problem.rule,
        change_first=problem.change_first,
        seed=problem.seed,
        status=solution.status,
        is_optimal=solution.is_optimal,
        time_limit=f"{solution.time_limit:g}",
        objective=_decimal(solution.objective),
        bound=_decimal(solution.bound),
        levels=tuple(_level(level, timed) for level in solution.levels),
        placements=placements,
        unplaced=unplaced,
        blocking_pairs=tuple(blocking_pairs(problem, solution.chosen)),
        waiting=waiting_list(problem, solution.chosen),
        notices=notices_of(problem),
    )


def _decimal(thousandths: int | None) -> str | None:
    return None if thousandths is None else f"{(Decimal(thousandths) / 1000).normalize():f}"


def _level(level: Level, timed: bool) -> LevelTold:
    return LevelTold(
        seconds=f"{level.seconds:.3f}" if timed else None,
        name=level.name,
        value=level.value,
        bound=level.bound,
        proven=level.proven,
        highest=level.maximise,
        time_limit=f"{level.time_limit:g}",
        steps=tuple(StepTold(step.rank, step.value, step.bound) for step in level.steps),
    )


def explain(problem: Problem, chosen: Sequence[Option]) -> tuple[tuple[Placed, ...], tuple[Unplaced, ...]]:
    """(who is placed, who is not) by rank, each with its reason."""
    plan = {option.candidate: option for option in chosen}
    here: dict[str, list[Option]] = {}
    for one in chosen:
        here.setdefault(one.incubator, []).append(one)
    placements: list[Placed] = []
    unplaced: list[Unplaced] = []
    for candidate in sorted(problem.candidates, key=lambda one: (one.rank, one.id)):
        option = plan.get(candidate.id)
        refused = tuple(
            why_not(problem, candidate, problem.incubator[code], here.get(code, []))
            for code, wish in candidate.wishes
            if option is None or (wish < option.wish and not candidate.pinned)
        )
        if option is None:
            unplaced.append(Unplaced(candidate.id, candidate.rank, why_unplaced(problem, candidate), refused))
        else:
            placements.append(_placement(problem, option, refused))
    return tuple(placements), tuple(unplaced)


def _placement(problem: Problem, option: Option, better: tuple[Why, ...]) -> Placed:
    candidate = problem.candidate[option.candidate]
    before = candidate.published
    same = before is not None and (before.incubator, before.starts) == (option.incubator, option.start)
    return Placed(
        candidate=candidate.id,
        rank=candidate.rank,
        incubator=option.incubator,
        starts=option.start,
        ends=option.ends,
        desks=option.desks,
        wish=option.wish,
        wishes=len(candidate.wishes),
        host_place=option.host_place if problem.incubator[option.incubator].order else None,
        pinned=candidate.pinned is not None,
        change="new" if before is None else "same" if same else "moved",
        better=better,
    )


def chosen_of(problem: Problem, answer: Answer) -> tuple[Option, ...]:
    """The plan that an answer tells, as the solver's own options: the pinned stays too.
    Raises KeyError for a foreign answer."""
    ways = {(one.candidate, one.incubator, one.start): one for one in [*problem.pinned, *options_of(problem)]}
    return tuple(ways[one.candidate, one.incubator, one.starts] for one in answer.placements)


def waiting_list(problem: Problem, chosen: Sequence[Option]) -> tuple[Waiting, ...]:
    """Who is asked when a place comes free, in order: by award, then by lot. Each with the incubators that may take it,
    best wish first. Whoever has no wish left that a host may give is not on the list."""
    placed = {option.candidate for option in chosen}
    draw = {one.id: number for number, one in enumerate(turns_of(problem))}
    waiting: list[tuple[int, int, str, tuple[str, ...]]] = []
    for candidate in problem.candidates:
        if candidate.id in placed or not problem.window(candidate):
            continue
        hosts = tuple(
            code
            for code, _wish in candidate.wishes
            if why_not(problem, candidate, problem.incubator[code], []).code in ("free", "held", "arrivals")
        )
        if hosts:
            waiting.append((candidate.rank, draw[candidate.id], candidate.id, hosts))
    return tuple(
        Waiting(place, code, rank, hosts) for place, (rank, _lot, code, hosts) in enumerate(sorted(waiting), start=1)
    )
