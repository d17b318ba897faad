"""What an assignment follows from, read from the rows, and as the problem that the domain solves.

A plan is worked out in one of these ways:
    afresh       nothing is kept (a round that is being prepared)
    fill         everything that is assigned stays; free seats are filled
    least        as few seats as possible change, until every rule holds again
    share        unstarted entries may move to jurors with fewer, each move at a price
    relieve      one juror's unstarted entries go to others, and as little else as possible changes
A scorecard that is begun never moves.
"""

from collections import Counter
from collections.abc import Iterator

from judging.domain.assignment import assign
from judging.domain.assignment.data import Pair
from judging.domain.assignment.kinds import FORCED, KEPT, LOAD_MIN
from judging.jury.kinds.assignment_rules import Jury, asked_in, set_by_hand, usual_rules
from judging.jury.reading.facts import active_jurors, ties_of
from judging.jury.reading.plan_file import EntryRow, JurorRow, PlanInputs
from judging.models import Assignment, Juror, PairRule, Round
from judging.reads.rounds import entries_of
from judging.states import RoundState, ScorecardState

AFRESH, FILL, LEAST, SHARE, RELIEVE = "afresh", "fill", "least", "share", "relieve"
WAYS = (AFRESH, FILL, LEAST, SHARE, RELIEVE)
# Where work is shared: what moving one unstarted entry costs, and what each entry costs that a juror has less than
# their part.
MOVE, OWED = 90, 1_000


def plan_inputs(round: Round, way: str = "", relieve: str = "", seed: int = 0) -> PlanInputs:
    """Everything that a plan follows from, by code. Without a way: afresh in a draft, fill in an open round."""
    entries = list(entries_of(round).select_related("category"))
    jurors = active_jurors(round)
    entry_codes = {entry.pk: entry.code for entry in entries}
    juror_codes = {juror.pk: juror.code for juror in jurors}
    way = way or (FILL if round.state == RoundState.OPEN else AFRESH)
    standing = [] if way == AFRESH else _standing(round, entry_codes, juror_codes)
    return PlanInputs(
        round=round.pk,
        way=way,
        relieve=relieve,
        jurors_per_entry=round.jurors_per_entry,
        by_category=round.category_demand,
        load_min=round.load_min,
        load_max=round.load_max,
        rules=tuple(map(asked_in, round.assignment_rules)),
        join=round.joins_jurors,
        entries=tuple(EntryRow(e.code, e.language, e.category.code if e.category else "") for e in entries),
        jurors=tuple(
            JurorRow(
                j.code,
                languages=tuple(sorted(j.languages)),
                knows=tuple(sorted(category.code for category in j.expertise.all())),
                load_max=round.load_max if j.load_max is None else j.load_max,
                city=str(j.city_id or ""),
                groups=tuple(sorted(j.groups)),
            )
            for j in jurors
        ),
        # Sorted, as all that follows: a plan is refused when its inputs are others, and an order is no difference.
        ties=tuple(
            sorted((entry_codes[tie.entry], juror_codes[tie.juror], tie.kind) for tie in ties_of(round, jurors))
        ),
        pair_rules=tuple(
            sorted(
                (entry_codes[row.entry_id], juror_codes[row.juror_id], row.kind)
                for row in PairRule.objects.filter(round=round)
                if row.entry_id in entry_codes and row.juror_id in juror_codes
            )
        ),
        kept=tuple(sorted((entry, juror) for entry, juror, _begun in standing)),
        begun=tuple(sorted((entry, juror) for entry, juror, begun in standing if begun)),
        seed=seed,
    )


def _standing(round: Round, entries: dict[int, str], jurors: dict[int, str]) -> list[tuple[str, str, bool]]:
    """(entry, juror, begun) of what is assigned to people who are still there."""
    rows = Assignment.objects.filter(round=round).exclude(scorecard__state=ScorecardState.RECUSED)
    found = rows.values_list("entry_id", "juror_id", "scorecard__version", "scorecard__state")
    return [
        (entries[entry], jurors[juror], version > 0 or state == ScorecardState.SUBMITTED)
        for entry, juror, version, state in found
        if entry in entries and juror in jurors
    ]


def problem_of(inputs: PlanInputs, seconds: float = 60.0) -> assign.Problem:
    """The problem of these inputs. Assignments that stand count, even where they are more than the rule asks for."""
    ties = frozenset((entry, juror) for entry, juror, _kind in inputs.ties)
    kept, begun = (tuple(pair for pair in pairs if pair not in ties) for pairs in (inputs.kept, inputs.begun))
    stays = kept if inputs.way == FILL else begun
    of_entry, of_juror = (Counter(pair[side] for pair in stays) for side in (0, 1))

    def demand(row: EntryRow) -> int:
        return max(inputs.by_category.get(row.category, inputs.jurors_per_entry), of_entry[row.code])

    # Where work is shared, everybody is owed an equal part, rounded down.
    part = sum(map(demand, inputs.entries)) // max(len(inputs.jurors), 1) if inputs.way == SHARE else 0
    least = max(inputs.load_min, part)

    def juror(row: JurorRow) -> assign.Juror:
        held, most = of_juror[row.code], min(row.load_max, inputs.load_max)
        if inputs.way == RELIEVE and row.code == inputs.relieve:
            most = held
        return assign.Juror(
            row.code,
            load_max=max(most, held),
            load_min=min(least, most),
            languages=frozenset(row.languages),
            sectors=frozenset(row.knows),
            city=row.city,
            groups=frozenset(row.groups),
        )

    return assign.Problem(
        entries=tuple(assign.Entry(row.code, demand(row), row.language, row.category) for row in inputs.entries),
        jurors=tuple(map(juror, inputs.jurors)),
        conflicts=ties,
        rules=tuple(_rules(inputs, kept, begun)),
        seed=inputs.seed,
        seconds=seconds,
        mend=inputs.join,
    )


def _rules(inputs: PlanInputs, kept: tuple[Pair, ...], begun: tuple[Pair, ...]) -> Iterator[assign.Rule]:
    for row in inputs.rules or map(asked_in, usual_rules()):
        yield row.stated()
    for kind, _words in set_by_hand():
        if pairs := tuple((entry, juror) for entry, juror, which in inputs.pair_rules if which == kind):
            yield assign.Rule(kind, pairs=pairs)
    way = inputs.way
    if way == FILL and kept:
        yield assign.Rule(KEPT, pairs=kept)
    elif way in (LEAST, SHARE, RELIEVE) and kept:
        if begun:
            yield assign.Rule(FORCED, pairs=begun)
        if way == SHARE:
            yield assign.Rule(LOAD_MIN, price=OWED)
        yield assign.Rule(KEPT, price=MOVE, pairs=kept, first=way != SHARE)


def jury_of(round: Round) -> Jury:
    """What the round's rules may name."""
    rows = list(Juror.objects.of_jury(round.edition_id, round.city_id))
    return Jury({row.code: row.full_name for row in rows}, frozenset(group for row in rows for group in row.groups))
