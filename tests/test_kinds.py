"""What holds for every family of kinds. That a new kind is one new file stands in the tests of the family's room:
each experiment writes one into a folder that its family reads (tests/kinds.py), and it is offered, accepted, saved,
computed, frozen, verified and shown everywhere; once it is gone, it is refused everywhere in words.
"""

import ast
import importlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from contest.kinds.question_kinds import QUESTION_KINDS
from corridor.domain.placement.file import schema as placement_schema
from corridor.kinds.document_kinds import DOCUMENT_KINDS
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.kinds.second_steps import SECOND_STEPS
from corridor.life.kinds.report_answers import ANSWER_KINDS
from corridor.life.kinds.report_figures import FIGURE_KINDS
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES
from judging.domain.assignment.format import schema as assignment_schema
from judging.domain.results.format import FORMATS, schema
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.kinds.balloting import BALLOTS
from judging.rounds.kinds.blanks import BLANKS
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.kinds.correcting import CORRECTIONS
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS
from judging.rounds.kinds.levels import LEVELS
from judging.rounds.kinds.seeing_others import SEEING_OTHERS
from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS
from judging.rounds.kinds.tie_rules import TIE_RULES
from tests.judging.rounds.kinds.test_tie_rules import SHORTER_TITLE
from tests.kinds import one_more
from toolkit.kinds import UnknownKind


class TestARegistry:
    @pytest.mark.parametrize("code", ["dice", "", None, 3, ["median"], {"kind": "median"}])
    def test_a_code_that_nobody_knows_is_refused_in_words(self, code):
        with pytest.raises(UnknownKind) as refused:
            TIE_RULES.ask(code, field="tie_chain")
        assert (refused.value.code, refused.value.field, refused.value.status) == ("kind.unknown", "tie_chain", 422)
        assert str(refused.value) == f"Rule for ties: “{code}” is not known here."

    def test_it_reads_as_a_mapping(self):
        assert "dice" not in TIE_RULES
        assert TIE_RULES.get("dice") is None
        assert list(TIE_RULES)[0] == "criterion"
        assert list(TIE_RULES)[-1] == "human"
        assert len(TIE_RULES) == len(list(TIE_RULES))

    def test_two_kinds_never_share_a_code(self, tmp_path):
        twin = SHORTER_TITLE.replace("shorter_title", "median")
        with pytest.raises(ValueError, match="two kinds"), one_more(TIE_RULES, tmp_path, "shorter_title", twin):
            pass
        importlib.import_module(TIE_RULES.folder).__path__.remove(str(tmp_path))
        assert TIE_RULES["median"].offered == "Higher median of the jurors"


