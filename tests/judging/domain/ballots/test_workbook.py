"""Merging a workbook that comes back, by hand."""

from judging.domain.ballots.workbook import Difference, merge, trace

E = ("E01", "mark:innovation")
TEXT = ("E01", "comment")


def test_what_only_the_workbook_changed_is_a_change():
    found = merge({E: "3"}, {E: "3"}, {E: "4"})
    assert (found.changes, found.conflicts, found.newer) == ([Difference(E, site="3", book="4", base="3")], [], 0)


def test_a_mark_that_was_blank_has_no_trace_and_may_be_filled_in_or_cleared():
    assert merge({}, {E: ""}, {E: "n/a"}).changes == [Difference(E, site="", book="n/a", base="")]
    assert merge({E: "3"}, {E: "3"}, {E: ""}).changes == [Difference(E, site="3", book="", base="3")]


def test_what_only_the_site_changed_stays():
    found = merge({E: "3"}, {E: "5"}, {E: "3"})
    assert (found.changes, found.conflicts, found.newer) == ([], [], 1)


def test_what_both_changed_is_a_conflict_unless_they_agree():
    assert merge({E: "3"}, {E: "5"}, {E: "4"}).conflicts == [Difference(E, site="5", book="4", base="3")]
    agreed = merge({E: "3"}, {E: "4"}, {E: "4"})
    assert (agreed.changes, agreed.conflicts, agreed.newer) == ([], [], 0)


def test_a_comment_is_told_apart_by_its_fingerprint_and_not_by_line_ends():
    base = {TEXT: trace("comment", "Bold.\r\nSlow.")}
    assert merge(base, {TEXT: "Bold.\r\nSlow."}, {TEXT: "Bold.\nSlow. "}).changes == []
    assert merge(base, {TEXT: "Bold.\r\nSlow."}, {TEXT: "=Bold"}).changes == [
        Difference(TEXT, site="Bold.\nSlow.", book="=Bold", base="")
    ]


def test_each_place_is_looked_at_whatever_became_of_the_one_before():
    """The first as before, the second newer on the site, the third changed in the workbook."""
    first, second, third = (("E01", f"mark:{name}") for name in ("innovation", "market", "team"))
    found = merge(
        {first: "1", second: "2", third: "3"},
        {first: "1", second: "4", third: "3"},
        {first: "1", second: "2", third: "5"},
    )
    assert found.changes == [Difference(third, site="3", book="5", base="3")]
    assert found.newer == 1


def test_a_trace_is_what_workbooks_that_are_out_already_hold():
    """The first 24 of the SHA-256 of “Bold.”, as sha256sum prints them."""
    assert trace("comment", " Bold.\r\n") == "#b1e13cbf5ca506bda5ecbe30"


def test_what_the_workbook_does_not_name_is_left_alone():
    assert merge({E: "3"}, {E: "5", TEXT: "Kept"}, {}) == merge({}, {}, {})


def test_all_that_is_newer_on_the_site_is_counted():
    places = [("E01", f"mark:{name}") for name in ("innovation", "market", "team")]
    found = merge(dict.fromkeys(places, "1"), dict.fromkeys(places, "2"), dict.fromkeys(places, "1"))
    assert (found.changes, found.conflicts, found.newer) == ([], [], 3)


def test_a_lone_carriage_return_is_a_line_end_too():
    assert trace("comment", "Bold.\rSlow.") == trace("comment", "Bold.\nSlow.") != trace("comment", "Bold.Slow.")
