"""Which rules an assignment follows, before it is worked out:
prices, quotas, pairs kept apart, pairs that a person sets."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from contest.models import Entry
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, Jury, Row, offered
from judging.jury.reading.assignment import jury_of
from judging.jury.reading.facts import ties_of
from judging.models import Juror, PairRule, Round
from judging.permissions import require_runs
from judging.reads.rounds import entries_of
from judging.states import RoundState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal

MOST_PRICE = 1_000_000


@transaction.atomic
def save_assignment_rules(
    *,
    by: User,
    round: Round,
    rules: Sequence[Row],
    category_demand: Mapping[str, int],
    joins_jurors: bool,
) -> Round:
    """Keeps the rules by which jurors are assigned to this round's entries; none: the usual ones.

    A rule is {"rule": code of a kind that rounds are offered, "price": whole number (hard without one), and what the
    kind takes of "least", "most", "group", "jurors": [codes]}; `category_demand` {category code: jurors per entry}.
    They may change in an open round: they say who scores, not how marks count. Raises Refusal for a rule that stands
    twice or asks what can't be, and for a number of jurors outside 1 to 100.
    """
    round = _mine(by, round)
    jury = jury_of(round)
    for rule in rules:
        _check(rule, jury)
    once = [rule["rule"] for rule in rules if ASSIGNMENT_RULES[rule["rule"]].is_once]
    if len(once) != len(set(once)):
        raise Refusal(_("A rule stands twice in the list."), code="assignment.twice", status=422)
    categories = set(round.edition.categories.values_list("code", flat=True))
    for code, number in category_demand.items():
        if code not in categories or not 1 <= number <= 100:
            raise Refusal(
                _("Give each category a number of jurors from 1 to 100, or leave it empty."),
                code="assignment.category", field="category_demand", status=422,
            )  # fmt: skip
    before = {"rules": round.assignment_rules, "by_category": round.category_demand, "joins": round.joins_jurors}
    round.assignment_rules = [dict(rule) for rule in rules]
    round.category_demand = dict(category_demand)
    round.joins_jurors = joins_jurors
    round.save()
    after = {"rules": round.assignment_rules, "by_category": round.category_demand, "joins": joins_jurors}
    record_event(by=by, verb="save", thing=round, before=before, after=after)
    return round


def _check(rule: Row, jury: Jury) -> None:
    kind, price = ASSIGNMENT_RULES.ask(rule.get("rule")), rule.get("price")
    if kind not in offered():
        sentence = _("There is no such rule.")
    elif price is not None and not 0 < price <= MOST_PRICE:
        sentence = _("A price is a whole number from 1 to 1,000,000.")
    elif price is None and not kind.can_be_hard:
        sentence = str(kind.why_priced)
    else:
        sentence = kind.refusal(rule, jury)
    if sentence:
        raise Refusal(sentence, code=f"assignment.{kind.code}", status=422)


@transaction.atomic
def set_pair_rule(*, by: User, round: Round, juror: Juror, entry: Entry, kind: str, reason: str) -> PairRule:
    """A person decides that a juror has to score an entry, or must not. Refused where a tie keeps them apart anyway."""
    round = _mine(by, round)
    if not ASSIGNMENT_RULES.ask(kind, field="kind").by_hand:
        raise Refusal(_("There is no such rule."), code="pair.kind", field="kind", status=422)
    if not reason.strip():
        raise Refusal(_("Say why."), code="pair.reason", field="reason", status=422)
    jury = (juror.edition_id, juror.for_city_id)
    if jury != (round.edition_id, round.city_id) or not entries_of(round).filter(pk=entry.pk).exists():
        raise Refusal(_("This juror, or this entry, takes no part in the round."), code="pair.round", status=422)
    tied = any((tie.juror, tie.entry) == (juror.pk, entry.pk) for tie in ties_of(round, [juror]))
    if tied and ASSIGNMENT_RULES[kind].wants > 0:
        raise Refusal(
            _("%(juror)s has a tie with %(entry)s: a tie is never overruled.") % {"juror": juror, "entry": entry},
            code="pair.tie", field="entry",
        )  # fmt: skip
    rule, _made = PairRule.objects.update_or_create(
        round=round, juror=juror, entry=entry,
        defaults={"kind": kind, "reason": reason.strip()[:500], "by": by, "at": clock.now()},
    )  # fmt: skip
    after = {"juror": juror.code, "entry": entry.code, "kind": kind, "reason": rule.reason}
    record_event(by=by, verb="set", thing=rule, after=after)
    return rule


@transaction.atomic
def remove_pair_rule(*, by: User, rule: PairRule) -> None:
    """The pair is the solver's again."""
    _mine(by, rule.round)
    record_event(by=by, verb="remove", thing=rule, before={"kind": rule.kind, "reason": rule.reason})
    rule.delete()


def _mine(by: User, round: Round) -> Round:
    round = locked(Round.objects.filter(pk=round.pk)).select_related("edition").get()
    require_runs(by, round)
    if round.state not in (RoundState.DRAFT, RoundState.OPEN):
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")
    return round
