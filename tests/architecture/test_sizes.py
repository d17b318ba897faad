"""How big things get: files and functions."""

import ast

from tests.architecture.sources import name_of, sources, tree

LONGEST_FILE = 320
LONGEST_FUNCTION = 55


def test_files_do_one_thing():
    long = {name_of(p): n for p in sources() if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert long == {}


def test_functions_do_one_thing():
    long = {}
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno
                if lines > LONGEST_FUNCTION:
                    long[f"{name_of(path)}:{node.name}"] = lines
    assert long == {}
