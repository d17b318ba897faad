"""The entry whose city has had fewer laureates in other editions."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import number_of
from judging.domain.ties.chain import Known, Link
from judging.models import Award, Round
from judging.rounds.kinds.tie_rules import TIE_RULES, Asking, NumberRule, ReadOfEntry


@TIE_RULES.register
class FewerLaureatesRule(NumberRule):
    code, order = "fewer_laureates", 80
    offered, name = _("City with fewer laureates in other editions"), _("city with fewer laureates so far")
    lower_first = True

    def number(self, entry: str, link: Link, known: Known) -> Fraction | None:
        return number_of(known.facts[entry].laureates)

    def read(self, asking: Asking) -> Mapping[int, ReadOfEntry]:
        others = Award.objects.exclude(edition=asking.round.edition_id).order_by()
        of_city = dict(others.values_list("entry__city").annotate(number=Count("pk")))
        return {entry: {"laureates": str(of_city.get(city, 0))} for entry, city in asking.cities.items()}

    def rows(self, round: Round) -> Iterable[tuple[QuerySet[Any], Combinable]]:
        yield (
            Award.objects.exclude(edition=round.edition_id).filter(entry__city__isnull=False),
            F("entry__city_id"),
        )
