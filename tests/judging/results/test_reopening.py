"""A frozen result: nothing moves it, two people may open its round again."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contest.models import Entry
from judging.integrity import check_judging
from judging.jury.services.jurors import withdraw_juror
from judging.models import Award, Computed, Criterion, Juror, Mark, Reopening, Result, Round, RoundRule, Scorecard
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round, publish_results
from judging.results.services.keys import erase_result_key
from judging.results.services.reopening import confirm_reopening, decline_reopening, propose_reopening
from network.models import Message, Organisation
from tests import build
from tests.judging.results.lines import shown
from toolkit.refusals import Forbidden, Refusal


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
