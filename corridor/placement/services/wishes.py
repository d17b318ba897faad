"""What a candidate wishes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.applications.reading import last_start_of
from corridor.domain.calendar.spans import add_months, least_free, start_days
from corridor.domain.placement.problem import offered_steps
from corridor.models import Candidate, Incubator, Preference, Programme
from corridor.permissions import can_save_wishes, require
from corridor.placement.notices import WishesSaved
from corridor.placement.reading.inputs import host_of
from corridor.states import CandidateState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.dates import date_format
from toolkit.locks import locked
from toolkit.refusals import Refusal


@transaction.atomic
def save_wishes(
    *,
    by: User,
    candidate: Candidate,
    version: int,
    incubators: list[tuple[Incubator, int]],
    people: int,
    earliest_start: date | None,
    latest_start: date | None,
    needs: str = "",
    nationalities: list[list[str]] | None = None,
) -> Candidate:
    """Replaces the wishes; `incubators` are (incubator, rank), equal ranks being equal wishes. `nationalities` holds a
    list of ISO 3166-1 codes per person who travels, for lead times only; None leaves them as they are.

    Open to the team until the programme's date, to an organiser as long as the candidate waits. Raises Refusal, among
    others when somebody saved in between (`version` is not the current one).
    """
    candidate = locked(Candidate.objects.filter(pk=candidate.pk)).select_related("programme").get()
    require(can_save_wishes(by, candidate), _("Only the candidate gives these wishes."))
    _refuse_unless_open(by, candidate, version)
    _refuse_unless_sound(candidate, incubators)
    if people != 1 and candidate.user_id:
        raise Refusal(_("A person travels alone."), code="wishes.alone", field="people", status=422)
    if people < 1:
        raise Refusal(_("At least one person travels."), code="wishes.people", field="people", status=422)
    if earliest_start and latest_start and latest_start < earliest_start:
        sentence = _("The latest start lies before the earliest.")
        raise Refusal(sentence, code="wishes.window", field="latest_start", status=422)
    last = last_start_of(candidate)
    if last and earliest_start and earliest_start > last:
        sentence = _("By the rule on age, your stay can begin until %(day)s.") % {"day": date_format(last)}
        raise Refusal(sentence, code="wishes.age", field="earliest_start", status=422)
    before = wishes_of(candidate)
    candidate.people, candidate.needs = people, needs
    if nationalities is not None:
        candidate.nationalities = _by_person(nationalities, people)
    candidate.earliest_start, candidate.latest_start = earliest_start, latest_start
    candidate.wishes_at = clock.now()
    candidate.version += 1
    candidate.save()
    candidate.preferences.all().delete()
    Preference.objects.bulk_create(
        Preference(candidate=candidate, incubator=incubator, rank=rank) for incubator, rank in incubators
    )
    record_event(by=by, verb="wish", thing=candidate, before=before, after=wishes_of(candidate))
    WishesSaved.tell(candidate)
    return candidate


def _by_person(nationalities: list[list[str]], people: int) -> list[list[str]]:
    """Each person's codes, once each, in the order given; nobody without one.
    Raises Refusal when more are told than travel."""
    told = [list(dict.fromkeys(code.strip().upper() for code in one if code.strip())) for one in nationalities]
    told = [one for one in told if one]
    if len(told) > people:
        sentence = ngettext(
            "You say the nationalities of more people than travel: %(people)s person does.",
            "You say the nationalities of more people than travel: %(people)s people do.",
            people,
        )
        raise Refusal(sentence % {"people": people}, code="wishes.nationalities", field="people", status=422)
    return told


def wishes_of(candidate: Candidate) -> dict[str, Any]:
    """The wishes as JSON values, for the log: nationalities stay out of it, since nothing can erase it."""
    return {
        "version": candidate.version,
        "people": candidate.people,
        "earliest_start": candidate.earliest_start and candidate.earliest_start.isoformat(),
        "latest_start": candidate.latest_start and candidate.latest_start.isoformat(),
        "incubators": [
            list(pair)
            for pair in candidate.preferences.order_by("rank", "incubator_id").values_list("incubator_id", "rank")
        ],
    }


def doubt_about_wishes(candidate: Candidate) -> str:
    """What the team may have overlooked, in a sentence: wishes that no place could ever meet.
    Empty when all is well."""
    programme = candidate.programme
    days = [
        day
        for day in start_days(programme.first_start, programme.last_start, programme.start_day)
        if (candidate.earliest_start or day) <= day <= (candidate.latest_start or day)
    ]
    if not days:
        return _("No start day of the programme lies between your earliest and your latest start.")
    wished = Incubator.objects.filter(preferences__candidate=candidate).with_places()
    offers = [offered_steps(host_of(incubator)) for incubator in wished]
    ends = {day: add_months(day, programme.months) for day in days}
    most = max((least_free(steps, day, ends[day]) for steps in offers for day in days), default=0)
    if most <= 0:
        return _("None of the incubators that you wish for offers a desk for a whole stay in your dates, up to now.")
    if most < candidate.people:
        return ngettext(
            "None of the incubators that you wish for offers more than %(most)s desk at a time, and you need "
            "%(people)s.",
            "None of the incubators that you wish for offers more than %(most)s desks at a time, and you need "
            "%(people)s.",
            most,
        ) % {"most": most, "people": candidate.people}
    return ""


def wishes_are_open(programme: Programme) -> bool:
    """Before the programme's date, or without one."""
    return programme.wishes_close is None or clock.now() < programme.wishes_close


def _refuse_unless_open(by: User, candidate: Candidate, version: int) -> None:
    if candidate.state != CandidateState.WAITING:
        raise Refusal(_("Wishes can’t be changed once a place is given."), code="wishes.placed")
    if not wishes_are_open(candidate.programme) and not is_organiser(by):
        raise Refusal(_("The date for wishes has passed. Write to the organisers."), code="wishes.closed")
    if version != candidate.version:
        raise Refusal(
            _("Somebody saved other wishes in the meantime. Compare them, then save again."),
            code="wishes.stale",
        )


def _refuse_unless_sound(candidate: Candidate, incubators: list[tuple[Incubator, int]]) -> None:
    if not incubators:
        raise Refusal(_("Wish for at least one incubator."), code="wishes.none", status=422)
    if len({incubator.pk for incubator, _rank in incubators}) != len(incubators):
        raise Refusal(_("An incubator stands twice."), code="wishes.twice", status=422)
    if any(rank < 1 for _incubator, rank in incubators):
        raise Refusal(_("Wishes are numbered from 1."), code="wishes.rank", status=422)
    for incubator, _rank in incubators:
        if not incubator.is_open:
            sentence = _("%(name)s does not take part at present.") % {"name": incubator.name}
            raise Refusal(sentence, code="wishes.not_open", status=422)
        own = incubator.organisation.city_id == candidate.home_city_id
        if own and not candidate.programme.home_city_allowed:
            sentence = _("%(name)s is in your own city: choose one abroad.") % {"name": incubator.name}
            raise Refusal(sentence, code="wishes.home_city", status=422)
