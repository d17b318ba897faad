"""Tasks that were queued under the name of a module that has moved since: they still run, whatever keeps the queue.

A queue keeps a task by its dotted name. What a version before this one has queued is asked for by that name when a
worker of this version takes it, minutes or days later; each former module answers with the present task.
"""

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# Former dotted name of a task → where it is.
FORMER_TASKS = {
    "contest.services.preparing.prepare_attachment": "contest.entries.services.preparing",
    "judging.services.documents.render_minutes": "judging.results.services.minutes",
    "judging.services.plans.solve_assignment": "judging.jury.services.assignment",
    "judging.services.statistics.compute_statistics": "judging.statistics.services",
    "corridor.services.placements.solve_plan": "corridor.placement.services.plans",
    "corridor.services.questions.answer_question": "corridor.placement.services.what_if",
    "corridor.services.rendering.render_agreement": "corridor.agreements.files.services.rendering",
    "corridor.services.waiting_list.answer_calls": "corridor.placement.services.waiting_list",
}


class FormerModule(ModuleType):
    """A module that is no more: knows the tasks that it had, and loads the present one when somebody asks."""

    def __init__(self, name: str, tasks: dict[str, str]) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, loader=None)
        self._tasks = tasks

    def __getattr__(self, name: str) -> Any:
        if name not in self._tasks:
            raise AttributeError(f"{self.__name__} has moved, and {name} was no task of it.")
        return getattr(import_module(self._tasks[name]), name)


def answer_to_former_names() -> None:
    """Puts each former module where an import finds it. Nothing of ours is loaded until a task is asked for."""
    by_module: dict[str, dict[str, str]] = {}
    for former, present in FORMER_TASKS.items():
        module, _, task = former.rpartition(".")
        by_module.setdefault(module, {})[task] = present
    for name, tasks in by_module.items():
        sys.modules.setdefault(name, FormerModule(name, tasks))
