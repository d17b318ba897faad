"""What pages say of validators is what data/validated.json keeps of their last run,
and nothing where it keeps a failure."""

import json
from datetime import date
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse

from config.validate import KEPT, TOOLS
from corridor.agreements.files import verification
from toolkit.dates import date_format


@pytest.fixture
def keep(settings, tmp_path):
    """keep(said): the installation keeps this of the last run."""
    verification.validated.cache_clear()
    settings.BASE_DIR = tmp_path
    (tmp_path / "data").mkdir()

    def kept(said: dict) -> None:
        (tmp_path / "data" / "validated.json").write_text(json.dumps(said))

    yield kept
    verification.validated.cache_clear()


RUN = {"on": "2027-02-03", "verapdf": "9.8.7", "dss": "6.5", "documents": 71, "failed": []}


def said_on_the_page(client) -> str:
    page = client.get(reverse("verify")).content.decode()
    return " ".join(page.partition('id="validated">')[2].partition("</p>")[0].split())


@pytest.mark.django_db
def test_the_page_says_what_the_run_kept(client, keep):
    assert "veraPDF" not in said_on_the_page(client)  # none was kept
    verification.validated.cache_clear()
    keep(RUN)
    assert said_on_the_page(client).endswith(
        "On 3 February 2027, 71 samples of every kind were checked with veraPDF 9.8.7, and the seals with the EU’s DSS "
        "6.5: no rule failed."
    )
    verification.validated.cache_clear()
    keep({**RUN, "failed": ["veraPDF PDF/A-3a (ISO 19005-3): agreement.pdf: 6.2.11.4.1 t1"]})
    assert "veraPDF" not in said_on_the_page(client)


@pytest.mark.django_db
def test_the_page_and_the_data_of_this_repository_agree(client):
    verification.validated.cache_clear()
    said = json.loads(KEPT.read_text())
    page = said_on_the_page(client)
    assert (f"veraPDF {said['verapdf']}" in page) == (not said["failed"])
    if not said["failed"]:
        assert f"On {date_format(date.fromisoformat(said['on']), 'DATE_FORMAT')}, {said['documents']} samples" in page
        text = (settings.BASE_DIR / "docs" / "documents.md").read_text()
        assert f"veraPDF {said['verapdf']}" in text
        assert f"DSS {said['dss']}" in text


def test_the_versions_that_are_fetched_are_pinned():
    pom = ElementTree.parse(TOOLS / "pom.xml").getroot()
    named = {"m": "http://maven.apache.org/POM/4.0.0"}
    versions = [one.text or "" for one in pom.iterfind(".//m:version", named)]
    assert versions
    assert not any(text.startswith("[") or text.endswith("SNAPSHOT") for text in versions)
