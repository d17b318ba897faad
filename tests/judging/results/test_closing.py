"""Closing, ties, publication, awards: real rows, frozen file, hash."""

import json

import pytest
from django.utils import translation

from judging.models import Award, Result, RoundRule, Scorecard, Standing
from judging.results.services.awards import AwardDraft, grant_awards
from judging.results.services.closing import MissingScorecards, OpenTies, close_round, decide_tie, publish_results
from judging.results.shown.outcomes import outcome_of
from network.models import Message
from tests import build
from tests.judging.domain import plain as frozen
from toolkit.canonical import canonical_bytes, digest
from toolkit.refusals import Forbidden, Refusal

# One row per juror, one column per entry: E01 78, 72 → 75; E02 60, 60 → 60; E03 100, 98 → 99 (60 % and 40 % of 5).
MARKS = [[(5, 2), (3, 3), (5, 5)], [(4, 3), (3, 3), (5, 5)], [(4, 4), (3, 3), (5, 5)]]


@pytest.fixture
def marked(stage):
    for cards, row in zip(stage.cards, MARKS, strict=True):
        for card, values in zip(cards, row, strict=True):
            build.marks(card, *values)
    return stage


def rows(round):
    return [(s.entry.code, s.rank, s.total, s.advances, s.reason["code"]) for s in round.standings.order_by("place")]


def test_close_freezes_standings_and_a_file_that_gives_them_again(marked, organiser):
    """E01: 76, 72, 80 → 76; E02: 60; E03: 100."""
    result = close_round(by=organiser, round=marked.round)
    assert rows(marked.round) == [
        ("E03", 1, "100", True, "goes_on"),
        ("E01", 2, "76", True, "goes_on"),
        ("E02", 3, "60", True, "goes_on"),
    ]
    file = json.loads(result.file)
    assert canonical_bytes(file).decode() == result.file
    assert digest(file) == result.sha256
    assert frozen.check(file) == []
    assert file["scorecards"][0] == {"entry": "E01", "juror": "J01", "marks": {"innovation": "5", "market": "2"}}
    assert file["rule"]["criteria"][0]["name"] == {"en": "Innovation", "fr": "Innovation"}
    marked.round.refresh_from_db()
    assert marked.round.state == "closed"
    assert Message.objects.filter(kind="judging.closed").get().to_user == organiser


def test_the_file_names_nobody(marked, organiser):
    result = close_round(by=organiser, round=marked.round)
    for name in ("Firm 1", "Juror 1", "Founder", "@"):
        assert name not in result.file
    assert result.key["entries"]["E01"]["name"] == "Firm 1 of 2027"
    assert result.key["jurors"]["J01"]["name"] == "Juror 1"


def test_a_changed_file_is_found_out(marked, organiser):
    file = json.loads(close_round(by=organiser, round=marked.round).file)
    file["scorecards"][0]["marks"]["market"] = "5"
    assert frozen.check(file) == ["standings"]


def test_the_reader_s_language_makes_no_difference(marked, organiser):
    with translation.override("fr"):
        result = close_round(by=organiser, round=marked.round)
    with translation.override("en"):
        marked.round.refresh_from_db()
        assert frozen.check(json.loads(result.file)) == []
        assert json.loads(result.file)["round"]["name"] == {"en": "Round 1", "fr": "Premier tour"}


def test_missing_scorecards_refuse_unless_a_reason_is_given(marked, organiser):
    Scorecard.objects.filter(pk=marked.cards[2][0].pk).update(state="draft")
    with pytest.raises(MissingScorecards, match="Juror 3: 1") as refused:
        close_round(by=organiser, round=marked.round)
    assert refused.value.scorecards == [marked.cards[2][0]]
    assert not Result.objects.exists()
    result = close_round(by=organiser, round=marked.round, reason_for_missing="Juror 3 is ill.")
    assert json.loads(result.file)["not_counted"] == [{"entry": "E01", "juror": "J03", "state": "missing"}]
    assert result.key["reason_for_missing"] == "Juror 3 is ill."
    assert "ill" not in result.file
    assert Standing.objects.get(entry=marked.entries[0]).total == "74"


def test_an_entry_with_too_few_scorecards_is_not_ranked(marked, organiser):
    Scorecard.objects.filter(pk__in=[marked.cards[1][0].pk, marked.cards[2][0].pk]).update(state="recused")
    close_round(by=organiser, round=marked.round)
    assert rows(marked.round)[-1] == ("E01", None, "", False, "too_few_scorecards")


def test_closing_twice_is_refused(marked, organiser):
    close_round(by=organiser, round=marked.round)
    with pytest.raises(Refusal) as refused:
        close_round(by=organiser, round=marked.round)
    assert refused.value.code == "state.close"
    assert Result.objects.count() == 1


