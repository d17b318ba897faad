"""Practice before the real round: on samples, the same for all, with a spread to talk about, and never in a result."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from contest.models import Edition, Entry
from judging.jury.services.jurors import accept_juror
from judging.jury.services.opening import open_round
from judging.models import Assignment, Round
from judging.practice.services.practice import make_practice_round, open_practice, pick_sample
from judging.results.services.closing import close_round
from network.models import Invitation
from tests import build
from toolkit.refusals import Refusal


@pytest.fixture
def practice(organiser, enter):
    """A draft round with groups, its practice round made over the pages,
    with one sample of last year and one that is written."""
    edition, last_year = build.edition("2027"), build.edition("2026")
    round = build.round(edition, others_marks="never")
    group = round.groups.create(code="plan", name={"en": "Plan"}, weight=60_000)
    inner = round.groups.create(code="inner", name={"en": "Inner"}, weight=40_000, parent=group)
    round.criteria.filter(code="market").update(group=inner)
    jurors = [build.juror(edition, n, build.city("braga")) for n in (1, 2)]
    [old] = build.competing(last_year, 1)
    client = enter(organiser)
    page = f"/organise/rounds/{round.pk}/practice/"
    assert "Let the jury practise" in client.get(page).content.decode()
    answer = client.post(page, {"opens_at": "2020-02-01T09:00", "closes_at": "2090-02-01T09:00"})
    made = Round.objects.get(is_calibration=True)
    page = f"/organise/rounds/{made.pk}/practice/"
    assert answer.headers["Location"] == page
    client.post(page, {"pick": "yes", "entry": old.pk})
    client.post(
        page, {"write": "yes", "title": "Solar kites", "summary": "Kites that light streets.", "language": "en"}
    )
    return SimpleNamespace(
        edition=edition, round=round, made=made, jurors=jurors, old=old, client=client, page=page, enter=enter
    )


def refusal(act, **given) -> str:
    with pytest.raises(Refusal) as refused:
        act(**given)
    return refused.value.code


def test_a_practice_round_copies_the_rule_and_weighs_nothing(practice):
    made = practice.made
    assert (made.weight, made.shows_names, made.others_marks, made.state) == (0, False, "after_submitting", "draft")
    assert str(made.name) == "Practice: Round 1"
    assert [(c.code, c.weight, c.group and c.group.code) for c in made.criteria.all()] == [
        ("innovation", 60_000, None),
        ("market", 40_000, "inner"),
    ]
    assert made.criteria.get(code="market").group.parent.round == made
    assert practice.round.criteria.count() == 2
    written = Entry.objects.get(title="Solar kites")
    assert (written.edition.slug, written.edition.is_sample, written.edition.is_public) == (
        "practice-entries",
        True,
        False,
    )


def test_samples_are_of_other_editions_and_fixed_once_open(practice, organiser):
    [own] = build.competing(practice.edition, 1, cities=["cuneo"])
    assert refusal(pick_sample, by=organiser, round=practice.made, entry=own) == "sample.own"
    assert refusal(pick_sample, by=organiser, round=practice.made, entry=practice.old) == "sample.twice"
    assert refusal(pick_sample, by=organiser, round=practice.round, entry=practice.old) == "sample.fixed"
    sample = practice.made.samples.get(entry=practice.old)
    practice.client.post(practice.page, {"remove": sample.pk})
    assert practice.made.samples.count() == 1
    open_practice(by=organiser, round=practice.made)
    assert refusal(pick_sample, by=organiser, round=practice.made, entry=practice.old) == "sample.fixed"
    assert refusal(open_practice, by=organiser, round=practice.round) == "sample.fixed"


def test_all_jurors_get_the_same_samples_and_see_the_spread_with_the_reference_once_they_submit(practice, organiser):
    """Also a juror of the city that an old entry comes from: only a closer tie keeps a sample away."""
    sample = practice.made.samples.get(entry=practice.old)
    first, second = practice.made.criteria.all()
    typed = {
        f"s{sample.pk}-m{first.pk}": "3",
        f"s{sample.pk}-m{second.pk}": "",
        f"s{sample.pk}-comment": "No trial yet",
    }
    practice.client.post(practice.page, {"reference": sample.pk, **typed})
    assert "is open" in practice.client.post(practice.page, {"open": "yes"}, follow=True).content.decode()
    seats = Assignment.objects.filter(round=practice.made)
    assert {(seat.juror_id, seat.entry_id) for seat in seats} == {
        (juror.pk, entry)
        for juror in practice.jurors
        for entry in practice.made.samples.values_list("entry", flat=True)
    }
    one, two = (seats.get(juror=juror, entry=practice.old).scorecard for juror in practice.jurors)
    build.marks(two, 5, 1)
    client, place = practice.enter(practice.jurors[0].user), f"/judging/scorecards/{one.pk}/"
    before = client.get(place).content.decode()
    assert "Practice: counts for nothing" in before
    assert "No trial yet" not in before
    assert practice.old.startup.name not in before
    assert "conflict of interest" not in before
    build.marks(one, 2, 2)
    page = client.get(place)
    [row, other] = page.context["others"]
    assert (row.own, row.reference, row.lowest, row.median, row.highest, row.number) == (
        "2.0", "3.0", "2.0", "3.5", "5.0", 2,
    )  # fmt: skip
    assert (other.lowest, other.reference, other.counts) == ("1.0", "", "1 once; 2 once")
    assert "No trial yet" in page.content.decode()
    assert "Juror 2" not in page.content.decode()
    assert "Nothing here counts" in client.get("/judging/").content.decode()
    assert "2 once; 5 once" in practice.client.get(practice.page).content.decode()


def test_a_juror_who_accepts_later_takes_part(practice, organiser):
    open_practice(by=organiser, round=practice.made)
    late = build.juror(practice.edition, 3, state="invited", user=None)
    invitation = Invitation(object_id=late.pk)
    accept_juror(invitation, build.person("juror3@jury3.example", "Juror 3"))
    assert Assignment.objects.filter(round=practice.made, juror=late).count() == 2


def test_practice_is_in_no_result_and_in_nobodys_way(practice, organiser):
    """The real round opens, closes and carries as if there had been no practice."""
    open_practice(by=organiser, round=practice.made)
    assert refusal(close_round, by=organiser, round=practice.made) == "round.practice"
    for entry in build.competing(practice.edition, 2, cities=["cuneo"]):
        build.marks(build.assign(practice.round, practice.jurors[0], entry), 4, 3)
    practice.round.criteria.update(group=None)
    practice.round.groups.filter(parent__isnull=False).delete()
    practice.round.groups.all().delete()
    open_round(by=organiser, round=practice.round)
    Round.objects.filter(pk=practice.made.pk).update(order=0)
    assert practice.round.previous() is None
    result = close_round(by=organiser, round=practice.round)
    assert len(json.loads(result.file)["entries"]) == 2
    final = build.round(practice.edition, order=9)
    assert final.previous() == practice.round
    rounds = practice.client.get(f"/organise/editions/{practice.edition.slug}/rounds/")
    assert "Weights of the rounds together: 200" in rounds.content.decode()
    assert practice.client.get(f"/organise/rounds/{practice.made.pk}/progress/").status_code == 200
    assert Edition.objects.filter(slug="practice-entries", is_public=True).count() == 0


def test_a_practice_that_ends_before_it_begins_or_has_nobody_is_refused(practice, organiser):
    now = timezone.now()
    window = {"opens_at": now, "closes_at": now - timedelta(days=1)}
    assert refusal(make_practice_round, by=organiser, round=practice.round, **window) == "round.closes_at"
    practice.made.samples.all().delete()
    assert refusal(open_practice, by=organiser, round=practice.made) == "sample.none"
    pick_sample(by=organiser, round=practice.made, entry=practice.old)
    for juror in practice.jurors:
        juror.state = "withdrawn"
        juror.save()
    assert refusal(open_practice, by=organiser, round=practice.made) == "round.no_jurors"
