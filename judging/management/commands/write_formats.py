"""Writes the lists of kinds into the published formats (docs/formats), after a kind was added or taken away."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from judging.domain.results.format import FORMATS, WITH_KINDS, schema


class Command(BaseCommand):
    help = "Writes the lists of kinds that this program knows into docs/formats."

    def handle(self, **options: Any) -> None:
        for name in WITH_KINDS:
            text = json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
            (FORMATS / f"{name}.schema.json").write_text(text, encoding="utf-8")
