"""How long a browser may keep a page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

FRESH_SECONDS = 60


Asked = TypeVar("Asked", bound=HttpRequest)
Given = ParamSpec("Given")
Page = TypeVar("Page", bound=HttpResponseBase)


def kept_shortly(
    view: Callable[Concatenate[Asked, Given], Page],
) -> Callable[Concatenate[Asked, Given], Page]:
    """A visitor's browser may keep the page for a minute (a proxy not: it holds a form's token);
    a member's keeps nothing."""

    @wraps(view)
    def answer(request: Asked, /, *args: Given.args, **kwargs: Given.kwargs) -> Page:
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        else:
            patch_cache_control(response, private=True, max_age=FRESH_SECONDS)
        return response

    return answer
