"""Slow work on what somebody sent: one at a time for each person, few at once on a machine, and so many in a while.

A web thread waits while a child process reads a file. Nobody holds more than one of them so, and all together hold
three at most: two whose file is read, one who waits for a place. Whoever comes then is told at once, so that a server
with four threads or more always has one for everybody else. The slots are locked files: they end with the process that
holds them.
"""

import contextlib
import hashlib
import time
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files import locks
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkit.refusals import Refusal

AT_ONCE = 2  # on one machine, whoever they are from
PATIENCE = 3  # seconds that one person waits for one of them
WINDOW = 300  # seconds
IN_A_WINDOW = 30  # files of one person

# Who the request is from: an account, else an address; empty outside requests (a task, a command).
person: ContextVar[str] = ContextVar("person", default="")


@contextlib.contextmanager
def slot_for_a_file(field: str = "file") -> Iterator[None]:
    """Held while a file that was sent is read. Raises Refusal 429 for a second one at the
    same time and for too many, 503 when all are taken."""
    who = person.get()
    if not who:
        yield
        return
    with contextlib.ExitStack() as held:
        if not _take(held, who):
            raise _busy(
                _("Another file of yours is being read just now. Wait until it is done, then send this one."),
                429,
                field,
            )
        _count(who, field)
        if not _take_a_place(held):
            sentence = _("Several people are sending files just now. Nothing was kept: send it again in a minute.")
            raise _busy(sentence, 503, field)
        yield


@contextlib.contextmanager
def slot_to_prepare() -> Iterator[None]:
    """Held while a stored file is prepared for a reader. Raises Refusal 503 when all are taken."""
    if not person.get():
        yield
        return
    with contextlib.ExitStack() as held:
        if not _take_a_place(held):
            sentence = _("Many files are being prepared just now. Open this one again in a moment.")
            raise Refusal(sentence, code="busy", status=503)
        yield


def _take_a_place(held: contextlib.ExitStack) -> bool:
    """Whether one of the machine's few was free, or became so while nobody else waited."""
    if _take_one_of_all(held):
        return True
    with contextlib.ExitStack() as waiting:
        until = time.monotonic() + PATIENCE
        if not _take(waiting, "who waits"):
            return False
        while time.monotonic() < until:
            time.sleep(0.1)
            if _take_one_of_all(held):
                return True
    return False


def _take_one_of_all(held: contextlib.ExitStack) -> bool:
    return any(_take(held, f"any {number}") for number in range(AT_ONCE))


def _take(held: contextlib.ExitStack, name: str) -> bool:
    """Whether the slot was free; then it is held until the stack ends."""
    folder = Path(settings.VAR_DIR) / "slots"
    folder.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256(f"{connection.settings_dict['NAME']} {name}".encode()).hexdigest()[:24]
    file = (folder / key).open("wb")
    if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
        file.close()
        return False
    held.callback(file.close)  # closing unlocks
    return True


def _count(who: str, field: str) -> None:
    window = int(time.time() // WINDOW)
    name = f"files:{who.replace(' ', '-')}:{window}"  # a cache may take no blanks in a key
    cache.add(name, 0)
    with contextlib.suppress(ValueError):  # tidied away between the two
        if cache.incr(name) > IN_A_WINDOW:
            minutes = int((WINDOW - time.time() % WINDOW) // 60) + 1
            raise _busy(
                ngettext(
                    "You have sent %(files)s files within five minutes. Send the next one in %(minutes)s minute.",
                    "You have sent %(files)s files within five minutes. Send the next one in %(minutes)s minutes.",
                    minutes,
                )
                % {"files": IN_A_WINDOW, "minutes": minutes},
                429,
                field,
            )


def _busy(sentence: str, status: int, field: str) -> Refusal:
    return Refusal(sentence, code="upload.busy", field=field, status=status)
