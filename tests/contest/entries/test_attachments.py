"""Decks: real PDFs, told by their content, and every reason to refuse one."""

import contextlib
import io
import re
from pathlib import Path

import pikepdf
import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contest.entries.services.attachments import attach_deck, remove_attachment
from contest.models import Attachment
from tests import build
from tests.contest import cast, pdfs
from tests.contest.cast import refused
from toolkit import reading_apart, slots
from toolkit.kept_files import keep_once
from toolkit.uploads import blind_copy, inspect_pdf
from toolkit.workbooks import read_workbook


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def edition(db):
    return build.edition()


@pytest.mark.sensitive
@pytest.mark.parametrize("change", [None, pdfs.opens_on_page_two, pdfs.page_turns_to_another, pdfs.link])
def test_a_plain_pdf_passes_also_with_links_and_a_page_to_open_on(change):
    data = pdfs.pdf(3, change)
    found = inspect_pdf(pdfs.upload(data))
    assert (found.pages, found.size, found.content.read()) == (3, len(data), data)
    assert found.name.endswith(".pdf")
    assert "deck" not in found.name


@pytest.mark.sensitive
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (pdfs.javascript, "javascript"),
        (pdfs.hidden_javascript, "javascript"),
        (pdfs.launch, "launch"),
        (pdfs.submit_form, "action"),
        (pdfs.opens_a_link, "action"),
        (pdfs.page_does_something, "action"),
        (pdfs.closing_does_something, "action"),
        (pdfs.field_does_something, "action"),
        (pdfs.embedded, "embedded"),
        (pdfs.xfa, "xfa"),
        (pdfs.film, "media"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_active_content_is_refused_with_the_reason(change, code, packed):
    streams = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    with refused(f"upload.{code}") as caught:
        inspect_pdf(pdfs.upload(pdfs.pdf(2, change, object_stream_mode=streams)), field="deck")
    assert (caught.refusal.field, caught.refusal.status) == ("deck", 422)


@pytest.mark.sensitive
def test_protected_by_a_password_or_by_rights():
    for keys in ({"owner": "o", "user": "u"}, {"owner": "o", "user": ""}):
        with refused("upload.encrypted"):
            inspect_pdf(pdfs.upload(pdfs.pdf(encryption=pikepdf.Encryption(**keys))))


@pytest.mark.sensitive
def test_content_counts_not_the_name():
    with refused("upload.not_pdf"):
        inspect_pdf(SimpleUploadedFile("deck.pdf", pdfs.PNG, content_type="application/pdf"))
    assert inspect_pdf(SimpleUploadedFile("deck.png", pdfs.pdf(), content_type="image/png")).pages == 2


@pytest.mark.sensitive
def test_broken_and_empty_files():
    for data in (b"%PDF-1.7\n" + b"\x00garbage" * 50, pdfs.pdf()[:200]):
        with refused("upload.unreadable"):
            inspect_pdf(pdfs.upload(data))
    with refused("upload.empty"):
        inspect_pdf(pdfs.upload(pdfs.pdf(0)))


@pytest.mark.sensitive
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: data.rindex(b"startxref")],  # cut off: no way to its table
        lambda data: re.sub(rb"startxref\n\d+", b"startxref\n7", data),
        lambda data: b"\n\n" + data,  # something in front
    ],
)
def test_what_opens_only_after_repair_is_kept_repaired(damage):
    """Each reader repairs in its own way: what was inspected is what the jury gets."""
    data = damage(pdfs.pdf(3))
    kept = inspect_pdf(pdfs.upload(data)).content.read()
    assert kept != data
    with pikepdf.open(io.BytesIO(kept)) as document:
        assert (document.get_warnings(), len(document.pages)) == ([], 3)
    with refused("upload.javascript"):
        inspect_pdf(pdfs.upload(damage(pdfs.pdf(3, pdfs.javascript))))


@pytest.mark.sensitive
def test_a_deck_of_very_many_small_objects_is_refused_soon():
    def many(made):
        made.Root.Extra = pikepdf.Array([made.make_indirect(pikepdf.Dictionary()) for _ in range(55_000)])

    def deep_in_few(made):
        made.Root.Extra = pikepdf.Array([pikepdf.Array([1] * 1500)] * 1500)

    for spoil in (many, deep_in_few):
        with refused("upload.parts"):
            inspect_pdf(pdfs.upload(pdfs.pdf(2, spoil)))


