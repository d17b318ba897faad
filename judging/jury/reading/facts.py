"""Reads that turn rows into what the domain takes: facts about jurors and entries, the marks of a round."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from contest.models import Entry
from judging.domain.assignment import conflicts
from judging.models import Conflict, Juror, Round
from judging.reads.conflicts import free_mail
from judging.reads.rounds import entries_of
from network.models import Membership


def ties_of(round: Round, jurors: Iterable[Juror] | None = None) -> list[conflicts.Tie]:
    """All ties between the round's jurors and entries, by primary keys:
    those that follow from a rule and those declared.

    One tie for each pair; a rule's comes before a declared one. What a person declared in one seat holds in all their
    seats. A fellow applicant's own entry is one. Six queries, whatever the number.
    """
    jurors = list(jurors if jurors is not None else active_jurors(round))
    entries = list(entries_of(round).select_related("startup__organisation"))
    found = conflicts.find_ties(
        sides_of_jurors(jurors),
        sides_of_entries(entries),
        free_mail=free_mail(),
        same_city=round.same_city_conflicts,
    )
    pairs = {(tie.juror, tie.entry) for tie in found}
    codes = {entry.pk: entry.code for entry in entries}
    own = [
        conflicts.Tie(juror.pk, juror.own_entry_id, conflicts.SAME_PERSON, codes[juror.own_entry_id])
        for juror in jurors
        if juror.own_entry_id in codes and (juror.pk, juror.own_entry_id) not in pairs
    ]
    found, pairs = found + own, pairs | {(tie.juror, tie.entry) for tie in own}
    return found + [tie for tie in _declared(jurors, codes) if (tie.juror, tie.entry) not in pairs]


def _declared(jurors: list[Juror], entries: Iterable[int]) -> list[conflicts.Tie]:
    """What was declared or set for these jurors, or for the same people in another seat of theirs. One query."""
    seats: dict[int, list[int]] = {}
    for juror in jurors:
        if juror.user_id:
            seats.setdefault(juror.user_id, []).append(juror.pk)
    rows = Conflict.objects.filter(Q(juror__in=jurors) | Q(juror__user__in=seats), entry__in=list(entries))
    ties: dict[tuple[int, int], conflicts.Tie] = {}
    for row in rows.select_related("juror").order_by("pk"):
        for seat in seats.get(row.juror.user_id or 0, [row.juror_id]):
            ties.setdefault((seat, row.entry_id), conflicts.Tie(seat, row.entry_id, row.kind, row.reason))
    return list(ties.values())


def active_jurors(round: Round) -> list[Juror]:
    """The jurors of the round's own jury who have accepted, by code: of a city's round those of its selection, of an
    edition's round those of no city's."""
    return list(
        Juror.objects.of_jury(round.edition_id, round.city_id)
        .active()
        .select_related("organisation", "user")
        .prefetch_related("expertise")
        .order_by("code")
    )


def sides_of_jurors(jurors: list[Juror]) -> list[conflicts.Side]:
    """Verified addresses and the invited one; the organisation they sit for and those they belong to;
    their city and its."""
    users = [juror.user_id for juror in jurors if juror.user_id]
    emails = _emails(users)
    belongs: dict[int, set[int]] = {}
    for user, organisation in Membership.objects.filter(user__in=users).values_list("user_id", "organisation_id"):
        belongs.setdefault(user, set()).add(organisation)
    return [
        conflicts.Side(
            key=juror.pk,
            people=_set(juror.user_id),
            emails=frozenset({juror.email.lower()} | emails.get(juror.user_id or 0, set())),
            organisations=_set(juror.organisation_id) | belongs.get(juror.user_id or 0, set()),
            cities=_set(juror.city_id, juror.organisation and juror.organisation.city_id),
            domains=_set(juror.organisation and juror.organisation.email_domain.lower()),
        )
        for juror in jurors
    ]


def sides_of_entries(entries: list[Entry]) -> list[conflicts.Side]:
    """The start-up's members with their verified addresses and their other organisations,
    its city and the one that nominates."""
    teams: dict[int, set[int]] = {}
    for user, organisation in Membership.objects.filter(
        organisation__in=[entry.startup.organisation_id for entry in entries]
    ).values_list("user_id", "organisation_id"):
        teams.setdefault(organisation, set()).add(user)
    people = set().union(*teams.values()) if teams else set()
    emails = _emails(people)
    belongs: dict[int, set[int]] = {}
    for user, organisation in Membership.objects.filter(user__in=people).values_list("user_id", "organisation_id"):
        belongs.setdefault(user, set()).add(organisation)

    def side(entry: Entry) -> conflicts.Side:
        body = entry.startup.organisation
        team = teams.get(body.pk, set())
        return conflicts.Side(
            key=entry.pk,
            people=frozenset(team) | _set(entry.submitted_by_id),
            emails=frozenset().union(*(emails.get(user, set()) for user in team)),
            organisations=frozenset({body.pk}).union(*(belongs.get(user, set()) for user in team)),
            cities=_set(entry.city_id, body.city_id),
            domains=_set(body.email_domain.lower()),
        )

    return [side(entry) for entry in entries]


def _emails(users: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for user, email in EmailAddress.objects.filter(user__in=users, verified=True).values_list("user_id", "email"):
        found.setdefault(user, set()).add(email.lower())
    return found


def _set(*values: Any) -> frozenset[Any]:
    return frozenset(value for value in values if value)
