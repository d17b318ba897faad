"""What a device keeps until a button is pressed has arrived: the device is told (static/js/page.js), and forgets it."""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse

FIELD = "typed_here"  # the hidden field with the last part of the name under which a device keeps what a form holds
COOKIE = "typed_sent"  # those that have arrived; the next page reads it (static/js/page.js)
NAME = re.compile(r"[a-z0-9]{1,20}")
MOST = 10


class SentTextsMiddleware:
    """Stands behind the messages, which it reads before they are stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code not in (302, 303):
            return response
        name = request.POST.get(FIELD, "")
        if NAME.fullmatch(name) and request.user.is_authenticated and not _is_refused(request):
            before = [one for one in request.COOKIES.get(COOKIE, "").split(".") if NAME.fullmatch(one)]
            value = ".".join([*before[-MOST:], name])
            response.set_cookie(COOKIE, value, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        return response


def _is_refused(request: HttpRequest) -> bool:
    """Where a rule says no the form is shown again; a few places lead on, and the next page says why."""
    told = messages.get_messages(request)
    is_refused = any(message.level >= messages.ERROR for message in told)
    if isinstance(told, BaseStorage):
        told.used = False  # looked at, not shown
    return is_refused
