"""Domains: pure, used by a room above them, and saying what they take and give."""

import ast

from tests.architecture.sources import (
    ROOT,
    STAIRCASE,
    imported_modules,
    imports,
    modules,
    name_of,
    nodes,
    sources,
    tree,
)


def test_domains_are_pure():
    """Values in, values out: no Django, no settings, no clock, no other room."""
    pure = ("toolkit.canonical", "toolkit.exact_json", "toolkit.families", "toolkit.mail_domains", "toolkit.typed_data")
    wrong = []
    for path in sources():
        if path.relative_to(ROOT).parts[1] != "domain":
            continue
        for line, module in imports(path):
            if module.startswith(pure):
                continue
            parts = module.split(".")
            is_other_room = parts[0] in STAIRCASE and (len(parts) < 2 or parts[1] != "domain")
            if parts[0] in ("django", "rest_framework", "allauth", "toolkit") or is_other_room:
                wrong.append(f"{name_of(path)}:{line} imports {module}")
        wrong += [
            f"{name_of(path)}:{node.lineno} asks the time"
            for node in nodes(path)
            if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
        ]
    assert wrong == []


def test_every_module_of_a_domain_is_reached_from_a_room_above_it():
    """What only tests and benchmarks call is nobody's: it is taken up, or it goes."""
    graph = {name: {other for _, other in imported_modules(path)} for name, path in modules().items()}
    reached = {name for name in graph if ".domain" not in name}
    ahead = list(reached)
    while ahead:
        found = graph[ahead.pop()] - reached
        reached |= found
        ahead += found
    alone = {name for name, path in modules().items() if path.name != "__init__.py"} - reached
    assert alone == set()


def test_a_domain_says_what_each_public_name_takes_and_gives():
    silent = []
    for path in sources():
        if "domain" in path.parts:
            for room in [tree(path), *(node for node in tree(path).body if isinstance(node, ast.ClassDef))]:
                silent += [
                    f"{name_of(path)}:{node.lineno} {node.name}"
                    for node in room.body
                    if isinstance(node, ast.ClassDef | ast.FunctionDef)
                    and not node.name.startswith("_")
                    and ast.unparse(node.body) != "..."  # of a protocol, which says it of all together
                    and ast.get_docstring(node) is None
                ]
    assert silent == []
