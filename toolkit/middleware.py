"""What every request carries: an id, the reader's language and zone, and an answer for refusals."""

import logging
import uuid
import zoneinfo
from collections.abc import Callable
from contextvars import ContextVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from toolkit import slots
from toolkit.refusals import Refusal
from toolkit.visitors import counted_as

# What no page here asks a browser for; passkeys are ours alone.
PERMISSIONS = ", ".join(
    [
        *(f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")),
        *(
            f"{feature}=()"
            for feature in ("browsing-topics", "interest-cohort", "serial", "hid", "midi", "xr-spatial-tracking")
        ),
        *(f"publickey-credentials-{act}=(self)" for act in ("create", "get")),
    ]
)
request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RequestIdMiddleware:
    """Names each request, so that an event, a log line and an error page can be put side by side."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = uuid.uuid4().hex[:16]
        request.id = name  # type: ignore[attr-defined]  # ours alone: error pages show it
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-Id"] = name
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


def language_of(request: HttpRequest) -> str:
    """The language chosen on this device, else the account's, else the browser's."""
    supported = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in supported:
        return chosen
    if request.user.is_authenticated and request.user.language in supported:
        return request.user.language
    return translation.get_language_from_request(request)


def zone_of(request: HttpRequest) -> zoneinfo.ZoneInfo:
    """The reader's time zone; UTC for a visitor whose zone is unknown (pages name the zone beside each time)."""
    name = request.user.time_zone if request.user.is_authenticated else ""
    try:
        return zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


class ReaderMiddleware:
    """Activates the reader's language and zone for the length of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        user = request.user
        slots.person.set(
            f"account {user.pk}"
            if user.is_authenticated
            else f"address {counted_as(request.META.get('REMOTE_ADDR', ''))}"
        )
        with translation.override(language), timezone.override(zone_of(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        slots.person.set("")
        if user.is_authenticated and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_store=True)  # whoever uses the machine next finds nothing
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class LoggedOutMiddleware:
    """A fragment asked for after a log-out: the whole page goes to the log-in and comes back,
    not a form inside a fragment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        place = urlsplit(response.headers.get("Location", "")).path
        htmx: HtmxDetails | None = getattr(request, "htmx", None)
        if not htmx or place != resolve_url(settings.LOGIN_URL):
            return response
        try:
            back = htmx.current_url_abs_path or request.get_full_path()
        except ValueError:  # what the browser said is no address
            back = request.get_full_path()
        return HttpResponseClientRedirect(f"{place}?{urlencode({'next': back})}")


class RefusalMiddleware:
    """Shows a refusal that no view caught: the sentence, and a way back that keeps what
    was typed (the browser's own)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        template = "refusal_fragment.html" if getattr(request, "htmx", False) else "refusal.html"
        return render(request, template, {"refusal": exception}, status=exception.status)
