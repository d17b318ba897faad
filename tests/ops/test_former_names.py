"""What was queued before its module moved still runs: a queue keeps tasks by their dotted names."""

import pytest
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from config.former_names import FORMER_TASKS
from judging.models import Minutes
from judging.results.services.minutes import render_minutes


@pytest.mark.parametrize("former", FORMER_TASKS)
def test_a_former_name_is_the_present_task(former):
    task = import_string(former)
    assert isinstance(task, Task)
    assert task is import_string(f"{FORMER_TASKS[former]}.{former.rpartition('.')[2]}")


def test_what_was_no_task_of_a_module_that_moved_is_not_found():
    with pytest.raises(ImportError, match="request_plan"):
        import_string("judging.services.plans.request_plan")


def queue_by_former_name():
    """Minutes that are gone: the task says so, and is done."""
    result = render_minutes.enqueue(0)
    queued = DBTaskResult.objects.filter(pk=result.id)
    queued.update(task_path="judging.services.documents.render_minutes")
    assert not Minutes.objects.exists()


def ends():
    return list(DBTaskResult.objects.values_list("task_path", "status", "exception_class_path"))


@pytest.mark.processes
@pytest.mark.sensitive
def test_a_worker_runs_what_was_queued_by_a_former_name(place):
    place.run(queue_by_former_name)
    place.manage(["db_worker", "--batch", "--no-startup-delay"])
    assert place.run(ends) == [("judging.services.documents.render_minutes", "SUCCESSFUL", "")]
