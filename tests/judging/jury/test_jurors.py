"""The jury is invited by mail; the seat is taken by whoever proves to hold the address;
the sample edition's jury can be drawn."""

import tomllib

import pytest
from django.conf import settings

from judging.domain.assignment import assign
from judging.jury.kinds.assignment_rules import asked_in, usual_rules
from judging.jury.services.jurors import invite_juror, update_juror, withdraw_juror
from judging.models import Juror, Round
from network.models import Invitation, Message
from network.services import accept_invitation
from tests import build
from toolkit.refusals import Forbidden, Refusal


@pytest.fixture
def edition(db):
    return build.edition("2027")


def invite(by, edition, **fields):
    return invite_juror(by=by, edition=edition, email="Ana@jury.example", full_name="Ana Juror", **fields)


def test_an_invitation_names_the_jury_in_the_juror_s_language(organiser, edition):
    juror = invite(organiser, edition, languages=["fr"], expertise=edition.categories.all(), language="fr", load_max=4)
    assert (juror.state, juror.email, juror.user, juror.load_max) == ("invited", "ana@jury.example", None, 4)
    assert list(juror.expertise.all()) == list(edition.categories.all())
    mail = Message.objects.get(kind="invitation")
    assert (mail.to_email, mail.language) == ("ana@jury.example", "fr")
    assert "Édition 2027" in mail.text


def test_the_seat_is_taken_by_who_holds_the_address(organiser, edition, stranger):
    juror = invite(organiser, edition)
    token = Invitation.objects.get().token
    with pytest.raises(Refusal) as refused:
        accept_invitation(by=stranger, token=token)
    assert refused.value.code == "invitation.address"
    ana = build.person("ana@jury.example", "Ana Juror")
    accept_invitation(by=ana, token=token)
    juror.refresh_from_db()
    assert (juror.state, juror.user) == ("active", ana)
    with pytest.raises(Refusal) as refused:
        invite(organiser, edition)
    assert refused.value.code == "juror.known"


def test_one_person_one_seat(organiser, edition):
    ana = build.person("ana@jury.example")
    build.juror(edition, 1, user=ana, email="ana@elsewhere.example")
    invite(organiser, edition)
    with pytest.raises(Refusal) as refused:
        accept_invitation(by=ana, token=Invitation.objects.get().token)
    assert refused.value.code == "juror.twice"


def test_whoever_left_can_be_invited_again_to_the_same_seat(organiser, edition):
    juror = invite(organiser, edition)
    withdraw_juror(by=organiser, juror=juror, reason="Typed wrongly")
    assert invite(organiser, edition).pk == juror.pk
    assert Juror.objects.get().state == "invited"


def test_only_the_organiser_invites_and_only_the_juror_or_they_correct(organiser, edition, stranger, coordinator):
    for person in (stranger, coordinator):
        with pytest.raises(Forbidden):
            invite(person, edition)
    juror = build.juror(edition, 1)
    with pytest.raises(Forbidden):
        update_juror(by=stranger, juror=juror, languages=["en"])
    assert update_juror(by=juror.user, juror=juror, languages=["pt"], load_max=2).languages == ["pt"]


def test_who_sees_which_round(stage, organiser, stranger, coordinator):
    draft = build.round(stage.edition, order=2)
    own = build.round(stage.edition, order=1, city=coordinator.memberships.get().organisation.city)
    assert set(Round.objects.visible_to(organiser)) == {stage.round, draft, own}
    assert set(Round.objects.visible_to(coordinator)) == {own}
    assert set(Round.objects.visible_to(stage.jurors[0].user)) == {stage.round}
    assert list(Round.objects.visible_to(stranger)) == []


def test_the_sample_edition_s_fourteen_entries_and_nine_jurors_are_drawn_to_optimality():
    """Its own cities, languages and fields; three jurors for each entry; nobody scores their own city."""
    data = tomllib.loads((settings.BASE_DIR / "data" / "editions" / "sample.toml").read_text(encoding="utf-8"))
    entries, jurors = data["startups"], data["jurors"]
    own_city = {(e["slug"], j["name"]) for e in entries for j in jurors if e["city"] == j["city"]}
    reads = {(e["slug"], j["name"]) for e in entries for j in jurors if e["language"] in j["languages"]}
    solution = assign.assign(
        assign.Problem(
            entries=tuple(assign.Entry(e["slug"], 3, e["language"], e["category"]) for e in entries),
            jurors=tuple(
                assign.Juror(j["name"], 7, 2, frozenset(j["languages"]), frozenset(j["expertise"])) for j in jurors
            ),
            conflicts=frozenset(own_city),
            rules=tuple(asked_in(row).stated() for row in usual_rules()),
            seed=2027,
        )
    )
    assert (len(entries), len(jurors), solution.is_optimal, solution.units("language")) == (14, 9, True, 0)
    assert len(solution.pairs) == 42
    assert own_city
    assert not set(solution.pairs) & own_city
    assert set(solution.pairs) <= reads
