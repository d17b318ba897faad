"""Reports: saved as a draft, filed once, corrected as the next version."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.domain.life.reports import Form, Question, as_data, form_of, read_answer
from corridor.life.kinds.report_answers import ANSWER_KINDS
from corridor.life.reading.stays import OwedReport, forms_for, reports_of
from corridor.models import Report, Stay
from corridor.permissions import require, writes_report
from corridor.states import REPORT, ReportState, Side
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move


class WrongAnswers(Refusal):
    """Some answers can't be taken. `problems` is {question code: sentence}; nothing was saved."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(_("Some answers can’t be taken."), code="report.answers", status=422)
        self.problems = problems


@transaction.atomic
def save_report(*, by: User, stay: Stay, code: str, side: str, revision: int, typed: Mapping[str, str]) -> Report:
    """Keeps a draft as far as it goes. `typed` is {question code: text}.
    Raises WrongAnswers, and a stale revision's Refusal."""
    return _save(_opened(by, stay, code, side), revision, typed, complete=False)


@transaction.atomic
def keep_typed(
    *, by: User, stay: Stay, code: str, side: str, revision: int, typed: Mapping[str, str]
) -> tuple[Report, dict[str, str]]:
    """Keeps what is in order of a draft that is typed on: (the draft, {question code: why it was not kept}).

    A question that `typed` does not name, or whose answer can't be taken, keeps what it had.
    """
    report = _opened(by, stay, code, side)
    _refuse_stale(report, revision)
    taken, problems = _read(report, typed, complete=False)
    named = {question.code for question in form_asked(report).questions if question.code in typed}
    kept = {key: answer for key, answer in report.answers.items() if key not in named or key in problems}
    _keep(report, {**kept, **taken})
    return report, problems


@transaction.atomic
def file_report(*, by: User, stay: Stay, code: str, side: str, revision: int, typed: Mapping[str, str]) -> Report:
    """Files the version at hand: from now on everybody with a part in the stay reads it, and nothing alters it."""
    report = _save(_opened(by, stay, code, side), revision, typed, complete=True)
    before, after = move(report, "file", REPORT)
    report.filed_at, report.filed_by = clock.now(), by
    report.save()
    facts = {"state": after, "code": report.code, "side": report.side, "version": report.version}
    record_event(by=by, verb="file", thing=report, before={"state": before}, after=facts)
    return report


@transaction.atomic
def begin_correction(*, by: User, stay: Stay, code: str, side: str) -> Report:
    """A new version that begins with what was filed; the old one stays. Twice is once. Raises Refusal for a report that
    is not filed."""
    line = _line(by, stay, code, side)
    if isinstance(line.draft, Report):
        return line.draft
    if not isinstance(line.filed, Report):
        raise Refusal(_("Only a filed report is corrected."), code="report.not_filed")
    filed = line.filed
    made = Report.objects.create(
        stay=filed.stay,
        code=code,
        side=side,
        version=filed.version + 1,
        asked=filed.asked,
        answers=filed.answers,
        saved_at=clock.now(),
    )
    record_event(by=by, verb="correct", thing=made, after={"version": made.version})
    return made


def _line(by: User, stay: Stay, code: str, side: str) -> OwedReport:
    """The report of a locked stay, open for its writer; refuses otherwise."""
    locked(Stay.objects.filter(pk=stay.pk)).get()
    stay = Stay.objects.with_parties().select_related("programme__stay_template").get(pk=stay.pk)
    require(writes_report(by, stay, side), _("Each side writes its own reports."))
    lines = reports_of(stay, Report.objects.filter(stay=stay, code=code, side=side))
    line = next((line for line in lines if (line.form.code, line.form.side) == (code, side)), None)
    if line is None:
        raise Refusal(_("The stay does not owe this report."), code="report.unknown", status=422)
    if not line.is_open:
        raise Refusal(_("It is too early for this report."), code="report.early")
    return line


def _opened(by: User, stay: Stay, code: str, side: str) -> Report:
    """The draft at hand, begun if there is none. Refuses once filed, unless a correction was begun."""
    line = _line(by, stay, code, side)
    if isinstance(line.draft, Report):
        return line.draft
    if line.filed is not None:
        raise Refusal(_("This report is filed. Begin a correction to change it."), code="report.filed")
    form = next(form for form in forms_for(line.stay) if (form.code, form.side) == (code, side))
    return Report(stay=line.stay, code=code, side=side, asked=as_data(form), saved_at=clock.now())


def form_asked(report: Report) -> Form:
    """The form of a version, as it was when the version was begun."""
    return form_of(report.asked, Side.values)


def _save(report: Report, revision: int, typed: Mapping[str, str], *, complete: bool) -> Report:
    _refuse_stale(report, revision)
    answers, problems = _read(report, typed, complete)
    if problems:
        raise WrongAnswers(problems)
    return _keep(report, answers)


def _refuse_stale(report: Report, revision: int) -> None:
    if report.revision != revision:
        text = _("Somebody has saved this report since you opened it. Compare, then save again.")
        raise Refusal(text, code="report.stale")


def _read(report: Report, typed: Mapping[str, str], complete: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """(answers that are in order, {question code: what is wrong})."""
    answers, problems = {}, {}
    for question in form_asked(report).questions:
        try:
            answer = read_answer(question, typed.get(question.code, ""), complete)
        except ValueError as problem:
            problems[question.code] = _problem(question, str(problem))
        else:
            if answer is not None:
                answers[question.code] = answer
    return answers, problems


def _keep(report: Report, answers: dict[str, object]) -> Report:
    report.answers, report.saved_at, report.state = answers, clock.now(), ReportState.DRAFT
    report.revision += 1
    report.save()
    return report


def _problem(question: Question, code: str) -> str:
    said = {"required": _("Answer this before you file the report."), **ANSWER_KINDS[question.kind].problems}
    return str(said[code])
