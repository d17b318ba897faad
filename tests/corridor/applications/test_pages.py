"""The pages of an application: nothing typed is lost, and nobody reads more than is theirs."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.applications.services.admissions import rule_for_city, rule_for_network
from corridor.applications.services.applications import submit_application
from corridor.models import Application, ApplicationDocument
from corridor.placement.reading.inputs import placement_document
from corridor.placement.services.stays import move_stay
from corridor.placement.services.wishes import save_wishes
from tests import build
from tests.contest.pdfs import javascript, pdf, upload
from toolkit.clock import now
from toolkit.refusals import Refusal


def page_of(answer) -> str:
    return answer.content.decode()


def test_a_visitor_reads_who_may_apply_by_when_and_what_happens_with_the_data(road, client):
    page = page_of(client.get("/programmes/graduates/"))
    for words in (
        "The first possible day is 1 January 2027: whoever turns 30 on that day or before is too old.",
        "A birthday on 29 February falls on 1 March in years without that day.",
        "A diploma, awarded on or before the first day of the stay.",
        "Paris time",
        "What would you do?",
        "have it erased",
        "/accounts/signup/?next=/programmes/graduates/apply/",
    ):
        assert words in page
    road.programme.is_public = False
    road.programme.save()
    assert client.get("/programmes/graduates/").status_code == 404
    assert "Graduates abroad" not in page_of(client.get("/programmes/"))


def test_two_tabs_show_both_texts(filled, enter):
    client = enter(filled.person)
    address = f"/applications/{filled.application.pk}/steps/motivation/"
    sent = {"version": filled.application.version, f"question_{filled.question.pk}": "Dry clay."}
    client.post(address, {**sent, "motivation": "From the first tab"})
    page = page_of(client.post(address, {**sent, "motivation": "From the second tab"}))
    assert "From the first tab" in page
    assert "From the second tab" in page
    assert Application.objects.get().motivation == "From the first tab"


def test_two_tabs_show_the_languages_of_both(filled, enter):
    type(filled.application).objects.filter(pk=filled.application.pk).update(languages=["en", "fr"], version=7)
    browser, place = enter(filled.person), f"/applications/{filled.application.pk}/steps/you/"
    other = page_of(browser.post(place, {"version": 6, "languages": ["de"]}))
    assert "English, French" in other
    same = page_of(browser.post(place, {"version": 6, "languages": ["fr", "en"]}))
    assert "English, French" not in same


def test_a_refused_file_is_named_and_the_good_one_is_kept(road, enter):
    client, address = enter(road.person), f"/applications/{road.application.pk}/steps/documents/"
    files = {
        f"document_{road.diploma.pk}": upload(),
        f"document_{road.cv.pk}": upload(pdf(change=javascript)),
        "version": 1,
    }
    page = page_of(client.post(address, files))
    assert "JavaScript" in page
    assert list(ApplicationDocument.objects.values_list("asked__code", "pages")) == [("diploma", 2)]


def test_a_choice_that_is_none_and_a_text_too_long_are_said_beside_their_fields(filled, enter):
    client = enter(filled.person)
    said = {"version": filled.application.version, "home_city": "999999", "nationality": "XX", "address": "x" * 301}
    answer = client.post(f"/applications/{filled.application.pk}/steps/you/", said)
    assert answer.status_code == 200
    assert page_of(answer).count("errorlist") >= 3
    assert "x" * 301 in page_of(answer)


@pytest.fixture
def placed(filled, coordinator, organiser):
    """Ana is admitted and wishes Sample Braga, which has a desk from January on."""
    application = submit_application(by=filled.person, application=filled.application)
    rule_for_city(by=coordinator, application=application, ruling="approve", reason="Ours.")
    rule_for_network(by=organiser, application=application, ruling="admit", rank=1, reason="Strong.")
    application.refresh_from_db()
    start = filled.programme.first_start
    house = build.incubator("Sample Braga", build.city("braga"), (start, start.replace(year=2028), 1))
    save_wishes(
        by=filled.person,
        candidate=application.candidate,
        version=1,
        incubators=[(house, 1)],
        people=1,
        earliest_start=None,
        latest_start=None,
    )
    return application, house


def test_a_host_reads_what_is_meant_for_hosts_and_no_more(placed, filled, enter):
    application, house = placed
    build.paper(application, filled.cv)
    host, other = build.host(house), build.host(build.incubator("Elsewhere", build.city("cuneo")))
    assert f"/incubator/candidates/{application.candidate_id}/" in page_of(
        enter(host).get(f"/incubator/{house.pk}/candidates/")
    )
    page = page_of(enter(host).get(f"/incubator/candidates/{application.candidate_id}/"))
    assert "how others dry their clay" in page
    for kept_back in ("2 May 2001", "rue Haute", "ana@mail.example", ">Diploma, "):
        assert kept_back not in page
    papers = {paper.asked.code: paper.pk for paper in ApplicationDocument.objects.select_related("asked")}
    opened = {code: enter(host).get(f"/files/applications/{pk}/").status_code for code, pk in papers.items()}
    assert opened == {"cv": 200, "diploma": 404}
    assert enter(other).get(f"/files/applications/{papers['cv']}/").status_code == 404
    assert enter(other).get(f"/incubator/candidates/{application.candidate_id}/").status_code == 404


def test_the_age_rule_bounds_wishes_plans_and_moves(placed, filled, organiser):
    """Turns 30 on 15 February 2027: a stay may begin on 1 January or 1 February, not on 1 March."""
    application, house = placed
    application.born_on = application.born_on.replace(year=1997, month=2, day=15)
    application.save()
    candidate = application.candidate
    inputs = placement_document(filled.programme, 0, decided_on=now().date()).as_data()
    assert [row["eligible_until"] for row in inputs["candidates"]] == ["2027-02-01"]
    with pytest.raises(Refusal, match="your stay can begin until 14 February 2027"):
        save_wishes(
            by=filled.person,
            candidate=candidate,
            version=2,
            incubators=[(house, 1)],
            people=1,
            earliest_start=filled.programme.last_start,
            latest_start=None,
        )
    stay = build.stay_of(candidate, house)
    with pytest.raises(Refusal, match="this stay can begin until 14 February 2027"):
        move_stay(by=organiser, stay=stay, starts=filled.programme.last_start)
    move_stay(by=organiser, stay=stay, starts=filled.programme.first_start.replace(month=2))


def test_the_copy_holds_what_the_person_said(filled, enter):
    copy = json.loads(enter(filled.person).get(f"/applications/{filled.application.pk}/copy.json").content)
    assert (copy["born_on"], copy["address"]) == ("2001-05-02", "12 rue Haute, Clermont-Ferrand")
    assert copy["answers"] == {"plan": "Dry clay."}
    assert [paper["asked"] for paper in copy["documents"]] == ["diploma"]


def test_lists_ask_as_often_for_thirty_rows_as_for_three(road, coordinator, organiser, enter, city):
    pages = {
        "/city/applications/": enter(coordinator),
        f"/organise/programmes/{road.programme.pk}/applications/": enter(organiser),
    }
    counts: dict[str, list[int]] = {page: [] for page in pages}
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            state = ["submitted", "approved", "refused"][number % 3]
            build.application(road.programme, f"person{number}@mail.example", city, state)
        for page, client in pages.items():
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts[page].append(len(asked))
    assert {page: few == many for page, (few, many) in counts.items()} == dict.fromkeys(pages, True)
