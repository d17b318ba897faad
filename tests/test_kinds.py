"""A new kind is one new file: each experiment writes one into a folder that its family reads, and it is offered,
accepted, saved, computed, frozen, verified and shown everywhere; once it is gone, it is refused everywhere in words.
"""

import ast
import importlib
import json
import re
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import jsonschema
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
from contest.questions.services import save_question
from corridor.applications.services.calls import save_programme_question
from corridor.integrity import check_corridor
from corridor.kinds.document_kinds import DOCUMENT_KINDS
from corridor.kinds.second_steps import SECOND_STEPS
from corridor.life.figures import sheets_of, with_reports
from corridor.life.kinds.report_answers import ANSWER_KINDS
from corridor.life.kinds.report_figures import FIGURE_KINDS
from corridor.life.reading.stays import forms_of
from corridor.life.services.reports import file_report
from corridor.life.services.templates import save_report_form
from corridor.models import Programme, Stay
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES
from judging.domain.results.format import FORMATS, BadResult, read_results, schema
from judging.domain.rule.reading import rule_of
from judging.integrity import check_judging, faults_of_file
from judging.models import RankedBallot, Round
from judging.results.files.sheets import standings_sheet
from judging.results.files.workbook import across_formula
from judging.results.minutes.reading import minutes_of
from judging.results.services.closing import close_round
from judging.results.shown.stamps import stamp_of
from judging.rounds.kinds.across import AGGREGATIONS
from judging.rounds.kinds.combining import COMBINATIONS
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS
from judging.rounds.kinds.tie_rules import TIE_RULES
from judging.rounds.services.criteria import save_criterion
from judging.rounds.services.rounds import save_round
from judging.rounds.words.rule import rule_words
from judging.scoring.reading.pitch import read_blind
from tests import build
from tests.contest import cast
from toolkit import clock
from toolkit.kinds import Registry, UnknownKind


@contextmanager
def one_more(registry: Registry, folder: Path, name: str, source: str, *, package: str = "", code: str = ""):
    """The family with one more module, as if it stood in its folder, or in another `package` that the family reads.
    `code` where it is not the module's name."""
    package, code = package or registry.folder, code or name
    home = importlib.import_module(package)
    (folder / f"{name}.py").write_text(source)
    home.__path__.append(str(folder))
    importlib.invalidate_caches()
    registry.read()
    try:
        yield
    finally:
        home.__path__.remove(str(folder))
        del sys.modules[f"{package}.{name}"]
        delattr(home, name)
        if code in registry:
            registry.forget(code)


class TestARegistry:
    @pytest.mark.parametrize("code", ["dice", "", None, 3, ["median"], {"kind": "median"}])
    def test_a_code_that_nobody_knows_is_refused_in_words(self, code):
        with pytest.raises(UnknownKind) as refused:
            TIE_RULES.ask(code, field="tie_chain")
        assert (refused.value.code, refused.value.field, refused.value.status) == ("kind.unknown", "tie_chain", 422)
        assert str(refused.value) == f"Rule for ties: “{code}” is not known here."

    def test_it_reads_as_a_mapping(self):
        assert "dice" not in TIE_RULES
        assert TIE_RULES.get("dice") is None
        assert list(TIE_RULES)[0] == "criterion"
        assert list(TIE_RULES)[-1] == "human"
        assert len(TIE_RULES) == len(list(TIE_RULES))

    def test_two_kinds_never_share_a_code(self, tmp_path):
        twin = SHORTER_TITLE.replace("shorter_title", "median")
        with pytest.raises(ValueError, match="two kinds"), one_more(TIE_RULES, tmp_path, "shorter_title", twin):
            pass
        importlib.import_module(TIE_RULES.folder).__path__.remove(str(tmp_path))
        assert TIE_RULES["median"].offered == "Higher median of the jurors"


SHORTER_TITLE = '''
"""The entry with the shorter title."""

from fractions import Fraction

from django.db.models import F
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import number_of
from judging.rounds.kinds.tie_rules import TIE_RULES, NumberRule
from judging.reads.rounds import entries_of


@TIE_RULES.register
class ShorterTitleRule(NumberRule):
    code, order = "shorter_title", 105
    offered, name = _("Shorter title"), _("shorter title")
    lower_first = True

    def number(self, entry, link, known):
        return number_of(known.facts[entry].recorded.get(self.code, ""))

    def fact_of(self, link):
        return self.code

    def read(self, asking):
        lengths = asking.entries.order_by().annotate(letters=Length("title")).values_list("pk", "letters")
        return {pk: {"facts": {self.code: str(letters)}} for pk, letters in lengths}

    def rows(self, round):
        yield entries_of(round), Length("title")
'''


