"""Resetting an account whose owner lost address, passkey or app:
two organisers, a day for the old address to stop it."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from network.kinds.mails.resets import ResetAsked, ResetDone
from network.models import AccountReset, User
from network.permissions import is_organiser
from network.services.events import record_event
from network.services.mail import send_message
from network.states import OPEN_RESETS, RESET, AccountChange, ResetState
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move

WAIT = timedelta(hours=24)  # from the mail to the old address until anything changes


@transaction.atomic
def ask_reset(*, by: User, email: str, new_email: str = "", reason: str) -> AccountReset:
    """Asks for a reset of the account with this address, and tells that address.
    Raises Refusal, Forbidden for who is no organiser."""
    _require_organiser(by)
    user = locked(User.objects.filter(email__iexact=email.strip(), is_active=True)).first()
    if user is None:
        raise _no(_("No account has this address."), "reset.unknown", "email")
    if user.pk == by.pk:
        raise _no(_("Two other organisers reset your own account."), "reset.oneself", "email")
    new_email = new_email.strip().lower()
    if new_email:
        _check_address(user, new_email)
    if not reason.strip():
        raise _no(_("Say why: it stays with the reset."), "reset.reason", "reason")
    if AccountReset.objects.filter(user=user, state__in=OPEN_RESETS).exists():
        raise Refusal(_("A reset of this account is under way already."), code="reset.twice", field="email")
    now = clock.now()
    reset = AccountReset.objects.create(
        user=user, new_email=new_email, reason=reason.strip(), asked_by=by, asked_at=now, applies_at=now + WAIT
    )
    record_event(by=by, verb="ask_reset", thing=user, after={"reset": reset.pk, "address": bool(new_email)})
    _tell(reset, ResetAsked.code, user.email)
    return reset


@transaction.atomic
def confirm_reset(*, by: User, reset: AccountReset) -> AccountReset:
    """Another organiser says that it is right. It happens when its hour has come.
    Raises Forbidden for who asked, and for its person."""
    _require_organiser(by)
    reset = _locked(reset)
    if by.pk in (reset.asked_by_id, reset.user_id):
        raise Forbidden(_("Somebody else confirms: another organiser than who asked."), code="reset.two")
    move(reset, "confirm", RESET)
    reset.confirmed_by, reset.confirmed_at = by, clock.now()
    reset.save()
    record_event(by=by, verb="confirm_reset", thing=reset.user, after={"reset": reset.pk})
    return _apply(reset) if reset.applies_at <= clock.now() else reset


@transaction.atomic
def stop_reset(*, by: User | None, reset: AccountReset, token: str = "") -> AccountReset:
    """Nothing is reset: said by an organiser, by its person, or by whoever read the mail to the old address (`token`).
    Raises Forbidden for anybody else."""
    reset = _locked(reset)
    if not (by and (by.pk == reset.user_id or is_organiser(by))) and token != reset.token:
        raise Forbidden(_("Only an organiser or the person stops a reset."), code="reset.not_yours")
    move(reset, "stop", RESET)
    reset.ended_at = clock.now()
    reset.save()
    record_event(by=by, verb="stop_reset", thing=reset.user, after={"reset": reset.pk, "by_mail": by is None})
    return reset


def apply_due_resets(limit: int) -> int:
    """Does what was confirmed and whose hour has come. Returns how many."""
    due = AccountReset.objects.filter(state=ResetState.CONFIRMED, applies_at__lte=clock.now()).order_by("pk")
    done = 0
    for reset in list(due[:limit]):
        with transaction.atomic():
            reset = _locked(reset)
            if reset.state == ResetState.CONFIRMED:  # somebody may just have stopped it
                _apply(reset)
                done += 1
    return done


def _apply(reset: AccountReset) -> AccountReset:
    user = locked(User.objects.filter(pk=reset.user_id)).get()
    old = user.email
    if reset.new_email:
        try:
            _check_address(user, reset.new_email)
        except Refusal:  # somebody took the address meanwhile: nothing is done by halves
            move(reset, "stop", RESET)
            reset.ended_at = clock.now()
            reset.save()
            record_event(by=None, verb="stop_reset", thing=user, after={"reset": reset.pk, "address_taken": True})
            return reset
        EmailAddress.objects.filter(user=user).delete()
        user.email = reset.new_email
        EmailAddress.objects.create(
            user=user, email=user.email, primary=True, verified=False
        )  # proved at the next log-in
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()  # another value than before: every session of the account ends
    user.save()
    move(reset, "apply", RESET)
    reset.ended_at = clock.now()
    reset.save()
    after = {"reset": reset.pk, "address": bool(reset.new_email), "asked_by": reset.asked_by_id}
    record_event(by=reset.confirmed_by, verb=AccountChange.RESET, thing=user, after=after)
    for address in {old, user.email}:
        _tell(reset, ResetDone.code, address)
    return reset


def _locked(reset: AccountReset) -> AccountReset:
    return locked(AccountReset.objects.filter(pk=reset.pk)).select_related("user", "asked_by").get()


def _tell(reset: AccountReset, kind: str, address: str) -> None:
    context = {"reset": reset, "path": reverse("reset", args=[reset.token])}
    person = reset.user
    send_message(
        key=f"{kind}:{reset.pk}:{address}",
        kind=kind,
        to=person,
        email=address,
        language=person.language,
        context=context,
    )


def _check_address(user: User, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise _no(_("This is not an e-mail address."), "reset.address", "new_email") from None
    if User.objects.exclude(pk=user.pk).filter(email__iexact=address).exists() or (
        EmailAddress.objects.exclude(user=user).filter(email__iexact=address).exists()
    ):
        raise _no(_("Another account has this address."), "reset.address_taken", "new_email")


def _require_organiser(by: User) -> None:
    if not is_organiser(by):
        raise Forbidden(_("Only organisers reset an account."), code="reset.not_organiser")


def _no(sentence: str, code: str, field: str) -> Refusal:
    return Refusal(sentence, code=code, field=field, status=422)
