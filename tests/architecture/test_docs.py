"""What documents name exists: files, modules and their names, commands, links. So does what code says of files."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.core.management import get_commands

from tests.architecture.sources import ROOMS, ROOT, STAIRCASE, name_of, nodes, sources

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FOLDERS = [*STAIRCASE, "tests", "benchmarks", "templates", "static", "docs", "data", ".ci"]
CODE = {".py", ".html", ".txt", ".js", ".css", ".toml", ".sh", ".json"}
PATH = re.compile(r"[\w.*-]+(/[\w.*-]*)+(::\w+)*")
# Paths that are no file of ours: what a run makes, examples, names of zones and addresses of pages.
ELSEWHERE = re.compile(
    r"\.venv/|var/|VAR_DIR/|Asia/|(templates|tests)/APP/FEATURE|benchmarks/results\.json"
    r"|judging/(scorecards|set-aside|workbooks)|data/terms/words"
)
# Names in the documents that are of PostgreSQL, PgBouncer, nginx and icalendar; and a pattern of names.
NOT_OURS = {
    "geqo_threshold", "ignore_startup_parameters", "proxy_set_header", "proxy_request_buffering",
    "add_missing_timezones", "verb_noun",
}  # fmt: skip


@cache
def paths() -> dict[str, list[Path]]:
    """Every end of a path, with and without its suffix: all files and folders that it may mean."""
    found: dict[str, list[Path]] = {}
    inside = [path for folder in FOLDERS for path in [ROOT / folder, *(ROOT / folder).rglob("*")]]
    for path in [*inside, *ROOT.iterdir()]:
        if "__pycache__" not in path.parts:
            parts = path.relative_to(ROOT).parts
            for name in {path.name, path.stem}:
                for start in range(len(parts)):
                    found.setdefault("/".join([*parts[start:-1], name]), []).append(path)
    return found


@cache
def texts() -> dict[Path, str]:
    files = {path for some in paths().values() for path in some if path.suffix in CODE}
    return {path: path.read_text() for path in sorted(files)}


@cache
def words_of(path: Path) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", texts().get(path, "")))


def is_there(named: str) -> bool:
    """Whether a path is one of ours, or the end of one; `module.name` and `file.py::name` are looked up in the file,
    of a package in what it gives to others."""
    named = named.rstrip("/")
    if "*" in named:
        return any(ROOT.glob(named))
    if named in paths():
        return True
    place, _, name = named.partition("::") if "::" in named else named.rpartition(".")
    files = [path / "__init__.py" if path.is_dir() else path for path in paths().get(place, [])]
    return any(set(name.split("::")) <= words_of(path) for path in files)


def quoted() -> Iterator[tuple[str, str]]:
    """(place, word) of whatever stands in code's type in the documents, blocks too."""
    for path in DOCUMENTS:
        is_block = False
        for number, line in enumerate(path.read_text().splitlines(), 1):
            is_block ^= line.startswith("```")
            parts = [line] if is_block or line.startswith("    ") else re.findall(r"`([^`]+)`", line)
            yield from ((f"{name_of(path)}:{number}", word.strip("(),;")) for part in parts for word in part.split())


def test_a_name_that_is_gone_is_found():
    assert is_there("toolkit/plans.Plan")
    assert is_there("tests/architecture/test_docs.py::quoted")
    assert not is_there("toolkit/plans.Plane")
    assert not is_there("toolkit/plan.py")


def test_files_and_modules_that_documents_name_are_there():
    named = [(place, word) for place, word in quoted() if PATH.fullmatch(word) and not ELSEWHERE.search(word)]
    assert len(named) > 100
    assert [f"{place} {word}" for place, word in named if not is_there(word)] == []


def test_names_that_documents_quote_are_said_in_the_code():
    """`visible_to(user)`, `judging.Computed`, `SEAL_PKCS12`: of words that no sentence has."""
    known = {word for path in texts() if path.suffix != ".json" for word in words_of(path)} | NOT_OURS
    missing = {
        f"{place} {word}"
        for place, word in quoted()
        if re.fullmatch(r"\w+(\.\w+)*(\(.*)?", word) and not is_there(word)
        for part in word.partition("(")[0].split(".")
        if ("_" in part or re.search("[a-z][A-Z]", part)) and part not in known
    }
    assert missing == set()


def test_commands_that_documents_name_can_be_called():
    words: dict[str, list[str]] = {}
    for place, word in quoted():
        words.setdefault(place, []).append(word)
    lines = {place: " ".join(said) for place, said in words.items()}
    known = {
        r"(?<!\S)make ([a-z]\S*)": set(
            re.findall(r"[\w-]+", " ".join(re.findall(r"^[\w -]+(?=:)", (ROOT / "Makefile").read_text(), re.M)))
        ),
        r"manage\.py (\w+)": set(get_commands()),
        r"python3? -m ((?:config|benchmarks)[\w.]*)": {name.replace("/", ".") for name in paths()},
    }
    called = [
        (place, name, names)
        for place, said in lines.items()
        for how, names in known.items()
        for name in re.findall(how, said)
    ]
    assert len(called) > 20
    assert [f"{place} {name}" for place, name, names in called if name not in names] == []


def test_links_between_documents_lead_somewhere():
    links = [(path, link) for path in DOCUMENTS for link in re.findall(r"\]\(([^)#\s]+)", path.read_text())]
    assert [
        f"{name_of(path)}: {link}" for path, link in links if "://" not in link and not (path.parent / link).exists()
    ] == []


def test_files_that_code_speaks_of_are_there():
    """In comments, texts and settings: `docs/decisions/kinds.md`, `corridor/domain/life/reports.py`."""
    spoken = re.compile(rf"(?<![\w/.}}-])(?:{'|'.join(FOLDERS[:-1])})/[\w/.-]*\w")
    wrong = [
        f"{name_of(path)}: {word}"
        for path, text in texts().items()
        if path != Path(__file__)
        for word in spoken.findall(text)
        if not ELSEWHERE.search(word) and not is_there(word)
    ]
    assert wrong == []


DOTTED = re.compile(
    rf"(?<![\w/.@-])(?:{'|'.join([*STAIRCASE, *sorted(set.union(*ROOMS)), 'querysets', 'tests'])})(?:\.\w+)+(?![\w@/])"
)


def test_modules_that_comments_and_docstrings_name_are_there():
    """`reads.sessions.missed_recording`, `toolkit.plans`, `network.requests.Anyone`."""
    wrong = []
    for path in sources(*STAIRCASE, "benchmarks"):
        said = re.findall(r"(?:^|\s)#\s(.*)$", texts()[path], re.M)
        holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
        said += [ast.get_docstring(node) or "" for node in nodes(path) if isinstance(node, holders)]
        for word in DOTTED.findall("\n".join(said)):
            place, _, name = word.replace(".", "/").rpartition("/")
            if not (is_there(f"{place}/{name}") or is_there(f"{place}.{name}")):
                wrong.append(f"{name_of(path)}: {word}")
    assert wrong == []
