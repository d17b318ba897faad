"""manage.py add_organiser: invites the first people of the secretariat, on a site where nobody can log in yet."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import translation

from network.services import add_organiser
from toolkit.refusals import Refusal


class Command(BaseCommand):
    help = "Invites EMAIL to the network's secretariat: writes the mail and prints its link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="full name")
        parser.add_argument("--language", default="en", choices=list(dict(settings.LANGUAGES)), help="of the mail")
        parser.add_argument("--organisation", default="", help="name of the secretariat, made if there is none")

    def handle(self, *args: Any, email: str, name: str, language: str, organisation: str, **options: Any) -> None:
        try:
            validate_email(email)
            with translation.override("en"):
                invitation = add_organiser(email=email, full_name=name, language=language, organisation=organisation)
        except ValidationError as error:
            raise CommandError(f"“{email}” is not an e-mail address.") from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{invitation.email} is invited to {invitation.what}. The mail is written; its link is:")
        self.stdout.write(settings.SITE_URL + reverse("invitation", args=[invitation.token]))
        self.stdout.write("To accept, log in with that address: a code is sent to it, there is no password.")
