"""What a programme's stays begin with: its own checklist and its own report forms instead of the usual ones."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.domain.life.reports import Form, as_data, form_of
from corridor.domain.life.stages import Task, task_of
from corridor.life.reading.stays import stays_bound, usual_template
from corridor.models import Programme, StayTemplate
from corridor.permissions import require
from corridor.states import Side, TaskOwner
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit.kinds import UnknownKind
from toolkit.locks import locked
from toolkit.refusals import Refusal

MOST_FORMS, MOST_QUESTIONS = 40, 60


@transaction.atomic
def save_checklist_of(*, by: User, programme: Programme, version: int, lines: list[dict[str, object]]) -> StayTemplate:
    """Replaces a programme's checklist; `lines` hold title, owner, days and perhaps code.
    Stays that have theirs keep it."""
    own = _own(by, programme, version)
    tasks = _tasks(lines)
    before = own.checklist if own.pk else []
    own.checklist = [
        {"code": task.code, "title": dict(task.title), "owner": task.owner, "days": task.days} for task in tasks
    ]
    return _kept(by, own, "checklist", {"lines": before}, {"lines": own.checklist})


@transaction.atomic
def save_report_form(
    *, by: User, programme: Programme, version: int, was: tuple[str, str] | None, values: dict[str, Any]
) -> StayTemplate:
    """Adds a report form, or replaces the one of `was` (code, side). Reports that were begun keep the form they were
    begun with, and stays the days that their agreement prints.

    `values` are those of corridor.domain.life.reports.form_of; codes of the form and of questions are made where they
    are empty. Raises Refusal for more forms or questions than a programme takes, and for a code that its side has
    already.
    """
    own = _own(by, programme, version)
    at = _place(own.reports, was) if was else len(own.reports)
    before = own.reports[at] if was else {}
    others = [row for number, row in enumerate(own.reports) if number != at]
    if len(others) >= MOST_FORMS or len(values["questions"]) > MOST_QUESTIONS:
        raise Refusal(_("This is more than a programme can ask."), code="template.most", status=422)
    taken = {row["code"] for row in others if row["side"] == values["side"]}
    code = was[0] if was else _code(_first(values["title"]), taken, "report")
    if code in taken:
        raise Refusal(_("This side already has this report."), code="template.twice", field="side", status=422)
    if was and values["side"] != was[1]:
        _refuse_signed(programme, was)
    form = _form({**values, "code": code, "questions": _coded(values["questions"])})
    own.reports = [*own.reports[:at], as_data(form), *own.reports[at + 1 :]]
    return _kept(by, own, "report_form", {"form": before}, {"form": own.reports[at]})


@transaction.atomic
def remove_report_form(*, by: User, programme: Programme, version: int, was: tuple[str, str]) -> StayTemplate:
    """Stays owe this report no more. What was begun or filed stays where it is.
    Refused while a stay owes it by its agreement."""
    own = _own(by, programme, version)
    _refuse_signed(programme, was)
    gone = own.reports.pop(_place(own.reports, was))
    return _kept(by, own, "report_form_removed", {"form": gone}, {})


def _refuse_signed(programme: Programme, was: tuple[str, str]) -> None:
    if stays := stays_bound(programme).get(was, 0):
        text = ngettext(
            "The agreement of %(count)s stay names this report, which is not filed yet: it stays in the "
            "programme until then.",
            "The agreements of %(count)s stays name this report, which is not filed yet: it stays in the "
            "programme until then.",
            stays,
        )
        raise Refusal(text % {"count": stays}, code="template.signed")


def _own(by: User, programme: Programme, version: int) -> StayTemplate:
    """The programme's template, locked; a new one (the usual) if it has none.
    Refuses a version that is not the kept one."""
    require(is_organiser(by), _("Only an organiser sets up a programme."))
    locked(Programme.objects.filter(pk=programme.pk)).get()
    own = StayTemplate.objects.filter(programme=programme).first()
    if version != (own.version if own else 0):
        text = _(
            "Somebody has saved this programme’s lists since you opened them. Look at them again, then change them."
        )
        raise Refusal(text, code="template.stale")
    if own:
        return own
    usual = usual_template(programme)
    reports = [as_data(_form(row)) for row in usual["reports"]]
    return StayTemplate(programme=programme, version=0, checklist=list(usual["checklist"]), reports=reports)


def _kept(by: User, own: StayTemplate, verb: str, before: dict[str, object], after: dict[str, object]) -> StayTemplate:
    own.version += 1
    own.save()
    record_event(by=by, verb=verb, thing=own.programme, before=before, after=after)
    return own


def _place(reports: list[dict[str, object]], was: tuple[str, str]) -> int:
    for number, row in enumerate(reports):
        if (row["code"], row["side"]) == was:
            return number
    raise Refusal(_("This report is no longer asked."), code="template.gone")


def _first(words: dict[str, str]) -> str:
    return next((text for text in words.values() if text), "")


def _code(words: str, taken: set[str], usual: str) -> str:
    """A name for what has none: made of its words, different from those that are taken."""
    made = slugify(words).replace("-", "_")[:32].strip("_")
    made = base = made if made.isidentifier() else usual
    number = 2
    while made in taken:
        made, number = f"{base}_{number}", number + 1
    return made


def _coded(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    taken = {row["code"] for row in questions if row.get("code")}
    coded = []
    for row in questions:
        code = row.get("code") or _code(_first(row["label"]), taken, "question")
        taken.add(code)
        coded.append({**row, "code": code})
    return coded


def _form(values: dict[str, Any]) -> Form:
    try:
        return form_of(values, Side.values)
    except UnknownKind:
        raise
    except ValueError as problem:
        told = {
            "due before": _("The report would be due before it opens."),
            "no question": _("Ask at least one question, and each only once."),
            "figure twice": _("Each figure can be asked once in a report."),
            "no currency": _("Give a currency by its three letters, such as EUR or CAD."),
        }
        sentence = next((text for part, text in told.items() if part in str(problem)), _("This form can’t be used."))
        raise Refusal(sentence, code="template.form", status=422) from None


def _tasks(lines: list[dict[str, Any]]) -> list[Task]:
    tasks: list[Task] = []
    for number, line in enumerate(lines, start=1):
        codes = {task.code for task in tasks}
        code = line.get("code") or slugify(next((text for text in line["title"].values() if text), ""))[:36] or "line"
        while code in codes:
            code = f"{code[:32]}-{number}"
        try:
            tasks.append(task_of({**line, "code": code}, TaskOwner.values))
        except ValueError:
            text = _("Line %(number)s: say what is to be done, by whom, and within 1000 days of the start.")
            raise Refusal(text % {"number": number}, code="template.line", status=422) from None
    return tasks
