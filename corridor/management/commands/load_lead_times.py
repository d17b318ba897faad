"""manage.py load_lead_times: the lead times of data/, which can be loaded again; what people entered stays."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from corridor.placement.services.exchange import load_lead_times
from toolkit.csv_files import read_csv


class Command(BaseCommand):
    help = (
        "Adds the rows of data/lead_times.csv that are not there yet. Never legal advice: confirm each with its source."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--data", type=Path, default=settings.BASE_DIR / "data", help="folder that holds the file")

    def handle(self, *args: Any, data: Path, **options: Any) -> None:
        path = data / "lead_times.csv"
        try:
            rows = read_csv(path.read_bytes())
        except FileNotFoundError as error:
            raise CommandError(f"{path} is missing") from error
        added, known = load_lead_times(rows)
        if options["verbosity"]:
            self.stdout.write(f"lead times: {added} added, {known} there already")
