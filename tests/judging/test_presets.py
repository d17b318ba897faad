"""Published contest rules, loaded as rounds: one example of each worked by hand. Sources stand in data/rubrics."""

import tomllib
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from judging.domain import frozen
from judging.domain.carry import carried
from judging.domain.ranking import Cut, rank_entries
from judging.domain.scoring import score_entries
from judging.domain.ties import Facts, Link
from judging.presets import all_presets, folded_weights, load_preset, slugs
from judging.rule_data import rule_data
from judging.services import create_rounds_from_rubric, open_round, save_criterion, save_round, settle_ask
from tests import build
from tests.judging.domain.examples import exact, marks
from toolkit.refusals import Refusal


@pytest.fixture
def load(organiser):
    """Rounds of a preset, as services make them."""

    def make(slug, edition=None):
        now = timezone.now()
        windows = [(now - timedelta(days=1), now + timedelta(days=9))] * len(load_preset(slug).rounds)
        return create_rounds_from_rubric(
            by=organiser, edition=edition or build.edition(slug[:20]), preset_slug=slug, windows=windows
        )

    return make


def score(round, *sheets):
    rule = frozen.rule_of(rule_data(round))
    return score_entries(rule, ["A"], marks(("A", f"J{n}", sheet) for n, sheet in enumerate(sheets)))[0]


def ranked(round, **sheets):
    rule = frozen.rule_of(rule_data(round))
    lines = [(entry, f"J{n}", sheet) for entry, rows in sheets.items() for n, sheet in enumerate(rows)]
    scores = score_entries(rule, list(sheets), marks(lines))
    return rank_entries(
        scores,
        {s.entry: s.total for s in scores},
        rule=rule,
        chain=[Link(**link) for link in round.tie_chain],
        cut=Cut(round.advance_count, round.advance_per_city),
        facts={entry: Facts() for entry in sheets},
    )


@pytest.mark.parametrize("slug", slugs())
def test_every_preset_makes_rounds_that_ask_what_its_source_leaves_open(load, organiser, slug):
    preset = load_preset(slug)
    rounds = load(slug)
    assert [len(round.criteria.all()) for round in rounds] == [len(draft.criteria) for draft in preset.rounds]
    assert [round.asks for round in rounds] == [list(preset.asks)] * len(rounds)
    first = rounds[0]
    if preset.asks:
        with pytest.raises(Refusal) as refused:
            open_round(by=organiser, round=first)
        assert refused.value.code == "round.asks"
    for ask in preset.asks:
        first = settle_ask(by=organiser, round=first, field=ask["field"])
    with pytest.raises(Refusal) as refused:
        open_round(by=organiser, round=first)
    assert refused.value.code == "round.no_entries"


def test_an_unknown_preset_and_a_wrong_number_of_windows_are_refused(organiser):
    edition = build.edition("2027")
    for slug, code in (
        ("no-such", "preset.unknown"),
        ("../../etc/passwd", "preset.unknown"),
        ("plan-competition", "preset.windows"),
    ):
        with pytest.raises(Refusal) as refused:
            create_rounds_from_rubric(by=organiser, edition=edition, preset_slug=slug, windows=[])
        assert refused.value.code == code


def test_c1_sections_fold_into_weights_exactly(load):
    """A 65: 15, 15, 15, 15, 5; B 35: 10, 10, 15. Marks 4 4 3 5 2 / 3 5 4 of 5: 12 + 12 + 9 + 15 + 2 + 6 + 10 + 12 = 78."""
    (round,) = load("tic-americas")
    assert [c.weight for c in round.criteria.all()] == [n * 1000 for n in (15, 15, 15, 15, 5, 10, 10, 15)]
    assert score(round, *[[4, 4, 3, 5, 2, 3, 5, 4]] * 3).total == 78


