"""A programme's own checklist and report forms, edited by its organisers."""

import pytest

from corridor.life.kinds.report_figures import FIGURE_KINDS
from corridor.life.reading.stays import forms_of, tasks_of
from corridor.life.services.reports import form_asked, save_report
from corridor.life.services.templates import remove_report_form, save_checklist_of, save_report_form
from corridor.models import Programme, Stay
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db
LINE = {"title": {"en": "Studio key", "fr": "Clé de l’atelier"}, "owner": "host", "days": -3}


def test_organisers_change_what_stays_begin_with(corridor, cast):
    programme = corridor.programme
    save_checklist_of(by=cast["organiser"], programme=programme, version=0, lines=[LINE, LINE])
    programme = Programme.objects.get(pk=programme.pk)
    assert [(task.code, task.owner, task.days) for task in tasks_of(programme)] == [
        ("studio-key", "host", -3),
        ("studio-key-2", "host", -3),
    ]
    assert len(forms_of(programme)) == 8
    with pytest.raises(Refusal, match="since you opened them"):
        save_checklist_of(by=cast["organiser"], programme=programme, version=0, lines=[])
    with pytest.raises(Refusal, match="Line 1"):
        save_checklist_of(by=cast["organiser"], programme=programme, version=1, lines=[{**LINE, "days": 2000}])
    with pytest.raises(Forbidden):
        save_checklist_of(by=cast["host"], programme=programme, version=1, lines=[])


def test_the_page_takes_lines_off_and_adds_some(corridor, organiser, enter):
    place = f"/organise/programmes/{corridor.programme.pk}/checklist/"
    client = enter(organiser)
    assert "Visas and permits" in client.get(place).content.decode()
    sent = {"version": "0", "line-TOTAL_FORMS": "2", "line-INITIAL_FORMS": "0"}
    for number, title in enumerate(["Studio key", ""]):
        sent |= {f"line-{number}-title_en": title, f"line-{number}-owner": "host", f"line-{number}-days": "-3"}
    answer = client.post(place, {**sent, "line-0-days": "many"})
    assert (answer.status_code, 'value="Studio key"' in answer.content.decode()) == (422, True)
    assert client.post(place, sent).status_code == 302
    assert [dict(task.title) for task in tasks_of(Programme.objects.get(pk=corridor.programme.pk))] == [
        {"en": "Studio key"}
    ]


def test_a_person_is_asked_no_figures_of_a_company(corridor, cast):
    """Baseline, month 1, mid-term and final by both sides, 12 and 24 months after:
    the same cadence, other questions."""
    programme = corridor.programme
    of_team = {(form.code, form.side) for form in forms_of(programme)}
    Programme.objects.filter(pk=programme.pk).update(guest_is_person=True)
    programme = Programme.objects.get(pk=programme.pk)
    asked = [question for form in forms_of(programme) for question in form.questions]
    assert {(form.code, form.side) for form in forms_of(programme)} == of_team
    assert [question.code for question in asked if question.term] == []
    assert "shared" in {
        question.code for form in forms_of(programme) if form.code == "year_1" for question in form.questions
    }
    save_checklist_of(by=cast["organiser"], programme=programme, version=0, lines=[LINE])
    kept = forms_of(Programme.objects.get(pk=programme.pk))
    now = next(
        question for form in kept if form.code == "year_2" for question in form.questions if question.code == "now"
    )
    assert list(now.choices) == [
        "employed",
        "own_business",
        "studying",
        "looking",
        "other",
    ]  # the database keeps the order
    assert [q.code for form in forms_of(Programme.objects.get(pk=programme.pk)) for q in form.questions] == [
        question.code for question in asked
    ]


MONEY = {"label": {"en": "Wages"}, "kind": "money", "unit": "CAD", "term": "", "choices": {}}
FORM = {"title": {"en": "Month 3"}, "side": "host", "anchor": "start", "months": 3, "opens_days": 0, "due_days": 9}


def test_a_begun_report_keeps_the_form_it_was_begun_with(corridor, cast, stay, at):
    stay.state = "confirmed"
    stay.save()
    what = {"by": cast["team"], "stay": stay, "code": "baseline", "side": "team"}
    programme, mine = corridor.programme, {"by": cast["organiser"], "programme": corridor.programme}
    with clock.at(at(1, 4)):
        begun = save_report(**what, revision=0, typed={"jobs_full_time": "3"})
        asked = [question.code for question in form_asked(begun).questions]
        values = {**FORM, "side": "team", "title": {"en": "Start"}, "questions": [MONEY]}
        save_report_form(**mine, version=0, was=("baseline", "team"), values=values)
        fresh = Stay.objects.get(pk=stay.pk)
        again = save_report(**{**what, "stay": fresh}, revision=1, typed={"jobs_full_time": "4"})
        assert [question.code for question in form_asked(again).questions] == asked
    other = Programme.objects.get(pk=programme.pk)
    new = next(form for form in forms_of(other) if (form.code, form.side) == ("baseline", "team"))
    assert (new.title, [(q.code, q.unit) for q in new.questions]) == ({"en": "Start"}, [("wages", "CAD")])


