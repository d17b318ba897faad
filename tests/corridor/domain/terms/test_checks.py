"""What keeps a template from being published, by hand: each fault with its language, its place and the names in it."""

from corridor.domain.terms.checks import Fault, changes_between, clause_faults, faults_in, placeholders_of, word_changes
from corridor.domain.terms.clauses import Clause, plain_clause


def clause(code: str, text: str = "So be it.", heading: str = "One") -> dict[str, str]:
    return {"code": code, "heading": heading, "text": text}


def text(*clauses: dict[str, str], **more) -> dict:
    return {"title": "T", "subtitle": "S", "consent": "C", "clauses": list(clauses), "annexes": [], "parts": {}, **more}


def test_nothing_is_wrong_with_one_clause_in_two_languages():
    assert faults_in({"en": text(clause("a")), "fr": text(clause("a"))}, set()) == []


def test_no_language_at_all():
    assert faults_in({}, set()) == [Fault("empty")]


def test_clauses_in_another_order_name_those_that_stand_elsewhere():
    en, fr = text(clause("a"), clause("b"), clause("c")), text(clause("b"), clause("a"), clause("c"))
    assert faults_in({"en": en, "fr": fr}, set()) == [Fault("order", "fr", "en", ("a", "b"))]


def test_a_clause_that_one_language_lacks_is_named_and_nothing_is_compared_after_it():
    en, fr = text(clause("a"), clause("b", text="{unknown}")), text(clause("a"))
    assert faults_in({"en": en, "fr": fr}, set()) == [Fault("order", "fr", "en", ("b",))]


def test_an_empty_title_and_an_annex_are_looked_at_too():
    found = faults_in({"en": text(annexes=[clause("x", heading=" ")], title="")}, set())
    assert found == [Fault("empty", "en", "title"), Fault("empty", "en", "x")]


def test_paragraphs_are_counted_in_each_language():
    rows = {"en": clause("a", "One.\n\nTwo."), "fr": clause("a", "Un."), "es": clause("a", "Uno.\n\nDos.")}
    assert clause_faults("a", rows, set()) == [Fault("paragraphs", where="a", names=("en 2", "fr 1", "es 2"))]


def test_placeholders_that_nothing_fills_and_that_one_language_lacks():
    rows = {"en": clause("a", "From {starts} at {hour}"), "fr": clause("a", "À {hour}")}
    assert clause_faults("a", rows, {"starts"}) == [
        Fault("unknown", "en", "a", ("hour",)),
        Fault("unknown", "fr", "a", ("hour",)),
        Fault("placeholders", "en", "a", ("starts",)),
    ]


def test_what_a_template_asks_for_itself_is_filled():
    asks = {"parts": {"blanks": {"room": "Room"}}}
    assert faults_in({"en": text(clause("a", "Room {room}"), **asks)}, set()) == []
    assert faults_in({"en": text(clause("a", "Room {room}"))}, set()) == [Fault("unknown", "en", "a", ("room",))]


def test_a_sentence_that_one_language_lacks_is_told_by_its_table():
    en = text(clause("a"), parts={"tasks": {"seal": "Seal"}, "rules": {"x": "1"}})
    fr = text(clause("a"), parts={"tasks": {}, "rules": {}})
    assert faults_in({"en": en, "fr": fr}, set()) == [Fault("sentences", "fr", "tasks")]
    empty = text(clause("a"), parts={"tasks": {"seal": ""}})
    assert faults_in({"en": en, "fr": empty}, set()) == [Fault("empty", "fr", "tasks.seal")]


def test_each_party_and_each_promised_day_has_its_placeholders():
    known = placeholders_of(["city", "host"])
    assert {"city_name", "host_name", "report_start", "report_year_two", "starts", "last_day", "reports"} <= known
    assert {"own", "first", "second", "city_address", "host_authority", "desks", "annexes", "host_country"} <= known
    assert "guest_name" not in known


def test_a_text_of_somebody_else_s_keeps_its_braces_and_its_paragraphs():
    made = plain_clause(3, Clause("rules", "House rules", "Ask {nobody}.\n\nSleep."))
    assert (made.number, made.code, made.heading) == (3, "rules", "House rules")
    assert [(row.number, row.text) for row in made.paragraphs] == [("3.1", "Ask {nobody}."), ("3.2", "Sleep.")]


def test_what_changed_from_one_version_to_the_next():
    before = {"en": text(clause("a", "Pay in euros."), clause("b"), title="Stay")}
    after = {"en": text(clause("a", "Pay in kroner now."), clause("c"), title="Stay"), "fr": text(title="Séjour")}
    found = changes_between(before, after)
    assert [(one.language, one.where, one.heading, one.kind) for one in found] == [
        ("en", "clauses.a", "One", "changed"), ("en", "clauses.c", "One", "added"),
        ("en", "clauses.b", "One", "removed"),
        ("fr", "title", "", "added"), ("fr", "subtitle", "", "added"), ("fr", "consent", "", "added"),
    ]  # fmt: skip
    assert found[0].words == (
        ("same", "One Pay in "), ("gone", "euros."), ("new", "kroner now."),
    )  # fmt: skip


def test_words_that_went_stand_before_those_that_came_and_white_space_is_kept():
    assert word_changes("a b  c", "a d  c e") == [
        ("same", "a "), ("gone", "b"), ("new", "d"), ("same", "  c"), ("new", " e"),
    ]  # fmt: skip
    assert word_changes("", "") == []
