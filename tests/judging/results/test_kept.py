"""What pages show of a round is kept, and never shown once something it follows from has changed."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from contest.models import Entry
from judging.integrity import check_judging
from judging.models import Computed, Criterion, Juror
from judging.results.services.closing import close_round
from judging.results.services.decisions import record_fact
from judging.results.shown.kept import kept_table
from judging.results.shown.stamps import stamp_of
from tests import build
from tests.judging.results.lines import laureates, shown


class TestKeptStandings:
    """What the page keeps is shown only while nothing that it follows from has changed."""

    def test_every_service_that_changes_a_standing_changes_the_stamp(self, stage, organiser):
        from judging.scoring.services.scorecards import recuse, reopen_scorecard, save_scorecard, submit_scorecard

        for cards in stage.cards:
            for card in cards:
                build.marks(card, 3, 3)
        seen = [stamp_of(stage.round)]
        card, juror = stage.cards[0][0], stage.jurors[0].user
        first = stage.round.criteria.first()

        def total():
            return {row.entry: row.total for row in kept_table(stage.round).standings}["E01"]

        assert total() == "60"
        card = reopen_scorecard(by=juror, scorecard=card)
        seen.append(stamp_of(stage.round))
        card = save_scorecard(
            by=juror, scorecard=card, version=card.version, marks={first.pk: 5}, comment="", private_note=""
        )
        assert stamp_of(stage.round) == seen[-1]  # a draft counts for nothing, whatever it says
        submit_scorecard(by=juror, scorecard=card, version=card.version)
        assert total() == "68"
        seen.append(stamp_of(stage.round))
        recuse(by=juror, scorecard=card, reason="My sister.")
        assert total() == "60"
        seen.append(stamp_of(stage.round))
        close_round(by=organiser, round=stage.round)
        stage.round.refresh_from_db()
        seen.append(stamp_of(stage.round))
        submitted, taken_back, changed, recused, closed = seen
        assert taken_back == recused  # neither counts: the standings are the same
        assert len({submitted, taken_back, changed, closed}) == 4
        assert Computed.objects.count() == 1

    def test_a_copy_that_differs_from_its_marks_is_found(self, closed):
        kept_table(closed.round)
        assert list(check_judging()) == []
        call_command("check_judging")
        copy = Computed.objects.get()
        Computed.objects.update(data=copy.data.replace('"total":"80"', '"total":"81"'))
        assert list(check_judging()) == [
            f"round {closed.round.pk}: the standings kept for the page differ from what its marks give"
        ]
        with pytest.raises(CommandError, match="differ from what its marks give"):
            call_command("check_judging")

    def test_a_page_of_the_standings(self, closed, organiser, enter, monkeypatch, django_assert_max_num_queries):
        monkeypatch.setattr("judging.results.shown.board.PER_PAGE", 2)
        client = enter(organiser)
        shown(client, closed.round)
        with django_assert_max_num_queries(15, connection=connection):
            first = shown(client, closed.round)
        page = client.get(reverse("round_standings", args=[closed.round.pk]) + "?page=2")
        rest = [(line.place.rank, line.name) for line in page.context["board"].lines]
        assert [row[:2] for row in first] + rest == [
            (1, "Firm 3 of 2027 pitches"), (2, "Firm 1 of 2027 pitches"), (3, "Firm 2 of 2027 pitches"),
        ]  # fmt: skip

    def test_whatever_the_outcome_follows_from_is_in_the_stamp(self, stage, organiser):
        """A new part of the inputs has to be named here, with where the stamp has it from."""
        from judging.results.shown.outcomes import inputs_of

        assert set(inputs_of(stage.round).as_data()) - {"format", "version"} == {
            "round", "rule", "method",  # the round's own row, its criteria and groups
            "entries", "peers", "penalties", "decisions", "cut_decisions",  # rows of their own
            "carried", "former_rules",  # hashes of frozen files; the rule's version in the round's row
            "scorecards", "not_counted",  # by key and version; those that don't count change no standing
        }  # fmt: skip

    @pytest.mark.parametrize("what", ["tie", "cut", "penalty", "criterion", "limit", "entry", "peer", "fact"])
    def test_what_people_record_beside_marks_changes_the_stamp(self, stage, organiser, what):
        before, entry, now = stamp_of(stage.round), stage.entries[0], timezone.now()
        criterion, who = stage.round.criteria.first(), {"by": organiser, "at": now, "reason": "So."}
        {
            "tie": lambda: stage.round.tie_decisions.create(entries=["E01", "E02"], **who),
            "cut": lambda: stage.round.cut_decisions.create(entry=entry, kind="wild_card", **who),
            "penalty": lambda: criterion.penalties.create(entry=entry, breaches=1, **who),
            "criterion": lambda: Criterion.objects.filter(pk=criterion.pk).update(weight=7),
            "limit": lambda: criterion.categories.add(stage.edition.categories.first()),
            "entry": lambda: Entry.objects.filter(pk=entry.pk).update(submitted_at=now),
            "peer": lambda: Juror.objects.filter(pk=stage.jurors[0].pk).update(kind="peer", own_entry=stage.entries[1]),
            "fact": lambda: record_fact(by=organiser, entry=entry, code="jobs", value=4000, source="The register."),
        }[what]()
        assert stamp_of(stage.round) != before
        assert stamp_of(stage.round) == stamp_of(stage.round)

    def test_a_fact_that_changes_or_goes_changes_the_stamp(self, stage, organiser):
        told = {"by": organiser, "entry": stage.entries[0], "code": "jobs", "source": "The register."}
        seen = [stamp_of(stage.round)]
        record_fact(**told, value=4000)
        seen.append(stamp_of(stage.round))
        fact = record_fact(**told, value=5000)
        seen.append(stamp_of(stage.round))
        assert len(set(seen)) == 3
        fact.delete()
        assert stamp_of(stage.round) == seen[0]

    def test_laureates_of_other_editions_are_in_the_stamp_where_ties_ask_for_them(self, stage):
        """Braga, Cuneo and Magog are equal, and the city with fewer laureates so far is ahead. Last year Braga has two
        and Cuneo one; that Magog wins an award of this year's edition counts against nobody."""

        def order():
            return [row.entry for row in kept_table(stage.round).standings]

        for cards in stage.cards:
            for card in cards:
                build.marks(card, 3, 3)
        earlier = build.edition("2026")
        of_braga, of_cuneo, again_of_braga, _of_cuneo = build.competing(earlier, 4, cities=("braga", "cuneo"))
        before = stamp_of(stage.round)
        build.award(of_braga)
        assert stamp_of(stage.round) == before  # no tie asks for laureates
        stage.round.rule.tie_chain = [{"kind": "fewer_laureates"}, {"kind": "human"}]
        stage.round.rule.save()
        assert order() == ["E02", "E03", "E01"]
        assert laureates(stage.round) == {"braga": "1", "cuneo": "0", "magog": "0"}
        seen = [stamp_of(stage.round)]
        build.award(of_cuneo, rank=2)
        seen.append(stamp_of(stage.round))
        assert order() == ["E03", "E01", "E02"]
        build.award(again_of_braga, rank=3)
        seen.append(stamp_of(stage.round))
        assert len(set(seen)) == 3
        build.award(stage.entries[2], rank=1)
        assert stamp_of(stage.round) == seen[-1]
        assert order() == ["E03", "E02", "E01"]
        assert laureates(stage.round) == {"braga": "2", "cuneo": "1", "magog": "0"}
