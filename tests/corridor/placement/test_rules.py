"""What hosts answer, when houses are closed, how long papers take, who has sent and hosted: all of it reaches the plan,
and all of it holds when a plan is applied, a stay is moved and the database is asked whether it is whole."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from corridor.hosts.services.incubators import save_incubator
from corridor.hosts.services.openings import cancel_opening, save_blackout, save_opening
from corridor.integrity import check_corridor
from corridor.models import Incubator, LeadTime, Stay
from corridor.placement.reading.inputs import placement_document
from corridor.placement.services.exchange import save_balance, save_lead_time
from corridor.placement.services.host_answers import Answer, answer_candidates
from corridor.placement.services.plans import apply_placements, propose_placements, solve_plan
from corridor.placement.services.stays import decline_stay, move_stay, pin_stay, withdraw_candidate
from corridor.placement.services.what_if import answer_question, ask_what_would_change
from network.models import Message
from tests import build
from toolkit import clock
from toolkit.canonical import canonical_bytes, digest
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def solved(by, programme, **options):
    plan = propose_placements(by=by, programme=programme, **options)
    solve_plan.call(plan.pk)
    plan.refresh_from_db()
    return plan, json.loads(plan.file)


def places(answer) -> dict[int, tuple[int, str, str]]:
    """{candidate: (incubator, start, change)}"""
    return {
        int(row["candidate"]): (int(row["incubator"]), row["starts"], "pinned" if row["pinned"] else row["change"])
        for row in answer["placements"]
    }


def test_everything_that_people_state_stands_in_the_file(corridor, organiser):
    alpha, beta, gamma = corridor.teams
    braga, magog = corridor.braga, corridor.magog
    corridor.programme.placement_rule = "weighted_sum"
    corridor.programme.save()
    alpha.nationalities, alpha.priority = ["FR", "IN"], 7
    alpha.save()
    answers = [Answer(alpha.pk, place=2), Answer(beta.pk, place=1), Answer(gamma.pk, reason="No laboratory.")]
    answer_candidates(by=corridor.host, incubator=braga, programme=corridor.programme, answers=answers)
    save_incubator(by=corridor.other_host, incubator=magog, arrivals_per_month=1)
    closed = (date(2027, 7, 5), date(2027, 7, 20))
    save_blackout(
        by=corridor.host, incubator=braga, blackout=None, starts=closed[0], ends=closed[1], arrivals_only=True
    )
    for nationality, country, days in (("IN", "CA", 70), ("FR", "CA", 10), ("", "PT", 20)):
        save_lead_time(
            by=organiser,
            lead_time=None,
            nationality=nationality,
            host_country=country,
            days=days,
            source="Welcome page",
            as_of=date(2026, 1, 1),
        )
    save_balance(by=organiser, city=braga.city, sent=3, hosted=9)
    file = placement_document(corridor.programme, 4, decided_on=TODAY).as_data()
    assert (file["rule"], file["seed"]) == ("weighted_sum", 4)
    [in_braga, in_magog] = file["incubators"]
    assert in_braga["blackouts"] == [{"starts": "2027-07-05", "ends": "2027-07-20", "arrivals_only": True}]
    assert in_braga["refusals"] == [{"candidate": str(gamma.pk), "reason": "No laboratory."}]
    assert in_braga["order"] == [{"code": str(beta.pk), "rank": 1}, {"code": str(alpha.pk), "rank": 2}]
    assert (in_magog["arrivals_per_month"], "order" in in_magog) == (1, False)
    first = file["candidates"][0]
    assert (first["priority"], first["feasible_from"]) == (7, {str(magog.pk): "2027-01-31"})  # Braga: before any start
    assert file["ledger"] == [
        {"city": "braga", "sent": 3, "hosted": 9},
        {"city": "clermont-ferrand", "sent": 0, "hosted": 0},
        {"city": "magog", "sent": 0, "hosted": 0},
    ]


def test_a_plan_keeps_what_is_answered_and_shows_what_moves(corridor, organiser):
    alpha, beta, gamma = corridor.teams
    accepted = build.stay_of(alpha, corridor.braga, state="accepted")
    proposed = build.stay_of(gamma, corridor.magog)
    answer_candidates(
        by=corridor.host, incubator=corridor.braga, programme=corridor.programme, answers=[Answer(beta.pk, place=1)]
    )
    opening = corridor.braga.openings.get()
    save_opening(
        by=corridor.host, incubator=corridor.braga, opening=opening, starts=opening.starts, ends=opening.ends, desks=3
    )
    plan, answer = solved(organiser, corridor.programme)
    assert places(answer) == {
        alpha.pk: (corridor.braga.pk, "2027-01-01", "pinned"),
        beta.pk: (corridor.braga.pk, "2027-01-01", "new"),
        gamma.pk: (corridor.magog.pk, "2027-01-01", "same"),
    }
    [made] = apply_placements(by=organiser, plan=plan)
    assert set(Stay.objects.holding()) == {accepted, proposed, made}
    assert list(check_corridor()) == []


def test_who_was_proposed_moves_when_the_whole_plan_is_better_unless_it_is_pinned(corridor, organiser, enter):
    """Gamma holds Braga although the first award wishes it: asked anew, rank comes first;
    asked for least change, nobody moves."""
    alpha, beta, gamma = corridor.teams
    stay = build.stay_of(gamma, corridor.braga)
    beta.preferences.all().delete()
    calm, answer = solved(organiser, corridor.programme, change_first=True)
    assert (calm.change_first, places(answer)) == (True, {gamma.pk: (corridor.braga.pk, "2027-01-01", "same")})
    assert [row["candidate"] for row in answer["waiting"]] == [str(alpha.pk)]
    pin_stay(by=organiser, stay=stay, pinned=True)
    _plan, answer = solved(organiser, corridor.programme)
    assert places(answer)[gamma.pk] == (corridor.braga.pk, "2027-01-01", "pinned")
    pin_stay(by=organiser, stay=stay, pinned=False)
    plan, answer = solved(organiser, corridor.programme)
    assert places(answer) == {
        alpha.pk: (corridor.braga.pk, "2027-01-01", "new"),
        gamma.pk: (corridor.magog.pk, "2027-01-01", "moved"),
    }
    page = enter(organiser).get(reverse("plan", args=[plan.pk])).content.decode()
    assert "Gamma moves from Sample Braga (1 January 2027) to Sample Magog (1 January 2027)." in page
    assert reverse("stay", args=[stay.pk]) not in page  # the calendar shows it where the plan puts it
    founder = build.team(gamma)
    apply_placements(by=organiser, plan=plan)
    stay.refresh_from_db()
    assert (stay.state, {(one.candidate, one.incubator) for one in Stay.objects.holding()}) == (
        "cancelled",
        {(alpha, corridor.braga), (gamma, corridor.magog)},
    )
    told = Message.objects.filter(to_user=founder).order_by("kind").values_list("kind", flat=True)
    assert list(told) == ["corridor.cancelled", "corridor.placed_team"]


def test_a_lead_time_that_has_run_out_since_refuses_the_plan(corridor, organiser):
    LeadTime.objects.create(nationality="", host_country="PT", days=30, source="Page", as_of=TODAY)
    corridor.programme.candidates.update(nationalities=["IN"])
    with clock.at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        plan, answer = solved(organiser, corridor.programme)
    assert places(answer)[corridor.teams[0].pk] == (corridor.braga.pk, "2027-01-01", "new")
    with clock.at(datetime(2026, 12, 3, 12, tzinfo=UTC)), pytest.raises(Refusal) as refused:
        apply_placements(by=organiser, plan=plan)
    assert (refused.value.code, "2 December 2026" in refused.value.message) == ("placement.late", True)


@pytest.mark.parametrize("rule", ["arrivals", "closed"])
def test_apply_counts_arrivals_and_closed_days_again(corridor, organiser, rule):
    """As if a plan's file had been made by somebody who knew nothing of them."""
    plan, _answer = solved(organiser, corridor.programme)
    if rule == "arrivals":
        Incubator.objects.filter(pk=corridor.braga.pk).update(arrivals_per_month=0)
    else:
        corridor.braga.blackouts.create(starts=date(2027, 6, 30), ends=date(2027, 7, 1))
    now = placement_document(corridor.programme, 0, decided_on=plan.decided_on).as_data()
    plan.inputs, plan.inputs_sha256 = canonical_bytes(now).decode(), digest(now)
    plan.save()
    with pytest.raises(Refusal) as refused:
        apply_placements(by=organiser, plan=plan)
    assert (refused.value.code, Stay.objects.count()) == ("placement.full", 0)


