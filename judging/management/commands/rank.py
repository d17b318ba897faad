"""Computes everything from the file of a result, without a database: `manage.py rank FILE.json [--json]`; or the
standings alone, of a file of any size: `manage.py rank FILE.json --standings`."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.domain.numbers import number_of, rounded
from judging.domain.results.document import FiledStanding, ResultFile
from judging.domain.results.format import BadResult, read_results
from judging.domain.results.standings import Ranked, standings_in
from judging.domain.statistics.report import Report, report_of
from judging.domain.statistics.told import AgreementTold, SeverityTold, StabilityTold
from toolkit.quiet import printed_elsewhere

MISSING = {
    "too_few": "too few scorecards to tell jurors from entries",
    "disconnected": "the jury falls into parts that have no entry in common",
    "no_rest": "the marks leave nothing to chance, so that nothing can be estimated",
    "not_settled": "the estimate does not settle",
}


class Command(BaseCommand):
    help = "Standings, ties, corrected standings, agreement and stability, from a file that an edition exports."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a result (docs/formats/result.schema.json), or all results of an edition")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--json", action="store_true", help="print the report (docs/formats/report.schema.json)")
        how.add_argument(
            "--standings", action="store_true", help="ranks and results alone, no statistics: for a file of any size"
        )

    def handle(self, file: str, **options: Any) -> None:
        try:
            content = Path(file).read_bytes()
            if options["standings"]:
                for rows in standings_in(content):
                    self.stdout.write("\n".join(["Rank  Entry         Result  Scorecards", *standing_lines(rows)]))
                return
            results = read_results(content)
            with printed_elsewhere():
                reports = [report_of(result) for result in results]
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from None
        except BadResult as error:
            raise CommandError(f"{file} is no result that can be ranked.\n{error}") from None
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{file} can't be ranked: {error}.") from None
        if options["json"]:
            each = [report.as_data() for report in reports]
            whole = each[0] if len(each) == 1 else {"format": "passerelle.reports", "version": 1, "reports": each}
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True))
            return
        for report, result in zip(reports, results, strict=True):
            self.stdout.write("\n".join(lines_of(report, without_share(result))))


def without_share(result: ResultFile) -> list[tuple[str, list[str]]]:
    """(order, entries) of each earlier round with a weight, of which entries the file says no share:
    a code misspelt there is seen."""
    found = [(row.order, [code for code in result.codes if not row.shares.get(code)]) for row in result.counting]
    return [(order, codes) for order, codes in found if codes]


GOES_ON = {
    "below_cut": "no: the places are taken",
    "lost_tie": "no: behind in a tie",
    "city_full": "no: the most of its city",
    "category_full": "no: the most of its category",
    "below_threshold": "no: below the threshold",
    "below_criterion": "no: below what a criterion needs",
    "below_group": "no: below what a group needs",
    "below_warned": "a person has to decide: below a threshold",
    "kept_below": "yes: a person kept it, below a threshold",
    "dropped_below": "no: a person dropped it, below a threshold",
    "wild_card": "yes: wild card",
    "won_tie": "yes: ahead in a tie",
    "too_few_scorecards": "no: too few scorecards",
    "too_few_peers": "no: too few scorecards of fellow applicants",
    "open_tie": "a person has to decide: tied",
}  # a code of judging.domain.results.reasons that is not here says no more than whether


def goes_on(row: FiledStanding) -> str:
    return GOES_ON.get(row.reason["code"], "yes" if row.advances else "no")


def standing_lines(rows: Sequence[FiledStanding | Ranked]) -> list[str]:
    """Rank, entry, result and scorecards of each row, under each other."""
    results = in_column([row.final for row in rows], "not ranked")
    return [
        f"{row.rank or '–':>4}  {row.entry:<8}  {result:>10}  {row.scorecards:>10}"
        for row, result in zip(rows, results, strict=True)
    ]


def lines_of(report: Report, nothing_carried: Sequence[tuple[str, list[str]]] = ()) -> list[str]:
    """The report for reading in a terminal. `nothing_carried`: see without_share."""
    round = report.round
    lines = [f"Round {round['order']} of {round['edition'] or 'a file'}", ""]
    lines += ["Rank  Entry         Result  Scorecards  Goes on"]
    shown = standing_lines(report.standings)
    lines += [f"{line}  {goes_on(row)}" for line, row in zip(shown, report.standings, strict=True)]
    lines += [
        f"Nothing is carried from round {order}, and counts as 0: {', '.join(codes)}"
        for order, codes in nothing_carried
    ]
    lines += _tie_lines(report)
    lines += [f"Open at the cut, a person has to decide: {', '.join(tie)}" for tie in report.open_ties]
    lines += ["", *_severity_lines(report.severity), "", *_agreement_lines(report.agreement)]
    return [*lines, "", *_stability_lines(report.stability)]


def _tie_lines(report: Report) -> list[str]:
    """The order of each tie with the rules that settled it, and where nothing had to be decided."""
    if not report.ties:
        return ["No two results are equal: nothing had to be decided."]
    waiting = [set(tie) for tie in report.open_ties]
    lines = []
    for tie in report.ties:
        order = " > ".join(" = ".join(group) for group in tie.groups)
        rules, apart = [], 1
        for step in tie.steps:
            if len(step.groups) > apart:
                rules.append(f"{step.kind} {step.code}".strip())
            apart = len(step.groups)
        told = f", told apart by {', '.join(dict.fromkeys(rules))}" if rules else ""
        lines.append(f"Equal at {minus(tie.value)}: {order}{told}")
        lines += [
            f"  {' = '.join(group)}: not told apart, and nothing has to be decided"
            for group in tie.groups
            if len(group) > 1 and not any(some <= set(group) for some in waiting)
        ]
    return lines


def _severity_lines(part: SeverityTold) -> list[str]:
    if "missing" in part:
        return [f"No corrected standing: {MISSING.get(part['missing'], part['missing'])}."]
    lines = ["Corrected for severity", "Rank  Entry      Corrected         Raw  Raw rank"]
    rows = part["entries"]
    columns = in_column([row["corrected"] for row in rows]), in_column([row["raw"] for row in rows])
    lines += [
        f"{row['rank_corrected']:>4}  {row['entry']:<8}  {corrected:>10}  {raw:>10}  {row['rank_raw']:>8}"
        for row, corrected, raw in zip(rows, *columns, strict=True)
    ]
    lines += ["", "Juror     Points above or below the juror in the middle"]
    effects = in_column([row["effect"] if row["estimated"] else "" for row in part["jurors"]], "too few scorecards")
    lines += [f"{row['juror']:<8}  {effect:>10}" for row, effect in zip(part["jurors"], effects, strict=True)]
    return lines


def in_column(texts: Sequence[str], none: str = "–", most: int = 6) -> list[str]:
    """Exact numbers as text that stand under each other: all with the decimals that the finest needs,
    `most` at most."""
    numbers = [number_of(text) for text in texts]
    places = next(
        (n for n in range(most) if all(one is None or rounded(one, most) == rounded(one, n) for one in numbers)), most
    )
    return [
        none if one is None else minus(f"{Decimal(int(rounded(one, places) * 10**places)).scaleb(-places):f}")
        for one in numbers
    ]


def minus(text: str) -> str:
    """A number for reading: with a minus, not a hyphen. JSON keeps the hyphen."""
    return text.replace("-", "−")


MEASURES = {
    "alpha_interval": "Krippendorff's alpha, interval",
    "alpha_ordinal": "Krippendorff's alpha, ordinal",
    "icc2": "ICC(2,1)",
    "icc2k": "ICC(2,k)",
    "w": "Kendall's W",
}


def _agreement_lines(part: AgreementTold) -> list[str]:
    lines = ["Agreement of the jury"]
    found = {name: part["totals"][name] for name in MEASURES if part["totals"].get(name)}
    values = in_column([measure.get("value", "") for measure in found.values()], "not computed: ")
    for (name, measure), value in zip(found.items(), values, strict=True):
        why = "" if measure.get("value") else REASONS.get(measure.get("missing", ""), "")
        lines.append(f"{MEASURES[name]:<32}  {value:>9}{why}")
    flagged = [f"{row['juror']} ({', '.join(row['flags'])})" for row in part["jurors"] if row["flags"]]
    return [*lines, f"Worth a talk: {'; '.join(flagged) or 'nobody'}"]


REASONS = {
    "too_few": "too few entries that two jurors marked",
    "incomplete": "not every juror marked every entry",
    "no_variation": "all marks are equal",
    "negative": "it needs marks from 0 upward",
    "other_ballot": "jurors gave no marks",
}


def _stability_lines(part: StabilityTold) -> list[str]:
    if "missing" in part:
        return [
            f"Stability not computed: {MISSING.get(part['missing']) or REASONS.get(part['missing'], part['missing'])}."
        ]
    what = "to go on" if part["by_cut"] else f"of the first {part['places']}"
    draws = f"{part['draws']} {'draw' if part['draws'] == '1' else 'draws'}"
    lines = [f"Stability ({draws}): chance {what}, range of ranks"]
    lines += [
        f"{row['rank']:>4}  {row['entry']:<8}  {100 * float(row['first']):5.1f} %  {row['low']} to {row['high']}"
        for row in part["entries"]
    ]
    changes = [row for row in part["scenarios"] if row.get("winner_changes") or row.get("enters") or row.get("leaves")]
    for row in changes:
        change = minus(f" {int(row['change']):+d} points") if row["change"] != "0" else ""
        what = f"{row['kind']} {row['code']}{change}"
        if row.get("lowered"):
            what += f" (one scorecard less needed by {len(row['lowered'])})"
        lines.append(
            f"{what}: first {', '.join(row['winners'])}; in {', '.join(row['enters']) or '-'}; out "
            f"{', '.join(row['leaves']) or '-'}"
        )
    return (
        lines
        if changes
        else [
            *lines,
            "Neither the winner nor the shortlist changes without any one juror or criterion, or with other weights.",
        ]
    )