def test_weights_that_do_not_fold_evenly_are_multiplied_by_one_number():
    """50 % over three equal criteria is 16.666… each, 50 % over one: all times three."""
    row = {
        "rule": {"combine": "percent"},
        "groups": [{"code": "A", "weight": "50"}, {"code": "B", "weight": "50"}],
        "criteria": [{"group": g, "weight": "1"} for g in "AAAB"],
    }
    assert folded_weights(row) == [50_000, 50_000, 50_000, 150_000]


def test_c2_passes_at_sixty(load):
    """Weights 20 20 15 15 10 10 10. Marks 3 everywhere of 5: 60, which passes; one 2 among those of 10: 58, which doesn't."""
    (round,) = load("smau-napoli-2023")
    ranking = ranked(round, A=[[3] * 7] * 3, B=[[3] * 6 + [2]] * 3)
    assert [(p.entry, p.result, p.advances) for p in ranking.places] == [("A", 60, True), ("B", 58, False)]
    assert ranking.places[1].reason["code"] == "below_threshold"


def test_c3_is_a_weighted_mean_on_the_scale(load):
    """0.4 × 8 + 0.3 × 6 + 0.3 × 7 = 7.1."""
    (round,) = load("asce-innovation")
    assert score(round, *[[8, 6, 7]] * 3).total == exact("7.1")


def test_c4_is_vector_n3(load):
    """Medians 4.25, 4.25, 4.75 → 13.25 passes; 4.25, 3.75, 5 → 13 fails on the second criterion (3.75 < 4)."""
    (round,) = load("eic-accelerator-pilot")
    passes = [[4, 4, 4.5], [4.5, 4.5, 5], [3.5, 4, 4.5], [5, 5, 5]]
    fails = [[4, 3.5, 5], [4.5, 4, 5], [3, 3, 5], [5, 4.5, 5]]
    places = ranked(round, A=passes, B=fails).places
    assert [(p.entry, p.result, p.advances) for p in places] == [("A", exact("13.25"), True), ("B", 13, False)]
    assert places[1].reason == {
        "code": "below_criterion",
        "figures": {"criteria": [{"code": "c2", "value": "3.75", "needed": "4"}]},
    }


def test_c5_thresholds_and_the_two_links_it_can_express(load):
    """Sum of three; 3 on each and 10 in all. Equal sums: the better excellence first."""
    (round,) = load("horizon-europe")
    places = ranked(round, A=[[3, 5, 4]] * 3, B=[[4, 4, 4]] * 3, C=[[5, 5, 2]] * 3, D=[[3, 3, 3]] * 3).places
    assert [(p.entry, p.result, p.advances, p.reason["code"]) for p in places] == [
        ("C", 12, False, "below_criterion"),
        ("B", 12, True, "goes_on"),
        ("A", 12, True, "goes_on"),
        ("D", 9, False, "below_threshold"),
    ]


@pytest.mark.parametrize(
    ("slug", "sheet", "total"),
    [
        ("extreme-tech-challenge", [7, 8, 6, 9], exact("7.5")),  # C6: a mean is proposed, weights not known
        ("apec-accelerator", [7, 8, 6, 9, 10], 40),  # C7: five of 10
        ("vibe-investment-forum", [5, 4, 3, 5, 4, 3, 5, 4, 3, 5], 41),  # C8: ten of 5, 50 at most
        ("holt-fintech", [6, 6, 6, 6], 24),  # C10: four of 10
        ("lymex-diagnostics", [5, 4, 3, 5, 4, 3, 5], 29),  # C13: seven of 5, 35 at most
    ],
)
def test_sums_and_means(load, slug, sheet, total):
    (round,) = load(slug)
    assert score(round, *[sheet] * 5).total == total


def test_c9_is_vector_n2_before_its_penalties(load, organiser):
    """Final: 60 % × (80, 70, 90, 60, 75 of 100, 20 each) + 40 % × (70, 85, 90: 45, 45, 10) = 0.6 × 75 + 0.4 × 78.75 = 76.5."""
    final = load("plan-competition")[2]
    assert [c.weight for c in final.criteria.all()] == [12_000] * 5 + [18_000, 18_000, 4_000]
    for criterion in final.criteria.all():
        save_criterion(by=organiser, round=final, criterion=criterion, scale_max=100_000)
    assert score(final, *[[80, 70, 90, 60, 75, 70, 85, 90]] * 3).total == exact("76.5")