@pytest.fixture
def shorter_title(tmp_path):
    with one_more(TIE_RULES, tmp_path, "shorter_title", SHORTER_TITLE):
        yield


@pytest.fixture
def tied(organiser, enter):
    """An open round: E01 and E02 with the same result, of which E02 has the shorter title; E03 below."""
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, state="open")
    told = (("Warmth from waste water", 4), ("Sun", 4), ("Wind", 3))
    for number, (entry, (title, mark)) in enumerate(zip(entries, told, strict=True), start=1):
        entry.title = title
        entry.save()
        build.marks(build.assign(round, build.juror(edition, number), entry), mark, mark)
    return SimpleNamespace(edition=edition, entries=entries, round=round, client=enter(organiser))


def change_rule(tied, **changed):
    """Posts the page of the rule with some of it changed."""
    address = reverse("rule_change", args=[tied.round.pk])
    form = tied.client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {**changed, "reason": "The jury agreed on it."}
    answer = tied.client.post(address, {k: v for k, v in values.items() if v not in (None, "") and v is not False})
    assert answer.status_code == 302, answer.context["form"].errors


RULE = "shorter title"
APART = f"1 other entry has the same result; told apart by: {RULE}."


class TestANewTieRule:
    def test_it_is_offered_accepted_computed_frozen_verified_and_shown(self, shorter_title, tied, organiser, tmp_path):
        change_rule(tied, tie_1="shorter_title", advance_count="1")
        tied.round = Round.objects.get(pk=tied.round.pk)
        assert tied.round.rule.tie_chain == [{"kind": "shorter_title"}]
        assert "Shorter title" in tied.client.get(reverse("round", args=[tied.round.pk])).content.decode()

        result = close_round(by=organiser, round=tied.round)
        file = json.loads(result.file)
        assert [row["entry"] for row in file["standings"]] == ["E02", "E01", "E03"]
        assert [row["facts"] for row in file["entries"]] == [{"shorter_title": n} for n in ("23", "3", "4")]
        assert file["ties"][0]["steps"][0]["values"] == {"E01": "23", "E02": "3"}

        jsonschema.validate(file, schema("result"))
        assert faults_of_file(result.file, result.sha256) == []
        assert list(check_judging()) == []
        path = tmp_path / "result.json"
        path.write_text(result.file)
        call_command("verify", str(path))
        call_command("rank", str(path))

        page = tied.client.get(reverse("round_standings", args=[tied.round.pk])).content.decode()
        assert RULE in page
        page = tied.client.get(reverse("round_why", args=[tied.round.pk, tied.entries[1].pk])).content.decode()
        assert f"put first by “{RULE}” (3)" in page
        closed = Round.objects.get(pk=tied.round.pk)
        assert [row["tie"] for row in standings_sheet(closed).rows] == [APART, APART, ""]
        assert [line.settled for line in minutes_of(closed).ties] == [f"Told apart by: {RULE}."]
        rows = tied.client.get("/api/v1/standings/").json()["results"]
        assert [(row["tie"]["kind"], row["tie"]["rule"]) for row in rows if row["tie"]] == [("shorter_title", RULE)] * 2

    def test_the_stamp_of_what_was_computed_follows_what_it_reads(self, shorter_title, tied):
        plain = stamp_of(tied.round)
        tied.entries[0].title = "Warmth"
        tied.entries[0].save()
        assert stamp_of(tied.round) == plain
        change_rule(tied, tie_1="shorter_title")
        tied.round.refresh_from_db()
        asked = stamp_of(tied.round)
        tied.entries[0].title = "Heat"
        tied.entries[0].save()
        assert stamp_of(tied.round) != asked

    def test_once_it_is_gone_it_is_refused_everywhere_in_words(self, shorter_title, tied, organiser, tmp_path):
        change_rule(tied, tie_1="shorter_title", advance_count="1")
        tied.round.refresh_from_db()
        result = close_round(by=organiser, round=tied.round)
        draft = build.round(tied.edition, order=2)
        TIE_RULES.forget("shorter_title")
        unknown = "Rule for ties: “shorter_title” is not known here."

        with pytest.raises(UnknownKind) as refused:
            save_round(by=organiser, round=draft, tie_chain=[{"kind": "shorter_title"}])
        assert str(refused.value) == unknown
        (said,) = faults_of_file(result.file, result.sha256)
        assert said.startswith(
            "this is no frozen result: rule.ties[0].kind: “shorter_title” is none of criterion, group"
        )
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(json.loads(result.file), schema("result"))
        path = tmp_path / "result.json"
        path.write_text(result.file)
        for command in ("verify", "rank"):
            with pytest.raises(CommandError):
                call_command(command, str(path))
        with pytest.raises(BadResult):
            read_results(result.file.encode())
        assert f"round {tied.round.pk}: {unknown}" in list(check_judging())
        page = tied.client.get(reverse("round_standings", args=[tied.round.pk])).content.decode()
        assert unknown in page

    def test_an_open_round_that_asks_for_it_says_so_and_can_be_given_another(self, shorter_title, tied, organiser):
        change_rule(tied, tie_1="shorter_title", advance_count="1")
        TIE_RULES.forget("shorter_title")
        refused = tied.client.get(reverse("round_standings", args=[tied.round.pk]))
        assert "Rule for ties: “shorter_title” is not known here." in refused.content.decode()
        assert refused.status_code == 422
        change_rule(tied, tie_1="median")
        tied.round.refresh_from_db()
        assert tied.round.rule.tie_chain == [{"kind": "median"}]


