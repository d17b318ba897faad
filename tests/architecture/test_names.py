"""What is public is used; names say what a thing is; tests are found by them; nothing is left unfinished."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import ROOT, STAIRCASE, name_of, nodes, sources, tree

FORBIDDEN_IN_NAMES = ("Manager", "Helper", "Utils", "Handler", "Base", "Mixin")
# Public, and named by nothing that ships: why.
NAMED_ELSEWHERE = {
    "corridor/agreements/files/pdf.py.page_of": "laid out, but no PDF yet: for a benchmark and a frozen page",
}
REGISTERS = ("register", "receiver", "task", "simple_tag", "filter", "inclusion_tag")


def names_in(path: Path) -> list[str]:
    """Every name that a module says but in its own definitions: called, imported, an attribute, or within a text that
    is no docstring."""
    found: list[str] = []
    sayings = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        if isinstance(node, ast.Name):
            found.append(node.id)
        elif isinstance(node, ast.Attribute):
            found.append(node.attr)
        elif isinstance(node, ast.alias):
            found.append(node.name.rpartition(".")[2])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in sayings:
            found += re.findall(r"\w+", node.value)
    return found


def registers_itself(node: ast.AST) -> bool:
    """Whether a decorator hands the function or class to those that call it, or a library finds it by its kind."""
    decorators = [ast.unparse(one).partition("(")[0] for one in getattr(node, "decorator_list", [])]
    bases = [ast.unparse(base) for base in getattr(node, "bases", [])]
    return "AppConfig" in bases or any(name.rpartition(".")[2] in REGISTERS for name in decorators)


def test_what_is_public_is_named_by_what_ships():
    """What tests alone call is nobody's: it goes, or a page or a command takes it up."""
    paths = [path for folder in STAIRCASE for path in (ROOT / folder).rglob("*.py")]
    said = {name for path in paths for name in names_in(path)}
    said |= {name for path in (ROOT / "templates").rglob("*.*") for name in re.findall(r"\w+", path.read_text())}
    alone = {
        f"{name_of(path)}.{node.name}"
        for path in sources()
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and node.name not in said
        and not registers_itself(node)
    }
    assert alone == set(NAMED_ELSEWHERE)


def test_names_say_what_a_thing_is():
    wrong = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in sources()
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        and any(re.search(rf"{word}(?![a-z])", node.name) for word in FORBIDDEN_IN_NAMES)
    ]
    assert wrong == []


def test_nothing_is_left_unfinished():
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    here = [p for p in sources() if marks.search(p.read_text())]
    assert [name_of(p) for p in here] == []


def test_tests_lie_where_what_they_test_lies():
    """`tests/APP/FEATURE/` holds the tests of `APP/FEATURE/`, and of no folder that is gone."""
    apps = [ROOT / "tests" / app for app in STAIRCASE[:-1]]
    folders = {path.parent.relative_to(ROOT / "tests") for app in apps for path in app.rglob("*.py")}
    assert len(folders) > 30
    assert [str(folder) for folder in sorted(folders) if not (ROOT / folder).is_dir()] == []
