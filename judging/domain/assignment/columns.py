"""Which pairs the programme is solved over: a shortlist to begin with,
then those whose price the duals show to be worth it."""

import numpy as np

from judging.domain.assignment.kinds import kind_of
from judging.domain.assignment.table import Table

BEGIN = 7  # jurors per entry and way of choosing, beside those that the entry needs
SAMPLE, ROUNDS = 800, 25  # entries, and rounds, in which the jurors' prices are guessed


def cheapest(price: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """(entries, jurors) of the k lowest finite numbers of each row."""
    k = min(k, price.shape[1])
    if k <= 0 or not price.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    jurors = np.argpartition(price, k - 1, axis=1)[:, :k]
    entries = np.repeat(np.arange(len(price)), k)
    there = np.isfinite(price[entries, jurors.ravel()])
    return entries[there], jurors.ravel()[there]


def first_shortlist(table: Table) -> np.ndarray:
    """entries × jurors: the cheapest pairs of each entry, the cheapest once busy jurors are dear, the cheapest of each
    group that a rule asks for, and all pairs that earlier plans or rules name."""
    price = np.where(table.allowed, table.price, np.inf)
    need = int(table.demand.max(initial=0))
    listed = np.zeros(price.shape, dtype=bool)
    listed[cheapest(price, need + BEGIN)] = True
    listed[cheapest(price + busy(table, price), need + BEGIN)] = True
    for family in table.families:
        if (family.least > 0).any() and not family.inside.all():
            inside = np.broadcast_to(family.inside, price.shape)
            listed[cheapest(np.where(inside, price, np.inf), int(family.least.max()) + 1)] = True
    for rule in table.problem.rules:
        if kind_of(rule).wants > 0:
            listed[table.indices(rule.pairs)] = True
    return (listed | table.fixed) & table.allowed


def busy(table: Table, price: np.ndarray) -> np.ndarray:
    """A price for each juror's time, guessed on a sample of entries: it rises while too many entries want the juror."""
    draw = np.random.RandomState(table.problem.seed % 2**32)
    n = table.entries
    sample = np.sort(draw.permutation(n)[:SAMPLE])
    few = price[sample]
    k = min(max(1, int(round(table.demand.mean()))), table.jurors)
    most = np.array([juror.load_max for juror in table.problem.jurors])
    even = table.demand.sum() / max(1, table.jurors)
    fair = np.maximum(0.5, np.minimum(most, max(1.0, 1.2 * even)) * len(sample) / n)
    ranked = np.sort(few, axis=1)[:, [k - 1, min(3 * k, table.jurors) - 1]]
    ranked = ranked[np.isfinite(ranked).all(axis=1)]
    step = 1.0 + (float((ranked[:, 1] - ranked[:, 0]).mean()) if len(ranked) else 0.0)
    guess = np.zeros(table.jurors)
    for _round in range(ROUNDS):
        wanted = np.argpartition(few + guess, k - 1, axis=1)[:, :k]
        load = np.bincount(wanted.ravel(), minlength=table.jurors)
        guess = np.maximum(0.0, guess + step * np.clip(load / fair - 1.0, -1.0, 1.0))
        step *= 0.9
    return guess


def worthwhile(reduced: np.ndarray, left_out: np.ndarray, k: int = 4) -> tuple[np.ndarray, np.ndarray, float]:
    """The k most promising left-out pairs of each entry, and how much all that are left
    out could lower the objective at most.

    Each of them may at best be used once, so that objective + this (never above 0) is a bound on every plan."""
    worth = np.where(left_out, reduced, np.inf)
    drop = float(worth[worth < 0].sum())
    entries, jurors = cheapest(worth, k)
    good = worth[entries, jurors] < -1e-9
    return entries[good], jurors[good], drop
