"""/api/v1/incubators/, /stays/ and /agreements/: who reads which, and answers to a stay."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from corridor.life.services.reports import save_report
from corridor.models import Agreement, Stay
from tests import build
from toolkit import clock

BASE = "/api/v1"


@pytest.fixture
def corridor(db):
    """Two laureates: the first stays in Magog with an agreement being signed, the second is proposed to Cuneo."""
    edition = build.edition("2027", results_published_at=timezone.now())
    entries = build.competing(edition, 2)
    hosts = [build.incubator(f"Incubator of {slug}", build.city(slug)) for slug in ("magog", "lyon")]
    stays = [
        build.stay(build.award(entry, rank), host, state=state)
        for rank, (entry, host, state) in enumerate(zip(entries, hosts, ["accepted", "proposed"], strict=True), 1)
    ]
    agreement = Agreement.objects.create(
        stay=stays[0],
        programme=stays[0].programme,
        year=2027,
        number=1,
        language="en",
        state="issued",
        frozen={"secret": "clause"},
        frozen_sha256="0" * 64,
        drafted_by=build.person("lead@corridor.example"),
        drafted_at=timezone.now(),
    )
    parties = [("host", hosts[0].organisation), ("startup", entries[0].startup.organisation)]
    for order, (party, organisation) in enumerate(parties, 1):
        agreement.signatures.create(party=party, order=order, organisation=organisation, signer_name=f"Signer {order}")
    return stays


def host_of(stay):
    body = stay.incubator.organisation
    return build.person(f"host@{body.slug}.example", role="host", organisation=body)


def team_of(stay):
    return stay.candidate.organisation.memberships.get(role="founder").user


def test_each_role_reads_its_stays(corridor, ids, organiser, stranger):
    one, two = corridor
    braga = build.person("c@braga.example", role="coordinator", organisation=build.city_hall(build.city("braga")))
    lyon = build.person("c@lyon.example", role="coordinator", organisation=build.city_hall(build.city("lyon")))
    address = f"{BASE}/stays/"
    assert ids(organiser, address) == [one.pk, two.pk]
    assert ids(team_of(one), address) == [one.pk]
    assert ids(host_of(two), address) == [two.pk]
    assert ids(braga, address) == [one.pk]  # sent from Braga
    assert ids(lyon, address) == [two.pk]  # hosted in Lyon
    assert ids(stranger, address) == []


def test_each_role_reads_its_agreements_without_the_frozen_text(corridor, ids, enter, organiser, stranger):
    agreement = Agreement.objects.get()
    one, two = corridor
    address = f"{BASE}/agreements/"
    people = [organiser, team_of(one), host_of(one), team_of(two), host_of(two), stranger]
    assert [ids(person, address) for person in people] == [[agreement.pk]] * 3 + [[]] * 3
    response = enter(host_of(one)).get(f"{address}{agreement.pk}/")
    assert b"secret" not in response.content
    body = response.json()
    assert (body["reference"], body["state"]) == ("CORRIDOR-2027-2027-001", "issued")
    assert [(row["party"], row["organisation"], row["signed_at"]) for row in body["signatures"]] == [
        ("host", "Incubator of magog", None),
        ("startup", "Firm 1 of 2027", None),
    ]


def test_each_role_reads_its_incubators(corridor, ids, organiser, stranger):
    one, two = (stay.incubator_id for stay in corridor)
    address = f"{BASE}/incubators/"
    assert ids(organiser, address) == [one, two]
    assert ids(host_of(corridor[0]), address) == [one]
    assert ids(team_of(corridor[0]), address) == [one, two]  # a laureate chooses among those that take part
    assert ids(stranger, address) == []
    assert ids(organiser, f"{address}?city=lyon") == [two]


def test_an_incubator_shows_its_openings_and_not_its_signatory(corridor, enter):
    incubator = corridor[0].incubator
    incubator.signatory_name = "Signing Person"
    incubator.save()
    incubator.openings.create(starts=date(2027, 3, 1), ends=date(2027, 9, 1), desks=4)
    response = enter(host_of(corridor[0])).get(f"{BASE}/incubators/{incubator.pk}/")
    assert b"Signing Person" not in response.content
    [opening] = response.json()["openings"]
    assert (opening["starts"], opening["ends"], opening["desks"]) == ("2027-03-01", "2027-09-01", 4)


def test_both_sides_accept_a_stay(corridor, send):
    stay = corridor[1]
    address = f"{BASE}/stays/{stay.pk}/accept/"
    status, answer = send(team_of(stay), "post", address, {"side": "team"})
    assert (status, answer["state"], answer["accepted_by_host_at"]) == (200, "proposed", None)
    status, answer = send(host_of(stay), "post", address, {"side": "host"})
    assert (status, answer["state"]) == (200, "accepted")


def test_nobody_answers_for_the_other_side(corridor, send):
    stay = corridor[1]
    status, answer = send(team_of(stay), "post", f"{BASE}/stays/{stay.pk}/accept/", {"side": "host"})
    assert (status, answer["code"]) == (403, "forbidden")
    assert send(team_of(stay), "post", f"{BASE}/stays/{stay.pk}/accept/", {"side": "both"})[0] == 400


def test_a_stay_is_declined_with_a_reason(corridor, send):
    stay = corridor[1]
    address = f"{BASE}/stays/{stay.pk}/decline/"
    assert send(host_of(stay), "post", address, {"side": "host"}) == (400, {"reason": ["This field is required."]})
    status, answer = send(host_of(stay), "post", address, {"side": "host", "reason": "Works until May."})
    assert (status, answer["state"], answer["decline_reason"]) == (200, "declined", "Works until May.")


def test_a_report_is_filed_and_read_by_whoever_has_a_part(corridor, send, enter):
    one = corridor[0]
    Stay.objects.filter(pk=one.pk).update(state="confirmed")
    one.checklist.create(title="Keys", owner="host", due=one.starts)
    address = f"{BASE}/stays/{one.pk}/reports/"
    filing = f"{address}final/host/"
    said = {"gained": "Two customers.", "again": "perhaps"}
    with clock.at(datetime.combine(one.ends, time(12), UTC)):
        status, answer = send(host_of(one), "post", filing, {"answers": said})
        assert (status, answer["code"], answer["problems"]) == (
            422,
            "report.answers",
            {"again": "Choose one of the answers."},
        )
        assert send(team_of(one), "post", filing, {"answers": {**said, "again": "yes"}})[0] == 403
        assert send(host_of(corridor[1]), "post", filing, {"answers": {**said, "again": "yes"}})[0] == 404
        status, answer = send(host_of(one), "post", filing, {"answers": {**said, "again": "yes"}})
        assert (status, answer["version"], answer["answers"]) == (200, 1, {**said, "again": "yes"})
        assert send(host_of(one), "post", filing, {"answers": said})[1]["code"] == "report.filed"
        save_report(by=team_of(one), stay=one, code="final", side="team", revision=0, typed={"gained": "Draft words"})
        [row] = enter(team_of(one)).get(f"{BASE}/stays/").json()["results"]
        read = {
            role: enter(person).get(address) for role, person in {"team": team_of(one), "host": host_of(one)}.items()
        }
    assert (row["phase"], [line["title"] for line in row["checklist"]]) == ("completed", ["Keys"])
    states = {(line["code"], line["side"]): (line["version"], line["is_late"]) for line in row["reports"]}
    assert (states["final", "host"], states["final", "team"], states["baseline", "team"]) == (
        (1, False),
        (0, False),
        (0, True),
    )
    last = {
        role: next(r for r in answer.json() if (r["code"], r["side"]) == ("final", "team"))
        for role, answer in read.items()
    }
    assert [(last[role]["revision"], last[role]["answers"]) for role in ("team", "host")] == [(1, None), (0, None)]
    assert b"Draft words" not in read["host"].content + read["team"].content
    [revenue] = [question for question in last["team"]["questions"] if question["term"] == "revenue"]
    assert (revenue["kind"], revenue["unit"], revenue["label"]) == ("money", "EUR", "Revenue of the last 12 months")


def test_somebody_elses_rows_are_not_found(corridor, send, enter):
    one, two = corridor
    agreement = Agreement.objects.get()
    assert send(team_of(two), "post", f"{BASE}/stays/{one.pk}/accept/", {"side": "team"})[0] == 404
    addresses = [f"stays/{one.pk}", f"agreements/{agreement.pk}"]
    assert [enter(team_of(two)).get(f"{BASE}/{address}/").status_code for address in addresses] == [404, 404]
    assert Stay.objects.get(pk=one.pk).state == "accepted"


@pytest.mark.parametrize("resource", ["stays", "agreements", "incubators"])
def test_the_number_of_queries_does_not_grow(db, enter, organiser, resource):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def add(slug: str, number: int) -> None:
        for rank, entry in enumerate(build.competing(build.edition(slug), number), 1):
            host = build.incubator(f"Incubator {slug} {rank}", build.city(f"host-{slug}-{rank}"))
            host.openings.create(starts=date(2027, 3, 1), ends=date(2027, 9, 1), desks=4)
            stay = build.stay(build.award(entry, rank), host, state="confirmed")
            stay.checklist.create(title="Keys", owner="host", due=stay.starts)
            stay.reports.create(
                code="final", side="host", state="filed", asked={}, saved_at=timezone.now(), filed_at=timezone.now()
            )
            agreement = Agreement.objects.create(
                stay=stay,
                programme=stay.programme,
                year=2027,
                number=rank,
                language="en",
                frozen={},
                drafted_by=organiser,
                drafted_at=timezone.now(),
            )
            agreement.signatures.create(party="host", order=1, organisation=host.organisation)

    def queries() -> int:
        client = enter(organiser)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{BASE}/{resource}/").status_code == 200
        return len(captured)

    add("few", 3)
    few = queries()
    add("many", 27)
    assert queries() == few
