"""Rounds, set up before jurors see them; opened when nothing is left to settle."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from contest.models import Edition
from judging.models import Round, RoundRule
from judging.models.rules import RULE_FIELDS
from judging.permissions import require_runs
from judging.rounds.services.criteria import plain
from judging.rounds.services.rule_checks import check_round
from judging.states import RoundState
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal

# What may still change while jurors score: more time and better words, never the rule.
WHILE_OPEN = {"name", "guidance", "closes_at"}
FIELDS = WHILE_OPEN | {
    "city", "order", "opens_at", "weight", "jurors_per_entry", "load_min", "load_max", "same_city_conflicts",
    "shows_names", "others_marks", "asks", "preset",
}  # fmt: skip


@transaction.atomic
def save_round(*, by: User, round: Round | None, edition: Edition | None = None, **fields: Any) -> Round:
    """Makes a round of `edition`, or changes one. `fields` are fields of Round and of its rule.

    A draft takes any; an open round takes more time and better words only; a closed one none. Raises Refusal for what
    may not change now, or would move it to another city's selection; ValueError for a new round without its edition.
    """
    if round is None:
        if edition is None:
            raise ValueError("a new round needs its edition")
        city = fields.get("city")
        # In a city's own selection every entry is of the city, and most jurors are.
        round = Round(edition=edition, city=city, same_city_conflicts=city is None, rule=RoundRule())
        require_runs(by, round)
        locked(Edition.objects.filter(pk=edition.pk)).get()  # two rounds made at once get two numbers
        same = Round.objects.filter(edition=edition, city=round.city)
        round.order = (same.aggregate(last=Max("order"))["last"] or 0) + 1
    else:
        round = locked(Round.objects.filter(pk=round.pk)).get()
        require_runs(by, round)
        if fields.get("city", round.city) != round.city:
            raise Refusal(_("A round stays where it was made: make a new one there."), code="round.city", field="city")
    _set(round, fields)
    check_round(round)
    save_with_rule(round)
    record_event(by=by, verb="save", thing=round, after={name: plain(value) for name, value in fields.items()})
    return round


def save_with_rule(round: Round) -> None:
    """The round and its rule: every round has one of its own."""
    round.rule.save()
    round.rule = round.rule  # whose key the round of a new rule has to know
    round.save()


def _set(round: Round, fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - FIELDS - RULE_FIELDS
    if unknown:
        raise TypeError(f"a round has no {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        thing = round.holder(name)
        if getattr(thing, name) == value:
            continue
        if round.state != RoundState.DRAFT and not (round.state == RoundState.OPEN and name in WHILE_OPEN):
            raise Refusal(
                _("The rule of a round can't change once jurors score. While it is open you may give more time."),
                code="round.rule_is_fixed",
                field=name,
            )
        if name == "closes_at" and round.state == RoundState.OPEN and value < round.closes_at:
            raise Refusal(
                _("The round is open: jurors were told until when they score. That can only move later."),
                code="round.shortened",
                field=name,
            )
        setattr(thing, name, value)


@transaction.atomic
def settle_ask(*, by: User, round: Round, field: str) -> Round:
    """The person who runs the round has decided what the published rules leave open."""
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    left = [ask for ask in round.asks if ask["field"] != field]
    if len(left) < len(round.asks):
        round.asks = left
        round.save()
        record_event(by=by, verb="settle", thing=round, after={"field": field})
    return round
