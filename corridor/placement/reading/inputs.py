"""Rows turned into the problem that a placement solves, and an incubator into what the domain counts with."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from corridor.applications.reading import last_start_of
from corridor.domain.calendar.capacity import Booking
from corridor.domain.calendar.lead_times import Table, feasible_from
from corridor.domain.calendar.spans import Span, start_days
from corridor.domain.placement.document import Guest, PlacementFile, Ranked, Refused, Sent, Starts, Stated
from corridor.domain.placement.document import Host as HostRow
from corridor.domain.placement.problem import Blackout
from corridor.domain.placement.problem import Incubator as Host
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.life.reading.people import people_who_go
from corridor.models import Candidate, Incubator, LeadTime, Opening, OpeningBalance, Programme, Stay, WaitingCall
from corridor.states import HOLDS_PLACES, CallCause, CandidateState, StayState

Pairs = frozenset[tuple[int, int]]


def lead_times() -> Table:
    """{(nationality, host country): days}, of the rows that know days."""
    rows = LeadTime.objects.filter(days__isnull=False).order_by().values_list("nationality", "host_country", "days")
    return {(nationality, country): days for nationality, country, days in rows if days is not None}


def host_of(incubator: Incubator) -> Host:
    """What the domain needs to count an incubator's places. Reads openings and blackouts (see with_places)."""
    return Host(
        id=str(incubator.pk),
        city=incubator.city.slug if incubator.city else "",
        openings=tuple(Span(row.starts, row.ends, row.desks) for row in incubator.openings.all()),
        blackouts=tuple(Blackout(row.starts, row.ends, row.arrivals_only) for row in incubator.blackouts.all()),
        arrivals_per_month=incubator.arrivals_per_month,
    )


def bookings_of(stays: Iterable[Stay]) -> list[Booking]:
    """The desks that stays take: from the first day to the one after the last, and what is kept for a change."""
    return [Booking(stay.pk, stay.starts, stay.ends, stay.desks, tuple(stay.kept_spans)) for stay in stays]


def is_movable(stay: Stay) -> bool:
    """A plan may still move it: proposed, answered by neither side, not pinned."""
    answered = stay.accepted_by_host_at is not None or stay.accepted_by_team_at is not None
    return stay.state == StayState.PROPOSED and not answered and not stay.is_pinned


def kept_apart(calls: Iterable[WaitingCall]) -> Pairs:
    """Whose stay was cancelled: the plan that answers the call does not propose the same two again."""
    cancelled = ((call.candidate_id, call.incubator_id) for call in calls if call.cause == CallCause.CANCELLED)
    return frozenset((candidate, incubator) for candidate, incubator in cancelled if candidate and incubator)


def placement_document(
    programme: Programme, seed: int, *, decided_on: date, change_first: bool = False, apart: Pairs = frozenset()
) -> PlacementFile:
    """What a placement depends on, read from the database now: the shape of docs/formats/placement.schema.json.

    Holds the candidates that wait and those of the programme that hold a place: pinned where an answer was given, else
    as published. And the incubators that one of them wishes or is in. `apart` holds (candidate, incubator) that count
    as declined. Ten queries.
    """
    candidates = _candidates(programme)
    stays = {candidate.pk: _stay_of(candidate) for candidate in candidates}
    own = {stay.pk for stay in stays.values() if stay}
    wished = {wish.incubator_id for candidate in candidates for wish in candidate.preferences.all()}
    holding = {stay.incubator_id for stay in stays.values() if stay}
    rows = Incubator.objects.filter(Q(pk__in=wished, is_open=True) | Q(pk__in=holding))
    incubators = list(rows.with_places().with_answers().order_by("pk"))
    table = lead_times()
    days = start_days(programme.first_start, programme.last_start, programme.start_day)
    known = {candidate.pk for candidate in candidates}
    return PlacementFile(
        rule=programme.placement_rule,
        seed=seed,
        change_first=change_first,
        programme=Starts(
            months=programme.months, start_days=tuple(days), home_city_allowed=programme.home_city_allowed
        ),
        incubators=tuple(_incubator_row(incubator, own, known) for incubator in incubators),
        candidates=tuple(
            _candidate_row(candidate, stays[candidate.pk], incubators, table, decided_on, programme, apart)
            for candidate in candidates
        ),
        ledger=_ledger_rows(programme, candidates, incubators, own),
    )


def _candidates(programme: Programme) -> list[Candidate]:
    return list(
        programme.candidates.filter(state__in=[CandidateState.WAITING, CandidateState.PLACED])
        .filter(Q(state=CandidateState.WAITING) | Q(stays__state__in=HOLDS_PLACES))
        .distinct()
        .select_related("home_city", "programme", "application")
        .prefetch_related("preferences", "stays__travellers")
        .order_by("rank", "id")
    )


def _stay_of(candidate: Candidate) -> Stay | None:
    return next((stay for stay in candidate.stays.all() if stay.state in HOLDS_PLACES), None)


