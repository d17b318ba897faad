"""The count of modules that a call enters: functions that run, and nothing else."""

import importlib
import sys

from django.contrib.auth.models import AnonymousUser

from benchmarks.modules_entered import entered
from network.permissions import is_organiser
from toolkit import clock


def test_modules_are_counted_by_the_functions_that_run():
    with entered() as found:
        clock.now()
        is_organiser(AnonymousUser())
        is_organiser(AnonymousUser())
    assert found["network.permissions"] == 4  # each asks roles_of
    assert found["toolkit.clock"] >= 1
    assert all(name.split(".")[0] in ("toolkit", "network") for name in found)


def test_importing_a_module_is_not_entering_it(monkeypatch):
    monkeypatch.delitem(sys.modules, "toolkit.dates")
    with entered() as found:
        importlib.import_module("toolkit.dates")
    assert "toolkit.dates" not in found


def test_counting_ends_with_the_block():
    with entered() as found:
        pass
    clock.now()
    assert not found
