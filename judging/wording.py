"""Rules, reasons and figures in words: every reason code of judging.domain.ranking has its sentence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from judging.domain.scoring import number_of
from toolkit.dates import date_format
from toolkit.templatetags.house import in_a_row

Names = Mapping[str, str]
MINUS = "−"
MARK_PLACES = 3  # marks and weights are kept in thousandths


def language_of(texts: Mapping[str, str]) -> str:
    """A text that a file holds by language, in the reader's: that one, else English, else any."""
    language = get_language() or "en"
    for key in (language, language.split("-")[0], "en"):
        if texts.get(key):
            return texts[key]
    return next(iter(texts.values()), "")


def part_names(rule: Mapping) -> dict[str, str]:
    """Names of what a file's rule consists of: criteria by code, groups under “group:CODE”, facts under “fact:CODE”."""
    names = {row["code"]: language_of(row["name"]) for row in rule["criteria"]}
    names |= {f"group:{row['code']}": language_of(row["name"]) for row in rule.get("groups", ())}
    facts = (link for link in rule["ties"] if link["kind"] == "fact" and link.get("name"))
    return names | {f"fact:{link['code']}": language_of(link["name"]) for link in facts}


def number(text: str) -> str:
    """A number of the frozen file (“79.75”, “239/3”) for reading."""
    value = number_of(text)
    return "–" if value is None else figure(value)


def figure_of(text: str, places: int = 2) -> str:
    """An estimate that is text, with so many decimals."""
    return figure(Fraction(text), places, whole=True)


def measure(kind: str, text: str) -> str:
    """What a rule of the chain compared: a number, a date, or nothing known."""
    if not text:
        return _("no mark") if kind in ("criterion", "group") else _("not known")
    if kind == "younger_firm":
        return date_format(datetime.fromisoformat(text), "DATE_FORMAT")
    if kind == "earlier_submission":
        return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")
    if kind in ("topic_not_covered", "city_not_covered"):
        return _("not covered ahead") if text == "1" else _("covered ahead")
    return text if kind == "human" else number(text)


def reason_words(reason: Mapping, names: Names, criteria: Names) -> str:
    """One sentence with its figures. `names` are entries by code, `criteria` names by code."""
    told = reason.get("figures", {})
    code = reason.get("code", "")
    if code in ("below_criterion", "below_group"):
        return below_criterion(
            told.get("criteria") or told.get("groups", []), criteria, of_groups=code == "below_group"
        )
    if code == "too_few_scorecards":
        return too_few(int(told["have"]), told["needed"])
    if code == "too_few_peers":
        return too_few_peers(int(told["have"]), told["needed"])
    if code in BELOW:
        return by_a_person(code, shortfall(told["failed"], criteria))
    values = {key: number(told[key]) for key in ("value", "last_in", "needed") if key in told}
    if code in ("won_tie", "lost_tie"):
        values = {
            "rule": link_words(told["kind"], told["code"], criteria),
            "value": measure(told["kind"], told["value"]),
            "theirs": measure(told["kind"], told.get("their_value", "")),
            "others": names.get(told.get("over") or told.get("to"), ""),
        }
    for key in ("ahead", "with"):
        if key in told:
            values["others"] = ", ".join(names.get(entry, entry) for entry in told[key])
    values["most"] = told.get("most", "")
    sentence = sentences().get(code)
    return sentence % values if sentence else ""


def sentences() -> dict[str, str]:
    return {
        "goes_on": _("Goes on: the result is within the places there are."),
        "goes_on_tied": _("Goes on: equal to the last place with %(value)s, and all who are equal there go on."),
        "won_tie": _("Goes on: equal to %(others)s, put first by “%(rule)s” (%(value)s)."),
        "lost_tie": _("Stops here: equal to %(others)s, put after by “%(rule)s” (%(value)s against %(theirs)s)."),
        "below_cut": _("Stops here: the result is %(value)s; the last one that goes on has %(last_in)s."),
        "wild_card": _("Goes on by a wild card: a person decided so, with a reason, on top of the places there are."),
        "category_full": _(
            "Stops here: %(most)s per category at most, and these of the same category stand higher: %(others)s."
        ),
        "city_full": _("Stops here: %(most)s per city at most, and these of the same city stand higher: %(others)s."),
        "below_threshold": _("Stops here: the result is %(value)s, and %(needed)s is needed."),
        "open_tie": _("Equal to %(others)s, and no rule tells them apart: a person decides."),
    }


BELOW = ("below_warned", "kept_below", "dropped_below")


def by_a_person(code: str, failed: str) -> str:
    """What a threshold that warns leads to; `failed` are the parts below it."""
    said = {
        "below_warned": _("Below what is needed: a person decides whether it goes on. %(failed)s."),
        "kept_below": _("Goes on although below what is needed: a person decided so, with a reason. %(failed)s."),
        "dropped_below": _("Stops here, below what is needed: a person decided so, with a reason. %(failed)s."),
    }
    return said[code] % {"failed": failed}


