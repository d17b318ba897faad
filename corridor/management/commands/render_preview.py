"""manage.py render_preview: the frozen content of a document on standard input, its PDF on standard output."""

import json
import resource
import sys
from typing import Any

from django.core.management.base import BaseCommand

from corridor.agreements.files.pdf import issued_pdf
from corridor.domain.terms.content import Content

SECONDS, BYTES = 60, 2 << 30


class Command(BaseCommand):
    help = "Renders a document that is not issued: reads its content as JSON, writes the PDF. Asks no database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        sys.stdout.buffer.write(issued_pdf(Content.from_data(json.load(sys.stdin))))
