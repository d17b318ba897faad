"""The organiser's exports: the same rows as workbook and CSV, for the organiser only."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from judging.results.files.sheets import number
from network.models import Event
from tests import build

BASE = "/organise/editions/2027/exports/"


@pytest.fixture
def contest(db):
    """Two competing entries, one draft, one closed round: juror 1 has submitted on both,
    juror 2 not yet on the first."""
    edition = build.edition("2027", time_zone="America/Toronto", is_sample=True)
    sent = datetime(2026, 11, 1, 12, tzinfo=UTC)
    entries = build.competing(edition, 2, cities=("magog", "braga"), submitted_at=sent)
    question = edition.questions.create(code="why", text={"en": "Why?", "fr": "Pourquoi ?"})
    entries[0].answers.create(question=question, value='=HYPERLINK("http://evil.example")')
    build.entry(edition, build.startup("Drafting", build.city("cuneo")), state="draft", code="D01")
    round = build.round(edition, state="closed", opened_at=sent)
    jurors = [build.juror(edition, 1), build.juror(edition, 2)]
    card = build.marks(build.assign(round, jurors[0], entries[0]), 4, "n/a")
    card.comment, card.private_note, card.submitted_at = "Strong.", "Secret note", sent
    card.save()
    build.marks(build.assign(round, jurors[0], entries[1]), 3, 2)
    build.marks(build.assign(round, jurors[1], entries[0]), 1, 1, state="draft")
    for place, (entry, total) in enumerate(zip(entries, ("239/3", "60.5"), strict=True), 1):
        values = {"rank": place, "place": place, "total": total, "final": total, "scorecards": 1}
        round.standings.create(entry=entry, advances=place == 1, **values)
    return edition


def tabs(response) -> dict[str, list[list]]:
    book = load_workbook(io.BytesIO(response.content))
    return {tab.title: [[cell.value for cell in row] for row in tab.iter_rows()] for tab in book}


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_entries_as_a_workbook(contest, enter, organiser):
    response = enter(organiser).get(f"{BASE}entries.xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="2027-entries.xlsx"'
    assert response.headers["Cache-Control"] == "private, no-store"
    header, *rows = tabs(response)["Entries"]
    assert header[0:4] == ["Code", "Start-up", "City", "Country"]
    assert header[14:] == ["Submitted (Toronto time)", "Sample", "Why?"]
    # By city: Braga, Cuneo, Magog. Noon UTC on 1 November 2026 is seven in Toronto, back on winter time that night.
    assert [(row[0], row[1], row[5], row[6], row[14]) for row in rows] == [
        ("E02", "Firm 2 of 2027", "nominated", 1, datetime(2026, 11, 1, 7)),
        ("E01", "Firm 1 of 2027", "nominated", 1, datetime(2026, 11, 1, 7)),
    ]
    assert rows[1][16] == '=HYPERLINK("http://evil.example")'


def test_the_csv_holds_the_same_rows(contest, enter, organiser):
    client = enter(organiser)
    header, *rows = lines(client.get(f"{BASE}entries.csv"))
    assert [row[0] for row in rows] == ["E02", "E01"]  # D01 is a draft: its team's own
    assert rows[1][16] == '\'=HYPERLINK("http://evil.example")'
    assert rows[1][14] == "2026-11-01T07:00:00-05:00"
    assert len(header) == len(tabs(client.get(f"{BASE}entries.xlsx"))["Entries"][0])


def test_marks_are_those_submitted_and_private_notes_stay(contest, enter, organiser):
    round = contest.rounds.get()
    response = enter(organiser).get(f"{BASE}marks-{round.pk}.csv")
    assert lines(response) == [
        [
            "Code",
            "Start-up",
            "City",
            "Juror",
            "State",
            "Innovation",
            "Market",
            "Not applicable",
            "Comment for the start-up",
        ]
        + ["Submitted"],
        [
            "E01",
            "Firm 1 of 2027",
            "Magog",
            "Juror 1",
            "submitted",
            "4",
            "",
            "Market",
            "Strong.",
            "2026-11-01T07:00:00-05:00",
        ],
        ["E01", "Firm 1 of 2027", "Magog", "Juror 2", "to do", "", "", "", "", ""],
        ["E02", "Firm 2 of 2027", "Braga", "Juror 1", "submitted", "3", "2", "", "", ""],
    ]
    assert b"Secret" not in response.content


def test_standings_show_each_number_and_its_exact_form(contest, enter, organiser):
    round = contest.rounds.get()
    [(title, [_header, *rows])] = tabs(enter(organiser).get(f"{BASE}standings-{round.pk}.xlsx")).items()
    assert title == "Standings, Round 1"
    assert rows == [
        [1, "E01", "Firm 1 of 2027", "Magog", "Energy", 79.666667, "239/3", 79.666667, "239/3", 1, "yes", None, "yes"],
        [2, "E02", "Firm 2 of 2027", "Braga", "Energy", 60.5, "60.5", 60.5, "60.5", 1, "no", None, "yes"],
    ]


@pytest.mark.parametrize(
    ("exact", "decimal"), [("239/3", "79.666667"), ("80", "8E+1"), ("79.75", "79.75"), ("", None), ("-1/2", "-0.5")]
)
def test_an_exact_number_becomes_a_decimal(exact, decimal):
    assert number(exact) == (Decimal(decimal) if decimal else None)


def test_one_workbook_holds_every_table(contest, enter, organiser):
    assert list(tabs(enter(organiser).get(f"{BASE}workbook.xlsx"))) == [
        "Entries",
        "Marks, Round 1",
        "Standings, Round 1",
    ]


def test_the_page_offers_what_there_is(contest, enter, organiser):
    import re

    round = contest.rounds.get()
    client = enter(organiser)
    assert re.findall(rf'href="{BASE}([^"]+)"', client.get(BASE).content.decode()) == [
        "workbook.xlsx",
        *(
            f"{name}.{form}"
            for name in ("entries", f"marks-{round.pk}", f"standings-{round.pk}")
            for form in ("xlsx", "csv?separator=comma", "csv")
        ),
        "results.json",
    ]
    contest.rounds.update(state="open")
    assert "standings-" not in client.get(BASE).content.decode()
    assert client.get(f"{BASE}standings-{round.pk}.xlsx").status_code == 404


def test_only_the_organiser_takes_data_away_and_it_is_recorded(
    contest, enter, organiser, coordinator, founder, stranger
):
    for person in (coordinator, founder, stranger):
        assert [enter(person).get(f"{BASE}{name}").status_code for name in ("", "entries.xlsx", "entries.csv")] == [
            404
        ] * 3
    assert not Event.objects.filter(verb="export").exists()
    enter(organiser).get(f"{BASE}entries.csv")
    event = Event.objects.get(verb="export")
    assert (event.actor, event.object_id, event.after) == (organiser, str(contest.pk), {"file": "entries.csv"})


@pytest.mark.parametrize("name", ["workbook.csv", "entries.pdf", "secrets.xlsx", "marks-999999.csv"])
def test_what_is_not_there_is_not_found(contest, enter, organiser, name):
    assert enter(organiser).get(f"{BASE}{name}").status_code == 404


def test_the_number_of_queries_does_not_grow(db, enter, organiser):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(number: int) -> int:
        edition = build.edition(f"e{number}")
        question = edition.questions.create(code="why", text={"en": "Why?"})
        round = build.round(edition, state="closed", opened_at=datetime(2026, 11, 1, tzinfo=UTC))
        juror = build.juror(edition, 1)
        for place, entry in enumerate(build.competing(edition, number), 1):
            entry.answers.create(question=question, value="Because.")
            build.marks(build.assign(round, juror, entry), 4, 3)
            round.standings.create(entry=entry, rank=place, place=place, total="1", final="1", scorecards=1)
        client = enter(organiser)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/organise/editions/e{number}/exports/workbook.xlsx").status_code == 200
        return len(captured)

    assert queries(3) == queries(30)


def test_a_reader_s_own_csv_has_their_separator_and_decimals(contest, enter, organiser):
    round = contest.rounds.get()
    client = enter(organiser)
    type(organiser).objects.filter(pk=organiser.pk).update(language="fr")
    page = client.get(BASE).content.decode()
    assert f'href="{BASE}entries.csv?separator=semicolon"' in page
    assert '<option value="semicolon" selected>' in page
    assert f'href="{BASE}entries.csv?separator=tab"' in client.get(f"{BASE}?separator=tab").content.decode()
    text = client.get(f"{BASE}standings-{round.pk}.csv?separator=semicolon").content.decode("utf-8-sig")
    assert text.splitlines()[1].split(";")[5:9] == ['"79,666667"', '"239/3"', '"79,666667"', '"239/3"']
    plain = client.get(f"{BASE}standings-{round.pk}.csv").content.decode("utf-8-sig")
    assert '"79.666667","239/3"' in plain
