"""Whether the sums of a workbook can say what a round's rule says."""

from django.utils.translation import gettext as _

from judging.domain.results.document import ResultFile
from judging.domain.rule.ballots import is_other_ballot
from judging.domain.rule.blanks import LEFT_OUT
from judging.domain.rule.criterion_kinds import kind_of
from judging.domain.rule.stated import correction_in
from judging.rounds.kinds.blanks import BLANKS
from judging.rounds.kinds.correcting import CORRECTIONS
from judging.rounds.kinds.levels import LEVELS


def reason_for_values(file: ResultFile) -> str:
    """Why totals stand as values and not as formulas; nothing where formulas say the same."""
    rule = file.rule
    if is_other_ballot(rule):
        return _("jurors gave something else than marks")
    if CORRECTIONS.ask(correction_in(rule)).corrects:
        return _("the rule corrects for differences between jurors")
    level = LEVELS.ask(rule.aggregate_at)
    if not (level.of_totals or level.of_criteria):
        return _("jurors are put together otherwise than at the total or at each criterion")
    if rule.groups:
        return _("criteria stand in groups with weights of their own")
    if any(kind_of(row).is_beside for row in rule.criteria) or file.penalties:
        return _("points are added or taken off beside the marks")
    own = [row.ranking_weight or row.categories for row in rule.criteria]
    blanks = BLANKS.ask(rule.blanks or LEFT_OUT).is_a_mark
    if any(own) or blanks or rule.decimals_criterion or rule.decimals_group:
        return _("criteria have weights, categories or roundings of their own")
    return ""
