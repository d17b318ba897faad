"""The answer to an assignment as it travels (docs/formats/assignment-answer.schema.json): the plan pair by pair with
what it costs, or why there is none. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from judging.domain.assignment.data import Explanation, Fit, Graph, Pair, Problem, Shortage, Solution
from judging.domain.assignment.kinds import kind_of
from toolkit.typed_data import as_data, left_out

ANSWER, VERSION = "passerelle.assignment-answer", 1


@dataclass(frozen=True, slots=True)
class Seated:
    """A juror on an entry: whether they read its language and know its sector, whether the pair stood before, and its
    points in the fit matrix (None without a matrix)."""

    entry: str
    juror: str
    reads: bool
    knows: bool
    kept: bool
    fit: int | None = left_out(None)

    @property
    def pair(self) -> Pair:
        """(entry code, juror code)."""
        return self.entry, self.juror


@dataclass(frozen=True, slots=True)
class Load:
    """How many entries a juror has, and must and may have."""

    juror: str
    load: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Place:
    """An entry or a juror where a rule is broken, by how many units."""

    code: str
    units: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """A priced rule (`rule` is its place among the problem's, from 0) that the plan breaks: units, price and where."""

    rule: int
    kind: str
    name: str
    units: int
    price: int
    where: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One step of linking jurors: the pairs that went, those that came, and what that cost."""

    removed: tuple[tuple[str, ...], ...]
    added: tuple[tuple[str, ...], ...]
    price: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Groups of jurors without a link between them, largest first; how many there were before exchanges."""

    parts: tuple[tuple[str, ...], ...]
    parts_before: int
    exchanges: tuple[Exchanged, ...]
    price: int


@dataclass(frozen=True, slots=True)
class GivenWay:
    """A rule (by its name) that gives way at an entry or juror, by how many units; fewer jurors are a negative
    number."""

    rule: str
    code: str
    units: int


@dataclass(frozen=True, slots=True)
class WhyNone:
    """Why there is no plan, in seats: wanted, to be had at most, to be had at least; rules that clash, what is short,
    and the smallest ways out."""

    demand: int
    supply: int
    least: int
    clash: tuple[str, ...]
    shortages: tuple[Shortage, ...]
    relaxations: tuple[tuple[GivenWay, ...], ...]


@dataclass(frozen=True)
class Answer:
    """The whole answer; a plan has `fit` and `graph`, none has an `explanation`. Prices are whole numbers."""

    format: str
    version: int
    status: str
    price: int
    bound: int
    gap: int
    pairs: tuple[Seated, ...]
    loads: tuple[Load, ...]
    fit: Fit | None
    broken: tuple[Unmet, ...]
    graph: Linked | None
    explanation: WhyNone | None

    def as_data(self) -> dict[str, object]:
        """The plain data of the file."""
        found: dict[str, object] = as_data(self)
        return found


def answer_of(problem: Problem, solution: Solution) -> Answer:
    """The answer, the same for the same problem, version and seed."""
    return Answer(
        ANSWER,
        VERSION,
        status=solution.status,
        price=solution.price,
        bound=solution.bound,
        gap=solution.gap,
        pairs=tuple(_seated(problem, solution.pairs)),
        loads=tuple(
            Load(juror.code, load, juror.load_min, juror.load_max)
            for juror, load in zip(problem.jurors, solution.loads, strict=bool(solution.loads))
        ),
        fit=solution.fit,
        broken=tuple(
            Unmet(it.rule, it.kind, it.name, it.units, it.price, tuple(Place(*place) for place in it.where))
            for it in solution.broken
        ),
        graph=_linked(solution.graph) if solution.graph else None,
        explanation=_why_none(solution.explanation) if solution.explanation else None,
    )


def _linked(graph: Graph) -> Linked:
    exchanges = tuple(Exchanged(it.removed, it.added, it.price) for it in graph.exchanges)
    return Linked(graph.parts, graph.parts_before, exchanges, graph.price)


def _why_none(why: Explanation) -> WhyNone:
    ways = tuple(tuple(GivenWay(*step) for step in relaxation.by) for relaxation in why.relaxations)
    return WhyNone(why.demand, why.supply, why.least, why.clash, why.shortages, ways)


def _seated(problem: Problem, pairs: tuple[Pair, ...]) -> Iterator[Seated]:
    entries = {entry.code: (n, entry) for n, entry in enumerate(problem.entries)}
    jurors = {juror.code: (n, juror) for n, juror in enumerate(problem.jurors)}
    kept = {pair for rule in problem.rules if kind_of(rule).is_earlier for pair in rule.pairs}
    for pair in pairs:
        (e, entry), (j, juror) = entries[pair[0]], jurors[pair[1]]
        fit = None if problem.fit is None else int(problem.fit[e][j])
        yield Seated(entry.code, juror.code, juror.reads(entry), juror.knows(entry), pair in kept, fit)
