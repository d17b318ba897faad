"""The higher (or lower, as the link says) number of a recorded fact; an entry without it comes last."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from judging.domain.marks.scoring import number_of
from judging.domain.rule.stated import StatedLink
from judging.domain.ties.chain import HIGHER, LOWER, Known, Link
from judging.models import EntryFact, Round
from judging.rounds.kinds.tie_rules import TIE_RULES, Asking, Names, NumberRule, ReadOfEntry
from judging.rounds.reading.rule_data import thousandths_text


@TIE_RULES.register
class FactRule(NumberRule):
    code, order = "fact", 110
    names_part = True
    may_be_lower = True
    published = {
        "status:innovative": {
            "code": "innovative",
            "first": HIGHER,
            "name": {"en": "innovative start-up or SME by law", "fr": "start-up ou PME innovante au sens de la loi"},
        },
        "gender_balance": {
            "code": "gender-balance",
            "first": HIGHER,
            "name": {"en": "gender balance", "fr": "équilibre entre femmes et hommes"},
        },
    }

    def number(self, entry: str, link: Link, known: Known) -> Fraction | None:
        return number_of(known.facts[entry].recorded.get(link.code, ""))

    def key(self, entry: str, link: Link, known: Known) -> Fraction:
        value = self.number(entry, link, known)
        return -value if value is not None and link.first == LOWER else super().key(entry, link, known)

    def choices(self, round: Round | None) -> Iterable[tuple[str, str]]:
        """Both ways round for every fact that is recorded about entries of the edition, or that the chain already asks
        for."""
        if round is None or not round.edition_id:
            return
        codes = set(EntryFact.objects.filter(entry__edition=round.edition_id).values_list("code", flat=True))
        codes |= {link["code"] for link in round.rule.tie_chain if link.get("kind") == self.code}
        for code in sorted(codes):
            yield (
                f"{self.code}:{code}:{HIGHER}",
                _("Recorded fact “%(code)s”: the higher number first") % {"code": code},
            )
            yield f"{self.code}:{code}:{LOWER}", _("Recorded fact “%(code)s”: the lower number first") % {"code": code}

    def words(self, code: str, names: Names) -> str:
        return names.get(f"{self.code}:{code}", code)

    def value(self, link: Mapping[str, Any]) -> str:
        return f"{self.code}:{link.get('code', '')}:{link.get('first', HIGHER)}"

    def link(self, rest: str) -> dict[str, str]:
        code, _colon, first = rest.partition(":")
        return {**super().link(code), "first": first or HIGHER}

    def refused(self, link: Mapping[str, Any]) -> str:
        if link.get("code") and link.get("first", HIGHER) not in (HIGHER, LOWER):
            return _("Of a fact, say whether the higher or the lower number comes first.")
        return super().refused(link)

    def fact_of(self, link: StatedLink) -> str:
        return link.code or ""

    def read(self, asking: Asking) -> Mapping[int, ReadOfEntry]:
        asked = [link["code"] for link in asking.links]
        found: dict[int, ReadOfEntry] = {}
        for fact in EntryFact.objects.filter(entry__in=asking.entries.order_by(), code__in=asked).order_by("code"):
            found.setdefault(fact.entry_id, {"facts": {}})["facts"][fact.code] = thousandths_text(fact.value)
        return found