def made_at_once(folder: str) -> list[str]:
    """Two make the copy of one file in the same moment: both see none, both write."""
    storage = FileSystemStorage(folder)
    for content in (b"the first", b"the second"):
        keep_once(storage, "blind/abc-1.pdf", content)
    return [f"{path.name}: {path.read_text()}" for path in Path(folder).rglob("*.*")]


def test_a_copy_made_twice_at_once_is_one_file(tmp_path):
    assert made_at_once(str(tmp_path)) == ["abc-1.pdf: the first"]


class TestSlots:
    """One file of a person at a time, few of all at once, and not too many in a while."""

    @pytest.fixture(autouse=True)
    def places(self, settings, tmp_path, db):
        settings.VAR_DIR = tmp_path

    @pytest.fixture
    def sent_by(self):
        """sent_by(name): whoever sends from now on."""
        token = slots.person.set("")
        yield slots.person.set
        slots.person.reset(token)

    @pytest.mark.sensitive
    def test_a_second_file_of_the_same_person_waits(self, sent_by):
        sent_by("ana")
        with slots.slot_for_a_file(), refused("upload.busy") as caught:
            inspect_pdf(pdfs.upload(), field="deck")
        assert (caught.refusal.status, caught.refusal.field) == (429, "deck")
        assert inspect_pdf(pdfs.upload()).pages == 2  # done: the next one is taken

    @pytest.mark.sensitive
    def test_others_find_a_place_until_all_are_taken(self, sent_by, monkeypatch):
        monkeypatch.setattr(slots, "PATIENCE", 0)
        with contextlib.ExitStack() as held:
            for number in range(slots.AT_ONCE):
                sent_by(f"person {number}")
                held.enter_context(slots.slot_for_a_file())
            sent_by("one more")
            with refused("upload.busy") as caught:
                inspect_pdf(pdfs.upload())
            assert caught.refusal.status == 503
        assert inspect_pdf(pdfs.upload()).pages == 2

    @pytest.mark.sensitive
    def test_one_waits_and_whoever_comes_then_is_told_at_once(self, sent_by, monkeypatch):
        """However long one may wait: of all web threads, three at most are held."""
        monkeypatch.setattr(slots, "PATIENCE", 3600)
        with contextlib.ExitStack() as held:
            for number in range(slots.AT_ONCE):
                sent_by(f"person {number}")
                held.enter_context(slots.slot_for_a_file())
            slots._take(held, "who waits")
            sent_by("one more")
            with refused("upload.busy"):
                inspect_pdf(pdfs.upload())
            with refused("busy") as caught:
                blind_copy(Attachment(file="entries/deck.pdf").file, "0" * 64)
            assert caught.refusal.status == 503

    @pytest.mark.sensitive
    def test_a_machine_too_busy_to_read_a_file_says_so_and_not_that_it_is_damaged(self, sent_by, monkeypatch):
        monkeypatch.setattr(reading_apart, "PATIENCE", 0.001)
        sent_by("ana")
        with refused("upload.busy") as caught:
            inspect_pdf(pdfs.upload(), field="deck")
        assert (caught.refusal.status, caught.refusal.field) == (503, "deck")
        with refused("upload.busy"):
            read_workbook(pdfs.upload(b"PK", "ballot.xlsx"))

    @pytest.mark.sensitive
    def test_too_many_in_a_while_are_told_when_the_next_may_come(self, sent_by, monkeypatch):
        monkeypatch.setattr(slots, "IN_A_WINDOW", 2)
        monkeypatch.setattr(slots, "WINDOW", 10**12)  # the same one for the whole test
        sent_by("ana")
        for _ in range(2):
            inspect_pdf(pdfs.upload())
        with refused("upload.busy") as caught:
            inspect_pdf(pdfs.upload())
        assert str(caught.refusal).startswith("You have sent 2 files within five minutes. Send the next one in")
        sent_by("bea")
        inspect_pdf(pdfs.upload())

    def test_over_http_the_sentence_stands_beside_the_file(self, founder, enter):
        entry = cast.draft(founder, build.edition())
        slots.person.set(f"account {founder.pk}")
        with slots.slot_for_a_file():
            page = enter(founder).post(
                reverse("entry_step", args=[entry.pk, "files"]), {"version": entry.version, "deck": pdfs.upload()}
            )
        slots.person.set("")
        assert "Another file of yours is being read just now." in page.content.decode()
        assert not Attachment.objects.exists()


