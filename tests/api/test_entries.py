"""/api/v1/entries/: who reads which, and writes through the same services."""

from contest.entries.services.help import ask_for_help
from contest.models import Entry
from tests import build

LIST = "/api/v1/entries/"


def a_draft(city, **fields):
    """A founder's draft in an open call, and the founder."""
    edition = build.edition("open", rules_version=2)
    firm = build.startup("Sensors", city)
    founder = build.person("founder@sensors.example", "Fatou", role="founder", organisation=firm.organisation)
    return build.entry(edition, firm, state="draft", **fields), founder


def test_each_role_reads_its_entries(stage, ids, organiser, stranger, city):
    draft, founder = a_draft(city)
    coordinator = build.person("c@braga.example", role="coordinator", organisation=build.city_hall(build.city("braga")))
    local = build.person("c@clermont.example", role="coordinator", organisation=build.city_hall(city))
    first, second, third = (entry.pk for entry in stage.entries)
    assert ids(organiser, LIST) == [first, second, third]  # a draft is counted, not read
    assert ids(founder, LIST) == [draft.pk]
    assert ids(stage.founder(2), LIST) == [second]
    assert ids(coordinator, LIST) == [first]
    assert ids(local, LIST) == []  # the draft is the team's alone until it is sent
    assert ids(stage.juror(1), LIST) == []  # a juror reads in the scorecard
    assert ids(stranger, LIST) == []


def test_a_visitor_reads_nothing(stage, client):
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{stage.entries[0].pk}/").status_code == 403


def test_somebody_elses_entry_is_not_found(stage, enter, send):
    address = f"{LIST}{stage.entries[0].pk}/"
    assert enter(stage.founder(2)).get(address).status_code == 404
    assert send(stage.founder(2), "patch", address, {"version": 1, "title": "Mine now"})[0] == 404
    assert send(stage.founder(2), "post", f"{address}submit/", {"rules_version": 1})[0] == 404


def test_what_an_entry_holds(stage, enter):
    entry = stage.entries[0]
    body = enter(stage.founder(1)).get(f"{LIST}{entry.pk}/").json()
    submitted_at = body.pop("submitted_at")
    assert submitted_at.startswith("2026-11-01T12:00:00")
    assert body == {
        "id": entry.pk,
        "code": "E01",
        "edition": "2027",
        "startup": "Firm 1 of 2027",
        "city": "braga",
        "category": "energy",
        "title": "Firm 1 of 2027 pitches",
        "summary": "What we do.",
        "language": "en",
        "video_url": "",
        "answers": [],
        "state": "nominated",
        "version": 1,
        "nomination": {"slot": 1, "competing_slot": 1},
    }


def test_a_team_saves_its_draft_by_parts(city, send):
    draft, founder = a_draft(city)
    question = draft.edition.questions.create(code="who", text={"en": "Who pays?"})
    body = {"version": 1, "title": "Rivers", "category": None, "answers": {"who": "Cities."}}
    status, answer = send(founder, "patch", f"{LIST}{draft.pk}/", body)
    assert (status, answer["title"], answer["category"], answer["version"]) == (200, "Rivers", None, 2)
    assert answer["answers"] == [{"question": "who", "text": "Who pays?", "value": "Cities.", "in_words": "Cities."}]
    assert answer["summary"] == "What we do."
    assert draft.answers.get(question=question).value == "Cities."


def test_a_stale_save_is_refused_with_what_is_kept(city, send):
    draft, founder = a_draft(city, version=4, title="Kept")
    status, answer = send(founder, "patch", f"{LIST}{draft.pk}/", {"version": 3, "title": "Lost?"})
    assert (status, answer["code"]) == (409, "entry.stale")
    assert (answer["current"]["title"], answer["current"]["version"]) == ("Kept", 4)
    draft.refresh_from_db()
    assert draft.title == "Kept"


def test_an_unknown_question_or_category_changes_nothing(city, send):
    draft, founder = a_draft(city)
    address = f"{LIST}{draft.pk}/"
    assert send(founder, "patch", address, {"version": 1, "title": "New", "answers": {"zzz": "x"}}) == (
        400,
        {"answers": ["This edition has no question “zzz”."]},
    )
    status, told = send(founder, "patch", address, {"version": 1, "title": "New", "category": "zzz"})
    assert (status, told) == (400, {"category": ["This edition has no category “zzz”."]})
    assert send(founder, "patch", address, {"title": "New"}) == (400, {"version": ["This field is required."]})
    draft.refresh_from_db()
    assert draft.title == "Sensors pitches"


def test_an_organiser_may_read_but_not_write(city, organiser, send):
    draft, founder = a_draft(city)
    assert send(organiser, "patch", f"{LIST}{draft.pk}/", {"version": 1, "title": "Better"})[0] == 404
    ask_for_help(by=founder, entry=draft, asks=True)
    status, answer = send(organiser, "patch", f"{LIST}{draft.pk}/", {"version": 1, "title": "Better"})
    assert (status, answer["code"]) == (403, "entry.team")


def test_submitting_accepts_the_rules_in_force(city, send):
    draft, founder = a_draft(city)
    address = f"{LIST}{draft.pk}/submit/"
    status, answer = send(founder, "post", address, {"rules_version": 1})
    assert (status, answer["code"], answer["field"]) == (409, "entry.rules", "accepts")
    status, answer = send(founder, "post", address, {"rules_version": 2})
    assert (status, answer["state"]) == (200, "submitted")
    assert Entry.objects.get(pk=draft.pk).submitted_by == founder


def test_lists_are_filtered(stage, ids, organiser, city):
    draft, founder = a_draft(city)
    first, second, third = (entry.pk for entry in stage.entries)
    assert ids(organiser, f"{LIST}?edition=2027") == [first, second, third]
    assert ids(organiser, f"{LIST}?city=cuneo") == [second]
    assert ids(organiser, f"{LIST}?state=draft") == []
    ask_for_help(by=founder, entry=draft, asks=True)
    assert ids(organiser, f"{LIST}?state=draft") == [draft.pk]
    assert ids(organiser, f"{LIST}?category=none") == []


def test_pages_hold_fifty(db, enter, organiser):
    build.competing(build.edition("big"), 51)
    first = enter(organiser).get(LIST).json()
    assert (first["count"], len(first["results"])) == (51, 50)
    assert len(enter(organiser).get(first["next"]).json()["results"]) == 1
