"""Recomputes a closed round from its frozen file: the same hash, the same standings, on any machine."""

import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from judging.integrity import faults_of_file, faults_of_result
from judging.models import Result


class Command(BaseCommand):
    help = "Recomputes a frozen result, from a file or of a round, and says whether hash and standings are the same."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="a frozen file, as downloaded")
        parser.add_argument("--round", type=int, help="primary key of a closed round")
        parser.add_argument("--sha256", default="", help="the hash that was published, to compare with the file's")

    def handle(self, file=None, round=None, sha256="", **options):
        if (file is None) == (round is None):
            raise CommandError("Give a file, or --round with the number of a closed round.")
        if file is not None:
            found, faults = self._file(file, sha256)
        else:
            found, faults = self._round(round)
        if faults:
            raise CommandError("\n".join(["Not the same.", *faults]))
        self.stdout.write(f"The same: hash {found}, and the standings recomputed from the file.")

    def _file(self, name: str, sha256: str) -> tuple[str, list[str]]:
        try:
            content = Path(name).read_bytes()
            text = content.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{name} can't be read: {error}") from None
        return hashlib.sha256(content).hexdigest(), faults_of_file(text, sha256)

    def _round(self, pk: int) -> tuple[str, list[str]]:
        result = Result.objects.current().filter(round=pk).select_related("round").first()
        if result is None:
            raise CommandError(f"Round {pk} is not closed, or does not exist.")
        return result.sha256, faults_of_result(result)
