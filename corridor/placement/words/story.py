"""What a plan's page tells beside who goes where: the rule, the proof, who would rather, what changes,
what would help."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.domain.calendar.lead_times import latest_decision
from corridor.domain.placement.change import Change
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.models import Candidate, Incubator, Question
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES
from corridor.placement.reading.inputs import lead_times
from corridor.placement.reading.lead_times import people_by_candidate
from corridor.placement.words.plans import Names
from toolkit import clock
from toolkit.dates import date_format
from toolkit.kinds import UnknownKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise

    from corridor.domain.placement.answer import Answer, Pair, Placed
    from corridor.domain.placement.document import PlacementFile, Stated
    from corridor.models import PlacementPlan
    from corridor.placement.words.plans import PlacedRow, UnplacedRow


LEVELS = {
    "placed": gettext_lazy("guests with a place"),
    "wishes": gettext_lazy("wishes of both sides"),
    "own_wishes": gettext_lazy("guests’ own wishes"),
    "balance": gettext_lazy("balance between cities"),
    "starts": gettext_lazy("early starts"),
    "changes": gettext_lazy("kept as published"),
    "lot": gettext_lazy("the lot"),
    "unproven": gettext_lazy("nothing that is proven"),
}


def level_name(name: str) -> str:
    """What a level is called; what does not go level by level has one sum, called by its rule."""
    rule = PLACEMENT_RULES.get(name)
    return str(LEVELS.get(name) or (rule.sum_name if rule else ""))


def progress_words(progress: dict[str, Any]) -> str:
    """How far the solver is; nothing before it has said so."""
    if not progress:
        return ""
    told = [_("After %(seconds)s s: %(level)s.")]
    if "value" in progress and "bound" in progress:
        told.append(_("Best so far %(value)s, no plan passes %(bound)s."))
    elif "value" in progress:
        told.append(_("Best so far %(value)s."))
    return " ".join(told) % {
        "seconds": floatformat(progress["seconds"], -1),
        "level": level_name(progress["level"]),
        "value": floatformat(progress.get("value"), -2),
        "bound": floatformat(progress.get("bound"), -2),
    }


MEANINGS = {
    "placed": gettext_lazy("How many guests have a place: the more the better."),
    "wishes": gettext_lazy("Place of the wish plus place in the host’s order, added up: the fewer the better."),
    "own_wishes": gettext_lazy("Of equal sums: place of the guest’s own wish, added up: the fewer the better."),
    "balance": gettext_lazy("How far sent and hosted lie apart, over all cities and years: the fewer the better."),
    "starts": gettext_lazy("Number of the start day, added up: the fewer the better."),
    "changes": gettext_lazy("How many proposals stay as they are: the more the better."),
}


@dataclass(frozen=True)
class LevelRow:
    """A level in words: what was reached, what no plan can pass, in what time."""

    title: StrPromise | str
    meaning: StrPromise | str
    value: int | str
    bound: int | str | None
    proven: bool
    time_limit: str


def level_rows(answer: Answer) -> list[LevelRow]:
    """The levels in the order in which they count, each with what is proven.
    Without those that had nothing to decide."""
    rows = [
        LevelRow(LEVELS[one.name], MEANINGS[one.name], one.value, one.bound, one.proven, one.time_limit)
        for one in answer.levels
        if one.name != "lot" and one.steps
    ]
    if answer.objective is not None:
        proven = answer.objective == answer.bound
        title = level_name(answer.rule)
        rows.append(LevelRow(title, "", answer.objective, answer.bound, proven, answer.time_limit))
    return rows


NOTICES = {
    "overlap": gettext_lazy("Openings of %(name)s overlap: their desks are added up."),
    "no_desks": gettext_lazy("An opening of %(name)s offers no desk."),
    "no_opening": gettext_lazy("%(name)s offers no desk at any time."),
    "too_large": gettext_lazy("%(name)s needs more desks than any incubator offers."),
    "after_last_opening": gettext_lazy("%(name)s can’t start before the last opening ends."),
    "window": gettext_lazy(
        "%(name)s can’t start on any day: no start day lies between the earliest and the latest start."
    ),
    "same_wish": gettext_lazy("Everybody’s first wish is the same incubator."),
    "no_start": gettext_lazy("The programme has no start day."),
}


def notice_rows(inputs: PlacementFile, answer: Answer, names: Names) -> list[str]:
    """What helps nobody in what was entered, in words. Who gave no wishes is told beside its name."""
    told = []
    for notice in answer.notices:
        if notice.code not in NOTICES:
            continue
        kind, _bracket, rest = notice.place.partition("[")
        name = ""
        if rest:
            number = int(rest.partition("]")[0])
            if kind == "incubators":
                name = names.incubator(inputs.incubators[number].code)
            else:
                name = names.candidate(inputs.candidates[number].code)
        told.append(NOTICES[notice.code] % {"name": name})
    return told


def pair_rows(answer: Answer, names: Names) -> list[str]:
    """Who would both rather have had each other, and why it is not so."""
    return [_pair(pair, names) for pair in answer.blocking_pairs]


def _pair(pair: Pair, names: Names) -> str:
    values = {
        "team": names.candidate(pair.candidate),
        "host": names.incubator(pair.incubator),
        "leaving": ", ".join(names.candidate(one) for one in pair.leaving),
        "level": level_name(pair.level),
        "rank": pair.rank,
    }
    if pair.leaving and pair.rank:
        sentence = _("%(team)s and %(host)s. %(leaving)s would leave; worse for rank %(rank)s: %(level)s.")
    elif pair.leaving:
        sentence = _("%(team)s and %(host)s. %(leaving)s would leave; worse for all together: %(level)s.")
    elif pair.rank:
        sentence = _("%(team)s and %(host)s. Worse for rank %(rank)s: %(level)s.")
    else:
        sentence = _("%(team)s and %(host)s. Worse for all together: %(level)s.")
    return sentence % values


@dataclass(frozen=True)
class WaitingRow:
    """Who is asked next, and where it could go, by names."""

    place: int
    name: str
    hosts: list[str]


def waiting_rows(answer: Answer, names: Names) -> list[WaitingRow]:
    """Who is asked next when a place comes free."""
    return [
        WaitingRow(row.place, names.candidate(row.candidate), [names.incubator(one) for one in row.incubators])
        for row in answer.waiting
    ]


def leaving(inputs: PlacementFile, answer: Answer) -> set[int]:
    """The candidates whose published stay the plan moves or gives up."""
    same = {row.candidate for row in answer.placements if row.change == "same"}
    return {int(row.code) for row in inputs.candidates if row.published and row.code not in same}


def difference_rows(inputs: PlacementFile, answer: Answer, names: Names) -> list[str]:
    """What the plan changes of the proposals that stand, in sentences."""
    told = []
    gone = leaving(inputs, answer)
    for row in inputs.candidates:
        if row.published is None or int(row.code) not in gone:
            continue
        after = answer.placed.get(row.code)
        values = {"team": names.candidate(row.code), **_place("old", row.published, names)}
        if after:
            sentence = _("%(team)s moves from %(old)s (%(old_day)s) to %(new)s (%(new_day)s).")
            told.append(sentence % {**values, **_place("new", after, names)})
        else:
            told.append(_("%(team)s loses the place at %(old)s (%(old_day)s).") % values)
    return told


def _place(key: str, row: Stated | Placed, names: Names) -> dict[str, str]:
    return {key: names.incubator(row.incubator), f"{key}_day": date_format(row.starts)}


def change_words(change: Change, names: Names) -> str:
    """Something that would give somebody a place, in words."""
    values = {
        "host": names.incubator(change.incubator),
        "desks": change.desks,
        "start": date_format(change.start) if change.start else "",
    }
    kind = PLACEMENT_CHANGES.get(change.kind)
    return kind.in_words(values) if kind else str(UnknownKind(PLACEMENT_CHANGES.family, change.kind))


def with_questions(rows: Iterable[UnplacedRow], plan: PlacementPlan, names: Names) -> list[UnplacedRow]:
    """The rows with what was asked of the plan about each. Names of incubators come from all of them."""
    asked = {str(one.candidate_id): one for one in Question.objects.filter(plan=plan)}
    changes = {code: [Change.of_row(change) for change in one.changes] for code, one in asked.items()}
    wanted = {int(change.incubator) for told in changes.values() for change in told} - names.incubators.keys()
    if wanted:
        more = Incubator.objects.filter(pk__in=wanted).select_related("organisation")
        names.incubators.update({incubator.pk: incubator.name for incubator in more})
    return [
        replace(
            row,
            question=asked.get(row.candidate),
            changes=[change_words(change, names) for change in changes.get(row.candidate, ())],
        )
        for row in rows
    ]


def with_latest_decisions(placed: list[PlacedRow]) -> list[PlacedRow]:
    """The placements with `decide_by`, the last day for each decision by the lead times, and whether that is over."""
    table, today = lead_times(), clock.now().date()
    if not table:
        return placed
    people = people_by_candidate(Candidate.objects.filter(pk__in=[int(row.candidate) for row in placed]))
    hosts = Incubator.objects.filter(pk__in=[row.incubator_id for row in placed])
    countries = dict(hosts.values_list("pk", "organisation__city__country"))
    told = []
    for row in placed:
        nationalities = people.get(int(row.candidate), [])
        latest = latest_decision(nationalities, countries.get(row.incubator_id) or "", row.starts, table)
        told.append(replace(row, decide_by=latest, is_late=latest is not None and today > latest))
    return told
