"""How people may apply to a programme: its dates, what it says, who is eligible, what it asks."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from contest.questions.services.asking import Asking
from corridor.domain.eligibility import Rule
from corridor.models import ApplicationCall, DocumentAsked, Programme, ProgrammeQuestion
from corridor.permissions import require
from corridor.states import AdmissionOrder, PersonStatus
from network.models import User
from network.permissions import is_organiser
from network.services import record_changes, record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.templatetags.house import moment_text

FIELDS = ("opens_at", "closes_at", "about", "privacy", "keep_months", "order")
PAPER = ("code", "name", "help", "is_required", "for_hosts", "order")


@transaction.atomic
def save_call(*, by: User, programme: Programme, rule: Rule | None = None, **fields: Any) -> ApplicationCall:
    """Opens a programme to applications, or changes how: `fields` are those of FIELDS, the others keep their value.

    `rule` says who is eligible. Once somebody has submitted, it can only be widened by a new call: it stays as it is.
    Raises TypeError for another field; Refusal for dates that are out of order.
    """
    programme = _held(by, programme)
    call = getattr(programme, "call", None) or ApplicationCall(programme=programme)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not part of a call: {', '.join(sorted(unknown))}")
    before = {name: str(getattr(call, name)) for name in FIELDS}
    closes, is_open = call.closes_at, call.is_open_at(clock.now())
    for name, value in fields.items():
        setattr(call, name, value)
    _require_window(call)
    if is_open:
        _require_later(call, closes)
    if rule is not None:
        _save_rule(by, programme, rule)
    call.save()
    after = {name: str(getattr(call, name)) for name in FIELDS}
    record_changes(by=by, verb="save", thing=call, before=before, after=after)
    return call


class ProgrammeQuestions(Asking[Programme, ProgrammeQuestion]):
    def held(self, by: User, whole: Programme) -> Programme:
        return _held(by, whole)

    def whole_of(self, question: ProgrammeQuestion) -> Programme:
        return question.programme

    def rows(self, whole: Programme) -> QuerySet[ProgrammeQuestion]:
        return ProgrammeQuestion.objects.filter(programme=whole)

    def begun(self, whole: Programme) -> ProgrammeQuestion:
        return ProgrammeQuestion(programme=whole)

    def told(self, whole: Programme) -> dict[str, Any]:
        return {"programme": whole.slug}

    def say(self, code: str) -> str:
        return {
            "answered": _("People have answered this question: it stays."),
            "kind_late": _("People have answered: the kind stays."),
            "max_late": _("People have answered: the room can only grow."),
            "choices_late": _("People have answered: choices can only be added."),
        }[code]


QUESTIONS = ProgrammeQuestions()


def save_programme_question(
    *, by: User, programme: Programme, question: ProgrammeQuestion | None = None, **fields: Any
) -> ProgrammeQuestion:
    """Adds or changes a question of the programme. Raises Refusal for what may not change once people have answered."""
    return QUESTIONS.save(by=by, whole=programme, question=question, **fields)


def remove_programme_question(*, by: User, question: ProgrammeQuestion) -> None:
    """Raises Refusal for a question that was answered."""
    QUESTIONS.remove(by=by, question=question)


@transaction.atomic
def save_document_asked(
    *, by: User, programme: Programme, asked: DocumentAsked | None = None, **fields: Any
) -> DocumentAsked:
    """Adds or changes a paper that is asked; `fields` are those of PAPER. Raises Refusal without a name, and for
    showing hosts what people gave in the belief that hosts don't see it."""
    programme = _held(by, programme)
    asked = DocumentAsked(programme=programme) if asked is None else programme.documents_asked.get(pk=asked.pk)
    shown = asked.for_hosts
    _set(asked, PAPER, fields)
    _require_code(programme.documents_asked, asked)
    if not str(asked.name).strip():
        raise Refusal(_("Name the document."), code="document.name", field="name", status=422)
    if asked.for_hosts and not shown and asked.pk and asked.given.exists():
        sentence = _("People gave this document without the hosts reading it: that stays so.")
        raise Refusal(sentence, code="document.hosts", field="for_hosts")
    asked.save()
    record_event(by=by, verb="save", thing=asked, after={"programme": programme.slug, "code": asked.code})
    return asked


@transaction.atomic
def remove_document_asked(*, by: User, asked: DocumentAsked) -> None:
    """Removes a paper that nobody has given. Raises Refusal for any other."""
    _held(by, asked.programme)
    if asked.given.exists():
        raise Refusal(_("People have given this document: it stays."), code="document.given")
    record_event(by=by, verb="remove", thing=asked, before={"code": asked.code})
    asked.delete()


def _held(by: User, programme: Programme) -> Programme:
    require(is_organiser(by), _("Only an organiser sets up a programme."))
    return locked(Programme.objects.filter(pk=programme.pk)).get()


def _set(thing: Any, names: tuple[str, ...], fields: dict[str, object]) -> None:
    unknown = set(fields) - set(names)
    if unknown:
        raise TypeError(f"not part of it: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(thing, name, value)


def _require_window(call: ApplicationCall) -> None:
    if call.opens_at and call.closes_at and call.closes_at <= call.opens_at:
        sentence = _("Applications close before they open.")
        raise Refusal(sentence, code="call.window", field="closes_at", status=422)
    if bool(call.opens_at) != bool(call.closes_at):
        sentence = _("Give both days, or neither: without them nobody can apply.")
        raise Refusal(sentence, code="call.half", field="closes_at" if call.opens_at else "opens_at", status=422)
    if call.order not in AdmissionOrder.values:
        raise Refusal(_("Choose one of the list."), code="call.order", field="order", status=422)


def _require_later(call: ApplicationCall, closes: datetime | None) -> None:
    """While people may apply: it stays open, and ends no earlier than they were told."""
    now = clock.now()
    if call.opens_at is None or call.opens_at > now:
        sentence = _("People may apply already: that can't be moved into the future any more.")
        raise Refusal(sentence, code="call.reopened", field="opens_at", status=422)
    if call.closes_at and closes and call.closes_at < closes:
        moment = moment_text(closes, call.programme.time_zone)
        sentence = _("People may apply already: the end can be moved later, not before %(moment)s.")
        raise Refusal(sentence % {"moment": moment}, code="call.shortened", field="closes_at", status=422)


def _save_rule(by: User, programme: Programme, rule: Rule) -> None:
    data = {
        "under": rule.under,
        "counted": rule.counted,
        "diploma": rule.diploma,
        "statuses": [status for status in PersonStatus.values if status in rule.statuses],
    }
    before = dict(programme.eligibility or {})
    after = {**before, **data}
    if before == after:
        return
    if programme.applications.filter(Q(submitted_at__isnull=False)).exists():
        sentence = _("People have applied under this rule: it stays as it is.")
        raise Refusal(sentence, code="call.rule", field="under")
    programme.eligibility = after
    programme.save(update_fields=["eligibility"])
    record_event(by=by, verb="save", thing=programme, before={"eligibility": before}, after={"eligibility": after})


def _require_code(rows: Any, thing: Any) -> None:
    if not thing.code or rows.filter(code=thing.code).exclude(pk=thing.pk).exists():
        raise Refusal(_("Another one has this code."), code="asked.code", field="code", status=422)
