"""Who is organiser, city coordinator or incubator host: given by invitation, ended by an organiser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from network.models import City, Invitation, Membership, Organisation, User
from network.permissions import is_organiser
from network.services.events import record_event
from network.services.invitations import invite
from network.services.organisations import make_organisation
from network.states import GIVEN, HOSTING, INVITATION, OrganisationKind, Role
from toolkit.folding import fold
from toolkit.locks import locked
from toolkit.protocols import providers
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move

if TYPE_CHECKING:
    from django.db.models import QuerySet


@transaction.atomic
def add_organiser(*, email: str, full_name: str = "", language: str = "en", organisation: str = "") -> Invitation:
    """For whoever runs the site, who has no account yet: invites an address to the secretariat.

    Makes the secretariat (called `organisation`, or “Secretariat”) if there is none, and an account whose address is
    not proved: the role is given only when its owner logs in with a code and accepts. Raises Refusal for an unknown
    language and for somebody who is an organiser already.
    """
    email = email.strip().lower()
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("This language is not offered."), code="profile.language", field="language", status=422)
    secretariat = _secretariat(organisation.strip())
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, full_name.strip(), language=language)
        record_event(by=None, verb="create", thing=user)
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": False})
    _refuse_twice(email, Role.ORGANISER, secretariat)
    return invite(
        by=user,
        email=email,
        full_name=full_name.strip(),
        language=language,
        role=Role.ORGANISER,
        organisation=secretariat,
        what=secretariat.name,
    )


@transaction.atomic
def invite_to_role(
    *,
    by: User,
    role: str,
    email: str,
    full_name: str = "",
    language: str = "en",
    city: City | None = None,
    organisation: Organisation | None = None,
    school: str = "",
) -> Invitation:
    """Invites an address as organiser, as coordinator of `city`, as host of `organisation` (an incubator
    or its like), or to sign for a school called `school`, which is made unless it is known.

    The city's own organisation is made when its first coordinator is invited. Raises Refusal.
    """
    _require_organiser(by)
    if role not in GIVEN:
        raise Refusal(_("This role is not given by invitation."), code="role.unknown", field="role", status=422)
    if role == Role.ORGANISER:
        organisation = _secretariat("")
    elif role == Role.COORDINATOR:
        if city is None:
            raise Refusal(_("Choose a city."), code="role.city", field="city", status=422)
        organisation = _city_hall(by, city, language)
    elif role == Role.SCHOOL:
        organisation = _school(by, school.strip())
    elif organisation is None or organisation.kind not in HOSTING:
        raise Refusal(_("Choose an incubator."), code="role.organisation", field="organisation", status=422)
    email = email.strip().lower()
    _refuse_twice(email, role, organisation)
    return invite(
        by=by,
        email=email,
        full_name=full_name.strip(),
        language=language,
        role=role,
        organisation=organisation,
        what=organisation.name,
    )


@transaction.atomic
def invite_again(*, by: User, invitation: Invitation) -> Invitation:
    """Sends an open invitation to a role once more; it works another month. Raises Refusal when it is answered."""
    _require_organiser(by)
    invitation = locked(_given().filter(pk=invitation.pk)).select_related("organisation").get()
    if (invitation.state, "cancel") not in INVITATION:
        raise Refusal(_("This invitation is answered."), code="invitation.answered")
    return invite(
        by=by,
        email=invitation.email,
        full_name=invitation.full_name,
        language=invitation.language,
        role=invitation.role,
        organisation=invitation.organisation,
        what=invitation.what,
    )


@transaction.atomic
def cancel_invitation(*, by: User, invitation: Invitation) -> Invitation:
    """Takes an open invitation to a role back: its link says so from now on. Raises Refusal when it is answered."""
    _require_organiser(by)
    invitation = locked(_given().filter(pk=invitation.pk)).get()
    before, after = move(invitation, "cancel", INVITATION)
    invitation.save()
    record_event(by=by, verb="cancel", thing=invitation, before={"state": before}, after={"state": after})
    return invitation


@transaction.atomic
def end_membership(*, by: User, membership: Membership) -> None:
    """Ends somebody's role at once. The last organiser who can log in stays: without one nobody could give a role
    again. Raises Refusal for them, Forbidden to who is no organiser."""
    _require_organiser(by)
    organisers = list(locked(Membership.objects.filter(role=Role.ORGANISER, user__is_active=True)).order_by("pk"))
    membership = locked(Membership.objects.filter(pk=membership.pk, role__in=GIVEN)).get()
    if membership.role == Role.ORGANISER and not [m for m in organisers if m.user_id != membership.user_id]:
        raise Refusal(_("The last organiser stays. Invite another one first."), code="role.last_organiser")
    before = {"user": membership.user_id, "organisation": membership.organisation.slug, "role": membership.role}
    record_event(by=by, verb="end", thing=membership, before=before)
    for take_back in providers("role_ended"):
        take_back(membership)
    membership.delete()


def _given() -> QuerySet[Invitation]:
    return Invitation.objects.filter(kind="membership", role__in=GIVEN)


def _require_organiser(by: User) -> None:
    if not is_organiser(by):
        raise Forbidden(_("Only an organiser gives roles and ends them."), code="role.not_organiser")


def _refuse_twice(email: str, role: str, organisation: Organisation) -> None:
    if Membership.objects.filter(user__email__iexact=email, role=role, organisation=organisation).exists():
        raise Refusal(
            _("%(email)s has this role at %(organisation)s already.") % {"email": email, "organisation": organisation},
            code="role.twice",
            field="email",
        )


def _secretariat(name: str) -> Organisation:
    """The network's secretariat: the one called `name`, else the first, else a new one."""
    known = Organisation.objects.filter(kind=OrganisationKind.SECRETARIAT).order_by("pk")
    found = next((one for one in known if not name or fold(one.name) == fold(name)), None)
    return found or _new_organisation(None, name or "Secretariat", OrganisationKind.SECRETARIAT)


def _school(by: User, name: str) -> Organisation:
    """The school of this name; a new one when none is known."""
    if not name:
        raise Refusal(_("Name the school."), code="role.school", field="school", status=422)
    schools = Organisation.objects.filter(kind=OrganisationKind.SCHOOL).order_by("pk")
    found = next((one for one in schools if fold(one.name) == fold(name)), None)
    return found or _new_organisation(by, name[:200], OrganisationKind.SCHOOL)


def _city_hall(by: User, city: City, language: str) -> Organisation:
    found = Organisation.objects.filter(kind=OrganisationKind.CITY, city=city).order_by("pk").first()
    if found:
        return found
    with translation.override(language):
        name = _("City of %(city)s") % {"city": city}
    return _new_organisation(by, name, OrganisationKind.CITY, city)


def _new_organisation(by: User | None, name: str, kind: str, city: City | None = None) -> Organisation:
    made = make_organisation(name, fallback=kind, kind=kind, city=city)
    record_event(by=by, verb="create", thing=made, after={"name": name, "kind": kind})
    return made
