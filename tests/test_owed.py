"""Whatever is owed, of every kind: done once, never lost, never cleared by a stranger, its tries bounded, its end told.

Two workers go through steps in any order: one is overtaken, one is killed, one comes late, one fails after it was
overtaken. After each step the row is what a few lines of bookkeeping say it is.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from config import urls  # noqa: F401  with them comes every kind
from corridor.models import PlacementPlan
from judging.models import Computed
from judging.statistics.services import ask_statistics
from network.models import Event, Message
from network.services.mail import Mails
from tests import build
from tests.corridor.conftest import corridor  # noqa: F401  a fixture
from tests.debts import MADE, a_mail
from tests.judging.conftest import stage  # noqa: F401  a fixture
from toolkit import clock, owed
from toolkit.canonical import canonical_bytes
from toolkit.owed import DEBTS, NOTHING, OVERTAKEN, Debt
from toolkit.owing import Owing
from toolkit.protocols import collect

WORKERS = ("A", "B")
STEPS = [f"{worker} {verb}" for worker in WORKERS for verb in ("takes", "finishes", "fails", "is killed")]
KILLED = ["B takes", "B is killed", "the lease lapses"]
STEPS += ["the lease lapses", "the clock"]


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": files}


def test_every_row_that_owes_has_a_kind_and_the_clock_knows_each():
    assert DEBTS.keys() == MADE.keys()
    assert {debt.model for debt in DEBTS.values()} == {m for m in apps.get_models() if issubclass(m, Owing)}
    assert DEBTS.keys() <= {kind.name for kind in collect("due", clock.now())}
    with pytest.raises(ValueError, match="two kinds of debt"):
        owed.register(DEBTS["mail"])


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_lease_depends_on_the_row_s_own_columns(db, name):
    """PostgreSQL checks them again on a row for which it had to wait; those of a subquery it would not."""
    with CaptureQueriesContext(connection) as seen:
        assert DEBTS[name].take(0) is None
    [update] = [query["sql"] for query in seen if query["sql"].startswith("UPDATE")]
    assert "SELECT" not in update


@dataclass
class Books:
    """What should be true of the row, and who works on it."""

    debt: Debt[Any, Any]
    pk: int
    result: Any
    attempts: int = 0
    holder: str = ""  # the token of the lease that stands
    has_lapsed: bool = False
    ended: str = ""  # done, or given up
    at_work: dict[str, Any] = field(default_factory=dict)

    def row(self):
        return self.debt.all().get(pk=self.pk)

    def step(self, words: str) -> None:
        if words == "the lease lapses":
            past = owed.now() - timedelta(seconds=1)
            self.debt.all().filter(pk=self.pk, leased_until__isnull=False).update(leased_until=past)
            self.has_lapsed = bool(self.holder)
        elif words == "the clock":
            is_last = self.debt.once or self.attempts >= self.debt.attempts
            ends = bool(self.holder) and self.has_lapsed and is_last
            assert self.debt.give_up_cut_off(5) == (1 if ends else 0)
            self._ended("given up" if ends else "")
        else:
            worker, verb = words.split(" ", 1)
            getattr(self, {"takes": "take", "finishes": "finish", "fails": "fail", "is killed": "kill"}[verb])(worker)
        self.check(words)

    def take(self, worker: str) -> None:
        if worker in self.at_work:
            return
        is_free = not self.holder or (self.has_lapsed and not self.debt.once)
        row = self.debt.take(self.pk)
        assert (row is not None) == (not self.ended and is_free and self.attempts < self.debt.attempts)
        if row is not None:
            self.at_work[worker] = row
            self.attempts, self.holder, self.has_lapsed = self.attempts + 1, row.leased_by, False

    def finish(self, worker: str) -> None:
        row = self.at_work.pop(worker, None)
        if row is None:
            return
        before, is_mine = self.seen(), row.leased_by == self.holder
        result = self.debt.do(row) if self.debt.once else self.result
        said = self.debt.finish(row, result)
        assert (said == OVERTAKEN) == (not is_mine)
        if is_mine:
            self._ended("done")
        else:
            assert self.seen() == before

    def fail(self, worker: str) -> None:
        row = self.at_work.pop(worker, None)
        if row is None:
            return
        before, is_mine = self.seen(), row.leased_by == self.holder
        said = self.debt.fail(row, MemoryError("no room"))
        assert (said == OVERTAKEN) == (not is_mine)
        if is_mine:
            self.holder = ""
            self._ended("given up" if self.attempts >= self.debt.attempts else "")
        else:
            assert self.seen() == before

    def kill(self, worker: str) -> None:
        self.at_work.pop(worker, None)

    def _ended(self, how: str) -> None:
        if how:
            assert not self.ended, "it ended once"
            self.ended, self.holder, self.has_lapsed = how, "", False

    def seen(self) -> tuple[Any, ...]:
        """The whole row, and how much was told and sent."""
        row = self.debt.all().filter(pk=self.pk).values().get()
        return row, Message.objects.count(), Event.objects.count()

    def check(self, words: str) -> None:
        row = self.row()
        assert row.leased_by == self.holder, words
        assert (row.leased_until is not None) == bool(self.holder), words
        owes = self.debt.all().filter(self.debt.owing | self.debt.being_done, pk=self.pk).exists()
        is_free = self.debt.owed().filter(pk=self.pk).exists()
        if self.ended == "done":
            assert not owes or self.debt.name == "agreements"  # which then owes its second file, later
            assert row.failure_reason == {}
        else:
            assert row.attempts == self.attempts <= self.debt.attempts, words
        if self.ended:
            assert not is_free, words
            assert self.debt.settle(self.pk) == NOTHING
        if self.ended == "given up":
            said = []
            for language in ("en", "fr"):
                with translation.override(language):
                    said.append(self.row().why)
            assert all(said), words
            assert said[0] != said[1]


@pytest.fixture(params=sorted(MADE))
def books(request, db):
    """Bookkeeping for a new row of each kind, with what doing it really makes."""
    debt = DEBTS[request.param]
    pk = MADE[request.param](request.getfixturevalue).pk
    point = transaction.savepoint()
    row = debt.take(pk)
    assert row is not None
    result = None if debt.once else debt.do(row)
    transaction.savepoint_rollback(point)
    return lambda: Books(debt, pk, result)


def test_done_once_never_lost_never_cleared_by_a_stranger_and_its_end_told(books):
    @settings(max_examples=25)
    @given(st.lists(st.sampled_from(STEPS), max_size=16))
    # The fault that two kinds had: a worker that was overtaken fails, and clears the lease of who took over.
    @example(["A takes", "the lease lapses", "B takes", "A fails", "A takes", "B finishes", "A finishes"])
    # One that is killed each time, and one that comes late with a result that nobody waits for any more.
    @example(["A takes", "A is killed", "the lease lapses", "B takes", "the lease lapses", "A takes", "B finishes"])
    @example(["A takes", "the lease lapses", *KILLED * 5, "the clock", "A finishes"])
    @example(["A takes", "A fails"] * 5)
    def run(steps):
        point, mail.outbox[:] = transaction.savepoint(), []
        try:
            case = books()
            for words in steps:
                case.step(words)
            has_tries = not case.ended and case.attempts < case.debt.attempts and not (case.debt.once and case.holder)
            case.at_work.clear()  # everybody dies; one worker that is well comes
            for words in ("the lease lapses", "the clock", "B takes", "B finishes"):
                case.step(words)
            assert case.ended, "it is lost"
            assert not has_tries or case.ended == "done"
            assert len(mail.outbox) <= 1
        finally:
            transaction.savepoint_rollback(point)

    run()


def take_one(name: str, pk: int) -> bool:
    return DEBTS[name].take(pk) is not None


def a_plan_whose_worker_is_late() -> int:
    person = build.person("organiser@network.example")
    plan = PlacementPlan.objects.create(
        programme=build.programme(build.edition()),
        inputs=canonical_bytes({}).decode(),
        inputs_sha256="a" * 64,
        made_by=person,
        made_at=clock.now(),
        attempts=1,
        leased_by="elsewhere:1:a",
        leased_until=owed.now() - timedelta(seconds=1),
    )
    return plan.pk


def a_mail_in_a_row() -> int:
    return a_mail().pk


def tries_of(name: str, pk: int) -> int:
    return DEBTS[name].all().get(pk=pk).attempts


@pytest.mark.processes
@pytest.mark.parametrize(
    ("name", "make", "tries"), [("placement plans", a_plan_whose_worker_is_late, 2), ("mail", a_mail_in_a_row, 1)]
)
def test_of_four_processes_at_once_one_has_the_lease(place, name, make, tries):
    pk = place.run(make)
    assert sorted(place.at_once([(take_one, name, pk)] * 4)) == [False, False, False, True]
    assert place.run(tries_of, name, pk) == tries


def test_a_lease_is_refused_inside_a_transaction(transactional_db):
    """What is slow never runs inside of one."""
    message = a_mail()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        DEBTS["mail"].take(message.pk)


def test_a_late_result_of_earlier_inputs_is_not_kept_for_later_ones(stage, organiser):  # noqa: F811
    """The row is owed anew for other inputs while a worker is at it: the tries begin again, the lease is nobody's."""
    debt = DEBTS["judging:statistics"]
    row = ask_statistics(stage.round)
    late = debt.take(row.pk)
    result = debt.do(late)
    build.marks(stage.cards[0][0], 3, 4)
    again = ask_statistics(stage.round)
    assert (again.pk, again.attempts, again.leased_by) == (row.pk, 0, "")
    second = debt.take(row.pk)
    assert second.attempts == late.attempts  # a count alone would take the one for the other
    assert debt.finish(late, result) == OVERTAKEN
    assert Computed.objects.get(pk=row.pk).leased_by == second.leased_by
    assert debt.settle(row.pk) == NOTHING
    assert debt.finish(second, debt.do(second)) == "made"


class CannotWrite(Mails):
    def keep(self, row: Message, result: None) -> str:
        raise OSError("no space left on the disk")


def test_a_mail_whose_answer_can_not_be_written_down_is_not_sent_again(db):
    message = a_mail()
    with pytest.raises(OSError, match="no space"):
        CannotWrite().settle(message.pk)
    assert Message.objects.get(pk=message.pk).state == "sending"
    Message.objects.update(leased_until=owed.now() - timedelta(seconds=1))
    assert DEBTS["mail"].settle_owed(5) == 1
    assert (Message.objects.get(pk=message.pk).state, len(mail.outbox)) == ("uncertain", 1)
