"""A new figure of reports is one new file (see tests/test_kinds.py)."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from corridor.integrity import check_corridor
from corridor.life.figures import sheets_of, with_reports
from corridor.life.kinds.report_figures import FIGURE_KINDS
from corridor.life.reading.stays import forms_of
from corridor.life.services.reports import file_report
from corridor.life.services.templates import save_report_form
from corridor.models import Programme, Stay
from tests import build
from tests.kinds import one_more
from toolkit import clock
from toolkit.kinds import UnknownKind

APPRENTICES = '''
"""People who learn a trade in the company."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_figures import FIGURE_KINDS, FigureKind


@FIGURE_KINDS.register
class ApprenticesFigure(FigureKind):
    code, order, name = "apprentices", 25, _("Apprentices")
'''
UNKNOWN_FIGURE = "Figure of a report: “apprentices” is not known here."
MONTH_3 = {"side": "team", "anchor": "start", "months": 3, "opens_days": -15, "due_days": 15}


@pytest.fixture
def apprentices(tmp_path):
    with one_more(FIGURE_KINDS, tmp_path, "apprentices", APPRENTICES):
        yield


@pytest.fixture
def guest(city):
    """A team that stays at Braga for six months from March."""
    programme = build.programme()
    house = build.incubator("Braga", build.city("braga"), (date(2027, 1, 1), date(2027, 12, 1), 2))
    team = build.candidate(programme, "Alpha", city, 1, [house])
    return SimpleNamespace(programme=programme, stay=build.stay_of(team, house, "confirmed"), founder=build.team(team))


def type_report(client, guest, **question):
    """Posts the organiser's page of a new report with one question."""
    address = reverse("report_form_new", args=[guest.programme.pk])
    offered = dict(client.get(address).context["questions"].forms[0].fields["term"].choices)
    values = {"version": "0", "title_en": "Month 3", "title_fr": "Mois 3", **MONTH_3}
    values |= {"question-TOTAL_FORMS": 1, "question-INITIAL_FORMS": 0}
    values |= {f"question-0-{name}": text for name, text in {"label_en": "How many?", "ORDER": 1, **question}.items()}
    return offered, client.post(address, values)


class TestANewFigure:
    def test_it_is_offered_asked_added_up_and_shown(self, apprentices, guest, organiser, enter):
        desk = enter(organiser)
        offered, saved = type_report(desk, guest, term="apprentices")
        assert (offered["apprentices"], saved.status_code) == ("Apprentices", 302)
        (form,) = [form for form in forms_of(Programme.objects.get()) if form.months == 3]
        (question,) = form.questions
        assert (question.term, question.kind) == ("apprentices", "whole")

        with clock.at(datetime(2027, 6, 1, 12, tzinfo=UTC)):
            what = {"by": guest.founder, "stay": guest.stay, "code": form.code, "side": "team"}
            file_report(**what, revision=0, typed={question.code: "4"})
            page = desk.get(reverse("programme_figures", args=[guest.programme.pk])).content.decode()
            told = sheets_of(with_reports(Stay.objects.all()))
            rows = enter(guest.founder).get(f"/api/v1/stays/{guest.stay.pk}/reports/").json()
        assert "Apprentices" in page
        assert [row["f0"] for row in told[0].rows if row["report"] == "Month 3"] == [4]
        assert [column.header for column in told[1].columns if column.key == "f0"] == ["Apprentices"]
        (asked,) = [row for row in rows if row["code"] == form.code]
        assert [(row["term"], row["kind"]) for row in asked["questions"]] == [("apprentices", "whole")]
        assert list(check_corridor()) == []

    def test_once_it_is_gone_it_is_refused_everywhere_in_words(self, apprentices, guest, organiser, enter):
        desk = enter(organiser)
        type_report(desk, guest, term="apprentices")
        FIGURE_KINDS.forget("apprentices")
        offered, refused = type_report(desk, guest, term="apprentices")
        assert ("apprentices" in offered, refused.status_code) == (False, 422)
        asks = {"label": {"en": "How many?"}, "term": "apprentices", "kind": "whole"}
        with pytest.raises(UnknownKind) as no:
            save_report_form(
                by=organiser,
                programme=guest.programme,
                version=1,
                was=None,
                values={**MONTH_3, "title": {"en": "Month 4"}, "questions": [asks]},
            )
        assert (str(no.value), no.value.status) == (UNKNOWN_FIGURE, 422)
        page = desk.get(reverse("programme_figures", args=[guest.programme.pk]))
        assert (page.status_code, UNKNOWN_FIGURE in page.content.decode()) == (422, True)
        with pytest.raises(CommandError, match="apprentices") as strays:
            call_command("check_integrity")
        assert str(strays.value) == f"report “month_3” of programme {guest.programme.pk}: {UNKNOWN_FIGURE}"
