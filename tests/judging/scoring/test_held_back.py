"""What is left of a team in a round without names: shown to the team and to who runs the round,
before anybody scores."""

from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from contest.entries.services import preparing
from contest.entries.services.attachments import attach_deck
from contest.entries.services.preparing import prepare_attachment, prepare_owed_attachments
from contest.models import Attachment
from contest.states import PREPARE_ATTEMPTS
from judging.scoring.reading.held_back import NEEDED, left_in
from tests import build
from tests.contest.pdfs import pdf, upload
from toolkit.owed import DEBTS
from toolkit.uploads import blind_copy


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
    send(founder, entry, pdf(change=drawn("greenwave, at work")))
    prepare_owed_attachments(10)
    build.nominate(entry)
    round = build.round(edition, shows_names=False)
    return entry, founder, round


@pytest.fixture
def private_files_of(stage, tmp_path):
    """The folder in which the stage keeps its files."""
    return tmp_path


def send(founder, entry, data: bytes):
    """The team's deck, sent while the call was open and nobody had nominated the entry."""
    edition, state = entry.edition, entry.state
    closes = edition.call_closes
    type(edition).objects.filter(pk=edition.pk).update(call_closes=timezone.now() + timedelta(hours=1))
    type(entry).objects.filter(pk=entry.pk).update(state="submitted")
    try:
        fresh = type(entry).objects.get(pk=entry.pk)
        return attach_deck(by=founder, entry=fresh, upload=upload(data, "deck.pdf"))
    finally:
        type(edition).objects.filter(pk=edition.pk).update(call_closes=closes)
        type(entry).objects.filter(pk=entry.pk).update(state=state)


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
    assert (listed, left.held, left.pages) == (entry, 1, [2]), "nobody opened the entry's own page yet"
    assert client.get(reverse("round_held_back_entry", args=[round.pk, entry.pk])).context["left"].pages == [2]
    assert (
        reverse("round_held_back", args=[round.pk])
        in client.get(reverse("round_open", args=[round.pk])).content.decode()
    )


def pages_told(client, round, entry) -> tuple[str, str]:
    """What the round's list and the entry's own page say of the deck."""
    answers = [
        client.get(reverse("round_held_back", args=[round.pk])),
        client.get(reverse("round_held_back_entry", args=[round.pk, entry.pk])),
    ]
    return tuple(" ".join(answer.content.decode().split()) for answer in answers)


def test_a_deck_is_read_when_it_comes_and_until_then_the_pages_say_so(
    stage, organiser, enter, django_capture_on_commit_callbacks
):
    entry, founder, round = stage
    client = enter(organiser)
    send(founder, entry, pdf(change=drawn("we are GREEN-WAVE")))
    listed, own = pages_told(client, round, entry)
    assert "being read" in listed
    assert "The deck&#x27;s pages are being read" in own or "The deck's pages are being read" in own
    with django_capture_on_commit_callbacks(execute=True):
        send(founder, entry, pdf(change=drawn("again GREEN-WAVE")))
    listed, own = pages_told(client, round, entry)
    assert "page 2" in listed
    assert "Page 2 of the deck names the team" in own


def test_pages_that_are_pictures_say_that_they_can_t_be_read(stage, organiser, enter):
    entry, founder, round = stage
    client = enter(organiser)
    mixed = pdf(pages=4, change=drawn("rivers"))
    for deck, in_list, on_page in (
        (mixed, "pages 3, 4, 5 have no text to read", "Pages 3, 4, 5 of the deck have no text that can be read"),
        (pdf(pages=3), "pictures only, or can&#x27;t be read", "pages are pictures, or can"),
    ):
        send(founder, entry, deck)
        prepare_owed_attachments(10)
        listed, own = pages_told(client, round, entry)
        assert in_list in listed.replace("can't", "can&#x27;t")
        assert on_page in own


def test_a_deck_that_no_machine_reads_is_given_up(stage, organiser, enter, private_files_of):
    entry, founder, round = stage
    deck = send(founder, entry, pdf(pages=3))
    (private_files_of / deck.file.name).write_bytes(b"%PDF-1.7 damaged on the disk")
    assert [prepare_attachment.call(deck.pk) for _ in range(PREPARE_ATTEMPTS)] == ["failed"] * PREPARE_ATTEMPTS
    assert prepare_attachment.call(deck.pk) == "nothing owed"
    assert prepare_owed_attachments(10) == 0
    listed, _own = pages_told(enter(organiser), round, entry)
    assert "pictures only" in listed


def test_why_a_deck_was_not_read_is_said_where_no_machine_is_to_blame(stage, organiser, enter):
    entry, founder, round = stage
    deck = send(founder, entry, pdf(pages=3))
    for _try in range(PREPARE_ATTEMPTS):
        DEBTS["contest:decks"].fail(DEBTS["contest:decks"].take(deck.pk), MemoryError("3 GB"))
    _listed, own = pages_told(enter(organiser), round, entry)
    assert "What went wrong: The server had not enough memory for it." in own
    assert "3 GB" not in own  # the team reads this page too


def test_what_was_made_of_a_deck_goes_with_it(stage, private_files_of, django_capture_on_commit_callbacks):
    entry, founder, _round = stage
    made = [path.parent.name for path in private_files_of.rglob("*-1.*")]
    assert sorted(made) == ["blind", "text"]
    with django_capture_on_commit_callbacks(execute=True):
        send(founder, entry, pdf(pages=3))
    made = [path.parent.name for path in private_files_of.rglob("*-1.*")]
    assert sorted(made) == ["blind", "text"], "those of the new deck alone"
    deck = Attachment.objects.get(entry=entry)
    assert all(deck.sha256 in path.name for path in private_files_of.rglob("*-1.*"))


@pytest.mark.parametrize(("is_removed", "left"), [(False, ["blind", "text"]), (True, [])])
def test_a_worker_that_was_overtaken_takes_nothing_from_who_overtook_it(
    stage, private_files_of, monkeypatch, is_removed, left
):
    """Its lease ran out while it worked: another worker made the same, or the deck was removed meanwhile."""
    entry, founder, _round = stage
    Attachment.objects.all().delete()
    for path in private_files_of.rglob("*-1.*"):
        path.unlink()
    deck = send(founder, entry, pdf(pages=3))
    meanwhile = iter([True])

    def slow_copy(stored, sha256):
        if next(meanwhile, False):
            rows = Attachment.objects.filter(pk=deck.pk)
            rows.update(leased_until=timezone.now() - timedelta(seconds=1))
            assert prepare_attachment.call(deck.pk) == "made"
            if is_removed:
                rows.delete()
        return blind_copy(stored, sha256)

    monkeypatch.setattr(preparing, "blind_copy", slow_copy)
    assert prepare_attachment.call(deck.pk) == "overtaken"
    assert sorted(path.parent.name for path in private_files_of.rglob("*-1.*")) == left


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
        founder = build.person(f"f{n}@firm{n}.example", f"Founder {n}", "founder", firm.organisation)
        more = build.entry(entry.edition, firm, code=f"E0{n}")
        send(founder, more, pdf(change=drawn(f"Firm {n}")))
        build.nominate(more)
    prepare_owed_attachments(10)
    with django_assert_num_queries(len(one)):
        client.get(address)
