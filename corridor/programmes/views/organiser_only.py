"""What only the secretariat finds."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404

from network.permissions import is_organiser
from network.requests import AuthedRequest


def organisers_only(view):
    """Outside the secretariat these addresses do not exist."""

    @login_required
    def guarded(request: AuthedRequest, *args: Any, **kwargs: Any):
        if not is_organiser(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
