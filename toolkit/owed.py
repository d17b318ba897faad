"""What is owed: leased, done once, kept or given up. One protocol for mails, documents, plans, statistics, what comes.

A row owes something (`toolkit.owing.Owing`); a kind of debt says how it is done (`Debt`), registered once. Whoever
works on it

    leases  one conditional UPDATE: counts the try, says until when, names the holder (a token that nobody else has)
    does    the slow thing, outside of any transaction
    keeps   in one short transaction, if the lease is still its own; or notes, under the same condition, why it failed

Who was overtaken writes nothing. A process that dies leaves its lease behind: once that has lapsed another takes over,
and a try that was cut off counts like one that failed. After `attempts` tries it is given up, and the row says why
(`why`, in the reader's language). What must not be done twice when nobody knows whether it was done (`once`: a mail) is
not taken over but given up at once.
"""

import logging
import os
import secrets
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from toolkit.locks import locked
from toolkit.owing import LONGEST_FAILURE, Owing, code_of
from toolkit.refusals import Refusal

logger = logging.getLogger(__name__)
NOTHING, OVERTAKEN = "nothing owed", "overtaken"


def now() -> datetime:
    """The real instant: leases are about processes, whatever date a rehearsal plays."""
    return timezone.now()


Row = TypeVar("Row", bound=Owing)
Result = TypeVar("Result")


