"""The house's own rules: which way imports go, what stays pure, who may write, how big things get."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
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
    "network.countries": 0,  # a table of names
    "network.directory_texts": 0,  # the words of data/cities.csv and data/organisations.csv
}
LONGEST_FILE = 320
LONGEST_FUNCTION = 55
FORBIDDEN_IN_NAMES = ("Manager", "Helper", "Utils", "Handler", "Base", "Mixin")
SLOW = ["weasyprint", "openpyxl", "highspy", "scipy", "numpy", "pikepdf", "pyhanko"]


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders or STAIRCASE for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def names_that_load(node: ast.AST):
    """All nodes but those under `if TYPE_CHECKING:`, which names things for annotations and imports nothing."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from names_that_load(child)


@cache
def imports(path: Path) -> list[tuple[int, str]]:
    """(line, dotted module) of every import in a file, those inside functions too."""
    found = []
    for node in names_that_load(tree(path)):
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


def test_domains_are_pure():
    """Values in, values out: no Django, no settings, no clock, no other room."""
    pure = ("toolkit.canonical", "toolkit.exact_json", "toolkit.mail_domains", "toolkit.typed_data")
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
            for node in ast.walk(tree(path))
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


# Public, and named by nothing that ships: why.
NAMED_ELSEWHERE = {
    "corridor/agreements/files/pdf.py.page_of": "laid out, but no PDF yet: for a benchmark and a frozen page",
}
REGISTERS = ("register", "receiver", "task", "simple_tag", "filter", "inclusion_tag")


def names_in(path: Path) -> list[str]:
    """Every name that a module says but in its own definitions: called, imported, an attribute, or within a text that
    is no docstring."""
    found: list[str] = []
    sayings = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
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


def test_names_say_what_a_thing_is():
    wrong = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        and any(re.search(rf"{word}(?![a-z])", node.name) for word in FORBIDDEN_IN_NAMES)
    ]
    assert wrong == []


WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "acreate", "adelete", "aupdate", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create",
    "update_in_bulk", "_raw_delete",
}  # fmt: skip
# What a related set of many to many, or of one to many, is changed by.
RELATED_WRITES = {"add", "remove", "set", "clear", "aadd", "aremove", "aset", "aclear"}
# Writing outside services/, each with its reason.
MAY_WRITE = {
    "network/models/people.py": "creating an account is what an account manager is for (Django's contract)",
    "network/accounts.py": "allauth hands over an unsaved account",
    "network/forms.py": "allauth calls signup() with the new account",
    "judging/results/shown/kept.py": "what pages show of a round, kept with the stamp of what it follows from",
    "network/views/profile.py": "a person's own settings: name, language, zone",
}
# Names of dictionaries, hashes and files, on which .update() and the like are no database writes.
NO_ROWS = re.compile(
    r"(hash|digest|sha|context|values|headers|seen|found|data|options|params|query|GET|sections|flags|made)"
)
ROWS = re.compile(r"objects|_set\b|\.(filter|exclude|all|order_by|select_for_update|visible_to|with_\w+)\(")


@cache
def related_names() -> frozenset[str]:
    """By which names a row reaches rows of other tables, of ours: `stay.letters`, `edition.categories`…"""
    relations = [relation for model in apps.get_models() for relation in model._meta.related_objects]
    many = {field.name for model in apps.get_models() for field in model._meta.many_to_many}
    return frozenset(many | {str(relation.get_accessor_name()) for relation in relations})


def is_write(node: ast.AST) -> bool:
    """Whether a call writes rows: through a manager, a set of rows, a related name, or a row itself."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    verb, owner = node.func.attr, node.func.value
    text = ast.unparse(owner)
    is_related = isinstance(owner, ast.Attribute) and owner.attr in related_names()
    if verb in RELATED_WRITES:
        return is_related
    if verb not in WRITES:
        return False
    if is_related or ROWS.search(text):
        return True
    if verb == "delete":  # a row has nothing to say; a file or a cache is told which
        return not node.args and not node.keywords
    return verb not in ("update", "create") and not NO_ROWS.search(text.split(".")[-1])


@pytest.mark.parametrize(
    "call",
    [
        "stay.letters.update(text='')",
        "stay.travellers.create(name='Ana')",
        "stay.delete()",
        "self.stay.letters.all().delete()",
        "Stay.objects.visible_to(user).update(state='placed')",
        "edition.categories.set([])",
        "question.save(update_fields=['position'])",
    ],
)
def test_a_write_is_seen_by_whatever_name(call):
    assert is_write(ast.parse(call, mode="eval").body)


@pytest.mark.parametrize(
    "call", ["context.update(more)", "digest.update(b'')", "file.delete(save=False)", "seen.add(1)"]
)
def test_a_dictionary_a_hash_a_file_are_no_rows(call):
    assert not is_write(ast.parse(call, mode="eval").body)


def test_only_services_write():
    wrong = []
    for path in sources("network", "contest", "judging", "corridor"):
        parts = path.relative_to(ROOT).parts
        if {"services", "services.py", "management"} & set(parts) or name_of(path) in MAY_WRITE:
            continue
        wrong += [f"{name_of(path)}:{n.lineno} {ast.unparse(n)[:60]}" for n in ast.walk(tree(path)) if is_write(n)]
    assert wrong == []


# A lease is about real time, whatever date a rehearsal plays.
MAY_ASK_THE_REAL_TIME = {
    "toolkit/clock.py": "the clock itself",
    "toolkit/seal.py": "from when a new certificate is valid",
    "toolkit/owed.py": "leases of whatever is owed",
}


def test_leases_are_taken_and_given_back_in_one_place():
    """Only the protocol and its rows write who holds what is owed, and until when: nobody clears a stranger's lease."""
    columns = {"leased_until", "leased_by"}
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        if name_of(path) not in ("toolkit/owed.py", "toolkit/owing.py")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr in columns)
        or (isinstance(node, ast.Call) and {word.arg for word in node.keywords} & columns)
        or (isinstance(node, ast.Dict) and {getattr(key, "value", None) for key in node.keys} & columns)
    ]
    assert wrong == []


