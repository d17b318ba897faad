"""Single marks: read from what was given, and written. Called by services that hold the scorecard's lock."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.formats import localize
from django.utils.translation import gettext as _

from judging.models import Criterion, Mark, Round, Scorecard
from judging.models.rounds import from_thousandths, to_thousandths
from toolkit.refusals import Refusal

NOT_APPLICABLE = "n/a"
Value = Decimal | str | int | None


def write_marks(scorecard: Scorecard, round: Round, marks: Mapping[int, Value]) -> dict[str, str | None]:
    """Writes what differs; returns {criterion code: the new mark as text} for the event."""
    criteria = {criterion.pk: criterion for criterion in round.criteria.all()}
    given: dict[Criterion, int | str | None] = {}
    for pk, value in marks.items():
        criterion = criteria.get(int(pk))
        if criterion is None:
            raise Refusal(_("This criterion does not belong to the round."), code="mark.criterion", status=422)
        given[criterion] = read_mark(criterion, value)
    return keep_marks(scorecard, {mark.criterion_id: mark for mark in scorecard.marks.all()}, given)


def keep_marks(
    scorecard: Scorecard, kept: Mapping[int, Mark], given: Mapping[Criterion, int | str | None]
) -> dict[str, str | None]:
    """Writes what differs from `kept` ({criterion pk: mark}) with two queries at most, whatever the number."""
    written, gone, changed = [], [], {}
    for criterion, number in given.items():
        mark = kept.get(criterion.pk)
        if number is None:
            if mark:
                gone.append(mark.pk)
                changed[criterion.code] = None
            continue
        value, not_applicable = (None, True) if number == NOT_APPLICABLE else (number, False)
        if mark and (mark.value, mark.not_applicable) == (value, not_applicable):
            continue
        written.append(Mark(scorecard=scorecard, criterion=criterion, value=value, not_applicable=not_applicable))
        changed[criterion.code] = NOT_APPLICABLE if not_applicable else as_text(number)
    if gone:
        Mark.objects.filter(pk__in=gone).delete()
    if written:
        Mark.objects.bulk_create(
            written,
            update_conflicts=True,
            unique_fields=["scorecard", "criterion"],
            update_fields=["value", "not_applicable"],
        )
    return changed


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
