"""Merging a workbook that comes back, by hand."""

from judging.domain.ballots import Difference, merge, trace

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


def test_what_the_workbook_does_not_name_is_left_alone():
    assert merge({E: "3"}, {E: "5", TEXT: "Kept"}, {}) == merge({}, {}, {})
