"""Computes everything from the file of a result, without a database: `manage.py rank FILE.json [--json]`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from judging.domain.report import report_of
from judging.domain.result_format import BadResult, read_results

MISSING = {
    "too_few": "too few scorecards to tell jurors from entries",
    "disconnected": "the jury falls into parts that have no entry in common",
    "no_rest": "the marks leave nothing to chance, so that nothing can be estimated",
    "not_settled": "the estimate does not settle",
}


class Command(BaseCommand):
    help = "Standings, ties, corrected standings, agreement and stability, from a file that an edition exports."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="a result (docs/formats/result.schema.json), or all results of an edition")
        parser.add_argument("--json", action="store_true", help="print the report (docs/formats/report.schema.json)")

    def handle(self, file, **options):
        try:
            results = read_results(Path(file).read_bytes())
            reports = [report_of(result) for result in results]
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from None
        except BadResult as error:
            raise CommandError(f"{file} is no result that can be ranked.\n{error}") from None
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{file} can't be ranked: {error}.") from None
        if options["json"]:
            whole = (
                reports[0] if len(reports) == 1 else {"format": "passerelle.reports", "version": 1, "reports": reports}
            )
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True))
            return
        for report in reports:
            self.stdout.write("\n".join(lines_of(report)))


def lines_of(report: dict[str, Any]) -> list[str]:
    """The report for reading in a terminal."""
    round = report["round"]
    lines = [f"Round {round['order']} of {round['edition'] or 'a file'}", "", "Rank  Entry     Result      Scorecards"]
    for row in report["standings"]:
        result = row["final"] or "not ranked"
        lines.append(f"{row['rank'] or '-':>4}  {row['entry']:<8}  {result:<10}  {row['scorecards']}")
    for tie in report["ties"]:
        order = " > ".join(" = ".join(group) for group in tie["groups"])
        lines.append(f"Equal at {tie['value']}: {order}")
    lines += [f"Open at the cut, a person has to decide: {', '.join(tie)}" for tie in report["open_ties"]]
    lines += ["", *_severity_lines(report["severity"])]
    return lines


def _severity_lines(part: dict[str, Any]) -> list[str]:
    if "missing" in part:
        return [f"No corrected standing: {MISSING.get(part['missing'], part['missing'])}."]
    lines = ["Corrected for severity", "Rank  Entry     Corrected   Raw         Raw rank"]
    lines += [
        f"{row['rank_corrected']:>4}  {row['entry']:<8}  {row['corrected']:<10}  {row['raw']:<10}  {row['rank_raw']}"
        for row in part["entries"]
    ]
    lines += ["", "Juror     Points above or below the juror in the middle"]
    lines += [
        f"{row['juror']:<8}  {row['effect'] if row['estimated'] else 'too few scorecards'}" for row in part["jurors"]
    ]
    return lines
