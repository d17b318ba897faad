"""How often somebody may ask: counted by minute in the cache that all web processes share,
right when two come at once."""

from typing import Any, cast

from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

from toolkit.visitors import counted_as


class CountedThrottle(SimpleRateThrottle):
    """The rate of REST framework (“60/min”), by windows of that length;
    its own list of moments loses some under load."""

    duration: int
    num_requests: int

    def get_ident(self, request: HttpRequest) -> str:
        return counted_as(request.META.get("REMOTE_ADDR", ""))

    def allow_request(self, request: HttpRequest, view: Any) -> bool:
        key = self.get_cache_key(cast(Request, request), view) if self.rate is not None else None
        if key is None:
            return True
        window = int(self.timer() // self.duration)
        name = f"{key}:{window}"
        cache.add(name, 0)
        try:
            count = cache.incr(name)
        except ValueError:  # tidied away between the two
            cache.set(name, 1)
            count = 1
        return count <= self.num_requests

    def wait(self) -> float:
        return self.duration - self.timer() % self.duration


class VisitorThrottle(CountedThrottle, AnonRateThrottle):
    """So many by network address, for who is not logged in."""


class MemberThrottle(CountedThrottle, UserRateThrottle):
    """So many by account."""
