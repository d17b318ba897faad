"""Pages of the organiser: for everybody else they are not there."""

from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404

from network.permissions import is_organiser
from network.requests import AuthedRequest


def organiser_only(view):
    """404 for whoever is not the organiser."""

    @login_required
    @wraps(view)
    def guarded(request: AuthedRequest, *args: Any, **kwargs: Any):
        if not is_organiser(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