class Debt(ABC, Generic[Row, Result]):
    """A kind of what is owed. A subclass says what owes, how it is done and kept, and what its end tells.

    `owing` and `being_done` are conditions on the row's own columns: they stand in the very UPDATE that leases, which
    PostgreSQL checks again on a row for which it had to wait; a condition on another table would not be.
    """

    name: str
    model: type[Row]
    owing: Q  # it is owed, whoever works on it
    being_done: Q  # how the row stands while it is leased; as `owing`, if leasing moves no state
    leasing: dict[str, object] = {}  # what else leasing writes
    lease: timedelta
    attempts: int
    alone = True  # refuses to run inside somebody's transaction, which would hold its locks while this is done
    once = False  # never taken over: only a person knows whether it was done
    cut_off = "interrupted while being prepared"
    order: tuple[str, ...] = ("pk",)
    related: tuple[str, ...] = ()

    # What a kind says.

    @abstractmethod
    def do(self, row: Row) -> Result:
        """The slow part, outside of any transaction; `row` is read only. Whatever it raises is a failed try."""

    def lock_first(self, row: Row) -> None:
        """Locks what must be locked before the row itself, in the transaction that keeps."""

    @abstractmethod
    def keep(self, row: Row, result: Result) -> str:
        """Sets what was made on the locked row, which is saved after it; writes what follows. The word for the log.

        Assign new values: one that is changed in place is not seen. What it raises undoes the transaction and is a
        failed try.
        """

    def try_again(self, row: Row) -> str:
        """A try failed and others are left. The word for the log."""
        return "failed"

    def give_up(self, row: Row) -> str:
        """The last try failed, or was cut off: moves the row, tells who must know. The word for the log."""
        return "failed"

    def overtaken(self, row: Row) -> None:
        """Somebody else holds the row now, or it owes nothing more: takes away what `do` left outside the database."""

    # How it goes.

    def all(self) -> QuerySet[Row]:
        return self.model._base_manager.all()

    def owed(self) -> QuerySet[Row]:
        """What is owed and can be leased now."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now())
        return self.all().filter(self.owing, free, attempts__lt=self.attempts)

    def mine(self, row: Row) -> QuerySet[Row]:
        """The row, as long as it is held by who leased `row`."""
        return self.all().filter(self.being_done, pk=row.pk, leased_by=row.leased_by)

    def take(self, pk: int) -> Row | None:
        """Leases one row; None if it owes nothing, or somebody else has it. Refuses to run in a transaction."""
        holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(8)}"
        values = {
            "attempts": F("attempts") + 1,
            "leased_until": now() + self.lease,
            "leased_by": holder,
            **self.leasing,
        }
        with transaction.atomic(durable=self.alone):
            if not self.owed().filter(pk=pk).update(**values):
                return None
        return self.all().filter(pk=pk, leased_by=holder).select_related(*self.related).first()

    def settle(self, pk: int) -> str:
        """Does one debt, unless it is done or somebody else is at it. Can be run twice, late, at once, without harm."""
        row = self.take(pk)
        if row is None:
            return NOTHING
        try:
            result = self.do(row)
        except Exception as error:  # whatever may happen to it: the row says so, and the clock tries again
            return self.fail(row, error)
        return self.finish(row, result)

    def finish(self, row: Row, result: Result) -> str:
        """Keeps the result if the lease is still that of `row`; else nothing is written."""
        try:
            return self.keep_if_mine(row, result)
        except Exception as error:
            if self.once:  # it was done: what can't be written down is shown as interrupted, never done again
                raise
            return self.fail(row, error, again=lambda: self.keep_if_mine(row, result, for_good=False))

    def fail(self, row: Row, error: Exception, *, again: Callable[[], Any] | None = None) -> str:
        """Notes why a try failed if the lease is still that of `row`.

        `again` raises the same refusal once more and changes nothing: it says it in another language.
        """
        logger.warning("%s %s failed", self.name, row.pk, exc_info=error)
        said = str(error) if isinstance(error, Refusal) else f"{type(error).__name__}: {error}"
        reason: dict[str, Any] = {"code": code_of(error)}
        if isinstance(error, Refusal):
            reason["said"] = _in_languages(error, again)
        with transaction.atomic():
            mine = locked(self.mine(row)).first()
            if mine is not None:
                return self._end(mine, said, reason)
        self.overtaken(row)
        return OVERTAKEN

    def settle_owed(self, limit: int) -> int:
        """What the minute clock does: gives up what was cut off too often, does what is owed. Returns how many rows."""
        lost = self.give_up_cut_off(limit)
        numbers = list(self.owed().order_by(*self.order).values_list("pk", flat=True)[:limit])
        for pk in numbers:
            self.settle(pk)
        return lost + len(numbers)

    def give_up_cut_off(self, limit: int) -> int:
        """Ends what nobody may take over: its last try, or its only one, was cut off.

        Trying for ever would take a worker down for ever.
        """
        lapsed = self.all().filter(self.being_done, leased_until__lt=now())
        if not self.once:
            lapsed = lapsed.filter(attempts__gte=self.attempts)
        if not lapsed.exists():  # the usual case takes no lock
            return 0
        with transaction.atomic():
            lost = list(locked(lapsed).order_by("pk")[:limit])
            for row in lost:
                self._end(row, self.cut_off, {"code": "interrupted"})
        return len(lost)

    def keep_if_mine(self, row: Row, result: Result, *, for_good: bool = True) -> str:
        """Keeps the result if the lease is still that of `row`. Raises what `keep` raises.

        Without `for_good` nothing is changed.
        """
        with transaction.atomic():
            self.lock_first(row)
            mine = locked(self.mine(row)).first()
            if mine is not None:
                before = _values(mine)
                mine.let_go()
                mine.failure, mine.failure_reason = "", {}
                word = self.keep(mine, result)
                _save(mine, before)
                transaction.set_rollback(not for_good)
                return word
        if for_good:
            self.overtaken(row)
        return OVERTAKEN

    def _end(self, mine: Row, failure: str, reason: dict[str, Any]) -> str:
        """A try of a locked row ended without a result."""
        before = _values(mine)
        mine.let_go()
        mine.failure, mine.failure_reason = failure.replace("\0", "�")[:LONGEST_FAILURE], reason
        is_last = mine.attempts >= self.attempts or (self.once and reason["code"] == "interrupted")
        word = self.give_up(mine) if is_last else self.try_again(mine)
        _save(mine, before)
        return word


DEBTS: dict[str, Debt[Any, Any]] = {}
Kind = TypeVar("Kind", bound=Debt[Any, Any])


def register(debt: Kind) -> Kind:
    """Makes a kind of debt known, once. Raises ValueError for a name that is taken."""
    if debt.name in DEBTS:
        raise ValueError(f"two kinds of debt are called {debt.name}")
    DEBTS[debt.name] = debt
    return debt


def _in_languages(refusal: Refusal, again: Callable[[], Any] | None) -> dict[str, str]:
    """A refusal speaks the language in which it was raised: it is raised once in each."""
    said = {translation.get_language() or settings.LANGUAGE_CODE: str(refusal)}
    for language, _name in settings.LANGUAGES:
        if again is None or language in said:
            continue
        with translation.override(language):
            try:
                again()
            except Refusal as same:
                if same.code == refusal.code:
                    said[language] = str(same)
            except Exception:  # only the words are lost
                logger.warning("a refusal was not said in %s", language, exc_info=True)
    return said


def _values(row: Owing) -> dict[str, object]:
    """The row's columns as they are now; of a file, its name."""
    return {
        field.attname: str(value or "") if isinstance(field, models.FileField) else value
        for field in row._meta.concrete_fields
        for value in [row.__dict__.get(field.attname)]
    }


def _save(row: Owing, before: dict[str, object]) -> None:
    """Writes the columns that changed: a debt's lock is held no longer than that takes."""
    names = {field.attname: field.name for field in row._meta.concrete_fields}
    row.save(update_fields=[names[column] for column, value in _values(row).items() if before[column] != value])
