"""How allauth meets the house: its mails go through the outbox, its words are ours."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from network.kinds.mails.accounts import code_of
from network.models import User
from network.services import take_language
from network.services.mail import render_text, write_message
from network.services.security import record_access
from toolkit.visitors import UNKNOWN

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


def display_name(user: User) -> str:
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Writes allauth's mail to the outbox. Its text holds a code or a link: kept a day, then erased."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = translation.get_language() or settings.LANGUAGE_CODE
        values = {"request": self.request, "email": email, "site": settings.SITE_URL, "language": language, **context}
        values["current_site"] = {"name": settings.SITE_NAME, "domain": settings.SITE_URL.split("://", 1)[1]}
        subject = " ".join(render_text(f"{template_prefix}_subject.txt", values).split())
        text = render_text(f"{template_prefix}_message.txt", values).strip() + "\n"
        try:
            html = render_to_string(f"{template_prefix}_message.html", {**values, "subject": subject})
        except TemplateDoesNotExist:
            words = text.split("\n-- \n")[0].split("\n\n")
            html = render_to_string("mail/account.html", {**values, "subject": subject, "paragraphs": words})
        write_message(
            key=f"account:{uuid.uuid4()}",
            kind=code_of(template_prefix),
            to=user if isinstance(user, User) and user.pk else None,
            email=email,
            language=language,
            subject=subject,
            text=text,
            html=html,
            is_secret=True,
        )

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be led there; what is no address is none."""
        try:
            return super().is_safe_url(url)
        except ValueError:  # http://[
            return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address as toolkit.visitors found it;
        without one they are let in all the same, and counted together."""
        return request.META.get("REMOTE_ADDR") or UNKNOWN

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, object]]:
        """How one proves again who one is: by passkey, app or recovery code where there is one;
        else by a code to the address.

        A code by mail opens no account that has a second step, so it changes none either.
        """
        words = {
            "reauthenticate_by_code": _("Send me a code by mail"),
            "mfa_reauthenticate": _("Use my app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use my passkey"),
        }
        ways = super().get_reauthentication_methods(user)
        if isinstance(user, User) and is_mfa_enabled(user):
            ways = [way for way in ways if way["id"] != "reauthenticate_by_code"]
            ways.sort(key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")  # the passkey first
        return [{**way, "description": words.get(way["id"], way["description"])} for way in ways]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Whose account somebody else made logs in for the first time:
        it speaks the language of the page from then on."""
        assert isinstance(user, User)
        if user.last_login is None:
            take_language(by=user, language=translation.get_language() or settings.LANGUAGE_CODE)
        super().login(request, user)

    def save_user(self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True) -> User:
        """A new account takes the name typed and the language of the page."""
        user = super().save_user(request, user, form, commit=False)
        assert isinstance(user, User)
        user.email = user.email.lower()
        user.full_name = form.cleaned_data.get("full_name", "") if hasattr(form, "cleaned_data") else ""
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        if commit:
            user.save()
        return user


class MFAAdapter(DefaultMFAAdapter):
    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """What a new passkey is called until its owner names it."""
        return _("My passkey")


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Any) -> None:
        """Logging other devices out is a log-out of each; allauth tells only of the device at hand."""
        sessions = list(sessions)
        elsewhere = [session for session in sessions if not session.is_current()]
        super().end_sessions(sessions)
        for session in elsewhere:
            record_access(by=session.user, user=session.user, verb="log_out", elsewhere=True)