def test_a_scorecard_by_a_juror_with_a_tie_stops_the_closing(marked, organiser):
    build.person("juror1@jury1.example", role="founder", organisation=marked.entries[0].startup.organisation)
    with pytest.raises(Refusal, match="Juror 1 – Firm 1") as refused:
        close_round(by=organiser, round=marked.round)
    assert refused.value.code == "round.conflict"


def test_only_who_runs_the_round_closes_it(marked, stranger, coordinator):
    for person in (stranger, coordinator, marked.jurors[0].user):
        with pytest.raises(Forbidden):
            close_round(by=person, round=marked.round)


class TestTies:
    @pytest.fixture
    def tied(self, stage):
        """E01 and E02 equal, one place left."""
        for cards in stage.cards:
            for card, values in zip(cards, [(4, 4), (4, 4), (5, 5)], strict=True):
                build.marks(card, *values)
        stage.round.rule.advance_count = 2
        stage.round.rule.tie_chain = [{"kind": "criterion", "code": "innovation"}, {"kind": "human"}]
        stage.round.rule.save()
        return stage

    def test_an_open_tie_at_the_cut_is_listed_and_nothing_is_frozen(self, tied, organiser):
        with pytest.raises(OpenTies, match="Firm 1 of 2027 pitches, Firm 2 of 2027 pitches") as refused:
            close_round(by=organiser, round=tied.round)
        assert refused.value.ties == [tied.entries[:2]]
        assert not Result.objects.exists()

    def test_a_person_decides_with_a_reason_and_the_file_keeps_the_order(self, tied, organiser):
        first, second, _third = tied.entries
        with pytest.raises(Refusal) as refused:
            decide_tie(by=organiser, round=tied.round, entries=[second, first], reason=" ")
        assert refused.value.field == "reason"
        decide_tie(by=organiser, round=tied.round, entries=[second, first], reason="Further from the market.")
        result = close_round(by=organiser, round=tied.round)
        assert rows(tied.round) == [
            ("E03", 1, "100", True, "goes_on"),
            ("E02", 2, "80", True, "won_tie"),
            ("E01", 3, "80", False, "lost_tie"),
        ]
        file = json.loads(result.file)
        assert file["decisions"] == [["E02", "E01"]]
        assert "Further" not in result.file

    def test_only_an_open_tie_can_be_decided(self, tied, organiser):
        for entries in (tied.entries[1:], tied.entries, [tied.entries[0]] * 2):
            with pytest.raises(Refusal) as refused:
                decide_tie(by=organiser, round=tied.round, entries=entries, reason="So.")
            assert refused.value.code == "tie.not_open"


class TestSecondRound:
    @pytest.fixture
    def second(self, marked, organiser):
        """Round 1 (40 %): 76, 60, 100, two go on: E03 and E01. Round 2 (60 %) by one juror: E01 100, E03 80."""
        type(marked.round).objects.update(weight=40)
        RoundRule.objects.update(advance_count=2)
        marked.round.refresh_from_db()
        close_round(by=organiser, round=marked.round)
        round = build.round(marked.edition, order=2, weight=60, state="open")
        first, third = marked.entries[0], marked.entries[2]
        build.marks(build.assign(round, marked.jurors[0], first), 5, 5)
        build.marks(build.assign(round, marked.jurors[0], third), 4, 4)
        return round

    def test_the_first_result_is_carried_by_weight(self, second, organiser):
        """E01: 0.4 × 76 + 0.6 × 100 = 90.4; E03: 0.4 × 100 + 0.6 × 80 = 88."""
        result = close_round(by=organiser, round=second)
        standings = [(s.entry.code, s.rank, s.total, s.final) for s in second.standings.order_by("place")]
        assert standings == [("E01", 1, "100", "90.4"), ("E03", 2, "80", "88")]
        file = json.loads(result.file)
        assert frozen.check(file) == []
        assert file["carried"][0]["sha256"] == Result.objects.get(round__order=1).sha256

    def test_before_it_closes_the_outcome_is_live(self, second):
        assert [p.entry for p in outcome_of(second).ranking.places] == ["E01", "E03"]


