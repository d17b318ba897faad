"""Files of results for these tests, and the report on them."""

import json

import jsonschema
from hypothesis import settings

from judging.domain.results.format import schema
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import read_results
from tests.judging.domain.plain import report_of as said_of

PUBLISHED = jsonschema.Draft202012Validator(schema("report"))


def report_of(file):
    """The report, after a look at its published form."""
    report = said_of(file).as_data()
    PUBLISHED.validate(report)
    return report


SOME = settings(max_examples=25, deadline=None)


def standings(file):
    return {row.entry: row for row in frozen.standings_of(frozen.compute(file))}


def read(**data):
    [file] = read_results(json.dumps({"format": "passerelle.result", "version": 2, **data}).encode())
    return file


def card(entry, juror, mark):
    return {"entry": entry, "juror": juror, "marks": {"c": str(mark)}}


def of_corrected(cards, decimals, min_marks, **more):
    criteria = [{"code": "c", "scale_max": "1000"}, *more.pop("criteria", ())]
    correction = {"kind": "severity", "deviation": "population", "decimals": decimals, "min_marks": min_marks}
    return read(
        rule={"combine": "weighted_sum", "criteria": criteria, "correction": correction},
        entries=[{"code": f"E{n}"} for n in range(1, 5)],
        scorecards=[card(*row) for row in cards],
        **more,
    )
