"""A plan's file in words: what could not be met, who is linked with whom, why there is no plan and what would do."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.assignment.answer import GivenWay, Linked, Unmet, WhyNone
from judging.domain.assignment.data import Shortage
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, AssignmentRule, Names, unknown_in_words
from toolkit.templatetags.house import in_a_row

MOST_NAMES = 6


def progress_words(progress: Mapping[str, Any]) -> str:
    """How far the solver is; nothing before it has said so."""
    if not progress:
        return ""
    seconds = int(progress["seconds"])
    told = [ngettext("Working for %(seconds)s second.", "Working for %(seconds)s seconds.", seconds)]
    if progress.get("value") is not None and progress.get("bound") is not None:
        told.append(_("The best plan so far costs %(price)s; none can cost less than %(bound)s."))
    return " ".join(told) % {
        "seconds": seconds,
        "price": progress.get("value"),
        "bound": floatformat(progress.get("bound"), 0),
    }


def rule_words(name: str, names: Names) -> str:
    """A rule by the name that the plan gives it: “quota (investor)”, “apart (J01, J02)”, “language”."""
    kind, of = _kind_and_of(name)
    return kind.in_words(of, names) if kind else unknown_in_words(name)


def _kind_and_of(name: str) -> tuple[AssignmentRule | None, str]:
    """The kind, None where nobody knows it any more, and of which group or jurors it is."""
    code, _paren, of = name.partition(" (")
    return ASSIGNMENT_RULES.get(code), of.removesuffix(")")


def broken_words(broken: Iterable[Unmet], names: Names) -> list[str]:
    """What the plan could not meet, one sentence for each rule; a tie is never among it."""
    told = []
    for row in broken:
        kind, rule = ASSIGNMENT_RULES.get(row.kind), rule_words(row.name, names)
        if row.units and (kind is None or kind.is_told):
            where = [names.get(place.code, place.code) for place in row.where]
            told.append(f"{kind.broken_words(row.units, rule) if kind else rule} {_places(where)}".strip())
    return told


def _places(where: list[str]) -> str:
    if not where:
        return ""
    if len(where) > MOST_NAMES:
        more = len(where) - MOST_NAMES
        return _("(%(names)s and %(more)s more)") % {"names": ", ".join(where[:MOST_NAMES]), "more": more}
    return f"({', '.join(where)})"


def graph_words(graph: Linked | None, names: Names) -> list[str]:
    """Whether jurors can be compared with each other through the entries that they share,
    and what joining them changed."""
    if not graph or not graph.parts:
        return []
    told = []
    if len(graph.parts) == 1:
        told.append(_("All jurors are linked by entries that they share: strict and lenient ones can be told apart."))
    else:
        told.append(
            _(
                "The jurors fall into %(number)s groups that share no entry: strict and lenient jurors can't be "
                "compared across them."
            )
            % {"number": len(graph.parts)}
        )
        told += [", ".join(names.get(code, code) for code in part) for part in graph.parts[1 : 1 + MOST_NAMES]]
    if graph.exchanges:
        told.append(
            ngettext(
                "To link them, %(number)s exchange was made, at a price of %(price)s.",
                "To link them, %(number)s exchanges were made, at a price of %(price)s.",
                len(graph.exchanges),
            )
            % {"number": len(graph.exchanges), "price": graph.price}
        )
    return told


def explanation_words(why: WhyNone | None, names: Names) -> dict[str, list[str]] | None:
    """Why there is no plan, with numbers, and the smallest ways out; None when there is one."""
    if why is None:
        return None
    wanted = ngettext(
        "%(demand)s seat is wanted; the jurors together take %(supply)s at most.",
        "%(demand)s seats are wanted; the jurors together take %(supply)s at most.",
        why.demand,
    )
    numbers = [wanted % {"demand": why.demand, "supply": why.supply}]
    if why.least > why.demand:
        least = ngettext(
            "The least number of entries for every juror adds up to %(least)s seat.",
            "The least number of entries for every juror adds up to %(least)s seats.",
            why.least,
        )
        numbers.append(least % {"least": why.least})
    if why.clash:
        rules = "; ".join(rule_words(name, names) for name in why.clash)
        numbers.append(_("These rules can't all hold together: %(rules)s.") % {"rules": rules})
    numbers += _shortage_words(why.shortages, names)
    return {"numbers": numbers, "ways": [way_out(way, names) for way in why.relaxations if way]}


def _shortage_words(shortages: Iterable[Shortage], names: Names) -> Iterator[str]:
    for row in shortages:
        kind, rule = ASSIGNMENT_RULES.get(row.kind), rule_words(row.name, names)
        if kind is None:
            yield rule
        elif row.code:
            yield kind.short_words(names.get(row.code, row.code), rule, row.demand, row.supply)
        else:
            told = _("Over all entries, %(rule)s needs %(demand)s, and %(supply)s can be had.")
            yield told % {"rule": rule, "demand": row.demand, "supply": row.supply}


def way_out(way: Iterable[GivenWay], names: Names) -> str:
    """One relaxation: rule by rule, where it gives way and by how much."""
    by_rule: dict[tuple[str, bool], list[str]] = {}
    for step in way:
        told = f"{names.get(step.code, step.code)} ({abs(step.units)})"
        by_rule.setdefault((step.rule, step.units < 0), []).append(told)
    parts = []
    for (rule, _less), steps in by_rule.items():
        kind, words = _kind_and_of(rule)[0], rule_words(rule, names)
        parts.append(kind.way_out(words, ", ".join(steps)) if kind else words)
    return _("%(parts)s.") % {"parts": in_a_row(parts)}
