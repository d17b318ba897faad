"""The sources of the house as they are read: trees, names, imports; and which rooms and features they stand in."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAIRCASE = ["toolkit", "network", "contest", "judging", "corridor", "config"]
# What an app does, in the order of its life: a feature may import those that stand before it, and the floors below all.
FEATURES = {
    "contest": ["editions", "dossier", "questions", "entries", "nominations"],
    "judging": ["rounds", "jury", "live", "scoring", "practice", "results", "statistics"],
    "corridor": [
        "programmes",
        "applications",
        "life",
        "placement",
        "hosts",
        "agreements.templates",
        "agreements",
        "agreements.files",
        "agreements.drafting",
        "agreements.changes",
        "agreements.signing",
    ],
}
# Rooms, from the ground up; a module may import what stands at its own height or below. In a feature, whatever has no
# name here turns rows into values, words or files: it stands at KNOWS.
ROOMS = [
    {"domain"},
    {"states", "kinds"},
    {"models"},
    {"reads"},
    {"permissions", "notices", "notifications", "checks", "forms", "exports", "imports"},
    {"services"},
    {"views", "api", "admin", "management", "overview", "road_overview", "integrity", "templatetags"},
    {"urls"},
    {"apps"},
]
KNOWS, SERVES, SHOWS = 4, 5, 6
# Rooms that an app has beside the usual ones, and the height at which they stand.
OTHER_ROOMS = {
    "network.accounts": 6,  # allauth's adapters: views of a library
    "network.account_events": 6,  # what a library's signals tell
    "network.account_forms": 4,
    "network.requests": 4,  # who asks: for annotations of pages and of reads
    "network.devices": 4,  # where a device keeps what could not be sent
    "network.typed": 6,  # what is typed arrives by one door
    "network.gates": 6,  # who finds a page at all
    "network.countries": 0,  # a table of names
    "network.directory_texts": 0,  # the words of data/cities.csv and data/organisations.csv
}


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders or STAIRCASE for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a tree, walked once for all tests of a process."""
    return tuple(ast.walk(tree(path)))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def names_that_load(path: Path) -> Iterator[ast.AST]:
    """All nodes but those under `if TYPE_CHECKING:`, which names things for annotations and imports nothing."""
    for_types = [n for n in nodes(path) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    left_out = {id(inner) for node in for_types for inner in ast.walk(node)}
    return (node for node in nodes(path) if id(node) not in left_out)


@cache
def imports(path: Path) -> list[tuple[int, str]]:
    """(line, dotted module) of every import in a file, those inside functions too."""
    found = []
    for node in names_that_load(path):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, "." * node.level))
    return found


def feature_of(dotted: str) -> int | None:
    """Which of its app's features a module belongs to, from the first; None for the floors and for what composes."""
    app, _, rest = dotted.partition(".")
    names = [name for name in FEATURES.get(app, []) if rest.startswith(f"{name}.")]
    return FEATURES[app].index(max(names, key=len)) if names else None


def room_of(dotted: str) -> int | None:
    """The height of a module’s room, in its app or its feature; None where it has none."""
    app, *parts = dotted.split(".")
    feature = feature_of(dotted)
    if feature is not None:
        parts = parts[FEATURES[app][feature].count(".") + 1 :]
        return next((height for part in parts for height in range(SERVES, len(ROOMS)) if part in ROOMS[height]), KNOWS)
    if not parts:
        return None
    usual = next((height for height, rooms in enumerate(ROOMS) if parts[0] in rooms), None)
    return OTHER_ROOMS.get(f"{app}.{parts[0]}") if usual is None else usual


def stands_below(own: str, other: str) -> bool:
    """Whether `own` may import `other`, of the same app: neither a higher room nor a later feature."""
    height, other_height = room_of(own), room_of(other)
    if height is None or other_height is None:
        return True
    feature, other_feature = feature_of(own), feature_of(other)
    if other_height > height:
        return False
    if feature is None or other_feature is None:
        # The floors know no feature, and no feature knows what composes them all.
        return other_feature is None or height >= SHOWS
    return other_feature <= feature


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported_modules(path: Path) -> list[tuple[int, str]]:
    """(line, module of ours) for every import: the module itself, never a name within it."""
    found = []
    for line, dotted in imports(path):
        parent = dotted.rpartition(".")[0]
        found.append((line, dotted if dotted in modules() else parent))
    return [(line, module) for line, module in found if module in modules()]


@cache
def modules() -> dict[str, Path]:
    return {module_of(path).removesuffix(".__init__"): path for path in sources()}
