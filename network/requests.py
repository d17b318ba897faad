"""Who asks: somebody who is signed in, or anybody.

For annotations: what a view gets says whether `login_required` stands before it.
"""

from typing import TYPE_CHECKING, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from network.models import User

Anyone: TypeAlias = User | AnonymousUser


class PageRequest(HttpRequest):
    """A request as the middleware hands it on: of anybody, with what htmx says of it."""

    htmx: HtmxDetails


class AuthedRequest(PageRequest):
    """A request of somebody who is signed in."""

    user: User


if TYPE_CHECKING:
    from rest_framework.request import Request

    class ApiRequest(Request):
        """A request to the API, by somebody who is signed in."""

        user: User
