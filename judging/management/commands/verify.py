"""Recomputes a frozen result: the same hash, the same standings, on any machine. `manage.py verify FILE` needs no database."""

import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from judging.domain.report import edges_of
from judging.domain.result_format import BadResult, read_results
from judging.integrity import faults_of_file, faults_of_result
from judging.models import Result


class Command(BaseCommand):
    help = "Recomputes a frozen result, from a file or of a round, and says whether hash and standings are the same."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="a frozen file, as downloaded")
        parser.add_argument("--round", type=int, help="primary key of a closed round")
        parser.add_argument("--sha256", default="", help="the hash that was published, to compare with the file's")

    def handle(self, file=None, round=None, sha256="", **options):
        if (file is None) == (round is None):
            raise CommandError("Give a file, or --round with the number of a closed round.")
        content, faults = self._file(file, sha256) if file is not None else self._round(round)
        if faults:
            raise CommandError("\n".join(["Not the same.", *faults]))
        found = hashlib.sha256(content).hexdigest()
        self.stdout.write(f"The same: hash {found}, and the standings recomputed from the file.")
        self._edges(content)

    def _file(self, name: str, sha256: str) -> tuple[bytes, list[str]]:
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name} can't be read: {error.strerror}.") from None
        try:
            [result] = read_results(content)
        except BadResult as error:
            raise CommandError(f"{name} is no frozen result.\n{error}") from None
        except ValueError:
            raise CommandError(f"{name} holds the results of several rounds: give the file of one.") from None
        if "standings" not in result:
            raise CommandError(f"{name} holds no standings: there is nothing to compare. “rank” computes them.")
        return content, faults_of_file(content.decode("utf-8"), sha256)

    def _round(self, pk: int) -> tuple[bytes, list[str]]:
        result = Result.objects.current().filter(round=pk).select_related("round").first()
        if result is None:
            raise CommandError(f"Round {pk} is not closed, or does not exist.")
        return result.file.encode("utf-8"), faults_of_result(result)

    def _edges(self, content: bytes) -> None:
        [result] = read_results(content)
        for entry, value in edges_of(result):
            self.stdout.write(
                f"Entry {entry}: {value} lies within 0.000000001 of a rounding edge; the rule rounds half away from zero."
            )