def test_moving_a_stay_keeps_every_rule(corridor, organiser):
    alpha, beta, gamma = corridor.teams
    stay = build.stay_of(gamma, corridor.braga, state="accepted")
    build.stay_of(beta, corridor.magog)
    corridor.braga.blackouts.create(starts=date(2027, 2, 1), ends=date(2027, 2, 2), arrivals_only=True)
    with pytest.raises(Refusal, match="no desks left"):  # only until August is a desk offered
        move_stay(by=organiser, stay=stay, starts=date(2027, 3, 2))
    with pytest.raises(Refusal, match="Nobody may arrive"):
        move_stay(by=organiser, stay=stay, starts=date(2027, 2, 1))
    with pytest.raises(Refusal, match="no desks left"):
        move_stay(by=organiser, stay=stay, starts=date(2027, 2, 15), incubator=corridor.magog)
    with pytest.raises(Forbidden):
        move_stay(by=corridor.host, stay=stay, starts=date(2027, 3, 1))
    stay = move_stay(by=organiser, stay=stay, starts=date(2027, 2, 28))
    assert (stay.starts, stay.ends, stay.state) == (date(2027, 2, 28), date(2027, 8, 28), "proposed")
    assert (stay.accepted_by_host_at, stay.accepted_by_team_at) == (None, None)
    told = Message.objects.filter(kind="corridor.moved").values_list("to_email", flat=True)
    assert list(told) == [corridor.host.email]


