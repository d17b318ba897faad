"""Assigns jurors to entries from a file, without a database: `manage.py assign FILE.json [--json]`."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.domain.assignment.answer import answer_of
from judging.domain.assignment.assign import Explanation, Graph, Problem, Progress, Solution, assign
from judging.domain.assignment.format import BadAssignment, problem_in
from toolkit.quiet import printed_elsewhere

EXIT = {"optimal": 0, "feasible": 3, "infeasible": 4, "unsolved": 5}
STATUS = {
    "optimal": "Proven: no plan costs less.",
    "feasible": "Time ran out: a plan may cost up to {gap} less than this one (no plan costs less than {bound}).",
    "infeasible": "There is no plan.",
    "unsolved": "Time ran out before a plan was found. Give it more “seconds”.",
}


class Command(BaseCommand):
    help = (
        "Who judges what, from a file (docs/formats/assignment.schema.json). Ends with 0 when the plan is proven to be "
        "the best, 3 when time ran out with a plan in hand, 4 when there is no plan, 5 when time ran out before one "
        "was found, 1 when the file is wrong."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", help="jurors, entries, fields or a matrix of fit, demand, loads, conflicts and rules"
        )
        parser.add_argument("--json", action="store_true", help="print docs/formats/assignment-answer.schema.json")

    def handle(self, file: str, **options: Any) -> None:
        try:
            problem = problem_in(Path(file).read_bytes())
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from None
        except BadAssignment as error:
            raise CommandError(f"{file} is no assignment that can be solved.\n{error}") from None
        with printed_elsewhere():
            solution = assign(problem, self.tell if self.stderr.isatty() else None)
        if options["json"]:
            self.stdout.write(json.dumps(answer_of(problem, solution).as_data(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(lines_of(problem, solution)))
        if code := EXIT[solution.status]:
            sys.exit(code)

    def tell(self, progress: Progress) -> None:
        bound = "no bound yet" if progress.bound is None else f"no plan below {progress.bound:.0f}"
        price = "no plan yet" if progress.incumbent is None else f"a plan for {progress.incumbent}"
        self.stderr.write(f"{progress.seconds:6.1f} s: {bound}, {price}")


def many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def lines_of(problem: Problem, solution: Solution) -> list[str]:
    """The answer for reading in a terminal."""
    lines = [STATUS[solution.status].format(gap=solution.gap, bound=solution.bound)]
    if solution.explanation:
        lines += _why(solution.explanation)
    if solution.fit is None:
        return lines
    fit = solution.fit
    lines[0] += f" Price {solution.price}."
    lines.append(
        f"{many(fit.seats, 'seat')}; in {fit.reads} the juror reads the language, in {fit.knows} knows the sector."
    )
    if fit.points is not None:
        lines.append(f"{many(fit.points, 'point')} of fit; at the best fit everywhere {fit.points_most}.")
    for broken in solution.broken:
        where = ", ".join(f"{code} ({units})" if units > 1 else code for code, units in broken.where[:12])
        more = f" and {len(broken.where) - 12} more" if len(broken.where) > 12 else ""
        lines.append(f"Not met: {broken.name}, {broken.units} times, price {broken.price}: {where}{more}.")
    return [*lines, *_graph(solution.graph), "", *_table(problem, solution)]


def _table(problem: Problem, solution: Solution) -> list[str]:
    seats: dict[str, list[str]] = {entry.code: [] for entry in problem.entries}
    for entry, juror in solution.pairs:
        seats[entry].append(juror)
    width = max(5, *(len(code) for code in seats), *(len(juror.code) for juror in problem.jurors))
    lines = [f"{'Entry':<{width}}  Jurors"]
    lines += [f"{code:<{width}}  {', '.join(jurors)}" for code, jurors in seats.items()]
    lines += ["", f"{'Juror':<{width}}  Entries  Least  Most"]
    for who, load in zip(problem.jurors, solution.loads, strict=True):
        lines.append(f"{who.code:<{width}}  {load:>7}  {who.load_min:>5}  {who.load_max:>4}")
    return lines


def _graph(graph: Graph | None) -> list[str]:
    if graph is None:
        return []
    lines = []
    if graph.exchanges:
        lines.append(
            f"Without {len(graph.exchanges)} exchanges at a price of {graph.price}, the jury would have fallen into "
            f"{graph.parts_before} parts without an entry in common."
        )
    if graph.is_connected:
        lines.append("All jurors are linked by entries that they share: their severity can be compared.")
    else:
        lines.append(f"The jury falls into {len(graph.parts)} parts without an entry in common, largest first:")
        lines += [f"  {', '.join(part)}" for part in graph.parts]
    return lines


def _why(why: Explanation) -> list[str]:
    wanted = "seat is" if why.demand == 1 else "seats are"
    lines = [f"{why.demand} {wanted} wanted; the jurors together take {why.supply} at most and {why.least} at least."]
    if why.clash:
        lines.append(f"These can't all hold: {', '.join(why.clash)} (conflicts always hold).")
    for row in why.shortages:
        at = f" at {row.code}" if row.code else " in all"
        lines.append(f"{row.name}{at}: {row.demand} needed, {row.supply} to be had.")
    for way in why.relaxations:
        told = ", ".join(f"{name} at {code} by {units}".replace("-", "−") for name, code, units in way.by)
        lines.append(f"It would do to give way in: {told}.")
    return lines
