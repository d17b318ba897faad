"""What allauth tells by its signals, written down as events of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from network.services.security import record_access
from network.states import AccountChange

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress

    from network.models import User


ADDED: dict[str, AccountChange] = {
    Authenticator.Type.WEBAUTHN: AccountChange.ADD_PASSKEY,
    Authenticator.Type.TOTP: AccountChange.ADD_APP,
    Authenticator.Type.RECOVERY_CODES: AccountChange.MAKE_CODES,
}
REMOVED: dict[str, AccountChange] = {
    Authenticator.Type.WEBAUTHN: AccountChange.REMOVE_PASSKEY,
    Authenticator.Type.TOTP: AccountChange.REMOVE_APP,
    Authenticator.Type.RECOVERY_CODES: AccountChange.REMOVE_CODES,
}


@receiver(account.user_logged_in)
def logged_in(request: HttpRequest, user: User, **_signal: object) -> None:
    steps = [record.get("type") or record.get("method") for record in get_authentication_records(request, user)]
    record_access(by=user, user=user, verb="log_in", steps=steps)


@receiver(user_logged_out)
def logged_out(user: User, **_signal: object) -> None:
    if user is not None:
        record_access(by=user, user=user, verb="log_out")


@receiver(account.login_code_rejected)
@receiver(account.email_verification_code_rejected)
def code_rejected(request: HttpRequest, user: User, last_attempt: bool, **_signal: object) -> None:
    verb = "fail_to_confirm" if request.user.is_authenticated else "fail_to_log_in"
    record_access(by=None, user=user, verb=verb, step="code", last_try=last_attempt)


@receiver(mfa.authentication_failed)
def second_step_failed(
    user: User, authenticator: Authenticator | None = None, reauthentication: bool = False, **_signal: object
) -> None:
    verb = "fail_to_confirm" if reauthentication else "fail_to_log_in"
    record_access(by=None, user=user, verb=verb, step=authenticator.type if authenticator else "mfa")


@receiver(account.authentication_step_completed)
def confirmed(
    user: User, method: str, reauthenticated: bool = False, type: str | None = None, **_signal: object
) -> None:
    if reauthenticated:
        record_access(by=user, user=user, verb="confirm_identity", step=type or method)


@receiver(account.email_changed)
def address_changed(user: User, from_email_address: EmailAddress | None = None, **_signal: object) -> None:
    if from_email_address is not None:
        record_access(by=user, user=user, verb=AccountChange.ADDRESS)


@receiver(mfa.authenticator_added)
@receiver(mfa.authenticator_reset)
def device_added(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: object) -> None:
    # At sign-up the account begins with its passkey: nothing changed.
    verb = ADDED[authenticator.type] if request.user.is_authenticated else "sign_up_with_passkey"
    record_access(by=user, user=user, verb=verb, device=authenticator.pk)


@receiver(mfa.authenticator_removed)
def device_removed(user: User, authenticator: Authenticator, **_signal: object) -> None:
    record_access(by=user, user=user, verb=REMOVED[authenticator.type])
