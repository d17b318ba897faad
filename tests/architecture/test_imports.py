"""Which way imports go: down the apps, rooms and features, in no circle, and slow libraries only where used."""

import os
import subprocess
import sys

import pytest

from tests.architecture.sources import (
    ROOT,
    STAIRCASE,
    imported_modules,
    imports,
    module_of,
    modules,
    name_of,
    room_of,
    sources,
    stands_below,
)

SLOW = ["weasyprint", "openpyxl", "highspy", "scipy", "numpy", "pikepdf", "pyhanko"]


def test_no_app_imports_one_that_stands_above_it():
    wrong = []
    for path in sources():
        own = STAIRCASE.index(path.relative_to(ROOT).parts[0])
        for line, module in imports(path):
            top = module.split(".")[0]
            if top in STAIRCASE and STAIRCASE.index(top) > own:
                wrong.append(f"{name_of(path)}:{line} imports {module}")
    assert wrong == []


def test_imports_are_absolute():
    assert [f"{name_of(p)}:{line}" for p in sources() for line, module in imports(p) if module.startswith(".")] == []


@pytest.mark.parametrize("app", ["network", "contest", "judging", "corridor"])
def test_rooms_and_features_of_an_app_import_downward(app):
    wrong = [
        f"{name_of(path)}:{line} imports {other}"
        for path in sources(app)
        for line, other in imported_modules(path)
        if other.split(".")[0] == app and not stands_below(module_of(path), other)
    ]
    assert wrong == []


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """What imports itself in the end: parts strongly connected (Tarjan, SIAM J. Comput., 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        stack.append(module)
        for other in graph[module]:
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            part = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(part) > 1:
                found.append(sorted(part))

    for module in graph:
        if module not in index:
            visit(module)
    return found


def test_a_circle_is_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_no_modules_import_each_other():
    """Imports inside functions count: they only put off what a circle costs whoever reads."""
    graph = {name: {other for _, other in imported_modules(path)} - {name} for name, path in modules().items()}
    assert circles(graph) == []


def test_every_module_has_a_room():
    """A new kind of room is a decision: it gets a height in OTHER_ROOMS."""
    rooms = ["network", "contest", "judging", "corridor"]
    homeless = {
        module_of(path)
        for path in sources(*rooms)
        if len(path.relative_to(ROOT).parts) > 1 and path.name != "__init__.py" and room_of(module_of(path)) is None
    }
    assert homeless == set()


@pytest.mark.sensitive
def test_slow_libraries_are_imported_where_used():
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        f"print([name for name in {SLOW} if name in sys.modules])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "LOCAL": "1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
