"""Writes what kinds say of themselves into the published formats (docs/formats), after one was added or taken away."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from corridor.domain.placement import file as placement
from judging.domain.assignment import format as assignment
from judging.domain.results import format as results


class Command(BaseCommand):
    help = "Writes the kinds that this program knows into docs/formats."

    def handle(self, **options: Any) -> None:
        schemas = {name: results.schema(name) for name in results.WITH_KINDS}
        schemas |= {name: placement.schema(name) for name in placement.WITH_KINDS}
        for name, schema in {**schemas, "assignment": assignment.schema("assignment")}.items():
            text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
            (results.FORMATS / f"{name}.schema.json").write_text(text, encoding="utf-8")