def shortfall(failed: Mapping, criteria: Names) -> str:
    """The parts of a threshold's reason: “Market: 2.5, and 3 is needed; …”."""
    told = failed["figures"]
    if failed["code"] == "below_threshold":
        rows, called = [told], {None: _("Result")}
    else:
        rows = told.get("criteria") or told.get("groups", [])
        called = {row["code"]: name_in(criteria, row["code"], "groups" in told) for row in rows}
    return in_a_row(
        _("%(criterion)s: %(value)s, and %(needed)s is needed")
        % {
            "criterion": called[row.get("code")],
            "value": number(row["value"]),
            "needed": number(row["needed"]),
        }
        for row in rows
    )


def name_in(names: Names, code: str, of_group: bool = False) -> str:
    """A criterion's or a group's name; names of groups and facts stand under “group:CODE” and “fact:CODE”."""
    return names.get(f"group:{code}" if of_group else code, code)


def below_criterion(rows: list[Mapping], criteria: Names, of_groups: bool = False) -> str:
    part = "groups" if of_groups else "criteria"
    failed = shortfall({"code": "", "figures": {part: rows}}, criteria)
    if of_groups:
        return _("Stops here, below what a group of criteria needs. %(failed)s.") % {"failed": failed}
    return _("Stops here, below what a criterion needs. %(failed)s.") % {"failed": failed}


def too_few(have: int, needed: str) -> str:
    return ngettext(
        "Not ranked: %(have)s scorecard counts, and %(needed)s are needed.",
        "Not ranked: %(have)s scorecards count, and %(needed)s are needed.",
        have,
    ) % {"have": have, "needed": needed}


def too_few_peers(have: int, needed: str) -> str:
    return ngettext(
        "Not ranked: %(have)s scorecard of a fellow applicant counts, and %(needed)s are needed.",
        "Not ranked: %(have)s scorecards of fellow applicants count, and %(needed)s are needed.",
        have,
    ) % {"have": have, "needed": needed}


def link_words(kind: str, code: str, criteria: Names) -> str:
    """A rule of the chain by its short name."""
    known = {
        "criterion": _("higher mark for %(criterion)s") % {"criterion": name_in(criteria, code)},
        "group": _("higher result of %(group)s") % {"group": name_in(criteria, code, of_group=True)},
        "highest_mark": _("higher best total of a juror"),
        "lowest_mark": _("higher worst total of a juror"),
        "median": _("higher median of the jurors"),
        "younger_firm": _("younger firm"),
        "earlier_submission": _("entered earlier"),
        "fewer_laureates": _("city with fewer laureates so far"),
        "fact": criteria.get(f"fact:{code}", code),
        "topic_not_covered": _("category that nobody ahead has"),
        "city_not_covered": _("city that nobody ahead comes from"),
        "human": _("a person's decision"),
    }
    return known.get(kind, kind)


def uncorrected_words(why: str) -> str:
    """Why a declared correction between jurors could not be worked out."""
    known = {
        "disconnected": _(
            "Some jurors share no entry with the others, so nobody can say whether they are severe or their "
            "entries weak."
        ),
        "too_few": _("There are too few scorecards to compare jurors."),
        "unknown": _("This site does not know this correction."),
    }
    return known.get(why, _("The scorecards do not allow it."))


def figure(number: Fraction, places: int = 2, *, whole: bool = False) -> str:
    """A number for reading: at most `places` decimals, half away from zero, no trailing zeros unless it is shown
    `whole`; with a minus, not a hyphen, where it is below zero."""
    return _figure(number, places, whole, get_language())


@lru_cache(maxsize=8192)
def _figure(number: Fraction, places: int, whole: bool, _language: str | None) -> str:
    scaled = _scaled(number, places)
    decimal = Decimal(scaled).scaleb(-places)
    integer = decimal.to_integral_value()
    if not whole:
        decimal = integer if decimal == integer else decimal.normalize()
    return str(localize(decimal)).replace("-", MINUS)


def _scaled(number: Fraction, places: int) -> int:
    return int(abs(number) * 10**places + Fraction(1, 2)) * (-1 if number < 0 else 1)


def plural_of(number: Fraction | Decimal) -> int:
    """What a number that need not be whole is to ngettext:
    English says “1 point” of 1 alone, French “1,5 point” below 2 too."""
    return 1 if number == 1 else 0 if -2 < number < 2 else 2


def decimals_of(numbers: Iterable[Fraction | None], most: int = 2) -> int:
    """How many decimals a column of numbers needs: as many as the one that needs most, `most` at most."""
    scaled = [_scaled(number, most) for number in numbers if number is not None]
    return next((places for places in range(most) if all(n % 10 ** (most - places) == 0 for n in scaled)), most)


def column(texts: Sequence[str], most: int = 2) -> list[str]:
    """Numbers of the frozen file that stand under each other, for reading: all with the same number of decimals."""
    numbers = [number_of(text) for text in texts]
    places = decimals_of(numbers, most)
    return ["–" if value is None else figure(value, places, whole=True) for value in numbers]