def test_c11_and_c12_take_marks_but_say_that_normalising_is_left_out(load):
    """C11: five reviewers, 4 of 5 on five criteria; C12: steps of 0.1."""
    (xprize,) = load("xprize-communities")
    assert xprize.min_scorecards == 5
    assert score(xprize, *[[4] * 5] * 5).exact > 0
    (carrot,) = load("carrot-prizes")
    assert {c.scale_step for c in carrot.criteria.all()} == {100}
    for round in (xprize, carrot):
        assert "unsupported.normalise_mean_sd" in {ask["field"] for ask in round.asks}


def test_the_sample_rules_carry_forty_and_sixty(load):
    """R1: 4 of 5 on 30, 3 on 25, 2 on 20, 5 on 25 = 24 + 15 + 8 + 25 = 72; R2: 100; 0.4 × 72 + 0.6 × 100 = 88.8."""
    first, second = load("sample-two-rounds")
    assert (first.weight, first.advance_count, first.advance_per_city, second.advance_count) == (40, 8, 3, 6)
    assert first.tie_chain == [{"kind": "criterion", "code": "innov"}, {"kind": "younger_firm"}, {"kind": "human"}]
    one, two = score(first, *[[4, 3, 2, 5]] * 3).total, score(second, *[[5] * 4] * 3).total
    assert (one, two) == (72, 100)
    assert carried([one, two], [first.weight, second.weight], 2) == Fraction("88.8")


def test_what_the_model_cannot_express_is_listed_in_the_documentation():
    """docs/rules-not-yet.md names each feature with every contest that needs it, and nothing else."""
    needed: dict[str, set[str]] = {}
    for path in (settings.BASE_DIR / "data" / "rubrics").glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for rule in data.get("unsupported", []):
            needed.setdefault(rule["feature"], set()).add(data["id"])
    listed: dict[str, set[str]] = {}
    for line in Path(settings.BASE_DIR / "docs" / "rules-not-yet.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            feature, contests = (cell.strip() for cell in line.strip("|").split("|")[:2])
            listed[feature.strip("`")] = {contest.strip() for contest in contests.split(",")}
    assert listed == needed


def test_every_published_preset_names_its_source():
    assert [preset.slug for preset in all_presets() if not preset.source] == ["sample-two-rounds"]


def test_a_round_s_rule_is_checked(organiser):
    edition = build.edition("2027")
    now = timezone.now()
    good = {"opens_at": now, "closes_at": now + timedelta(days=1)}
    for bad, field in (
        ({"closes_at": now - timedelta(days=1)}, "closes_at"),
        ({"weight": 101}, "weight"),
        ({"min_scorecards": 0}, "min_scorecards"),
        ({"min_scorecards": 4, "jurors_per_entry": 3}, "jurors_per_entry"),
        ({"across": "trimmed_mean", "trim": 2, "min_scorecards": 3}, "trim"),
        ({"load_min": 9, "load_max": 8}, "load_min"),
        ({"tie_chain": [{"kind": "dice"}]}, "tie_chain"),
    ):
        with pytest.raises(Refusal) as refused:
            save_round(by=organiser, round=None, edition=edition, **{**good, "name": {"en": "R"}, **bad})
        assert refused.value.field == field
    round = save_round(by=organiser, round=None, edition=edition, name={"en": "R"}, **good)
    for bad, field in (
        ({"scale_max": 0}, "scale_max"),
        ({"scale_step": 3000}, "scale_step"),
        ({"threshold": 6000}, "threshold"),
        ({"code": ""}, "code"),
    ):
        with pytest.raises(Refusal) as refused:
            save_criterion(by=organiser, round=round, criterion=None, **{"code": "c", "name": {"en": "C"}, **bad})
        assert refused.value.field == field
