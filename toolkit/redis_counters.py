"""Counters in Redis or Valkey, for web processes on several machines,
with the process's own while that server is away."""

import logging
import time
from functools import partial
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)
REST = 10  # seconds for which a server that could not be reached is asked nothing
# A server that hangs must not hold a web thread: redis-py waits for ever unless it is told.
WAITS = {"socket_connect_timeout": 1, "socket_timeout": 1}
KEPT = ("add", "get", "set", "touch", "delete", "has_key", "incr", "get_many", "set_many", "delete_many", "clear")


class CountersInRedis(RedisCache):
    """Django's RedisCache; while the server can't be reached, each process counts for itself, so that limits hold as
    far as they can and nobody is kept from logging in. Needs the package `redis`."""

    asked_again = 0.0  # on the monotonic clock; of the process: each of its threads has a cache of its own

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**WAITS, **params.get("OPTIONS", {})}})
        import redis

        self._failures = (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError)
        self._own = LocMemCache("counted while Redis is away", {})
        for name in KEPT:
            setattr(self, name, partial(self._there_or_here, name))

    def _there_or_here(self, name: str, *arguments: Any, **named: Any) -> Any:
        if time.monotonic() >= CountersInRedis.asked_again:
            try:
                return getattr(super(), name)(*arguments, **named)
            except self._failures as error:
                CountersInRedis.asked_again = time.monotonic() + REST
                logger.error("the cache can't be reached, each process counts for itself: %s", error)
        return getattr(self._own, name)(*arguments, **named)
