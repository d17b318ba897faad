"""Caches that several web processes share, with an `incr` and an `add` that count right when two come at once."""

import contextlib
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks
from django.db import connections, router, transaction

SHARDS = 64  # lock files: a key always has the same one
TIDY_ONE_IN = 100


class LockedFileCache(FileBasedCache):
    """Files beside the SQLite database: counting never waits for that database's one writer."""

    @contextlib.contextmanager
    def _locked(self, key: str, version: int | None) -> Iterator[None]:
        name = self.make_and_validate_key(key, version=version)
        shard = int(hashlib.sha256(name.encode()).hexdigest(), 16) % SHARDS
        self._createdir()  # type: ignore[attr-defined]  # the stubs leave it out
        with (Path(self._dir) / f"{shard}.lock").open("wb") as file:  # type: ignore[attr-defined]  # likewise
            locks.lock(file, locks.LOCK_EX)
            yield  # closing the file unlocks it

    def add(self, key: Any, value: Any, timeout: float | None = None, version: int | None = None) -> bool:
        with self._locked(key, version):
            return super().add(key, value, timeout, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Reads and writes under the lock. The count is kept five minutes from the last one on:
        longer than any of its windows."""
        with self._locked(key, version):
            return super().incr(key, delta, version)

    def _cull(self) -> None:
        """Looks through the folder now and then, not at each write."""
        if random.randrange(TIDY_ONE_IN) == 0:  # noqa: S311  no secret hangs on it
            super()._cull()  # type: ignore[misc]  # the stubs leave it out


class LockedTableCache(DatabaseCache):
    """A table of the database, for web processes on several machines."""

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        name = self.make_and_validate_key(key, version=version)
        database = router.db_for_write(self.cache_model_class)
        connection = connections[database]
        with transaction.atomic(using=database), connection.cursor() as cursor:
            if connection.features.has_select_for_update:  # SQLite: the transaction itself is the lock
                table = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]  # likewise
                cursor.execute(f"SELECT 1 FROM {table} WHERE cache_key = %s FOR UPDATE", [name])  # noqa: S608  our own name
            return super().incr(key, delta, version)
