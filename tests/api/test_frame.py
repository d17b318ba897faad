"""What holds for the whole API: log-in, CSRF, the schema, its page, the languages of refusals."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests import build

RESOURCES = ["agreements", "entries", "incubators", "scorecards", "standings", "stays"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_visitor_is_refused(db, client, resource):
    assert client.get(f"/api/v1/{resource}/").status_code == 403


def test_the_root_names_the_resources(enter, stranger):
    root = enter(stranger).get("/api/v1/").json()
    assert {name: address.split("/api/")[1] for name, address in root.items()} == {
        name: f"v1/{name}/" for name in RESOURCES
    }


def test_a_write_needs_the_forms_token(stage, enter):
    card = stage.cards[0]
    client = Client(enforce_csrf_checks=True)
    client.force_login(stage.juror(1), backend="allauth.account.auth_backends.AuthenticationBackend")
    address, body = f"/api/v1/scorecards/{card.pk}/", {"version": 0, "marks": {"innovation": 4}}
    assert client.patch(address, body, content_type="application/json").status_code == 403
    token = client.get("/").cookies["csrftoken"].value
    answer = client.patch(address, body, content_type="application/json", headers={"x-csrftoken": token})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_nothing_can_be_made_or_deleted(stage, enter, organiser):
    client = enter(organiser)
    card = f"/api/v1/scorecards/{stage.cards[0].pk}/"
    assert [client.delete(card).status_code, client.put(card).status_code] == [405, 405]
    assert [client.post(f"/api/v1/{resource}/").status_code for resource in RESOURCES] == [405] * 6


def test_the_schema_is_valid_and_describes_every_resource(db, tmp_path, client):
    file = tmp_path / "schema.json"
    options = {"validate": True, "fail_on_warn": True, "api_version": "v1", "format": "openapi-json"}
    call_command("spectacular", file=str(file), **options)
    schema = json.loads(file.read_text())
    assert {path.split("/")[3] for path in schema["paths"]} == set(RESOURCES)
    served = client.get(reverse("v1:schema"), headers={"accept": "application/vnd.oai.openapi+json"})
    assert set(served.json()["paths"]) == set(schema["paths"])


def test_the_reference_page_names_every_operation_without_a_script_of_its_own(db, client):
    page = client.get(reverse("v1:reference")).content.decode()
    assert set(re.findall(r"/api/v1/(\w+)/", page)) >= set(RESOURCES)
    assert re.findall(r"<code>(PATCH|POST) ([^<]+)</code>", page) == [
        ("PATCH", "/api/v1/entries/{id}/"),
        ("POST", "/api/v1/entries/{id}/submit/"),
        ("PATCH", "/api/v1/scorecards/{id}/"),
        ("POST", "/api/v1/scorecards/{id}/submit/"),
        ("POST", "/api/v1/stays/{id}/accept/"),
        ("POST", "/api/v1/stays/{id}/decline/"),
        ("POST", "/api/v1/stays/{id}/reports/{code}/{side}/"),
    ]
    assert not re.findall(r"<script(?![^>]*src=)", page)


def test_a_refusal_is_said_in_the_readers_language_with_the_same_code(city, enter):
    from datetime import timedelta

    from django.utils import timezone

    edition = build.edition("over", call_closes=timezone.now() - timedelta(days=1), nominations_close=None)
    firm = build.startup("Sensors", city)
    founder = build.person("f@sensors.example", role="founder", organisation=firm.organisation)
    entry = build.entry(edition, firm, state="draft")
    answer = enter(founder).patch(
        f"/api/v1/entries/{entry.pk}/", {"version": 1, "title": "Late"}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "call.closed")
    assert answer.json()["detail"].startswith("The call closed on ")
