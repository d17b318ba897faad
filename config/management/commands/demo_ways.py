"""Prints the ways into the demonstration, one per role."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo_views import ROLES, sample_person, way_in


class Command(BaseCommand):
    help = "Prints one signed address per role that logs a browser on this machine in (DEMO=1 only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print {role: path}")

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Ways in exist only in the demonstration: set DEMO=1.")
        ways = {role: way_in(role) for role in ROLES if sample_person(role)}
        if options["json"]:
            self.stdout.write(json.dumps(ways))
            return
        for role, path in ways.items():
            self.stdout.write(f"  {role:12} {settings.SITE_URL}{path}")
