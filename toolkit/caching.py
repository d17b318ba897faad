"""How long a browser may keep a page."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils.cache import patch_cache_control

FRESH_SECONDS = 60


def kept_shortly(view):
    """A visitor's browser may keep the page for a minute (a proxy not: it holds a form's token);
    a member's keeps nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any):
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        else:
            patch_cache_control(response, private=True, max_age=FRESH_SECONDS)
        return response

    return answer