@pytest.mark.sensitive
def test_limits_of_size_and_pages(settings):
    settings.UPLOAD_MAX_PAGES = 40
    assert inspect_pdf(pdfs.upload(pdfs.pdf(40))).pages == 40
    with refused("upload.pages") as caught:
        inspect_pdf(pdfs.upload(pdfs.pdf(2000)))
    assert str(caught.refusal) == "This file has 2000 pages: at most 40."
    settings.UPLOAD_MAX_BYTES = 500
    with refused("upload.size"):
        inspect_pdf(pdfs.upload())


class TestDeck:
    def test_one_deck_at_a_time_and_the_file_before_is_gone(
        self, founder, edition, private_files, django_capture_on_commit_callbacks
    ):
        entry = cast.draft(founder, edition)
        with django_capture_on_commit_callbacks(execute=True):
            attach_deck(by=founder, entry=entry, upload=pdfs.upload(name="Sensors secret.pdf"))
            second = attach_deck(by=founder, entry=entry, upload=pdfs.upload(pdfs.pdf(5)))
        assert list(Attachment.objects.all()) == [second]
        stored = [path.name for path in (private_files / "entries").rglob("*.pdf")]
        assert len(stored) == 1
        assert "ecret" not in stored[0]
        entry.refresh_from_db()
        assert entry.version == 4

    def test_a_refused_file_leaves_the_one_before(self, founder, edition, private_files):
        entry = cast.draft(founder, edition)
        first = attach_deck(by=founder, entry=entry, upload=pdfs.upload())
        with refused("upload.javascript"):
            attach_deck(by=founder, entry=entry, upload=pdfs.upload(pdfs.pdf(2, pdfs.javascript)))
        assert list(Attachment.objects.all()) == [first]
        assert len(list(private_files.rglob("*.pdf"))) == 1

    def test_only_by_the_team_while_the_call_is_open(self, founder, stranger, coordinator, edition, private_files):
        entry = cast.draft(founder, edition)
        deck = attach_deck(by=founder, entry=entry, upload=pdfs.upload())
        for person in (stranger, coordinator):
            with refused("entry.team"):
                attach_deck(by=person, entry=entry, upload=pdfs.upload())
            with refused("entry.team"):
                remove_attachment(by=person, attachment=deck)
        with cast.after_call(edition), refused("call.closed"):
            attach_deck(by=founder, entry=entry, upload=pdfs.upload())
        with cast.after_call(edition), refused("call.closed"):
            remove_attachment(by=founder, attachment=deck)
        assert len(list(private_files.rglob("*.pdf"))) == 1

    def test_can_be_taken_away(self, founder, edition, private_files, django_capture_on_commit_callbacks):
        deck = attach_deck(by=founder, entry=cast.draft(founder, edition), upload=pdfs.upload())
        with django_capture_on_commit_callbacks(execute=True):
            remove_attachment(by=founder, attachment=deck)
        assert list(private_files.rglob("*.pdf")) == []


class TestDownload:
    @pytest.fixture
    def deck(self, founder, edition):
        entry = cast.submitted(founder, edition)
        return attach_deck(by=founder, entry=entry, upload=pdfs.upload(name="../Sensors <b>.pdf"))

    def test_is_an_attachment_that_nothing_runs(self, founder, deck, enter):
        response = enter(founder).get(reverse("attachment", args=[deck.pk]))
        assert b"".join(response.streaming_content) == deck.file.storage.open(deck.file.name).read()
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="sensors-deck.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["Cache-Control"] == "private, no-cache"

    def test_reaches_those_who_may_read_the_entry_and_is_404_for_others(
        self, deck, enter, founder, coordinator, organiser, stranger
    ):
        other = cast.coordinator_of(build.city("braga"))
        rival = cast.team("Rivals", build.city("braga"))
        address = reverse("attachment", args=[deck.pk])
        seen = {person: enter(person).get(address).status_code for person in (founder, coordinator, organiser)}
        assert seen == {founder: 200, coordinator: 200, organiser: 200}
        unseen = {person: enter(person).get(address).status_code for person in (stranger, other, rival)}
        assert unseen == {stranger: 404, other: 404, rival: 404}

    def test_asks_a_visitor_to_log_in(self, client, deck):
        response = client.get(reverse("attachment", args=[deck.pk]))
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))
