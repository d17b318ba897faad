"""Rules, reasons and figures in words: every reason code of judging.domain.results.ranking has its sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.results.reasons import Low, Reason, reason
from judging.rounds.kinds.tie_rules import Names, name_in
from judging.rounds.words.figures import number
from judging.rounds.words.parts import link_words, measure
from toolkit.templatetags.house import in_a_row


def reason_words(reason: Reason, names: Names, criteria: Names) -> str:
    """One sentence with its figures. `names` are entries by code, `criteria` names by code."""
    told, code = reason["figures"], reason["code"]
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
    values = {"value": number(told.get("value", "")), "last_in": number(told.get("last_in", ""))}
    values["needed"] = number(told.get("needed", ""))
    if code in ("won_tie", "lost_tie"):
        values = {
            "rule": link_words(told["kind"], told["code"], criteria),
            "value": measure(told["kind"], told["value"]),
            "theirs": measure(told["kind"], told.get("their_value", "")),
            "others": names.get(told.get("over") or told.get("to", ""), ""),
        }
    for others in (told.get("ahead"), told.get("with")):
        if others is not None:
            values["others"] = ", ".join(names.get(entry, entry) for entry in others)
    values["most"] = told.get("most", "")
    sentence = sentences().get(code)
    return sentence % values if sentence else ""


def sentences() -> dict[str, str]:
    """{code of a reason: its sentence}, in the reader's language."""
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


def shortfall(failed: Reason, criteria: Names) -> str:
    """The parts of a threshold's reason: “Market: 2.5, and 3 is needed; …”."""
    told = failed["figures"]
    rows: list[Low] = told.get("criteria") or told.get("groups", [])
    called = {row["code"]: name_in(criteria, row["code"], "groups" in told) for row in rows}
    if failed["code"] == "below_threshold":
        rows, called = [{"code": "", "value": told["value"], "needed": told["needed"]}], {"": _("Result")}
    return in_a_row(
        _("%(criterion)s: %(value)s, and %(needed)s is needed")
        % {
            "criterion": called[row["code"]],
            "value": number(row["value"]),
            "needed": number(row["needed"]),
        }
        for row in rows
    )


def below_criterion(rows: list[Low], criteria: Names, of_groups: bool = False) -> str:
    failed = shortfall(reason("", **{"groups" if of_groups else "criteria": rows}), criteria)
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
