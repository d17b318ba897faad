"""What is left of a team in a round without names: shown to the team and to who runs the round, before anybody scores."""

import pikepdf
import pytest
from django.urls import reverse

from contest.services import attach_deck
from judging.held_back import NEEDED, left_in
from tests import build
from tests.contest.pdfs import pdf, upload


def drawn(text: str):
    """A deck of two pages; the second one shows the text."""

    def change(made):
        made.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for page, words in zip(made.pages, ("A deck", text), strict=False):
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = made.make_stream(f"BT /F1 24 Tf 50 50 Td ({words}) Tj ET".encode())

    return change


@pytest.fixture
def stage(organiser, settings, tmp_path):
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    edition = build.edition("2027")
    firm = build.startup("GreenWave SAS", build.city("xanadorf", "Xanadorf"))
    founder = build.person("q@greenwavemail.example", "Quillon Bramblethorpe", "founder", firm.organisation)
    entry = build.entry(
        edition, firm, title="Clean rivers", summary="Green Wave, see https://press.example/a", code="E01"
    )
    attach_deck(by=founder, entry=entry, upload=upload(pdf(change=drawn("greenwave, at work")), "deck.pdf"))
    build.nominate(entry)
    round = build.round(edition, shows_names=False)
    return entry, founder, round


def read(entry):
    return left_in(type(entry).objects.prefetch_related(*NEEDED).get(pk=entry.pk))


def test_the_name_of_a_firm_is_found_without_its_legal_form_in_texts_and_deck(stage):
    entry, _founder, _round = stage
    left = read(entry)
    assert (left.held, left.addresses, left.pages) == (1, ["https://press.example/a"], [2])


def test_the_team_reads_its_entry_as_jurors_do(stage, enter):
    entry, founder, round = stage
    page = enter(founder).get(reverse("entry_as_read", args=[entry.pk]))
    text = page.content.decode()
    assert page.context["reading"].summary == "[name held back], see https://press.example/a"
    assert page.context["rounds"] == [round]
    assert "https://press.example/a" in text
    assert "Page 2 of the deck names the team" in text


def test_the_organiser_sees_every_entrys_rest_before_the_round_opens(stage, organiser, enter):
    entry, _founder, round = stage
    client = enter(organiser)
    [(listed, left)] = client.get(reverse("round_held_back", args=[round.pk])).context["rows"]
    assert (listed, left.held, left.pages) == (entry, 1, None)  # nobody has read the deck yet
    client.get(reverse("round_held_back_entry", args=[round.pk, entry.pk]))
    [(_listed, left)] = client.get(reverse("round_held_back", args=[round.pk])).context["rows"]
    assert left.pages == [2]
    assert (
        reverse("round_held_back", args=[round.pk])
        in client.get(reverse("round_open", args=[round.pk])).content.decode()
    )


def test_nobody_else_reads_either(stage, stranger, enter):
    entry, _founder, round = stage
    for name, words in (
        ("entry_as_read", [entry.pk]),
        ("round_held_back", [round.pk]),
        ("round_held_back_entry", [round.pk, entry.pk]),
    ):
        assert enter(stranger).get(reverse(name, args=words)).status_code == 404


def test_the_list_asks_as_many_questions_for_three_entries_as_for_one(
    stage, organiser, enter, django_assert_num_queries
):
    entry, _founder, round = stage
    client, address = enter(organiser), reverse("round_held_back", args=[round.pk])
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for n in (2, 3):
        firm = build.startup(f"Firm {n}", build.city("xanadorf"))
        build.person(f"f{n}@firm{n}.example", f"Founder {n}", "founder", firm.organisation)
        build.nominate(build.entry(entry.edition, firm, code=f"E0{n}"))
    with django_assert_num_queries(len(one)):
        client.get(address)