def test_the_time_comes_from_the_clock():
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        if name_of(path) not in MAY_ASK_THE_REAL_TIME
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node)
        in ("timezone.now", "datetime.now", "datetime.utcnow", "date.today", "datetime.datetime.now")
    ]
    assert wrong == []


INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a javascript: address": re.compile(r"javascript:"),
}


def test_nothing_is_inline_in_pages():
    """The Content-Security-Policy allows no inline style or script. Mails and printed documents have no such policy."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if path.relative_to(ROOT / "templates").parts[0] in ("mail", "documents"):
            continue
        text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.S)
        wrong += [f"{name_of(path)}: {what}" for what, pattern in INLINE.items() if pattern.search(text)]
    assert wrong == []


def test_policy_allows_nothing_inline(settings):
    assert "unsafe-inline" not in str(settings.CONTENT_SECURITY_POLICY)
    assert "unsafe-eval" not in str(settings.CONTENT_SECURITY_POLICY)


def test_dossiers_are_saved_by_one_path():
    """Entries and applications count no version up, inspect no file, refuse nothing as stale and make no steps."""
    own = re.compile(r"\.version \+= 1|\binspect_pdf\(|\bStale\w*\(|update_or_create\(.*question|def _stepper")
    here = {
        name_of(path) for path in sources("contest/entries", "corridor/applications") if own.search(path.read_text())
    }
    assert here == {"corridor/applications/services/personal_data.py"}  # erasing: no form may bring back what is gone
    assert own.search((ROOT / "contest/dossier/services/drafts.py").read_text())


def test_what_is_typed_goes_by_one_script_and_one_door():
    """Pages that save what is typed use autosave.js, and what arrives is read by network.typed alone."""
    scripts = {path.name: path.read_text() for path in (ROOT / "static/js").glob("*.js")}
    sending = {name for name, text in scripts.items() if re.search(r'from "\./send-draft\.js"', text)}
    assert sending == {"autosave.js", "scorecard-queue.js"}
    users = {name for name, text in scripts.items() if "new Autosave(" in text}
    assert users == {"long-texts.js", "report.js", "saved-form.js", "scorecard.js"}
    doors = [path for path in sources() if re.search(r"^@(door\.)?saves_typed$", path.read_text(), re.M)]
    assert sorted(map(name_of, doors)) == [
        "contest/entries/views/steps.py",
        "corridor/applications/views/steps.py",
        "corridor/life/views/report_autosave.py",
        "judging/results/views/deliberation.py",
        "judging/scoring/views/autosave.py",
    ]


def test_nothing_is_left_unfinished():
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    here = [p for p in sources() if marks.search(p.read_text())]
    assert [name_of(p) for p in here] == []


@pytest.mark.sensitive
def test_slow_libraries_are_imported_where_used():
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        f"print([name for name in {SLOW} if name in sys.modules])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "LOCAL": "1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_nothing_but_gettext_lazy_delays_a_translation():
    now = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    delayed = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Lambda)
        and not node.args.args
        and isinstance(node.body, ast.Call)
        and isinstance(node.body.func, ast.Name)
        and node.body.func.id in now
    ]
    assert delayed == []


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


MOST_IGNORES = 40


def test_types_are_checked_everywhere():
    """mypy is strict over all but tests and migrations; where it is told to look away, it is told from what and why."""
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert mypy["strict"] is True
    quiet = {"ignore_errors", "disallow_untyped_defs", "check_untyped_defs", "strict_optional", "disable_error_code"}
    assert [room["module"] for room in mypy["overrides"] if quiet & room.keys()] == ["tests.*"]
    assert not quiet & mypy.keys()
    ignores = [line for path in sources() for line in path.read_text().splitlines() if "# type: ignore" in line]
    assert len(ignores) <= MOST_IGNORES
    assert [line for line in ignores if not re.search(r"# type: ignore\[[a-z, -]+\]  # \w", line)] == []
