"""A programme's own checklist, edited by its organisers."""

import pytest

from corridor.life import forms_of, tasks_of
from corridor.models import Programme
from corridor.services.stay_templates import save_checklist_of
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
    with pytest.raises(Refusal, match="since you opened it"):
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
