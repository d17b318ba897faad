"""Reads the content of an agreement, from its PDF or alone, without a database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from corridor.agreements.files.reading import NoDocument, faults_of, held_in


class Command(BaseCommand):
    help = (
        "Reads the content of an agreement (docs/formats/agreement.schema.json), from the PDF that it travels in or "
        "alone, and says whether it is whole. Whether a document stands is asked at /verify/."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a PDF as downloaded, issued or executed, or the JSON inside it")
        parser.add_argument("--sha256", default="", help="the fingerprint of the content, as the evidence prints it")

    def handle(self, file: str, sha256: str, **options: Any) -> None:
        try:
            held = held_in(Path(file).read_bytes())
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from None
        except NoDocument as no:
            raise CommandError(f"{file} holds no document of ours.\n{no}") from None
        if faults := list(faults_of(held, sha256)):
            raise CommandError("\n".join(["Not the same.", *faults]))
        content = held.content
        names = ", ".join(block.name for block in content.parties)
        self.stdout.write(f"{content.title} {content.reference}: whole, with the fingerprint {held.sha256}.")
        self.stdout.write(f"Between {names}.")