HIGHEST = '''
"""The highest of the jurors."""

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.across import AGGREGATIONS, Aggregation


@AGGREGATIONS.register
class Highest(Aggregation):
    code, order, name = "highest", 40, _("highest of the jurors")

    def together(self, values, rule):
        return max(values)

    def formula(self, cells, rule):
        return f"MAX({cells})"
'''


def test_a_new_way_of_putting_jurors_together_is_one_file_too(tied, organiser, tmp_path):
    build.marks(build.assign(tied.round, build.juror(tied.edition, 4), tied.entries[2]), 5, 5)
    with one_more(AGGREGATIONS, tmp_path, "highest", HIGHEST):
        change_rule(tied, across="highest", advance_count="1")
        assert "highest of the jurors" in tied.client.get(reverse("round", args=[tied.round.pk])).content.decode()
        result = close_round(by=organiser, round=Round.objects.get(pk=tied.round.pk))
        file = json.loads(result.file)
        assert [(row["entry"], row["total"]) for row in file["standings"]][0] == ("E03", "100")
        jsonschema.validate(file, schema("result"))
        assert faults_of_file(result.file, result.sha256) == []
        assert across_formula(rule_of(file["rule"]), "A1:A9") == "MAX(A1:A9)"
        assert list(check_judging()) == []
        AGGREGATIONS.forget("highest")
        unknown = "How jurors make one result: “highest” is not known here."
        assert f"round {tied.round.pk}: {unknown}" in list(check_judging())
        assert unknown in tied.client.get(reverse("round", args=[tied.round.pk])).content.decode()
        with pytest.raises(UnknownKind) as no:
            save_round(by=organiser, round=build.round(tied.edition, order=2), across="highest")
        assert (str(no.value), no.value.field, no.value.status) == (unknown, "across", 422)


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


MALUS = '''
"""Points off the total: weight × mark."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import SCALE
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS, CriterionKind


@CRITERION_KINDS.register
class Malus(CriterionKind):
    code, order, name = "malus", 35, _("points off for a mark")
    is_beside = True
    share = _("off")

    def beside(self, weight, mark, cap):
        return -Fraction(weight * mark) / (SCALE * SCALE)

    def words(self, criterion):
        return f"{criterion} is taken off the total."

    def note(self, criterion):
        return "Malus: points off"
'''
UNKNOWN_CRITERION = "What a criterion does: “malus” is not known here."


@pytest.fixture
def malus(tmp_path):
    with one_more(CRITERION_KINDS, tmp_path, "malus", MALUS):
        yield


