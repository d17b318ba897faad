"""Programmes, and the laureates that one admits."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contest.models import Edition
from corridor.domain.calendar.spans import start_days
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.models import Candidate, Programme
from corridor.permissions import require
from corridor.programmes.notices import Admitted
from corridor.programmes.parties import guest_party
from corridor.states import GUESTS, Party
from judging.models import Award
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.templatetags.house import moment_text

DATED = ("months", "start_day", "first_start", "last_start")
SORT = ("guest", "guest_is_person")
WHO = (*SORT, "guest_one", "guest_many")
FIELDS = (
    *DATED,
    *WHO,
    "parties",
    "eligibility",
    "name",
    "placement_rule",
    "wishes_close",
    "time_zone",
    "home_city_allowed",
    "is_public",
    "is_sample",
)


@transaction.atomic
def create_programme(
    *,
    by: User,
    slug: str,
    edition: Edition | None,
    name: dict[str, str],
    first_start: date,
    last_start: date,
    wishes_close: datetime | None = None,
    months: int = 6,
    **fields: Any,
) -> Programme:
    """A new programme. `fields`: the other ones of the model, see corridor.models.Programme. Raises Refusal."""
    if Programme.objects.filter(slug=slug).exists():
        raise Refusal(_("This address is taken."), code="programme.slug", field="slug", status=422)
    return save_programme(
        by=by,
        programme=Programme(slug=slug, edition=edition),
        name=name,
        first_start=first_start,
        last_start=last_start,
        wishes_close=wishes_close,
        months=months,
        **fields,
    )


@transaction.atomic
def save_programme(*, by: User, programme: Programme, **fields: Any) -> Programme:
    """Saves what the organiser states. Refuses dates that hold no start day, new dates once stays exist, and a
    rule that nobody knows."""
    require(is_organiser(by), _("Only an organiser sets up a programme."))
    is_new = programme.pk is None
    if not is_new:
        programme = locked(Programme.objects.filter(pk=programme.pk)).get()
    before, wishes_close = _facts(programme), programme.wishes_close
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"a programme has no field {name}")
        setattr(programme, name, value)
    _check_dates(programme)
    _check_who(programme)
    PLACEMENT_RULES.ask(programme.placement_rule, field="placement_rule")
    after = _facts(programme)
    moved = any(before[name] != after[name] for name in DATED)
    if not is_new:
        _require_later_wishes(programme, wishes_close)
    if not is_new and moved and programme.stays.holding().exists():
        raise Refusal(_("Stays were agreed on these dates: they can’t be changed any more."), code="programme.fixed")
    if not is_new and any(before[name] != after[name] for name in SORT) and programme.candidates.exists():
        raise Refusal(
            _("This programme has candidates: whom it is for can’t be changed any more."), code="programme.guest_fixed"
        )
    programme.save()
    changed = [name for name in FIELDS if is_new or before[name] != after[name]]
    record_event(
        by=by,
        verb="create" if is_new else "save",
        thing=programme,
        before={} if is_new else {name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return programme


def _facts(programme: Programme) -> dict[str, str]:
    return {name: str(getattr(programme, name)) for name in FIELDS}


def _check_dates(programme: Programme) -> None:
    problem: tuple[str, str] | None = None
    if not 1 <= programme.start_day <= 28:
        problem = ("start_day", _("Stays start on a day from 1 to 28, which every month has."))
    elif programme.months < 1:
        problem = ("months", _("A stay lasts at least one month."))
    elif programme.last_start < programme.first_start:
        problem = ("last_start", _("The last start lies before the first."))
    elif not start_days(programme.first_start, programme.last_start, programme.start_day):
        problem = ("last_start", _("No start day lies between these two dates."))
    if problem:
        field, sentence = problem
        raise Refusal(sentence, code=f"programme.{field}", field=field, status=422)


def _require_later_wishes(programme: Programme, told: datetime | None) -> None:
    """Candidates were told until when they say their wishes: while they may, that can only move later."""
    now, new = clock.now(), programme.wishes_close
    if told is None or new is None or new >= told or told <= now or not programme.candidates.exists():
        return
    sentence = _("Candidates were told that they can say their wishes until %(moment)s: that can only move later.")
    raise Refusal(
        sentence % {"moment": moment_text(told, programme.time_zone)},
        code="programme.wishes_shortened",
        field="wishes_close",
        status=422,
    )


def _check_who(programme: Programme) -> None:
    """Raises Refusal unless it is said whom the programme is for, and who signs."""
    parties, guests = list(programme.parties), [party for party in programme.parties if party in GUESTS]
    problem: tuple[str, str] | None = None
    if not programme.guest:
        problem = ("guest", _("Give the guest a short word, such as “graduate”."))
    elif programme.guest != "startup" and not (_said(programme.guest_one) and _said(programme.guest_many)):
        problem = ("guest_one", _("Say what one guest is called, and what several are called."))
    elif programme.guest == "startup" and programme.guest_is_person:
        problem = ("guest_is_person", _("A start-up is an organisation: give a person another short word."))
    elif not set(parties) <= set(Party.values) or len(set(parties)) != len(parties):
        problem = ("parties", _("Name each party once."))
    elif Party.HOST not in parties or guests != [guest_party(programme.guest)]:
        problem = ("parties", _("The host and the guest sign every agreement."))
    if problem:
        field, sentence = problem
        raise Refusal(sentence, code=f"programme.{field}", field=field, status=422)


def _said(text: Any) -> bool:
    return bool(str(text).strip())


@transaction.atomic
def admit_laureates(*, by: User, programme: Programme) -> list[Candidate]:
    """Makes a candidate of each award of the programme's edition that has none yet, and asks its team for wishes.

    Returns the new candidates by rank. Raises Refusal when the programme has no edition or the edition no award.
    """
    require(is_organiser(by), _("Only an organiser admits laureates."))
    programme = locked(Programme.objects.filter(pk=programme.pk)).get()
    if programme.edition_id is None:
        raise Refusal(_("This programme belongs to no edition."), code="programme.edition")
    awards = Award.objects.filter(edition=programme.edition_id).order_by("rank", "id")
    if not awards.exists():
        raise Refusal(_("This edition has no awards yet."), code="programme.no_awards")
    known = set(programme.candidates.values_list("organisation_id", flat=True))
    fresh = awards.filter(candidate__isnull=True).select_related("entry__city", "entry__startup__organisation")
    return [_admit(by, programme, award) for award in fresh if award.entry.startup.organisation_id not in known]


def _admit(by: User, programme: Programme, award: Award) -> Candidate:
    organisation = award.entry.startup.organisation
    if award.entry.city is None:
        raise Refusal(
            _("The city of %(startup)s is not settled.") % {"startup": organisation.name}, code="programme.no_city"
        )
    candidate = Candidate.objects.create(
        programme=programme,
        organisation=organisation,
        award=award,
        name=organisation.name,
        home_city=award.entry.city,
        rank=award.rank,
        languages=[award.entry.language],
    )
    record_event(by=by, verb="admit", thing=candidate, after={"award": award.pk, "rank": award.rank})
    Admitted.tell(candidate)
    return candidate