class TestPublication:
    @pytest.fixture
    def closed(self, marked, organiser):
        RoundRule.objects.update(advance_count=2)
        build.round(marked.edition, order=2)  # the last round tells nothing before the awards: test_awaiting_awards
        marked.round.refresh_from_db()
        close_round(by=organiser, round=marked.round)
        marked.round.refresh_from_db()
        return marked

    def test_standings_are_the_organiser_s_until_published(self, closed, organiser, stranger, founder):
        from django.contrib.auth.models import AnonymousUser

        own = closed.entries[0].startup.organisation.memberships.get().user
        readers = [own, stranger, founder, closed.jurors[0].user, AnonymousUser()]
        assert Standing.objects.visible_to(organiser).count() == 3
        assert [list(Standing.objects.visible_to(reader)) for reader in readers] == [[]] * 5
        publish_results(by=organiser, round=closed.round)
        assert [Standing.objects.visible_to(reader).count() for reader in readers] == [3] * 5

    def test_an_edition_that_is_not_public_shows_founders_their_own(self, closed, organiser, stranger):
        type(closed.edition).objects.update(is_public=False)
        publish_results(by=organiser, round=closed.round)
        own = closed.entries[0].startup.organisation.memberships.get().user
        assert [s.entry for s in Standing.objects.visible_to(own)] == [closed.entries[0]]
        assert list(Standing.objects.visible_to(stranger)) == []

    def test_each_founder_learns_whether_they_go_on(self, closed, organiser):
        publish_results(by=organiser, round=closed.round)
        told = {m.to_email: m for m in Message.objects.filter(kind="judging.published")}
        assert set(told) == {"founder1@firm1.example", "founder2@firm2.example", "founder3@firm3.example"}
        assert "goes on" in told["founder1@firm1.example"].text
        assert "stops here" in told["founder2@firm2.example"].text


class TestAwards:
    @pytest.fixture
    def published(self, marked, organiser):
        close_round(by=organiser, round=marked.round)
        marked.round.refresh_from_db()
        publish_results(by=organiser, round=marked.round)
        return marked

    def drafts(self, *pairs):
        return [AwardDraft(entry=entry, name={"en": f"Prize {rank}"}, rank=rank) for entry, rank in pairs]

    def test_awards_follow_the_standings_and_make_the_edition_s_results_public(self, published, organiser, stranger):
        first, second, third = published.entries
        granted = grant_awards(by=organiser, edition=published.edition, awards=self.drafts((first, 2), (third, 1)))
        assert [(a.entry, a.rank, str(a.name)) for a in granted] == [(third, 1, "Prize 1"), (first, 2, "Prize 2")]
        assert list(Award.objects.visible_to(stranger)) == granted
        mails = Message.objects.filter(kind="judging.awarded")
        assert {m.to_email for m in mails} == {"founder1@firm1.example", "founder3@firm3.example"}

    @pytest.mark.parametrize(
        ("pairs", "code"),
        [([(0, 1), (2, 2)], "award.order"), ([], "award.none"), ([(0, 1), (0, 2)], "award.twice"),
            ([(0, 0)], "award.name")],
    )  # fmt: skip
    def test_refused(self, published, organiser, pairs, code):
        awards = self.drafts(*[(published.entries[n], rank) for n, rank in pairs])
        with pytest.raises(Refusal) as refused:
            grant_awards(by=organiser, edition=published.edition, awards=awards)
        assert refused.value.code == code
        assert not Award.objects.exists()

    def test_not_before_publication_and_not_twice(self, marked, organiser):
        close_round(by=organiser, round=marked.round)
        drafts = self.drafts((marked.entries[2], 1))
        with pytest.raises(Refusal) as refused:
            grant_awards(by=organiser, edition=marked.edition, awards=drafts)
        assert refused.value.code == "award.not_published"
        marked.round.refresh_from_db()
        publish_results(by=organiser, round=marked.round)
        grant_awards(by=organiser, edition=marked.edition, awards=drafts)
        with pytest.raises(Refusal) as refused:
            grant_awards(by=organiser, edition=marked.edition, awards=drafts)
        assert refused.value.code == "award.known"

    def test_tied_entries_share_a_rank_or_wait_for_a_decision(self, stage, organiser):
        for cards in stage.cards:
            for card, values in zip(cards, [(4, 4), (4, 4), (5, 5)], strict=True):
                build.marks(card, *values)
        close_round(by=organiser, round=stage.round)
        stage.round.refresh_from_db()
        publish_results(by=organiser, round=stage.round)
        first, second, third = stage.entries
        awards = self.drafts((third, 1), (second, 2), (first, 3))
        with pytest.raises(Refusal) as refused:
            grant_awards(by=organiser, edition=stage.edition, awards=awards)
        assert refused.value.code == "award.tie"
        decide_tie(by=organiser, round=stage.round, entries=[second, first], reason="The jury talked it over.")
        assert len(grant_awards(by=organiser, edition=stage.edition, awards=awards)) == 3

    def test_an_entry_tied_with_the_last_awarded_can_t_be_passed_over_silently(self, stage, organiser):
        for cards in stage.cards:
            for card, values in zip(cards, [(4, 4), (4, 4), (5, 5)], strict=True):
                build.marks(card, *values)
        close_round(by=organiser, round=stage.round)
        stage.round.refresh_from_db()
        publish_results(by=organiser, round=stage.round)
        with pytest.raises(Refusal) as refused:
            grant_awards(
                by=organiser, edition=stage.edition, awards=self.drafts((stage.entries[2], 1), (stage.entries[0], 2))
            )
        assert refused.value.code == "award.tie"
