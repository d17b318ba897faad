"""A plan's codes and figures as sentences, and its placements as a calendar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corridor.domain.calendar.layout import Bar, rows_of
from corridor.domain.calendar.lead_times import cost_of
from corridor.domain.calendar.spans import Span, add_months, desks_by_month, least_free, months_of
from corridor.domain.placement.answer import Answer, Placed, Unplaced, Why
from corridor.domain.placement.problem import offered_steps
from corridor.models import Candidate, Incubator
from corridor.placement.reading.inputs import host_of, lead_times
from corridor.placement.reading.lead_times import people_by_candidate
from corridor.placement.words.lead_times import words_of
from network.permissions import is_organiser
from toolkit.dates import date_format

if TYPE_CHECKING:
    from corridor.domain.placement.document import PlacementFile
    from corridor.models import Programme, Question
    from network.models import User


def crumbs_of_incubator(user: User) -> list[tuple[str, str]]:
    return [(_("Incubators"), reverse("incubator_list"))] if is_organiser(user) else []


@dataclass(frozen=True)
class Names:
    """Names by the ids of a plan."""

    candidates: dict[int, str]
    incubators: dict[int, str]

    @classmethod
    def of(cls, candidates: Iterable[str] = (), incubators: Iterable[str] = (), whys: Collection[Why] = ()) -> Names:
        """The names of these codes and of all that the reasons speak of: two queries."""
        people = {int(code) for code in [*candidates, *(holder for why in whys for holder in why.holders or ())]}
        places = {int(code) for code in [*incubators, *(why.incubator for why in whys)]}
        rows = Incubator.objects.filter(pk__in=places).select_related("organisation")
        return cls(
            dict(Candidate.objects.filter(pk__in=people).values_list("pk", "name")),
            {incubator.pk: incubator.name for incubator in rows},
        )

    def candidate(self, code: str) -> str:
        return self.candidates.get(int(code), "?")

    def incubator(self, code: str) -> str:
        return self.incubators.get(int(code), "?")


Waits = Callable[[int, Why], str]  # (candidate, wish) → whose papers take longest


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


def why_not(wish: Why, names: Names) -> str:
    """Why a wish is not given, in a sentence."""
    values: dict[str, Any] = {
        "host": names.incubators.get(int(wish.incubator), "?"),
        "desks": wish.desks or 0,
        "holders": ", ".join(dict.fromkeys(names.candidates.get(int(one), "?") for one in wish.holders or ()))
        or _("those agreed before"),
        "start": _day(wish.start),
        "short": wish.short_by or 0,
        "reason": wish.reason or "",
        "most": wish.most or 0,
        "starts": _day(wish.starts),
        "last": _day(wish.ends - timedelta(days=1) if wish.ends else None),
        "month": date_format(wish.month, "F Y") if wish.month else "",
        "day": _day(wish.feasible_from),
        "until": _day(wish.eligible_until),
    }
    sentences = {
        "declined": _("%(host)s: this stay was declined or cancelled before."),
        "refused": _("%(host)s does not take this guest: %(reason)s"),
        "not_eligible": _(
            "%(host)s: by the rule on age, the stay can begin until %(until)s, and no desk is offered before."
        ),
        "too_late": _("%(host)s: lead times allow no start before %(day)s."),
        "blackout": _("%(host)s is closed from %(starts)s to %(last)s."),
        "arrivals": _(
            "%(host)s: as many guests as it receives in a month (%(most)s) arrive in %(month)s: %(holders)s."
        ),
        "home_city": _("%(host)s is in the guest’s own city, which this programme excludes."),
        "no_start": _("%(host)s: no start day of the programme lies between the guest’s earliest and latest start."),
        "no_opening": _("%(host)s offers no desk for a whole stay in the wished dates."),
        "free": _("%(host)s has desks, but another wish was given."),
    }
    if wish.code == "too_few_desks":
        sentence = ngettext(
            "%(host)s offers %(desks)s desk at most, too few for this guest.",
            "%(host)s offers %(desks)s desks at most, too few for this guest.",
            values["desks"],
        )
    elif wish.code == "held":
        sentence = ngettext(
            "%(host)s: stays agreed before leave %(desks)s desk, too few for this guest.",
            "%(host)s: stays agreed before leave %(desks)s desks, too few for this guest.",
            values["desks"],
        )
    elif wish.code == "taken":
        sentence = ngettext(
            "%(host)s: its desks go to %(holders)s. From %(start)s, %(short)s desk is missing.",
            "%(host)s: its desks go to %(holders)s. From %(start)s, %(short)s desks are missing.",
            values["short"],
        )
        right = RIGHTS.get(wish.rule or "")
        return f"{sentence % values} {right}" if right else sentence % values
    else:
        sentence = sentences[wish.code]
    return sentence % values


def better_words(better: Collection[Why], candidate: Candidate, nameless: str = "") -> list[str]:
    """Why the better wishes of a candidate's stay were not given, for itself and the organiser. `nameless` says who
    holds the desks, where persons read of persons."""
    names = Names.of(whys=better)
    if nameless:
        names = Names(dict.fromkeys(names.candidates, nameless), names.incubators)
    waits = who_waits([candidate], better)
    return _whys(candidate.pk, better, names, waits)


def _whys(candidate: int, wishes: Iterable[Why], names: Names, waits: Waits) -> list[str]:
    """Why each wish is not given; where papers stand in the way, whose."""
    return [" ".join(filter(None, [why_not(wish, names), waits(candidate, wish)])) for wish in wishes]


def waits_in(answer: Answer) -> Waits:
    """As who_waits, of a whole plan: for its page, which only organisers read."""
    late = {int(code) for code, wish in answer.not_given if wish.code == "too_late"}
    candidates = Candidate.objects.filter(pk__in=late).only("nationalities") if late else []
    return who_waits(candidates, [wish for _code, wish in answer.not_given])


def who_waits(candidates: Iterable[Candidate], wishes: Iterable[Why]) -> Waits:
    """Tells of a candidate and a wish that is too late whose papers cost how long. For its team and the organiser only.

    At most three queries, none where no wish is too late.
    """
    hosts = {int(wish.incubator) for wish in wishes if wish.code == "too_late"}
    if not hosts:
        return lambda _pk, _wish: ""
    told = people_by_candidate(candidates)
    countries = dict(Incubator.objects.filter(pk__in=hosts).values_list("pk", "organisation__city__country"))
    table = lead_times()

    def words(pk: int, wish: Why) -> str:
        if wish.code != "too_late":
            return ""
        cost = cost_of(told.get(pk, []), countries.get(int(wish.incubator)) or "", table)
        return words_of(cost) if cost else ""

    return words


RIGHTS = {
    "award_order": gettext_lazy("Better ranks among them hold the desks."),
    "whole_plan": gettext_lazy("Under the rule, the plan as a whole is better so."),
}
UNPLACED = {
    "no_wish": gettext_lazy("No wishes were given."),
    "no_start": gettext_lazy("No start day of the programme lies between the earliest and the latest start."),
    "not_eligible": gettext_lazy("By the rule on age, no stay of this programme can begin early enough any more."),
    "no_room": "",
}


@dataclass(frozen=True, kw_only=True)
class UnplacedRow(Unplaced):
    """A candidate without a place, in words; `question` and `changes` are what was asked about it."""

    name: str
    why: list[str]
    question: Question | None = None
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class PlacedRow(Placed):
    """A placement in words; `decide_by` is the last day for its decision by the lead times."""

    name: str
    host: str
    why: list[str]
    decide_by: date | None = None
    is_late: bool = False

    @property
    def incubator_id(self) -> int:
        """The incubator's primary key."""
        return int(self.incubator)


