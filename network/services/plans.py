"""Propose, show, apply: a plan is solved in the queue from frozen inputs, shown as a file, and applied from that very
file once, or refused in words when what it was made from has changed since, or set aside.

A kind of plan says only what is its own (`Plans`): what it locks, reads, solves and writes.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable, Iterator
from datetime import timedelta
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from django.db import transaction
from django.db.models import Model, Q

from network.services.events import record_event
from toolkit import clock
from toolkit.canonical import canonical_bytes, digest
from toolkit.locks import locked
from toolkit.owed import Debt
from toolkit.plans import PLAN, Plan, PlanState
from toolkit.refusals import Refusal
from toolkit.states import move
from toolkit.typed_data import Misshapen

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrPromise

    from network.models import Event, User
    from toolkit.typed_data import Data


TELL_EVERY = 1.0  # seconds between two notes of the progress

Row = TypeVar("Row", bound=Plan)
Ground = TypeVar("Ground", bound=Model)
World = TypeVar("World")
Made = TypeVar("Made", bound=Model)
Tell = Callable[..., None]  # (seconds, **figures)
Facts = dict[str, object]


class File(Protocol):
    """What is kept with a plan: its plain data are frozen, and hashed."""

    def as_data(self) -> dict[str, object]: ...


Inputs = TypeVar("Inputs", bound=File)
Answer = TypeVar("Answer", bound=File)


class Plans(Debt[Row, Answer], Generic[Row, Ground, World, Made, Inputs, Answer]):
    """A kind of plan: rows of `model`, each about one row of `Ground`, made from `Inputs`, shown as an `Answer`,
    applied as rows of `Made`.

    Locks are taken in this order: the ground, the plan, what `lock` adds.
    """

    owing = being_done = Q(state=PlanState.SOLVING)
    lease = timedelta(minutes=10)
    attempts = 3
    alone = False  # sample editions are walked in one transaction
    cut_off = "interrupted while being solved"
    about: str  # the plan's field that names its ground
    changed: tuple[str, StrPromise]  # the code and the sentence of a plan whose inputs have changed

    # What a kind says.

    @abstractmethod
    def ground(self, pk: int) -> Ground:
        """The row that plans are about, locked: of two plans at once about it, one waits."""

    @abstractmethod
    def require(self, by: User, ground: Ground, verb: str) -> None:
        """Raises Refusal unless `by` may propose, apply or discard a plan, and it can be done now."""

    @abstractmethod
    def queue(self, pk: int) -> None:
        """Has a worker solve the plan soon; the minute clock does it anyhow."""

    @abstractmethod
    def inputs_in(self, data: Data) -> Inputs:
        """The inputs that were frozen. Raises Misshapen for those of a former version."""

    @abstractmethod
    def answer_in(self, data: Data) -> Answer:
        """The answer that was kept. Raises Misshapen for one of a former version."""

    @abstractmethod
    def solve(self, inputs: Inputs, tell: Tell) -> Answer:
        """The answer to the inputs alone: the file of the plan."""

    @abstractmethod
    def is_proven(self, answer: Answer) -> bool:
        """Whether no better answer exists."""

    def solved(self, plan: Row) -> None:
        """Tells who waits for it, in the transaction that keeps it."""

    @abstractmethod
    def inputs_now(self, ground: Ground, plan: Row, inputs: Inputs) -> Inputs:
        """What a plan asked for as this one was (`inputs`) would be made from now."""

    def stamp(self, inputs: Data) -> str:
        """The hash of those inputs, as they are frozen, that make a plan stale when they change."""
        return digest(inputs)

    @abstractmethod
    def lock(self, ground: Ground, inputs: Inputs) -> World:
        """Locks and returns what else applying reads and writes."""

    @abstractmethod
    def write(self, by: User, plan: Row, world: World, answer: Answer) -> tuple[list[Made], Facts]:
        """Makes what was shown; (the new rows, facts for the event). Raises Refusal where that can't be."""

    def tell(self, by: User, plan: Row, world: World, made: list[Made], event: Event) -> None:
        """Tells people what was applied."""

    # Propose.

    def freeze(self, by: User, plan: Row, inputs: Inputs, **asked: object) -> Row:
        """Saves a plan that is owed, made from these inputs. Call it under the ground's lock; `asked` is recorded."""
        data = inputs.as_data()
        plan.state = PlanState.SOLVING
        plan.inputs, plan.inputs_sha256 = canonical_bytes(data).decode(), self.stamp(data)
        plan.made_by, plan.made_at = by, clock.now()
        plan.save()
        facts = {"inputs": plan.inputs_sha256, "seed": data["seed"], **asked}
        record_event(by=by, verb="propose", thing=plan, after=facts)
        transaction.on_commit(lambda: self.queue(plan.pk))
        return plan

    def do(self, row: Row) -> Answer:
        return self.solve(self.inputs_in(json.loads(row.inputs)), teller(self.mine(row)))

    def keep(self, row: Row, result: Answer) -> str:
        data = result.as_data()
        row.file, row.sha256 = canonical_bytes(data).decode(), digest(data)
        row.is_optimal = self.is_proven(result)
        move(row, "propose", PLAN)
        self.solved(row)
        return row.state

    def try_again(self, row: Row) -> str:
        return row.state

    def give_up(self, row: Row) -> str:
        move(row, "fail", PLAN)
        return row.state

    # Show.

    def why_stale(self, plan: Row) -> str:
        """Why a plan can't be applied any more, in words: what it was made from has changed. Empty if it has not."""
        is_open = plan.state == PlanState.PROPOSED
        still = not is_open or self._still_holds(getattr(plan, self.about), plan, self._inputs(plan))
        return "" if still else str(self.changed[1])

    def faults(self) -> Iterator[str]:
        """Of all plans: what is not what its fingerprint says, each in a sentence."""
        for plan in self.all().order_by("pk").iterator():
            what = f"{self.model._meta.verbose_name} {plan.pk}"
            if self.stamp(json.loads(plan.inputs)) != plan.inputs_sha256:
                yield f"{what}: what it was made from is not what its fingerprint says"
            if plan.file and digest(json.loads(plan.file)) != plan.sha256:
                yield f"{what}: its answer is not what its fingerprint says"

    # Apply, or set aside.

    @transaction.atomic
    def apply(self, *, by: User, plan: Row) -> list[Made]:
        """Makes the rows of a proposed plan, exactly as it was shown, once. Returns the new ones.

        Refused when it is not proposed any more, when what it was made from has changed since, and by `write`.
        """
        ground = self.ground(getattr(plan, f"{self.about}_id"))
        self.require(by, ground, "apply")
        plan = self._locked(plan)
        before, after = move(plan, "apply", PLAN)
        inputs = self._inputs(plan)
        world = None if inputs is None else self.lock(ground, inputs)
        if world is None or not self._still_holds(ground, plan, inputs):
            code, sentence = self.changed
            raise Refusal(sentence, code=code)
        plan.applied_by, plan.applied_at = by, clock.now()
        plan.save()
        made, facts = self.write(by, plan, world, self.answer_in(json.loads(plan.file)))
        event = record_event(by=by, verb="apply", thing=plan, before={"state": before}, after={"state": after, **facts})
        self.tell(by, plan, world, made, event)
        return made

    @transaction.atomic
    def discard(self, *, by: User, plan: Row) -> Row:
        """Sets a plan aside that is owed, proposed, or could not be solved: whoever still solves it keeps nothing."""
        self.require(by, self.ground(getattr(plan, f"{self.about}_id")), "discard")
        plan = self._locked(plan)
        end_plan(by, plan, "discard")
        return plan

    def _locked(self, plan: Row) -> Row:
        return locked(self.all().filter(pk=plan.pk)).get()

    def _inputs(self, plan: Row) -> Inputs | None:
        """What it was made from; None where a former version froze it, whose plan can only be made anew."""
        try:
            return self.inputs_in(json.loads(plan.inputs))
        except Misshapen:
            return None

    def _still_holds(self, ground: Ground, plan: Row, inputs: Inputs | None) -> bool:
        if inputs is None:
            return False
        return self.stamp(self.inputs_now(ground, plan, inputs).as_data()) == plan.inputs_sha256


def end_plan(by: User, plan: Any, verb: str) -> None:
    """Moves a locked plan, or whatever is proposed and applied alike, out of the way, and records that."""
    before, after = move(plan, verb, PLAN)
    plan.save(update_fields=["state"])
    record_event(by=by, verb=verb, thing=plan, before={"state": before}, after={"state": after})


def teller(rows: QuerySet[Any]) -> Tell:
    """Notes how far a solver is where a page reads it, once a second at most: one update of `rows`, no transaction."""
    last = [-inf]

    def tell(seconds: float, **figures: Any) -> None:
        if seconds - last[0] < TELL_EVERY:
            return
        last[0] = seconds
        told = {name: it for name, it in figures.items() if not isinstance(it, float) or isfinite(it)}
        rows.update(progress={"seconds": round(seconds, 1), **told})

    return tell
