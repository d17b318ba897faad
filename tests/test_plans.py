"""Propose, show, apply, set aside: one protocol for every kind of plan, jurors on entries and candidates at hosts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from corridor.models import Candidate, Opening, Programme, Stay
from corridor.placement.services import plans as places
from judging.jury.services import assignment as jury
from judging.jury.services.conflicts import declare_conflict
from judging.models import Assignment, Juror, Round, Scorecard
from network.models import Event, User
from network.services.plans import Plans, teller
from tests import build
from toolkit import owed
from toolkit.owed import NOTHING, OVERTAKEN
from toolkit.plans import Plan
from toolkit.refusals import Forbidden, Refusal

ORGANISER = "organiser@network.example"


@dataclass(frozen=True)
class Kind:
    """A kind of plan, and a small ground for it."""

    plans: Plans[Any, Any, Any, Any, Any, Any]
    lay: Callable[[], object]  # makes the ground
    propose: Callable[[User], Any]
    change: Callable[[User], object]  # something that a plan is made from
    written: Callable[[], int]  # rows that are there
    makes: int  # rows that a plan makes
    page: Callable[[Any], str]


def lay_jury():
    """Three entries of Braga, Cuneo and Magog, four jurors of no city, two to an entry."""
    edition = build.edition("2027")
    build.competing(edition, 3)
    for number in range(1, 5):
        build.juror(edition, number)
    build.round(edition, jurors_per_entry=2, min_scorecards=2)


def tie(by):
    declare_conflict(
        by=by,
        juror=Juror.objects.first(),
        entry=Round.objects.get().edition.entries.first(),
        kind="organiser",
        reason=".",
    )


def lay_places():
    """Two desks of one host, two teams that wish for it."""
    home = build.city("clermont-ferrand")
    host = build.incubator("Host", build.city("braga"), (date(2027, 1, 1), date(2027, 7, 1), 2))
    programme = build.programme(last_start=date(2027, 1, 1))
    for rank in (1, 2):
        build.candidate(programme, f"Team {rank}", home, rank, [host])


KINDS = {
    "jury": Kind(
        jury.PLANS,
        lay_jury,
        lambda by: jury.request_plan(by=by, round=Round.objects.get()),
        tie,
        Assignment.objects.count,
        6,
        lambda plan: reverse("round_assignment", args=[plan.round_id]),
    ),
    "places": Kind(
        places.PLANS,
        lay_places,
        lambda by: places.propose_placements(by=by, programme=Programme.objects.get()),
        lambda by: Opening.objects.update(desks=5),
        Stay.objects.count,
        2,
        lambda plan: reverse("plan", args=[plan.pk]),
    ),
}


def test_every_kind_of_plan_is_tried_here():
    models = {model for model in apps.get_models() if issubclass(model, Plan)}
    assert {kind.plans.model for kind in KINDS.values()} == models


@pytest.fixture(params=sorted(KINDS))
def kind(request, db):
    KINDS[request.param].lay()
    return KINDS[request.param]


def solved(kind: Kind, by: User) -> Any:
    plan = kind.propose(by)
    assert (plan.state, plan.file, plan.is_optimal) == ("solving", "", None)
    assert kind.plans.settle(plan.pk) == "proposed"
    plan.refresh_from_db()
    return plan


def recorded(plan: Any) -> list[str]:
    rows = Event.objects.filter(object_type=plan._meta.label_lower, object_id=str(plan.pk))
    return list(rows.order_by("pk").values_list("verb", flat=True))


def refusal_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_what_was_shown_is_applied_once(kind, organiser):
    plan = solved(kind, organiser)
    assert (plan.is_optimal, kind.written()) == (True, 0)
    assert len(kind.plans.apply(by=organiser, plan=plan)) == kind.makes == kind.written()
    assert refusal_of(lambda: kind.plans.apply(by=organiser, plan=plan)) == "state.apply"
    assert refusal_of(lambda: kind.plans.discard(by=organiser, plan=plan)) == "state.discard"
    assert kind.plans.settle(plan.pk) == NOTHING
    plan.refresh_from_db()
    assert (plan.state, plan.applied_by, kind.written()) == ("applied", organiser, kind.makes)
    assert recorded(plan) == ["propose", "apply"]


def test_proposed_twice_it_is_the_same_plan_and_one_of_them_is_applied(kind, organiser):
    first, second = solved(kind, organiser), solved(kind, organiser)
    assert (first.inputs, first.file, first.sha256) == (second.inputs, second.file, second.sha256)
    kind.plans.apply(by=organiser, plan=second)
    assert refusal_of(lambda: kind.plans.apply(by=organiser, plan=first)) in ("state.apply", kind.plans.changed[0])
    assert kind.written() == kind.makes


def page_of(client, kind, plan, language, **headers):
    User.objects.filter(email=ORGANISER).update(language=language)
    client.cookies["language"] = language
    response = client.get(kind.page(plan), headers=headers)
    return re.sub(r"\s+", " ", unescape(response.content.decode())), response


def test_what_changed_since_is_said_on_the_page_and_refused(kind, organiser, enter):
    plan, client = solved(kind, organiser), enter(organiser)
    assert kind.plans.why_stale(plan) == ""
    assert "Apply this plan" in page_of(client, kind, plan, "en")[0]
    kind.change(organiser)
    for language in ("en", "fr"):
        with translation.override(language):
            said = re.sub(r"\s+", " ", kind.plans.why_stale(plan))
        page = page_of(client, kind, plan, language)[0]
        assert said in page
        assert 'value="apply"' not in page
        assert 'value="discard"' in page
    assert refusal_of(lambda: kind.plans.apply(by=organiser, plan=plan)) == kind.plans.changed[0]
    plan.refresh_from_db()
    assert (plan.state, plan.applied_by, kind.written(), recorded(plan)) == ("proposed", None, 0, ["propose"])


def test_a_worker_that_was_killed_is_followed_by_another_and_keeps_nothing_when_it_is_late(kind, organiser):
    plan = kind.propose(organiser)
    killed = kind.plans.take(plan.pk)
    late = kind.plans.do(killed)
    kind.plans.model.objects.update(leased_until=owed.now() - timedelta(seconds=1))
    assert kind.plans.settle_owed(5) == 1
    assert kind.plans.finish(killed, replace(late, format="another")) == OVERTAKEN
    plan.refresh_from_db()
    assert (plan.state, plan.attempts, plan.leased_by) == ("proposed", 2, "")
    assert list(kind.plans.faults()) == []
    assert len(kind.plans.apply(by=organiser, plan=plan)) == kind.makes


def test_a_plan_whose_workers_are_all_killed_fails_and_can_be_set_aside(kind, organiser, enter):
    plan = kind.propose(organiser)
    for _worker in range(kind.plans.attempts):
        assert kind.plans.take(plan.pk) is not None
        kind.plans.model.objects.update(leased_until=owed.now() - timedelta(seconds=1))
    assert kind.plans.settle_owed(5) == 1
    plan.refresh_from_db()
    assert (plan.state, refusal_of(lambda: kind.plans.apply(by=organiser, plan=plan))) == ("failed", "state.apply")
    page = page_of(enter(organiser), kind, plan, "en")[0]
    assert "The server stopped while it was at work on this" in page
    assert 'value="discard"' in page
    kind.plans.discard(by=organiser, plan=plan)
    plan.refresh_from_db()
    assert (plan.state, recorded(plan)) == ("discarded", ["propose", "discard"])


def test_a_plan_set_aside_while_it_is_being_solved_is_never_shown(kind, organiser):
    plan = kind.propose(organiser)
    worker = kind.plans.take(plan.pk)
    kind.plans.discard(by=organiser, plan=plan)
    assert kind.plans.finish(worker, kind.plans.do(worker)) == OVERTAKEN
    plan.refresh_from_db()
    assert (plan.state, plan.file, plan.progress) == ("discarded", "", {})
    assert refusal_of(lambda: kind.plans.apply(by=organiser, plan=plan)) == "state.apply"
    assert kind.written() == 0


def test_how_far_it_is_is_noted_once_a_second_and_asked_for_by_itself(kind, organiser, enter):
    plan, client = kind.propose(organiser), enter(organiser)
    asks = {"HX-Request": "true", "HX-Target": "plan-solving"}
    assert "It is in the queue." in page_of(client, kind, plan, "en", **asks)[0]
    worker = kind.plans.take(plan.pk)
    tell = teller(kind.plans.mine(worker))
    for seconds, value in ((2.04, 9), (2.9, 8), (3.1, float("inf"))):
        tell(seconds, value=value, bound=5.0, level="wishes")
    plan.refresh_from_db()
    assert plan.progress == {"seconds": 3.1, "bound": 5.0, "level": "wishes"}
    tell(9.0, value=7, bound=5.0, level="wishes")
    for language, said in (("en", r"(Working for|After) 9 s"), ("fr", "9 s.* 7")):
        part, answer = page_of(client, kind, plan, language, **asks)
        assert re.search(said, part), part
        assert "<html" not in part
        assert "HX-Refresh" not in answer
    assert 'value="discard"' in page_of(client, kind, plan, "en")[0]
    kind.plans.finish(worker, kind.plans.do(worker))
    tell(20.0, value=1, bound=1.0, level="wishes")
    plan.refresh_from_db()
    assert plan.progress["seconds"] < 20, "who holds no lease says nothing"
    assert page_of(client, kind, plan, "en", **asks)[1]["HX-Refresh"] == "true"


def test_only_who_runs_it_proposes_applies_and_sets_aside(kind, organiser, stranger):
    plan = solved(kind, organiser)
    for act in (
        lambda: kind.propose(stranger),
        lambda: kind.plans.apply(by=stranger, plan=plan),
        lambda: kind.plans.discard(by=stranger, plan=plan),
    ):
        with pytest.raises(Forbidden):
            act()
    plan.refresh_from_db()
    assert (plan.state, kind.written(), kind.plans.all().count()) == ("proposed", 0, 1)


def test_a_plan_that_is_not_what_its_fingerprints_say_is_found(kind, organiser):
    plan = solved(kind, organiser)
    assert list(kind.plans.faults()) == []
    kind.plans.model.objects.update(
        inputs=plan.inputs.replace('"seed":0', '"seed":0,"more":1'), file=plan.file.replace('"seed":0', '"seed":1')
    )
    assert [fault.partition(": ")[2] for fault in kind.plans.faults()] == [
        "what it was made from is not what its fingerprint says",
        "its answer is not what its fingerprint says",
    ]


# Two at once, in processes of their own.


def prepare(name: str) -> int:
    build.person(ORGANISER, role="organiser", organisation=build.secretariat())
    KINDS[name].lay()
    return solved(KINDS[name], User.objects.get(email=ORGANISER)).pk


def apply(name: str, pk: int) -> int:
    plans = KINDS[name].plans
    return len(plans.apply(by=User.objects.get(email=ORGANISER), plan=plans.model.objects.get(pk=pk)))


def discard(name: str, pk: int) -> str:
    plans = KINDS[name].plans
    return plans.discard(by=User.objects.get(email=ORGANISER), plan=plans.model.objects.get(pk=pk)).state


def propose(name: str) -> str:
    return KINDS[name].propose(User.objects.get(email=ORGANISER)).state


def books(name: str) -> Any:
    kind = KINDS[name]
    ended = Event.objects.filter(object_type=kind.plans.model._meta.label_lower, verb__in=["apply", "discard"])
    placed = Candidate.objects.filter(state="placed").count() + Scorecard.objects.count()
    return kind.written(), placed, sorted(ended.values_list("object_id", "verb"))


@pytest.mark.processes
@pytest.mark.parametrize("name", sorted(KINDS))
def test_applied_three_times_at_once_it_is_applied_once(place, name):
    pk, made = place.run(prepare, name), KINDS[name].makes
    told = place.at_once([(apply, name, pk)] * 3)
    assert sorted(told, key=str) == [("refused", "state.apply")] * 2 + [made]
    assert place.run(books, name) == (made, made, [(str(pk), "apply")])


@pytest.mark.processes
@pytest.mark.parametrize("name", sorted(KINDS))
def test_applied_set_aside_and_proposed_anew_at_once_it_ends_once_and_nobody_waits_in_a_ring(place, name):
    pk, made = place.run(prepare, name), KINDS[name].makes
    told = place.at_once([(apply, name, pk), (discard, name, pk), (propose, name)])
    is_applied = told[0] == made
    assert told[0] in (made, ("refused", "state.apply"))
    # Proposed anew, the jury's plan puts the older one aside; once all have a place, nobody is left to be placed.
    assert told[2] in ("solving", ("refused", "placement.nobody"))
    assert place.run(books, name) == (
        (made, made, [(str(pk), "apply")]) if is_applied else (0, 0, [(str(pk), "discard")])
    )
