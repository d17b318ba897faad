"""The higher result on a criterion of this round; an entry that nobody marked on it comes last."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from judging.domain.rule.ballots import is_other_ballot
from judging.domain.rule.criterion_kinds import kind_of
from judging.domain.rule.stated import StatedRule
from judging.domain.ties.chain import Known, Link
from judging.models import Round
from judging.rounds.kinds.criterion_kinds import marked
from judging.rounds.kinds.tie_rules import TIE_RULES, Names, NumberRule, name_in
from judging.rounds.words.figures import number


@TIE_RULES.register
class CriterionRule(NumberRule):
    code, order = "criterion", 10
    names_part = True

    def number(self, entry: str, link: Link, known: Known) -> Fraction | None:
        codes = known.rule.codes
        return known.scores[entry].criteria[codes.index(link.code)] if link.code in codes else None

    def choices(self, round: Round | None) -> Iterable[tuple[str, str]]:
        for criterion in marked(round.criteria.all()) if round and round.pk else ():
            label = _("Higher mark for “%(criterion)s”") % {"criterion": criterion.name}
            yield f"{self.code}:{criterion.code}", label

    def words(self, code: str, names: Names) -> str:
        return _("higher mark for %(criterion)s") % {"criterion": name_in(names, code)}

    def measured(self, text: str) -> str:
        return number(text) if text else _("no mark")

    def parts(self, criteria: set[str], groups: set[str]) -> set[str] | None:
        return criteria

    def faults_of_code(self, code: str, rule: StatedRule) -> Iterator[tuple[tuple[str, ...], str]]:
        kinds = {row.code: kind_of(row) for row in rule.criteria}
        if is_other_ballot(rule):
            yield ("kind",), "jurors give no marks in this round: there is no such result."
        elif code not in kinds:
            yield ("code",), f"no criterion has the code “{code}”."
        elif not kinds[code].is_marked:
            yield ("code",), f"nobody marks “{code}”."
