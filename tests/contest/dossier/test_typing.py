"""What is typed into a step of a dossier, entry or application, is kept by one door."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from contest.models import Entry
from corridor.applications.services.applications import start_application
from corridor.models import Application
from network.devices import offline_boxes
from network.models import Event
from tests import build


@pytest.fixture
def entry(db):
    edition = build.edition()
    edition.questions.create(code="users", text={"en": "Users?"}, kind="number", is_required=False)
    entry = build.entry(edition, build.startup("Clay", build.city()), state="draft", title="Old", summary="")
    author = build.person("ana@clay.example", "Ana", "founder", entry.startup.organisation)
    return SimpleNamespace(row=entry, author=author, step="pitch", address="entry_step", part="title", call=edition)


@pytest.fixture
def application(db):
    programme = build.graduates()
    call = programme.call
    call.opens_at, call.closes_at = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    call.save()
    author = build.person("bo@mail.example", "Bo")
    row = start_application(by=author, programme=programme)
    return SimpleNamespace(
        row=row, author=author, step="motivation", address="application_step", part="motivation", call=call
    )


@pytest.fixture(params=["entry", "application"])
def dossier(request):
    return request.getfixturevalue(request.param)


def type_in(client, dossier, values, version=1, step=None, user=None):
    """(status, answer) of what the script of the step's page sends."""
    address = reverse(f"{dossier.address}_save", args=[dossier.row.pk, step or dossier.step])
    box = offline_boxes(user or dossier.author)[0]["name"]
    sent = {"user": box, "version": version, "values": values}
    answer = client.post(address, json.dumps(sent), content_type="application/json")
    return answer.status_code, answer.json() if "json" in answer["Content-Type"] else None


def kept(dossier):
    dossier.row.refresh_from_db()
    return getattr(dossier.row, dossier.part), dossier.row.version


def test_what_is_typed_is_kept_and_no_event_tells_of_it(dossier, enter):
    status, told = type_in(enter(dossier.author), dossier, {dossier.part: "Typed"})
    assert (status, told["version"], told["errors"]) == (200, 2, {})
    assert told["saved"].startswith("Saved ")
    assert kept(dossier) == ("Typed", 2)
    assert not Event.objects.filter(verb="save").exists()


def test_the_same_sent_twice_is_kept_once(dossier, enter):
    client = enter(dossier.author)
    for _time in range(2):
        assert type_in(client, dossier, {dossier.part: "Typed"})[0] == 200
    assert kept(dossier) == ("Typed", 2)


def test_a_stale_page_is_shown_what_is_kept_and_changes_nothing(dossier, enter):
    client = enter(dossier.author)
    type_in(client, dossier, {dossier.part: "First tab"})
    status, told = type_in(client, dossier, {dossier.part: "Second tab"}, version=1)
    assert (status, told["kept"]["version"]) == (409, 2)
    assert told["kept"]["values"][dossier.part] == "First tab"
    assert kept(dossier) == ("First tab", 2)


def test_after_the_deadline_the_reason_is_told_and_nothing_is_kept(dossier, enter):
    client = enter(dossier.author)
    before = kept(dossier)
    closes = "call_closes" if dossier.address == "entry_step" else "closes_at"
    setattr(dossier.call, closes, timezone.now() - timedelta(minutes=1))
    dossier.call.save()
    status, told = type_in(client, dossier, {dossier.part: "Too late"})
    assert status == 409
    assert "closed on" in told["detail"]
    assert "kept" not in told
    assert kept(dossier) == before


def test_whoever_is_logged_out_or_somebody_else_is_told_so(dossier, client, enter):
    assert type_in(client, dossier, {dossier.part: "x"})[1]["code"] == "user.none"
    stranger = build.person("stranger@mail.example", "Stranger")
    assert type_in(enter(stranger), dossier, {dossier.part: "x"})[1]["code"] == "user.other"
    assert type_in(enter(stranger), dossier, {dossier.part: "x"}, user=stranger)[0] == 404


def test_steps_that_are_not_typed_in_are_not_kept_by_this_door(dossier, enter):
    assert type_in(enter(dossier.author), dossier, {"accepts": "on"}, step="check")[0] == 404


def test_a_field_in_fault_keeps_what_it_had_and_the_others_are_kept(entry, enter):
    status, told = type_in(enter(entry.author), entry, {"title": "x" * 151, "summary": "Clay dries.", "category": "0"})
    assert status == 200
    assert sorted(told["errors"]) == ["category", "title"]
    row = Entry.objects.get(pk=entry.row.pk)
    assert (row.title, row.summary, row.category) == ("Old", "Clay dries.", entry.call.categories.get())


def test_answers_are_kept_by_their_kind(entry, enter):
    question = entry.call.questions.get()
    client, name = enter(entry.author), f"question_{question.pk}"
    assert type_in(client, entry, {name: "12"}, step="questions")[1]["errors"] == {}
    told = type_in(client, entry, {name: "a dozen"}, version=2, step="questions")[1]
    assert list(told["errors"]) == [name]
    assert entry.row.answers.get().value == "12"


def test_several_chosen_and_a_day_are_kept(application, enter):
    values = {"languages": "en\nfr", "born_on": "2001-05-02", "nationality": "FR", "home_city": "", "address": "Here"}
    assert type_in(enter(application.author), application, values, step="you")[1]["errors"] == {}
    row = Application.objects.get(pk=application.row.pk)
    assert (sorted(row.languages), str(row.born_on), row.nationalities) == (["en", "fr"], "2001-05-02", ["FR"])


def test_a_day_that_a_rule_refuses_is_told_at_its_place_and_the_rest_is_kept(application, enter):
    values = {"born_on": timezone.now().date().isoformat(), "address": "12 rue Haute"}
    told = type_in(enter(application.author), application, values, step="you")[1]
    assert list(told["errors"]) == ["born_on"]
    row = Application.objects.get(pk=application.row.pk)
    assert (row.born_on, row.address) == (None, "12 rue Haute")


def test_what_is_sent_stays_whole_and_is_sent_again(entry, enter):
    question = entry.call.questions.get()
    question.delete()
    Entry.objects.filter(pk=entry.row.pk).update(
        state="eligible", summary="Clay.", submitted_at=timezone.now(), submitted_version=1
    )
    client = enter(entry.author)
    told = type_in(client, entry, {"title": "", "summary": "Clay dries."})[1]
    assert list(told["errors"]) == ["title"]
    row = Entry.objects.get(pk=entry.row.pk)
    assert (row.title, row.summary, row.state, row.submitted_version) == ("Old", "Clay dries.", "submitted", 2)


def test_a_page_of_what_is_sent_says_that_typing_stays_on_the_device(entry, enter):
    client, address = enter(entry.author), reverse("entry_step", args=[entry.row.pk, "pitch"])
    assert client.get(address).context["typing"]["is_held"] is False
    Entry.objects.filter(pk=entry.row.pk).update(state="submitted", submitted_at=timezone.now())
    assert b'data-held="yes"' in client.get(address).content


def test_without_a_script_a_form_sent_twice_is_saved_once(dossier, enter):
    client, address = enter(dossier.author), reverse(dossier.address, args=[dossier.row.pk, dossier.step])
    values = {"version": 1, dossier.part: "By hand", "language": "en"}
    for _time in range(2):
        assert client.post(address, values).status_code == 302
    assert kept(dossier) == ("By hand", 2)
