"""How big things get: files and functions."""

import ast

from tests.architecture.sources import ROOT, name_of, nodes, sources

LONGEST_FILE = 320
LONGEST_FUNCTION = 55
# Files of tests and scripts longer than that: why.
MAY_BE_LONGER = {
    "tests/corridor/agreements/changes/test_changes.py": "tests of one agreement: one scene can serve them all",
    "tests/corridor/agreements/drafting/test_drafting.py": "tests of one agreement: one scene can serve them all",
    "tests/corridor/agreements/drafting/test_guests.py": "tests of one agreement: one scene can serve them all",
    "tests/test_urls_by_role.py": "one walk over all addresses",
}


def test_files_do_one_thing():
    scripts = (ROOT / "static/js").glob("*.js")
    paths = [*sources(), *sources("tests", "benchmarks"), *scripts]
    long = {name_of(p): n for p in paths if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert long.keys() <= MAY_BE_LONGER.keys(), long


def test_functions_do_one_thing():
    long = {}
    for path in sources():
        for node in nodes(path):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno
                if lines > LONGEST_FUNCTION:
                    long[f"{name_of(path)}:{node.name}"] = lines
    assert long == {}
