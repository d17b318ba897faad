"""“This is a draft: nobody but your team sees it”: counted everywhere, read nowhere, until the team asks for help."""

import pytest

from contest.entries.exports import entries_sheet
from contest.entries.services.entries import submit_entry, withdraw_entry
from contest.entries.services.help import ask_for_help
from contest.models import Entry
from judging.jury.forms.jurors import JurorForm
from network.models import Event, Message
from tests import build
from tests.contest import cast
from toolkit.refusals import Forbidden, Refusal

SECRET = "Zephyrwing"


@pytest.fixture
def draft(founder, city):
    """A whole draft of a start-up of Clermont-Ferrand, with its secret in every text, and a sent entry beside it."""
    edition = build.edition()
    cast.ask(edition)
    firm = cast.startup_of(founder)
    firm.organisation.name = f"{SECRET} Ltd"
    firm.organisation.save()
    other = build.entry(edition, build.startup("Other", city), title="Sent and read")
    entry = cast.draft(founder, edition)
    entry.title, entry.summary = f"{SECRET} title", f"{SECRET} pitch"
    entry.save()
    assert other.state == "submitted"
    return entry


def reads_of(draft, organiser, coordinator, enter) -> dict[str, bool]:
    """{surface: whether the draft can be read there} for the organiser and the city,
    the sent entry being readable in each."""
    slug, pk = draft.edition.slug, draft.pk
    desk, city = enter(organiser), enter(coordinator)
    pages = {
        "list": desk.get(f"/organise/editions/{slug}/entries/"),
        "search": desk.get(f"/organise/editions/{slug}/entries/?words={SECRET}"),
        "drafts": desk.get(f"/organise/editions/{slug}/entries/?state=draft"),
        "overview": desk.get(f"/organise/editions/{slug}/"),
        "page": desk.get(f"/organise/editions/{slug}/entries/{pk}/"),
        "unsettled": desk.get(f"/organise/editions/{slug}/cities/"),
        "csv": desk.get(f"/organise/editions/{slug}/exports/entries.csv"),
        "api": desk.get("/api/v1/entries/"),
        "api, one": desk.get(f"/api/v1/entries/{pk}/"),
        "home": desk.get("/home/"),
        "city": city.get(f"/city/{draft.city.slug}/{slug}/"),
        "city, page": city.get(f"/city/entries/{pk}/"),
        "city, api": city.get("/api/v1/entries/"),
    }
    found = {
        name: SECRET in _body(page).replace(f"words={SECRET}", "").replace(f'value="{SECRET}"', "")
        for name, page in pages.items()
    }
    found["sheet"] = SECRET in str(entries_sheet(draft.edition, organiser).rows)
    juror = JurorForm(None, edition=draft.edition, for_city=None, initial={})
    found["forms of the jury"] = juror.fields["own_entry"].queryset.filter(pk=pk).exists()
    return {name: seen for name, seen in found.items() if seen}


def _body(page) -> str:
    return (b"".join(page.streaming_content) if page.streaming else page.content).decode()


def test_a_draft_is_counted_and_not_read(draft, organiser, coordinator, enter):
    assert reads_of(draft, organiser, coordinator, enter) == {}
    page = enter(organiser).get(f"/organise/editions/{draft.edition.slug}/entries/").content.decode()
    assert "1 draft is being written" in page
    assert "Other" in page
    assert "1 entry" in page
    city = enter(coordinator).get(f"/city/{draft.city.slug}/{draft.edition.slug}/").content.decode()
    assert "1 draft of your city is being written" in city
    assert enter(organiser).get("/api/v1/entries/").json()["count"] == 1


def test_what_was_withdrawn_unsent_stays_the_teams_own(draft, founder, organiser, coordinator, enter):
    withdraw_entry(by=founder, entry=draft, reason="")
    assert reads_of(draft, organiser, coordinator, enter) == {}


def test_who_asks_for_help_is_read_by_the_organiser_until_it_is_taken_back(
    draft, founder, organiser, coordinator, enter
):
    team = enter(founder)
    assert "nobody but your team sees it" in team.get(f"/entries/{draft.pk}/").content.decode()
    team.post(f"/entries/{draft.pk}/help/", {"asks": "yes"})
    seen = reads_of(draft, organiser, coordinator, enter)
    assert {"list", "search", "page", "csv", "api", "sheet"} <= set(seen)
    assert not {"city", "city, page", "city, api", "forms of the jury"} & set(seen)
    assert "the organiser can read it" in team.get(f"/entries/{draft.pk}/").content.decode()
    mail = Message.objects.get(kind="contest.help_asked")
    assert (mail.to_user, SECRET in mail.subject) == (organiser, True)
    team.post(f"/entries/{draft.pk}/help/", {"asks": "no"})
    assert reads_of(draft, organiser, coordinator, enter) == {}
    told = Event.objects.filter(object_type="contest.entry", verb__in=["ask_help", "end_help"]).order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["ask_help", "end_help"]


def test_only_the_team_asks_and_only_for_a_draft(draft, founder, organiser, coordinator):
    for person in (organiser, coordinator):
        with pytest.raises(Forbidden):
            ask_for_help(by=person, entry=draft, asks=True)
    ask_for_help(by=founder, entry=draft, asks=True)
    ask_for_help(by=founder, entry=draft, asks=True)
    assert Message.objects.filter(kind="contest.help_asked").count() == 1
    draft.refresh_from_db()
    sent = submit_entry(by=founder, entry=draft, rules_version=draft.edition.rules_version)
    assert Entry.objects.get(pk=sent.pk).help_asked_at is None
    with pytest.raises(Refusal):
        ask_for_help(by=founder, entry=sent, asks=True)
