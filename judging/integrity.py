"""What must always be true of judging's rows and files. Each check yields sentences about what is not."""

import json
from collections.abc import Iterator

from judging.domain.results import frozen
from judging.domain.results.document import ResultFile
from judging.domain.results.format import BadResult, Held, results_in
from judging.domain.rule.values import is_in_itself
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES
from judging.jury.reading.facts import ties_of
from judging.jury.services.assignment import PLANS
from judging.models import Assignment, Computed, CriterionGroup, Result, Round, Scorecard
from judging.reads.taking_part import FROZEN
from judging.results.shown.stamps import stamp_of
from judging.results.shown.table import Table, table_of
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.kinds.balloting import BALLOTS, given_on
from judging.rounds.kinds.blanks import BLANKS
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.kinds.correcting import CORRECTIONS
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS
from judging.rounds.kinds.levels import LEVELS
from judging.rounds.kinds.seeing_others import SEEING_OTHERS
from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS
from judging.rounds.kinds.tie_rules import TIE_RULES
from judging.states import ComputedKind, RoundState, ScorecardState
from toolkit.canonical import canonical_bytes, digest
from toolkit.kinds import strays


def faults_of_file(text: str, sha256: str = "") -> list[str]:
    """What is wrong with a frozen file: its form, not canonical, another hash than `sha256` if given,
    or another result when recomputed."""
    try:
        held = results_in(text.encode("utf-8"))
    except BadResult as error:
        return [f"this is no frozen result: {place}: {sentence}" for place, sentence in error.errors]
    if len(held) != 1 or held[0].place:
        return ["this is no frozen result: it is a file of several"]
    canonical = canonical_bytes(held[0].written).decode("utf-8") == text
    return ([] if canonical else ["the file is not in canonical form"]) + faults_of_held(held[0], sha256)


def faults_of_held(held: Held, sha256: str = "") -> list[str]:
    """What is wrong with a result that was read: another hash than `sha256`, or another result when recomputed."""
    try:
        found = digest(held.written)
        faults = [f"the file's hash is {found}, not {sha256}"] if sha256 and found != sha256 else []
        return faults + [f"recomputed, the {part} differ" for part in frozen.check(held.file)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"this is no frozen result: {error!r}"]


def faults_of_result(result: Result) -> list[str]:
    """The file's faults, and where the standings shown differ from it."""
    faults = faults_of_file(result.file, result.sha256)
    if faults:
        return faults
    filed = {
        row.entry: (row.rank, row.total, row.final, row.advances, row.tie or {})
        for row in ResultFile.from_data(json.loads(result.file)).filed
    }
    shown = {
        s.entry.code: ("" if s.rank is None else str(s.rank), s.total, s.final, s.advances, s.tie)
        for s in result.round.standings.select_related("entry")
    }
    return [
        f"entry {code}: the standings shown differ from the file"
        for code in sorted(filed | shown)
        if filed.get(code) != shown.get(code)
    ]


def _check_copies() -> Iterator[str]:
    """What is kept as computed, worked out anew while its stamp is the present one."""
    copies = Computed.objects.filter(kind=ComputedKind.STANDINGS).exclude(data="")
    for copy in copies.select_related("round__edition", "round__city").order_by("round_id"):
        if any(_strays(copy.round)):  # said by itself; nothing can be worked out
            continue
        if copy.stamp == stamp_of(copy.round) and Table.from_data(json.loads(copy.data)) != table_of(copy.round):
            yield f"round {copy.round_id}: the standings kept for the page differ from what its marks give"


def _strays(round: Round) -> Iterator[str]:
    yield from strays(TIE_RULES, ((f"round {round.pk}", link["kind"]) for link in round.rule.tie_chain))
    yield from strays(AGGREGATIONS, [(f"round {round.pk}", round.rule.across)])
    yield from strays(COMBINATIONS, [(f"round {round.pk}", round.rule.combine)])
    yield from strays(BALLOTS, [(f"round {round.pk}", round.rule.ballot)])
    yield from strays(LEVELS, [(f"round {round.pk}", round.rule.aggregate_at)])
    yield from strays(THRESHOLD_EFFECTS, [(f"round {round.pk}", round.rule.threshold_effect)])
    yield from strays(BLANKS, [(f"round {round.pk}", round.rule.blanks)])
    yield from strays(SEEING_OTHERS, [(f"round {round.pk}", round.others_marks)])
    yield from strays(CORRECTIONS, [(f"round {round.pk}", round.rule.correction)])
    yield from strays(COUNTINGS, [(f"round {round.pk}", round.rule.counting)])
    yield from strays(ASSIGNMENT_RULES, ((f"round {round.pk}", row["rule"]) for row in round.assignment_rules))
    yield from strays(ASSIGNMENT_RULES, ((f"pair {row.pk}", row.kind) for row in round.pair_rules.order_by("pk")))
    yield from strays(CRITERION_KINDS, ((f"criterion {c.pk}", c.kind) for c in round.criteria.order_by("pk")))


def check_judging() -> Iterator[str]:
    """All checks over all rounds."""
    for round in Round.objects.order_by("pk"):
        yield from _strays(round)
    for round in Round.objects.filter(state__in=FROZEN).select_related("edition").order_by("pk"):
        result = Result.objects.current().filter(round=round).select_related("round").first()
        faults = ["closed without a frozen file"] if result is None else faults_of_result(result)
        yield from (f"round {round.pk}: {fault}" for fault in faults)
    current = Result.objects.current().filter(round__state__in=FROZEN).values("pk")
    for result in Result.objects.exclude(pk__in=current).order_by("round_id", "version"):
        for fault in faults_of_file(result.file, result.sha256):
            yield f"round {result.round_id}, version {result.version}: {fault}"
    yield from _check_copies()
    yield from PLANS.faults()
    for round in Round.objects.filter(state=RoundState.OPEN).select_related("edition", "city").order_by("pk"):
        tied = {(tie.juror, tie.entry) for tie in ties_of(round)}
        live = Assignment.objects.filter(round=round).exclude(scorecard__state=ScorecardState.RECUSED)
        for row in live.order_by("pk"):
            if (row.juror_id, row.entry_id) in tied:
                yield f"assignment {row.pk}: the juror has a tie with the entry"
    parents: dict[int, int | None] = dict(CriterionGroup.objects.values_list("pk", "parent_id"))
    yield from (f"group {pk}: stands inside itself" for pk in sorted(parents) if is_in_itself(pk, parents))
    for row in Assignment.objects.filter(scorecard__isnull=True).order_by("pk"):
        yield f"assignment {row.pk}: has no scorecard"
    unmarked = Scorecard.objects.filter(state=ScorecardState.SUBMITTED, marks__isnull=True)
    for card in unmarked.filter(assignment__round__rule__ballot__in=given_on("")).order_by("pk"):
        yield f"scorecard {card.pk}: submitted without a mark"
