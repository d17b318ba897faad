"""What an agreement prints is what the system does: each number, day and duty of data/terms beside what counts it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from corridor.agreements.changes.content import notice_of
from corridor.agreements.drafting.missing import MissingBlanks
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.drafting.views.drafting import where_to_fill_elsewhere
from corridor.agreements.signing.services.ending import void_agreement
from corridor.agreements.templates.wording import shipped
from corridor.domain.calendar.spans import add_months
from corridor.domain.life.reports import PROMISED, is_summed
from corridor.domain.life.stages import due_on
from corridor.life.kinds.report_figures import FIGURE_KINDS
from corridor.life.reading.stays import forms_of, owed_reports, standard, stays_bound, tasks_of
from corridor.life.services.templates import remove_report_form, save_report_form
from corridor.life.services.travellers import TravellerDraft, save_travellers
from corridor.models import Stay, StayTemplate
from toolkit import clock
from toolkit.dates import date_format
from toolkit.refusals import Refusal

STARTS, ENDS = date(2027, 3, 1), date(2027, 9, 1)
WORDS = {"fifteen": 15, "thirty": 30, "sixty": 60}


@pytest.fixture
def agreement(organiser, stay, terms):
    """Drafted: what it prints stands from then on. Nothing here reads its file, so that none is rendered."""
    made = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    made.refresh_from_db()
    return made


def texts(slug: str, language: str = "en") -> dict[str, str]:
    """{code: text} of the clauses and annexes of a template that we ship."""
    text = next(one for one in shipped() if one.slug == slug).texts[language]
    return {row["code"]: row["text"] for row in [*text["clauses"], *text["annexes"]]}


def printed(frozen) -> str:
    return " ".join(row["text"] for clause in frozen["clauses"] for row in clause["paragraphs"])


def test_report_days_are_those_on_which_reminders_count(agreement, stay):
    """Of a stay from 1 March to 31 August 2027: 14 days after the start, 10 after a month,
    15 after the middle and the end …"""
    stay.state = "confirmed"
    due = {line.form.code: line.due for line in owed_reports(stay, []) if line.form.side == "team"}
    assert due == {
        "baseline": date(2027, 3, 15),
        "month_1": date(2027, 4, 11),
        "mid_term": date(2027, 6, 16),
        "final": date(2027, 9, 16),
        "year_1": date(2028, 10, 1),
        "year_2": date(2029, 10, 1),
    }
    said = printed(agreement.frozen)
    with translation.override("en"):
        assert [code for code, day in due.items() if f"by {date_format(day, 'DATE_FORMAT')}" not in said] == []


def test_a_programme_s_own_days_are_printed_too(organiser, stay, terms):
    forms = [{**row, "due_days": row["due_days"] + 5} for row in standard()["reports"]]
    StayTemplate.objects.create(programme=stay.programme, checklist=[], reports=forms)
    said = printed(draft_agreement(by=organiser, stay=stay, language="en", terms=terms).frozen)
    assert "a starting point by March 20, 2027" in said or "a starting point by 20 March 2027" in said


def test_a_report_that_the_programme_does_not_ask_is_not_promised(organiser, stay, terms):
    """The text names it: the organiser is told where to ask for it again,
    instead of printing a day that nobody counts."""
    forms = [row for row in standard()["reports"] if row["code"] != "month_1"]
    StayTemplate.objects.create(programme=stay.programme, checklist=[], reports=forms)
    with pytest.raises(MissingBlanks) as refused:
        draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    assert refused.value.missing == ["report_first"]
    assert "the first report, which the text names and the programme does not ask" in str(refused.value.message)
    assert where_to_fill_elsewhere(stay, "report_first") == reverse("report_forms", args=[stay.programme_id])


def test_a_signed_day_stays_when_the_programme_sets_another(agreement, organiser, stay, enter):
    """Printed: 15 March and 11 April 2027. Then the baseline is due 10 days later: for agreements to come."""
    stay.refresh_from_db()
    baseline = next(row for row in standard()["reports"] if (row["code"], row["side"]) == ("baseline", "team"))
    values = {"months": 0, **baseline, "due_days": baseline["due_days"] + 10}
    was = ("baseline", "team")
    save_report_form(by=organiser, programme=stay.programme, version=0, was=was, values=values)
    stay.state = "confirmed"
    stay.save()
    stay = Stay.objects.get(pk=stay.pk)
    due = {line.form.code: line.due for line in owed_reports(stay, []) if line.form.side == "team"}
    assert (due["baseline"], due["month_1"]) == (date(2027, 3, 15), date(2027, 4, 11))
    assert agreement.frozen["reports"] == stay.promised
    client = enter(organiser)
    shown = client.get(reverse("report_form", args=[stay.programme_id, *was])).content.decode()
    assert "That stay keeps its day, and is reminded of it" in shown
    with pytest.raises(Refusal, match="The agreement of 1 stay name") as refused:
        remove_report_form(by=organiser, programme=stay.programme, version=1, was=was)
    assert refused.value.code == "template.signed"
    with pytest.raises(Refusal):
        save_report_form(by=organiser, programme=stay.programme, version=1, was=was, values={**values, "side": "host"})
    stay.reports.create(
        code="baseline", side="team", state="filed", asked=values, saved_at=clock.now(), filed_at=clock.now()
    )
    remove_report_form(by=organiser, programme=stay.programme, version=1, was=was)


def test_an_agreement_taken_back_binds_to_no_day(agreement, organiser, stay):
    void_agreement(by=organiser, agreement=agreement, reason="Another text")
    stay.refresh_from_db()
    assert (stay.promised, stays_bound(stay.programme)) == ([], {})


def test_every_day_that_a_template_names_is_one_that_the_system_counts():
    for wording in shipped():
        for text in wording.texts.values():
            named = set(
                re.findall(r"\{(report_\w+)\}", " ".join(row["text"] for row in [*text["clauses"], *text["annexes"]]))
            )
            assert named <= set(PROMISED), wording.slug


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_indicators_of_the_annex_are_the_figures_of_the_reports(language, programme):
    annex = texts("startup-agreement", language)["indicators"].casefold()
    asked = {
        form.code: {q.term for q in form.questions if q.term} for form in forms_of(programme) if form.side == "team"
    }
    # “At the start, at mid-term, in the final report and in each questionnaire”; not in the first report.
    figures = [term for term in FIGURE_KINDS if is_summed(term)]
    assert {code for code, terms in asked.items() if terms >= set(figures)} == set(PROMISED.values()) - {"month_1"}
    labels = {q.term: q.label[language] for form in forms_of(programme) for q in form.questions if q.term in figures}
    assert [term for term in figures if labels[term].casefold() not in annex] == []
    choices = next(q.choices for form in forms_of(programme) for q in form.questions if q.term == "survival")
    assert [code for code, words in choices.items() if language == "fr" and words["fr"].split()[-1] not in annex] == []


def test_the_checklist_keeps_the_days_of_the_agreement(programme):
    due = {task.code: due_on(task, STARTS) for task in tasks_of(programme)}
    clauses = texts("startup-agreement")
    template = next(one for one in shipped() if one.slug == "startup-agreement").texts["en"]["parts"]
    assert "within the first month" in template["plan"]["later"]
    plan = next(task for task in tasks_of(programme) if task.code == "plan")
    for month in range(1, 13):  # its last days, in February too
        starts = date(2027, month, 1)
        assert timedelta(days=1) <= add_months(starts, 1) - due_on(plan, starts) <= timedelta(days=4)
    assert "on the first day of the stay at the latest" in template["mentor"]["to_name"]
    assert due["mentor"] <= STARTS
    assert "before the first day" in clauses["insurance"]
    assert due["insurance"] < STARTS
    assert due["desk"] < STARTS  # “during the stay the host provides”


@pytest.mark.parametrize(("slug", "clause"), [("startup-agreement", "ending"), ("graduate-agreement", "ending")])
def test_the_notice_that_is_asked_is_the_one_that_was_signed(slug, clause, agreement):
    word = re.search(r"may end the \w+ early by (\w+) days’ notice", texts(slug)[clause])
    wording = next(one for one in shipped() if one.slug == slug)
    agreement.frozen["template"]["slug"] = slug
    agreement.frozen["rules"] = wording.texts["en"]["parts"].get("rules", {})
    assert notice_of(agreement).days == WORDS[word[1]]
    del agreement.frozen["rules"]  # frozen before there were any
    assert notice_of(agreement).days == WORDS[word[1]]


def test_a_stage_is_interrupted_by_telling_the_others_in_writing(agreement):
    """“For any other reason by a party that tells the others in writing”:
    no days are asked, by old documents neither."""
    assert " day" not in texts("stage-fr")["ending"]
    assert "by a party that tells the others in writing" in texts("stage-fr")["ending"]
    agreement.frozen["template"]["slug"] = "stage-fr"
    for language, text in next(one for one in shipped() if one.slug == "stage-fr").texts.items():
        agreement.frozen["rules"] = dict(text["parts"]["rules"])
        assert notice_of(agreement).days == 0, language
    del agreement.frozen["rules"]["notice_days"]
    assert notice_of(agreement).days == 0


def people(*names):
    return [TravellerDraft(name, ["PT"], STARTS, ENDS) for name in names]


def test_people_are_named_before_the_first_day_without_an_amendment(agreement, stay, founder):
    """“The team is 2 people whom the start-up sends and whom it names to the host before the first day.”"""
    assert agreement.frozen["stay"]["people"] == []
    with clock.at(datetime(2027, 2, 28, 12, tzinfo=UTC)):
        assert len(save_travellers(by=founder, stay=stay, travellers=people("Ana", "Bo"))) == 2
        assert len(save_travellers(by=founder, stay=stay, travellers=people("Ana", "Cy"))) == 2
    with (
        clock.at(datetime(2027, 3, 1, 12, tzinfo=UTC)),
        pytest.raises(Refusal, match="before the first day") as refused,
    ):
        save_travellers(by=founder, stay=stay, travellers=people("Ana"))
    assert refused.value.code == "travellers.begun"


def test_people_whom_an_agreement_names_change_by_amendment(organiser, stay, terms, founder):
    save_travellers(by=founder, stay=stay, travellers=people("Ana"))
    frozen = draft_agreement(by=organiser, stay=stay, language="en", terms=terms).frozen
    assert [one["name"] for one in frozen["stay"]["people"]] == ["Ana"]
    with clock.at(datetime(2027, 2, 28, 12, tzinfo=UTC)), pytest.raises(Refusal) as refused:
        save_travellers(by=founder, stay=stay, travellers=people("Bo"))
    assert refused.value.code == "travellers.agreed"
