"""The arithmetic behind one entry's total: each juror's marks by criterion, each juror's total,
and how they make one."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from judging.domain.marks.combining import shares_of_weight
from judging.domain.numbers import number_of, text_of
from judging.domain.results.document import FiledEntry, ResultFile
from judging.domain.results.frozen import NOT_APPLICABLE
from judging.domain.results.semantics import NOWHERE
from judging.domain.rule.criterion_kinds import SCORE
from judging.domain.rule.reading import outside_in, rule_of
from judging.domain.rule.stated import StatedRule
from judging.models import Juror, Round
from judging.reads.taking_part import FROZEN
from judging.results.shown.board import Line
from judging.results.shown.outcomes import frozen_file, inputs_of
from judging.results.shown.table import TableRow
from judging.results.views.ballot_sums import BallotSums, ballot_sums
from judging.rounds.kinds.across import way_in_words
from judging.rounds.kinds.combining import combination_in_words
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS
from judging.rounds.kinds.levels import level_in_words
from judging.rounds.words.figures import MARK_PLACES, column, decimals_of, figure, number
from judging.rounds.words.parts import language_of


@dataclass(frozen=True)
class Row:
    """A criterion: its share of the weight, each juror's mark, and the jurors together."""

    name: str
    share: str
    best: str
    marks: list[str]
    together: str


@dataclass(frozen=True)
class Carried:
    """An earlier round's part: its share of the best possible, its weight."""

    name: str
    share: str
    weight: str


@dataclass(frozen=True)
class Sums:
    """What stands under each other has one number of decimals:
    the jurors' columns, with their totals, and the jurors together."""

    jurors: list[str]
    rows: list[Row]
    totals: list[str]
    together: str
    exact: str
    how: list[str]
    decimals: int | None
    carried: list[Carried]
    own_share: str
    own_weight: int
    result: str
    not_counted: list[tuple[str, str]]
    ballot: BallotSums | None  # where jurors gave no marks: what they gave instead
    parts: list[tuple[str, str]]  # results between the criteria and the total, and beside it: (what, figure)


def arithmetic_of(round: Round, line: Line, *, names: bool) -> Sums:
    """`names`: jurors by name, if the key to them is not erased; otherwise by code."""
    file = file_of(round)
    code, filed = line.entry.code, line.filed
    cards = sorted((card for card in file.scorecards if card["entry"] == code), key=lambda card: card["juror"])
    called = jurors_called(round) if names else {}
    rule = file.rule
    shares = shares_in(rule, [entry for entry in file.entries if entry.code == code])
    asked = [criterion for criterion in rule.criteria if criterion.code in shares]
    together = column([*(filed.criteria.get(criterion.code, "") for criterion in asked), filed.total])
    given = [[card["marks"].get(criterion.code, "") for card in cards] for criterion in asked]
    marks = in_columns([*given, [filed.cards.get(card["juror"], "") for card in cards]])
    carried, (*_earlier, own_share, result) = carried_rows(round, file, filed)
    # Not strict: the totals stand below the criteria, in the same columns.
    rows = [
        Row(
            name=language_of(criterion.name),
            share=shares[criterion.code],
            best=number(criterion.scale_max or ""),
            marks=of_each,
            together=of_all,
        )
        for criterion, of_each, of_all in zip(asked, marks, together, strict=False)
    ]
    return Sums(
        jurors=[called.get(card["juror"], card["juror"]) for card in cards],
        rows=rows,
        totals=marks[-1],
        together=together[-1],
        exact=figure(Fraction(filed.exact), 6) if filed.exact else "",
        how=[
            combination_in_words(rule.combine),
            way_in_words(rule.across),
            level_in_words(rule.aggregate_at),
        ],
        decimals=int(rule.decimals) if rule.decimals else None,
        carried=carried,
        own_share=own_share,
        own_weight=int(file.round.weight),
        result=result,
        not_counted=[
            (
                called.get(card.juror, card.juror),
                _("stepped back") if card.state == "recused" else pgettext("a scorecard", "missing"),
            )
            for card in file.not_counted
            if card.entry == code
        ],
        ballot=ballot_sums(round, file, filed, called),
        parts=parts_of(rule, filed),
    )


