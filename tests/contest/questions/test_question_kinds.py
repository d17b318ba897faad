"""A new kind of question is one new file (see tests/test_kinds.py)."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from contest.dossier.forms import field_of
from contest.entries.exports import entry_rows
from contest.entries.services.drafts import save_draft
from contest.entries.services.entries import start_entry
from contest.integrity import check_contest
from contest.kinds.question_kinds import QUESTION_KINDS
from contest.models import Entry
from contest.questions.services.questions import save_question
from corridor.applications.services.calls import save_programme_question
from judging.scoring.reading.pitch import read_blind
from tests import build
from tests.contest import cast
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

PERCENT = '''
"""A share, in whole per cent."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contest.kinds.question_kinds import QUESTION_KINDS, QuestionKind


@QUESTION_KINDS.register
class PercentKind(QuestionKind):
    code, order, name = "percent", 35, _("share in per cent")

    def field(self, asked, **options):
        return forms.CharField(widget=forms.NumberInput({"min": 0, "max": 100}), **options)

    def fault_in(self, asked, text):
        return "" if text.isdecimal() and int(text) <= 100 else gettext("Write a share from 0 to 100.")

    def in_words(self, asked, value):
        return f"{value} %" if value else ""
'''
SHARE = {"en": "How much of it works?", "fr": "Quelle part fonctionne ?"}
UNKNOWN_QUESTION = "Kind of question: “percent” is not known here."


@pytest.fixture
def percent(tmp_path):
    with one_more(QUESTION_KINDS, tmp_path, "percent", PERCENT):
        yield


def type_question(client, address, **values):
    """Posts the organiser's page of a new question."""
    form = client.get(address).context["form"]
    offered = dict(form.fields["kind"].choices)
    values = {"code": "share", "text_en": SHARE["en"], "text_fr": SHARE["fr"], "max_chars": 10, "order": 1, **values}
    return offered, client.post(address, values)


class TestANewKindOfQuestion:
    def test_an_edition_asks_it_and_everybody_reads_the_answer_in_words(self, percent, organiser, founder, enter):
        edition = build.edition("2027")
        desk, team = enter(organiser), enter(founder)
        offered, saved = type_question(desk, reverse("question_new", args=["2027"]), kind="percent")
        assert (offered["percent"], saved.status_code) == ("share in per cent", 302)
        assert "share in per cent" in desk.get(reverse("edition_questions", args=["2027"])).content.decode()

        question = edition.questions.get()
        entry = start_entry(by=founder, edition=edition, startup=cast.startup_of(founder))
        step = reverse("entry_step", args=[entry.pk, "questions"])
        field = f"question_{question.pk}"
        assert f'type="number" name="{field}"' in team.get(step).content.decode()
        wrong = team.post(step, {"version": entry.version, field: "140"})
        assert "Write a share from 0 to 100." in wrong.content.decode()
        assert 'value="140"' in wrong.content.decode()
        assert team.post(step, {"version": entry.version, field: "40"}).status_code == 302

        assert "40 %" in team.get(reverse("entry", args=[entry.pk])).content.decode()
        assert [row[f"question_{question.pk}"] for row in entry_rows(Entry.objects.all())] == ["40 %"]
        (told,) = team.get(f"/api/v1/entries/{entry.pk}/").json()["answers"]
        assert (told["value"], told["in_words"]) == ("40", "40 %")
        assert read_blind(Entry.objects.with_all().get()).answers == [(SHARE["en"], "40 %")]
        assert list(check_contest()) == []

    def test_a_programme_asks_it_too(self, percent, organiser, enter):
        programme = build.programme()
        address = reverse("programme_question_new", args=[programme.pk])
        offered, saved = type_question(enter(organiser), address, kind="percent")
        assert (offered["percent"], saved.status_code) == ("share in per cent", 302)
        question = programme.questions.get()
        assert question.fault_in("x") == "Write a share from 0 to 100."
        assert question.in_words("40") == "40 %"
        assert field_of(question).widget.input_type == "number"

    def test_once_it_is_gone_it_is_refused_everywhere_in_words(self, percent, organiser, founder, enter):
        edition, programme = build.edition("2027"), build.programme()
        question = save_question(
            by=organiser, edition=edition, code="share", text=SHARE, kind="percent", is_required=False
        )
        asked = save_programme_question(by=organiser, programme=programme, code="share", text=SHARE, kind="percent")
        entry = start_entry(by=founder, edition=edition, startup=cast.startup_of(founder))
        QUESTION_KINDS.forget("percent")

        offered, refused = type_question(enter(organiser), reverse("question_new", args=["2027"]), kind="percent")
        assert "percent" not in offered
        assert refused.status_code == 200
        for save in (
            lambda: save_question(by=organiser, edition=edition, code="more", text=SHARE, kind="percent"),
            lambda: save_programme_question(by=organiser, programme=programme, code="more", text=SHARE, kind="percent"),
            lambda: save_draft(by=founder, entry=entry, version=entry.version, answers={question.pk: "40"}),
        ):
            with pytest.raises(UnknownKind) as no:
                save()
            assert (str(no.value), no.value.status) == (UNKNOWN_QUESTION, 422)
        step = enter(founder).get(reverse("entry_step", args=[entry.pk, "questions"]))
        assert step.status_code == 422
        assert UNKNOWN_QUESTION in step.content.decode()
        assert "Yes" not in step.content.decode()
        assert UNKNOWN_QUESTION in enter(organiser).get(reverse("edition_questions", args=["2027"])).content.decode()
        with pytest.raises(CommandError) as strays:
            call_command("check_integrity")
        assert str(strays.value).splitlines() == [
            f"question {question.pk}: {UNKNOWN_QUESTION}",
            f"question {asked.pk} of a programme: {UNKNOWN_QUESTION}",
        ]