def unplaced_rows(answer: Answer, names: Names, waits: Waits) -> list[UnplacedRow]:
    """The candidates without a place, each with its reasons in words."""
    return [
        UnplacedRow(
            **vars(row),
            name=names.candidates.get(int(row.candidate), "?"),
            why=[str(sentence) for sentence in [UNPLACED[row.code]] if sentence]
            + (_whys(int(row.candidate), row.wishes, names, waits) if row.code == "no_room" else []),
        )
        for row in answer.unplaced
    ]


def placed_rows(answer: Answer, names: Names, waits: Waits) -> list[PlacedRow]:
    """The placements in words and dates."""
    return [
        PlacedRow(
            **vars(row),
            name=names.candidates.get(int(row.candidate), "?"),
            host=names.incubators.get(int(row.incubator), "?"),
            why=_whys(int(row.candidate), row.better, names, waits),
        )
        for row in answer.placements
    ]


def names_in(answer: Answer, inputs: PlacementFile) -> Names:
    """All names that a plan's answer and its inputs speak of."""
    return Names.of(
        [one.code for one in inputs.candidates],
        [one.code for one in inputs.incubators],
        [why for _code, why in answer.not_given],
    )


def calendar_of(
    programme: Programme, incubators: list[Any], bars: dict[int, list[Bar]], *, use: bool = False
) -> dict[str, Any]:
    """{months, hosts}: each host with its rows of cells; an empty cell knows whether the host is closed that month.

    With `use`, each host also tells the desks held and offered, month by month.

    `incubators` come from `with_places`; `bars` by incubator id.
    """
    months = months_of(programme.first_start, add_months(programme.last_start, programme.months))
    hosts = []
    for incubator in incubators:
        steps = offered_steps(host_of(incubator))
        closed = {month for month in months if least_free(steps, month, add_months(month, 1)) <= 0}
        rows = rows_of(bars.get(incubator.pk, []), months)
        held = [span for stay in incubator.held_stays for span in stay.spans] if use else []
        openings = [Span(row.starts, row.ends, row.desks) for row in incubator.openings.all()]
        hosts.append(
            {
                "incubator": incubator,
                "desks": max((least_free(steps, month, add_months(month, 1)) for month in months), default=0),
                "use": desks_by_month(openings, held, months) if use else [],
                "span": len(rows) + use,
                "rows": [[(cell, cell.thing is None and cell.month in closed) for cell in row] for row in rows],
            }
        )
    return {"months": months, "hosts": hosts}