def _incubator_row(incubator: Any, own: set[int], known: set[int]) -> HostRow:
    answers = [answer for answer in incubator.answers.all() if answer.candidate_id in known]
    blackouts = (Blackout(one.starts, one.ends, one.arrivals_only) for one in incubator.blackouts.all())
    return HostRow(
        code=str(incubator.pk),
        city=incubator.city.slug if incubator.city else "",
        openings=_spans(incubator.openings.all()),
        held=_spans(
            span for stay in incubator.held_stays for span in (stay.kept_spans if stay.pk in own else stay.spans)
        ),
        arrivals_per_month=incubator.arrivals_per_month,
        blackouts=tuple(sorted(blackouts, key=lambda one: (one.starts, one.ends, one.arrivals_only))),
        refusals=tuple(
            Refused(str(one.candidate_id), one.reason)
            for one in sorted(answers, key=lambda one: one.candidate_id)
            if one.is_refusal
        ),
        order=tuple(
            Ranked(str(one.candidate_id), one.place)
            for one in sorted(answers, key=lambda one: (one.place or 0, one.candidate_id))
            if not one.is_refusal
        ),
    )


def _spans(spans: Iterable[Span | Opening]) -> tuple[Span, ...]:
    found = (Span(row.starts, row.ends, row.desks) for row in spans)
    return tuple(sorted(found, key=lambda row: (row.starts, row.ends, row.desks)))


def _candidate_row(
    candidate: Candidate,
    stay: Stay | None,
    incubators: list[Incubator],
    table: Table,
    decided_on: date,
    programme: Programme,
    apart: Pairs,
) -> Guest:
    taking_part = {incubator.pk: incubator for incubator in incubators if incubator.is_open}
    wishes = sorted(
        (wish.rank, wish.incubator_id) for wish in candidate.preferences.all() if wish.incubator_id in taking_part
    )
    ended = (one for one in candidate.stays.all() if one.state == StayState.DECLINED)
    declined = {one.incubator_id for one in ended} | {host for one, host in apart if one == candidate.pk}
    declined &= {incubator.pk for incubator in incubators}
    feasible = {}
    for _rank, pk in wishes:
        city = taking_part[pk].city
        first = feasible_from(people_who_go(candidate, stay), city.country if city else "", decided_on, table)
        # A day before the first start forbids nothing, and would only make the file longer.
        if first and first > programme.first_start:
            feasible[str(pk)] = first
    moves = stay is not None and is_movable(stay)
    rule = PLACEMENT_RULES.get(programme.placement_rule)
    place = Stated(str(stay.incubator_id), stay.starts, stay.ends) if stay else None
    return Guest(
        code=str(candidate.pk),
        rank=candidate.rank,
        # What can't be moved holds the desks it was given, whatever the team has said since.
        people=stay.desks if stay and not moves else candidate.people,
        home_city=candidate.home_city.slug,
        earliest_start=candidate.earliest_start,
        latest_start=candidate.latest_start,
        eligible_until=_last_start_of_age(candidate, programme),
        wishes=tuple(Ranked(str(incubator), rank) for rank, incubator in wishes),
        declined=tuple(str(incubator) for incubator in sorted(declined)),
        feasible_from=feasible or None,
        priority=candidate.priority if rule and rule.uses_priority else None,
        published=place if moves else None,
        pinned=None if moves else place,
    )


def _last_start_of_age(candidate: Candidate, programme: Programme) -> date | None:
    """The last start day of the programme that its rule on age allows, or the day before all of them;
    nothing where all are.

    Not the day itself that the rule gives: a plan is kept, and the day after it is a birthday.
    """
    last = last_start_of(candidate)
    days = start_days(programme.first_start, programme.last_start, programme.start_day)
    if last is None or not days or last >= days[-1]:
        return None
    return max([day for day in days if day <= last], default=days[0] - timedelta(days=1))


def ledger(*, is_sample: bool, without: Iterable[int] = ()) -> dict[str, dict[str, Any]]:
    """{slug: {city, sent, hosted, sent_before, hosted_before, …}} of the stays over the years and the opening balances.

    `without` are stays that are counted elsewhere. Sample programmes count apart, without opening balances.
    Three queries.
    """
    stays = Stay.objects.exclude(pk__in=list(without)).filter(programme__is_sample=is_sample)
    found = {
        row["slug"]: {"pk": row["city"], "name": row["name"], "sent": row["sent"], "hosted": row["hosted"]}
        for row in stays.sent_and_hosted()
    }
    for row in found.values():
        row["sent_before"] = row["hosted_before"] = 0
    if not is_sample:
        for balance in OpeningBalance.objects.select_related("city"):
            row = found.setdefault(
                balance.city.slug, {"pk": balance.city_id, "name": balance.city.name, "sent": 0, "hosted": 0}
            )
            row |= {"sent_before": balance.sent, "hosted_before": balance.hosted, "note": balance.note}
    return found


def _ledger_rows(
    programme: Programme, candidates: Iterable[Candidate], incubators: Iterable[Incubator], own: set[int]
) -> tuple[Sent, ...]:
    """Of the cities that this placement concerns; its own stays are counted by the solver."""
    cities = {candidate.home_city.slug for candidate in candidates}
    cities |= {incubator.city.slug for incubator in incubators if incubator.city}
    counted = ledger(is_sample=programme.is_sample, without=own)
    none = {"sent": 0, "hosted": 0, "sent_before": 0, "hosted_before": 0}
    return tuple(
        Sent(city, row["sent"] + row["sent_before"], row["hosted"] + row["hosted_before"])
        for city in sorted(cities)
        for row in [counted.get(city, none)]
    )