def test_published_formats_hold_the_kinds_that_there_are():
    """After a kind was added or taken away: `manage.py write_formats`."""
    written = json.loads((FORMATS / "result.schema.json").read_text(encoding="utf-8"))
    assert written == schema("result")
    report = json.loads((FORMATS / "report.schema.json").read_text(encoding="utf-8"))
    assert report == schema("report")
    assert report["$defs"]["correction"] == written["$defs"]["correction"]
    for name in ("placement", "placement-answer"):
        placed = json.loads((FORMATS / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert placed == placement_schema(name)
        assert placed["properties"]["rule"]["enum"] == list(PLACEMENT_RULES)
    asked = json.loads((FORMATS / "assignment.schema.json").read_text(encoding="utf-8"))
    assert asked == assignment_schema("assignment")
    assert asked["$defs"]["assignment_rule"]["enum"] == list(ASSIGNMENT_RULES)
    families = {
        "tie_rule": TIE_RULES,
        "aggregation": AGGREGATIONS,
        "combine": COMBINATIONS,
        "counting": COUNTINGS,
        "correction": CORRECTIONS,
        "blanks": BLANKS,
        "aggregate_at": LEVELS,
        "threshold_effect": THRESHOLD_EFFECTS,
        "criterion_kind": CRITERION_KINDS,
    }
    assert written["$defs"]["ballot"]["enum"] == [code for code, ballot in BALLOTS.items() if not ballot.gives_marks]
    assert {name: written["$defs"][name]["enum"] for name in families} == {n: list(f) for n, f in families.items()}


# Words that name what a rule of the assignment is about, wherever that is.
COMMON = {"language", "sector", "fit", "city", "demand", "load_max", "load_min"}
COMMON |= {"forced", "kept", "even", "expert", "apart"}
# Codes that are words of the app as well may stand where nothing is compared with a kind; then those that are kinds of
# something else there.
FAMILIES = [
    (TIE_RULES, ("judging",), {"criterion", "group", "fact", "median"}, {"criterion", "group"}),  # scenarios
    (COMBINATIONS, ("judging",), set(), set()),
    (AGGREGATIONS, ("judging",), {"mean", "median"}, set()),
    (COUNTINGS, ("judging",), {"points"}, set()),
    (CORRECTIONS, ("judging",), {"none", "severity"}, set()),
    (BALLOTS, ("judging",), {"marks", "ranking", "duels"}, set()),
    (LEVELS, ("judging",), {"total", "criterion"}, set()),
    (THRESHOLD_EFFECTS, ("judging",), {"warn", "exclude"}, set()),
    (BLANKS, ("judging",), {"zero"}, set()),
    (SEEING_OTHERS, ("judging",), {"never"}, set()),
    (ASSIGNMENT_RULES, ("judging",), COMMON, set()),
    (CRITERION_KINDS, ("judging",), {"score", "bonus", "penalty"}, set()),
    (QUESTION_KINDS, ("contest", "judging"), {"number", "address", "short", "long"}, set()),
    (DOCUMENT_KINDS, ("corridor",), {"agreement"}, set()),
    (PLACEMENT_CHANGES, ("corridor",), set(), set()),
    (PLACEMENT_RULES, ("corridor",), set(), set()),
    (SECOND_STEPS, ("corridor",), {"mail", "app", "passkey"}, set()),
    (ANSWER_KINDS, ("corridor",), {"text", "whole", "money", "choice"}, set()),
    (FIGURE_KINDS, ("corridor",), set(), set()),
]
MAY_SPELL = {
    "corridor/domain/placement/problem.py": "what a file that says nothing means",
    "judging/domain/assignment/kinds.py": "what the ways of planning ask for",
    "judging/domain/ballots/ranked_lists.py": "what a rule that says nothing means",
    "judging/domain/statistics/correction.py": "the correction that statistics show beside every standing",
    "judging/domain/ties/chain.py": "what the step of a person's decision is called, in files of every version",
    "judging/domain/rule/blanks.py": "what a file that says nothing means",
    "judging/domain/rule/combination.py": "what a file that says nothing means",
    "judging/domain/rule/values.py": "what a file that says nothing means",
}
ROOT = Path(__file__).resolve().parent.parent


# What a kind's code is kept in.
HOLDS = re.compile(
    r"\b(kind|rule|ballot|across|aggregate_at|combine|counting|correction|blanks|threshold_effect|others_marks|term)\b"
)
# Of families whose codes are words of others as well: their own column alone.
HELD = {LEVELS.folder: re.compile(r"\b(aggregate_at|level)\b")}
COMPARED = re.compile(r"""([\w.]+)\s*(?:==|!=|\bin\b)\s*["']([\w]+)["']""")  # in a template
TAG = re.compile(r"{%.*?%}", re.S)


@cache
def texts_of(source: str) -> tuple[list, list]:
    """[(line, text)] of each text of a module, [(comparison, [(line, text)])] of each comparison that has some:
    read once for all families."""
    nodes = list(ast.walk(ast.parse(source)))
    comparisons = [(node, [*texts_in(ast.walk(node))]) for node in nodes if isinstance(node, ast.Compare)]
    return [*texts_in(nodes)], [(ast.unparse(node), texts) for node, texts in comparisons if texts]


def texts_in(nodes: Iterable[ast.AST]):
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def codes_spelt(source: str, codes: set[str], words: set[str], holds=HOLDS):
    """(line, code) of each constant that is a code; of a code that is a common word only where a kind is compared."""
    texts, comparisons = texts_of(source)
    yield from ((line, text) for line, text in texts if text in codes - words)
    for comparison, compared in comparisons:
        if holds.search(comparison):
            yield from ((line, text) for line, text in compared if text in words)


def codes_compared(template: str, codes: set[str], words: set[str], holds=HOLDS):
    """The codes with which tags of a template compare something; of a common word only where a kind is compared."""
    for tag in TAG.findall(template):
        for what, code in COMPARED.findall(tag):
            if code in codes - words or (code in words and holds.search(what)):
                yield code


@pytest.mark.parametrize(
    ("registry", "apps", "words", "others"), FAMILIES, ids=lambda value: getattr(value, "folder", "")
)
def test_nobody_spells_the_code_of_a_kind_outside_its_module(registry, apps, words, others):
    holds = HELD.get(registry.folder, HOLDS)
    home = ROOT / registry.folder.replace(".", "/")
    files = [path for app in apps for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    wrong = [
        f"{path.relative_to(ROOT)}:{line} {code}"
        for path in files
        if not path.is_relative_to(home) and str(path.relative_to(ROOT)) not in MAY_SPELL
        for line, code in codes_spelt(path.read_text(), set(registry) - others, words - others, holds)
    ]
    templates = [path for app in apps for path in (ROOT / "templates" / app).rglob("*.html")]
    assert templates
    wrong += [
        f"{path.relative_to(ROOT)} {code}"
        for path in templates
        for code in codes_compared(path.read_text(), set(registry) - others, words - others, holds)
    ]
    assert wrong == []


def test_that_would_find_one():
    told = "if link['kind'] == 'fact' or question.kind in (LONG, 'short'): return 'median', 'human'"
    codes = set(TIE_RULES) | set(QUESTION_KINDS)
    found = codes_spelt(told, codes, {"fact", "short", "median"})
    assert sorted(code for _line, code in found) == ["fact", "human", "short"]
    told = "if round.across == 'mean': return rule['across'] in ('median', TRIMMED)"
    found = codes_spelt(told, set(AGGREGATIONS), {"mean", "median"})
    assert sorted(code for _line, code in found) == ["mean", "median"]
    told = "a.get('threshold_effect') == 'warn', round.rule.correction in ('none', NO), data['ballot'] == 'duels'"
    found = codes_spelt(told, set(), {"warn", "none", "duels"})
    assert sorted(code for _line, code in found) == ["duels", "none", "warn"]
    told = "if rule['aggregate_at'] != 'total' or link.kind == 'criterion': 0"
    found = codes_spelt(told, set(), set(LEVELS), HELD[LEVELS.folder])
    assert [code for _line, code in found] == ["total"]


def test_that_would_find_one_in_a_template():
    told = """{% if criterion.kind == "penalty" %}–{% elif row.question.kind != 'short' %}short{% endif %}
        {% if form == "short" %}{% endif %}{% if rule == "trimmed_mean" %}median{% endif %}"""
    codes = set(CRITERION_KINDS) | set(QUESTION_KINDS) | set(AGGREGATIONS)
    assert sorted(codes_compared(told, codes, {"penalty", "short"})) == ["penalty", "short", "trimmed_mean"]
