"""What a programme's stays begin with: its own checklist instead of the usual one."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from corridor.domain.life import Task, task_of
from corridor.life import standard
from corridor.models import Programme, StayTemplate
from corridor.permissions import require
from corridor.states import TaskOwner
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal


@transaction.atomic
def save_checklist_of(*, by: User, programme: Programme, version: int, lines: list[dict]) -> StayTemplate:
    """Replaces a programme's checklist; `lines` hold title, owner, days and perhaps code. Stays that have theirs keep it."""
    require(is_organiser(by), _("Only an organiser sets up a programme."))
    locked(Programme.objects.filter(pk=programme.pk)).get()
    own = StayTemplate.objects.filter(programme=programme).first()
    if version != (own.version if own else 0):
        text = _("Somebody has saved this list since you opened it. Look at it again, then change it.")
        raise Refusal(text, code="template.stale")
    tasks = _tasks(lines)
    before = own.checklist if own else []
    own = own or StayTemplate(programme=programme, version=0, reports=standard()["reports"])
    own.checklist = [
        {"code": task.code, "title": dict(task.title), "owner": task.owner, "days": task.days} for task in tasks
    ]
    own.version += 1
    own.save()
    record_event(by=by, verb="checklist", thing=programme, before={"lines": before}, after={"lines": own.checklist})
    return own


def _tasks(lines: list[dict]) -> list[Task]:
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
