"""Rules, reasons and figures in words: every reason code of judging.domain.ranking has its sentence."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from judging.domain.scoring import number_of
from judging.models import Round
from judging.models.rounds import SCALE
from toolkit.dates import date_format

Names = Mapping[str, str]


def language_of(texts: Mapping[str, str]) -> str:
    """A text that a file holds by language, in the reader's: that one, else English, else any."""
    language = get_language() or "en"
    for key in (language, language.split("-")[0], "en"):
        if texts.get(key):
            return texts[key]
    return next(iter(texts.values()), "")


def number(text: str) -> str:
    """A number of the frozen file (“79.75”, “239/3”) for reading."""
    value = number_of(text)
    return "–" if value is None else figure(value)


def measure(kind: str, text: str) -> str:
    """What a rule of the chain compared: a number, a date, or nothing known."""
    if not text:
        return _("not known")
    if kind == "younger_firm":
        return date_format(datetime.fromisoformat(text), "DATE_FORMAT")
    if kind == "earlier_submission":
        return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")
    return text if kind == "human" else number(text)


def reason_words(reason: Mapping, names: Names, criteria: Names) -> str:
    """One sentence with its figures. `names` are entries by code, `criteria` names by code."""
    told = reason.get("figures", {})
    code = reason.get("code", "")
    if code == "below_criterion":
        return below_criterion(told["criteria"], criteria)
    if code == "too_few_scorecards":
        return too_few(int(told["have"]), told["needed"])
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
        "city_full": _("Stops here: %(most)s per city at most, and these of the same city stand higher: %(others)s."),
        "below_threshold": _("Stops here: the result is %(value)s, and %(needed)s is needed."),
        "open_tie": _("Equal to %(others)s, and no rule tells them apart: a person decides."),
    }


def below_criterion(rows: list[Mapping], criteria: Names) -> str:
    failed = [
        _("%(criterion)s: %(value)s, and %(needed)s is needed")
        % {
            "criterion": criteria.get(row["code"], row["code"]),
            "value": number(row["value"]),
            "needed": number(row["needed"]),
        }
        for row in rows
    ]
    return _("Stops here, below what a criterion needs. %(failed)s.") % {"failed": "; ".join(failed)}


def too_few(have: int, needed: str) -> str:
    return ngettext(
        "Not ranked: %(have)s scorecard counts, and %(needed)s are needed.",
        "Not ranked: %(have)s scorecards count, and %(needed)s are needed.",
        have,
    ) % {"have": have, "needed": needed}


def link_words(kind: str, code: str, criteria: Names) -> str:
    """A rule of the chain by its short name."""
    known = {
        "criterion": _("higher mark for %(criterion)s") % {"criterion": criteria.get(code, code)},
        "highest_mark": _("higher best total of a juror"),
        "lowest_mark": _("higher worst total of a juror"),
        "median": _("higher median of the jurors"),
        "younger_firm": _("younger firm"),
        "earlier_submission": _("entered earlier"),
        "human": _("a person's decision"),
    }
    return known.get(kind, kind)


def figure(number: Fraction, places: int = 2) -> str:
    """A number for reading: at most `places` decimals, half away from zero, no trailing zeros."""
    return _figure(number, places, get_language())


@lru_cache(maxsize=8192)
def _figure(number: Fraction, places: int, _language: str | None) -> str:
    sign = -1 if number < 0 else 1
    scaled = int(abs(number) * 10**places + Fraction(1, 2)) * sign
    decimal = Decimal(scaled).scaleb(-places)
    whole = decimal.to_integral_value()
    return str(localize(whole if decimal == whole else decimal.normalize()))


def rule_words(round: Round) -> list[str]:
    """The round's rule, one sentence for each part: marks, jurors, rounding, needs, ties, who goes on, what it weighs."""
    criteria = {criterion.code: str(criterion.name) for criterion in round.criteria.all()}
    values = {
        "combine": round.get_combine_display(),
        "across": round.get_across_display(),
        "order": round.get_aggregate_at_display(),
        "decimals": round.decimals,
        "threshold": figure(Fraction(round.threshold or 0, SCALE)),
        "scorecards": round.min_scorecards,
        "weight": round.weight,
        "trim": round.trim,
        "chain": ", ".join(link_words(link["kind"], link.get("code", ""), criteria) for link in round.tie_chain),
    }
    lines = [
        _("A scorecard: %(combine)s.") % values,
        _("Several jurors: %(across)s; %(order)s.") % values,
        _(
            "Not applicable takes the criterion's weight out of that scorecard. A recused juror's scorecard does not count."
        ),
    ]
    if round.trim and round.across == "trimmed_mean":
        lines.append(_("The %(trim)s highest and the %(trim)s lowest are dropped.") % values)
    lines.append(
        _("Nothing is rounded.")
        if round.decimals is None
        else _("The total is rounded to %(decimals)s decimals, half up.") % values
    )
    lines.append(_("An entry needs %(scorecards)s scorecards.") % values)
    if round.threshold is not None:
        lines.append(_("A total of %(threshold)s is needed.") % values)
    if round.tie_chain:
        lines.append(_("Ties, in order: %(chain)s. At the end, a person decides and says why.") % values)
    else:
        lines.append(_("Ties: a person decides and says why."))
    lines += _cut_words(round)
    if round.weight != 100:
        lines.append(_("The round weighs %(weight)s per cent of the final result.") % values)
    return lines


def _cut_words(round: Round) -> list[str]:
    lines = []
    if round.advance_count is not None:
        lines.append(
            ngettext("%(number)s entry goes on.", "%(number)s entries go on.", round.advance_count)
            % {"number": round.advance_count}
        )
        if round.all_tied_go_on:
            lines.append(_("All who are equal to the last place go on."))
    if round.advance_per_city is not None:
        lines.append(_("Of one city, %(number)s at most.") % {"number": round.advance_per_city})
    return lines
