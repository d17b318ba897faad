"""The higher result of a group of criteria; an entry that nobody marked in it comes last."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from judging.domain.rule.ballots import is_other_ballot
from judging.domain.rule.stated import StatedRule
from judging.domain.ties.chain import Known, Link
from judging.models import Round
from judging.rounds.kinds.tie_rules import TIE_RULES, Names, NumberRule, name_in
from judging.rounds.words.figures import number


@TIE_RULES.register
class GroupRule(NumberRule):
    code, order = "group", 20
    names_part = True

    def number(self, entry: str, link: Link, known: Known) -> Fraction | None:
        places = [n for n, group in enumerate(known.rule.groups) if group.code == link.code]
        return known.scores[entry].groups[places[0]] if places else None

    def choices(self, round: Round | None) -> Iterable[tuple[str, str]]:
        for group in round.groups.all() if round and round.pk else ():
            yield f"{self.code}:{group.code}", _("Higher result in “%(group)s”") % {"group": group.name}

    def words(self, code: str, names: Names) -> str:
        return _("higher result of %(group)s") % {"group": name_in(names, code, of_group=True)}

    def measured(self, text: str) -> str:
        return number(text) if text else _("no mark")

    def parts(self, criteria: set[str], groups: set[str]) -> set[str] | None:
        return groups

    def faults_of_code(self, code: str, rule: StatedRule) -> Iterator[tuple[tuple[str, ...], str]]:
        if is_other_ballot(rule):
            yield ("kind",), "jurors give no marks in this round: there is no such result."
        elif code not in {row.code for row in (rule.groups or ())}:
            yield ("code",), f"no group has the code “{code}”."