def type_criterion(client, round, **values):
    """Posts the organiser's page of a new criterion."""
    address = reverse("criterion_add", args=[round.pk])
    form = client.get(address).context["form"]
    values = {"name_en": "Doubts", "weight": "1", "scale_min": "0", "scale_max": "5", "scale_step": "1", **values}
    return dict(form.fields["kind"].choices), client.post(address, values)


class TestANewKindOfCriterion:
    def test_it_is_offered_saved_marked_computed_verified_and_shown(self, malus, organiser, enter, tmp_path):
        """Two entries with 4 on each of two criteria of weight 1 on 0–5: 80 % both; E01 has 3 points of doubts, E02 has
        1, and so 77 and 79."""
        edition, desk = build.edition("2027"), enter(organiser)
        entries = build.competing(edition, 2)
        round = build.round(edition)
        offered, saved = type_criterion(desk, round, kind="malus", is_required="on")
        assert (offered["malus"], saved.status_code) == ("points off for a mark", 302)
        assert "points off for a mark" in desk.get(reverse("round", args=[round.pk])).content.decode()
        Round.objects.filter(pk=round.pk).update(state="open")
        for number, (entry, doubts) in enumerate(zip(entries, (3, 1), strict=True), start=1):
            card = build.assign(round, build.juror(edition, number), entry)
            build.marks(card, 4, 4, doubts)
        juror = edition.jurors.first()
        asked = enter(juror.user).get(reverse("scorecard", args=[juror.assignments.get().scorecard.pk]))
        assert "Malus: points off" in asked.content.decode()

        round = Round.objects.get(pk=round.pk)
        result = close_round(by=organiser, round=round)
        file = json.loads(result.file)
        assert [(row["entry"], row["total"]) for row in file["standings"]] == [("E02", "79"), ("E01", "77")]
        jsonschema.validate(file, schema("result"))
        assert faults_of_file(result.file, result.sha256) == []
        assert list(check_judging()) == []
        path = tmp_path / "result.json"
        path.write_text(result.file)
        call_command("verify", str(path))
        call_command("rank", str(path))
        assert "Doubts is taken off the total." in minutes_of(Round.objects.get(pk=round.pk)).rule
        assert ">off<" in desk.get(reverse("round_why", args=[round.pk, entries[0].pk])).content.decode()

    def test_once_it_is_gone_it_is_refused_everywhere_in_words(self, malus, organiser, enter, tmp_path):
        edition, desk = build.edition("2027"), enter(organiser)
        entries = build.competing(edition, 2)
        round = build.round(edition)
        type_criterion(desk, round, kind="malus", is_required="on")
        Round.objects.filter(pk=round.pk).update(state="open")
        for number, entry in enumerate(entries, start=1):
            build.marks(build.assign(round, build.juror(edition, number), entry), 4, 4, number)
        result = close_round(by=organiser, round=Round.objects.get(pk=round.pk))
        draft = build.round(edition, order=2)
        CRITERION_KINDS.forget("malus")

        offered, refused = type_criterion(desk, draft, kind="malus")
        assert ("malus" in offered, refused.status_code) == (False, 422)
        with pytest.raises(UnknownKind) as no:
            save_criterion(by=organiser, round=draft, criterion=None, code="doubts", kind="malus")
        assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN_CRITERION, "kind", 422)
        (said,) = faults_of_file(result.file, result.sha256)
        assert said == (
            "this is no frozen result: rule.criteria[2].kind: “malus” is none of score, informative, bonus, penalty."
        )
        path = tmp_path / "result.json"
        path.write_text(result.file)
        for command in ("verify", "rank"):
            with pytest.raises(CommandError, match="malus"):
                call_command(command, str(path))
        page = desk.get(reverse("round", args=[round.pk]))
        assert (page.status_code, UNKNOWN_CRITERION in page.content.decode()) == (422, True)
        stray = round.criteria.get(kind="malus")
        assert f"criterion {stray.pk}: {UNKNOWN_CRITERION}" in list(check_judging())


PLURALITY = '''
"""The share of the lists that put the entry first, in per cent."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.counting import COUNTINGS, Counting


@COUNTINGS.register
class Plurality(Counting):
    code, order, name = "plurality", 40, _("first places alone")

    def earned(self, lists, points):
        return {ranked.juror: {ranked.order[0]: Fraction(100)} for ranked in lists}

    def words(self, points):
        return ["Only first places count."]
'''
UNKNOWN_COUNTING = "How ranked lists are counted: “plurality” is not known here."


