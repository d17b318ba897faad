"""Figures of a host, a city and a programme: sums of what was filed, for whom they are, and the workbook."""

import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from corridor.domain.life.reports import Figure
from corridor.life.figures import figures_of, with_reports
from corridor.life.reading.stays import reports_of, standard
from corridor.life.services.templates import remove_report_form, save_checklist_of
from corridor.models import Report, Stay
from tests import build
from toolkit import clock

pytestmark = pytest.mark.django_db


def filed(stay, code, by, moment, version=1, **answers) -> Report:
    asked = next(row for row in standard()["reports"] if (row["code"], row["side"]) == (code, "team"))
    return Report.objects.create(
        stay=stay, code=code, side="team", version=version, state="filed", asked=asked, answers=answers,
        saved_at=moment, filed_at=moment, filed_by=by,
    )  # fmt: skip


@pytest.fixture
def reported(corridor, at):
    """Alpha at Braga (baseline filed twice, final once), Beta at Magog (baseline filed)."""
    by = corridor.founder
    alpha = build.stay_of(corridor.teams[0], corridor.braga, "confirmed")
    beta = build.stay_of(corridor.teams[1], corridor.magog, "confirmed")
    filed(alpha, "baseline", by, at(1, 4), jobs_full_time=9, revenue="1.00")
    filed(alpha, "baseline", by, at(1, 9), version=2, jobs_full_time=2, revenue="1000.50", survival="operating")
    filed(alpha, "final", by, at(7, 2), jobs_full_time=5, survival="operating", gained="=HYPERLINK(1)")
    filed(beta, "baseline", by, at(1, 4), jobs_full_time=3)
    return alpha, beta


def sums(stays) -> list:
    rows = [line.sums for line in figures_of(with_reports(stays)).rows]
    return [(row.code, row.owed, row.filed, dict(row.totals)) for row in rows]


def test_the_latest_versions_add_up(reported, corridor, at):
    with clock.at(at(7, 3)):
        everything = sums(Stay.objects.all())
        of_braga = sums(Stay.objects.filter(incubator=corridor.braga))
    jobs, revenue = Figure("jobs_full_time"), Figure("revenue", "EUR")
    assert everything == [
        ("baseline", 2, 2, {jobs: Decimal(5), revenue: Decimal("1000.50")}),
        ("mid_term", 2, 0, {}),
        ("final", 2, 1, {jobs: Decimal(5)}),
        ("year_1", 0, 0, {}),
        ("year_2", 0, 0, {}),
    ]
    assert of_braga[0] == ("baseline", 1, 1, {jobs: Decimal(2), revenue: Decimal("1000.50")})


def test_growth_is_told_of_the_teams_that_answered_both_times(reported, at):
    with clock.at(at(7, 3)):
        [picture] = figures_of(with_reports(Stay.objects.all())).pictures
    [pair] = picture.pairs
    change = pair["change"]
    assert (picture.label, change.title) == ("Full-time jobs", "Final, by the team")
    assert (change.teams, change.before, change.after) == (1, 2, 5)  # Beta's three are in no second report
    assert (pair["before"], pair["after"]) == ("31.2%", "78.0%")


def test_what_was_filed_outlives_its_form_and_its_stay(reported, corridor, organiser, at):
    alpha, _beta = reported
    save_checklist_of(by=organiser, programme=corridor.programme, version=0, lines=[])
    remove_report_form(by=organiser, programme=corridor.programme, version=1, was=("final", "team"))
    alpha = Stay.objects.get(pk=alpha.pk)
    with clock.at(at(9, 3)):
        found = {
            (line.form.code, line.form.side): (line.is_owed, line.is_late, bool(line.filed))
            for line in reports_of(alpha, alpha.reports.all())
        }
        assert (found["final", "team"], found["final", "host"]) == ((False, False, True), (True, True, False))
        alpha.state = "cancelled"
        kept = [(line.form.code, line.is_owed) for line in reports_of(alpha, alpha.reports.all())]
    assert kept == [("baseline", False), ("final", False)]


def test_each_sees_their_own(reported, corridor, cast, enter, at):
    places = {
        "host": f"/incubator/{corridor.braga.pk}/figures/",
        "city": "/stays/figures/",
        "programme": f"/organise/programmes/{corridor.programme.pk}/figures/",
    }
    with clock.at(at(7, 3)):
        answers = {
            (name, role): enter(person).get(place) for name, place in places.items() for role, person in cast.items()
        }
    assert {key for key, answer in answers.items() if answer.status_code == 200} == {
        ("host", "host"), ("host", "organiser"), ("city", "home city"), ("city", "host city"), ("city", "organiser"),
        ("programme", "organiser"),
    }  # fmt: skip
    page = answers["host", "host"].content.decode()
    assert "<rect" in page
    assert "Beta" not in page
    assert "Beta" in answers["programme", "organiser"].content.decode()
    assert "Beta" not in answers["city", "host city"].content.decode()


def test_the_workbook_holds_text_as_text(reported, corridor, enter, at):
    with clock.at(at(7, 3)):
        answer = enter(corridor.host).get(f"/incubator/{corridor.braga.pk}/figures.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    lines = [[cell.value for cell in row] for row in book["Reports"].iter_rows(min_row=2)]
    assert [(line[0], line[5], line[6], line[8], line[10]) for line in lines] == [
        ("Alpha", "Baseline at entry", 2, 2, 1000.5),
        ("Alpha", "Final, by the team", 1, 5, None),
    ]
    last = book["Reports"].cell(3, 16)
    assert (last.data_type, last.value.endswith("=HYPERLINK(1)")) == ("s", True)
    assert [cell.value for cell in book["Sums"][2]][:4] == ["Baseline at entry", 1, 1, 2]


def test_many_stays_ask_as_many_queries(reported, corridor, organiser, enter, at):
    client = enter(organiser)

    def asked() -> int:
        with clock.at(at(7, 3)), CaptureQueriesContext(connection) as queries:
            assert client.get("/stays/figures/").status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(6):
        team = build.candidate(corridor.programme, f"Team {number}", build.city("cuneo"), 9)
        stay = build.stay_of(team, corridor.braga, "confirmed")
        filed(stay, "baseline", corridor.founder, at(1, 4), jobs_full_time=1)
    assert asked() == few
