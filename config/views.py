"""Pages that are composed from what every app tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from config.look import WRONG, LookForm, samples
from contest.models import Entry
from network.requests import AuthedRequest, PageRequest
from network.states import Role
from toolkit import clock
from toolkit.form_faults import faults_on
from toolkit.protocols import collect
from toolkit.templatetags.house import zone_name

if TYPE_CHECKING:
    from network.models import User


SECURITY_TEXT_LIFE = timedelta(days=180)  # RFC 9116 advises less than a year


@login_required
def show_home(request: AuthedRequest) -> HttpResponse:
    """What you have to do, until when, and where on the road you are."""
    user = request.user
    far = datetime.max.replace(tzinfo=UTC)
    tasks = sorted(collect("to_do", user), key=lambda task: (task.is_offer, not task.others_wait, task.until or far))
    entry = current_entry_of(user)
    road = sorted(collect("road", entry), key=lambda step: step.order) if entry else []
    context = {
        "first": tasks[0] if tasks else None,
        "others": tasks[1:],
        "count": len(tasks),
        "watched": sorted(collect("watch", user), key=lambda task: task.until or far),
        "roles": collect("roles", user),
        "entry": entry,
        "road": road,
        "zone": zone_name(timezone.localtime()),
    }
    return render(request, "home.html", context)


def current_entry_of(user: User) -> Entry | None:
    """The entry whose road the home page shows: the person's own start-up's latest, by the edition's call."""
    own = Entry.objects.filter(
        startup__organisation__memberships__user=user, startup__organisation__memberships__role=Role.FOUNDER
    )
    return own.select_related("edition", "startup__organisation").order_by("-edition__call_closes", "-pk").first()


def show_look(request: PageRequest) -> HttpResponse:
    """Every component, shown and explained: what the look is made of."""
    moment = datetime(2027, 3, 12, 17, tzinfo=UTC)
    wrong = LookForm(WRONG)
    context = {**samples(moment), "form": LookForm(), "wrong": wrong, "faults": faults_on({"wrong": wrong})}
    return render(request, "look.html", context)


def show_security_contact(request: PageRequest) -> HttpResponse:
    """/.well-known/security.txt (RFC 9116): whom to tell of a weakness. Not there until the settings name somebody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (clock.now() + SECURITY_TEXT_LIFE).replace(hour=0, minute=0, second=0, microsecond=0)
    address = settings.SITE_URL + reverse("security_contact")
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(dict(settings.LANGUAGES))}",
        f"Canonical: {address}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def no_password(request: PageRequest) -> NoReturn:
    """There are no passwords here: allauth's pages about them do not exist."""
    raise Http404


def session_expired(request: PageRequest, reason: str = "") -> HttpResponse:
    """The form's token is too old: says so, and the browser's Back keeps what was typed."""
    return render(request, "session_expired.html", status=403)
