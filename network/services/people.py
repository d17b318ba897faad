"""What people change about themselves."""

import zoneinfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from network.models import User
from network.services.events import record_event
from toolkit.locks import locked
from toolkit.names import clean_name
from toolkit.refusals import Refusal
from toolkit.zones import present_name


@transaction.atomic
def update_profile(*, by: User, full_name: str, language: str, time_zone: str) -> User:
    """Sets one's own name, language of mails and time zone. The event tells what changed, never the name itself. Raises
    Refusal for a language that the site does not offer."""
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("This language is not offered."), code="profile.language", field="language", status=422)
    time_zone = _known_zone(time_zone)
    user = locked(User.objects.filter(pk=by.pk)).get()
    new = {"full_name": clean_name(full_name), "language": language, "time_zone": time_zone}
    changed = [name for name, value in new.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, new[name])
    if changed:
        user.save(update_fields=changed)
        record_event(by=by, verb="update_profile", thing=user, after={"changed": changed})
    return user


@transaction.atomic
def take_language(*, by: User, language: str) -> User:
    """The language of the page on which somebody logs in for the first time:
    an account that was made for them speaks it too."""
    user = locked(User.objects.filter(pk=by.pk)).get()
    if user.last_login is None and user.language != language and language in dict(settings.LANGUAGES):
        user.language = by.language = language
        user.save(update_fields=["language"])
        record_event(by=by, verb="update_profile", thing=user, after={"changed": ["language"]})
    return user


@transaction.atomic
def learn_time_zone(*, by: User, time_zone: str) -> User:
    """Takes the zone that the browser tells, once: a zone that is already known stays."""
    time_zone = _known_zone(time_zone)
    user = locked(User.objects.filter(pk=by.pk)).get()
    if not user.time_zone and time_zone:
        user.time_zone = time_zone
        user.save(update_fields=["time_zone"])
        record_event(by=by, verb="learn_time_zone", thing=user, after={"time_zone": time_zone})
    return user


def _known_zone(name: str) -> str:
    """The zone by its present name; empty stays empty. Raises Refusal for an unknown one."""
    if name and name not in zoneinfo.available_timezones():
        raise Refusal(_("This time zone is not known."), code="profile.time_zone", field="time_zone", status=422)
    return present_name(name)
