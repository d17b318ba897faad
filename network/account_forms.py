"""allauth's forms in our words: a label above each field instead of a grey word inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


EMAIL = _("E-mail address")
CODE = _("Code")


def say(field: forms.Field, label: str | StrPromise, help_text: str | StrPromise = "", **attrs: str) -> None:
    """Names a field, and takes the grey word out of it."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class LogIn(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["login"], EMAIL, autocomplete="username webauthn")


class SignUp(account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["full_name", "email"])
        say(self.fields["email"], EMAIL, _("We send a code to it."))


class RequestCode(account.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["email"], EMAIL, autocomplete="username")


def _say_code(form: forms.Form, help_text: str | StrPromise = "") -> None:
    say(form.fields["code"], CODE, help_text, autocapitalize="characters", spellcheck="false")


class ConfirmLogIn(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class ConfirmAgain(account.ConfirmReauthenticationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class ConfirmAddress(account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self)


class ChangeAddress(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["email"], _("New e-mail address"))


class SecondStep(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self, _("From your authenticator app, or one of your recovery codes."))


class SecondStepAgain(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self, _("From your authenticator app, or one of your recovery codes."))


class ActivateApp(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["code"], _("Code shown by the app"), inputmode="numeric")


def _say_key(form: forms.Form) -> None:
    say(form.fields["name"], _("Name of the passkey"), _("So that you can tell it apart: “My phone”."))


class AddKey(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_key(self)
        say(
            self.fields["passwordless"],
            _("Log in with this passkey alone"),
            _("Without it, the key is a second step after the code sent by mail."),
        )
        self.fields["passwordless"].initial = True


class SignUpKey(webauthn.SignupWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_key(self)


class RenameKey(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_key(self)
