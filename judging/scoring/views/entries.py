"""A juror's first page: the entries to score, round by round."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from judging.live.overview import sessions_ahead
from judging.models import Juror, LiveSession, Round, Scorecard, SetAside
from judging.rounds.kinds.balloting import Ballot, ballot_of
from judging.scoring.reading.pitch import beside_label, label_of
from judging.scoring.words.scripts import queue_words
from judging.states import JurorState, RoundState, ScorecardState
from network.devices import offline_boxes
from network.requests import AuthedRequest
from toolkit import clock

if TYPE_CHECKING:
    from network.models import User


FILTERS = ("all", "todo", "submitted")


@dataclass(frozen=True)
class Row:
    scorecard: Scorecard
    label: str
    status: str  # todo, started or submitted
    city: str
    beside: str  # the start-up and the entry's code


@dataclass
class Section:
    """One round of one seat. `phase` is upcoming, open or closed."""

    round: Round
    ballot: Ballot
    phase: str
    rows: list[Row] = field(default_factory=list)
    recused: list[str] = field(default_factory=list)  # codes
    versions: list[SetAside] = field(default_factory=list)  # that came too late and wait for the juror's word
    total: int = 0
    submitted: int = 0
    next_pk: int | None = None


@login_required
def list_entries(request: AuthedRequest) -> HttpResponse:
    seats = list(
        Juror.objects.filter(user=request.user).select_related("edition", "for_city").order_by("-edition_id", "pk")
    )
    if not seats:
        raise Http404
    asked = request.GET.get("show", "")
    show = asked if asked in FILTERS else "all"
    sections = sections_of(request.user, show, clock.now())
    return render(
        request,
        "judging/scoring/entries.html",
        {
            "seats": [seat for seat in seats if seat.state == JurorState.ACTIVE],
            "sections": sections,
            "show": show,
            "filters": [("all", _("All")), ("todo", _("To do")), ("submitted", pgettext("scorecards", "Submitted"))],
            "live_sessions": sessions_ahead(LiveSession.objects.for_juror(request.user)),
            "boxes": offline_boxes(request.user),
            "queue_words": queue_words(),
            "next_pk": next((section.next_pk for section in sections if section.next_pk), None),
        },
    )


def sections_of(user: User, show: str, now: datetime) -> list[Section]:
    """Open rounds first, the one that closes soonest at the top; then those to come; then those that are over."""
    sections: dict[int, Section] = {}

    def section(round: Round) -> Section:
        return sections.setdefault(round.pk, Section(round, ballot_of(round), phase_of(round, now)))

    for card in Scorecard.objects.of_juror(user).with_progress().select_related("assignment__round__rule"):
        add(section(card.assignment.round), card, show)
    for card in Scorecard.objects.recused_by(user).select_related(
        "assignment__round__rule", "assignment__round__edition", "assignment__round__city"
    ):
        section(card.assignment.round).recused.append(card.assignment.entry.code)
    for version in waiting_versions(user):
        section(version.scorecard.assignment.round).versions.append(version)
    order = ["open", "upcoming", "closed"]
    return sorted(sections.values(), key=lambda item: (order.index(item.phase), item.round.closes_at))


def waiting_versions(user: User) -> list[SetAside]:
    rows = SetAside.objects.of_juror(user).waiting()
    return list(
        rows.select_related(
            "scorecard__assignment__round__rule",
            "scorecard__assignment__round__edition",
            "scorecard__assignment__round__city",
            "scorecard__assignment__entry",
        )
    )


def add(section: Section, card: Scorecard, show: str) -> None:
    entry, done = card.assignment.entry, card.state == ScorecardState.SUBMITTED
    status = "submitted" if done else "started" if card.version else "todo"
    section.total += 1
    section.submitted += done
    if not done and section.phase == "open" and section.next_pk is None:
        section.next_pk = card.pk
    if show == "all" or (show == "submitted") == done:
        names = section.round.shows_names
        city = str(entry.city or "") if names else ""
        section.rows.append(Row(card, label_of(entry, section.round), status, city, beside_label(entry, section.round)))


def phase_of(round: Round, now: datetime) -> str:
    if round.state != RoundState.OPEN or now >= round.closes_at:
        return "closed"
    return "upcoming" if now < round.opens_at else "open"


@dataclass(frozen=True)
class Neighbours:
    """Other scorecards of the juror in the round, by the order of the list:
    the one before, the one after, the next to do (going round past the end)."""

    before: int | None
    after: int | None
    to_do: int | None


def neighbours_of(user: User, round: Round, here: Scorecard) -> Neighbours:
    """One query."""
    rows = list(
        Scorecard.objects.of_juror(user)
        .filter(assignment__round=round)
        .order_by("assignment__entry__code", "pk")
        .values_list("pk", "state")
    )
    place = next((n for n, (pk, _state) in enumerate(rows) if pk == here.pk), 0)
    ahead = rows[place + 1 :] + rows[:place]
    return Neighbours(
        before=rows[place - 1][0] if place else None,
        after=rows[place + 1][0] if place + 1 < len(rows) else None,
        to_do=next((pk for pk, state in ahead if state == ScorecardState.DRAFT), None),
    )
