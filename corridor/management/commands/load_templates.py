"""manage.py load_templates: the texts of documents of data/terms, as templates that organisers can change."""

from typing import Any

from django.core.management.base import BaseCommand

from corridor.agreements.templates.services.templates import load_shipped


class Command(BaseCommand):
    help = "Loads the templates of data/terms; run again, it adds newer texts and doubles nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_shipped()
        if options["verbosity"]:
            self.stdout.write(f"templates: {made} versions added")
