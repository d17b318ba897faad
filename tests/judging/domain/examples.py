"""Small builders for the domain's tests: rules and marks written as a juror would."""

from decimal import Decimal
from fractions import Fraction

from judging.domain.marks.scoring import Marks, Rule
from judging.domain.rule.values import Group


def rule(weights, top=5, thresholds=None, **fields) -> Rule:
    """A rule with criteria c1, c2, …; weights and the highest mark as people write them."""
    tops = top if isinstance(top, (list, tuple)) else [top] * len(weights)
    return Rule(
        codes=tuple(f"c{n}" for n in range(1, len(weights) + 1)),
        weights=tuple(thousandths(w) for w in weights),
        maxima=tuple(thousandths(t) for t in tops),
        criterion_thresholds=tuple(
            None if t is None else thousandths(t) for t in (thresholds or [None] * len(weights))
        ),
        **fields,
    )


def thousandths(value) -> int:
    return int(Decimal(str(value)) * 1000)


def marks(rows) -> Marks:
    """rows: (entry, juror, [marks]); None is not applicable."""
    rows = list(rows)
    width = len(rows[0][2]) if rows else 0
    return Marks(
        entries=tuple(row[0] for row in rows),
        jurors=tuple(row[1] for row in rows),
        values=tuple(
            tuple(None if row[2][c] is None else thousandths(row[2][c]) for row in rows) for c in range(width)
        ),
    )


def exact(text) -> Fraction:
    return Fraction(str(text))


def groups(*rows) -> tuple[Group, ...]:
    """rows: (code, weight, place of the parent or None, fields)."""
    return tuple(Group(code, thousandths(w), parent, **(more[0] if more else {})) for code, w, parent, *more in rows)
