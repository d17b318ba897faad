"""Questions are set up by one path, whoever asks them: an edition its teams, a programme its people."""

from types import SimpleNamespace

import pytest

from contest.models import Answer, Question
from contest.questions.services.questions import QUESTIONS as OF_EDITIONS
from corridor.applications.services.calls import QUESTIONS as OF_PROGRAMMES
from corridor.models import Application, ApplicationAnswer, ProgrammeQuestion
from network.models import Event
from tests import build
from toolkit.refusals import Forbidden, Refusal

AB = [{"code": code, "name": {"en": code, "fr": code}} for code in ("a", "b")]


@pytest.fixture
def edition(db):
    whole = build.edition()
    entry = build.entry(whole, build.startup("Clay", build.city()), state="draft")

    def answer(question):
        Answer.objects.create(entry=entry, question=question, value="a")

    return SimpleNamespace(whole=whole, asking=OF_EDITIONS, model=Question, answer=answer, who="Teams")


@pytest.fixture
def programme(db):
    whole = build.graduates()
    application = Application.objects.create(programme=whole, user=build.person("bo@mail.example", "Bo"))

    def answer(question):
        ApplicationAnswer.objects.create(application=application, question=question, value="a")

    return SimpleNamespace(whole=whole, asking=OF_PROGRAMMES, model=ProgrammeQuestion, answer=answer, who="People")


@pytest.fixture(params=["edition", "programme"])
def asker(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def ask(asker, organiser):
    def save(question=None, by=organiser, **fields):
        return asker.asking.save(by=by, whole=asker.whole, question=question, **fields)

    return save


def refusal(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code, caught.value.field


def choice(ask):
    return ask(code="size", text={"en": "How big?"}, kind="choice", choices=AB, max_chars=50, is_required=False)


def test_what_is_saved_is_told_with_what_has_changed(ask, asker, organiser):
    question = choice(ask)
    ask(question, help={"en": "Roughly."}, order=3)
    made, changed = Event.objects.filter(verb="save", object_id=str(question.pk)).order_by("id")
    assert made.after["changed"] == list(asker.asking.asked)
    assert changed.after["changed"] == ["help", "order"]
    assert changed.after["code"] == "size"
    assert changed.actor == organiser


def test_what_is_not_sound_is_refused_beside_its_field(ask, asker):
    choice(ask)
    new = {"text": {"en": "Why?"}, "is_required": False}
    assert refusal(lambda: ask(code="size", **new)) == ("question.code", "code")
    assert refusal(lambda: ask(code="", **new)) == ("question.code", "code")
    assert refusal(lambda: ask(code="why", text={"en": " "}, is_required=False)) == ("question.text", "text")
    assert refusal(lambda: ask(code="why", max_chars=0, **new)) == ("question.max", "max_chars")
    assert refusal(lambda: ask(code="why", kind="choice", choices=AB[:1], **new)) == ("question.choices", "choices")
    with pytest.raises(TypeError, match="edition, state"):
        ask(code="why", state="x", edition=1, **new)
    assert asker.model.objects.count() == 1


def test_what_was_answered_stays_asked(ask, asker, organiser):
    question = choice(ask)
    asker.answer(question)
    assert refusal(lambda: ask(question, kind="number")) == ("question.kind_late", "kind")
    assert refusal(lambda: ask(question, max_chars=49)) == ("question.max_late", "max_chars")
    other = [AB[0], {"code": "c", "name": {"en": "c", "fr": "c"}}]
    assert refusal(lambda: ask(question, choices=other)) == ("question.choices_late", "choices")
    with pytest.raises(Refusal, match=f"^{asker.who} have answered this question: it stays"):
        asker.asking.remove(by=organiser, question=question)
    grown = ask(question, max_chars=99, choices=[*AB, other[1]])
    assert (grown.max_chars, len(grown.choices), grown.kind) == (99, 3, "choice")


def test_an_unanswered_question_goes_with_its_empty_answers(ask, asker, organiser):
    question = choice(ask)
    asker.answer(question)
    question.answers.update(value="")
    asker.asking.remove(by=organiser, question=question)
    assert not asker.model.objects.exists()


def test_only_an_organiser_sets_up_questions(ask, asker, founder):
    question = choice(ask)
    with pytest.raises(Forbidden):
        ask(question, by=founder, order=2)
    with pytest.raises(Forbidden):
        asker.asking.remove(by=founder, question=question)
