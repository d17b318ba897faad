"""What only the secretariat finds."""

from collections.abc import Callable
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
    """Outside the secretariat these addresses do not exist."""

    @login_required
    def guarded(request: AuthedRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> Page:
        if not is_organiser(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
