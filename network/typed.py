"""What the script of a page sends while somebody types (static/js/autosave.js): JSON in, JSON out, one door for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network.devices import boxes_for, is_box_of, offline_boxes
from network.models import User
from network.requests import PageRequest
from toolkit.dates import date_format
from toolkit.readable import Unreadable, json_of
from toolkit.refusals import Refusal


@dataclass(frozen=True)
class Typed:
    """Who typed it, the version that the page started from, and each field's text by its name."""

    by: User
    version: int
    values: dict[str, str]


def saves_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view(request, typed, …): reads {"user", "version", "values": {name: text}}; answers what can’t be taken.

    401: log in first, or somebody else is logged in (`user.other`). 400: this can't be read. The view answers
    {"version", "saved", "errors"}, and `refused` where a rule says no.
    """

    @never_cache
    @require_POST
    @wraps(view)
    def save(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"code": "user.none", "detail": _("Log in again.")}, status=401)
        try:
            sent = json_of(request)
            version, values = int(sent["version"]), {str(key): str(text) for key, text in sent["values"].items()}
            user = str(sent["user"])
        except Unreadable as refusal:
            return JsonResponse({"code": "bad", "detail": str(refusal.message)}, status=400)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return JsonResponse({"code": "bad", "detail": _("This can't be read.")}, status=400)
        if not is_box_of(request.user, user):
            return JsonResponse({"code": "user.other", "detail": _("Somebody else is logged in.")}, status=401)
        return view(request, Typed(request.user, version, values), *args, **kwargs)

    return save


def refused(refusal: Refusal, **more: Any) -> JsonResponse:
    """A rule said no: its code and sentence; `kept` is the newer version where the page was stale."""
    return JsonResponse({"code": refusal.code, "detail": str(refusal.message), **more}, status=refusal.status)


def saved_words(at: datetime | None) -> str:
    """“Saved 10:42”, in the reader's zone; nothing where nothing is saved."""
    return "" if at is None else _("Saved %(time)s") % {"time": date_format(timezone.localtime(at), "TIME_FORMAT")}


def typing_of(
    user: User, *, address: str, key: str, what: str, words: dict[str, str], is_new: bool, is_held: bool = False
) -> dict[str, object]:
    """What the page of a form that saves itself is told (static/js/saved-form.js; components/saved_form.html).

    `address` takes what is typed, `key` names the form on the device, in the boxes of `what`; `is_new`: nothing was
    typed yet; `is_held`: what is typed stays on the device until a button is pressed.
    """
    return {
        "address": address,
        "key": key,
        "user": offline_boxes(user)[0]["name"],
        "is_new": is_new,
        "is_held": is_held,
        "boxes": boxes_for(user, what),
        "words": words,
    }


def script_words(**own: str) -> dict[str, str]:
    """The sentences that the script shows, in the reader's language; `own` are those that a page says otherwise."""
    return {
        "typing": _("Not saved yet"),
        "saving": _("Saving…"),
        "offline": _("Offline: kept on this device, saved when you are back"),
        "offline_only_here": _("Offline, and this device keeps nothing: leave this page open"),
        "signed_out": _("You were logged out. Nothing is lost:"),
        "log_in": _("log in again"),
        "other_user": _(
            "Somebody else is logged in on this device now. What you typed is kept for you until you log in."
        ),
        "conflict": _("Saved elsewhere meanwhile"),
        "typed_here": _("Typed here"),
        "kept": _("Kept"),
        "keep_typed": _("Keep what I typed here"),
        "take_kept": _("Take what is kept"),
        "kept_state": _("Saved"),
        "kept_here": _("What you typed is still on this device."),
        "restored": _("What you typed before is back; saving…"),
        "drop": _("Drop it"),
        "dropped": _("Dropped: this device has forgotten it."),
        "bring_back": _("Bring it back"),
        **own,
    }
