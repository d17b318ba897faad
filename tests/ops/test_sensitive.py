"""What a busy machine could tell bears the marker `sensitive`: tests that start processes or threads, wait, or read a
clock.

Read from the tests' own text: what a test calls, its fixtures and their helpers among them, wherever in tests/ they
stand.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
# What waits, forks or reads a clock, as it is written; what of ours starts a process to read a file in.
DIRECTLY = {
    "subprocess.run", "subprocess.Popen", "time.sleep", "time.time", "time.monotonic", "time.perf_counter",
    "time.process_time",
    "threading.Thread", "ThreadPoolExecutor", "os.fork", "inspect_pdf", "read_workbook", "read_signatures",
    "page_pictures",
}  # fmt: skip
# Who bears one of these is sensitive by it (tests/conftest.py).
IMPLIED = {"sensitive", "processes", "browser"}
IMPLIED_BY_FIXTURE = {"place", "databases", "tools"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def functions(path: Path) -> dict[str, Function]:
    """{name: function} of a file, methods of classes among them."""
    return {node.name: node for node in ast.walk(tree(path)) if isinstance(node, Function)}


@cache
def imported(path: Path) -> dict[str, tuple[Path, str]]:
    """{name here: (file of tests/, name there, empty for the file itself)}."""
    found = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "tests":
            folder = ROOT.joinpath(*node.module.split("."))
            for alias in node.names:
                file, inside = folder.with_suffix(".py"), folder / f"{alias.name}.py"
                name = alias.asname or alias.name
                if inside.exists():
                    found[name] = (inside, "")
                elif file.exists():
                    found[name] = (file, alias.name)
    return found


def fixture_of(path: Path, name: str) -> tuple[Path, str] | None:
    """Where a fixture of that name stands for a test of this file."""
    for place in [path, *(folder / "conftest.py" for folder in path.parents if folder.is_relative_to(TESTS))]:
        if place.exists() and name in functions(place):
            return place, name
    return imported(path).get(name)


@cache
def used_by(path: Path, name: str) -> list[tuple[Path, str] | str]:
    """What a function calls or asks for: functions of tests/, or something of DIRECTLY as it is written."""
    return list(uses(path, functions(path)[name]))


def uses(path: Path, function: Function) -> Iterator[tuple[Path, str] | str]:
    for argument in function.args.args:
        if found := fixture_of(path, argument.arg):
            yield found
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            written, (file, _name) = f"{node.value.id}.{node.attr}", imported(path).get(node.value.id, (None, ""))
            if written in DIRECTLY:
                yield written
            elif file is not None and node.attr in functions(file):
                yield file, node.attr
        elif isinstance(node, ast.Name):
            if node.id in DIRECTLY:
                yield node.id
            elif node.id in functions(path):
                yield path, node.id
            elif (found := imported(path).get(node.id)) and found[1] in functions(found[0]):
                yield found


@cache
def reason(path: Path, name: str) -> str:
    """What makes a function sensitive, or nothing."""
    seen, ahead = set(), [(path, name)]
    while ahead:
        here = ahead.pop()
        if here in seen or here[1] not in functions(here[0]):
            continue
        seen.add(here)
        for used in used_by(*here):
            if isinstance(used, str):
                return used
            ahead.append(used)
    return ""


def marks(nodes: list[ast.expr]) -> set[str]:
    return {part.attr for node in nodes for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def unmarked() -> Iterator[tuple[Path, Function, str]]:
    for path in sorted(TESTS.rglob("test_*.py")):
        if "journeys" in path.parts:  # each of them is driven in a browser
            continue
        whole = [
            n.value for n in tree(path).body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "pytestmark"
        ]
        if marks(whole) & IMPLIED:
            continue
        classes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]
        inside = {id(child): node for node in classes for child in node.body}
        for node in ast.walk(tree(path)):
            if not (isinstance(node, Function) and node.name.startswith("test_")):
                continue
            owner = inside.get(id(node))
            borne = marks([*node.decorator_list, *(owner.decorator_list if owner else [])])
            asked = {argument.arg for argument in node.args.args}
            if not borne & IMPLIED and not asked & IMPLIED_BY_FIXTURE and (why := reason(path, node.name)):
                yield path, node, why


def test_what_waits_forks_or_reads_a_clock_is_marked():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({why}): mark it sensitive"
        for path, node, why in unmarked()
    ]
    assert found == []


@pytest.mark.parametrize(
    ("file", "name", "why"),
    [
        ("corridor/agreements/test_processes.py", "kill_once_leased", "time"),
        ("network/test_accounts.py", "test_with_an_app_the_code_sent_by_mail_is_not_enough", "time.time"),
        ("ops/test_modules_entered.py", "test_counting_ends_with_the_block", ""),
    ],
)
def test_a_use_is_found_through_helpers_and_fixtures(file, name, why):
    assert reason(TESTS / file, name).startswith(why)
    assert bool(reason(TESTS / file, name)) == bool(why)


def test_no_property_fails_by_the_clock():
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
    written = [
        (path, node) for path in TESTS.rglob("*.py") for node in ast.walk(tree(path)) if isinstance(node, ast.keyword)
    ]
    timed = [path.name for path, node in written if node.arg == "deadline" and ast.unparse(node.value) != "None"]
    assert timed == []