@pytest.fixture
def plurality(tmp_path):
    with one_more(COUNTINGS, tmp_path, "plurality", PLURALITY):
        yield


@pytest.fixture
def ranked(organiser, enter):
    """An open round with ranked lists of three jurors: twice E02, E01, E03 and once E01, E02, E03."""
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, criteria=(), ballot="ranking")
    for number, order in enumerate((["E02", "E01", "E03"],) * 2 + (["E01", "E02", "E03"],), start=1):
        juror = build.juror(edition, number)
        for entry in entries:
            build.marks(build.assign(round, juror, entry))
        RankedBallot.objects.create(round=round, juror=juror, order=order, version=1)
    return SimpleNamespace(edition=edition, entries=entries, round=round, client=enter(organiser))


class TestANewWayToCountLists:
    def test_it_is_offered_saved_counted_verified_and_shown(self, plurality, ranked, organiser, tmp_path):
        """E02 is first on two of three lists, E01 on one: 66.67, 33.33 and 0 per cent."""
        address = reverse("round_edit", args=[ranked.round.pk])
        form = ranked.client.get(address).context["form"]
        assert dict(form.fields["counting"].choices)["plurality"] == "first places alone"
        save_round(by=organiser, round=ranked.round, counting="plurality")
        Round.objects.filter(pk=ranked.round.pk).update(state="open")
        round = Round.objects.get(pk=ranked.round.pk)
        assert "Only first places count." in rule_words(round)

        result = close_round(by=organiser, round=round)
        file = json.loads(result.file)
        totals = [(row["entry"], row["total"]) for row in file["standings"]]
        assert totals == [("E02", "66.67"), ("E01", "33.33"), ("E03", "0")]
        jsonschema.validate(file, schema("result"))
        assert faults_of_file(result.file, result.sha256) == []
        assert list(check_judging()) == []
        path = tmp_path / "result.json"
        path.write_text(result.file)
        call_command("verify", str(path))
        call_command("rank", str(path))
        page = ranked.client.get(reverse("round_why", args=[round.pk, ranked.entries[1].pk])).content.decode()
        assert "Only first places count." in page

    def test_once_it_is_gone_it_is_refused_everywhere_in_words(self, plurality, ranked, organiser, tmp_path):
        save_round(by=organiser, round=ranked.round, counting="plurality")
        Round.objects.filter(pk=ranked.round.pk).update(state="open")
        result = close_round(by=organiser, round=Round.objects.get(pk=ranked.round.pk))
        draft = build.round(ranked.edition, order=2)
        COUNTINGS.forget("plurality")

        with pytest.raises(UnknownKind) as no:
            save_round(by=organiser, round=draft, counting="plurality")
        assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN_COUNTING, "counting", 422)
        (said,) = faults_of_file(result.file, result.sha256)
        assert said == (
            "this is no frozen result: rule.lists.counting: “plurality” is none of points, positional, copeland."
        )
        path = tmp_path / "result.json"
        path.write_text(result.file)
        for command in ("verify", "rank"):
            with pytest.raises(CommandError, match="plurality"):
                call_command(command, str(path))
        assert f"round {ranked.round.pk}: {UNKNOWN_COUNTING}" in list(check_judging())


def test_published_formats_hold_the_kinds_that_there_are():
    """After a kind was added or taken away: `manage.py write_formats`."""
    written = json.loads((FORMATS / "result.schema.json").read_text(encoding="utf-8"))
    assert written == schema("result")
    families = {
        "tie_rule": TIE_RULES,
        "aggregation": AGGREGATIONS,
        "combine": COMBINATIONS,
        "counting": COUNTINGS,
        "criterion_kind": CRITERION_KINDS,
    }
    assert {name: written["$defs"][name]["enum"] for name in families} == {n: list(f) for n, f in families.items()}