@pytest.mark.parametrize("form", ["baseline", "mid_term", "final", "year_1"])
def test_a_usual_form_that_is_saved_as_it_is_keeps_its_figures(form, corridor, organiser, enter):
    def figures():
        kept = next(
            one
            for one in forms_of(Programme.objects.get(pk=corridor.programme.pk))
            if (one.code, one.side) == (form, "team")
        )
        return [(question.code, question.term, question.kind, question.unit) for question in kept.questions]

    place = f"/organise/programmes/{corridor.programme.pk}/reports/{form}/team/"
    client, before = enter(organiser), figures()
    assert {term for _code, term, _kind, _unit in before} >= set(FIGURE_KINDS)
    context = client.get(place).context
    forms = [context["form"], *context["questions"].forms, context["questions"].management_form]
    sent = {field.html_name: "" if field.value() is None else field.value() for one in forms for field in one}
    sent = {name: value for name, value in sent.items() if value is not False}
    answer = client.post(place, {**sent, "version": "0"})
    assert answer.status_code == 302, answer.context["problem"]
    assert figures() == before


def test_report_forms_that_cannot_be_kept(corridor, cast):
    mine = {"by": cast["organiser"], "programme": corridor.programme}
    with pytest.raises(Refusal, match="before it opens"):
        save_report_form(**mine, version=0, was=None, values={**FORM, "opens_days": 20, "questions": [MONEY]})
    with pytest.raises(Refusal, match="three letters"):
        save_report_form(**mine, version=0, was=None, values={**FORM, "questions": [{**MONEY, "unit": "euro"}]})
    with pytest.raises(Refusal, match="already has"):  # the host has a mid-term of its own
        save_report_form(
            **mine, version=0, was=("mid_term", "team"), values={**FORM, "title": {"en": "Mid"}, "questions": [MONEY]}
        )
    with pytest.raises(Forbidden):
        remove_report_form(by=cast["host"], programme=corridor.programme, version=0, was=("final", "host"))
    assert len(forms_of(corridor.programme)) == 8


def test_the_page_adds_a_report_shows_it_first_and_takes_it_off(corridor, organiser, enter):
    place = f"/organise/programmes/{corridor.programme.pk}/reports/"
    client = enter(organiser)
    sent = {
        "version": "0",
        "title_en": "Month 3",
        "title_fr": "Mois 3",
        "question-TOTAL_FORMS": "3",
        "question-INITIAL_FORMS": "0",
    }
    sent |= {key: str(FORM[key]) for key in ("side", "anchor", "months", "opens_days", "due_days")}
    rows = [
        {"label_en": "Salaries", "kind": "money", "unit": "cad", "ORDER": "2"},
        {"label_en": "The company", "term": "survival", "kind": "text", "ORDER": "3"},
        {"label_en": "Colour", "label_fr": "Couleur", "kind": "choice", "choices_en": "red\nblue", "ORDER": "1"},
    ]
    sent |= {f"question-{number}-{key}": text for number, row in enumerate(rows) for key, text in row.items()}
    wrong = client.post(f"{place}new/", {**sent, "question-2-choices_fr": "rouge"})
    assert (wrong.status_code, "as many in each language" in wrong.content.decode()) == (422, True)
    seen = client.post(f"{place}new/", {**sent, "do": "preview"})
    assert (seen.status_code, "Salaries (CAD)" in seen.content.decode()) == (200, True)
    assert len(forms_of(Programme.objects.get(pk=corridor.programme.pk))) == 8  # shown, not kept
    assert client.post(f"{place}new/", {**sent, "question-2-choices_fr": "rouge\nbleu"}).status_code == 302
    made = forms_of(Programme.objects.get(pk=corridor.programme.pk))[-1]
    assert [(q.code, q.kind, q.unit, q.term, list(q.choices)) for q in made.questions] == [
        ("colour", "choice", "", "", ["red", "blue"]),
        ("salaries", "money", "CAD", "", []),
        ("the_company", "choice", "", "survival", ["operating", "merged", "acquired", "closed"]),
    ]
    assert made.questions[0].choices["red"] == {"en": "red", "fr": "rouge"}
    assert "Month 3" in client.get(place).content.decode()
    page = client.get(f"{place}{made.code}/host/").content.decode()
    assert 'value="Salaries"' in page
    assert client.post(f"{place}{made.code}/host/remove/", {"version": "1"}).status_code == 302
    assert len(forms_of(Programme.objects.get(pk=corridor.programme.pk))) == 8
