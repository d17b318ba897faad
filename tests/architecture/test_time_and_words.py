"""Two things come from one place each: the time from the clock, a translation from gettext_lazy."""

import ast

from tests.architecture.sources import name_of, nodes, sources

# A lease is about real time, whatever date a rehearsal plays.
MAY_ASK_THE_REAL_TIME = {
    "toolkit/clock.py": "the clock itself",
    "toolkit/seal.py": "from when a new certificate is valid",
    "toolkit/owed.py": "leases of whatever is owed",
}


def test_the_time_comes_from_the_clock():
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        if name_of(path) not in MAY_ASK_THE_REAL_TIME
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and ast.unparse(node)
        in ("timezone.now", "datetime.now", "datetime.utcnow", "date.today", "datetime.datetime.now")
    ]
    assert wrong == []


def test_nothing_but_gettext_lazy_delays_a_translation():
    now = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    delayed = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        for node in nodes(path)
        if isinstance(node, ast.Lambda)
        and not node.args.args
        and isinstance(node.body, ast.Call)
        and isinstance(node.body.func, ast.Name)
        and node.body.func.id in now
    ]
    assert delayed == []
