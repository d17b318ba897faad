"""The checklist of a stay: begun when both sides have accepted, ticked off by whoever does each line."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from corridor.domain.life.stages import due_on
from corridor.life.reading.stays import tasks_of
from corridor.models import ChecklistItem, Stay
from corridor.permissions import can_arrange, does_task, require
from corridor.states import TASK, StayState, TaskOwner, TaskState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

LIVES = [StayState.ACCEPTED, StayState.CONFIRMED]


def begin_checklist(stay: Stay) -> int:
    """Gives a locked stay the lines of its programme, once. Returns how many."""
    if stay.checklist.exists():
        return 0
    lines = [
        ChecklistItem(
            stay=stay,
            code=task.code,
            title=LazyI18nString(dict(task.title)),
            owner=task.owner,
            due=due_on(task, stay.starts),
        )
        for task in tasks_of(stay.programme)
    ]
    ChecklistItem.objects.bulk_create(lines)
    return len(lines)


def begin_owed_checklists(limit: int) -> int:
    """Stays that were accepted before there were checklists. Returns how many were begun."""
    owed = Stay.objects.filter(state__in=LIVES, ends__gt=clock.now().date(), checklist__isnull=True)
    owed = owed.exclude(programme__stay_template__checklist=[])
    begun = 0
    for pk in list(owed.order_by("pk").values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            stay = locked(Stay.objects.filter(pk=pk, state__in=LIVES)).select_related("programme").first()
            begun += bool(stay and begin_checklist(stay))
    return begun


def follow_dates(stay: Stay, before: date) -> None:
    """The stay, locked, now starts on another day than `before`: what is still to do, and who travels, move as much.

    Months differ by up to three days, so whoever stayed to the end, or nearly, stays to the new end.
    """
    shift = stay.starts - before
    for person in stay.travellers.all() if shift else []:
        ends = person.ends + shift
        person.starts += shift
        person.ends = stay.ends if stay.ends - ends <= timedelta(days=3) else ends
        person.save(update_fields=["starts", "ends"])
    for item in stay.checklist.filter(state=TaskState.OPEN) if shift else []:
        item.due += shift
        item.save(update_fields=["due"])


@transaction.atomic
def save_item(*, by: User, stay: Stay, item: ChecklistItem | None, title: str, owner: str, due: date) -> ChecklistItem:
    """A line of the stay's own, or another wording, owner or day of one. The host and the organisers arrange it. Raises
    Refusal without a text, for an owner that there is not, for a day more than 1,000 from the start, and before both
    sides have accepted."""
    stay = locked(Stay.objects.filter(pk=stay.pk)).select_related("incubator").get()
    require(can_arrange(by, stay), _("The host and the organisers arrange the checklist."))
    if stay.state not in LIVES:
        raise Refusal(_("The checklist begins when both sides have accepted the stay."), code="checklist.early")
    if not title.strip():
        raise Refusal(_("Say what is to be done."), code="checklist.title", field="title", status=422)
    if owner not in TaskOwner.values:
        raise Refusal(_("Choose who does it."), code="checklist.owner", field="owner", status=422)
    if abs(due - stay.starts) > timedelta(days=1000):
        raise Refusal(_("Choose a day nearer to the stay."), code="checklist.due", field="due", status=422)
    before: dict[str, str] = {}
    if item is None:
        item = ChecklistItem(stay=stay)
    else:
        item = locked(stay.checklist.filter(pk=item.pk)).get()
        before = _facts(item)
    if str(item.title) != title.strip():
        item.title = title.strip()
    item.owner, item.due = owner, due
    item.save()
    record_event(by=by, verb="save", thing=item, before=before, after=_facts(item))
    return item


@transaction.atomic
def settle_item(*, by: User, item: ChecklistItem, verb: str) -> ChecklistItem:
    """`tick` it off or `open` it again (who does it, or an organiser); `drop` it as not needed (the host, an
    organiser). Raises Refusal once the stay has ended."""
    stay = locked(Stay.objects.filter(pk=item.stay_id)).with_parties().get()
    item = locked(stay.checklist.filter(pk=item.pk)).get()
    if verb == "drop":
        require(can_arrange(by, stay), _("The host and the organisers say what is not needed."))
    else:
        allowed = does_task(by, stay, item.owner) or (item.state == TaskState.NOT_NEEDED and can_arrange(by, stay))
        require(allowed, _("Whoever does it ticks it off."))
    if stay.state not in LIVES:
        raise Refusal(_("The stay has ended: its checklist is closed."), code="checklist.over")
    if verb == "tick" and item.state == TaskState.DONE:
        return item
    before, after = move(item, verb, TASK)
    item.settled_at, item.settled_by = (None, None) if verb == "open" else (clock.now(), by)
    item.save()
    record_event(by=by, verb=verb, thing=item, before={"state": before}, after={"state": after})
    return item


def _facts(item: ChecklistItem) -> dict[str, str]:
    return {"title": str(item.title), "owner": item.owner, "due": item.due.isoformat()}