# Codes that are words of the app as well may stand where nothing is compared with a kind; then those that are kinds of
# something else there.
FAMILIES = [
    (TIE_RULES, ("judging",), {"criterion", "group", "fact", "median"}, {"criterion", "group"}),  # scenarios
    (COMBINATIONS, ("judging",), set(), set()),
    (AGGREGATIONS, ("judging",), {"mean", "median"}, set()),
    (COUNTINGS, ("judging",), {"points"}, set()),
    (CRITERION_KINDS, ("judging",), {"score", "bonus", "penalty"}, set()),
    (QUESTION_KINDS, ("contest", "judging"), {"number", "address", "short", "long"}, set()),
    (DOCUMENT_KINDS, ("corridor",), {"agreement"}, set()),
    (PLACEMENT_CHANGES, ("corridor",), set(), set()),
    (SECOND_STEPS, ("corridor",), {"mail", "app", "passkey"}, set()),
    (ANSWER_KINDS, ("corridor",), {"text", "whole", "money", "choice"}, set()),
    (FIGURE_KINDS, ("corridor",), set(), set()),
]
MAY_SPELL = {
    "judging/domain/ballots/ranked_lists.py": "what a rule that says nothing means",
    "judging/domain/ties/chain.py": "what the step of a person's decision is called, in files of every version",
    "judging/domain/rule/combination.py": "what a file that says nothing means",
    "judging/domain/rule/values.py": "what a file that says nothing means",
}
ROOT = Path(__file__).resolve().parent.parent


HOLDS = re.compile(r"\b(kind|across|combine|counting|term)\b")  # what a kind's code is kept in
COMPARED = re.compile(r"""([\w.]+)\s*(?:==|!=|\bin\b)\s*["']([\w]+)["']""")  # in a template
TAG = re.compile(r"{%.*?%}", re.S)


def codes_spelt(tree: ast.AST, codes: set[str], words: set[str]):
    """(line, code) of each constant that is a code; of a code that is a common word only where a kind is compared."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and HOLDS.search(ast.unparse(node)):
            yield from ((part.lineno, part.value) for part in ast.walk(node) if is_text_of(part, words))
        if is_text_of(node, codes - words):
            yield node.lineno, node.value


def codes_compared(template: str, codes: set[str], words: set[str]):
    """The codes with which tags of a template compare something; of a common word only where a kind is compared."""
    for tag in TAG.findall(template):
        for what, code in COMPARED.findall(tag):
            if code in codes - words or (code in words and HOLDS.search(what)):
                yield code


def is_text_of(node: ast.AST, codes: set[str]) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in codes


@pytest.mark.parametrize(
    ("registry", "apps", "words", "others"), FAMILIES, ids=lambda value: getattr(value, "folder", "")
)
def test_nobody_spells_the_code_of_a_kind_outside_its_module(registry, apps, words, others):
    home = ROOT / registry.folder.replace(".", "/")
    files = [path for app in apps for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    wrong = [
        f"{path.relative_to(ROOT)}:{line} {code}"
        for path in files
        if not path.is_relative_to(home) and str(path.relative_to(ROOT)) not in MAY_SPELL
        for line, code in codes_spelt(ast.parse(path.read_text()), set(registry) - others, words - others)
    ]
    templates = [path for app in apps for path in (ROOT / "templates" / app).rglob("*.html")]
    assert templates
    wrong += [
        f"{path.relative_to(ROOT)} {code}"
        for path in templates
        for code in codes_compared(path.read_text(), set(registry) - others, words - others)
    ]
    assert wrong == []


def test_that_would_find_one():
    told = "if link['kind'] == 'fact' or question.kind in (LONG, 'short'): return 'median', 'human'"
    codes = set(TIE_RULES) | set(QUESTION_KINDS)
    found = codes_spelt(ast.parse(told), codes, {"fact", "short", "median"})
    assert sorted(code for _line, code in found) == ["fact", "human", "short"]
    told = "if round.across == 'mean': return rule['across'] in ('median', TRIMMED)"
    found = codes_spelt(ast.parse(told), set(AGGREGATIONS), {"mean", "median"})
    assert sorted(code for _line, code in found) == ["mean", "median"]


def test_that_would_find_one_in_a_template():
    told = """{% if criterion.kind == "penalty" %}–{% elif row.question.kind != 'short' %}short{% endif %}
        {% if form == "short" %}{% endif %}{% if rule == "trimmed_mean" %}median{% endif %}"""
    codes = set(CRITERION_KINDS) | set(QUESTION_KINDS) | set(AGGREGATIONS)
    assert sorted(codes_compared(told, codes, {"penalty", "short"})) == ["penalty", "short", "trimmed_mean"]
