"""What a report says of severity, by hand."""

from tests.judging.domain.statistics.test_beside import card, of_corrected, read, report_of


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
