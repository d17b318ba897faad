"""Documents of an incubator: inspected when they come, read by those who may come, and by nobody else."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corridor.hosts.services.documents import add_host_document, remove_host_document
from corridor.models import HostDocument, Programme
from tests import build
from tests.contest import pdfs
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db
FILE = pdfs.pdf()


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path


@pytest.fixture
def rules(corridor):
    """The house rules of Braga, added by its own people."""
    return add_host_document(by=corridor.host, incubator=corridor.braga, title="House rules", upload=pdfs.upload(FILE))


def test_it_is_added_on_the_page_listed_and_removed(corridor, enter, private_files, django_capture_on_commit_callbacks):
    client, page = enter(corridor.host), reverse("incubator", args=[corridor.braga.pk])
    form = reverse("host_document_new", args=[corridor.braga.pk])
    spoilt = client.post(form, {"title": "House rules", "file": pdfs.upload(pdfs.pdf(2, pdfs.javascript))})
    assert spoilt.context["form"].errors == {"file": ["This PDF holds JavaScript. Export it again without scripts."]}
    assert "This PDF holds JavaScript." in spoilt.content.decode()
    assert 'value="House rules"' in spoilt.content.decode()  # what was typed is there
    assert client.post(form, {"title": "House rules", "file": pdfs.upload()}).url == page
    document = HostDocument.objects.get()
    assert (document.title, document.incubator, document.uploaded_by) == ("House rules", corridor.braga, corridor.host)
    assert reverse("host_document", args=[document.pk]) in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("host_document_remove", args=[corridor.braga.pk, document.pk]))
    assert (HostDocument.objects.count(), list(private_files.rglob("*.pdf"))) == (0, [])


def test_who_reads_it(rules, corridor, organiser, coordinator, stranger, enter):
    """Alpha waits and may wish Braga. A team of Braga, its own city, may not; nor a team whose programme is over."""
    at_home = build.team(build.candidate(corridor.programme, "Home", corridor.braga.city, 9))
    over = build.programme(slug="over", first_start=date(2020, 1, 1), last_start=date(2020, 1, 1))
    late = build.team(build.candidate(over, "Late", corridor.teams[0].home_city, 1))
    people = {
        "host": (corridor.host, 200),
        "organiser": (organiser, 200),
        "coordinator": (coordinator, 200),
        "team": (corridor.founder, 200),
        "other host": (corridor.other_host, 404),
        "team of its own city": (at_home, 404),
        "team of a programme that is over": (late, 404),
        "stranger": (stranger, 404),
    }
    place = reverse("host_document", args=[rules.pk])
    assert {who: enter(person).get(place).status_code for who, (person, _) in people.items()} == {
        who: status for who, (_, status) in people.items()
    }


def test_a_placed_team_reads_on_where_it_stays_and_only_there(rules, corridor, enter):
    other = add_host_document(by=corridor.other_host, incubator=corridor.magog, title="Map", upload=pdfs.upload())
    build.stay_of(corridor.teams[0], corridor.braga, state="confirmed")
    Programme.objects.update(first_start=date(2020, 1, 1), last_start=date(2020, 1, 1))
    corridor.braga.is_open = False
    corridor.braga.save()
    client = enter(corridor.founder)
    read = client.get(reverse("host_document", args=[rules.pk]))
    assert (read.status_code, read["X-Content-Type-Options"]) == (200, "nosniff")
    assert read["Content-Disposition"] == 'attachment; filename="house-rules.pdf"'
    assert client.get(reverse("incubator", args=[corridor.braga.pk])).status_code == 200
    assert client.get(reverse("host_document", args=[other.pk])).status_code == 404


def test_the_wishes_page_offers_what_may_be_read(rules, corridor, enter):
    shown = enter(corridor.founder).get(reverse("candidate_wishes", args=[corridor.teams[0].pk])).content.decode()
    assert reverse("host_document", args=[rules.pk]) in shown


def test_only_the_host_and_the_organiser_change_them_and_nothing_twice(rules, corridor, organiser):
    with pytest.raises(Forbidden):
        add_host_document(by=corridor.founder, incubator=corridor.braga, title="Mine", upload=pdfs.upload())
    with pytest.raises(Forbidden):
        remove_host_document(by=corridor.other_host, document=rules)
    with pytest.raises(Refusal, match="here already"):
        add_host_document(by=organiser, incubator=corridor.braga, title="Again", upload=pdfs.upload(FILE))
    remove_host_document(by=organiser, document=rules)
    assert HostDocument.objects.count() == 0


def test_as_many_queries_for_twenty_documents_as_for_one(rules, corridor, enter):
    client = enter(corridor.founder)
    places = [reverse("incubator", args=[corridor.braga.pk]), reverse("candidate_wishes", args=[corridor.teams[0].pk])]

    def asked() -> list[int]:
        counts = []
        for place in places:
            client.get(place)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(place).status_code == 200
            counts.append(len(queries))
        return counts

    few = asked()
    facts = {"uploaded_by": corridor.host, "uploaded_at": rules.uploaded_at, "file": rules.file.name}
    for number in range(19):
        house = (corridor.braga, corridor.magog)[number % 2]
        HostDocument.objects.create(incubator=house, title=f"Plan {number}", sha256=f"{number:064}", **facts)
    assert asked() == few
