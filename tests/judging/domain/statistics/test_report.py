"""What a report says of severity, by hand."""

from tests.judging.domain.statistics.files import card, of_corrected, read, report_of


def test_the_parts_of_a_jury_that_share_no_entry_are_named():
    """J1 and J2 scored A and B, J3 and J4 C and D: nothing says who is severe across the two."""
    marks = [("A", "J1", 80), ("B", "J1", 60), ("A", "J2", 70), ("B", "J2", 40),
             ("C", "J3", 50), ("D", "J3", 30), ("C", "J4", 90), ("D", "J4", 20)]  # fmt: skip
    file = read(
        rule={"criteria": [{"code": "c", "scale_max": "100"}]},
        entries=[{"code": code} for code in "ABCD"],
        scorecards=[card(*row) for row in marks],
    )
    report = report_of(file)
    assert report["declared"] == "none"
    assert report["severity"] == {
        "missing": "disconnected",
        "parts": [{"entries": ["A", "B"], "jurors": ["J1", "J2"]}, {"entries": ["C", "D"], "jurors": ["J3", "J4"]}],
    }


def test_a_declared_correction_is_named_and_the_mean_of_all_stands_beside():
    """Two jurors, two entries, each entry by both: the mean of 8, 6, 4 and 3 is 5.25."""
    file = of_corrected([("E1", "J1", 8), ("E2", "J1", 6), ("E1", "J2", 4), ("E2", "J2", 3)], "2", "2")
    report = report_of(file)
    assert report["declared"] == file["rule"]["correction"]["kind"]
    assert report["severity"]["variances"]["mean"] == "5.25"


def test_an_entry_that_too_few_lists_could_name_has_no_rank_in_any_drawn_jury():
    """B is on J1's list alone, and two are needed. A jury in which J1 sits twice does not give B a rank: of A and C, A
    is first whoever sits."""
    lists = {"counting": "points", "points": ["3", "2", "1"], "least": "1", "most": "3"}
    file = read(
        rule={"criteria": [], "ballot": "ranking", "lists": lists, "min_scorecards": "2", "cut": {"count": "1"}},
        entries=[{"code": code} for code in "ABC"],
        lists=[
            {"juror": "J1", "asked": ["A", "B", "C"], "order": ["B", "A", "C"]},
            {"juror": "J2", "asked": ["A", "C"], "order": ["A", "C"]},
        ],
    )
    rows = report_of(file)["stability"]["entries"]
    assert [(row["entry"], row["rank"], row["first"]) for row in rows] == [("A", "1", "1"), ("C", "2", "0")]
