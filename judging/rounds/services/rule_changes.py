"""A rule changed while jurors score: the deliberate way. The former rule is kept, marks stay where their criterion
does, and everyone who scores is told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from judging.domain.rule.stated import StatedRule
from judging.models import Criterion, CriterionGroup, Mark, Penalty, Round, RuleVersion, Scorecard
from judging.permissions import require_runs
from judging.rounds import notices
from judging.rounds.kinds.criterion_kinds import kind_of, marked
from judging.rounds.reading.rule_data import rule_data, thousandths_text
from judging.rounds.services.criteria import delete_group, plain, write_criterion, write_group
from judging.rounds.services.rounds import save_with_rule
from judging.rounds.services.rule_checks import check_round, check_rule
from judging.states import CHANGEABLE, SCORECARD, RoundState, ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.canonical import digest
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

# A correction counts only if it was declared before anybody scored (and nobody may drop it having seen what it does).
DECLARED_BEFORE = {"correction", "deviation", "correction_decimals", "correction_min_marks", "ballot"}

GroupChange = tuple[CriterionGroup | None, Mapping[str, Any]]
CriterionChange = tuple[Criterion | None, Mapping[str, Any]]


@transaction.atomic
def change_open_rule(
    *,
    by: User,
    round: Round,
    reason: str,
    fields: Mapping[str, Any] | None = None,
    groups: Sequence[GroupChange] = (),
    criteria: Sequence[CriterionChange] = (),
    removed: Sequence[Criterion | CriterionGroup] = (),
) -> RuleVersion:
    """Gives an open round a new version of its rule; returns the former one, kept whole.

    `fields` are fields of Round and of its rule; `groups` and `criteria` pairs of what is changed (None: added) and its
    new values, as save_group and save_criterion take them; `removed` leave the rule. Marks stay where their criterion
    does and its scale still has them; the others are set aside in the former version. A submitted scorecard that lacks
    a required mark afterwards is reopened. All or nothing: a rule that could not have been opened is refused, and so
    are a change without a reason and one that changes nothing.
    """
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    _require_open(round)
    if not reason.strip():
        raise Refusal(
            _("Say why the rule changes: every juror reads it."), code="rule.reason", field="reason", status=422
        )
    # Before anything is read: a juror who is just saving waits, and then meets the new rule.
    cards = list(locked(Scorecard.objects.filter(assignment__round=round)).order_by("pk"))
    former, beside = rule_data(round), _beside(round)
    _set_fields(round, fields or {})
    for group, values in groups:
        write_group(by=by, round=round, group=group, fields=values)
    for criterion, values in criteria:
        write_criterion(by=by, round=round, criterion=criterion, fields=values)
    aside = _set_aside(round, [thing for thing in removed if isinstance(thing, Criterion)])
    _remove(by, round, removed)
    if rule_data(round) == former and _beside(round) == beside:
        raise Refusal(_("Nothing in the rule would change."), code="rule.unchanged", status=422)
    check_rule(round)
    return _next_version(by, round, (former, beside), aside, reason.strip()[:1000], cards)


def _beside(round: Round) -> dict[str, object]:
    """What can change with the rule and stands in no version of it: the round's weight among the rounds, and how many
    jurors an entry needs."""
    return {name: getattr(round, name) for name in sorted(CHANGEABLE) if round.holder(name) is round}


def _next_version(
    by: User,
    round: Round,
    before: tuple[StatedRule, dict[str, object]],
    aside: list[dict[str, str]],
    reason: str,
    cards: Sequence[Scorecard],
) -> RuleVersion:
    """Keeps the former rule, counts the version up, takes incomplete scorecards back, and tells everyone. `before` is
    the rule, and what _beside says, as they were."""
    former, beside = before[0].as_data(), before[1]
    version = RuleVersion.objects.create(
        round=round, version=round.rule.version, rule=former, sha256=digest(former), set_aside=aside, reason=reason,
        by=by,
        at=clock.now(),
    )  # fmt: skip
    round.rule.version += 1
    round.rule.save()
    reopened = _reopen_incomplete(by, round, cards)
    after = {
        "version": round.rule.version,
        "reason": reason,
        "reopened": sum(reopened.values()),
        "set_aside": len(aside),
    }
    changed = {name: now for name, now in _beside(round).items() if now != beside[name]}
    was = {"sha256": version.sha256} | {name: beside[name] for name in changed}
    record_event(by=by, verb="change_rule", thing=round, before=was, after=after | changed)
    jurors = notices.jurors_of(round).select_related("user").order_by("pk")
    notices.RuleChanged.tell(round, jurors, reason, reopened)
    return version


def _require_open(round: Round) -> None:
    if round.state == RoundState.DRAFT:
        raise Refusal(_("The round is still being prepared: change its rule directly."), code="round.not_open")
    if round.state != RoundState.OPEN:
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")


def _set_fields(round: Round, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name in DECLARED_BEFORE and getattr(round.rule, name) != value:
            raise Refusal(
                _("How marks are given, and a correction between jurors, are declared before a round opens."),
                code="rule.declared_before",
                field=name,
            )
        if name not in CHANGEABLE | DECLARED_BEFORE:
            raise TypeError(f"{name} is no part of a rule that can change")
        setattr(round.holder(name), name, value)
    check_round(round)
    save_with_rule(round)


def _set_aside(round: Round, removed: Sequence[Criterion]) -> list[dict[str, str]]:
    """Takes out the marks that the rule has no place for any more, and returns them by code."""
    gone = {criterion.pk for criterion in removed}
    aside, pks = [], []
    marks = Mark.objects.filter(scorecard__assignment__round=round).select_related(
        "criterion", "scorecard__assignment__juror", "scorecard__assignment__entry"
    )
    for mark in marks.order_by("pk"):
        if mark.criterion_id not in gone and _has_place(mark):
            continue
        seat = mark.scorecard.assignment
        value = "n/a" if mark.not_applicable else thousandths_text(mark.value)
        aside.append(
            {"juror": seat.juror.code, "entry": seat.entry.code, "criterion": mark.criterion.code, "value": value,
             "comment": mark.comment}
        )  # fmt: skip
        pks.append(mark.pk)
    Mark.objects.filter(pk__in=pks).delete()
    return aside


def _has_place(mark: Mark) -> bool:
    criterion = mark.criterion
    if not kind_of(criterion).is_marked:
        return False
    if mark.value is None:
        return True
    inside = criterion.scale_min <= mark.value <= criterion.scale_max
    return inside and (mark.value - criterion.scale_min) % criterion.scale_step == 0


def _remove(by: User, round: Round, removed: Sequence[Criterion | CriterionGroup]) -> None:
    """Criteria first, then groups from the inside out."""
    for criterion in removed:
        if not isinstance(criterion, Criterion):
            continue
        criterion = Criterion.objects.get(pk=criterion.pk, round=round)
        if Penalty.objects.filter(criterion=criterion).exists():
            raise Refusal(
                _("Breaches of “%(criterion)s” are recorded. Withdraw them first.") % {"criterion": criterion},
                code="rule.penalties",
            )
        record_event(by=by, verb="remove", thing=criterion, before={"code": plain(criterion)})
        criterion.delete()
    left = [thing.pk for thing in removed if isinstance(thing, CriterionGroup)]
    while left:
        rows = CriterionGroup.objects.filter(pk__in=left, round=round)
        inner = rows.exclude(pk__in=rows.filter(children__in=left).order_by().values("pk")).first()
        if inner is None:
            return
        left.remove(inner.pk)
        delete_group(by=by, group=inner)


def _reopen_incomplete(by: User, round: Round, cards: Sequence[Scorecard]) -> dict[int, int]:
    """Takes back submitted scorecards that lack a required mark now; returns {juror: how many}."""
    needed = {
        criterion.pk: {category.pk for category in criterion.categories.all()}
        for criterion in marked(round.criteria.filter(is_required=True)).prefetch_related("categories")
    }
    given: dict[int, set[int]] = {}
    for pk, criterion in Mark.objects.filter(scorecard__in=cards).values_list("scorecard_id", "criterion_id"):
        given.setdefault(pk, set()).add(criterion)
    seats = {
        pk: (juror, category)
        for pk, juror, category in round.assignments.values_list("pk", "juror_id", "entry__category_id")
    }
    reopened: dict[int, int] = {}
    for card in cards:
        juror, category = seats[card.assignment_id]
        asked = {pk for pk, only in needed.items() if not only or category in only}
        if card.state != ScorecardState.SUBMITTED or asked <= given.get(card.pk, set()):
            continue
        before, after = move(card, "reopen", SCORECARD)
        card.submitted_at = None
        card.version += 1
        card.save()
        record_event(by=by, verb="reopen", thing=card, before={"state": before}, after={"state": after})
        reopened[juror] = reopened.get(juror, 0) + 1
    return reopened
