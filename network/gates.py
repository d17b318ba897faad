"""Pages of the organisers: for everybody else they are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase

from network.permissions import is_organiser
from network.requests import AuthedRequest

Given = ParamSpec("Given")
Page = TypeVar("Page", bound=HttpResponseBase)


def organisers_only(
    view: Callable[Concatenate[AuthedRequest, Given], Page],
) -> Callable[Concatenate[AuthedRequest, Given], Page]:
    """404 for whoever is no organiser, once they have logged in."""

    @login_required
    @wraps(view)
    def guarded(request: AuthedRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> Page:
        if not is_organiser(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
