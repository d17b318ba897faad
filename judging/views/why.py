"""Why an entry stands where it stands, in words: every reason code of judging.domain.ranking has its sentence."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.scoring import number_of
from judging.views.so_far import figure

Names = Mapping[str, str]


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
