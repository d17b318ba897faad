"""manage.py load_network: the cities and organisations of data/, which can be loaded again after a correction."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.services.directory import load_cities, load_organisations
from toolkit.csv_files import read_csv


class Command(BaseCommand):
    help = "Loads data/cities.csv and data/organisations.csv; run again, it adds and corrects, and doubles nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--data", type=Path, default=settings.BASE_DIR / "data", help="folder that holds the files")

    def handle(self, *args: Any, data: Path, **options: Any) -> None:
        for name, load in (("cities", load_cities), ("organisations", load_organisations)):
            loaded = load(by=None, rows=_rows(data / f"{name}.csv"))
            if options["verbosity"]:
                self.stdout.write(
                    f"{name}: {loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged"
                )


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        return read_csv(path.read_bytes())
    except FileNotFoundError as error:
        raise CommandError(f"{path} is missing") from error
