"""Ways into the demonstration, one per role, and the mails it would have sent.

They exist only with DEMO=1 and for a browser on this very machine; anywhere else the addresses are 404. `check
--deploy` refuses DEMO=1 (config/checks.py).
"""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from allauth.usersessions.models import UserSession
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from network.models import Message, User
from network.requests import PageRequest

SALT = "demo.way-in"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The order in which the road meets them.
ROLES = {
    "founder": _("founder of a sample start-up"),
    "coordinator": _("coordinator of a city"),
    "organiser": _("organiser of the network"),
    "juror": _("member of the jury"),
    "host": _("host of a sample incubator"),
    "graduate": _("graduate in a sample programme"),
}
# What a proxy adds: whoever comes through one does not sit at this machine, whatever the headers claim.
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


def is_at_this_machine(request: PageRequest) -> bool:
    """The connection itself comes from a loopback address, through no proxy, and was made to a loopback name."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    host = request.META.get("HTTP_HOST", "").rsplit(":", 1)[0]
    return (
        address.is_loopback
        and host in ("localhost", "127.0.0.1", "[::1]")
        and not any(name in request.META for name in FORWARDED)
    )


Given = ParamSpec("Given")
Page = TypeVar("Page", bound=HttpResponseBase)


def only_in_the_demo(
    view: Callable[Concatenate[PageRequest, Given], Page],
) -> Callable[Concatenate[PageRequest, Given], Page]:
    """404 unless this is a demonstration and the reader sits at this machine."""

    @wraps(view)
    def guarded(request: PageRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> Page:
        if not (settings.DEMO and is_at_this_machine(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def way_in(role: str) -> str:
    """The signed path that logs a browser in as the sample person of `role`."""
    return reverse("demo_enter", args=[role, signing.dumps(role, salt=SALT)])


def sample_person(role: str) -> User | None:
    """The person whom the sample editions hold for `role`; none before they are loaded."""
    return User.objects.filter(
        email__startswith=f"{role}@", email__endswith="sample.invalid", is_sample=True, is_active=True
    ).first()


@only_in_the_demo
def show_ways(request: PageRequest) -> HttpResponse:
    """One button per role."""
    ways = [
        {"role": role, "label": label, "person": person, "path": way_in(role)}
        for role, label in ROLES.items()
        if (person := sample_person(role))
    ]
    return render(request, "demo/ways.html", {"ways": ways})


@only_in_the_demo
def enter(request: PageRequest, role: str, token: str) -> HttpResponse:
    """Logs in as the sample person of `role`, in the language of the browser."""
    try:
        if role not in ROLES or signing.loads(token, salt=SALT) != role:
            raise Http404
    except signing.BadSignature:
        raise Http404 from None
    person = sample_person(role)
    if person is None:
        raise Http404
    login(request, person, backend=BACKEND)
    UserSession.objects.create_from_request(request)  # as a log-in by code does: this device is among those shown
    response = redirect("home")
    language = translation.get_language_from_request(request)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return response


@only_in_the_demo
def list_mail(request: PageRequest) -> HttpResponse:
    """Every mail of the demonstration, log-in codes too, the newest first."""
    rows = Message.objects.select_related("to_user").defer("html")
    return render(request, "demo/mailbox.html", {"page": Paginator(rows, 30).get_page(request.GET.get("page"))})


@only_in_the_demo
def show_mail(request: PageRequest, pk: int) -> HttpResponse:
    return render(request, "demo/mail.html", {"mail": get_object_or_404(Message, pk=pk)})


# A mail carries its styles in itself, as mail readers want it; it may do nothing but be looked at.
@csp_replace({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"], "sandbox": [""]})  # type: ignore[arg-type]  # it keeps whatever a view takes
@only_in_the_demo
def show_mail_html(request: PageRequest, pk: int) -> HttpResponse:
    return HttpResponse(get_object_or_404(Message, pk=pk).html)
