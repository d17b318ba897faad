"""Recomputes a frozen result: the same hash, the same standings, on any machine.
`manage.py verify FILE` needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from judging.domain.results.format import BadResult, Held, results_in
from judging.domain.statistics.report import edges_of
from judging.integrity import faults_of_file, faults_of_held, faults_of_result
from judging.models import Result
from toolkit.canonical import digest


class Command(BaseCommand):
    help = "Recomputes a frozen result, from a file or of a round, and says whether hash and standings are the same."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="a frozen file as downloaded, or all results of an edition")
        parser.add_argument("--round", type=int, help="primary key of a closed round")
        parser.add_argument("--sha256", default="", help="the hash that was published, to compare with the file's")

    def handle(self, file: str | None = None, round: int | None = None, sha256: str = "", **options: Any) -> None:
        if (file is None) == (round is None):
            raise CommandError("Give a file, or --round with the number of a closed round.")
        found = self._round(round) if round is not None else self._file(file or "", sha256)
        faults = [f"{held.place}: {fault}" if held.place else fault for held, wrong in found for fault in wrong]
        if faults:
            raise CommandError("\n".join(["Not the same.", *faults]))
        for held, _wrong in found:
            self._say(held)

    def _file(self, name: str, sha256: str) -> list[tuple[Held, list[str]]]:
        """Each result of the file with what is wrong with it."""
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name} can't be read: {error.strerror}.") from None
        try:
            found = results_in(content)
        except BadResult as error:
            raise CommandError(f"{name} is no frozen result.\n{error}") from None
        if not found or any(held.file.standings is None or held.file.ties is None for held in found):
            raise CommandError(f"{name} holds no standings: there is nothing to compare. “rank” computes them.")
        if not found[0].place:
            return [(found[0], faults_of_file(content.decode("utf-8"), sha256))]
        if sha256 and sha256 not in [digest(held.written) for held in found]:
            raise CommandError(f"Not the same.\nNo result in {name} has the hash {sha256}.")
        return [(held, faults_of_held(held, held.sha256)) for held in found]

    def _round(self, pk: int) -> list[tuple[Held, list[str]]]:
        result = Result.objects.current().filter(round=pk).select_related("round").first()
        if result is None:
            raise CommandError(f"Round {pk} is not closed, or does not exist.")
        faults = faults_of_result(result)
        if faults:
            raise CommandError("\n".join(["Not the same.", *faults]))
        return [(held, []) for held in results_in(result.file.encode("utf-8"))]

    def _say(self, held: Held) -> None:
        closed = held.file.round.closed_at
        which = f"Round {held.file.round.order}: " if held.place else ""
        state = "" if closed else " The round is open: they are provisional."
        self.stdout.write(
            f"{which}The same: hash {digest(held.written)}, and the standings recomputed from the file.{state}"
        )
        for entry, value in edges_of(held.file):
            self.stdout.write(
                f"Entry {entry}: {value} lies within 0.000000001 of a rounding edge; the rule rounds half away "
                "from zero."
            )
