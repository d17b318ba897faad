"""A frozen result: nothing moves it, two people may open its round again, its names can be erased."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from contest.models import Entry
from judging.integrity import check_judging
from judging.jury.services.jurors import withdraw_juror
from judging.models import Award, Computed, Criterion, Juror, Mark, Reopening, Result, Round, RoundRule, Scorecard
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round, publish_results
from judging.results.services.decisions import record_fact
from judging.results.services.keys import erase_result_key
from judging.results.services.reopening import confirm_reopening, decline_reopening, propose_reopening
from judging.results.shown.kept import kept_table
from judging.results.shown.outcomes import file_of
from judging.results.shown.stamps import stamp_of
from network.models import Message, Organisation
from tests import build
from toolkit.refusals import Forbidden, Refusal


@pytest.fixture
def second(db):
    return build.person("second@network.example", "Second Person", "organiser", build.secretariat())


@pytest.fixture
def closed(stage, organiser):
    """E03 100, E01 80, E02 60."""
    for cards in stage.cards:
        for card, values in zip(cards, [(4, 4), (3, 3), (5, 5)], strict=True):
            build.marks(card, *values)
    stage.result = close_round(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    return stage


def laureates(round: Round) -> dict[str, str]:
    """{city: laureates that the round's file would say it has had}."""
    return {entry.city: entry.laureates for entry in file_of(round).entries}


def shown(client, round):
    page = client.get(reverse("round_standings", args=[round.pk]))
    return [(line.place.rank, line.name, line.total, line.reason, line.city) for line in page.context["board"].lines]


def test_the_file_says_how_it_was_computed(closed):
    file = json.loads(closed.result.file)
    assert file["method"] == {"name": "exact", "decimals": file["rule"]["decimals"], "libraries": {}}


def test_nothing_that_is_edited_later_moves_frozen_standings(closed, organiser, enter):
    client = enter(organiser)
    why = reverse("round_why", args=[closed.round.pk, closed.entries[0].pk])
    before = shown(client, closed.round)
    sums = client.get(why).context["sums"]
    withdraw_juror(by=organiser, juror=closed.jurors[1], reason="Moved away.")
    Round.objects.update(weight=10)
    RoundRule.objects.update(combine="weighted_sum", across="median", decimals=0, threshold=99_000, advance_count=1)
    Criterion.objects.update(name={"en": "Renamed", "fr": "Renommé"}, weight=1, scale_max=50_000, threshold=49_000)
    Mark.objects.update(value=0)
    Scorecard.objects.update(state="recused")
    Juror.objects.update(full_name="Somebody Else")
    Entry.objects.update(city=build.city("elsewhere"), title="Renamed", state="withdrawn", submitted_at=None)
    Organisation.objects.filter(kind="startup").update(name="Renamed Ltd")
    Computed.objects.all().delete()
    assert shown(client, closed.round) == before
    assert [row[:3] for row in before] == [
        (1, "Firm 3 of 2027 pitches", "100"), (2, "Firm 1 of 2027 pitches", "80"), (3, "Firm 2 of 2027 pitches", "60"),
    ]  # fmt: skip
    assert [row[4] for row in before] == ["Magog", "Braga", "Cuneo"]
    assert client.get(why).context["sums"] == sums
    assert sums.jurors == ["Juror 1", "Juror 2", "Juror 3"]
    assert list(check_judging()) == []


class TestReopening:
    def test_takes_a_reason_and_a_second_person_and_keeps_both_versions(self, closed, organiser, second, enter):
        until = timezone.now() + timedelta(days=2)
        with pytest.raises(Refusal) as refused:
            propose_reopening(by=organiser, round=closed.round, reason=" ")
        assert refused.value.field == "reason"
        proposal = propose_reopening(by=organiser, round=closed.round, reason="A typing error.", closes_at=until)
        with pytest.raises(Forbidden) as refused:
            confirm_reopening(by=organiser, reopening=proposal)
        assert refused.value.code == "reopening.second_person"
        assert Message.objects.get(kind="judging.reopening").to_user == second
        confirm_reopening(by=second, reopening=proposal)
        closed.round.refresh_from_db()
        assert (closed.round.state, closed.round.closes_at, closed.round.standings.count()) == ("open", until, 0)
        assert Message.objects.filter(kind="judging.reopened_juror").count() == 3
        assert "A typing error" not in Message.objects.filter(kind="judging.reopened_juror").first().text
        Mark.objects.filter(scorecard=closed.cards[0][1]).update(value=5000)
        again = close_round(by=organiser, round=closed.round)
        assert (again.version, again.sha256 != closed.result.sha256) == (2, True)
        assert [(s.entry.code, s.rank) for s in closed.round.standings.order_by("place")] == [
            ("E03", 1), ("E01", 2), ("E02", 3),
        ]  # fmt: skip
        client = enter(second)
        old = client.get(reverse("round_version", args=[closed.round.pk, 1]))
        assert [(line.name, line.total) for line in old.context["board"].lines][2] == ("Firm 2 of 2027 pitches", "60")
        assert old.context["holds"] is False
        kept = client.get(reverse("round_file", args=[closed.round.pk]) + "?version=1").content.decode()
        assert kept == closed.result.file
        told = minutes_of(closed.round)
        assert (told.version, [(row.version, row.reason, row.confirmed_by) for row in told.reopenings]) == (
            2, [(1, "A typing error.", "Second Person")],
        )  # fmt: skip
        assert client.get(reverse("round_file", args=[closed.round.pk])).content.decode() == again.file
        assert Message.objects.filter(kind="judging.closed", to_user=organiser).count() == 2
        assert list(check_judging()) == []

    def test_the_first_version_stays_checked(self, closed, organiser, second):
        confirm_reopening(by=second, reopening=propose_reopening(by=organiser, round=closed.round, reason="So."))
        file = closed.result.file.replace('"rank":"1"', '"rank":"2"')
        Result.objects.filter(version=1).update(file=file)
        faults = [fault.split(":")[0] for fault in check_judging()]
        assert faults == [f"round {closed.round.pk}, version 1"] * 2

    def test_a_proposal_can_be_declined_and_waits_alone(self, closed, organiser, second):
        proposal = propose_reopening(by=organiser, round=closed.round, reason="So.")
        with pytest.raises(Refusal) as refused:
            propose_reopening(by=second, round=closed.round, reason="Me too.")
        assert refused.value.code == "reopening.waits"
        decline_reopening(by=second, reopening=proposal)
        closed.round.refresh_from_db()
        assert closed.round.state == "closed"
        with pytest.raises(Refusal) as refused:
            confirm_reopening(by=second, reopening=proposal)
        assert refused.value.code == "state.confirm"

    def test_founders_who_read_a_published_result_are_told(self, closed, organiser, second):
        publish_results(by=organiser, round=closed.round)
        proposal = propose_reopening(by=organiser, round=closed.round, reason="A juror had a tie.")
        confirm_reopening(by=second, reopening=proposal)
        mails = Message.objects.filter(kind="judging.corrected")
        assert {m.to_email for m in mails} == {f"founder{n}@firm{n}.example" for n in (1, 2, 3)}
        assert "tie" not in mails.first().text

    @pytest.mark.parametrize("what", ["later round", "award"])
    def test_not_once_something_stands_on_the_result(self, closed, organiser, what):
        if what == "award":
            award = {"name": {"en": "Prize"}, "rank": 1, "granted_by": organiser, "granted_at": timezone.now()}
            Award.objects.create(edition=closed.edition, entry=closed.entries[2], **award)
        else:
            build.round(closed.edition, order=2, state="open")
        with pytest.raises(Refusal) as refused:
            propose_reopening(by=organiser, round=closed.round, reason="So.")
        assert refused.value.code == {"award": "reopening.awards", "later round": "reopening.later_round"}[what]

    def test_who_may(self, closed, organiser, stranger, coordinator, founder):
        proposal = propose_reopening(by=organiser, round=closed.round, reason="So.")
        for person in (stranger, coordinator, founder, closed.jurors[0].user):
            for act in (
                lambda by=person: propose_reopening(by=by, round=closed.round, reason="So."),
                lambda by=person: confirm_reopening(by=by, reopening=proposal),
                lambda by=person: erase_result_key(by=by, result=closed.result, reason="So."),
            ):
                with pytest.raises(Forbidden):
                    act()
        assert Reopening.objects.get().state == "proposed"

    def test_on_screen(self, closed, organiser, second, enter):
        place = reverse("round_history", args=[closed.round.pk])
        first = enter(organiser)
        assert first.post(place, {"reason": ""}).status_code == 422
        assert first.post(place, {"reason": "A typing error."}).status_code == 302
        waiting = Reopening.objects.get()
        answer = reverse("round_reopening", args=[closed.round.pk, waiting.pk])
        assert "Take the proposal back" in first.get(place).content.decode()
        first.post(answer, {"answer": "confirm"})
        assert Round.objects.get().state == "closed"
        assert "Open the round again</button>" in enter(second).get(place).content.decode()
        enter(second).post(answer, {"answer": "confirm"})
        assert Round.objects.get().state == "open"
        assert "Version 1 of the result was frozen and no longer holds" in " ".join(
            first.get(reverse("round_standings", args=[closed.round.pk])).content.decode().split()
        )


class TestNames:
    def test_erased_names_leave_codes_and_the_result_recomputes(self, closed, organiser, enter):
        client = enter(organiser)
        place = reverse("round_erase_key", args=[closed.round.pk, 1])
        assert client.post(place, {"reason": ""}).status_code == 422
        assert client.post(place, {"reason": "The period is over."}).status_code == 302
        result = Result.objects.get()
        assert (result.key, result.key_erased_for, result.file) == ({}, "The period is over.", closed.result.file)
        assert [row[1] for row in shown(client, closed.round)] == ["E03", "E01", "E02"]
        standings, why, version, history = (
            client.get(reverse(name, args=[closed.round.pk, *more])).content.decode()
            for name, more in (
                ("round_standings", []), ("round_why", [closed.entries[0].pk]), ("round_version", [1]),
                ("round_history", []),
            )
        )  # fmt: skip
        for page in (standings, why, version):
            assert "Firm " not in page
            assert "Juror 1" not in page
            assert "Braga" not in page
        assert "The period is over." in history
        assert list(check_judging()) == []
        with pytest.raises(Refusal) as refused:
            erase_result_key(by=organiser, result=result, reason="Again.")
        assert refused.value.code == "key.erased"


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
