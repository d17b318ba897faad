"""The arithmetic behind one entry's total: each juror's marks by criterion, each juror's total, and how they make one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from judging.domain.frozen import NOT_APPLICABLE
from judging.domain.scoring import AT_CRITERION
from judging.forms.scorecards import share_of
from judging.models import Juror, Round
from judging.outcomes import inputs_of
from judging.querysets import FROZEN
from judging.views.board import Board, Line
from judging.wording import figure, number


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
    jurors: list[str]
    rows: list[Row]
    totals: list[str]
    exact: str
    rounding: str
    at_criterion: bool
    carried: list[Carried]
    own_share: str
    own_weight: int
    not_counted: list[tuple[str, str]]


def arithmetic_of(round: Round, board: Board, line: Line, *, names: bool) -> Sums:
    """`names`: jurors by name; otherwise by code."""
    file = file_of(round)
    code, score = line.entry.code, line.score
    cards = sorted((card for card in file["scorecards"] if card["entry"] == code), key=lambda card: card["juror"])
    called = jurors_called(round, names)
    criteria = file["rule"]["criteria"]
    labels = {criterion.code: str(criterion.name) for criterion in round.criteria.all()}
    weights = dict(zip(board.outcome.rule.codes, board.outcome.rule.weights, strict=True))
    rows = [
        Row(
            name=labels.get(criterion["code"], criterion["code"]),
            share=share_of(weights[criterion["code"]], sum(weights.values())),
            best=number(criterion["scale_max"]),
            marks=[mark(card["marks"].get(criterion["code"], "")) for card in cards],
            together="–" if value is None else figure(value),
        )
        for criterion, value in zip(criteria, score.criteria, strict=True)
    ]
    totals = dict(score.cards)
    own = board.outcome.shares[code]
    return Sums(
        jurors=[called.get(card["juror"], card["juror"]) for card in cards],
        rows=rows,
        totals=[figure(totals[card["juror"]]) if card["juror"] in totals else "–" for card in cards],
        exact="–" if score.exact is None else figure(score.exact, 6),
        rounding=round.get_across_display(),
        at_criterion=board.outcome.rule.aggregate_at == AT_CRITERION,
        carried=carried_rows(round, file, code),
        own_share="–" if own is None else figure(own),
        own_weight=round.weight,
        not_counted=[
            (
                called.get(card["juror"], card["juror"]),
                _("stepped back") if card["state"] == "recused" else _("missing"),
            )
            for card in file["not_counted"]
            if card["entry"] == code
        ],
    )


def file_of(round: Round) -> dict:
    """The frozen file of a closed round; of an open one, what it would be made from."""
    import json

    return json.loads(round.result.file) if round.state in FROZEN else inputs_of(round)


def jurors_called(round: Round, names: bool) -> dict[str, str]:
    if not names:
        return {}
    return dict(Juror.objects.filter(assignments__round=round).distinct().values_list("code", "full_name"))


def mark(text: str) -> str:
    if text == NOT_APPLICABLE:
        return _("n/a")
    return number(text)


def carried_rows(round: Round, file: dict, code: str) -> list[Carried]:
    earlier = [row for row in file["carried"] if int(row["weight"])]
    rounds = {
        str(other.order): str(other.name)
        for other in Round.objects.filter(edition_id=round.edition_id, city_id=round.city_id)
        if earlier
    }
    return [
        Carried(rounds.get(row["order"], row["order"]), number(row["shares"].get(code, "0")), row["weight"])
        for row in earlier
    ]
