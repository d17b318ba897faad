"""A plan's file in words: what could not be met, who is linked with whom, why there is no plan and what would do."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkit.templatetags.house import in_a_row

Names = Mapping[str, str]  # {code of an entry, a juror or a category: what people call it}
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
    kind, _paren, of = name.partition(" (")
    of = of.removesuffix(")")
    if kind == "apart":
        of = ", ".join(names.get(code, code) for code in of.split(", "))
    sentences = {
        "demand": _("the number of jurors per entry"),
        "load_max": _("the most entries per juror"),
        "load_min": _("the least entries per juror"),
        "language": _("jurors read the entry's language"),
        "sector": _("jurors know the entry's category"),
        "expert": _("an expert of the entry's category"),
        "city": _("few jurors of one city on an entry"),
        "quota": _("the quota for “%(of)s”") % {"of": of},
        "apart": _("%(of)s kept apart") % {"of": of},
        "forced": _("pairs that you set"),
        "forbidden": _("pairs that you ruled out"),
        "kept": _("what is assigned already"),
        "even": _("even loads"),
    }
    return sentences.get(kind, name)


def broken_words(broken: list[dict[str, Any]], names: Names) -> list[str]:
    """What the plan could not meet, one sentence for each rule; a tie is never among it."""
    told = []
    for row in broken:
        if not row["units"] or row["kind"] == "even":
            continue
        where = [names.get(place["code"], place["code"]) for place in row["where"]]
        told.append(f"{_count_words(row, names)} {_places(where)}".strip())
    return told


def _count_words(row: dict[str, Any], names: Names) -> str:
    units = row["units"]
    if row["kind"] == "language":
        text = ngettext(
            "%(number)s juror does not read the entry's language.",
            "%(number)s jurors do not read the entry's language.",
            units,
        )
    elif row["kind"] == "sector":
        text = ngettext(
            "In %(number)s seat the juror has not named the entry's category.",
            "In %(number)s seats the juror has not named the entry's category.",
            units,
        )
    elif row["kind"] == "expert":
        text = ngettext(
            "%(number)s entry has no expert of its category.",
            "%(number)s entries have no expert of their category.",
            units,
        )
    elif row["kind"] == "kept":
        text = ngettext("%(number)s seat changes its juror.", "%(number)s seats change their juror.", units)
    else:
        rule = rule_words(row["name"], names)
        return ngettext("Not met in %(number)s place: %(rule)s.", "Not met in %(number)s places: %(rule)s.", units) % {
            "number": units,
            "rule": rule,
        }
    return text % {"number": units}


def _places(where: list[str]) -> str:
    if not where:
        return ""
    if len(where) > MOST_NAMES:
        more = len(where) - MOST_NAMES
        return _("(%(names)s and %(more)s more)") % {"names": ", ".join(where[:MOST_NAMES]), "more": more}
    return f"({', '.join(where)})"


def graph_words(graph: dict[str, Any] | None, names: Names) -> list[str]:
    """Whether jurors can be compared with each other through the entries that they share,
    and what joining them changed."""
    if not graph or not graph["parts"]:
        return []
    told = []
    if len(graph["parts"]) == 1:
        told.append(_("All jurors are linked by entries that they share: strict and lenient ones can be told apart."))
    else:
        told.append(
            _(
                "The jurors fall into %(number)s groups that share no entry: strict and lenient jurors can't be "
                "compared across them."
            )
            % {"number": len(graph["parts"])}
        )
        told += [", ".join(names.get(code, code) for code in part) for part in graph["parts"][1 : 1 + MOST_NAMES]]
    if graph["exchanges"]:
        told.append(
            ngettext(
                "To link them, %(number)s exchange was made, at a price of %(price)s.",
                "To link them, %(number)s exchanges were made, at a price of %(price)s.",
                len(graph["exchanges"]),
            )
            % {"number": len(graph["exchanges"]), "price": graph["price"]}
        )
    return told


def explanation_words(why: dict[str, Any] | None, names: Names) -> dict[str, list[str]] | None:
    """Why there is no plan, with numbers, and the smallest ways out; None when there is one."""
    if why is None:
        return None
    wanted = ngettext(
        "%(demand)s seat is wanted; the jurors together take %(supply)s at most.",
        "%(demand)s seats are wanted; the jurors together take %(supply)s at most.",
        why["demand"],
    )
    numbers = [wanted % why]
    if why["least"] > why["demand"]:
        least = ngettext(
            "The least number of entries for every juror adds up to %(least)s seat.",
            "The least number of entries for every juror adds up to %(least)s seats.",
            why["least"],
        )
        numbers.append(least % why)
    if why["clash"]:
        rules = "; ".join(rule_words(name, names) for name in why["clash"])
        numbers.append(_("These rules can't all hold together: %(rules)s.") % {"rules": rules})
    numbers += _shortage_words(why["shortages"], names)
    return {"numbers": numbers, "ways": [way_out(way, names) for way in why["relaxations"] if way]}


def _shortage_words(shortages: list[dict[str, Any]], names: Names) -> Iterator[str]:
    for row in shortages:
        values = {
            "what": names.get(row["code"], row["code"]),
            "rule": rule_words(row["name"], names),
            "supply": row["supply"],
            "demand": row["demand"],
        }
        if row["code"] and row["kind"] == "demand":
            few = ngettext(
                "%(what)s: %(supply)s juror without a tie, %(demand)s needed.",
                "%(what)s: %(supply)s jurors without a tie, %(demand)s needed.",
                row["supply"],
            )
            yield few % values
        elif row["code"]:
            yield _("%(what)s: %(rule)s needs %(demand)s, and %(supply)s can be had.") % values
        else:
            yield _("Over all entries, %(rule)s needs %(demand)s, and %(supply)s can be had.") % values


def way_out(way: list[dict[str, Any]], names: Names) -> str:
    """One relaxation: rule by rule, where it gives way and by how much."""
    by_rule: dict[tuple[str, bool], list[str]] = {}
    for step in way:
        units = step["units"]
        told = f"{names.get(step['code'], step['code'])} ({abs(units)})"
        by_rule.setdefault((step["rule"], units < 0), []).append(told)
    parts = []
    for (rule, _less), steps in by_rule.items():
        kind = rule.partition(" (")[0]
        sentences = {
            "demand": _("fewer jurors for %(told)s"),
            "load_max": _("more entries for %(told)s"),
            "load_min": _("a lower least number of entries for %(told)s"),
        }
        text = sentences.get(kind, _("give way on “%(rule)s” at %(told)s"))
        parts.append(text % {"told": ", ".join(steps), "rule": rule_words(rule, names)})
    return _("%(parts)s.") % {"parts": in_a_row(parts)}
