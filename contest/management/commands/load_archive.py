"""manage.py load_archive: an archived edition from its file of published facts."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contest.editions.services.archive import load_archive
from network.models import City


class Command(BaseCommand):
    help = "Loads an archived edition (default: data/editions/inmc-2024.toml); load_network first."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.BASE_DIR / "data" / "editions" / "inmc-2024.toml"
        parser.add_argument("file", type=Path, nargs="?", default=default)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            edition = load_archive(by=None, file=tomllib.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise CommandError(f"{file} is missing") from error
        except City.DoesNotExist as error:
            raise CommandError("the city of the final is not known yet: run load_network first") from error
        except (ValueError, KeyError) as error:
            raise CommandError(f"{file} can't be loaded: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"archive {edition.slug} loaded")
