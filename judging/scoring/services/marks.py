"""Single marks: read from what was given, and written. Called by services that hold the scorecard's lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from judging.models import Criterion, Mark, Round, Scorecard
from judging.models.rounds import from_thousandths, to_thousandths
from toolkit.refusals import Refusal

NOT_APPLICABLE = "n/a"
Value = Decimal | str | int | None


@dataclass(frozen=True)
class Given:
    """What is to be kept for one criterion: thousandths, “n/a” or None for a blank;
    `remark` None leaves the comment as it is."""

    number: int | str | None
    remark: str | None = None

    def on(self, scorecard: Scorecard, criterion: Criterion, kept: Mark | None) -> Mark | None:
        """The mark as it is to stand, not yet written; None for none."""
        if self.number is None:
            return None
        remark = (kept.comment if kept else "") if self.remark is None else self.remark
        is_na = self.number == NOT_APPLICABLE
        value = None if is_na else self.number
        return Mark(scorecard=scorecard, criterion=criterion, value=value, not_applicable=is_na, comment=remark)


def write_marks(
    scorecard: Scorecard, round: Round, marks: Mapping[int, Value], remarks: Mapping[int, str]
) -> dict[str, str | None]:
    """Writes what differs; returns {criterion code: the new mark as text} for the event. Raises Refusal for a criterion
    that is not for this entry, or a mark off its scale."""
    criteria = {criterion.pk: criterion for criterion in round.criteria_for(scorecard.assignment.entry)}
    kept = {mark.criterion_id: mark for mark in scorecard.marks.all()}
    given: dict[Criterion, Given] = {}
    for pk in {**marks, **remarks}:
        criterion = criteria.get(int(pk))
        if criterion is None:
            raise Refusal(_("This criterion is not for marks on this entry."), code="mark.criterion", status=422)
        number = read_mark(criterion, marks[pk]) if pk in marks else number_of(kept.get(criterion.pk))
        given[criterion] = Given(number, remarks.get(pk))
    return keep_marks(scorecard, kept, given)


def keep_marks(
    scorecard: Scorecard, kept: Mapping[int, Mark], given: Mapping[Criterion, Given]
) -> dict[str, str | None]:
    """Writes what differs from `kept` ({criterion pk: mark}) with two queries at most, whatever the number."""
    written: list[Mark] = []
    gone: list[int] = []
    changed: dict[str, str | None] = {}
    for criterion, what in given.items():
        before = kept.get(criterion.pk)
        after = what.on(scorecard, criterion, before)
        if after is None:
            if before:
                gone.append(before.pk)
                changed[criterion.code] = None
        elif before is None or _said(before) != _said(after):
            written.append(after)
            changed[criterion.code] = NOT_APPLICABLE if after.not_applicable else as_text(after.value)
    if gone:
        Mark.objects.filter(pk__in=gone).delete()
    if written:
        Mark.objects.bulk_create(
            written,
            update_conflicts=True,
            unique_fields=["scorecard", "criterion"],
            update_fields=["value", "not_applicable", "comment"],
        )
    return changed


def _said(mark: Mark) -> tuple[Any, ...]:
    return mark.value, mark.not_applicable, mark.comment


def number_of(mark: Mark | None) -> int | str | None:
    """What a kept mark holds, as Given takes it."""
    if mark is None:
        return None
    return NOT_APPLICABLE if mark.not_applicable else mark.value


def asks_for_remark(criterion: Criterion, number: int | str | None) -> bool:
    """Whether the rule wants words for this mark: below one bound, or above another."""
    if not isinstance(number, int):
        return False
    below, above = criterion.comment_below, criterion.comment_above
    return (below is not None and number < below) or (above is not None and number > above)


def as_text(thousandths: int | None) -> str:
    """The mark as it is posted: “4.5”; blank for none."""
    number = from_thousandths(thousandths)
    return "" if number is None else format(number, "f")


def read_mark(criterion: Criterion, value: Value) -> int | str | None:
    """Thousandths, “n/a”, or None for a blank. Raises Refusal for what the scale does not have, or does not allow."""
    if value is None or value == "":
        return None
    if value == NOT_APPLICABLE:
        if criterion.is_required:
            raise _refusal(criterion, "required", _("%(criterion)s needs a mark.") % {"criterion": criterion})
        return NOT_APPLICABLE
    return check_mark(criterion, value)


def check_mark(criterion: Criterion, value: Decimal | str | int) -> int:
    """The mark in thousandths. Raises Refusal when it is no number, outside the scale or between two steps."""
    values = {
        "criterion": criterion,
        "low": localize(from_thousandths(criterion.scale_min)),
        "high": localize(from_thousandths(criterion.scale_max)),
        "step": localize(from_thousandths(criterion.scale_step)),
        "value": str(value)[:40],
    }
    try:
        number = to_thousandths(Decimal(str(value).strip().replace(",", ".")))
    except (InvalidOperation, ValueError, OverflowError):
        raise _refusal(
            criterion, "number", _("%(criterion)s: “%(value)s” is not a mark of this scale.") % values
        ) from None
    if not criterion.scale_min <= number <= criterion.scale_max:
        sentence = _("%(criterion)s: marks go from %(low)s to %(high)s; %(value)s is outside.") % values
        raise _refusal(criterion, "scale", sentence)
    if (number - criterion.scale_min) % criterion.scale_step:
        sentence = _("%(criterion)s: marks go in steps of %(step)s; %(value)s is between two.") % values
        raise _refusal(criterion, "step", sentence)
    return number


def _refusal(criterion: Criterion, code: str, sentence: str) -> Refusal:
    return Refusal(sentence, code=f"mark.{code}", field=f"mark_{criterion.pk}", status=422)