def shares_in(rule: StatedRule, entries: list[FiledEntry]) -> dict[str, str]:
    """What each criterion that jurors mark on this one entry weighs in the total, groups folded in; by code."""
    read = rule_of(rule)
    outside = next(iter(outside_in(rule, read.codes, entries).values()), NOWHERE)
    shares = zip(read.codes, shares_of_weight(read, outside), strict=True)
    folded = {code: share for place, (code, share) in enumerate(shares) if place not in outside}
    words = {row.code: str(CRITERION_KINDS.ask(row.kind or SCORE).share) for row in rule.criteria}
    weigh = [row.code for row in rule.criteria if row.code in folded and not words[row.code]]
    figures = dict(zip(weigh, column([text_of(folded[code]) for code in weigh], 1), strict=True))
    return {
        row.code: words[row.code] or _("%(share)s %%") % {"share": figures[row.code]}
        for row in rule.criteria
        if row.code in folded
    }


def in_columns(rows: list[list[str]]) -> list[list[str]]:
    """Marks, or “n/a”, row by row, and below them totals: all with the decimals that the finest needs,
    of totals two at most."""
    *marks, totals = [[number_of(text) if text != NOT_APPLICABLE else None for text in row] for row in rows]
    places = max(decimals_of([mark for row in marks for mark in row], MARK_PLACES), decimals_of(totals))

    def shown(text: str, value: Fraction | None) -> str:
        if value is None:
            return _("n/a") if text == NOT_APPLICABLE else "–"
        return figure(value, places, whole=True)

    return [list(map(shown, texts, values)) for texts, values in zip(rows, [*marks, totals], strict=True)]


def parts_of(rule: StatedRule, filed: TableRow) -> list[tuple[str, str]]:
    """Groups' results; points off; the result with the weights of the rank, or after a correction,
    where there is one."""
    names = {row.code: language_of(row.name) for row in (rule.groups or ())}
    parts = [(names.get(code, code), value) for code, value in (filed.groups or {}).items() if value]
    if filed.penalty:
        parts.append((_("Points off"), filed.penalty))
    if filed.ranking is not None and filed.ranking != filed.total:
        parts.append((_("With the weights of the rank"), filed.ranking))
    if filed.corrected:
        parts.append((_("Corrected between jurors"), filed.corrected))
    return list(zip([what for what, _text in parts], column([text for _what, text in parts]), strict=True))


def file_of(round: Round) -> ResultFile:
    """The frozen file of a closed round; of an open one, what it would be made from."""
    return frozen_file(round) if round.state in FROZEN else inputs_of(round)


def jurors_called(round: Round) -> dict[str, str]:
    """Jurors by code: of a closed round as its key says, of an open one as they are called today."""
    if round.state in FROZEN:
        return round.result.names("jurors")
    return dict(Juror.objects.filter(assignments__round=round).distinct().values_list("code", "full_name"))


def carried_rows(round: Round, file: ResultFile, filed: TableRow) -> tuple[list[Carried], list[str]]:
    """(earlier rounds with a weight, the figures of the column: their shares, this round's, the result)."""
    earlier = file.counting
    rounds = {
        str(other.order): str(other.name)
        for other in Round.objects.of_selection(round.edition_id, round.city_id)
        if earlier
    }
    shares = [row.shares.get(filed.entry, "0") for row in earlier]
    figures = column([*shares, filed.share, filed.final])
    rows = [
        Carried(rounds.get(row.order, row.order), share, row.weight)
        for row, share in zip(earlier, figures, strict=False)
    ]
    return rows, figures
