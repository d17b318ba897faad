"""What a stay holds about people: a copy of it, and its erasure once the stay is over."""

import json

import pytest

from corridor.life.personal_data import personal_data
from corridor.life.services.erasure import erase_stay
from corridor.life.services.log import note_hours, save_incident, send_letter
from corridor.life.services.travellers import TravellerDraft, save_travellers
from corridor.models import Candidate, Report, Stay
from network.models import Event, Message
from tests.corridor.life.test_figures import filed
from toolkit import clock
from toolkit.protocols import providers
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db
SECRET = "Zanzibar"  # stands in every text that people wrote


@pytest.fixture
def written(stay, cast, at):
    """Alpha's stay, with a traveller, a letter, an hour, an incident and a report,
    and another team's letter beside it."""
    team, host = cast["team"], cast["host"]
    person = TravellerDraft(f"Ana {SECRET}", ["FR"], stay.starts, stay.ends)
    save_travellers(by=team, stay=stay, travellers=[person])
    with clock.at(at(2, 2)):
        send_letter(by=team, stay=stay, text=f"Dear {SECRET}")
        note_hours(by=host, stay=stay, day=at(2, 1).date(), minutes=60, mentor=f"Rui {SECRET}", about=SECRET)
        incident = save_incident(by=host, stay=stay, incident=None, day=at(2, 1).date(), what=SECRET, done="")
        save_incident(by=host, stay=stay, incident=incident, day=at(2, 1).date(), what=SECRET, done=f"Told {SECRET}")
    Stay.objects.filter(pk=stay.pk).update(state="confirmed")
    Candidate.objects.filter(pk=stay.candidate_id).update(nationalities=[["FR", "SN"], ["IN"]])
    filed(stay, "final", team, at(7, 2), jobs_full_time=5, gained=f"Met {SECRET}", survival="operating")
    return Stay.objects.with_parties().get(pk=stay.pk)


def rows_with_words(stay) -> list[str]:
    kinds = [stay.travellers, stay.letters, stay.mentor_hours, stay.incidents, stay.reports]
    mails = list(Message.objects.filter(kind="corridor.letter").values("text", "html"))
    return [SECRET for row in [*(list(kind.values()) for kind in kinds), mails] if SECRET in str(row)]


def test_what_people_wrote_goes_and_what_must_stay_stays(written, cast, at):
    assert len(rows_with_words(written)) == 6
    with clock.at(at(6, 1)), pytest.raises(Refusal, match="not over"):
        erase_stay(by=cast["organiser"], stay=written, reason="Asked for it.")
    with clock.at(at(8, 1)):
        with pytest.raises(Forbidden):
            erase_stay(by=cast["host"], stay=written, reason="Asked for it.")
        erased = erase_stay(by=cast["organiser"], stay=written, reason="Asked for it.")
    assert erased.counts == {
        "travellers": 1,
        "answers": 1,
        "letters": 1,
        "mentor_hours": 1,
        "incidents": 1,
        "requests": 0,
        "applications": 0,
        "nationalities": 2,
    }
    assert Candidate.objects.get(pk=written.candidate_id).nationalities == []
    assert rows_with_words(written) == []
    report = Report.objects.get()
    assert (report.answers["jobs_full_time"], report.answers["gained"], report.state) == (5, "", "filed")
    assert written.travellers.get().nationalities == ["FR"]
    told = json.dumps(list(Event.objects.values("before", "after")), default=str)
    assert SECRET not in told  # the log can't be erased, so it never held the words


def test_each_gets_a_copy_of_what_they_wrote_and_of_their_team_s_people(written, cast):
    assert personal_data in providers("personal_data")
    team, host = personal_data(cast["team"]), personal_data(cast["host"])
    assert [row["nationalities"] for row in team["nationalities"]] == [["FR", "SN"], ["IN"]]
    assert host["nationalities"] == []
    assert [row["name"] for row in team["stays"][0]["travellers"]] == [f"Ana {SECRET}"]
    assert (len(team["letters"]), len(team["reports"]), team["incidents"], team["mentor_hours"]) == (1, 1, [], [])
    assert (host["stays"], len(host["incidents"]), len(host["mentor_hours"]), host["letters"]) == ([], 1, 1, [])


def test_the_page_shows_what_is_held_and_erases_it(written, cast, enter, at):
    place = f"/stays/{written.pk}/personal-data"
    with clock.at(at(8, 1)):
        client = enter(cast["organiser"])
        assert SECRET in client.get(f"{place}.json").content.decode()
        assert client.post(f"{place}/", {"reason": ""}).status_code == 422
        assert client.post(f"{place}/", {"reason": "Ana asked for it."}).status_code == 302
        assert "Ana asked for it." in client.get(f"{place}/").content.decode()
        pages = ["", "letters/", "hours/", "incidents/", "reports/final/team/"]
        seen = [client.get(f"/stays/{written.pk}/{page}").content.decode() for page in pages]
        assert enter(cast["home city"]).get(f"{place}.json").status_code == 403
    assert [("erased" in page, SECRET in page) for page in seen] == [(True, False)] * 5