def test_places_change_without_breaking_what_is_agreed(corridor, organiser):
    alpha, beta, gamma = corridor.teams
    kept = build.stay_of(beta, corridor.braga, state="accepted", desks=1)
    loose = build.stay_of(gamma, corridor.braga, desks=1)
    host, braga = corridor.host, corridor.braga
    opening = braga.openings.get()
    save_opening(by=host, incubator=braga, opening=None, starts=opening.starts, ends=opening.ends, desks=1)
    with pytest.raises(Refusal, match="1 would be missing"):
        save_opening(by=host, incubator=braga, opening=opening, starts=opening.starts, ends=date(2027, 2, 1), desks=2)
    with pytest.raises(Refusal, match="can’t be closed"):
        save_blackout(by=host, incubator=braga, blackout=None, starts=date(2027, 6, 1), ends=date(2027, 6, 2))
    with pytest.raises(Refusal, match="2 guests arrive in January 2027 already"):
        save_incubator(by=host, incubator=braga, arrivals_per_month=1)
    assert cancel_opening(by=host, opening=opening, reason="Works in the house.") == [loose]
    gamma.refresh_from_db()
    kept.refresh_from_db()
    assert (gamma.state, kept.state, list(check_corridor())) == ("waiting", "accepted", [])
    with pytest.raises(Refusal, match="1 would be missing"):
        cancel_opening(by=host, opening=braga.openings.get(), reason="All of it.")
    kept.refresh_from_db()
    assert kept.state == "accepted"


def test_after_a_decline_the_least_change_calls_the_waiting_list(corridor, organiser):
    plan, _answer = solved(organiser, corridor.programme)
    alpha, beta, gamma = corridor.teams
    apply_placements(by=organiser, plan=plan)
    decline_stay(by=corridor.host, stay=alpha.stays.get(), side="host", reason="Too large.")
    withdraw_candidate(by=corridor.founder, candidate=alpha, reason="We stay at home.")
    _plan, answer = solved(organiser, corridor.programme, change_first=True)
    assert places(answer) == {
        beta.pk: (corridor.braga.pk, "2027-01-01", "new"),
        gamma.pk: (corridor.magog.pk, "2027-01-01", "same"),
    }


def test_what_would_change_it_is_answered_in_the_queue_and_true_when_tried(corridor, organiser):
    plan, answer = solved(organiser, corridor.programme)
    beta = corridor.teams[1]
    with pytest.raises(Refusal, match="gives Alpha a place"):
        ask_what_would_change(by=organiser, plan=plan, candidate=corridor.teams[0])
    question = ask_what_would_change(by=organiser, plan=plan, candidate=beta)
    assert (answer_question.call(question.pk), answer_question.call(question.pk)) == ("answered", "nothing owed")
    question.refresh_from_db()
    [desks, *_others] = question.changes
    assert desks == {"kind": "more_desks", "incubator": str(corridor.braga.pk), "start": "2027-01-01", "desks": 1}
    save_opening(
        by=corridor.host,
        incubator=corridor.braga,
        opening=None,
        starts=date(2027, 1, 1),
        ends=date(2027, 7, 1),
        desks=desks["desks"],
    )
    _plan, answer = solved(organiser, corridor.programme)
    assert places(answer)[beta.pk] == (corridor.braga.pk, "2027-01-01", "new")


def test_a_host_answers_only_about_who_wishes_it(corridor):
    beta = corridor.teams[1]
    for by, place, answers, error in (
        (corridor.other_host, corridor.magog, [Answer(beta.pk, place=1)], "does not wait"),
        (corridor.host, corridor.braga, [Answer(beta.pk, place=1, reason="No.")], "one or the other"),
        (corridor.host, corridor.magog, [], "own people"),
    ):
        with pytest.raises(Refusal, match=error):
            answer_candidates(by=by, incubator=place, programme=corridor.programme, answers=answers)


def test_the_database_is_asked_whether_it_is_whole(corridor, organiser):
    build.stay_of(corridor.teams[0], corridor.magog)  # two people where one desk is
    with pytest.raises(CommandError, match=r"stay \d+ in incubator \d+: desks missing: 1"):
        call_command("check_integrity")
