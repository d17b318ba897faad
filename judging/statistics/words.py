"""What the figures of a jury's agreement and of a result's stability mean, in plain sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from judging.domain.rule.values import NO_CORRECTION
from judging.domain.statistics.told import ScenarioTold
from judging.rounds.words.figures import figure_of


def why_missing(reason: str) -> str:
    """Why there is no figure, by the code that the statistics give."""
    return {
        "too_few": _("Not computed: too few entries were marked by two jurors."),
        "incomplete": _("Not computed: it needs a mark of every juror on every entry."),
        "no_variation": _("Not computed: all marks are equal, so there is nothing to compare."),
        "negative": _("Not computed: it needs marks from 0 upward."),
        "disconnected": _(
            "Not computed: the jury falls into parts that have no entry in common, so nobody can say which part "
            "is more severe."
        ),
        "no_rest": _("Not computed: the marks leave nothing to chance."),
        "not_settled": _("Not computed: the estimate does not settle."),
        "other_ballot": _("Not computed: jurors gave no marks in this round."),
        "no_result": _("Nobody would be ranked."),
    }.get(reason, _("Not computed."))


def measures() -> dict[str, tuple[str, str]]:
    """{measure: (name, what it says)} of those that the page shows."""
    return {
        "alpha_interval": (
            _("Krippendorff's alpha, by points"),
            _("1: jurors gave the same entry the same total. 0: they differ as if totals were dealt at random."),
        ),
        "alpha_ordinal": (
            _("Krippendorff's alpha, by order"),
            _("The same, looking only at which total is higher, not by how much."),
        ),
        "icc2": (
            _("Intraclass correlation of one juror, ICC(2,1)"),
            _("How much of the differences between totals comes from the entries, if one juror had decided."),
        ),
        "icc2k": (
            _("Intraclass correlation of the whole jury, ICC(2,k)"),
            _("The same for the mean of all jurors: how firmly the jury as a whole tells entries apart."),
        ),
        "icc3": (
            _("Intraclass correlation leaving severity aside, ICC(3,1)"),
            _("As for one juror, but a juror who is strict with everybody takes nothing away."),
        ),
        "w": (
            _("Kendall's W, with ties"),
            _("1: all jurors put the entries in the same order. 0: their orders have nothing in common."),
        ),
    }


def verdict(value: float) -> str:
    """Krippendorff's own bounds: 0.8 to rely on, 0.667 for tentative conclusions."""
    if value >= 0.8:
        return _("The jurors agree well.")
    if value >= 0.667:
        return _("The jurors agree in the main: small differences between entries say little.")
    if value > 0:
        return _("The jurors differ much: talk about the entries before small differences decide.")
    return _("The jurors agree no more than chance would.")


def flag_words(flag: str) -> str:
    return {
        "few": _("too few scorecards to say anything"),
        "severe": _("marks the same entries clearly lower than the others"),
        "mild": _("marks the same entries clearly higher than the others"),
        "all_equal": _("gave every entry the same total"),
        "narrow": _("uses much less of the scale than the others"),
        "wide": _("uses much more of the scale than the others"),
        "against": _("puts the entries in an order opposed to the others'"),
    }.get(flag, flag)


def scenario_words(row: ScenarioTold, names: Mapping[str, str]) -> str:
    """What is otherwise in a scenario; `names` are those of jurors and criteria by code."""
    code = names.get(row["code"], row["code"])
    if row["kind"] == "juror":
        return _("Without %(juror)s") % {"juror": code}
    if row["kind"] == "criterion":
        return _("Without the criterion “%(criterion)s”") % {"criterion": code}
    if row["kind"] == "correction":
        if row["code"] == NO_CORRECTION:
            return _("By totals as given, without the correction")
        return _("Corrected for the jurors' severity")
    points = abs(int(row["change"]))
    if int(row["change"]) > 0:
        return _("“%(criterion)s” weighs %(points)s points more") % {"criterion": code, "points": points}
    return _("“%(criterion)s” weighs %(points)s points less") % {"criterion": code, "points": points}


def shown(text: str, places: int = 2) -> str:
    """An estimate for reading; nothing for none."""
    return figure_of(text, places) if text else ""
