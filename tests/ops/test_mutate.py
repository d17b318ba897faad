"""The arithmetic of `make mutate`: who is drawn, what the share says, which tests a mutant meets. The mutants are
mutmut's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import bootstrap, mutants, mutate
from config.forks import Clean, Forks, Verdict
from config.mutants import ROOT, Mutant, function_of
from config.mutate import Tried, draw, interval, read_equal, row_of, share_of, summary, together, weighted, within


@pytest.mark.parametrize(
    ("killed", "tried", "low", "high"),
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_that_newcombe_printed(killed, tried, low, high):
    assert [round(end, 4) for end in interval(killed, tried)] == [low, high]


def test_of_nothing_tried_nothing_is_known():
    assert interval(0, 0) == (0.0, 1.0)


SIZES = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 40), min_size=1, max_size=8)


@given(SIZES, st.integers(0, 120), st.integers(0, 3))
def test_every_module_gives_its_least_and_none_twice(sizes, wanted, seed):
    drawn = draw(sizes, wanted, seed)
    assert drawn == draw(sizes, wanted, seed)
    assert (
        len(drawn) == len(set(drawn)) == max(min(wanted, sum(sizes.values())), sum(min(5, n) for n in sizes.values()))
    )
    for module, size in sizes.items():
        numbers = [number for name, number in drawn if name == module]
        assert len(numbers) >= min(5, size)
        assert set(numbers) <= set(range(size))


def test_another_seed_draws_others():
    assert draw({"a": 1000}, 20, 1) != draw({"a": 1000}, 20, 2)


def mutant(file: str, first: int = 12, last: int = 12) -> Mutant:
    return Mutant(file, 0, "f", 10, 20, first, last)


def test_minutes_are_for_mutants_alone_however_long_the_clean_run_took():
    """Two minutes from 900 s on, when the first mutant is asked for: begun at 900, 1000 and 1020, not at 1021."""
    clock = [0.0]
    tried = within(2, [mutant(name) for name in ("a.py", "b.py", "c.py", "d.py")], clock=lambda: clock[0])
    clock[0] = 900.0  # the clean run
    begun = []
    for one, seconds in zip(tried, [1000.0, 1020.0, 1021.0, 1022.0], strict=False):
        begun.append(one.file)
        clock[0] = seconds
    assert begun == ["a.py", "b.py", "c.py"]


def test_what_a_run_says_of_itself():
    """Of five, one is equal; of the four others three are noticed, one of them because it never ends."""
    ends = [
        (Verdict.KILLED, ""),
        (Verdict.HUNG, ""),
        (Verdict.SURVIVED, ""),
        (Verdict.KILLED, ""),
        (Verdict.NOT_TRIED, "Same."),
    ]
    tried = [
        Tried(mutant("a.py" if n < 3 else "b.py"), end, ("- x > 0", "+ x >= 0"), why)
        for n, (end, why) in enumerate(ends)
    ]
    said = summary(tried, {"a.py": 30, "b.py": 10})
    assert said[:3] == ["\na.py:12 f  (survived)", "    - x > 0", "    + x >= 0"]
    assert "5 tried of 40 mutants in 2 modules, 1 of them equal." in said
    assert said[-2:] == [
        "3 of 4 killed, 75.0%; 95 % interval 30.1% to 95.4% (Wilson).",
        "Modules weighted by their size: 75.0% killed.",
    ]
    assert weighted(tried[:4], {"a.py": 30, "b.py": 30}) == pytest.approx((2 / 3 + 1) / 2)


def test_what_is_tried_again_takes_the_place_of_what_survived():
    survivor, other = (
        Tried(mutant("a.py"), Verdict.SURVIVED, ("- x", "+ y")),
        Tried(mutant("b.py"), Verdict.KILLED, ("- z",)),
    )
    before = [row_of(survivor), row_of(other)]
    now = [row_of(Tried(mutant("a.py"), Verdict.KILLED, ("- x", "+ y")))]
    assert [row["end"] for row in together(before, now)] == ["killed", "killed"]
    assert together([], before) == before
    assert share_of(before) == "1 of 2 killed, 50.0%; 95 % interval 9.5% to 90.5% (Wilson)."


def test_the_clean_day_says_which_tests_a_mutant_meets():
    """Those of its lines, domains' and fast ones first, as many as fit; without lines of its own, those of its
    function; what a
    fixture runs is every test's of that file."""
    forks = Forks(lambda forks: None, [], seconds=3.0)
    seconds = {
        "t/test_x.py::slow": 2.0,
        "t/test_x.py::fast": 0.5,
        "t/domain/test_y.py::one": 1.0,
        "t/test_z.py::far": 9.0,
    }
    forks.items = dict.fromkeys(seconds)
    lines = {
        12: {"t/test_x.py::slow", "t/test_x.py::fast", "t/domain/test_y.py::one"},
        15: {"t/test_x.py"},
        16: {"t/test_z.py::far"},
    }
    forks.clean = Clean(seconds, {"a.py": lines})
    assert forks.tests_of(mutant("a.py")) == ["t/domain/test_y.py::one", "t/test_x.py::fast"]
    assert forks.tests_of(mutant("a.py", 15, 15)) == ["t/test_x.py::fast", "t/test_x.py::slow"]
    assert forks.tests_of(mutant("a.py", 16, 16)) == ["t/test_z.py::far"]  # one at least, however long
    assert forks.tests_of(mutant("a.py", 18, 18))[0] == "t/domain/test_y.py::one"
    assert forks.tests_of(mutant("b.py")) == []


def test_words_why_a_mutant_is_equal():
    text = "# What no test can tell.\n\ncut.choose\n- a > 0\n+ a >= 0\nZero adds nothing,\nwhichever way.\n"
    assert read_equal(text) == {("cut.choose", "- a > 0\n+ a >= 0"): "Zero adds nothing, whichever way."}
    with pytest.raises(ValueError, match=r"cut\.choose"):
        read_equal("cut.choose\n- a > 0\n+ a >= 0\n")
    read_equal(mutate.EQUAL.read_text())


def test_functions_are_found_below_what_decorates_them():
    here = "config/mutants.py"
    assert function_of(Mutant(here, 0, "is_the_same", 1, 9, 1, 1)) is mutants.is_the_same
    assert function_of(Mutant(here, 0, "Mutant.module", 1, 9, 1, 1)) is Mutant.module.fget
    assert function_of(Mutant(here, 0, "_parsed", 1, 9, 1, 1)) is mutants._parsed.__wrapped__
    with pytest.raises(LookupError):
        function_of(Mutant(here, 0, "CodeType", 1, 9, 1, 1))


def test_a_broken_function_takes_the_place_of_the_whole_one():
    """Whoever imported it before meets it too: the code changes, the function stays."""
    text = (ROOT / "config/mutants.py").read_text()
    place = Mutant("config/mutants.py", 0, "Mutant.module", text[: text.index("def module")].count("\n") + 1, 9, 1, 1)
    code = mutants._code_in(text.replace('"/__init__"', '"/broken"'), place)
    assert "/broken" in code.co_consts
    assert "/__init__" in mutants._code_in(text, place).co_consts
    assert mutants._code_in("def f(:", place) is None


def test_what_the_tool_needs_is_locked():
    locked = (ROOT / "requirements-mutate.txt").read_text()
    assert "mutmut==" in locked
    assert "--hash=sha256:" in locked
    assert "mutate" in bootstrap.COMMANDS
