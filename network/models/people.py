"""People, what they are in which organisation, and how they are invited."""

import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from network.states import InvitationState, Role
from toolkit.names import NameField


class Accounts(BaseUserManager["User"]):
    def create_user(self, email: str, full_name: str = "", **fields: Any) -> "User":
        """An account without a password: one logs in by a code sent to the address, or by passkey."""
        user = self.model(email=self.normalize_email(email).lower(), full_name=full_name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, **fields: Any) -> "User":
        return self.create_user(email, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Never deleted: erased by anonymise_user, so that what they decided stays decided by somebody."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    full_name = NameField(_("full name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, help_text=_("IANA name; empty: not known yet")
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    # What permissions read once per user object (a request).
    _roles: dict[str, list["Membership"]]
    _is_juror: bool
    _signs_something: bool
    _may_begin: bool
    _mail_roots: dict[frozenset[str], list[int]]

    objects = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return str(self)


class Membership(models.Model):
    """The role of a person in an organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey("network.Organisation", models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """A letter that gives a role to whoever proves to hold its address. `kind` says what accepting it does."""

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    email = models.EmailField(_("e-mail"))
    full_name = NameField(_("full name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    kind = models.CharField(max_length=32)
    role = models.CharField(max_length=16, choices=Role, blank=True)
    organisation = models.ForeignKey("network.Organisation", models.CASCADE, null=True, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True, help_text=_("what it is for, in the app of its kind"))
    what = models.CharField(max_length=300, blank=True, help_text=_("what it is for, in the words of its mail"))
    state = models.CharField(max_length=16, choices=InvitationState, default=InvitationState.OPEN)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="invitations_sent")
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="invitations_accepted")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=InvitationState.values), name="invitation_state")
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.email}"
