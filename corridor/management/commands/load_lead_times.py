"""manage.py load_lead_times: the lead times of data/, which can be loaded again; what people entered stays."""

import csv
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from corridor.services import load_lead_times


class Command(BaseCommand):
    help = (
        "Adds the rows of data/lead_times.csv that are not there yet. Never legal advice: confirm each with its source."
    )

    def add_arguments(self, parser):
        parser.add_argument("--data", type=Path, default=settings.BASE_DIR / "data", help="folder that holds the file")

    def handle(self, *args, data: Path, **options):
        path = data / "lead_times.csv"
        try:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
        except FileNotFoundError as error:
            raise CommandError(f"{path} is missing") from error
        added, known = load_lead_times(rows)
        if options["verbosity"]:
            self.stdout.write(f"lead times: {added} added, {known} there already")
